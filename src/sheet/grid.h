// The cells of one worksheet or CSV file as they were read, before anyone asks what they mean.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "facts/cell.h"

namespace huice::sheet {

/// What XLSX itself allows (ECMA-376 Part 1, 18.3.1.73 and 18.3.1.13).
inline constexpr int kMaxRow = 1'048'576;
inline constexpr int kMaxColumn = 16'384;

/// Row and column from 1.
struct CellAddress {
  int row = 1;
  int column = 1;

  friend auto operator<=>(const CellAddress&, const CellAddress&) = default;
};

/// `C` for 3, `AA` for 27.
std::string column_letters(int column);
/// `C5`.
std::string to_a1(CellAddress address);
/// Reads `C5`; nullopt for anything else and beyond the last row or column.
std::optional<CellAddress> parse_a1(std::string_view text);

using facts::CellFault;
using facts::to_text;
/// A cell of a sheet.
using GridCell = facts::Cell;

/// The cells of a row that hold something, by ascending column.
struct GridRow {
  int number = 1;
  int line = 0;  ///< of the text file; 0 in a workbook
  std::vector<GridCell> cells;

  /// nullptr when the cell is empty.
  const GridCell* at(int column) const;
};

struct CellRange {
  CellAddress first;
  CellAddress last;
};

struct Grid {
  std::string file;
  std::string name;  ///< of the worksheet; empty for CSV
  bool hidden = false;
  std::vector<GridRow> rows;  ///< rows that hold something, by ascending number
  std::vector<CellRange> merged;
  std::vector<CellAddress> corrected;  ///< cells that do not say what they say in the file

  /// `企业!C5` of the file.
  SourceSpan where(const GridRow& row, int column) const;
};

}  // namespace huice::sheet
