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

Situation::Situation(const Library& library, const model::Profile& profile, Date on, Date known_on)
    : library_(library), profile_(profile), on_(on), known_on_(known_on) {
  environment_.today = on;
  beliefs_.emplace(kToday, Belief::known(feel::Value(on)));
  beliefs_.emplace(kThisYear, Belief::known(feel::Value(on.year())));
}

const Belief* Situation::find(std::string_view name) {
  if (const auto known = beliefs_.find(name); known != beliefs_.end()) return &known->second;
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
  return &beliefs_.emplace(name, std::move(belief)).first->second;
}

Belief Situation::fact(const FactDefinition& definition) const {
  const auto found = profile_.facts.find(definition.name);
  if (found != profile_.facts.end() && !found->second.value.is_null()) {
    return stated(found->second, definition);
  }
  Belief belief = untold(definition);
  if (!belief.is_known()) belief.missing = {definition.name};
  return belief;
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
  if (const ParameterValue* value = library_.parameter_on(name, on_, known_on_)) {
    return Belief::known(feel::Value(value->value));
  }
  Belief belief;
  belief.notes = {"参数“" + std::string(name) + "”没有" + on_.to_chinese() + "适用的值"};
  return belief;
}

}  // namespace huice::policy
