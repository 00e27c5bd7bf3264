// Enterprises from a large CSV file straight into columns.
//
// Cells mean what facts::read_cell makes of them: plain numbers, ISO days and texts seen before are
// read here, everything else is handed to it. Rows without a name and a code, totals and rows whose
// code came before are passed over, as the reader of profiles does.
#pragma once

#include <cstddef>
#include <filesystem>

#include "base/result.h"
#include "bulk/columns.h"
#include "model/profile.h"

namespace huice::bulk {

/// Rows of one file; for those of one row see bulk/csv_records.h.
inline constexpr std::size_t kMaxRows = 50'000'000;
/// Refused cells kept for the reader; the others are counted.
inline constexpr std::size_t kMaxRefusals = 1'000;

struct ColumnImport {
  Columns columns;
  std::size_t passed_over = 0;    ///< rows that are no enterprise, or one that came before
  std::size_t refused_cells = 0;  ///< counted as unknown
  Findings refusals;              ///< the first of them, with line and heading
};

/// Reads the columns of `facts`; other columns are not looked at. `catalogue` knows the aliases.
/// Errors: those of read_file; InvalidInput `sheet.no-heading`; Unsupported `bulk.encoding` for
/// anything but UTF-8 and `bulk.series` when a column is a year of a series, both for the reader of
/// sheets to take; TooLarge `csv.too-large`; InvalidInput `csv.quote`.
Result<ColumnImport> read_csv_columns(const std::filesystem::path& path,
                                      const model::FactCatalogue& catalogue,
                                      std::span<const model::FactDefinition> facts);

}  // namespace huice::bulk
