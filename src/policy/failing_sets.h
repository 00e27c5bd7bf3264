// Why the answer is no: which conditions already settle it by themselves.
#pragma once

#include <vector>

#include "policy/match.h"

namespace huice::policy {

/// More sets than this are not listed.
inline constexpr std::size_t kMaxFailingSets = 64;

/// Leaves that together make the whole false, whatever becomes of the others; none could be left
/// out.
using FailingSet = std::vector<const Outcome*>;

/// The minimal failing sets of a tree that is false, the smallest first, then in order of the
/// tree. Empty when it is not false. Every failing condition of an `all` is a set of its own; an
/// `any` fails by all its branches together; under `none` it is what holds that fails it.
std::vector<FailingSet> failing_sets(const Outcome& root);

}  // namespace huice::policy
