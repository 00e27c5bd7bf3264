#include <algorithm>

#include "policy/judge.h"
#include "policy/linear_sum.h"

namespace huice::policy {
namespace {

void add_missing(BenefitOutcome& outcome, const Belief& belief) {
  for (const std::string& name : belief.missing) {
    if (std::ranges::find(outcome.missing, name) == outcome.missing.end()) {
      outcome.missing.push_back(name);
    }
  }
  for (const std::string& note : belief.notes) {
    if (std::ranges::find(outcome.notes, note) == outcome.notes.end()) {
      outcome.notes.push_back(note);
    }
  }
}

/// What lies in both intervals.
Belief common(const Belief& a, const Belief& b) {
  const auto x = bounds_of(a);
  const auto y = bounds_of(b);
  if (!x || !y) return x ? a : b;
  const auto narrower = [](const std::optional<Decimal>& one, const std::optional<Decimal>& other,
                           bool least) {
    if (!one || !other) return one ? one : other;
    return std::optional((*one < *other) == least ? *one : *other);
  };
  Belief belief =
      Belief::between(narrower(x->low, y->low, false), narrower(x->high, y->high, true));
  if (!belief.is_known()) blame(belief, a);
  return belief;
}

}  // namespace

std::vector<BenefitOutcome> Judge::benefits() {
  std::vector<BenefitOutcome> outcomes;
  for (const Benefit& each : policy_.benefits) {
    if (!in_force(each.span)) continue;
    outcomes.push_back(benefit(each));
  }
  return outcomes;
}

BenefitOutcome Judge::benefit(const Benefit& benefit) {
  BenefitOutcome outcome;
  outcome.name = benefit.name;
  outcome.effect = benefit.effect;
  outcome.nature = benefit.nature;
  outcome.form = benefit.form;
  outcome.delivery = benefit.delivery;
  outcome.clause = benefit.clause;
  outcome.note = benefit.note;
  outcome.has_amount = benefit.amount || benefit.baseline;
  if (benefit.when) {
    const Belief applies = settled(*benefit.when);
    outcome.applies = truth_of(applies);
    if (outcome.applies == Truth::Unknown) add_missing(outcome, applies);
    if (outcome.applies == Truth::False) return outcome;
  }
  if (!outcome.has_amount) return outcome;
  outcome.formula = benefit.formula;
  Belief amount = raw_amount(benefit, outcome);
  if (benefit.cap) {
    outcome.cap = rounded(Belief::known(feel::Value(*benefit.cap)), benefit).low;
    const auto bounds = bounds_of(amount);
    outcome.capped = bounds && bounds->low && *bounds->low > *benefit.cap;
    amount = least({amount, Belief::known(feel::Value(*benefit.cap))});
  }
  if (outcome.applies == Truth::Unknown) amount = join(amount, Belief::known(feel::Value(0)));
  add_missing(outcome, amount);
  outcome.amount = rounded(amount, benefit);
  return outcome;
}

Belief Judge::raw_amount(const Benefit& benefit, BenefitOutcome& outcome) {
  if (benefit.amount) {
    outcome.facts = uses(*benefit.amount);
    return reasoner_.of(*benefit.amount);
  }
  outcome.facts = uses(*benefit.baseline);
  add_uses(outcome.facts, uses(*benefit.liability));
  const Belief before = reasoner_.of(*benefit.baseline);
  const Belief after = reasoner_.of(*benefit.liability);
  outcome.before = rounded(before, benefit);
  outcome.after = rounded(after, benefit);
  const Belief difference = calculate(feel::Operator::Subtract, before, after);
  const bool ranges = std::ranges::any_of(outcome.facts, [&](const FactUse& use) {
    return stated_range(situation_.profile(), use.name) != nullptr;
  });
  if (!ranges) return difference;
  // Both liabilities rest on the same facts: they are not high the one while low the other.
  LinearSum sum(reasoner_);
  sum.add(*benefit.baseline, Decimal(1));
  sum.add(*benefit.liability, Decimal(-1));
  return common(difference, sum.belief());
}

Amount Judge::rounded(const Belief& belief, const Benefit& benefit) const {
  const auto bounds = bounds_of(belief);
  if (!bounds) return {};
  // "At least nothing" says no more than "unknown".
  if (!bounds->high && (!bounds->low || bounds->low->is_zero())) return {};
  Amount amount;
  const auto to_money = [&](const std::optional<Decimal>& end) -> std::optional<Money> {
    if (!end) return std::nullopt;
    const auto money = money_from_yuan(*end, benefit.rounding);
    return money ? std::optional<Money>(money.value()) : std::nullopt;
  };
  amount.low = to_money(bounds->low);
  amount.high = to_money(bounds->high);
  return amount;
}

}  // namespace huice::policy
