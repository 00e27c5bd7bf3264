// Limits at which one unit more costs far more than the unit: what stepping over them loses.
#pragma once

#include <string>
#include <vector>

#include "policy/match.h"

namespace huice::policy {

/// A limit counts as near within so many percent of it.
inline constexpr int kCliffNearPercent = 10;

/// One step over a limit that turns a yes into a no.
struct Cliff {
  std::string policy;  ///< id
  std::string title;
  std::string fact;
  std::string actual;    ///< `298万元`
  std::string limit;     ///< the last value at which the policy is still to be had
  std::string beyond;    ///< one step further: 1 元, 1 人, 0.01 %, one day
  std::string distance;  ///< from the actual value to the limit
  bool near = false;     ///< within kCliffNearPercent of the limit
  Money cost;            ///< what the enterprise is worse off beyond than at the limit
};

/// The cliffs of one match that is eligible: every number its conditions compare a fact with,
/// where the step costs something. The cost is worked out by judging the enterprise at the limit
/// and one step beyond: taxes due then and now, subsidies lost. Benefits whose amount is not exact
/// are left out.
std::vector<Cliff> cliffs(const Library& library, const model::Profile& profile, const Match& match,
                          const MatchOptions& options);

/// `应纳税所得额298万元，距300万元还有2万元；每超过到300.0001万元…`.
std::string cliff_text(const Cliff& cliff);

}  // namespace huice::policy
