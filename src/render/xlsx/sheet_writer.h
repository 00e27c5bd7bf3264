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
  lxw_worksheet* worksheet;
  Styles& styles;
  /// A formula's text as this workbook needs it.
  std::function<std::string(std::string)> formula;
};

/// Writes row after row from the top, so that it serves the constant-memory mode too.
/// Errors: InvalidInput `xlsx.text`; Io `xlsx.unwritable`.
Status write_sheet(const model::Sheet& sheet, const SheetPlan& plan, const SheetTarget& target);

}  // namespace huice::render::xlsx
