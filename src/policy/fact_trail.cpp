// How a situation tells of its facts.
#include "policy/fact_trail.h"

#include <algorithm>

#include "policy/chinese.h"
#include "policy/situation.h"

namespace huice::policy {

void add_uses(SharedList<FactUse>& into, const SharedList<FactUse>& from) {
  if (into.empty()) {
    into = from;
    return;
  }
  for (const FactUse& use : from) {
    const bool there =
        std::ranges::any_of(into, [&](const FactUse& each) { return each.name == use.name; });
    if (!there) into.push_back(use);
  }
}

const model::Fact* stated_range(const model::Profile& profile, std::string_view name) {
  const auto stated = profile.facts.find(name);
  return stated != profile.facts.end() && stated->second.is_range() ? &stated->second : nullptr;
}

std::string range_text(const model::Fact& fact, const Quantity& quantity) {
  const auto end = [&](const Decimal& number) { return value_text(feel::Value(number), quantity); };
  if (fact.low && fact.high) return end(*fact.low) + "至" + end(*fact.high);
  return fact.low ? "不少于" + end(*fact.low) : "不超过" + end(*fact.high);
}

const FactTrail& Situation::trail(std::string_view name) {
  const FactTrail* known = trails_.find(name);
  return known != nullptr ? *known : trails_.put(name, followed(name));
}

/// A fact with its value; below a derived one, the facts it was derived from.
FactTrail Situation::followed(std::string_view name) {
  FactTrail trail;
  const Belief* belief = find(name);
  if (belief == nullptr || name == kToday || name == kThisYear) return trail;
  if (belief->is_known() || stated_range(profile_, name) != nullptr) {
    trail.uses.push_back(use(name, *belief));
  }
  const DerivedFact* derived = library_.find_derived(name);
  if (derived == nullptr) return trail;
  if (auto told = conflict(*derived, *belief)) trail.conflicts.push_back(std::move(*told));
  for (const std::string& input : derived->inputs) {
    const FactTrail& below = this->trail(input);
    add_uses(trail.uses, below.uses);
    for (const std::string& told : below.conflicts) {
      if (std::ranges::find(trail.conflicts, told) == trail.conflicts.end())
        trail.conflicts.push_back(told);
    }
  }
  return trail;
}

FactUse Situation::use(std::string_view name, const Belief& belief) const {
  const model::FactDefinition* fact = library_.definition(name);
  const Quantity quantity = fact == nullptr ? Quantity{} : Quantity{fact->type, fact->unit};
  const model::Fact* range = belief.is_known() ? nullptr : stated_range(profile_, name);
  FactUse use{std::string(name),
              range == nullptr ? value_text(belief.value, quantity) : range_text(*range, quantity),
              source_of(name),
              {}};
  const auto stated = profile_.facts.find(name);
  if (stated != profile_.facts.end()) use.observed = stated->second.observed;
  return use;
}

std::string Situation::source_of(std::string_view name) const {
  if (const DerivedFact* derived = library_.find_derived(name)) {
    const bool memory = derived->source.confidence == Confidence::Memory;
    return "按" + derived->source.number + derived->source.clause + "推定" +
           (memory ? "，对应关系凭记忆录入" : "");
  }
  if (library_.find_parameter(name) != nullptr) {
    const ParameterValue* value = library_.parameter_on(name, on_, known_on_, region());
    return value == nullptr ? std::string() : value->source.number;
  }
  const auto& facts = profile_.facts;
  const auto stated = facts.find(name);
  if (stated != facts.end()) return stated->second.source;
  const model::FactDefinition* fact = library_.definition(name);
  if (fact == nullptr || !fact->pick) return {};
  const auto series = facts.find(fact->pick->series);
  return series == facts.end() ? std::string()
                               : "取自“" + fact->pick->series + "”，" + series->second.source;
}

std::optional<std::string> Situation::conflict(const DerivedFact& derived,
                                               const Belief& belief) const {
  const auto stated = profile_.facts.find(derived.definition.name);
  if (stated == profile_.facts.end() || !belief.is_known()) return std::nullopt;
  const feel::Value claimed = feel::from_model(stated->second.value);
  if (claimed == belief.value) return std::nullopt;
  const Quantity quantity{derived.definition.type, derived.definition.unit};
  return "填报的“" + derived.definition.name + "”为" + value_text(claimed, quantity) + "，按" +
         derived.source.number + "推定为" + value_text(belief.value, quantity) + "，以推定为准";
}

}  // namespace huice::policy
