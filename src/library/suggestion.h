// "Did you mean …": words that sound like, or are one letter off, what was typed.
#pragma once

#include <string>
#include <string_view>

#include "library/state.h"

namespace huice::library {

/// `query` with a misspelt term of the lexicon, of a place or of an office put right: 舒困增效 →
/// 纾困增效. Only where the library has no text with the letters as typed, and has some with those
/// offered. Empty when there is nothing to offer. Throws Xapian::Error.
std::string suggestion_for(const LibraryState& state, std::string_view query);

}  // namespace huice::library
