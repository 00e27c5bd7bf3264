// One worksheet part of an XLSX package as a grid.
#pragma once

#include <cstddef>
#include <functional>

#include "archive/xml_reader.h"
#include "base/result.h"
#include "sheet/grid.h"
#include "sheet/xlsx_parts.h"

namespace huice::sheet {

/// What all worksheets of one file may hold together.
inline constexpr std::size_t kMaxCells = 5'000'000;
/// Text is counted once for every cell that shows it: a shared string may be shown a million times.
inline constexpr std::size_t kMaxTextBytes = std::size_t{256} << 20;
inline constexpr std::size_t kMaxMergedRanges = 100'000;

/// What is left of the limits above.
struct CellBudget {
  std::size_t cells = kMaxCells;
  std::size_t text_bytes = kMaxTextBytes;
};

/// Takes a row that holds something.
using TakeRow = std::function<void(GridRow row)>;

/// Reads worksheet `xml`, row after row; the cells it merges go to `grid`, whose file and name are
/// already set, and whose rows stay as they are.
/// Errors: InvalidInput `xlsx.corrupt` naming the cell; TooLarge `xlsx.too-large`; those of XML.
Status read_worksheet(const archive::Pieces& xml, const WorkbookParts& parts, CellBudget& budget,
                      Grid& grid, const TakeRow& take);

}  // namespace huice::sheet
