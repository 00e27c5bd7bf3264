// Policies against enterprises: a status with its reasons, and the amounts.
//
// This is the scalar engine, the one that explains. It is meant for one enterprise or a county;
// a columnar engine for whole provinces is a later addition and must agree with this one.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/money.h"
#include "base/result.h"
#include "model/profile.h"
#include "policy/belief.h"
#include "policy/fact_trail.h"
#include "policy/library.h"
#include "policy/shared_list.h"

namespace huice::policy {

enum class Status { Eligible, Ineligible, Incomplete, Review, NotOpen, Expired };
/// `可享`, `不可享`, `待补`, `需人工核验`, `未到期/窗口外`, `已失效`.
std::string_view label(Status status);
/// `eligible`, `ineligible`, `incomplete`, `review`, `not_open`, `expired`.
std::string_view name(Status status);
/// From either of the two; nullopt for other texts.
std::optional<Status> parse_status(std::string_view text);

/// What became of one condition.
struct Outcome {
  Condition::Kind kind = Condition::Kind::Test;
  Truth truth = Truth::Unknown;
  std::string name;
  std::string requirement;  ///< in Chinese, from the expression: `应纳税所得额不超过300万元`
  std::string actual;       ///< `应纳税所得额为310万元`; empty for groups
  std::string shortfall;  ///< `超出10万元`; empty when it holds or has no measure
  std::string clause;
  SharedList<FactUse> facts;
  SharedList<std::string> missing;  ///< facts that can still decide this condition
  SharedList<std::string> notes;    ///< why it cannot be told though no fact is missing
  std::vector<Outcome> children;
};

/// An amount as far as it is known: exact when both ends are there and equal.
struct Amount {
  std::optional<Money> low;
  std::optional<Money> high;
  bool is_exact() const { return low && high && *low == *high; }
  bool is_unknown() const { return !low && !high; }
};
/// `60万元`, `3万元至6万元`, `不少于…`, `未知`.
std::string to_text(const Amount& amount);

/// What became of one benefit.
struct BenefitOutcome {
  std::string name;
  Truth applies = Truth::True;   ///< its own `when`
  bool has_amount = false;       ///< false: only `effect` in words
  Amount amount;                 ///< 分, rounded once
  std::optional<Amount> before;  ///< what would be due without the policy
  std::optional<Amount> after;   ///< and with it
  bool capped = false;           ///< the cap was reached
  std::optional<Money> cap;
  std::string effect;
  Nature nature = Nature::Exact;
  BenefitForm form = BenefitForm::Cash;
  std::string delivery;
  std::string clause;
  std::string note;
  std::string formula;  ///< read back in Chinese
  SharedList<FactUse> facts;
  SharedList<std::string> missing;  ///< facts without which the amount is not exact
  SharedList<std::string> notes;
};

/// Where a day stands in the windows of a policy.
struct WindowState {
  enum class Kind { Always, Open, Before, After };
  Kind kind = Kind::Always;
  std::string batch;
  std::optional<Date> opens;  ///< of the open, the next or the last window
  std::optional<Date> closes;
  int days = 0;  ///< Open: days left, 0 on the last; Before: days to go; After: days since
};

/// One policy against one enterprise.
struct Match {
  std::string policy;  ///< id
  std::string title;
  std::string kind;
  std::string level;
  std::string contact;
  Source source;
  Status status = Status::Review;
  Outcome conditions;
  SharedList<std::string> missing;  ///< facts that can still decide the status
  std::vector<BenefitOutcome> benefits;
  WindowState window;
  std::optional<Validity> validity;  ///< as known on the day
  SharedList<std::string> materials;
  SharedList<std::string> notes;      ///< of the policy
  std::vector<std::string> warnings;  ///< of this match
  Date on;
  Date known_on;
};

struct MatchOptions {
  Date on;                            ///< the day asked about
  Date known_on;                      ///< with the knowledge of that day
  std::vector<std::string> policies;  ///< only these ids; empty: all in force
  bool all_times = false;             ///< also those not yet or no longer in force
  std::string default_region;         ///< for profiles without 行政区划; may be empty
};

/// The matches in the library's order. Policies not known on `known_on` are left out; those out
/// of force too, unless asked for by id or `all_times`. Ids unknown to the library are ignored
/// (Library::get tells). Never fails: what cannot be told has a status that says so.
/// Cost: linear in conditions.
std::vector<Match> match(const Library& library, const model::Profile& profile,
                         const MatchOptions& options);

/// One policy against one enterprise, in force or not. nullopt when the policy is not known on
/// `options.known_on`. Exclusions are not looked at; `options.policies` and `all_times` are not
/// used.
std::optional<Match> match_policy(const Library& library, const Policy& policy,
                                  const model::Profile& profile, const MatchOptions& options);

/// The matches of one enterprise.
struct EnterpriseMatches {
  std::string uscc;
  std::string name;
  SourceSpan where;
  std::vector<Match> matches;
};

/// Every profile against the library, in order.
std::vector<EnterpriseMatches> match_all(const Library& library,
                                         std::span<const model::Profile> profiles,
                                         const MatchOptions& options);

}  // namespace huice::policy
