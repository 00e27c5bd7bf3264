// Many enterprises against a whole library at once: counts, sums and sets, with the statuses and
// amounts of the scalar engine to the last 分.
//
// Rows are taken in tiles that stay in the processor's cache. In each tile every distinct condition
// becomes planes of bits once, whichever policies share it; the policies are and, or and not over
// those planes; amounts are worked out for the eligible only.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "bulk/plan.h"
#include "bulk/tile_amounts.h"

namespace huice::bulk {

struct BenefitTotals : BenefitSums {
  std::string name;
};

struct PolicyTotals {
  std::string id;
  std::string title;
  std::array<std::uint64_t, 6> counts{};  ///< by policy::Status
  std::vector<BenefitTotals> benefits;
};

/// The planes of one policy over some rows: bit i of word w is row `first_row` + 64 w + i.
struct PolicyPlanes {
  std::size_t first_row = 0;
  std::size_t rows = 0;
  std::size_t policy = 0;          ///< among the plan's
  std::span<const Word> eligible;  ///< those who meet the conditions, before windows
  std::span<const Word> possible;  ///< and those who may; empty unless asked for
  std::span<const Word> missing;   ///< of these, those for whom facts are missing
};
using PlaneSink = std::function<Status(const PolicyPlanes&)>;

struct RunOptions {
  unsigned threads = 1;
  bool amounts = true;
  bool open_planes = false;    ///< the sink wants `possible` and `missing` too
  bool plain_kernels = false;  ///< without what only newer processors have
  PlaneSink sink;              ///< may be absent
};

/// Rows handed to the sink at once, a multiple of every tile.
inline constexpr std::size_t kBlockRows = std::size_t{1} << 17;

struct RunTotals {
  std::size_t rows = 0;
  std::size_t leaves = 0;  ///< distinct conditions
  std::vector<PolicyTotals> policies;
};

/// Runs the plan over all rows. Errors: what the sink returns. Deterministic for any number of
/// threads.
Result<RunTotals> run(const Plan& plan, const RunOptions& options);

/// The totals of single rows, each as if it were alone: what the engine says of every pair. For
/// tests and spot checks; slow.
std::vector<RunTotals> run_rows(const Plan& plan, std::size_t first, std::size_t rows,
                                bool plain_kernels = false);

}  // namespace huice::bulk
