#include "policy/judge.h"

#include <algorithm>

#include "policy/expressions.h"

namespace huice::policy {
namespace {

using feel::Node;
using feel::NodeKind;
using feel::Operator;

constexpr std::string_view kRegionFact = "行政区划";

bool mentions_null(const Node& root) {
  bool found = false;
  walk(root, [&](const Node& node) {
    found = found || (node.kind == NodeKind::Literal && node.value.is_null());
  });
  return found;
}

Belief belief_of(const Outcome& outcome) {
  Belief belief = Belief::truth(outcome.truth);
  if (outcome.truth == Truth::Unknown) {
    belief.missing = outcome.missing;
    belief.notes = outcome.notes;
  }
  return belief;
}

void take(Outcome& outcome, const Belief& belief) {
  outcome.truth = truth_of(belief);
  if (outcome.truth != Truth::Unknown) return;
  outcome.missing = belief.missing;
  outcome.notes = belief.notes;
}

}  // namespace

Judge::Judge(const Policy& policy, Situation& situation, std::string_view default_region)
    : policy_(policy),
      situation_(situation),
      reasoner_(situation),
      chinese_([this](std::string_view name) { return definition(name); }),
      default_region_(default_region) {
  if (policy.definitions.empty()) return;
  own_ = own_facts(policy);
  for (const Definition& each : policy.definitions)
    define(each);
}

const model::FactDefinition* Judge::definition(std::string_view name) const {
  const auto own = own_.find(name);
  return own != own_.end() ? &own->second : situation_.library().definition(name);
}

void Judge::define(const Definition& definition) {
  if (const Belief* assumed = situation_.find(definition.name)) {
    return reasoner_.define(definition.name, *assumed);
  }
  reasoner_.define(definition.name,
                   definition.list.empty() ? reasoner_.of(*definition.value) : counted(definition));
}

/// How many items satisfy the condition: those that surely do, up to those that may.
Belief Judge::counted(const Definition& definition) {
  const Belief* list = reasoner_.find(definition.list);
  if (list == nullptr || !list->is_known() || list->value.list() == nullptr) {
    Belief count = Belief::between(Decimal(0), std::nullopt);
    if (list != nullptr) blame(count, *list);
    return count;
  }
  int sure = 0;
  int possible = 0;
  const model::FactDefinition* fact = situation_.library().definition(definition.list);
  for (const feel::Value& item : *list->value.list()) {
    Reasoner inner = reasoner_;
    for (const model::FactDefinition& field : fact->fields) {
      const feel::Value* value = item.context() ? item.context()->find(field.name) : nullptr;
      const bool told = value != nullptr && !value->is_null();
      inner.define(field.name, told ? Belief::known(*value)
                                    : Belief::open({definition.list + "·" + field.name}));
    }
    const Truth truth = truth_of(inner.of(*definition.value));
    sure += truth == Truth::True ? 1 : 0;
    possible += truth == Truth::False ? 0 : 1;
  }
  Belief count = Belief::between(Decimal(sure), Decimal(possible));
  if (!count.is_known()) count.missing = {definition.list};
  return count;
}

bool Judge::in_force(const ClauseSpan& span) const {
  return span.applies(situation_.on(), situation_.known_on());
}

Truth Judge::holds(const Condition& condition, Truth wanted) {
  using Kind = Condition::Kind;
  if (condition.kind == Kind::Test) return truth_of(settled(*condition.when));
  if (condition.kind == Kind::Human) return wanted;
  const bool turned = condition.kind == Kind::None;
  const Truth opposite = wanted == Truth::True ? Truth::False : Truth::True;
  std::vector<Belief> beliefs;
  for (const Condition& child : condition.children) {
    if (!in_force(child.span)) continue;
    beliefs.push_back(Belief::truth(holds(child, turned ? opposite : wanted)));
  }
  return truth_of(condition.kind == Kind::All ? all_of(beliefs)
                  : turned                    ? not_of(any_of(beliefs))
                                              : any_of(beliefs));
}

Outcome Judge::conditions() {
  Outcome root;
  root.kind = Condition::Kind::All;
  root.name = "全部条件";
  root.children.reserve(policy_.conditions.children.size() + 1);
  root.children.push_back(region());
  std::vector<Belief> beliefs;
  beliefs.reserve(policy_.conditions.children.size() + 1);
  beliefs.push_back(belief_of(root.children.front()));
  for (const Condition& child : policy_.conditions.children) {
    if (!in_force(child.span)) continue;
    root.children.push_back(outcome(child));
    beliefs.push_back(belief_of(root.children.back()));
  }
  take(root, all_of(beliefs));
  return root;
}

Outcome Judge::region() {
  Outcome place;
  place.name = "适用地区";
  const bool everywhere = std::ranges::find(policy_.regions, "000000") != policy_.regions.end();
  place.requirement = everywhere ? "全国" : "注册地行政区划属于";
  if (everywhere) {
    place.truth = Truth::True;
    return place;
  }
  for (std::size_t i = 0; i < policy_.regions.size(); ++i)
    place.requirement += (i == 0 ? "" : "、") + policy_.regions[i];
  const Belief* known = reasoner_.find(kRegionFact);
  std::string code = default_region_;
  if (known != nullptr && known->is_known() && known->value.text() != nullptr) {
    code = *known->value.text();
    place.facts = situation_.trail(kRegionFact).uses;
  }
  if (code.empty()) {
    place.truth = Truth::Unknown;
    place.missing = {std::string(kRegionFact)};
    return place;
  }
  const bool inside = std::ranges::any_of(
      policy_.regions, [&](const std::string& area) { return lies_in(code, area); });
  place.truth = inside ? Truth::True : Truth::False;
  place.actual = "行政区划为" + code;
  return place;
}

Outcome Judge::outcome(const Condition& condition) {
  switch (condition.kind) {
    case Condition::Kind::Test:
      return test(condition);
    case Condition::Kind::Human: {
      Outcome human;
      human.kind = condition.kind;
      human.name = condition.name;
      human.requirement = condition.review;
      human.clause = condition.clause;
      human.notes = {"须人工核验：" + condition.review};
      return human;
    }
    default:
      return group(condition);
  }
}

Outcome Judge::group(const Condition& condition) {
  Outcome group;
  group.kind = condition.kind;
  group.name = condition.name;
  group.clause = condition.clause;
  group.children.reserve(condition.children.size());
  std::vector<Belief> beliefs;
  beliefs.reserve(condition.children.size());
  for (const Condition& child : condition.children) {
    if (!in_force(child.span)) continue;
    group.children.push_back(outcome(child));
    beliefs.push_back(belief_of(group.children.back()));
  }
  using Kind = Condition::Kind;
  group.requirement = condition.kind == Kind::Any   ? "以下任一"
                      : condition.kind == Kind::All ? "以下全部"
                                                    : "不属于以下任何一项";
  take(group, condition.kind == Kind::All   ? all_of(beliefs)
              : condition.kind == Kind::Any ? any_of(beliefs)
                                            : not_of(any_of(beliefs)));
  return group;
}

/// FEEL says false of a comparison with null; a rule that gives no value says nothing at all.
Belief Judge::settled(const feel::Expression& expression) {
  for (const std::string& name : expression.names()) {
    const Belief* belief = reasoner_.find(name);
    if (belief == nullptr || !belief->is_known() || !belief->value.is_null()) continue;
    if (mentions_null(expression.root())) break;
    Belief none = Belief::known({});
    none.notes = {"“" + name + "”按规则无法推定"};
    blame(none, *belief);
    return none;
  }
  return reasoner_.of(expression);
}

Outcome Judge::test(const Condition& condition) {
  Outcome leaf;
  leaf.name = condition.name;
  leaf.clause = condition.clause;
  leaf.requirement = condition.requirement;
  leaf.facts = uses(*condition.when);
  take(leaf, settled(*condition.when));
  describe(condition, leaf);
  return leaf;
}

void Judge::describe(const Condition& condition, Outcome& outcome) {
  const Node& root = condition.when->root();
  if (root.kind == NodeKind::Compare) return measure(root, condition, outcome);
  std::string actual;
  for (const FactUse& fact : outcome.facts)
    actual += (actual.empty() ? "" : "，") + fact.name + "为" + fact.text;
  outcome.actual = actual;
}

void Judge::measure(const Node& comparison, const Condition& condition, Outcome& outcome) {
  const Node& left = *comparison.children[0];
  const Node& right = *comparison.children[1];
  Quantity quantity = chinese_.quantity(left);
  if (quantity.type == model::FactType::Number && quantity.unit.empty()) {
    quantity = chinese_.quantity(right);
    if (!condition.unit.empty()) quantity.unit = condition.unit;
  }
  const Belief actual = reasoner_.of(left);
  const Belief limit = reasoner_.of(right);
  const std::string subject =
      left.kind == NodeKind::Name ? left.text : std::string(condition.when->text_of(left));
  if (!actual.is_known() || actual.value.is_null()) {
    const model::Fact* range =
        left.kind == NodeKind::Name ? stated_range(situation_.profile(), left.text) : nullptr;
    outcome.actual = subject + (range == nullptr ? "未知" : "为" + range_text(*range, quantity));
    return;
  }
  outcome.actual = subject + "为" + value_text(actual.value, quantity);
  if (right.kind != NodeKind::Literal && limit.is_known() && !limit.value.is_null()) {
    outcome.actual += "，应" + std::string(comparison_word(comparison.op, quantity.type)) +
                      value_text(limit.value, quantity);
  }
  if (outcome.truth != Truth::False || !limit.is_known()) return;
  outcome.shortfall = shortfall_text(comparison.op, actual.value, limit.value, quantity);
}

SharedList<FactUse> Judge::uses(const feel::Expression& expression) {
  SharedList<FactUse> uses;
  for (const std::string& name : expression.names()) {
    if (own_.find(name) != own_.end()) {
      add_own_use(name, uses);
      continue;
    }
    const FactTrail& trail = situation_.trail(name);
    add_uses(uses, trail.uses);
    for (const std::string& each : trail.conflicts) {
      if (std::ranges::find(conflicts_, each) == conflicts_.end()) conflicts_.push_back(each);
    }
  }
  return uses;
}

void Judge::add_own_use(const std::string& name, SharedList<FactUse>& uses) {
  const Belief& belief = *reasoner_.find(name);
  if (!belief.is_known()) return;
  const model::FactDefinition& own = *definition(name);
  add_uses(uses, {{name, value_text(belief.value, {own.type, own.unit}), "按本政策规定计算", {}}});
}

}  // namespace huice::policy
