#include "policy/cliffs.h"

#include <algorithm>

#include "policy/amounts.h"
#include "policy/chinese.h"
#include "policy/limits.h"

namespace huice::policy {
namespace {

using model::FactDefinition;
using model::FactType;

/// The step over a limit that people speak of.
Decimal step_of(const FactDefinition& fact) {
  return fact.type == FactType::Ratio ? Decimal::scaled(1, -4) : Decimal(1);
}

/// What the enterprise is out of pocket: taxes due, less what it is given. nullopt when some
/// amount is not exact.
std::optional<Money> burden(const Match& match) {
  const bool has = match.conditions.truth == Truth::True;
  Money total;
  for (const BenefitOutcome& benefit : match.benefits) {
    if (!counts_as_gain(benefit) || benefit.applies == Truth::Unknown) continue;
    if (benefit.before && benefit.after) {
      const Amount& due = has ? *benefit.after : *benefit.before;
      if (!due.is_exact()) return std::nullopt;
      total = total + *due.low;
    } else if (has) {
      if (!benefit.amount.is_exact()) return std::nullopt;
      total = total - *benefit.amount.low;
    }
  }
  return total;
}

class CliffFinder {
 public:
  CliffFinder(const Library& library, const model::Profile& profile, const Match& match,
              const MatchOptions& options)
      : library_(library),
        policy_(*library.find(match.policy)),
        profile_(profile),
        match_(match),
        options_(options) {}

  std::vector<Cliff> find() {
    for (const auto& [name, limits] : find_limits(library_, policy_)) {
      const FactDefinition* fact = library_.definition(name);
      const auto told = profile_.facts.find(name);
      if (fact == nullptr || told == profile_.facts.end()) continue;
      const Decimal* actual = told->second.value.number();
      if (actual == nullptr) continue;
      for (const model::Value& limit : limits.constants) {
        if (limit.number() != nullptr) look_at(*fact, *actual, *limit.number());
      }
    }
    return std::move(found_);
  }

 private:
  Match at(const FactDefinition& fact, const Decimal& value) const {
    model::Profile profile = profile_;
    profile.facts[fact.name].value = model::Value(value);
    return *match_policy(library_, policy_, profile, options_);
  }

  void look_at(const FactDefinition& fact, const Decimal& actual, const Decimal& limit) {
    const Decimal step = step_of(fact);
    const Decimal onward = actual <= limit ? step : -step;
    // A strict limit is itself beyond; the last good value is one step before it.
    for (const Decimal& last : {limit, *subtract(limit, onward)}) {
      const bool passed = onward.is_negative() ? last > actual : last < actual;
      if (passed) continue;
      const Match good = at(fact, last);
      if (good.conditions.truth != Truth::True) continue;
      const Decimal beyond = *add(last, onward);
      const Match bad = at(fact, beyond);
      if (bad.conditions.truth != Truth::False) return;
      const auto before = burden(good);
      const auto after = burden(bad);
      if (before && after && *after > *before) keep(fact, actual, last, beyond, *after - *before);
      return;
    }
  }

  void keep(const FactDefinition& fact, const Decimal& actual, const Decimal& last,
            const Decimal& beyond, Money cost) {
    const Quantity quantity{fact.type, fact.unit};
    const Decimal distance = subtract(last, actual)->abs();
    const auto tenfold = multiply(distance, Decimal(100));
    const auto allowed = multiply(last.abs(), Decimal(kCliffNearPercent));
    const auto shown = [&](const Decimal& number) {
      return value_text(feel::Value(number), quantity);
    };
    found_.push_back({match_.policy, match_.title, fact.name, shown(actual), shown(last),
                      shown(beyond), difference_text(distance, quantity),
                      tenfold && allowed && *tenfold <= *allowed, cost});
  }

  const Library& library_;
  const Policy& policy_;
  const model::Profile& profile_;
  const Match& match_;
  const MatchOptions& options_;
  std::vector<Cliff> found_;
};

}  // namespace

std::vector<Cliff> cliffs(const Library& library, const model::Profile& profile, const Match& match,
                          const MatchOptions& options) {
  if (match.status != Status::Eligible || library.find(match.policy) == nullptr) return {};
  return CliffFinder(library, profile, match, options).find();
}

std::string cliff_text(const Cliff& cliff) {
  return "“" + cliff.fact + "”为" + cliff.actual + "，距" + cliff.limit + "还有" + cliff.distance +
         "；到" + cliff.beyond + "即不可享“" + cliff.title + "”，多负担" +
         to_short_text(cliff.cost);
}

}  // namespace huice::policy
