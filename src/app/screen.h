// Use case: the answers for each enterprise with what stands in the way and nothing more, for
// libraries of thousands of policies.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

#include "app/match.h"

namespace huice::app {

struct ScreenReport {
  std::size_t enterprises = 0;
  Findings refused;  ///< cells that were not taken; their facts count as unknown
};

/// Takes the JSON of an enterprise (docs/schemas/screening.schema.json), a line with its end.
using TakeLine = std::function<void(std::string_view line)>;

/// Errors: those of load_library and of reading the enterprises; NotFound for an unknown id. Lines
/// before an error of reading are handed on.
Result<ScreenReport> screen_enterprises(const World& world, const MatchRequest& request,
                                        const TakeLine& take);

}  // namespace huice::app
