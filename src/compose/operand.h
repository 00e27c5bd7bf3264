// What an expression gives while a template is expanded.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "compose/syntax.h"
#include "model/value.h"

namespace huice::compose {

/// A value of the data, or one that was computed.
using ValueRef = std::shared_ptr<const model::Value>;

class Operand;

/// What came out of something already reported; everything made from it is silent.
struct Poison {};

/// A name or field that is not there. Asking about it is fine; using it reports `finding`.
struct Missing {
  std::shared_ptr<const Error> finding;
};

/// What one file knows; owned by the Runtime.
struct Scope;

/// `{% macro %}`, the file it belongs to, and how many of that file's frames it sees.
struct MacroRef {
  const syntax::Macro* macro = nullptr;
  const syntax::Tree* tree = nullptr;
  Scope* scope = nullptr;
  std::size_t frames = 0;
};

/// What `{% import %}` gives: the names that the other file sets at its top.
struct ModuleRef {
  const Scope* scope = nullptr;
};

/// `range`, `table`, ….
struct FunctionRef {
  std::string_view name;
};

/// `namespace()`: fields that inner blocks may set.
struct Space {
  std::map<std::string, Operand, std::less<>> fields;
};

/// `loop`: one for all turns of a loop, as in Jinja.
struct Turn {
  ValueRef list;
  std::size_t index = 0;
};

/// `value.method`, before it is called.
struct Method {
  ValueRef object;
  std::string name;
  bool object_is_safe = false;
};

class Operand {
 public:
  using Content = std::variant<Poison, ValueRef, Missing, MacroRef, ModuleRef, FunctionRef,
                               std::shared_ptr<Space>, std::shared_ptr<const Turn>, Method>;

  Operand() = default;
  Operand(Content content) : content_(std::move(content)) {}  // NOLINT: by design
  Operand(model::Value value)                                 // NOLINT: by design
      : content_(std::make_shared<const model::Value>(std::move(value))) {}

  /// A part of `whole`, kept alive by it.
  static Operand part(const ValueRef& whole, const model::Value& part) {
    return Operand(ValueRef(whole, &part));
  }
  /// A text that is Markdown already.
  static Operand markdown(std::string text);
  /// The same, with the origin of each of its lines.
  static Operand markdown(std::string text, std::vector<SourceSpan> lines);

  const Content& content() const { return content_; }
  /// The value; nullptr for everything that is none.
  const model::Value* value() const;
  ValueRef value_ref() const;
  bool is_poison() const { return std::holds_alternative<Poison>(content_); }
  bool is_missing() const { return std::holds_alternative<Missing>(content_); }

  bool is_markdown() const { return markdown_; }
  void set_markdown(bool markdown) { markdown_ = markdown; }
  /// Where the lines of a made text come from; nullptr when they have no origin of their own.
  const std::vector<SourceSpan>* lines() const { return lines_.get(); }

 private:
  Content content_;
  std::shared_ptr<const std::vector<SourceSpan>> lines_;
  bool markdown_ = false;
};

/// Whether escape_markdown() leaves the text as it is, which it does with most values: words and
/// whole numbers. False of some others too.
bool needs_no_escape(std::string_view text);
/// Escapes what Markdown would read as marks; line ends become <br>.
std::string escape_markdown(std::string_view text);

bool is_true(const model::Value& value);

/// The text of a text, number, day or truth; nullopt for what does not print.
std::optional<std::string> printed(const model::Value& value);

/// <0, 0, >0 for two numbers, texts, days or truths; nullopt for everything else.
std::optional<int> compare(const model::Value& a, const model::Value& b);

/// Whether `container` holds `wanted`: an item, a part of a text, a field's name; nullopt when
/// it can hold nothing.
std::optional<bool> contains(const model::Value& container, const model::Value& wanted);

}  // namespace huice::compose
