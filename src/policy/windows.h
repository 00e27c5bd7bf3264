// Where a day stands in the windows of a policy.
#pragma once

#include "policy/match.h"

namespace huice::policy {

/// The state on `on`. Yearly windows are laid into the years around `on`, within `validity`.
WindowState window_state(const Policy& policy, const Validity& validity, Date on);

/// The days on which the state changes: each window's first day and the day after its last, in
/// the years of `validity` near `on`.
std::vector<Date> window_edges(const Policy& policy, Date on);

}  // namespace huice::policy
