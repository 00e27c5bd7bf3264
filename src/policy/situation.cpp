#include "policy/situation.h"

#include <algorithm>

namespace huice::policy {
namespace {

using model::FactDefinition;
using model::FactType;

/// Whether a value has the kind its definition promises.
bool fits(const model::Value& value, FactType type) {
  switch (type) {
    case FactType::Text:
    case FactType::Code:
      return value.text() != nullptr;
    case FactType::Number:
    case FactType::Money:
    case FactType::Ratio:
      return value.number() != nullptr;
    case FactType::Boolean:
      return value.truth() != nullptr;
    case FactType::Day:
      return value.day() != nullptr;
    case FactType::List:
      return value.list() != nullptr;
  }
  return false;
}

/// What is certain of a fact that nobody has told.
Belief untold(const FactDefinition& definition) {
  Belief belief;
  if (definition.type == FactType::Boolean) {
    belief = Belief::truth(Truth::Unknown);
  } else if (!definition.values.empty()) {
    belief = Belief::one_of({definition.values.begin(), definition.values.end()});
  } else if (definition.non_negative) {
    belief = Belief::between(Decimal(0), std::nullopt);
  }
  return belief;
}

}  // namespace

Situation::Situation(const Library& library, const model::Profile& profile, Date on, Date known_on,
                     std::string_view default_region)
    : library_(library),
      profile_(profile),
      on_(on),
      known_on_(known_on),
      default_region_(default_region) {
  environment_.today = on;
  beliefs_.reserve(library.catalogue().facts.size());
  beliefs_.put(kToday, Belief::known(feel::Value(on)));
  beliefs_.put(kThisYear, Belief::known(feel::Value(on.year())));
}

const Belief* Situation::find(std::string_view name) {
  if (const Belief* known = beliefs_.find(name)) return known;
  Belief belief;
  if (const DerivedFact* rule = library_.find_derived(name)) {
    belief = derived(*rule);
  } else if (library_.find_parameter(name) != nullptr) {
    belief = parameter(name);
  } else if (const FactDefinition* definition = library_.definition(name)) {
    belief = fact(*definition);
  } else {
    return nullptr;
  }
  return &beliefs_.put(name, std::move(belief));
}

void Situation::assume(std::string_view name, Belief belief) {
  beliefs_.put(name, std::move(belief));
}

Belief Situation::fact(const FactDefinition& definition) {
  const auto found = profile_.facts.find(definition.name);
  if (found != profile_.facts.end() && !found->second.value.is_null()) {
    return stated(found->second, definition);
  }
  if (const auto figure = picked_figure(profile_, definition, on_)) {
    return Belief::known(feel::Value(*figure));
  }
  Belief belief = untold(definition);
  if (found != profile_.facts.end() && found->second.is_range()) {
    belief = Belief::between(found->second.low, found->second.high);
  } else if (!definition.low_from.empty()) {
    belief = bounded(definition);
  }
  if (!belief.is_known()) belief.missing = {definition.name};
  return belief;
}

/// Between what the facts named as its bounds come to.
Belief Situation::bounded(const FactDefinition& definition) {
  // While the bounds are worked out the fact itself is open, should they rest on it after all.
  beliefs_.put(definition.name, Belief::open({definition.name}));
  const Belief* low = find(definition.low_from);
  const Belief* high = find(definition.high_from);
  beliefs_.remove(definition.name);
  const auto least = low == nullptr ? std::nullopt : bounds_of(*low);
  const auto most = high == nullptr ? std::nullopt : bounds_of(*high);
  const bool positive = definition.non_negative;
  std::optional<Decimal> floor = least ? least->low : std::nullopt;
  if (!floor && positive) floor = Decimal(0);
  return Belief::between(floor, most ? most->high : std::nullopt);
}

Belief Situation::stated(const model::Fact& fact, const FactDefinition& definition) const {
  if (fits(fact.value, definition.type)) return Belief::known(feel::from_model(fact.value));
  Belief belief = Belief::open({definition.name});
  belief.notes = {"“" + definition.name + "”填写的是" + std::string(fact.value.kind()) +
                  "，不能使用"};
  return belief;
}

Belief Situation::derived(const DerivedFact& rule) {
  Reasoner reasoner(*this);
  Belief belief = rule.formula ? reasoner.of(*rule.formula) : reasoner.of(*rule.table);
  const bool settled = belief.is_known() && !belief.value.is_null();
  if (settled) return belief;
  // What the enterprise states itself stands in where the rule cannot tell.
  const auto found = profile_.facts.find(rule.definition.name);
  if (found == profile_.facts.end() || found->second.value.is_null()) return belief;
  return stated(found->second, rule.definition);
}

Belief Situation::parameter(std::string_view name) const {
  const std::string place = region();
  if (const ParameterValue* value = library_.parameter_on(name, on_, known_on_, place)) {
    return Belief::known(feel::Value(value->value));
  }
  Belief belief;
  belief.notes = {"参数“" + std::string(name) + "”没有" + on_.to_chinese() + "适用的值"};
  return belief;
}

std::string Situation::region() const {
  const auto stated = profile_.facts.find("行政区划");
  const bool there = stated != profile_.facts.end() && stated->second.value.text() != nullptr;
  return there ? *stated->second.value.text() : default_region_;
}

std::optional<Decimal> picked_figure(const model::Profile& profile,
                                     const FactDefinition& definition, Date on) {
  if (!definition.pick) return std::nullopt;
  const auto series = profile.facts.find(definition.pick->series);
  if (series == profile.facts.end() || series->second.value.list() == nullptr) return std::nullopt;
  const auto figure_of = [&](int year) -> const Decimal* {
    for (const model::Value& item : *series->second.value.list()) {
      const model::Value* of = item.find(model::kSeriesYear);
      const model::Value* value = item.find(model::kSeriesValue);
      const bool right = of != nullptr && of->number() != nullptr && *of->number() == Decimal(year);
      if (right && value != nullptr) return value->number();
    }
    return nullptr;
  };
  std::optional<Decimal> sum = Decimal(0);
  for (int back = definition.pick->nearest; sum && back <= definition.pick->farthest; ++back) {
    const Decimal* figure = figure_of(on.year() - back);
    sum = figure == nullptr ? std::nullopt : add(*sum, *figure);
  }
  return sum;
}

}  // namespace huice::policy
