#include "compose/expression_parser.h"

#include <algorithm>
#include <array>
#include <optional>

#include "compose/registry.h"
#include "text/suggest.h"

namespace huice::compose {

using syntax::Arithmetic;
using syntax::Comparison;
using syntax::ExpressionPtr;

namespace {

constexpr std::array<std::string_view, 8> kKeywords = {"and", "or", "not",  "if",
                                                       "is",  "in", "else", "elif"};

struct ArithmeticSign {
  std::string_view text;
  Arithmetic operation;
};
constexpr std::array<ArithmeticSign, 2> kSums = {
    {{"+", Arithmetic::Add}, {"-", Arithmetic::Subtract}}};
constexpr std::array<ArithmeticSign, 4> kProducts = {{{"*", Arithmetic::Multiply},
                                                      {"/", Arithmetic::Divide},
                                                      {"//", Arithmetic::FloorDivide},
                                                      {"%", Arithmetic::Modulo}}};

struct ComparisonSign {
  std::string_view text;
  Comparison comparison;
};
constexpr std::array<ComparisonSign, 6> kComparisons = {{{"==", Comparison::Equal},
                                                         {"!=", Comparison::NotEqual},
                                                         {"<", Comparison::Less},
                                                         {"<=", Comparison::LessEqual},
                                                         {">", Comparison::Greater},
                                                         {">=", Comparison::GreaterEqual}}};

template <class Signs>
auto sign_of(const Signs& signs, const Token& token) {
  const auto found =
      token.kind == Token::Kind::Operator
          ? std::ranges::find(signs, std::string_view(token.text), &Signs::value_type::text)
          : signs.end();
  return found == signs.end() ? nullptr : &*found;
}

bool is_keyword(std::string_view name) {
  return std::ranges::find(kKeywords, name) != kKeywords.end();
}

std::string suggestion(std::string_view wanted, const std::vector<std::string>& names) {
  const auto near = text::closest(wanted, names);
  return near ? "是不是想写 " + std::string(*near) + "？" : std::string();
}

std::optional<model::Value> constant(std::string_view name) {
  if (name == "true" || name == "True") return model::Value(true);
  if (name == "false" || name == "False") return model::Value(false);
  if (name == "none" || name == "None") return model::Value();
  return std::nullopt;
}

}  // namespace

const Token& ExpressionParser::peek(std::size_t ahead) const {
  return failed_ ? tokens_.back() : tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
}

Token ExpressionParser::next() {
  Token token = peek();
  if (at_ + 1 < tokens_.size()) ++at_;
  return token;
}

bool ExpressionParser::at_name(std::string_view name) const {
  return peek().kind == Token::Kind::Name && peek().text == name;
}

bool ExpressionParser::at_operator(std::string_view text) const {
  return peek().kind == Token::Kind::Operator && peek().text == text;
}

bool ExpressionParser::take_name(std::string_view name) {
  const bool there = at_name(name);
  if (there) next();
  return there;
}

bool ExpressionParser::take_operator(std::string_view text) {
  const bool there = at_operator(text);
  if (there) next();
  return there;
}

void ExpressionParser::fail(std::string message, std::string hint) {
  if (failed_) return;
  const std::size_t offset = peek().offset;
  failed_ = true;
  findings_.push_back(tree_.error(offset, "template.syntax", std::move(message), std::move(hint)));
}

void ExpressionParser::expect_operator(std::string_view text) {
  if (take_operator(text)) return;
  const std::string found =
      peek().kind == Token::Kind::End ? "标签已经结束" : "实为“" + peek().text + "”";
  fail("这里应当是“" + std::string(text) + "”，" + found);
}

std::string ExpressionParser::expect_identifier(std::string_view what) {
  if (peek().kind == Token::Kind::Name && !is_keyword(peek().text)) return next().text;
  fail("这里应当是" + std::string(what), "名称由汉字、字母、数字和下划线组成，不以数字开头");
  return {};
}

void ExpressionParser::expect_end() {
  if (peek().kind == Token::Kind::End) return;
  fail("标签到这里应当结束，却还有“" + peek().text + "”");
}

ExpressionPtr ExpressionParser::make(std::size_t offset,
                                     decltype(syntax::Expression::form) form) const {
  return std::make_unique<const syntax::Expression>(
      syntax::Expression{.form = std::move(form), .offset = offset});
}

/// False, after reporting, when expressions lie in one another too deeply.
bool ExpressionParser::enter() {
  if (++depth_ <= kMaxTemplateNesting) return true;
  if (!failed_) {
    Error error = tree_.error(peek().offset, "template.too-deep", "表达式嵌套太深",
                              "用 {% set %} 把它拆成几步");
    error.code = ErrorCode::TooLarge;
    findings_.push_back(std::move(error));
    failed_ = true;
  }
  return false;
}

ExpressionPtr ExpressionParser::expression() {
  const std::size_t offset = peek().offset;
  if (!enter()) return make(offset, syntax::Literal{});
  ExpressionPtr value = disjunction();
  while (take_name("if")) {
    ExpressionPtr condition = disjunction();
    ExpressionPtr otherwise = take_name("else") ? expression() : nullptr;
    value = make(offset,
                 syntax::Conditional{std::move(condition), std::move(value), std::move(otherwise)});
  }
  --depth_;
  return value;
}

ExpressionPtr ExpressionParser::separated(Rule rule) {
  const std::size_t offset = peek().offset;
  ExpressionPtr first = (this->*rule)();
  if (!at_operator(",")) return first;
  syntax::ListDisplay list;
  list.items.push_back(std::move(first));
  while (take_operator(",") && peek().kind != Token::Kind::End && !at_name("if")) {
    list.items.push_back((this->*rule)());
  }
  return make(offset, std::move(list));
}

ExpressionPtr ExpressionParser::expression_list() {
  return separated(&ExpressionParser::expression);
}

ExpressionPtr ExpressionParser::disjunction_list() {
  return separated(&ExpressionParser::disjunction);
}

ExpressionPtr ExpressionParser::disjunction() {
  const std::size_t offset = peek().offset;
  ExpressionPtr left = conjunction();
  while (take_name("or")) {
    left = make(offset, syntax::Logic{syntax::Connective::Or, std::move(left), conjunction()});
  }
  return left;
}

ExpressionPtr ExpressionParser::conjunction() {
  const std::size_t offset = peek().offset;
  ExpressionPtr left = negation();
  while (take_name("and")) {
    left = make(offset, syntax::Logic{syntax::Connective::And, std::move(left), negation()});
  }
  return left;
}

ExpressionPtr ExpressionParser::negation() {
  const std::size_t offset = peek().offset;
  if (!take_name("not")) return comparison();
  if (!enter()) return make(offset, syntax::Literal{});
  ExpressionPtr operand = negation();
  --depth_;
  return make(offset, syntax::Not{std::move(operand)});
}

ExpressionPtr ExpressionParser::comparison() {
  const std::size_t offset = peek().offset;
  syntax::Comparisons chain{.first = sum(), .links = {}};
  for (;;) {
    if (const auto* sign = sign_of(kComparisons, peek())) {
      next();
      chain.links.push_back({sign->comparison, sum()});
    } else if (take_name("in")) {
      chain.links.push_back({Comparison::In, sum()});
    } else if (at_name("not") && peek(1).kind == Token::Kind::Name && peek(1).text == "in") {
      next();
      next();
      chain.links.push_back({Comparison::NotIn, sum()});
    } else {
      break;
    }
  }
  if (at_operator("=")) fail("比较相等要写 ==，一个 = 只用于 set");
  if (chain.links.empty()) return std::move(chain.first);
  return make(offset, std::move(chain));
}

ExpressionPtr ExpressionParser::sum() {
  const std::size_t offset = peek().offset;
  ExpressionPtr left = joining();
  while (const auto* sign = sign_of(kSums, peek())) {
    next();
    left = make(offset, syntax::Binary{sign->operation, std::move(left), joining()});
  }
  return left;
}

ExpressionPtr ExpressionParser::joining() {
  const std::size_t offset = peek().offset;
  ExpressionPtr left = product();
  while (take_operator("~")) {
    left = make(offset, syntax::Binary{Arithmetic::Join, std::move(left), product()});
  }
  return left;
}

ExpressionPtr ExpressionParser::product() {
  const std::size_t offset = peek().offset;
  ExpressionPtr left = power();
  while (const auto* sign = sign_of(kProducts, peek())) {
    next();
    left = make(offset, syntax::Binary{sign->operation, std::move(left), power()});
  }
  return left;
}

ExpressionPtr ExpressionParser::power() {
  const std::size_t offset = peek().offset;
  ExpressionPtr left = unary(true);
  while (take_operator("**")) {
    left = make(offset, syntax::Binary{Arithmetic::Power, std::move(left), unary(true)});
  }
  return left;
}

ExpressionPtr ExpressionParser::unary(bool with_filters) {
  const std::size_t offset = peek().offset;
  if (!enter()) return make(offset, syntax::Literal{});
  ExpressionPtr operand;
  if (take_operator("-")) {
    operand = make(offset, syntax::Signed{syntax::Sign::Minus, unary(false)});
  } else if (take_operator("+")) {
    operand = make(offset, syntax::Signed{syntax::Sign::Plus, unary(false)});
  } else {
    operand = primary();
  }
  operand = postfix(std::move(operand));
  if (with_filters) operand = filters(std::move(operand));
  --depth_;
  return operand;
}

ExpressionPtr ExpressionParser::primary() {
  const Token token = peek();
  switch (token.kind) {
    case Token::Kind::Name:
      if (is_keyword(token.text)) break;
      next();
      if (auto value = constant(token.text)) {
        return make(token.offset, syntax::Literal{std::move(*value)});
      }
      return make(token.offset, syntax::Name{token.text});
    case Token::Kind::Text: {
      std::string text;
      while (peek().kind == Token::Kind::Text)
        text += next().text;
      return make(token.offset, syntax::Literal{std::move(text)});
    }
    case Token::Kind::Number:
      next();
      if (const auto number = Decimal::parse(token.text)) {
        return make(token.offset, syntax::Literal{*number});
      }
      break;
    case Token::Kind::Operator:
      if (token.text == "(") return bracketed();
      if (token.text == "[") return list_display();
      if (token.text == "{") return record_display();
      break;
    case Token::Kind::End:
      fail("这里缺一个值", "写数据里的名称、数字或引号里的文本");
      break;
  }
  fail("这里应当是一个值，实为“" + token.text + "”");
  return make(token.offset, syntax::Literal{});
}

ExpressionPtr ExpressionParser::bracketed() {
  const std::size_t offset = next().offset;
  if (take_operator(")")) return make(offset, syntax::ListDisplay{});
  ExpressionPtr first = expression();
  if (!at_operator(",")) {
    expect_operator(")");
    return first;
  }
  syntax::ListDisplay list;
  list.items.push_back(std::move(first));
  while (take_operator(",") && !at_operator(")")) {
    list.items.push_back(expression());
  }
  expect_operator(")");
  return make(offset, std::move(list));
}

ExpressionPtr ExpressionParser::list_display() {
  const std::size_t offset = next().offset;
  syntax::ListDisplay list;
  while (!failed_ && !at_operator("]")) {
    list.items.push_back(expression());
    if (!take_operator(",")) break;
  }
  expect_operator("]");
  return make(offset, std::move(list));
}

ExpressionPtr ExpressionParser::record_display() {
  const std::size_t offset = next().offset;
  syntax::RecordDisplay record;
  while (!failed_ && !at_operator("}")) {
    ExpressionPtr name = expression();
    expect_operator(":");
    record.entries.push_back({std::move(name), expression()});
    if (!take_operator(",")) break;
  }
  expect_operator("}");
  return make(offset, std::move(record));
}

ExpressionPtr ExpressionParser::postfix(ExpressionPtr object) {
  for (;;) {
    if (at_operator(".")) {
      object = after_dot(std::move(object));
    } else if (at_operator("[")) {
      object = subscript(std::move(object));
    } else if (at_operator("(")) {
      const std::size_t offset = peek().offset;
      object = make(offset, syntax::Call{std::move(object), arguments()});
    } else {
      return object;
    }
  }
}

ExpressionPtr ExpressionParser::after_dot(ExpressionPtr object) {
  next();
  const Token token = next();
  if (token.kind == Token::Kind::Name) {
    return make(token.offset, syntax::Attribute{std::move(object), token.text});
  }
  if (token.kind == Token::Kind::Number) {
    const auto index = Decimal::parse(token.text);
    return make(token.offset,
                syntax::Subscript{std::move(object), make(token.offset, syntax::Literal{*index})});
  }
  fail("点后面应当是字段的名称", "以数字开头或带符号的名称写成 [\"名称\"]");
  return object;
}

ExpressionPtr ExpressionParser::subscript(ExpressionPtr object) {
  const std::size_t offset = next().offset;
  ExpressionPtr from = at_operator(":") ? nullptr : expression();
  if (!at_operator(":")) {
    expect_operator("]");
    return make(offset, syntax::Subscript{std::move(object), std::move(from)});
  }
  const auto bound = [&]() -> ExpressionPtr {
    if (!take_operator(":") || at_operator(":") || at_operator("]")) return nullptr;
    return expression();
  };
  ExpressionPtr to = bound();
  ExpressionPtr step = bound();
  expect_operator("]");
  return make(offset,
              syntax::Slice{std::move(object), std::move(from), std::move(to), std::move(step)});
}

ExpressionPtr ExpressionParser::filters(ExpressionPtr operand) {
  for (;;) {
    if (at_operator("|")) {
      next();
      operand = filter(std::move(operand));
    } else if (at_name("is")) {
      operand = test(std::move(operand));
    } else if (at_operator("(")) {
      const std::size_t offset = peek().offset;
      operand = make(offset, syntax::Call{std::move(operand), arguments()});
    } else {
      return operand;
    }
  }
}

ExpressionPtr ExpressionParser::filtered(std::string_view operand) {
  const std::size_t offset = peek().offset;
  return filters(filter(make(offset, syntax::Name{std::string(operand)})));
}

ExpressionPtr ExpressionParser::filter(ExpressionPtr operand) {
  const std::size_t offset = peek().offset;
  const std::string name = expect_identifier("过滤器的名称");
  if (!failed_ && !is_filter(name)) {
    findings_.push_back(tree_.error(offset, "template.unknown-filter",
                                    "没有叫“" + name + "”的过滤器",
                                    suggestion(name, filter_names())));
  }
  syntax::Filter filter{.operand = std::move(operand), .name = name, .arguments = {}};
  if (at_operator("(")) filter.arguments = arguments();
  return make(offset, std::move(filter));
}

ExpressionPtr ExpressionParser::test(ExpressionPtr operand) {
  next();
  syntax::Test test{.operand = std::move(operand), .name = {}, .arguments = {}, .negated = false};
  test.negated = take_name("not");
  const std::size_t offset = peek().offset;
  if (at_name("in")) {
    test.name = next().text;
  } else {
    test.name = expect_identifier("判断的名称");
  }
  if (!failed_ && !is_test(test.name)) {
    findings_.push_back(tree_.error(offset, "template.unknown-test",
                                    "没有叫“" + test.name + "”的判断",
                                    suggestion(test.name, test_names())));
  }
  const Token& after = peek();
  const bool argument =
      after.kind == Token::Kind::Text || after.kind == Token::Kind::Number ||
      (after.kind == Token::Kind::Operator && (after.text == "[" || after.text == "{")) ||
      (after.kind == Token::Kind::Name && !is_keyword(after.text));
  if (at_operator("(")) {
    test.arguments = arguments();
  } else if (argument) {
    test.arguments.positional.push_back(postfix(primary()));
  }
  return make(offset, std::move(test));
}

syntax::Arguments ExpressionParser::arguments() {
  syntax::Arguments arguments;
  expect_operator("(");
  while (!failed_ && !at_operator(")")) {
    const bool named = peek().kind == Token::Kind::Name && peek(1).kind == Token::Kind::Operator &&
                       peek(1).text == "=";
    if (named) {
      std::string name = next().text;
      next();
      arguments.named.push_back({std::move(name), expression()});
    } else {
      if (!arguments.named.empty()) fail("没有名称的参数要写在有名称的参数前面");
      arguments.positional.push_back(expression());
    }
    if (!take_operator(",")) break;
  }
  expect_operator(")");
  return arguments;
}

}  // namespace huice::compose
