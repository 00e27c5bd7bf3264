// What somebody put in the place of cells that a file has wrong, before the file is read.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "sheet/grid.h"

namespace huice::sheet {

struct Correction {
  std::string place;  ///< as findings name it: `企业!C5`, `C5` of a CSV file
  std::string text;   ///< instead of what is there; empty: as if nothing were there
};

/// Errors: InvalidInput `sheet.correction` for places that no grid has, all at once.
Status correct(std::vector<Grid>& grids, std::span<const Correction> corrections);

}  // namespace huice::sheet
