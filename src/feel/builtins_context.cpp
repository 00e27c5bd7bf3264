// Contexts.
#include <array>

#include "feel/arguments.h"

namespace huice::feel {
namespace {

Value get_value(Evaluator& evaluator, Arguments arguments) {
  const Context* context = single(arguments[0]).context();
  if (context == nullptr) return wrong_argument(evaluator, "get value");
  const Value& key = arguments[1];
  if (const auto* keys = key.list()) {  // a path through nested contexts
    Value at = single(arguments[0]);
    for (const Value& step : *keys) {
      const Context* inner = at.context();
      const Value* next =
          inner != nullptr && step.text() != nullptr ? inner->find(*step.text()) : nullptr;
      if (next == nullptr) return wrong_argument(evaluator, "get value");
      at = Value(*next);
    }
    return keys->empty() ? Value() : at;
  }
  if (key.text() == nullptr) return wrong_argument(evaluator, "get value");
  const Value* value = context->find(*key.text());
  return value == nullptr ? evaluator.null("feel.missing", "缺少“" + *key.text() + "”") : *value;
}

Value get_entries(Evaluator& evaluator, Arguments arguments) {
  const Context* context = single(arguments[0]).context();
  if (context == nullptr) return wrong_argument(evaluator, "get entries");
  Value::List entries;
  for (const auto& [name, value] : context->entries())
    entries.emplace_back(Context{{"key", name}, {"value", value}});
  return entries;
}

Value make_context(Evaluator& evaluator, Arguments arguments) {
  const auto entries = list_at(arguments, 0);
  if (!entries) return wrong_argument(evaluator, "context");
  Context made;
  for (const Value& item : *entries) {
    const Context* entry = item.context();
    const Value* key = entry == nullptr ? nullptr : entry->find("key");
    const Value* value = entry == nullptr ? nullptr : entry->find("value");
    const bool usable = key != nullptr && key->text() != nullptr && value != nullptr;
    if (!usable || made.find(*key->text()) != nullptr) {
      return wrong_argument(evaluator, "context");
    }
    made.put(*key->text(), *value);
  }
  return made;
}

/// The context with `value` at the path of keys; null when the path leads through no context.
Value with(const Value& target, std::span<const Value> keys, const Value& value) {
  if (keys.empty()) return value;
  const Context* context = target.context();
  if (context == nullptr || keys.front().text() == nullptr) return {};
  const std::string& key = *keys.front().text();
  const Value* inner = context->find(key);
  Value changed = value;
  if (keys.size() > 1) {
    if (inner == nullptr) return {};
    changed = with(*inner, keys.subspan(1), value);
    if (changed.is_null()) return {};
  }
  Context copy = *context;
  copy.put(key, std::move(changed));
  return copy;
}

Value context_put(Evaluator& evaluator, Arguments arguments) {
  const Value& target = single(arguments[0]);
  const auto* path = arguments[1].list();
  const bool usable = target.context() != nullptr && !(path != nullptr && path->empty());
  const std::span<const Value> keys =
      path != nullptr ? std::span<const Value>(*path) : arguments.subspan(1, 1);
  const Value result = usable ? with(target, keys, arguments[2]) : Value();
  return result.is_null() ? wrong_argument(evaluator, "context put") : result;
}

Value context_merge(Evaluator& evaluator, Arguments arguments) {
  const auto contexts = list_at(arguments, 0);
  if (!contexts) return wrong_argument(evaluator, "context merge");
  Context merged;
  for (const Value& item : *contexts) {
    if (item.context() == nullptr) return wrong_argument(evaluator, "context merge");
    for (const auto& [name, value] : item.context()->entries())
      merged.put(name, value);
  }
  return merged;
}

constexpr std::array<Builtin, 5> kBuiltins = {{
    {"get value", "m,key", get_value},
    {"get entries", "m", get_entries},
    {"context", "entries", make_context},
    {"context put", "context,key:string,value|context,keys,value", context_put},
    {"context merge", "contexts", context_merge},
}};

}  // namespace

std::span<const Builtin> context_builtins() {
  return kBuiltins;
}

}  // namespace huice::feel
