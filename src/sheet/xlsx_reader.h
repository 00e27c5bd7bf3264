// XLSX workbooks read into grids.
#pragma once

#include <filesystem>
#include <functional>
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

/// The worksheets without the rows below `last_row`, but with the first that holds something.
/// Errors: as above.
Result<std::vector<Grid>> read_xlsx_heads(std::string bytes, std::string file, int last_row);

/// Takes a row of the worksheet `sheet`, of which file, name and whether it is hidden are known.
using TakeSheetRow = std::function<void(const Grid& sheet, GridRow row)>;

/// The same row by row, so that a large workbook needs little memory: the file, its shared texts,
/// and a row at a time. Errors: as above; rows before the place of the error are handed on.
Status read_xlsx_rows(std::string bytes, std::string file, const TakeSheetRow& take);
Status read_xlsx_rows(const std::filesystem::path& path, const TakeSheetRow& take);

}  // namespace huice::sheet
