// FEEL text to a checked expression.
//
// Source: OMG DMN 1.5, chapter 10.3 (grammar 10.3.1.2).
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "feel/ast.h"
#include "feel/names.h"

namespace huice::feel {

/// Longest text, deepest nesting and most nodes of one expression.
inline constexpr std::size_t kMaxExpressionBytes = 64 * 1024;
inline constexpr int kMaxExpressionDepth = 200;

/// A parsed expression. Immutable; copies share the tree.
class Expression {
 public:
  /// Reads `text` as one FEEL expression. `at` is where its first character was written, so that
  /// findings name the place in the file.
  /// Errors: InvalidInput `feel.syntax` (what was expected), `feel.unknown-name` (each of them,
  ///         with the nearest known name as the hint); TooLarge `feel.too-large`, `feel.too-deep`.
  static Result<Expression> parse(std::string_view text, const Names& known,
                                  const SourceSpan& at = {});

  /// Reads `text` as unary tests, as they stand in a cell of a decision table: `-`, `< 3`,
  /// `[1..5]`, `"甲", "乙"`, `not(…)`, or a condition on `?`. Errors: as parse().
  static Result<Expression> parse_unary_tests(std::string_view text, const Names& known,
                                              const SourceSpan& at = {});

  /// A constant; its text is to_text(value).
  static Expression literal(const Value& value);

  const std::string& text() const { return source_->text; }
  /// The part of the text that `node` was read from.
  std::string_view text_of(const Node& node) const;
  const Node& root() const { return *source_->root; }
  const NodePtr& root_ptr() const { return source_->root; }
  /// Where the text was written.
  const SourceSpan& where() const { return source_->at; }
  /// The place of a byte of the text in the file it was written in.
  SourceSpan place(std::size_t offset) const;
  /// The names it takes from outside, each once, in order of appearance; no built-in functions,
  /// no names bound inside, no fields of filtered elements.
  const std::vector<std::string>& names() const { return source_->names; }

 private:
  struct Source {
    std::string text;
    SourceSpan at;
    NodePtr root;
    std::vector<std::string> names;
  };
  explicit Expression(std::shared_ptr<const Source> source) : source_(std::move(source)) {}
  static Result<Expression> read(std::string_view text, const Names& known, const SourceSpan& at,
                                 bool unary_tests);

  std::shared_ptr<const Source> source_;
};

/// The place of byte `offset` of `text`, when `text` was written at `at`. Line and column of an
/// unknown `at` count from the start of the text.
SourceSpan place_in(std::string_view text, std::size_t offset, const SourceSpan& at);

}  // namespace huice::feel
