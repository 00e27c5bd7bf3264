// Cases made from the limits of a policy, around an enterprise that is eligible.
#pragma once

#include "policy/inline_cases.h"

namespace huice::policy {

struct BoundaryRun {
  int cases = 0;
  Findings findings;
};

/// Tries limits, missing facts and edges of dates around `witness`, who must be eligible.
/// Checked: with every other fact as it was,
///  - the status changes only at a limit (`check.flip`);
///  - without a fact nobody is eligible whom some value of it would refuse, nor refused whom some
///    value would admit (`check.missing`);
///  - no exact amount is negative (`check.negative`);
///  - validity, knowledge and windows begin and end on their days (`check.date`).
BoundaryRun run_boundary_cases(const Library& library, const Policy& policy,
                               const Situated& witness);

}  // namespace huice::policy
