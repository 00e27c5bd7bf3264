#include <algorithm>
#include <iterator>

#include "policy/expressions.h"
#include "policy/situation.h"

namespace huice::policy {
namespace {

using feel::Node;
using feel::NodeKind;

std::vector<std::string> messages(const feel::Warnings& warnings) {
  std::vector<std::string> texts;
  for (const feel::Warning& warning : warnings) {
    if (std::ranges::find(texts, warning.message) == texts.end()) texts.push_back(warning.message);
  }
  return texts;
}

Belief from_value(feel::Value value, const feel::Warnings& warnings) {
  const bool null = value.is_null();
  Belief belief = Belief::known(std::move(value));
  if (null) belief.notes = messages(warnings);
  return belief;
}

}  // namespace

void Reasoner::define(std::string name, Belief belief) {
  local_.insert_or_assign(std::move(name), std::move(belief));
}

const Belief* Reasoner::find(std::string_view name) {
  const auto found = local_.find(name);
  return found != local_.end() ? &found->second : situation_.find(name);
}

feel::Context Reasoner::context_of(const std::vector<std::string>& names) {
  feel::Context context;
  for (const std::string& name : names) {
    const Belief* belief = find(name);
    if (belief != nullptr && belief->is_known()) context.put(name, belief->value);
  }
  return context;
}

Belief Reasoner::of(const feel::Expression& expression) {
  const bool settled = std::ranges::all_of(expression.names(), [&](const std::string& name) {
    const Belief* belief = find(name);
    return belief != nullptr && belief->is_known();
  });
  if (!settled) return of(expression.root());
  feel::Warnings warnings;
  feel::Value value = feel::evaluate(expression, context_of(expression.names()),
                                     situation_.environment(), &warnings);
  return from_value(std::move(value), warnings);
}

std::vector<std::string> Reasoner::names_in(const Node& node) {
  std::vector<std::string> names;
  walk(node, [&](const Node& each) {
    if (each.kind != NodeKind::Name || std::ranges::find(names, each.text) != names.end()) return;
    if (find(each.text) != nullptr) names.push_back(each.text);
  });
  return names;
}

/// One open name with few values is tried value by value, so that a condition and what depends on
/// it are never taken from different values.
Belief Reasoner::by_cases(const Node& node, const std::string& open) {
  const Belief subject = *find(open);
  std::optional<Belief> result;
  for (const feel::Value& option : subject.options) {
    Reasoner inner = *this;
    inner.define(open, Belief::known(option));
    Belief one = inner.of(node);
    result = result ? join(*result, one) : std::move(one);
  }
  if (!result->is_known()) blame(*result, subject);
  return *result;
}

Belief Reasoner::exact(const Node& node) {
  feel::Warnings warnings;
  feel::Value value =
      feel::evaluate_node(node, context_of(names_in(node)), situation_.environment(), &warnings);
  return from_value(std::move(value), warnings);
}

Belief Reasoner::of(const Node& node) {
  if (node.kind == NodeKind::Literal) return Belief::known(node.value);
  if (node.kind == NodeKind::Name) {
    const Belief* belief = find(node.text);
    if (belief != nullptr && belief->is_known()) return Belief::known(belief->value);
  }
  std::vector<std::string> open = names_in(node);
  std::erase_if(open, [&](const std::string& each) { return find(each)->is_known(); });
  if (open.empty()) return exact(node);
  const bool few = open.size() == 1 && find(open.front())->form == Belief::Form::OneOf;
  return few ? by_cases(node, open.front()) : structural(node);
}

Belief Reasoner::structural(const Node& node) {
  switch (node.kind) {
    case NodeKind::Name:
      return name(node);
    case NodeKind::And:
      return all_of(all(node.children));
    case NodeKind::Or:
      return any_of(all(node.children));
    case NodeKind::Compare:
      return compare(node.op, of(*node.children[0]), of(*node.children[1]));
    case NodeKind::Arithmetic:
      return calculate(node.op, of(*node.children[0]), of(*node.children[1]));
    case NodeKind::Negate:
      return negate(of(*node.children[0]));
    case NodeKind::Between: {
      const Belief subject = of(*node.children[0]);
      return all_of({compare(feel::Operator::Ge, subject, of(*node.children[1])),
                     compare(feel::Operator::Le, subject, of(*node.children[2]))});
    }
    case NodeKind::In:
      return tests(*node.children[1], of(*node.children[0]));
    case NodeKind::If:
      return choice(node);
    case NodeKind::Call:
      return call(node);
    default:
      return unknown_but(node);
  }
}

/// Nothing is claimed of forms that are not taken apart; every open name in them is missing.
Belief Reasoner::unknown_but(const Node& node) {
  Belief belief;
  for (const std::string& each : names_in(node))
    blame(belief, *find(each));
  return belief;
}

Belief Reasoner::name(const Node& node) {
  const Belief* belief = find(node.text);
  return belief == nullptr ? Belief() : *belief;
}

std::vector<Belief> Reasoner::all(const std::vector<feel::NodePtr>& nodes, std::size_t from) {
  std::vector<Belief> beliefs;
  for (std::size_t i = from; i < nodes.size(); ++i)
    beliefs.push_back(of(*nodes[i]));
  return beliefs;
}

Belief Reasoner::choice(const Node& node) {
  const Belief condition = of(*node.children[0]);
  if (condition.is_known()) {
    // As in FEEL, anything but true takes the other branch.
    return of(*node.children[truth_of(condition) == Truth::True ? 1 : 2]);
  }
  Belief either = join(of(*node.children[1]), of(*node.children[2]));
  if (!either.is_known()) {
    Belief blamed = condition;
    blame(blamed, either);
    either.missing = blamed.missing;
    either.notes = blamed.notes;
  }
  return either;
}

Belief Reasoner::call(const Node& node) {
  const Node& callee = *node.children.front();
  if (callee.kind != NodeKind::Name || !node.names.empty()) return unknown_but(node);
  const std::vector<Belief> arguments = all(node.children, 1);
  if (callee.text == "not" && arguments.size() == 1) return not_of(arguments.front());
  if (arguments.size() >= 2 && callee.text == "min") return least(arguments);
  if (arguments.size() >= 2 && callee.text == "max") return greatest(arguments);
  return unknown_but(node);
}

Belief Reasoner::tests(const Node& tests, const Belief& subject) {
  std::vector<Belief> parts;
  switch (tests.kind) {
    case NodeKind::Tests:
      for (const auto& test : tests.children)
        parts.push_back(one_test(*test, subject));
      return any_of(parts);
    case NodeKind::NotTests:
      for (const auto& test : tests.children)
        parts.push_back(one_test(*test, subject));
      return not_of(any_of(parts));
    default:
      return one_test(tests, subject);
  }
}

Belief Reasoner::one_test(const Node& test, const Belief& subject) {
  switch (test.kind) {
    case NodeKind::AnyTest:
      return Belief::truth(Truth::True);
    case NodeKind::Tests:
    case NodeKind::NotTests:
      return tests(test, subject);
    case NodeKind::CompareTest:
      return compare(test.op, subject, of(*test.children[0]));
    case NodeKind::ValueTest:
      break;
    default: {
      Belief unknown = unknown_but(test);
      blame(unknown, subject);
      return unknown;
    }
  }
  const Node& wanted = *test.children[0];
  if (wanted.kind == NodeKind::Interval) return within(wanted, subject);
  const Belief value = of(wanted);
  const bool simple = wanted.kind == NodeKind::Literal || wanted.kind == NodeKind::Negate ||
                      wanted.kind == NodeKind::Arithmetic;
  if (simple) return compare(feel::Operator::Eq, subject, value);
  // A list, a condition on `?` or a name that may hold a range: not taken apart.
  Belief unknown = Belief::truth(Truth::Unknown);
  blame(unknown, subject);
  blame(unknown, value);
  return unknown;
}

Belief Reasoner::within(const Node& interval, const Belief& subject) {
  using feel::Operator;
  const Belief low = of(*interval.children[0]);
  const Belief high = of(*interval.children[1]);
  return all_of({compare(interval.low_closed ? Operator::Ge : Operator::Gt, subject, low),
                 compare(interval.high_closed ? Operator::Le : Operator::Lt, subject, high)});
}

Belief Reasoner::of(const feel::DecisionTable& table) {
  const std::vector<std::string> names = table.names();
  const bool settled = std::ranges::all_of(names, [&](const std::string& each) {
    const Belief* belief = find(each);
    return belief != nullptr && belief->is_known();
  });
  if (settled) {
    feel::Warnings warnings;
    feel::TableOutcome outcome =
        feel::evaluate(table, context_of(names), situation_.environment(), &warnings);
    return from_value(std::move(outcome.value), warnings);
  }
  std::vector<Belief> inputs;
  for (const auto& input : table.inputs())
    inputs.push_back(of(input.expression));
  using feel::HitPolicy;
  const bool ordered = table.hit() == HitPolicy::First || table.hit() == HitPolicy::Unique ||
                       table.hit() == HitPolicy::Any;
  if (ordered && table.outputs().size() == 1) return first_hit(table, inputs);
  Belief unknown;
  for (const Belief& input : inputs)
    blame(unknown, input);
  return unknown;
}

Belief Reasoner::rule(const feel::DecisionTable& table, const feel::TableRule& rule,
                      const std::vector<Belief>& inputs) {
  std::vector<Belief> cells;
  for (std::size_t i = 0; i < table.inputs().size(); ++i)
    cells.push_back(tests(rule.tests[i].root(), inputs[i]));
  return all_of(cells);
}

/// The results of every rule that may be the first to hold. In tables of policy U or A at most one
/// result is right, so that walking them in order gives the same.
Belief Reasoner::first_hit(const feel::DecisionTable& table, const std::vector<Belief>& inputs) {
  std::optional<Belief> result;
  Belief open;
  const auto may_be = [&](Belief value) {
    result = result ? join(*result, value) : std::move(value);
  };
  bool decided = false;
  for (const feel::TableRule& each : table.rules()) {
    const Belief holds = rule(table, each, inputs);
    const Truth truth = truth_of(holds);
    if (truth == Truth::False) continue;
    blame(open, holds);
    may_be(of(each.results.front()));
    decided = truth == Truth::True;
    if (decided) break;
  }
  if (!decided) {
    const auto& fallback = table.outputs().front().fallback;
    may_be(fallback ? of(*fallback) : Belief::known({}));
  }
  if (!result->is_known()) blame(*result, open);
  return *result;
}

}  // namespace huice::policy
