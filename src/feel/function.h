// Functions as values: built in, written in FEEL, or supplied by a DMN model.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "feel/ast.h"
#include "feel/value.h"

namespace huice::feel {

class Evaluator;
struct Builtin;

/// The names visible at a place: a chain of contexts, innermost first. Scopes live on the stack
/// of the evaluator; captured() makes a copy that outlives it.
struct Scope {
  const Scope* parent = nullptr;
  const Context* names = nullptr;
  std::shared_ptr<const Context> kept_names;  ///< owns `names`, if anybody shares them
  std::shared_ptr<const Scope> kept_parent;   ///< owns `parent` in a captured scope

  const Value* find(std::string_view name) const;
  /// A copy of the chain that owns everything it needs.
  std::shared_ptr<const Scope> captured() const;
};

/// A function. Exactly one of `builtin`, `body` and `native` is set.
struct Function {
  /// Given the function itself, so that its body may call it again.
  using Native = std::function<Value(Evaluator&, const Function&, std::span<const Value>)>;

  std::vector<std::string> parameters;
  std::vector<TypeRef> types;  ///< of the parameters, or empty
  const Builtin* builtin = nullptr;
  NodePtr body;
  std::shared_ptr<const Scope> closure;
  std::string self;  ///< the name by which the body may call it again
  Native native;
};

/// Whether two values are the same function.
bool same_function(const Function& a, const Function& b);

}  // namespace huice::feel
