// The walk over the tree. Internal to the module; the outside uses evaluate().
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "feel/ast.h"
#include "feel/evaluate.h"
#include "feel/function.h"
#include "feel/value.h"

namespace huice::feel {

/// Nodes under evaluation at a time; together with kMaxCallDepth it keeps the stack in bounds.
inline constexpr int kMaxNesting = 1500;

/// What a root, a power or a logarithm takes, in steps: as long as some hundred additions.
inline constexpr std::uint64_t kStepsOfSeries = 300;

/// One evaluation: its environment, its budget and its warnings.
class Evaluator {
 public:
  Evaluator(const Environment& environment, Warnings* warnings);
  Evaluator(const Evaluator&) = delete;
  Evaluator& operator=(const Evaluator&) = delete;
  ~Evaluator();

  Value evaluate(const Node& node, const Scope& scope);
  /// Whether `subject` passes the tests: true, false or null.
  Value test(const Node& tests, const Value& subject, const Scope& scope);
  Value call(const Value& function, std::span<const Value> arguments);

  const Environment& environment() const { return environment_; }
  /// Null, with the reason noted against the node being evaluated.
  Value null(std::string id, std::string message);
  /// Takes `steps` from the budget; false, with a warning, when it is used up.
  bool spend(std::uint64_t steps);
  /// Takes a step for every part of the value, before work that walks all of it: shared lists
  /// within lists may hold far more parts than were ever built.
  bool spend_on(const Value& value);

 private:
  Value dispatch(const Node& node, const Scope& scope);
  Value at_literal(const Node& node);
  Value name(const Node& node, const Scope& scope);
  Value path(const Node& node, const Scope& scope);
  Value field(const Value& value, const std::string& name);
  Value filter(const Node& node, const Scope& scope);
  Value filter_items(const Node& condition, const Value& target, const Scope& scope);
  Value call_node(const Node& node, const Scope& scope);
  Value call_named(const Value& callee, const std::vector<std::string>& names,
                   std::span<const Value> arguments);
  Value call_body(const Function& function, std::span<const Value> arguments);
  Value arithmetic(const Node& node, const Scope& scope);
  Value negate(const Node& node, const Scope& scope);
  Value compare(const Node& node, const Scope& scope);
  Value compare_values(Operator op, const Value& left, const Value& right);
  Value conjunction(const Node& node, const Scope& scope);
  Value disjunction(const Node& node, const Scope& scope);
  Value between(const Node& node, const Scope& scope);
  Value in(const Node& node, const Scope& scope);
  Value instance_of(const Node& node, const Scope& scope);
  Value choice(const Node& node, const Scope& scope);
  Value loop(const Node& node, const Scope& scope);
  Value quantified(const Node& node, const Scope& scope);
  Value list(const Node& node, const Scope& scope);
  Value context(const Node& node, const Scope& scope);
  Value interval(const Node& node, const Scope& scope);
  Value compare_test_value(const Node& node, const Scope& scope);
  Value function(const Node& node, const Scope& scope);
  Value one_test(const Node& test, const Value& subject, const Scope& scope);
  Value value_test(const Node& test, const Value& subject, const Scope& scope);

  /// Walks the combinations of a for, some or every; `visit` returns whether to go on.
  struct Walk;
  bool walk(Walk& walk, std::size_t depth, const Scope& scope);
  /// The items of a domain; false when it is none.
  bool domain(const Node& node, const Scope& scope, Value::List& items);
  bool stepped_domain(const Value& low, const Value& high, Value::List& items);

  const Environment& environment_;
  Warnings* warnings_;
  const Node* current_ = nullptr;
  std::uint64_t max_steps_;
  std::uint64_t steps_ = 0;
  int depth_ = 0;
  int nesting_ = 0;
  bool exhausted_ = false;
};

/// `op` of two values, null where FEEL has none (table 56 of 10.3.2.13).
Value calculate(Evaluator& evaluator, Operator op, const Value& left, const Value& right);

/// Whether a value is in what a test's value says: equal, in the range, in the list.
Value matches(const Value& subject, const Value& wanted);

}  // namespace huice::feel
