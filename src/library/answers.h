// Questions and the passages that clerks found to answer them.
//
// A marked question is kept in the library's metadata and counts as text of its passage. It is
// bound to what the passage says, not to its place: a file added again keeps its answers as long as
// the passage reads the same.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <xapian.h>

#include "library/library.h"
#include "library/state.h"

namespace huice::library {

/// The questions that count as text of a passage, oldest first.
std::vector<std::string> questions_of(const Xapian::Database& database, const Passage& passage);

/// Of what a passage says, wherever it stands.
std::string passage_key(const Passage& passage);

/// The passage of a document that still reads as it did when it was passage `number`, wherever it
/// stands by now. Throws Xapian::Error.
std::optional<Xapian::docid> entry_reading(const LibraryState& state, std::string_view document,
                                           std::size_t number, std::string_view key);

}  // namespace huice::library
