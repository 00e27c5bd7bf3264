#include <algorithm>
#include <string>
#include <utility>

#include "library/readers.h"
#include "sheet/xlsx_reader.h"

namespace huice::library {
namespace {

/// Cells of a row with bars between them; a row of one cell is a paragraph: a title, a note.
SourceLine line_of(const sheet::GridRow& row) {
  SourceLine line;
  int cells = 0;
  for (const sheet::GridCell& cell : row.cells) {
    std::string text = sheet::to_text(cell);
    if (text.empty()) continue;
    std::ranges::replace(text, '\n', ' ');
    line.text += (cells++ == 0 ? "" : " | ") + text;
  }
  line.table_row = cells > 1;
  return line;
}

}  // namespace

Result<SourceText> read_xlsx(std::string bytes, const std::string& file) {
  SourceText source;
  std::string sheet;
  int before = 0;
  const auto take = [&](const sheet::Grid& grid, const sheet::GridRow& row) {
    if (grid.hidden) return;
    SourceLine line = line_of(row);
    if (std::exchange(sheet, grid.name) != grid.name) before = 0;
    line.after_gap = row.number != before + 1;
    before = row.number;
    source.lines.push_back(std::move(line));
  };
  const Status read = sheet::read_xlsx_rows(std::move(bytes), file, take);
  if (!read) return read.error();
  return finished(std::move(source));
}

}  // namespace huice::library
