// The cases written in policy files.
#pragma once

#include <optional>

#include "policy/check.h"
#include "policy/match.h"

namespace huice::policy {

/// An inline case made ready: the profile and the days.
struct Situated {
  model::Profile profile;
  MatchOptions options;
};

/// Errors: those of facts::read_profile, at the place of the case.
Result<Situated> situate(const Library& library, const Policy& policy, const InlineTest& test);

/// Runs one case. Every difference is a finding at the place of the case.
Findings run_inline_case(const Library& library, const Policy& policy, const InlineTest& test);

}  // namespace huice::policy
