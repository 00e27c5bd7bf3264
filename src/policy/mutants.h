// Small wrongs put into a policy, to see whether its own cases would notice them.
#pragma once

#include <string>
#include <vector>

#include "policy/library.h"

namespace huice::policy {

/// One policy with one thing changed.
struct Mutant {
  std::string change;  ///< in Chinese: `“从业人数 <= 300”的 <= 改为 <`
  SourceSpan where;
  Policy policy;
};

/// Beyond so many, a policy's mutants are not made.
inline constexpr std::size_t kMaxMutants = 400;

/// Comparisons made strict or lax, limits moved by the smallest unit either way, `and` for `or`,
/// any for all, and the days of validity and windows moved by one. Amounts: numbers moved by one
/// in their last place.
std::vector<Mutant> make_mutants(const Library& library, const Policy& policy);

struct MutantReport {
  int made = 0;
  Findings survivors;  ///< `check.mutant`, one each
};

/// Runs the inline cases of the policy against each mutant until one fails. Deterministic.
/// Cost: mutants times cases, in the worst case.
MutantReport run_mutants(const Library& library, const Policy& policy);

}  // namespace huice::policy
