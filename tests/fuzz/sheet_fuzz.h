// What every reader of sheets promises, whatever the bytes.
#pragma once

#include <cstdlib>
#include <vector>

#include "sheet/comparison.h"
#include "sheet/grid.h"

namespace huice::sheet {

/// Rows and cells ascend within the limits, and a sheet that came back as it was sent has no
/// changes.
inline void check_grids(const std::vector<Grid>& grids) {
  for (const Grid& grid : grids) {
    int last_row = 0;
    for (const GridRow& row : grid.rows) {
      if (row.number <= last_row || row.number > kMaxRow) std::abort();
      last_row = row.number;
      int last_column = 0;
      for (const GridCell& cell : row.cells) {
        if (cell.column <= last_column || cell.column > kMaxColumn) std::abort();
        last_column = cell.column;
      }
    }
  }
  const auto compared = compare(grids, grids, grids, "");
  if (compared && !compared.value().changes.empty()) std::abort();
}

}  // namespace huice::sheet
