// The syntax tree of a template.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"
#include "compose/template.h"
#include "model/value.h"

namespace huice::compose::syntax {

struct Expression;
/// Never null unless its member says so.
using ExpressionPtr = std::unique_ptr<const Expression>;

enum class Arithmetic { Add, Subtract, Join, Multiply, Divide, FloorDivide, Modulo, Power };
enum class Comparison { Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual, In, NotIn };
enum class Sign { Plus, Minus };
enum class Connective { And, Or };

struct NamedArgument {
  std::string name;
  ExpressionPtr value;
};

struct Arguments {
  std::vector<ExpressionPtr> positional;
  std::vector<NamedArgument> named;
};

struct Literal {
  model::Value value;
};
struct Name {
  std::string name;
};
struct Attribute {
  ExpressionPtr object;
  std::string name;
};
struct Subscript {
  ExpressionPtr object;
  ExpressionPtr index;
};
/// `object[from:to:step]`; each of the three may be null.
struct Slice {
  ExpressionPtr object;
  ExpressionPtr from;
  ExpressionPtr to;
  ExpressionPtr step;
};
struct Call {
  ExpressionPtr callee;
  Arguments arguments;
};
struct Filter {
  ExpressionPtr operand;
  std::string name;
  Arguments arguments;
};
struct Test {
  ExpressionPtr operand;
  std::string name;
  Arguments arguments;
  bool negated = false;
};
struct Not {
  ExpressionPtr operand;
};
struct Signed {
  Sign sign = Sign::Plus;
  ExpressionPtr operand;
};
struct Binary {
  Arithmetic operation = Arithmetic::Add;
  ExpressionPtr left;
  ExpressionPtr right;
};
struct Logic {
  Connective connective = Connective::And;
  ExpressionPtr left;
  ExpressionPtr right;
};
/// `a < b <= c`: every link compares with the operand before it.
struct Comparisons {
  struct Link {
    Comparison comparison = Comparison::Equal;
    ExpressionPtr right;
  };
  ExpressionPtr first;
  std::vector<Link> links;
};
struct Conditional {
  ExpressionPtr condition;
  ExpressionPtr then;
  ExpressionPtr otherwise;  ///< may be null
};
struct ListDisplay {
  std::vector<ExpressionPtr> items;
};
struct RecordDisplay {
  struct Entry {
    ExpressionPtr name;
    ExpressionPtr value;
  };
  std::vector<Entry> entries;
};

struct Expression {
  std::variant<Literal, Name, Attribute, Subscript, Slice, Call, Filter, Test, Not, Signed, Binary,
               Logic, Comparisons, Conditional, ListDisplay, RecordDisplay>
      form;
  std::size_t offset = 0;  ///< in the tree's text
};

struct Node;
using Nodes = std::vector<Node>;

struct Text {
  std::string text;
};
struct Print {
  ExpressionPtr value;
};
struct Branch {
  ExpressionPtr condition;  ///< null: else
  Nodes body;
};
struct If {
  std::vector<Branch> branches;
};
struct For {
  std::vector<std::string> targets;
  ExpressionPtr list;
  ExpressionPtr condition;  ///< may be null
  Nodes body;
  Nodes otherwise;
};
/// `{% set a, b = value %}` or, with a field, `{% set space.field = value %}`.
struct Set {
  std::vector<std::string> targets;
  std::string field;
  ExpressionPtr value;
};
struct SetBlock {
  std::string target;
  Nodes body;
};
struct Include {
  ExpressionPtr name;
  bool ignore_missing = false;
};
/// `{% import "parts.md" as parts %}`, or with names `{% from "parts.md" import a, b as c %}`.
struct Import {
  struct Name {
    std::string name;   ///< in the other file
    std::string alias;  ///< here
  };
  ExpressionPtr file;
  std::string target;       ///< of the whole file; empty with `from`
  std::vector<Name> names;  ///< with `from`
  bool with_context = false;
};
/// `{% filter upper %}…{% endfilter %}`. The innermost operand of `value` is the name
/// kFilteredText, which stands for the text of the body.
struct FilterBlock {
  ExpressionPtr value;
  Nodes body;
};
struct Parameter {
  std::string name;
  ExpressionPtr fallback;  ///< may be null
};
struct Macro {
  std::string name;
  std::vector<Parameter> parameters;
  Nodes body;
};
struct With {
  std::vector<NamedArgument> bindings;
  Nodes body;
};

/// No template can write this name.
inline constexpr std::string_view kFilteredText = "{% filter %}";

struct Node {
  std::variant<Text, Print, If, For, Set, SetBlock, Include, Import, Macro, With, FilterBlock>
      content;
  std::size_t offset = 0;  ///< of the tag or text
};

/// A text with the places of its characters, and what it means.
struct Tree {
  std::string text;  ///< line ends are \n
  std::shared_ptr<const std::string> file;
  Template::Start start;
  std::vector<std::size_t> line_starts;
  Nodes nodes;

  /// The line of the file, from 1.
  int line(std::size_t offset) const;
  SourceSpan place(std::size_t offset) const;
  /// An InvalidInput error at `offset`, with the source line as its excerpt.
  Error error(std::size_t offset, std::string id, std::string message, std::string hint = {}) const;
};

}  // namespace huice::compose::syntax
