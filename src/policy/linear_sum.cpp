#include "policy/linear_sum.h"

#include <algorithm>

namespace huice::policy {
namespace {

Decimal negated(const Decimal& number) {
  return *subtract(Decimal(0), number);
}

}  // namespace

using feel::Node;
using feel::NodeKind;
using feel::Operator;

void LinearSum::add(const feel::Expression& expression, const Node& node, const Decimal& factor) {
  const bool sum = node.kind == NodeKind::Arithmetic &&
                   (node.op == Operator::Add || node.op == Operator::Subtract);
  if (sum) {
    add(expression, *node.children[0], factor);
    add(expression, *node.children[1], node.op == Operator::Add ? factor : negated(factor));
    return;
  }
  if (node.kind == NodeKind::Negate) return add(expression, *node.children[0], negated(factor));
  if (add_product(expression, node, factor)) return;
  const std::string_view text = expression.text_of(node);
  const auto found = std::ranges::find(parts_, text, &Part::text);
  const auto both = found == parts_.end() ? std::nullopt : huice::add(found->factor, factor);
  if (both) {
    found->factor = *both;
  } else {
    parts_.push_back({text, reasoner_.of(node), factor});
  }
}

/// A number known times something else.
bool LinearSum::add_product(const feel::Expression& expression, const Node& node,
                            const Decimal& factor) {
  if (node.kind != NodeKind::Arithmetic || node.op != Operator::Multiply) return false;
  for (const std::size_t place : {0u, 1u}) {
    const Belief known = reasoner_.of(*node.children[place]);
    if (!known.is_known() || known.value.number() == nullptr) continue;
    const auto product = multiply(factor, *known.value.number());
    if (!product) return false;
    add(expression, *node.children[1 - place], *product);
    return true;
  }
  return false;
}

Belief LinearSum::belief() const {
  Belief sum = Belief::known(feel::Value(0));
  for (const Part& part : parts_) {
    if (part.factor.is_zero()) continue;
    const Belief product =
        calculate(Operator::Multiply, Belief::known(feel::Value(part.factor)), part.belief);
    sum = calculate(Operator::Add, sum, product);
  }
  return sum;
}

}  // namespace huice::policy
