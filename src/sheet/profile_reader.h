// Enterprises from the tables that offices keep of them.
#pragma once

#include <filesystem>
#include <span>

#include "base/result.h"
#include "facts/enterprises.h"
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

/// As read_profiles, but hands the enterprises on in their order and gives none back. A file that
/// is one table of enterprises without lists is gone through a row at a time, twice since merged
/// cells are told after the rows: it needs the memory of its bytes, not of its cells.
/// Errors: as above; enterprises before the place of the error are handed on.
Result<ProfileImport> each_profile(const std::filesystem::path& path,
                                   const model::FactCatalogue& catalogue,
                                   const facts::TakeProfile& take);

}  // namespace huice::sheet
