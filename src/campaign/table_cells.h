// Cells and rows that the tables of this module are made of.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "model/table.h"

namespace huice::campaign {

using Row = std::vector<model::Cell>;

/// A column's heading and its width in Chinese characters.
struct Heading {
  std::string text;
  double width = 0;
  model::Align align = model::Align::Auto;
};

/// An empty table with these columns and one header row.
model::Table make_table(const std::vector<Heading>& headings);

model::Cell text_cell(std::string text, model::Align align = model::Align::Auto);
model::Cell number_cell(const Decimal& number);
model::Cell count_cell(int count);
/// `70.00%`; empty when there is no rate.
model::Cell rate_cell(const std::optional<Decimal>& rate);
model::Cell formula_cell(std::string text, const Decimal& cached);

/// A row of one cell that spans all columns.
Row merged_row(std::string text, std::size_t columns);

/// `甲、乙`.
std::string joined(const std::vector<std::string>& parts, std::string_view separator = "、");

/// `C7`: column from 0, row from 1. Columns go to ZZ.
std::string cell_name(std::size_t column, int row);

}  // namespace huice::campaign
