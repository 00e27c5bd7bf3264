// The values of boxed expressions. Source: DMN 1.5, chapter 10.2.
#include "feel/builtins.h"
#include "feel/dmn_model.h"
#include "feel/function.h"
#include "feel/table_evaluator.h"

namespace huice::feel::dmn {
namespace {

constexpr int kMaxBoxedItems = 1'000'000;

/// Boxed contexts, like those of FEEL, let later entries see earlier ones; an entry without name
/// is the value of the whole.
Value context_of(const Boxed& boxed, Evaluator& evaluator, const Scope& scope) {
  Context entries;
  const Scope inner{&scope, &entries, nullptr, nullptr};
  for (std::size_t i = 0; i < boxed.children.size(); ++i) {
    Value value = evaluate_boxed(boxed.children[i], evaluator, inner);
    value = fitted(value, boxed.types[i], evaluator);
    if (boxed.names[i].empty()) return value;
    if (const Function* function = value.function(); function != nullptr) {
      auto named = std::make_shared<Function>(*function);
      named->self = boxed.names[i];
      value = Value(std::shared_ptr<const Function>(std::move(named)));
    }
    entries.put(boxed.names[i], std::move(value));
  }
  return entries;
}

Value invoked(const Boxed& boxed, Evaluator& evaluator, const Scope& scope) {
  const Value callee = evaluate_boxed(boxed.children[0], evaluator, scope);
  const Function* function = callee.function();
  if (function == nullptr) return evaluator.null("feel.type", "被调用的不是函数");
  std::vector<Value> arguments;
  for (std::size_t i = 1; i < boxed.children.size(); ++i)
    arguments.push_back(evaluate_boxed(boxed.children[i], evaluator, scope));
  std::string signature;
  if (function->builtin != nullptr) {
    signature = function->builtin->signature;
  } else {
    for (const std::string& name : function->parameters)
      signature += (signature.empty() ? "" : ",") + name + "?";
  }
  auto ordered = arranged(signature, boxed.names, arguments);
  if (!ordered) return evaluator.null("feel.arguments", "参数名称与函数不符");
  if (function->builtin == nullptr) ordered->resize(function->parameters.size());
  return evaluator.call(callee, *ordered);
}

Value function_of(const Boxed& boxed, const Scope& scope) {
  auto function = std::make_shared<Function>();
  function->parameters = boxed.names;
  function->types = boxed.types;
  const auto closure = scope.captured();
  const BoxedPtr body = boxed.children[0];
  function->native = [closure, body](Evaluator& evaluator, const Function& self,
                                     std::span<const Value> values) {
    Context locals;
    for (std::size_t i = 0; i < values.size(); ++i)
      locals.put(self.parameters[i], values[i]);
    if (!self.self.empty() && locals.find(self.self) == nullptr) {
      locals.put(self.self, std::make_shared<const Function>(self));
    }
    const Scope inner{closure.get(), &locals, nullptr, nullptr};
    return evaluate_boxed(body, evaluator, inner);
  };
  return std::shared_ptr<const Function>(std::move(function));
}

Value relation_of(const Boxed& boxed, Evaluator& evaluator, const Scope& scope) {
  Value::List rows;
  const std::size_t columns = boxed.names.size();
  for (std::size_t at = 0; columns > 0 && at + columns <= boxed.children.size(); at += columns) {
    Context row;
    for (std::size_t i = 0; i < columns; ++i)
      row.put(boxed.names[i], evaluate_boxed(boxed.children[at + i], evaluator, scope));
    rows.emplace_back(std::move(row));
  }
  return rows;
}

Value list_of(const Boxed& boxed, Evaluator& evaluator, const Scope& scope) {
  Value::List items;
  for (const BoxedPtr& child : boxed.children)
    items.push_back(evaluate_boxed(child, evaluator, scope));
  return items;
}

/// Unlike FEEL's filter, the boxed one wants true or false of every item.
Value filtered(const Boxed& boxed, Evaluator& evaluator, const Scope& scope) {
  const Value target = evaluate_boxed(boxed.children[0], evaluator, scope);
  if (target.is_null()) return {};
  const Value::List items = target.list() != nullptr ? *target.list() : Value::List{target};
  Value::List kept;
  for (const Value& item : items) {
    const Context bound{{"item", item}};
    const Scope outer{&scope, &bound, nullptr, nullptr};
    const Scope inner{&outer, item.context(), item.shared_context(), nullptr};
    const Value condition = evaluate_boxed(boxed.children[1], evaluator, inner);
    if (condition.truth() == nullptr) {
      return evaluator.null("feel.type", "筛选条件应得出是或否");
    }
    if (condition.is_true()) kept.push_back(item);
  }
  return kept;
}

/// The items a boxed loop runs over, a range stepped through; nullopt when there are none.
std::optional<Value::List> loop_items(const Value& domain) {
  if (domain.is_null()) return std::nullopt;
  if (const auto* list = domain.list()) return *list;
  const Range* range = domain.range();
  if (range == nullptr) return Value::List{domain};
  const auto from = range->low.number() == nullptr ? std::nullopt : range->low.number()->to_int64();
  const auto to = range->high.number() == nullptr ? std::nullopt : range->high.number()->to_int64();
  if (!from || !to || *to - *from > kMaxBoxedItems || *from - *to > kMaxBoxedItems) {
    return std::nullopt;
  }
  Value::List items;
  const int step = *from <= *to ? 1 : -1;
  for (std::int64_t at = *from; at != *to + step; at += step)
    items.emplace_back(at);
  return items;
}

Value looped(const Boxed& boxed, Evaluator& evaluator, const Scope& scope) {
  const auto items = loop_items(evaluate_boxed(boxed.children[0], evaluator, scope));
  if (!items) return {};
  Value::List results;
  bool unknown = false;
  for (const Value& item : *items) {
    if (!evaluator.spend(1)) return {};
    Context bound{{boxed.names[0], item}};
    if (boxed.kind == BoxedKind::For) bound.put("partial", Value(results));
    const Scope inner{&scope, &bound, nullptr, nullptr};
    Value value = evaluate_boxed(boxed.children[1], evaluator, inner);
    const bool quantifies = boxed.kind != BoxedKind::For;
    if (quantifies && !value.is_null() && value.truth() == nullptr) {
      return evaluator.null("feel.type", "条件应得出是或否");
    }
    if (boxed.kind == BoxedKind::Some && value.is_true()) return true;
    if (boxed.kind == BoxedKind::Every && value.is_false()) return false;
    unknown = unknown || value.truth() == nullptr;
    if (boxed.kind == BoxedKind::For) results.push_back(std::move(value));
  }
  if (boxed.kind == BoxedKind::For) return results;
  return unknown ? Value() : Value(boxed.kind == BoxedKind::Every);
}

Value chosen(const Boxed& boxed, Evaluator& evaluator, const Scope& scope) {
  const Value condition = evaluate_boxed(boxed.children[0], evaluator, scope);
  if (!condition.is_null() && condition.truth() == nullptr) {
    return evaluator.null("feel.type", "条件应得出是或否");
  }
  return evaluate_boxed(boxed.children[condition.is_true() ? 1 : 2], evaluator, scope);
}

Value untyped(const BoxedPtr& pointer, Evaluator& evaluator, const Scope& scope) {
  const Boxed& boxed = *pointer;
  switch (boxed.kind) {
    case BoxedKind::Broken:
      return evaluator.null("dmn.broken", "表达式有误，见检查结果");
    case BoxedKind::Literal:
      return evaluator.evaluate(boxed.expression->root(), scope);
    case BoxedKind::Table:
      return evaluate_table(*boxed.table, evaluator, scope).value;
    case BoxedKind::Context:
      return context_of(boxed, evaluator, scope);
    case BoxedKind::Invocation:
      return invoked(boxed, evaluator, scope);
    case BoxedKind::Function:
      return function_of(boxed, scope);
    case BoxedKind::Relation:
      return relation_of(boxed, evaluator, scope);
    case BoxedKind::List:
      return list_of(boxed, evaluator, scope);
    case BoxedKind::Conditional:
      return chosen(boxed, evaluator, scope);
    case BoxedKind::Filter:
      return filtered(boxed, evaluator, scope);
    case BoxedKind::For:
    case BoxedKind::Some:
    case BoxedKind::Every:
      return looped(boxed, evaluator, scope);
  }
  return {};
}

}  // namespace

Value evaluate_boxed(const BoxedPtr& boxed, Evaluator& evaluator, const Scope& scope) {
  if (!boxed) return {};
  return fitted(untyped(boxed, evaluator, scope), boxed->type, evaluator);
}

}  // namespace huice::feel::dmn
