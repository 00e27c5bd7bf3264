#include <algorithm>

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
  HUICE_TRY(const auto grids, sheet::read_xlsx(std::move(bytes), file));
  SourceText source;
  for (const sheet::Grid& grid : grids) {
    if (grid.hidden) continue;
    int before = 0;
    for (const sheet::GridRow& row : grid.rows) {
      SourceLine line = line_of(row);
      line.after_gap = row.number != before + 1;
      before = row.number;
      source.lines.push_back(std::move(line));
    }
  }
  return finished(std::move(source));
}

}  // namespace huice::library
