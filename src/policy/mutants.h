// Small wrongs put into a policy, to see whether its own cases would notice them.
#pragma once

#include <string>
#include <vector>

#include "policy/library.h"

namespace huice::policy {

/// One policy with one thing changed.
struct Mutant {
  std::string part;    ///< the condition, definition or benefit it is in; empty for days
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
  int explained = 0;   ///< unnoticed, and the policy's `unnoticeable` says why
  Findings survivors;  ///< the other unnoticed ones, `check.mutant` one each; `check.unnoticeable`
                       ///< for what is said to be unnoticeable and is noticed, or is no change
};

/// Runs the inline cases of the policy against each mutant until one fails. Deterministic.
/// Cost: mutants times cases, in the worst case.
MutantReport run_mutants(const Library& library, const Policy& policy);

}  // namespace huice::policy
