// Where everything of a sheet stands on its worksheet, and how wide and high it is.
#pragma once

#include <cstddef>
#include <vector>

#include "base/result.h"
#include "model/table.h"

namespace huice::render::xlsx {

/// Rows and columns from 0. Widths in the digits of the default font that XLSX counts in: a Han
/// character of the body takes two. Heights in points.
struct SheetPlan {
  std::vector<double> widths;
  std::vector<bool> holds_lines;  ///< by column: no line of a cell in it alone wraps
  std::vector<double> heights;    ///< of every row from the label to the last note
  int label_row = -1;             ///< -1: there is none
  int title_row = -1;
  int subtitle_row = -1;
  int table_row = 0;
  int header_rows = 0;
  int notes_row = 0;
  bool spans_rows = false;       ///< some cell does
  bool body_spans_rows = false;  ///< some cell below the heading does

  int last_column() const { return static_cast<int>(widths.size()) - 1; }
};

/// Errors: InvalidInput `xlsx.shape` with the cell under `where.part`; TooLarge `xlsx.size`.
Result<SheetPlan> plan_sheet(const model::Sheet& sheet);

/// `C5`; row and column from 0.
std::string cell_name(int row, int column);

}  // namespace huice::render::xlsx
