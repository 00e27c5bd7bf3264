#include "feel/evaluator.h"

#include <algorithm>

#include "feel/builtins.h"
#include "feel/types.h"

namespace huice::feel {

namespace {

/// Of the StepAllowance of this thread; null without one.
thread_local std::uint64_t* allowance = nullptr;

/// In steps, about what a built-in function does that walks once through its arguments: one call
/// of upper case or median may take as long as a million steps.
std::uint64_t work_of(std::span<const Value> arguments) {
  constexpr std::size_t kBytesAStep = 2;
  std::uint64_t work = 0;
  for (const Value& each : arguments) {
    if (const std::string* text = each.text()) work += text->size() / kBytesAStep;
    if (const auto* list = each.list()) work += list->size();
  }
  return work;
}

}  // namespace

StepAllowance::StepAllowance(std::uint64_t steps) : left_(steps) {
  allowance = &left_;
}

StepAllowance::~StepAllowance() {
  allowance = nullptr;
}

Evaluator::Evaluator(const Environment& environment, Warnings* warnings)
    : environment_(environment),
      warnings_(warnings),
      max_steps_(allowance == nullptr ? environment.max_steps
                                      : std::min(environment.max_steps, *allowance)) {}

Evaluator::~Evaluator() {
  if (allowance != nullptr) *allowance -= std::min(*allowance, steps_);
}

bool Evaluator::spend(std::uint64_t steps) {
  steps_ += steps;
  if (steps_ <= max_steps_) return true;
  if (!exhausted_) {
    exhausted_ = true;
    null("feel.limit", "计算步数超过上限，结果按空处理");
  }
  return false;
}

bool Evaluator::spend_on(const Value& value) {
  if (!spend(1)) return false;
  if (const auto* items = value.list()) {
    return std::ranges::all_of(*items, [&](const Value& item) { return spend_on(item); });
  }
  if (const Context* context = value.context()) {
    return std::ranges::all_of(context->entries(),
                               [&](const auto& entry) { return spend_on(entry.second); });
  }
  return true;
}

Value Evaluator::null(std::string id, std::string message) {
  if (warnings_ != nullptr && warnings_->size() < 100) {
    warnings_->push_back({std::move(id), std::move(message),
                          current_ == nullptr ? 0 : current_->begin,
                          current_ == nullptr ? 0 : current_->end});
  }
  return {};
}

Value Evaluator::evaluate(const Node& node, const Scope& scope) {
  if (!spend(1)) return {};
  if (nesting_ >= kMaxNesting) return null("feel.limit", "计算嵌套层数超过上限");
  const Node* const outer = std::exchange(current_, &node);
  ++nesting_;
  Value value = dispatch(node, scope);
  --nesting_;
  current_ = outer;
  return value;
}

Value Evaluator::dispatch(const Node& node, const Scope& scope) {
  switch (node.kind) {
    case NodeKind::Literal:
      return node.value;
    case NodeKind::AtLiteral:
      return at_literal(node);
    case NodeKind::Name:
      return name(node, scope);
    case NodeKind::Path:
      return path(node, scope);
    case NodeKind::Filter:
      return filter(node, scope);
    case NodeKind::Call:
      return call_node(node, scope);
    case NodeKind::Negate:
      return negate(node, scope);
    case NodeKind::Arithmetic:
      return arithmetic(node, scope);
    case NodeKind::Compare:
      return compare(node, scope);
    case NodeKind::And:
      return conjunction(node, scope);
    case NodeKind::Or:
      return disjunction(node, scope);
    case NodeKind::Between:
      return between(node, scope);
    case NodeKind::In:
      return in(node, scope);
    case NodeKind::InstanceOf:
      return instance_of(node, scope);
    case NodeKind::If:
      return choice(node, scope);
    case NodeKind::For:
      return loop(node, scope);
    case NodeKind::Some:
    case NodeKind::Every:
      return quantified(node, scope);
    case NodeKind::List:
      return list(node, scope);
    case NodeKind::Context:
      return context(node, scope);
    case NodeKind::Interval:
      return interval(node, scope);
    case NodeKind::Function:
      return function(node, scope);
    case NodeKind::CompareTest:
      return compare_test_value(node, scope);
    case NodeKind::Tests:
    case NodeKind::NotTests:
    case NodeKind::AnyTest:
    case NodeKind::ValueTest: {
      const Value* subject = scope.find("?");
      return test(node, subject == nullptr ? Value() : *subject, scope);
    }
  }
  return {};
}

Value Evaluator::name(const Node& node, const Scope& scope) {
  if (const Value* value = scope.find(node.text)) return *value;
  if (node.value.function() != nullptr) return node.value;
  return null("feel.missing", "缺少“" + node.text + "”");
}

Value Evaluator::path(const Node& node, const Scope& scope) {
  const Value target = evaluate(*node.children[0], scope);
  const auto* items = target.list();
  if (items == nullptr) return field(target, node.text);
  Value::List fields;
  fields.reserve(items->size());
  for (const Value& item : *items)
    fields.push_back(field(item, node.text));
  return fields;
}

Value Evaluator::call_node(const Node& node, const Scope& scope) {
  const Value callee = evaluate(*node.children[0], scope);
  if (callee.function() == nullptr) {
    return callee.is_null() ? Value() : null("feel.type", "被调用的不是函数");
  }
  std::vector<Value> arguments;
  arguments.reserve(node.children.size() - 1);
  for (std::size_t i = 1; i < node.children.size(); ++i)
    arguments.push_back(evaluate(*node.children[i], scope));
  if (!node.names.empty()) return call_named(callee, node.names, arguments);
  return call(callee, arguments);
}

Value Evaluator::call_named(const Value& callee, const std::vector<std::string>& names,
                            std::span<const Value> arguments) {
  const Function& function = *callee.function();
  std::string signature;
  if (function.builtin != nullptr) {
    signature = function.builtin->signature;
  } else {
    for (const std::string& parameter : function.parameters)
      signature += (signature.empty() ? "" : ",") + parameter;
  }
  const auto values = arranged(signature, names, arguments);
  if (!values) return null("feel.arguments", "参数名称与函数不符");
  return call(callee, *values);
}

Value Evaluator::call(const Value& callee, std::span<const Value> arguments) {
  const Function* function = callee.function();
  if (function == nullptr) return null("feel.type", "被调用的不是函数");
  if (function->builtin != nullptr) {
    if (!takes(*function->builtin, arguments.size())) {
      return null("feel.arguments", "函数“" + std::string(function->builtin->name) + "”不接受 " +
                                        std::to_string(arguments.size()) + " 个参数");
    }
    return spend(work_of(arguments)) ? function->builtin->run(*this, arguments) : Value();
  }
  if (arguments.size() != function->parameters.size()) {
    return null("feel.arguments", "函数应有 " + std::to_string(function->parameters.size()) +
                                      " 个参数，实有 " + std::to_string(arguments.size()) + " 个");
  }
  if (depth_ >= kMaxCallDepth) return null("feel.limit", "函数调用层数超过上限");
  ++depth_;
  Value result = call_body(*function, arguments);
  --depth_;
  return result;
}

Value Evaluator::call_body(const Function& function, std::span<const Value> arguments) {
  std::vector<Value> values(arguments.begin(), arguments.end());
  for (std::size_t i = 0; i < values.size() && i < function.types.size(); ++i) {
    auto fitted = converted(values[i], function.types[i], environment_.types);
    if (!fitted) return null("feel.type", "参数“" + function.parameters[i] + "”的类型不符");
    values[i] = std::move(*fitted);
  }
  if (function.native) return function.native(*this, function, values);
  Context locals;
  for (std::size_t i = 0; i < values.size(); ++i)
    locals.put(function.parameters[i], std::move(values[i]));
  if (!function.self.empty() && locals.find(function.self) == nullptr) {
    locals.put(function.self, std::make_shared<const Function>(function));
  }
  const Scope scope{function.closure.get(), &locals, nullptr, nullptr};
  return evaluate(*function.body, scope);
}

Value Evaluator::list(const Node& node, const Scope& scope) {
  Value::List items;
  items.reserve(node.children.size());
  for (const NodePtr& child : node.children)
    items.push_back(evaluate(*child, scope));
  return items;
}

/// Later entries see earlier ones; a function sees itself, so that it can recur.
Value Evaluator::context(const Node& node, const Scope& scope) {
  Context entries;
  const Scope inner{&scope, &entries, nullptr, nullptr};
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    Value value = evaluate(*node.children[i], inner);
    if (node.children[i]->kind == NodeKind::Function && value.function() != nullptr) {
      auto named = std::make_shared<Function>(*value.function());
      named->self = node.names[i];
      value = Value(std::shared_ptr<const Function>(std::move(named)));
    }
    entries.put(node.names[i], std::move(value));
  }
  return entries;
}

Value Evaluator::function(const Node& node, const Scope& scope) {
  auto function = std::make_shared<Function>();
  function->parameters = node.names;
  function->types = node.types;
  function->body = node.children[0];
  function->closure = scope.captured();
  return std::shared_ptr<const Function>(std::move(function));
}

Value Evaluator::instance_of(const Node& node, const Scope& scope) {
  const Value value = evaluate(*node.children[0], scope);
  return conforms(value, node.types[0], environment_.types);
}

Value Evaluator::choice(const Node& node, const Scope& scope) {
  const Value condition = evaluate(*node.children[0], scope);
  return evaluate(*node.children[condition.is_true() ? 1 : 2], scope);
}

}  // namespace huice::feel
