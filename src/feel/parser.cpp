#include "feel/parser.h"

#include "feel/lexer.h"

namespace huice::feel {

NodePtr Parser::whole_expression() {
  const Parsed parsed = expression();
  if (!parsed) return nullptr;
  if (!at_end()) {
    fail_expected("运算符或表达式的结尾");
    return nullptr;
  }
  return parsed.node;
}

Parsed Parser::expression() {
  if (!enter()) return {};
  Parsed parsed = textual();
  leave();
  return parsed;
}

Parsed Parser::textual() {
  if (next_is_word("if")) return if_form();
  if (next_is_word("for")) return for_form();
  if (next_is_word("some")) return quantified_form(NodeKind::Some, "some");
  if (next_is_word("every")) return quantified_form(NodeKind::Every, "every");
  return disjunction();
}

Parsed Parser::disjunction() {
  return chain(NodeKind::Or, "or", &Parser::conjunction);
}

Parsed Parser::conjunction() {
  return chain(NodeKind::And, "and", &Parser::comparison);
}

/// Operands joined by a word; one operand alone stays itself.
Parsed Parser::chain(NodeKind kind, std::string_view word, Parsed (Parser::*operand)()) {
  skip();
  const std::size_t begin = at_;
  Parsed first = (this->*operand)();
  if (!first || !next_is_word(word)) return first;
  auto node = make(kind, begin);
  node->children.push_back(first.node);
  while (accept_word(word)) {
    const Parsed next = (this->*operand)();
    if (!next) return {};
    node->children.push_back(next.node);
  }
  return finish(std::move(node));
}

Parsed Parser::comparison() {
  Parsed left = additive();
  while (left) {
    if (accept_word("between")) {
      left = between(std::move(left));
    } else if (accept_word("in")) {
      left = in(std::move(left));
    } else if (const auto op = comparison_operator()) {
      Parsed right = additive();
      if (!right) return {};
      left = binary(NodeKind::Compare, *op, std::move(left), std::move(right));
    } else {
      return failed_ ? Parsed{} : left;
    }
  }
  return {};
}

Parsed Parser::between(Parsed value) {
  auto node = make(NodeKind::Between, value.node->begin);
  const Parsed low = additive();
  if (!low || !expect_word("and")) return {};
  const Parsed high = additive();
  if (!high) return {};
  node->children = {value.node, low.node, high.node};
  return finish(std::move(node));
}

Parsed Parser::in(Parsed value) {
  auto node = make(NodeKind::In, value.node->begin);
  skip();
  const std::size_t begin = at_;
  Parsed tests;
  if (accept("(")) {
    tests = in_parentheses();
  } else {
    const Parsed one = bare_test();
    if (!one) return {};
    auto list = make(NodeKind::Tests, begin);
    list->children = {one.node};
    tests = finish(std::move(list));
  }
  if (!tests) return {};
  node->children = {value.node, tests.node};
  return finish(std::move(node));
}

Parsed Parser::binary(NodeKind kind, Operator op, Parsed left, Parsed right) {
  auto node = make(kind, left.node->begin);
  node->op = op;
  node->children = {std::move(left.node), std::move(right.node)};
  return finish(std::move(node));
}

Parsed Parser::additive() {
  Parsed left = multiplicative();
  while (left) {
    const bool plus = next_is("+");
    if (!plus && !next_is("-")) return left;
    at_ += 1;
    Parsed right = multiplicative();
    if (!right) return {};
    left = binary(NodeKind::Arithmetic, plus ? Operator::Add : Operator::Subtract, std::move(left),
                  std::move(right));
  }
  return {};
}

Parsed Parser::multiplicative() {
  Parsed left = power();
  while (left) {
    const bool times = next_is("*") && !next_is("**");
    if (!times && !next_is("/")) return left;
    at_ += 1;
    Parsed right = power();
    if (!right) return {};
    left = binary(NodeKind::Arithmetic, times ? Operator::Multiply : Operator::Divide,
                  std::move(left), std::move(right));
  }
  return {};
}

/// `**` binds from the left and weaker than a sign: -3 ** 2 is 9 (table 4 of 10.3.1.2).
Parsed Parser::power() {
  Parsed left = unary();
  while (left && accept("**")) {
    Parsed right = unary();
    if (!right) return {};
    left = binary(NodeKind::Arithmetic, Operator::Power, std::move(left), std::move(right));
  }
  return left;
}

Parsed Parser::unary() {
  skip();
  const std::size_t begin = at_;
  if (!accept("-")) return postfix();
  if (!enter()) return {};
  const Parsed operand = unary();
  leave();
  if (!operand) return {};
  const Node& inner = *operand.node;
  if (inner.kind == NodeKind::Literal && inner.value.number() != nullptr) {
    auto literal = make(NodeKind::Literal, begin);
    literal->value = -*inner.value.number();
    return finish(std::move(literal));
  }
  auto node = make(NodeKind::Negate, begin);
  node->children = {operand.node};
  return finish(std::move(node));
}

Parsed Parser::postfix() {
  Parsed value = primary();
  while (value) {
    if (next_is(".") && !next_is("..")) {
      value = path(std::move(value));
    } else if (next_is("[") && filter_follows()) {
      value = filter(std::move(value));
    } else if (next_is("(")) {
      value = call(std::move(value));
    } else if (accept_word("instance")) {
      value = instance_of(std::move(value));
    } else {
      return value;
    }
  }
  return {};
}

/// At `[`: whether it opens a filter. At the end of an interval it closes that instead, unless
/// something that can only start an expression comes next.
bool Parser::filter_follows() {
  if (!endpoint_) return true;
  const std::size_t after = at_ + 1 + blank_size(rest().substr(1));
  const std::string_view next = text_.substr(std::min(after, text_.size()));
  if (next.empty()) return false;
  for (const std::string_view word :
       {"and", "or", "in", "between", "instance", "then", "else", "return", "satisfies"}) {
    if (match_name(next, word) > 0) return false;
  }
  if (next.front() == '.') return number_size(next) > 0;
  if (next.front() == '-') return number_size(next.substr(1)) > 0;
  return std::string_view("])},=<>!+*/").find(next.front()) == std::string_view::npos;
}

Parsed Parser::path(Parsed value) {
  auto node = make(NodeKind::Path, value.node->begin);
  at_ += 1;
  const auto field = field_name(value.fields);
  if (!field) return fail_expected("字段名");
  if (value.fields && value.fields->is_closed() && !value.fields->contains(field->name)) {
    const auto nearest = value.fields->nearest(field->name);
    findings_.push_back(
        {.code = ErrorCode::InvalidInput,
         .id = "feel.unknown-name",
         .message = "没有名为“" + field->name + "”的字段",
         .where = place_in(text_, at_, where_),
         .hint = nearest ? "是否应为“" + *nearest + "”？" : std::string("核对字段名")});
  }
  at_ += field->size;
  node->text = field->name;
  node->children = {value.node};
  return finish(std::move(node), field->fields);
}

Parsed Parser::filter(Parsed value) {
  auto node = make(NodeKind::Filter, value.node->begin);
  at_ += 1;
  Local local;
  if (value.fields) local.names = *value.fields;
  local.names.add("item");
  local.lenient = !value.fields || !value.fields->is_closed();
  if (value.fields) local.names.add("item", *value.fields);
  const bool was_endpoint = std::exchange(endpoint_, false);
  const LocalScope scope(*this, std::move(local));
  const Parsed condition = expression();
  if (!condition || !expect("]")) return {};
  endpoint_ = was_endpoint;
  node->children = {value.node, condition.node};
  return finish(std::move(node), value.fields);
}

Parsed Parser::call(Parsed callee) {
  auto node = make(NodeKind::Call, callee.node->begin);
  at_ += 1;
  node->children = {callee.node};
  const bool was_endpoint = std::exchange(endpoint_, false);
  if (!accept(")")) {
    do {
      if (!argument(*node)) return {};
    } while (accept(","));
    if (!expect(")")) return {};
  }
  endpoint_ = was_endpoint;
  return finish(std::move(node));
}

/// One argument, `name: expression` or an expression; all are of one kind.
bool Parser::argument(Node& node) {
  const auto key = key_until_colon();
  const std::size_t before = node.children.size() - 1;
  if (key.has_value() != !node.names.empty() && before > 0) {
    fail("feel.syntax", "一次调用的参数要么全部写名称，要么全部不写", "统一参数的写法");
    return false;
  }
  const Parsed value = expression();
  if (!value) return false;
  if (key) node.names.push_back(*key);
  node.children.push_back(value.node);
  return true;
}

}  // namespace huice::feel
