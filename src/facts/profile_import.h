// What a file says of enterprises.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "base/result.h"
#include "model/profile.h"

namespace huice::facts {

/// Findings of one import beyond this many are counted, not kept.
inline constexpr std::size_t kMaxFindings = 10'000;

/// A column that was understood.
struct ColumnMapping {
  std::string heading;  ///< as written, the levels of a merged heading joined by `/`
  std::string fact;     ///< `新招用人员.年龄` for a field of a list
  Decimal factor = 1;   ///< 10000 where the sheet has 万元 and the fact 元
  SourceSpan where;
};

/// A refused cell or value is a missing fact; the rest of its row or record stands.
struct ProfileImport {
  std::vector<model::Profile> profiles;  ///< in the order of the rows
  std::vector<ColumnMapping> mapping;
  Findings refused;  ///< what could not be taken: `sheet.cell.…`, `sheet.row.…`, `sheet.record.…`
  Findings notes;  ///< taken, but worth a look: `sheet.cell.uscc`, `sheet.column.unknown` …
};

}  // namespace huice::facts
