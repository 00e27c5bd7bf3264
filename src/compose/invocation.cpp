#include "compose/invocation.h"

#include <algorithm>

#include "compose/registry.h"

namespace huice::compose {

Operand Invocation::fail(std::string message, std::string hint) const {
  return runtime.fail(offset, "template.type", std::move(message), std::move(hint));
}

Operand Invocation::wrong_input(std::string_view wanted) const {
  const model::Value* found = value();
  return fail(std::string(name) + " 只能用于" + std::string(wanted) + "，实为" +
              (found == nullptr ? "宏或函数" : std::string(found->kind())) +
              runtime.place_note(input));
}

const model::Value* Invocation::argument(std::size_t index) const {
  return given(index) ? arguments[index]->value() : nullptr;
}

std::optional<std::string> Invocation::text_argument(std::size_t index,
                                                     std::string_view fallback) const {
  const model::Value* value = argument(index);
  if (value == nullptr || value->is_null()) return std::string(fallback);
  if (auto text = printed(*value)) return text;
  fail(std::string(name) + " 的第 " + std::to_string(index + 1) + " 个参数应当是文本");
  return std::nullopt;
}

std::optional<int> Invocation::integer_argument(std::size_t index, int fallback) const {
  constexpr std::int64_t kFarthest = 1'000'000'000;
  const model::Value* value = argument(index);
  if (value == nullptr || value->is_null()) return fallback;
  const auto number = value->number() != nullptr ? value->number()->to_int64() : std::nullopt;
  if (number && *number >= -kFarthest && *number <= kFarthest) return static_cast<int>(*number);
  fail(std::string(name) + " 的第 " + std::to_string(index + 1) + " 个参数应当是整数");
  return std::nullopt;
}

bool Invocation::truth_argument(std::size_t index, bool fallback) const {
  const model::Value* value = argument(index);
  return value == nullptr ? fallback : is_true(*value);
}

namespace {

Operand refuse(Runtime& runtime, std::size_t offset, const Callable& callable,
               const std::string& what) {
  return runtime.fail(offset, "template.arguments", std::string(callable.name) + " " + what);
}

/// Arguments of tests and filters must be there, but `default(a, b)` may be given nothing else.
Operand call(const Callable& callable, Invocation invocation) {
  const bool poisoned = std::ranges::any_of(
      invocation.arguments, [](const auto& argument) { return argument && argument->is_poison(); });
  return poisoned ? Operand() : callable.action(invocation);
}

}  // namespace

Operand invoke(Runtime& runtime, const Callable& callable, Operand input,
               const syntax::Arguments& arguments, std::size_t offset) {
  const auto& parameters = callable.parameters;
  Invocation invocation{.runtime = runtime,
                        .offset = offset,
                        .name = callable.name,
                        .input = std::move(input),
                        .arguments = {}};
  auto& places = invocation.arguments;
  places.resize(parameters.size());
  for (std::size_t i = 0; i < arguments.positional.size(); ++i) {
    if (i >= parameters.size() && !callable.open_ended) {
      return refuse(runtime, offset, callable,
                    "至多有 " + std::to_string(parameters.size()) + " 个参数");
    }
    if (i >= places.size()) places.emplace_back();
    places[i] = runtime.used(runtime.evaluate(*arguments.positional[i]));
  }
  for (const auto& named : arguments.named) {
    const auto known = std::ranges::find(parameters, std::string_view(named.name));
    const auto at = static_cast<std::size_t>(known - parameters.begin());
    if (known == parameters.end()) {
      return refuse(runtime, named.value->offset, callable, "没有参数 " + named.name);
    }
    if (places[at])
      return refuse(runtime, named.value->offset, callable, "重复给了参数 " + named.name);
    places[at] = runtime.used(runtime.evaluate(*named.value));
  }
  for (std::size_t i = 0; i < callable.required; ++i) {
    if (!places[i]) {
      return refuse(runtime, offset, callable, "缺少参数 " + std::string(parameters[i]));
    }
  }
  return call(callable, std::move(invocation));
}

Operand invoke(Runtime& runtime, const Callable& callable, Operand input,
               std::vector<Operand> arguments, std::size_t offset) {
  if (arguments.size() < callable.required ||
      (arguments.size() > callable.parameters.size() && !callable.open_ended)) {
    return refuse(runtime, offset, callable, "的参数个数不对");
  }
  Invocation invocation{.runtime = runtime,
                        .offset = offset,
                        .name = callable.name,
                        .input = std::move(input),
                        .arguments = {}};
  for (Operand& argument : arguments)
    invocation.arguments.emplace_back(std::move(argument));
  if (invocation.arguments.size() < callable.parameters.size()) {
    invocation.arguments.resize(callable.parameters.size());
  }
  return call(callable, std::move(invocation));
}

namespace {

const Callable* find_in(std::span<const Callable> callables, std::string_view name) {
  const auto found = std::ranges::find(callables, name, &Callable::name);
  return found == callables.end() ? nullptr : &*found;
}

void append_names(std::vector<std::string>& names, std::span<const Callable> callables) {
  for (const Callable& callable : callables)
    names.emplace_back(callable.name);
}

}  // namespace

const Callable* find_filter(std::string_view name) {
  for (const auto group : {text_filters(), number_filters(), list_filters(), picking_filters()}) {
    if (const Callable* found = find_in(group, name)) return found;
  }
  return nullptr;
}

const Callable* find_test(std::string_view name) {
  return find_in(tests(), name);
}

const Callable* find_function(std::string_view name) {
  return find_in(functions(), name);
}

const Callable* find_method(std::string_view name) {
  return find_in(methods(), name);
}

bool is_filter(std::string_view name) {
  return find_filter(name) != nullptr;
}
bool is_test(std::string_view name) {
  return find_test(name) != nullptr;
}
bool is_function(std::string_view name) {
  return find_function(name) != nullptr;
}
bool is_method(std::string_view name) {
  return find_method(name) != nullptr;
}

std::vector<std::string> filter_names() {
  std::vector<std::string> names;
  for (const auto group : {text_filters(), number_filters(), list_filters(), picking_filters()})
    append_names(names, group);
  return names;
}

std::vector<std::string> test_names() {
  std::vector<std::string> names;
  append_names(names, tests());
  return names;
}

std::vector<std::string> function_names() {
  std::vector<std::string> names;
  append_names(names, functions());
  return names;
}

}  // namespace huice::compose
