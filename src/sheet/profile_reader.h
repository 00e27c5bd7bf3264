// Enterprises from the tables that offices keep of them.
#pragma once

#include <filesystem>
#include <span>

#include "base/result.h"
#include "facts/profile_import.h"
#include "model/profile.h"
#include "sheet/correction.h"
#include "sheet/grid.h"

namespace huice::sheet {

using facts::ProfileImport;

/// Reads enterprises from the worksheets of one file.
///
/// The heading row is found below titles and notes, also when it is two or three rows of merged
/// cells; columns are known by name or alias, with or without a unit in brackets. Hidden sheets,
/// total rows, notes below the table and repeated headings are passed over. A worksheet named as a
/// list fact (新招用人员), or whose columns are its fields, gives that fact to the enterprises by
/// 统一社会信用代码, else 企业名称; enterprises it does not name get an empty list.
///
/// Errors: InvalidInput `sheet.no-heading` when no worksheet is such a table.
Result<ProfileImport> read_profiles(std::span<const Grid> grids,
                                    const model::FactCatalogue& catalogue);

/// Reads .xlsx, .csv or .txt. Beside a CSV file, another named as a list fact (`新招用人员.csv`),
/// or `hires.csv` for 新招用人员, is read as that list. Errors: Unsupported `sheet.format`; those
/// of the readers, of correct() and the above.
Result<ProfileImport> read_profiles(const std::filesystem::path& path,
                                    const model::FactCatalogue& catalogue,
                                    std::span<const Correction> corrections = {});

}  // namespace huice::sheet
