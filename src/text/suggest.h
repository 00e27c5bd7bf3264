// "Did you mean …": the known name nearest to a misspelt one.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace huice::text {

/// Insertions, deletions, substitutions and swaps of neighbours that turn `a` into `b`, counted in
/// code points. Stops at `limit` + 1, which then means "more than limit".
/// Cost: length of a × length of b; texts over kMaxSuggestLength count as "more than limit".
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

/// No name that people type is longer (code points).
inline constexpr std::size_t kMaxSuggestLength = 64;

/// The name nearest to `wanted`; of equals, the first. nullopt when none is near enough to be worth
/// offering: a third of the letters may differ, at least one, and one that contains the other
/// whole counts as near. The result points into `names`.
std::optional<std::string_view> closest(std::string_view wanted,
                                        std::span<const std::string> names);

}  // namespace huice::text
