// The reader of FEEL: recursive descent straight over the characters, since only the known names
// tell where a name ends. Internal to the module; the outside uses Expression.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "feel/ast.h"
#include "feel/expression.h"
#include "feel/names.h"

namespace huice::feel {

/// A node and what is known of the fields of its value, or of its elements.
struct Parsed {
  NodePtr node;
  std::shared_ptr<const Names> fields;

  explicit operator bool() const { return node != nullptr; }
};

/// Reads one text. A method that returns an empty Parsed has recorded why.
class Parser {
 public:
  Parser(std::string_view text, const Names& known, const SourceSpan& at);

  NodePtr whole_expression();
  NodePtr whole_unary_tests();

  Findings& findings() { return findings_; }
  std::vector<std::string>& free_names() { return free_names_; }

 private:
  struct Local {
    Names names;
    bool lenient = false;  ///< names that nobody knows are taken for fields of an element
  };
  /// Keeps a scope of local names for as long as it lives.
  class LocalScope {
   public:
    LocalScope(Parser& parser, Local local) : parser_(parser) {
      parser_.locals_.push_back(std::move(local));
    }
    ~LocalScope() { parser_.locals_.pop_back(); }
    LocalScope(const LocalScope&) = delete;
    LocalScope& operator=(const LocalScope&) = delete;

   private:
    Parser& parser_;
  };
  struct Resolved {
    std::string name;
    std::size_t size = 0;
    std::shared_ptr<const Names> fields;
    bool known = false;
  };

  // Expressions, from the weakest binding to the strongest (parser.cpp).
  Parsed expression();
  Parsed textual();
  Parsed disjunction();
  Parsed conjunction();
  Parsed chain(NodeKind kind, std::string_view word, Parsed (Parser::*operand)());
  Parsed comparison();
  Parsed between(Parsed value);
  Parsed in(Parsed value);
  Parsed additive();
  Parsed multiplicative();
  Parsed power();
  Parsed unary();
  Parsed postfix();
  Parsed binary(NodeKind kind, Operator op, Parsed left, Parsed right);
  Parsed path(Parsed value);
  Parsed filter(Parsed value);
  Parsed call(Parsed callee);
  bool argument(Node& node);
  bool filter_follows();

  // What expressions are made of (parser_primary.cpp).
  Parsed primary();
  Parsed number();
  Parsed text();
  Parsed at_literal();
  Parsed name();
  Parsed keyword_literal();
  Parsed parenthesized();
  Parsed bracketed();
  Parsed interval_end(Parsed low, bool low_closed, std::size_t begin);
  Parsed context();
  bool context_entry(Node& node);
  Parsed function();
  bool parameters(Node& node, Names& names);

  // Forms that start with a word, and types (parser_forms.cpp).
  Parsed if_form();
  Parsed for_form();
  Parsed quantified_form(NodeKind kind, std::string_view word);
  bool iterations(Node& node);
  Parsed iteration_domain();
  std::optional<TypeRef> type();
  std::optional<TypeRef> list_like_type(TypeRef::Form form);
  std::optional<TypeRef> context_type();
  std::optional<TypeRef> function_type();
  Parsed instance_of(Parsed value);

  // Unary tests (parser_tests.cpp).
  Parsed tests_list(std::size_t begin, NodeKind kind, std::string_view closing);
  Parsed test();
  Parsed bare_test();
  Parsed compare_test(Operator op);
  Parsed in_parentheses();

  // Characters (parser_text.cpp).
  std::string_view rest() const { return text_.substr(at_); }
  void skip() { at_ += blank(); }
  std::size_t blank() const;
  bool at_end();
  bool next_is(std::string_view symbol);
  bool accept(std::string_view symbol);
  bool accept_word(std::string_view word);
  bool next_is_word(std::string_view word);
  bool expect(std::string_view symbol);
  bool expect_word(std::string_view word);
  std::optional<Operator> comparison_operator();
  std::optional<std::string> key_until_colon();
  Resolved resolve();
  std::optional<Names::Match> field_name(const std::shared_ptr<const Names>& fields);
  const Names& dictionary();
  bool is_lenient() const;
  void note_free(const std::string& name);
  void unknown_name(const Resolved& resolved);

  bool enter();
  void leave() { --depth_; }
  Parsed fail(std::string id, std::string message, std::string hint = {});
  Parsed fail_expected(std::string_view expected);
  std::shared_ptr<Node> make(NodeKind kind, std::size_t begin) const;
  Parsed finish(std::shared_ptr<Node> node, std::shared_ptr<const Names> fields = nullptr);

  std::string_view text_;
  const Names& known_;
  SourceSpan where_;
  std::size_t at_ = 0;
  int depth_ = 0;
  bool failed_ = false;
  bool endpoint_ = false;  ///< reading the end of an interval, where [ may close it
  int question_uses_ = 0;
  int partial_uses_ = 0;
  std::vector<Local> locals_;
  Names dictionary_;  ///< names of more than one word, for fields of values unknown to us
  bool dictionary_filled_ = false;
  Findings findings_;
  std::vector<std::string> free_names_;
};

}  // namespace huice::feel
