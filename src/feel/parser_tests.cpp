// Unary tests: what stands in the cells of decision tables and after `in`.
#include "feel/lexer.h"
#include "feel/parser.h"

namespace huice::feel {

NodePtr Parser::whole_unary_tests() {
  Local local;
  local.names.add("?");
  const LocalScope scope(*this, std::move(local));
  skip();
  const std::size_t begin = at_;
  if (accept("-") && at_end()) return finish(make(NodeKind::AnyTest, begin)).node;
  at_ = begin;
  if (accept_word("not") && accept("(")) {
    const Findings before = findings_;
    const Parsed none = tests_list(begin, NodeKind::NotTests, ")");
    if (none && at_end()) return none.node;
    if (failed_) return nullptr;
    findings_ = before;  // `not(x) and y` is a condition on its own
  }
  at_ = begin;
  const Parsed tests = tests_list(begin, NodeKind::Tests, "");
  if (!tests) return nullptr;
  if (!at_end()) {
    fail_expected("逗号或单元格的结尾");
    return nullptr;
  }
  return tests.node;
}

/// Tests separated by commas up to `closing`, which is taken; up to the end when it is empty.
Parsed Parser::tests_list(std::size_t begin, NodeKind kind, std::string_view closing) {
  auto node = make(kind, begin);
  do {
    const Parsed next = test();
    if (!next) return {};
    node->children.push_back(next.node);
  } while (accept(","));
  if (!closing.empty() && !expect(closing)) return {};
  return finish(std::move(node));
}

Parsed Parser::test() {
  skip();
  if (const auto op = comparison_operator()) return compare_test(*op);
  if (failed_) return {};
  auto node = make(NodeKind::ValueTest, at_);
  const int before = question_uses_;
  const Parsed value = expression();
  if (!value) return {};
  if (value.node->kind == NodeKind::CompareTest) return value;
  if (question_uses_ > before) node->text = "?";
  node->children = {value.node};
  return finish(std::move(node));
}

/// After `in` without parentheses: binds like a comparison, so `x in a and b` is `(x in a) and b`.
Parsed Parser::bare_test() {
  skip();
  if (const auto op = comparison_operator()) return compare_test(*op);
  if (failed_) return {};
  auto node = make(NodeKind::ValueTest, at_);
  const Parsed value = additive();
  if (!value || value.node->kind == NodeKind::CompareTest) return value;
  node->children = {value.node};
  return finish(std::move(node));
}

/// The operator has been read; `begin` of the node is that of its operand.
Parsed Parser::compare_test(Operator op) {
  skip();
  auto node = make(NodeKind::CompareTest, at_);
  node->op = op;
  const Parsed operand = additive();
  if (!operand) return {};
  node->children = {operand.node};
  return finish(std::move(node));
}

/// After `in (`: an interval that starts open, or tests up to `)`.
Parsed Parser::in_parentheses() {
  const std::size_t begin = at_;
  const bool was_endpoint = std::exchange(endpoint_, false);
  auto list = make(NodeKind::Tests, begin);
  do {
    Parsed one = test();
    if (!one) return {};
    if (list->children.empty() && one.node->kind == NodeKind::ValueTest && accept("..")) {
      auto wrapped = make(NodeKind::ValueTest, begin);
      const Parsed interval = interval_end({one.node->children[0], nullptr}, false, begin);
      if (!interval) return {};
      wrapped->children = {interval.node};
      list->children.push_back(finish(std::move(wrapped)).node);
      endpoint_ = was_endpoint;
      return finish(std::move(list));
    }
    list->children.push_back(one.node);
  } while (accept(","));
  if (!expect(")")) return {};
  endpoint_ = was_endpoint;
  return finish(std::move(list));
}

}  // namespace huice::feel
