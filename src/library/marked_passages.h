// What questions marked as answered add to the weights of passages.
#pragma once

#include <vector>

#include "library/query.h"
#include "library/ranking.h"

namespace huice::library {

/// Weighs the passages of Query::answers as if their questions stood in them; those that pass
/// `filter` and are not among the candidates join them. `asked` are the terms of the query. Throws
/// Xapian::Error.
void add_answered(const LibraryState& state, const Query& query, const Counts& asked,
                  const Xapian::Query& filter, FoundTexts& texts, std::vector<Found>& candidates);

}  // namespace huice::library
