// The most valuable set of things that exclude, need and cap each other, found exactly.
//
// Pure arithmetic: what the things are is the caller's business (portfolio.h: policies).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace huice::policy {

/// Steps of one search; beyond them the best set found so far is returned as not proven.
inline constexpr std::int64_t kMaxSelectionSteps = 2'000'000;

/// What the members bring together counts up to `cap`. Pools may lie within each other; of pools
/// that merely overlap the smaller one is filled first, which may fall short of the most possible.
struct Pool {
  std::int64_t cap = 0;
  std::vector<std::size_t> members;
};

struct SelectionProblem {
  std::vector<std::int64_t> values;                               ///< not negative; in 分
  std::vector<std::pair<std::size_t, std::size_t>> conflicts;     ///< not both
  std::vector<std::pair<std::size_t, std::size_t>> requirements;  ///< the first needs the second
  std::vector<Pool> pools;
};

/// A set that keeps all the rules.
struct Selection {
  std::vector<bool> chosen;
  std::int64_t value = 0;
  bool proven = true;  ///< false when the search was cut short
};

/// What `chosen` brings together, pools capped; whether it keeps the rules is not looked at.
std::int64_t value_of(const SelectionProblem& problem, const std::vector<bool>& chosen);

/// Whether `chosen` holds no conflict and everything its members need.
bool is_allowed(const SelectionProblem& problem, const std::vector<bool>& chosen);

/// One item settled beforehand.
struct Settled {
  std::size_t item = 0;
  bool in = true;
};

/// The most valuable allowed set; of equal ones the one with the most members, then the one that
/// keeps earlier items. With `settled`, the best of those that agree; nullopt when none does.
/// Cost: exponential in the largest group of items tied together, cut by bounds.
std::optional<Selection> best_selection(const SelectionProblem& problem,
                                        std::optional<Settled> settled = std::nullopt);

/// The best allowed set that is not merely a part of `best`: what one would take instead.
/// nullopt when everything fits together.
std::optional<Selection> runner_up(const SelectionProblem& problem, const Selection& best);

}  // namespace huice::policy
