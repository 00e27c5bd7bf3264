// Enterprises from the tables that offices keep of them.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/result.h"
#include "model/profile.h"
#include "sheet/grid.h"

namespace huice::sheet {

/// Findings of one import beyond this many are counted, not kept.
inline constexpr std::size_t kMaxFindings = 10'000;

/// A column that was understood.
struct ColumnMapping {
  std::string heading;  ///< as written, the levels of a merged heading joined by `/`
  std::string fact;     ///< `新招用人员.年龄` for a field of a list
  Decimal factor = 1;   ///< 10000 where the sheet has 万元 and the fact 元
  SourceSpan where;
};

/// What a file says of enterprises. A refused cell is a missing fact; its row stands.
struct ProfileImport {
  std::vector<model::Profile> profiles;  ///< in the order of the rows
  std::vector<ColumnMapping> mapping;
  Findings refused;  ///< cells and rows that could not be taken: `sheet.cell.…`, `sheet.row.…`
  Findings notes;    ///< taken, but worth a look: `sheet.cell.uscc`, `sheet.column.unknown` …
};

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
/// of the readers and the above.
Result<ProfileImport> read_profiles(const std::filesystem::path& path,
                                    const model::FactCatalogue& catalogue);

/// Takes one record or a list of records whose fields are facts; amounts are in 元 unless a text
/// names another unit. A null is an unknown fact.
/// Errors: InvalidInput `sheet.record` when `value` is neither.
Result<ProfileImport> profiles_from_value(const model::Value& value,
                                          const model::FactCatalogue& catalogue,
                                          std::string_view file);

}  // namespace huice::sheet
