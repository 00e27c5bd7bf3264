// Questions and the passages that clerks found to answer them.
//
// A marked question is kept in the library's metadata and counts as text of its passage. It is
// bound to what the passage says, not to its place: a file added again keeps its answers as long as
// the passage reads the same.
#pragma once

#include <string>
#include <vector>

#include <xapian.h>

#include "library/library.h"

namespace huice::library {

/// The questions that count as text of a passage, oldest first.
std::vector<std::string> questions_of(const Xapian::Database& database, const Passage& passage);

}  // namespace huice::library
