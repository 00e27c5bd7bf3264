#include "sheet/csv_writer.h"

#include <span>
#include <string_view>

namespace huice::sheet {
namespace {

std::string field(const model::Cell& cell) {
  std::string text = model::to_text(cell);
  const bool is_text = std::holds_alternative<std::string>(cell.content);
  if (is_text && !text.empty() &&
      std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) {
    text.insert(0, 1, '\'');
  }
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text)
    quoted.append(c == '"' ? 2 : 1, c);
  return quoted + "\"";
}

}  // namespace

std::string write_csv(const model::Table& table) {
  return "\xEF\xBB\xBF" + csv_lines(table, 0);
}

std::string csv_lines(const model::Table& table, std::size_t first) {
  std::string csv;
  for (const auto& row : std::span(table.rows).subspan(first)) {
    for (std::size_t i = 0; i < row.size(); ++i)
      csv += (i == 0 ? "" : ",") + field(row[i]);
    csv += "\r\n";
  }
  return csv;
}

}  // namespace huice::sheet
