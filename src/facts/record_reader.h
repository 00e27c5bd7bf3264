// Profiles from values that JSON or YAML gave: the same conversions as for cells.
//
// A fact is a value (`从业人数: 120`), a range (`200..300`), or either of them with where it comes
// from and as of when: `{值: 120, 来源: 社保系统, 截至: 2026-09-30}`. A year series may be written
// `{2024: 5000000, 2025: 6100000}` instead of as a list of {年度, 值}.
#pragma once

#include <string_view>

#include "base/result.h"
#include "facts/profile_import.h"
#include "model/value.h"

namespace huice::facts {

/// Keys of a fact that tells its origin.
inline constexpr std::string_view kToldValue = "值";
inline constexpr std::string_view kToldSource = "来源";
inline constexpr std::string_view kToldObserved = "截至";

/// Takes one record or a list of records whose fields are facts; amounts are in 元 unless a text
/// names another unit. A null is an unknown fact. `file` is where values without a place come from.
/// Errors: InvalidInput `sheet.record` when `value` is neither.
Result<ProfileImport> profiles_from_value(const model::Value& value,
                                          const model::FactCatalogue& catalogue,
                                          std::string_view file);

/// One record of which everything must be taken.
/// Errors: as above, and whatever would be refused: `sheet.cell.…`, `sheet.record.…`.
Result<model::Profile> read_profile(const model::Value& record,
                                    const model::FactCatalogue& catalogue, std::string_view file);

}  // namespace huice::facts
