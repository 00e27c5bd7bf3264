// Where a day stands in the windows of a policy.
#pragma once

#include "policy/match.h"

namespace huice::policy {

/// The state on `on`. Yearly windows are laid into the years around `on`, within `validity`.
WindowState window_state(const Policy& policy, const Validity& validity, Date on);

/// One window on the calendar, cut to the validity of the policy.
struct OpenSpan {
  std::string batch;
  Date opens;
  Date closes;  ///< inclusive
  int lead_days = 0;
};

/// The windows that touch the days from `first` to `last`, by their first day.
std::vector<OpenSpan> open_spans(const Policy& policy, const Validity& validity, Date first,
                                 Date last);

/// The days on which the state changes: each window's first day and the day after its last, in
/// the years of `validity` near `on`.
std::vector<Date> window_edges(const Policy& policy, Date on);

}  // namespace huice::policy
