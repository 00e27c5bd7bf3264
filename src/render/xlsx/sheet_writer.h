// One sheet written to its worksheet.
#pragma once

#include <functional>
#include <string>

#include <xlsxwriter.h>

#include "base/result.h"
#include "model/table.h"
#include "render/xlsx/sheet_plan.h"
#include "render/xlsx/styles.h"

namespace huice::render::xlsx {

/// What the writing of a sheet needs besides the sheet.
struct SheetTarget {
  lxw_workbook* workbook;
  lxw_worksheet* worksheet;
  Styles& styles;
  /// A formula's text as this workbook needs it.
  std::function<std::string(std::string)> formula;
  /// The name that a sheet has in this workbook; empty when there is no such sheet.
  std::function<std::string(const std::string&)> sheet_name;
  std::string name;          ///< of this sheet
  bool is_streamed = false;  ///< a row at a time: rows above the last one written cannot be changed
};

/// Writes row after row from the top, so that it serves the constant-memory mode too.
/// Errors: InvalidInput `xlsx.text`, `xlsx.choices`, `xlsx.link`, `xlsx.name`; Io
///         `xlsx.unwritable`.
Status write_sheet(const model::Sheet& sheet, const SheetPlan& plan, const SheetTarget& target);

}  // namespace huice::render::xlsx
