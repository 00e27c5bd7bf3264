// An expression as a tree: what the parser makes, the evaluator walks and an explainer reads.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "feel/value.h"

namespace huice::feel {

enum class NodeKind {
  Literal,      ///< `value`
  AtLiteral,    ///< `text`: the string after @
  Name,         ///< `text`; `value` is the built-in function of that name, if any
  Path,         ///< children[0] . `text`
  Filter,       ///< children[0] [ children[1] ]
  Call,         ///< children[0] ( children[1..] ), `names` when arguments are named
  Negate,       ///< - children[0]
  Arithmetic,   ///< children[0] `op` children[1]
  Compare,      ///< children[0] `op` children[1]
  And,          ///< children: two or more, flattened from left to right
  Or,           ///< children: two or more, flattened from left to right
  Between,      ///< children[0] between children[1] and children[2]
  In,           ///< children[0] in children[1]: a Tests node
  InstanceOf,   ///< children[0] instance of `type`
  If,           ///< if children[0] then children[1] else children[2]
  For,          ///< for `names` in children[0..n-1] return children[n]; a domain may be
                ///< Interval; `text` is `partial` when the results so far are used
  Some,         ///< some `names` in children[0..n-1] satisfies children[n]
  Every,        ///< every, likewise
  List,         ///< [ children ]
  Context,      ///< { names[i] : children[i] }
  Interval,     ///< children[0] .. children[1] with `low_closed`, `high_closed`
  Function,     ///< function( names ) children[0]; `types` of the parameters
  Tests,        ///< unary tests: children, any of which may hold
  NotTests,     ///< not( children ): none of which may hold
  AnyTest,      ///< -
  CompareTest,  ///< `op` children[0], applied to the tested value
  ValueTest     ///< children[0]: a value, list or range; `text` is `?` for a condition on it
};

enum class Operator { None, Add, Subtract, Multiply, Divide, Power, Eq, Ne, Lt, Le, Gt, Ge };

/// `<=`, `+`, …
std::string_view symbol(Operator op);

/// A type as `instance of` and parameters write it.
struct TypeRef {
  enum class Form { Any, Named, List, Range, Context, Function };
  Form form = Form::Any;
  std::string name;                 ///< Named: `number`, `date and time`, or an item definition's
  std::vector<TypeRef> arguments;   ///< element, field or parameter types; Function: result last
  std::vector<std::string> fields;  ///< Context: names of the arguments
};

struct Node;
using NodePtr = std::shared_ptr<const Node>;

/// One node. Never changed after parsing. Which members mean something is told by `kind`.
struct Node {
  NodeKind kind = NodeKind::Literal;
  Operator op = Operator::None;
  std::size_t begin = 0;  ///< byte range of the expression's text
  std::size_t end = 0;
  std::string text;
  Value value;
  std::vector<NodePtr> children;
  std::vector<std::string> names;
  std::vector<TypeRef> types;
  bool low_closed = true;
  bool high_closed = true;
};

}  // namespace huice::feel
