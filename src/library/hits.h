// What was found, made ready to be shown.
#pragma once

#include <string>
#include <vector>

#include "library/ranking.h"
#include "library/state.h"

namespace huice::library {

/// Counts `found`, and shows as many of it as `query` asks for, with the words of `shown` (folded)
/// highlighted. Throws Xapian::Error.
void add_hits(const LibraryState& state, const std::vector<Found>& found,
              const std::vector<std::string>& shown, const Query& query, Hits& hits);

}  // namespace huice::library
