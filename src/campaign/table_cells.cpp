#include "campaign/table_cells.h"

#include <utility>

namespace huice::campaign {

model::Table make_table(const std::vector<Heading>& headings) {
  model::Table table;
  table.header_rows = 1;
  Row header;
  for (const Heading& heading : headings) {
    table.columns.push_back({.width = heading.width, .align = heading.align});
    model::Cell cell = text_cell(heading.text, model::Align::Centre);
    cell.strong = true;
    header.push_back(std::move(cell));
  }
  table.rows.push_back(std::move(header));
  return table;
}

model::Cell text_cell(std::string text, model::Align align) {
  return {.content = std::move(text), .align = align};
}

model::Cell number_cell(const Decimal& number) {
  return {.content = number};
}

model::Cell count_cell(int count) {
  return {.content = Decimal(count)};
}

model::Cell rate_cell(const std::optional<Decimal>& rate) {
  if (!rate) return {};
  return {.content = *rate, .decimals = 2, .percent = true};
}

model::Cell formula_cell(std::string text, const Decimal& cached) {
  return {.content = model::Formula{.text = std::move(text), .cached = cached}};
}

Row merged_row(std::string text, std::size_t columns) {
  Row row(columns);
  row.front() = text_cell(std::move(text), model::Align::Left);
  row.front().column_span = static_cast<int>(columns);
  row.front().strong = true;
  for (std::size_t i = 1; i < columns; ++i)
    row[i].covered = true;
  return row;
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (const std::string& part : parts) {
    if (&part != &parts.front()) text.append(separator);
    text += part;
  }
  return text;
}

std::string cell_name(std::size_t column, int row) {
  constexpr std::size_t kLetters = 26;
  std::string name;
  if (column >= kLetters) name += static_cast<char>('A' + column / kLetters - 1);
  name += static_cast<char>('A' + column % kLetters);
  return name + std::to_string(row);
}

}  // namespace huice::campaign
