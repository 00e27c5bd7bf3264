// Tokens of one tag -> expressions, with Jinja's precedence.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "compose/lexer.h"
#include "compose/syntax.h"

namespace huice::compose {

/// Reads one tag from its first token. The first thing wrong is reported, and from then on the tag
/// seems to be at its end: callers need not check after every step.
class ExpressionParser {
 public:
  /// `tokens` ends with an End token.
  ExpressionParser(const syntax::Tree& tree, const std::vector<Token>& tokens, Findings& findings)
      : tree_(tree), tokens_(tokens), findings_(findings) {}

  /// A whole expression, with `a if b else c`.
  syntax::ExpressionPtr expression();
  /// A whole expression, or several separated by commas, which make a list.
  syntax::ExpressionPtr expression_list();
  /// One or several expressions without `… if …`, as after `in` of a loop.
  syntax::ExpressionPtr disjunction_list();

  /// The filters of `{% filter a|b %}`, applied to the name `operand`.
  syntax::ExpressionPtr filtered(std::string_view operand);

  const Token& peek(std::size_t ahead = 0) const;
  Token next();
  bool at_name(std::string_view name) const;
  bool at_operator(std::string_view text) const;
  /// Takes the token if it is there.
  bool take_name(std::string_view name);
  bool take_operator(std::string_view text);
  void expect_operator(std::string_view text);
  /// A name that is no keyword; "" after a failure.
  std::string expect_identifier(std::string_view what);
  void expect_end();

  void fail(std::string message, std::string hint = {});
  bool failed() const { return failed_; }

 private:
  syntax::ExpressionPtr make(std::size_t offset, decltype(syntax::Expression::form) form) const;
  using Rule = syntax::ExpressionPtr (ExpressionParser::*)();
  syntax::ExpressionPtr separated(Rule rule);
  syntax::ExpressionPtr disjunction();
  syntax::ExpressionPtr conjunction();
  syntax::ExpressionPtr negation();
  syntax::ExpressionPtr comparison();
  syntax::ExpressionPtr sum();
  syntax::ExpressionPtr joining();
  syntax::ExpressionPtr product();
  syntax::ExpressionPtr power();
  syntax::ExpressionPtr unary(bool with_filters);
  syntax::ExpressionPtr primary();
  syntax::ExpressionPtr bracketed();
  syntax::ExpressionPtr list_display();
  syntax::ExpressionPtr record_display();
  syntax::ExpressionPtr postfix(syntax::ExpressionPtr object);
  syntax::ExpressionPtr after_dot(syntax::ExpressionPtr object);
  syntax::ExpressionPtr subscript(syntax::ExpressionPtr object);
  syntax::ExpressionPtr filters(syntax::ExpressionPtr operand);
  syntax::ExpressionPtr filter(syntax::ExpressionPtr operand);
  syntax::ExpressionPtr test(syntax::ExpressionPtr operand);
  syntax::Arguments arguments();
  bool enter();

  const syntax::Tree& tree_;
  const std::vector<Token>& tokens_;
  Findings& findings_;
  std::size_t at_ = 0;
  int depth_ = 0;
  bool failed_ = false;
};

}  // namespace huice::compose
