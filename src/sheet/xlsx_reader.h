// XLSX workbooks read into grids.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "sheet/grid.h"

namespace huice::sheet {

/// The worksheets of a workbook in their order, hidden ones marked. Formulas give the results that
/// were saved with them; numbers under a date format are days.
///
/// Errors: Unsupported `xlsx.old-format` (.xls, or protected by a password); InvalidInput
///         `xlsx.no-workbook`, `xlsx.corrupt` naming the cell, `zip.…`, `xml.…` naming the member;
///         TooLarge `xlsx.too-large`; those of read_file.
Result<std::vector<Grid>> read_xlsx(const std::filesystem::path& path);

/// `file` names the workbook in errors and grids.
Result<std::vector<Grid>> read_xlsx(std::string bytes, std::string file);

}  // namespace huice::sheet
