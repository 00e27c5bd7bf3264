// How far an enterprise is from a policy: the cheapest changes that would make it eligible.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/value.h"
#include "policy/library.h"
#include "policy/match.h"

namespace huice::policy {

/// How one step comes about.
enum class StepKind {
  Wait,     ///< 等得到: comes with time
  Act,      ///< 做得到: the enterprise can do it
  Confirm,  ///< 待核实: nobody has told the fact; it has to be so
};
/// `等得到`, `做得到`, `待核实`.
std::string_view label(StepKind kind);

/// One change of one fact, or of the day.
struct Step {
  StepKind kind = StepKind::Act;
  std::string fact;  ///< `当日` for waiting
  std::string from;  ///< in Chinese; `未知` when nobody has told it
  std::string to;
  std::string difference;   ///< `增加2人`; empty where it has no measure
  std::optional<Date> day;  ///< Wait: when it has come, where that can be told
  std::int64_t cost = 0;
};

/// What stands in the way and cannot be changed (改不了).
struct Blocker {
  std::string condition;
  std::string actual;
  std::vector<std::string> facts;
};

/// The way to one policy.
struct NearestMiss {
  std::string policy;  ///< id
  std::string title;
  bool reachable = false;
  std::vector<Step> steps;        ///< in the order of their cost
  std::int64_t cost = 0;          ///< the sum; only for comparing
  std::vector<Blocker> blockers;  ///< when it is not reachable
  std::optional<Date> day;        ///< the first day on which it can be had, when one has to wait
  Amount gain;                    ///< what would then be had, of what counts as gain
  bool has_gain = false;          ///< the policy brings yuan at all
  std::vector<std::string> notes;
  bool proven = true;  ///< false: the search was cut short
};

/// Changes tried together, states of the search, and days of waiting looked ahead.
inline constexpr std::size_t kMaxSteps = 6;
inline constexpr std::size_t kMaxNearestStates = 600;
inline constexpr int kMaxWaitDays = 3660;

/// The cost of changing a number or any other value: the effort of the catalogue, times 1 to 2 as
/// the change is slight or total, in hundredths. Concave in the size of the change, so that the
/// cheapest set of changes lies on the limits themselves.
std::int64_t change_cost(int effort, std::int64_t from, std::int64_t to);

/// Of a match that is ineligible or not yet open: the cheapest set of changes that makes its
/// conditions true. Every number changes to a value at which a condition changes its mind, found
/// to the smallest unit (分, 0.01 %, one person, one day). What only a person can judge is taken
/// for granted and noted. nullopt for other statuses.
/// Cost: some thousands of evaluations of single conditions.
std::optional<NearestMiss> nearest_miss(const Library& library, const model::Profile& profile,
                                        const Match& match, const MatchOptions& options);

/// Those of all matches that have one, the reachable first, then by cost.
std::vector<NearestMiss> nearest_misses(const Library& library, const model::Profile& profile,
                                        const std::vector<Match>& matches,
                                        const MatchOptions& options);

std::string nearest_text(const NearestMiss& miss);
model::Value to_value(const NearestMiss& miss);

}  // namespace huice::policy
