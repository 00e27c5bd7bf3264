#include "sheet/grid.h"

#include <algorithm>

namespace huice::sheet {
std::string column_letters(int column) {
  std::string letters;
  for (int rest = column; rest > 0; rest = (rest - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return letters;
}

std::string to_a1(CellAddress address) {
  return column_letters(address.column) + std::to_string(address.row);
}

std::optional<CellAddress> parse_a1(std::string_view text) {
  CellAddress address{0, 0};
  std::size_t at = 0;
  for (; at < text.size() && text[at] >= 'A' && text[at] <= 'Z'; ++at) {
    address.column = address.column * 26 + (text[at] - 'A' + 1);
    if (address.column > kMaxColumn) return std::nullopt;
  }
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
    address.row = address.row * 10 + (text[at] - '0');
    if (address.row > kMaxRow) return std::nullopt;
  }
  if (at != text.size() || address.row == 0 || address.column == 0) return std::nullopt;
  return address;
}

const GridCell* GridRow::at(int column) const {
  const auto found = std::ranges::lower_bound(cells, column, {}, &GridCell::column);
  return found != cells.end() && found->column == column ? &*found : nullptr;
}

SourceSpan Grid::where(const GridRow& row, int column) const {
  const std::string cell = to_a1({row.number, column});
  return {.file = file, .line = row.line, .part = name.empty() ? cell : name + "!" + cell};
}

}  // namespace huice::sheet
