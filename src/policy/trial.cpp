#include "policy/trial.h"

#include <algorithm>

namespace huice::policy {
namespace {

std::optional<model::Value> known_value(const Belief* belief) {
  if (belief == nullptr || !belief->is_known() || belief->value.is_null()) return std::nullopt;
  return feel::to_model(belief->value);
}

/// How many months a counter of this unit takes to grow by one.
int months_per(const model::FactDefinition& fact) {
  const bool counts = fact.change == model::Change::Waits && fact.type == model::FactType::Number;
  if (!counts) return 0;
  return fact.unit == "月" || fact.unit == "个月" ? 1 : fact.unit == "年" ? 12 : 0;
}

int whole_months(Date from, Date to) {
  int months = (to.year() - from.year()) * 12 + static_cast<int>(to.month()) -
               static_cast<int>(from.month());
  while (months > 0 && from.plus_months(months) > to)
    --months;
  return std::max(0, months);
}

}  // namespace

bool operator<(const Trial& a, const Trial& b) {
  if (a.day != b.day) return a.day < b.day;
  const auto text = [](const Trial& trial) {
    std::string all;
    for (const auto& [name, value] : trial.changed) {
      all += name + "\n";
      if (value.number() != nullptr) all += value.number()->to_plain();
      if (value.truth() != nullptr) all += *value.truth() ? "true" : "false";
      if (value.text() != nullptr) all += *value.text();
      if (value.day() != nullptr) all += value.day()->to_iso();
      all += "\n";
    }
    return all;
  };
  return text(a) < text(b);
}

TrialGround::TrialGround(const Library& library, const Policy& policy,
                         const model::Profile& profile, const MatchOptions& options)
    : library_(library), policy_(policy), profile_(profile), options_(options) {
  support_leaves(policy.conditions);
}

void TrialGround::support_leaves(const Condition& condition) {
  if (condition.kind == Condition::Kind::Test) {
    Support& support = supports_[&condition];
    for (const std::string& name : condition.when->names())
      rest_on(name, support);
  }
  for (const Condition& child : condition.children)
    support_leaves(child);
}

void TrialGround::rest_on(std::string_view name, Support& support) {
  if (name == kToday || name == kThisYear) {
    support.day = true;
    return;
  }
  const auto own = std::ranges::find(policy_.definitions, name, &Definition::name);
  if (own != policy_.definitions.end()) {
    if (own->list.empty()) {
      for (const std::string& inner : own->value->names())
        rest_on(inner, support);
      return;
    }
    model::FactDefinition count;
    count.name = own->name;
    count.unit = own->unit;
    count.type = model::FactType::Number;
    count.non_negative = true;
    support.levers.insert(count.name);
    return add_lever(count.name, count, *library_.definition(own->list));
  }
  if (const DerivedFact* derived = library_.find_derived(name)) {
    for (const std::string& input : derived->inputs)
      rest_on(input, support);
    return;
  }
  const model::FactDefinition* fact = library_.definition(name);
  const bool movable = fact != nullptr && library_.find_parameter(name) == nullptr &&
                       fact->type != model::FactType::List;
  if (!movable) return;
  support.levers.insert(fact->name);
  support.day = support.day || months_per(*fact) > 0;
  add_lever(fact->name, *fact, *fact);
}

void TrialGround::add_lever(const std::string& name, const model::FactDefinition& definition,
                            const model::FactDefinition& source) {
  if (levers_.contains(name)) return;
  Lever lever{.definition = definition,
              .rising = source.change,
              .falling = source.falling.value_or(source.change),
              .now = std::nullopt,
              .months_per_unit = months_per(source)};
  lever.definition.effort = source.effort;
  // A day that comes with time does not move itself: the days that pass since then do.
  const bool passes = source.type == model::FactType::Day;
  if (passes && lever.rising == model::Change::Waits) lever.rising = model::Change::Fixed;
  if (passes && lever.falling == model::Change::Waits) lever.falling = model::Change::Fixed;
  Situation situation(library_, profile_, options_.on, options_.known_on, options_.default_region);
  Judge judge(policy_, situation, options_.default_region);
  lever.now = known_value(judge.find(name));
  levers_.emplace(name, std::move(lever));
}

template <class Use>
auto TrialGround::judged(const Trial& trial, Use use) const {
  Situation situation(library_, profile_, trial.day, options_.known_on, options_.default_region);
  const int months = whole_months(options_.on, trial.day);
  for (const auto& [name, lever] : levers_) {
    const bool grows = lever.months_per_unit > 0 && months > 0 && lever.now;
    if (!grows || lever.now->number() == nullptr) continue;
    const auto grown = add(*lever.now->number(), Decimal(months / lever.months_per_unit));
    if (grown) situation.assume(name, Belief::known(feel::Value(*grown)));
  }
  for (const auto& [name, value] : trial.changed)
    situation.assume(name, Belief::known(feel::from_model(value)));
  Judge judge(policy_, situation, options_.default_region);
  return use(judge);
}

bool TrialGround::comes_out(const Need& need, const Trial& trial) const {
  return judged(trial,
                [&](Judge& judge) { return judge.holds(*need.leaf, need.wanted) == need.wanted; });
}

std::vector<BenefitOutcome> TrialGround::benefits(const Trial& trial) const {
  return judged(trial, [](Judge& judge) { return judge.benefits(); });
}

namespace {

/// Leaves of which one must change for `condition` to come out as `wanted`; empty if it does.
/// Where everything in a group must, the part with the fewest ways out is taken first.
std::vector<Need> needs_of(Judge& judge, const Condition& condition, Truth wanted) {
  using Kind = Condition::Kind;
  if (!judge.in_force(condition.span) || judge.holds(condition, wanted) == wanted) return {};
  if (condition.kind == Kind::Test) return {{&condition, wanted}};
  const Truth opposite = wanted == Truth::True ? Truth::False : Truth::True;
  const Truth inner = condition.kind == Kind::None ? opposite : wanted;
  const bool all_must = condition.kind == Kind::All ? inner == Truth::True : inner == Truth::False;
  std::vector<Need> found;
  for (const Condition& child : condition.children) {
    std::vector<Need> more = needs_of(judge, child, inner);
    if (more.empty()) continue;
    if (!all_must) {
      found.insert(found.end(), more.begin(), more.end());
    } else if (found.empty() || more.size() < found.size()) {
      found = std::move(more);
    }
  }
  return found;
}

}  // namespace

std::vector<Need> TrialGround::needs(const Trial& trial) const {
  return judged(trial,
                [&](Judge& judge) { return needs_of(judge, policy_.conditions, Truth::True); });
}

}  // namespace huice::policy
