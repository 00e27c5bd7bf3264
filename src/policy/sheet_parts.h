// Cells and headings that the worksheets of matches and of advice share.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "model/table.h"
#include "policy/match.h"

namespace huice::policy {

model::Cell text_cell(std::string text, model::Align align = model::Align::Auto);
model::Cell count_cell(std::size_t count);
/// Empty when unknown.
model::Cell money_cell(const std::optional<Money>& money);

/// An empty sheet with its heading row: label and width in Chinese characters of each column.
model::Sheet sheet(std::string name, std::string title, const MatchOptions& options,
                   const std::vector<std::pair<std::string, double>>& columns);

}  // namespace huice::policy
