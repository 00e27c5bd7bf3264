#include "policy/sheet_parts.h"

namespace huice::policy {

using model::Align;
using model::Cell;

Cell text_cell(std::string text, Align align) {
  Cell cell;
  if (!text.empty()) cell.content = std::move(text);
  cell.align = align;
  return cell;
}

Cell count_cell(std::size_t count) {
  Cell cell;
  cell.content = Decimal(static_cast<std::int64_t>(count));
  return cell;
}

Cell money_cell(const std::optional<Money>& money) {
  Cell cell;
  if (money) cell.content = *money;
  return cell;
}

model::Sheet sheet(std::string name, std::string title, const MatchOptions& options,
                   const std::vector<std::pair<std::string, double>>& columns) {
  model::Sheet sheet;
  sheet.name = std::move(name);
  sheet.title = std::move(title);
  sheet.subtitle = "查询日：" + options.on.to_chinese() + "　所知截至：" +
                   options.known_on.to_chinese() + "　金额单位：元";
  sheet.table.header_rows = 1;
  std::vector<Cell> header;
  for (const auto& [label, width] : columns) {
    sheet.table.columns.push_back({width, Align::Auto});
    Cell cell = text_cell(label, Align::Centre);
    cell.strong = true;
    header.push_back(std::move(cell));
  }
  sheet.table.rows.push_back(std::move(header));
  return sheet;
}

}  // namespace huice::policy
