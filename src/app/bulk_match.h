// Use case: all enterprises of a region against the whole library, as counts, sums and sets.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/match.h"
#include "bulk/engine.h"

namespace huice::app {

struct BulkReport {
  bulk::RunTotals totals;
  std::size_t passed_over = 0;    ///< rows that are no enterprise, or one that came before
  std::size_t refused_cells = 0;  ///< counted as unknown
  Findings refusals;              ///< the first of them
};

struct BulkRequest {
  MatchRequest match;
  unsigned threads = 1;
  std::optional<std::filesystem::path> planes;  ///< where the sets of eligible rows are written
  bool strict = false;  ///< a refused cell ends it before anything is written
};

/// A CSV file goes straight into columns, any other through profiles. The file of planes is
/// described in docs/bulk.md.
/// Errors: those of load_library and of reading the enterprises; NotFound for an unknown id; Io
/// `file.unwritable`.
Result<BulkReport> match_in_bulk(const World& world, const BulkRequest& request);

/// Whether write_totals() knows the format. Errors: Unsupported `match.bulk-format`.
Status check_totals_format(const std::filesystem::path& out);

/// The totals as .json or .csv. Errors: as above; those of writing.
Status write_totals(const BulkRequest& request, const BulkReport& report,
                    const std::filesystem::path& out);

/// The totals as the .json file holds them.
std::string totals_json(const BulkRequest& request, const BulkReport& report);

/// A line a policy, for reading.
std::string totals_text(const BulkReport& report);

}  // namespace huice::app
