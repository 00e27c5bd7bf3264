// Proof-reading a library: lint, the cases written in the files, and cases made from the limits.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "policy/library.h"

namespace huice::policy {

/// One case that did not come out, or one doubtful spot.
struct CheckFinding {
  enum class Severity { Error, Warning };
  Severity severity = Severity::Error;
  Error error;  ///< id, message, place
};

/// Counts of one policy.
struct PolicyCheck {
  std::string id;
  std::string title;
  int inline_cases = 0;
  int inline_failed = 0;
  int boundary_cases = 0;
  int boundary_failed = 0;
  int mutants = 0;            ///< small wrongs tried
  int mutants_unnoticed = 0;  ///< those that no inline case noticed and nothing explains
  int mutants_explained = 0;  ///< those of which the policy says why no case can notice them
  bool has_witness = false;   ///< some inline case is eligible, so that limits can be tried
};

struct CheckReport {
  std::vector<PolicyCheck> policies;
  std::vector<CheckFinding> findings;
  bool passed() const;  ///< no finding of severity Error
  int inline_cases() const;
  int boundary_cases() const;
};

struct CheckOptions {
  std::string policy;    ///< only this one; empty: all, and the worked answers of derived facts
  bool mutants = false;  ///< also try whether the cases would notice small wrongs
};

/// Checks a loaded library. Deterministic.
///
/// Inline cases: as written. Boundary cases, made from an eligible inline case: each number the
/// expressions compare a fact with, one unit below, at, and above it (the status may change only
/// there); each fact missing (never eligible if some value of it forbids that); each edge of
/// validity, knowledge and windows. Lint: what the policies cite, against references.yaml; the
/// worked answers of derived facts. Mutants, when asked for: see mutants.h; those that no case
/// notices are warnings.
CheckReport check(const Library& library, const CheckOptions& options = {});

/// The report in Chinese: findings first, a line a policy, totals.
std::string to_text(const CheckReport& report);

}  // namespace huice::policy
