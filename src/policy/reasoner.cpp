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

bool compares_name_with_constant(const Node& node) {
  return node.kind == NodeKind::Compare && node.children[0]->kind == NodeKind::Name &&
         node.children[1]->kind == NodeKind::Literal;
}

/// As FEEL compares numbers, or asks whether truths or texts are the same; nullopt for others.
std::optional<bool> plainly_compared(feel::Operator op, const feel::Value& left,
                                     const feel::Value& right) {
  const bool numbers = left.number() != nullptr && right.number() != nullptr;
  const bool alike = numbers || (left.truth() != nullptr && right.truth() != nullptr) ||
                     (left.text() != nullptr && right.text() != nullptr);
  const bool same = op == feel::Operator::Eq || op == feel::Operator::Ne;
  if (!alike || !(same || numbers)) return std::nullopt;
  return truth_of(compare(op, Belief::known(left), Belief::known(right))) == Truth::True;
}

}  // namespace

void Reasoner::define(const std::string& name, Belief belief) {
  local_.put(name, std::move(belief));
}

const Belief* Reasoner::find(std::string_view name) {
  const Belief* own = local_.empty() ? nullptr : local_.find(name);
  return own != nullptr ? own : situation_.find(name);
}

feel::Context Reasoner::context_of(const std::vector<std::string>& names) {
  feel::Context context;
  for (const std::string& name : names) {
    const Belief* belief = find(name);
    if (belief != nullptr && belief->is_known()) context.put(name, belief->value);
  }
  return context;
}

bool Reasoner::is_settled(const feel::Expression& expression) {
  return std::ranges::all_of(expression.names(), [&](const std::string& name) {
    const Belief* belief = find(name);
    return belief != nullptr && belief->is_known();
  });
}

/// A known value against a constant of its kind, the form of most conditions; nullopt for others.
std::optional<bool> Reasoner::plain_comparison(const Node& node) {
  if (!compares_name_with_constant(node)) return std::nullopt;
  const Belief* left = find(node.children[0]->text);
  if (left == nullptr || !left->is_known()) return std::nullopt;
  return plainly_compared(node.op, left->value, node.children[1]->value);
}

Belief Reasoner::of(const feel::Expression& expression) {
  if (!is_settled(expression)) return of(expression.root());
  if (const auto holds = plain_comparison(expression.root())) {
    return Belief::known(feel::Value(*holds));
  }
  feel::Warnings warnings;
  feel::Value value = feel::evaluate(expression, context_of(expression.names()),
                                     situation_.environment(), &warnings);
  return from_value(std::move(value), warnings);
}

std::vector<Reasoner::Meant> Reasoner::names_in(const Node& node) {
  std::vector<Meant> names;
  add_names(node, names);
  return names;
}

void Reasoner::add_names(const Node& node, std::vector<Meant>& names) {
  const bool fresh =
      node.kind == NodeKind::Name &&
      std::ranges::none_of(names, [&](const Meant& each) { return each.name == node.text; });
  const Belief* belief = fresh ? find(node.text) : nullptr;
  if (belief != nullptr) names.push_back({node.text, *belief});
  for (const auto& child : node.children)
    add_names(*child, names);
}

/// One open name with few values is tried value by value, so that a condition and what depends on
/// it are never taken from different values.
Belief Reasoner::by_cases(const Node& node, const std::vector<Meant>& names, const Meant& open) {
  feel::Context context = context_of(names);
  std::optional<Belief> result;
  for (const feel::Value& option : open.belief.options) {
    std::optional<bool> plain;
    if (compares_name_with_constant(node)) {
      plain = plainly_compared(node.op, option, node.children[1]->value);
    }
    if (!plain) context.put(open.name, option);
    Belief one = plain ? Belief::known(feel::Value(*plain)) : exact(node, context);
    result = result ? join(*result, one) : std::move(one);
  }
  if (!result->is_known()) blame(*result, open.belief);
  return std::move(*result);
}

feel::Context Reasoner::context_of(const std::vector<Meant>& names) {
  feel::Context context;
  for (const Meant& each : names) {
    if (each.belief.is_known()) context.put(each.name, each.belief.value);
  }
  return context;
}

Belief Reasoner::exact(const Node& node, const feel::Context& context) {
  feel::Warnings warnings;
  feel::Value value = feel::evaluate_node(node, context, situation_.environment(), &warnings);
  return from_value(std::move(value), warnings);
}

Belief Reasoner::of(const Node& node) {
  if (node.kind == NodeKind::Literal) return Belief::known(node.value);
  if (node.kind == NodeKind::Name) {
    const Belief* belief = find(node.text);
    if (belief != nullptr) return belief->is_known() ? Belief::known(belief->value) : *belief;
  }
  if (const auto holds = plain_comparison(node)) return Belief::known(feel::Value(*holds));
  const std::vector<Meant> names = names_in(node);
  const auto is_open = [](const Meant& each) { return !each.belief.is_known(); };
  const auto first = std::ranges::find_if(names, is_open);
  if (first == names.end()) return exact(node, context_of(names));
  const bool alone = std::none_of(first + 1, names.end(), is_open);
  const bool few = alone && first->belief.form == Belief::Form::OneOf;
  return few ? by_cases(node, names, *first) : structural(node);
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
  for (const Meant& each : names_in(node))
    blame(belief, each.belief);
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
  if (std::ranges::all_of(
          table.inputs(),
          [&](const feel::TableInput& each) { return is_settled(each.expression); }) &&
      std::ranges::all_of(table.rules(), [&](const feel::TableRule& each) {
        const auto settled = [&](const feel::Expression& cell) { return is_settled(cell); };
        return std::ranges::all_of(each.tests, settled) &&
               std::ranges::all_of(each.results, settled);
      })) {
    feel::Warnings warnings;
    feel::TableOutcome outcome =
        feel::evaluate(table, context_of(table.names()), situation_.environment(), &warnings);
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
