// Comparison, ternary logic, ranges and unary tests.
#include "feel/evaluator.h"

namespace huice::feel {

Value matches(const Value& subject, const Value& wanted) {
  const auto as_value = [](std::optional<bool> truth) { return truth ? Value(*truth) : Value(); };
  if (const Range* range = wanted.range(); range != nullptr && subject.range() == nullptr) {
    return as_value(contains(*range, subject));
  }
  const auto* items = wanted.list();
  if (items == nullptr) return as_value(equal(subject, wanted));
  bool found = subject.list() != nullptr && equal(subject, wanted).value_or(false);
  for (const Value& item : *items)
    found = found || matches(subject, item).is_true();
  return found;
}

Value Evaluator::compare(const Node& node, const Scope& scope) {
  const Value left = evaluate(*node.children[0], scope);
  const Value right = evaluate(*node.children[1], scope);
  return compare_values(node.op, left, right);
}

Value Evaluator::compare_values(Operator op, const Value& left, const Value& right) {
  if (op == Operator::Eq || op == Operator::Ne) {
    if (!spend_on(left)) return {};
    const auto same = equal(left, right);
    if (!same) {
      return null("feel.type", std::string(kind_in_chinese(left.kind())) + "与" +
                                   std::string(kind_in_chinese(right.kind())) + "不能比较");
    }
    return *same == (op == Operator::Eq);
  }
  const auto ordered = order(left, right);
  if (!ordered) {
    if (left.is_null() || right.is_null()) return {};
    return null("feel.type", std::string(kind_in_chinese(left.kind())) + "与" +
                                 std::string(kind_in_chinese(right.kind())) + "不能比较大小");
  }
  switch (op) {
    case Operator::Lt:
      return *ordered < 0;
    case Operator::Le:
      return *ordered <= 0;
    case Operator::Gt:
      return *ordered > 0;
    default:
      return *ordered >= 0;
  }
}

Value Evaluator::conjunction(const Node& node, const Scope& scope) {
  bool unknown = false;
  for (const NodePtr& child : node.children) {
    const Value value = evaluate(*child, scope);
    if (value.is_false()) return false;
    unknown = unknown || !value.is_true();
  }
  return unknown ? Value() : Value(true);
}

Value Evaluator::disjunction(const Node& node, const Scope& scope) {
  bool unknown = false;
  for (const NodePtr& child : node.children) {
    const Value value = evaluate(*child, scope);
    if (value.is_true()) return true;
    unknown = unknown || !value.is_false();
  }
  return unknown ? Value() : Value(false);
}

Value Evaluator::between(const Node& node, const Scope& scope) {
  Range range;
  const Value value = evaluate(*node.children[0], scope);
  range.low = evaluate(*node.children[1], scope);
  range.high = evaluate(*node.children[2], scope);
  const auto inside = contains(range, value);
  return inside ? Value(*inside) : Value();
}

Value Evaluator::in(const Node& node, const Scope& scope) {
  const Value value = evaluate(*node.children[0], scope);
  return test(*node.children[1], value, scope);
}

/// Ends must be of one kind, or null; anything else is no range.
Value Evaluator::interval(const Node& node, const Scope& scope) {
  Range range;
  range.low = evaluate(*node.children[0], scope);
  range.high = evaluate(*node.children[1], scope);
  range.low_closed = node.low_closed;
  range.high_closed = node.high_closed;
  const auto ordered_kind = [](const Value& end) {
    return end.is_null() || order(end, end).has_value();
  };
  const bool mixed =
      !range.low.is_null() && !range.high.is_null() && range.low.kind() != range.high.kind();
  if (mixed || !ordered_kind(range.low) || !ordered_kind(range.high)) {
    return null("feel.type", "区间两端应为同类的数字、文本、日期或时长");
  }
  return range;
}

/// `(>= 5)` where a value is wanted: a range without high end.
Value Evaluator::compare_test_value(const Node& node, const Scope& scope) {
  Value end = evaluate(*node.children[0], scope);
  Range range{{}, {}, false, false, false, false};
  switch (node.op) {
    case Operator::Eq:
      return Range{end, end};
    case Operator::Lt:
    case Operator::Le:
      range.has_high = true;
      range.high_closed = node.op == Operator::Le;
      range.high = std::move(end);
      return range;
    case Operator::Gt:
    case Operator::Ge:
      range.has_low = true;
      range.low_closed = node.op == Operator::Ge;
      range.low = std::move(end);
      return range;
    default:
      return null("feel.type", "“!=”不能作为区间");
  }
}

Value Evaluator::test(const Node& tests, const Value& subject, const Scope& scope) {
  if (tests.kind == NodeKind::AnyTest) return true;
  if (tests.kind != NodeKind::Tests && tests.kind != NodeKind::NotTests) {
    return one_test(tests, subject, scope);
  }
  bool unknown = false;
  bool passed = false;
  for (const NodePtr& child : tests.children) {
    const Value one = one_test(*child, subject, scope);
    passed = passed || one.is_true();
    unknown = unknown || one.is_null();
  }
  if (!passed && unknown) return {};
  return passed == (tests.kind == NodeKind::Tests);
}

Value Evaluator::one_test(const Node& test, const Value& subject, const Scope& scope) {
  if (test.kind == NodeKind::AnyTest) return true;
  if (test.kind != NodeKind::CompareTest) return value_test(test, subject, scope);
  return compare_values(test.op, subject, evaluate(*test.children[0], scope));
}

/// A value that the subject should equal or lie in, or a condition on `?`.
Value Evaluator::value_test(const Node& test, const Value& subject, const Scope& scope) {
  const Node& node = test.kind == NodeKind::ValueTest ? *test.children[0] : test;
  if (test.text == "?") {
    Context bound{{"?", subject}};
    const Scope inner{&scope, &bound, nullptr, nullptr};
    const Value value = evaluate(node, inner);
    return value.truth() != nullptr || value.is_null() ? value : matches(subject, value);
  }
  const Value wanted = evaluate(node, scope);
  if (wanted.is_null() && node.kind != NodeKind::Literal) return {};
  const Value result = matches(subject, wanted);
  // A test that says true or false by itself decides for subjects that are neither.
  if (result.is_null() && wanted.truth() != nullptr && !subject.is_null()) return wanted;
  return result;
}

}  // namespace huice::feel
