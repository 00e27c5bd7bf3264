// Use case: the answers for each enterprise with what stands in the way and nothing more, for
// libraries of thousands of policies.
#pragma once

#include "app/match.h"

namespace huice::app {

struct ScreenReport {
  std::string lines;  ///< JSON, a line an enterprise (docs/schemas/screening.schema.json)
  std::size_t enterprises = 0;
  Findings refused;  ///< cells that were not taken; their facts count as unknown
};

/// Errors: those of load_library and of reading the enterprises; NotFound for an unknown id.
Result<ScreenReport> screen_enterprises(const World& world, const MatchRequest& request);

}  // namespace huice::app
