#include "feel/evaluate.h"

#include "feel/evaluator.h"

namespace huice::feel {
namespace {

Scope scope_of(const Context& facts) {
  return {nullptr, &facts, nullptr, nullptr};
}

}  // namespace

Value evaluate(const Expression& expression, const Context& facts, const Environment& environment,
               Warnings* warnings) {
  return evaluate_node(expression.root(), facts, environment, warnings);
}

Value evaluate_node(const Node& node, const Context& facts, const Environment& environment,
                    Warnings* warnings) {
  return Evaluator(environment, warnings).evaluate(node, scope_of(facts));
}

Value evaluate_tests(const Expression& tests, const Value& subject, const Context& facts,
                     const Environment& environment, Warnings* warnings) {
  return Evaluator(environment, warnings).test(tests.root(), subject, scope_of(facts));
}

Value call(const Value& function, const std::vector<Value>& arguments,
           const Environment& environment, Warnings* warnings) {
  return Evaluator(environment, warnings).call(function, arguments);
}

}  // namespace huice::feel
