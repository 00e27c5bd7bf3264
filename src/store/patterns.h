// What the repositories share: patterns of LIKE, and what they say when somebody was faster.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace huice::store {

/// The pattern of texts that hold `text` somewhere, for LIKE … ESCAPE '!'.
std::string containing(std::string_view text);
/// The pattern of texts that begin with `text`.
std::string beginning_with(std::string_view text);

/// Conflict `store.stale`: another person changed it since it was read.
Error stale();

}  // namespace huice::store
