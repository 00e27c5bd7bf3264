// One call of a filter, test, function or method, with its arguments in their places.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compose/operand.h"
#include "compose/runtime.h"

namespace huice::compose {

struct Invocation {
  Runtime& runtime;
  std::size_t offset = 0;
  std::string_view name;
  Operand input;                                  ///< what stands before the `|`, `is` or `.`
  std::vector<std::optional<Operand>> arguments;  ///< one for each parameter; further ones follow

  Operand fail(std::string message, std::string hint = {}) const;
  /// `过滤器 join 不能用于数字…`, with the place of the input.
  Operand wrong_input(std::string_view wanted) const;
  bool given(std::size_t index) const {
    return index < arguments.size() && arguments[index].has_value();
  }
  /// The value of an argument that was given; nullptr if it was not.
  const model::Value* argument(std::size_t index) const;
  /// Each takes `fallback` for an argument not given; nullopt after reporting a wrong kind.
  std::optional<std::string> text_argument(std::size_t index, std::string_view fallback) const;
  std::optional<int> integer_argument(std::size_t index, int fallback) const;
  bool truth_argument(std::size_t index, bool fallback) const;

  const model::Value* value() const { return input.value(); }
};

using Action = Operand (*)(const Invocation&);

struct Callable {
  std::string_view name;
  Action action = nullptr;
  std::vector<std::string_view> parameters;
  std::size_t required = 0;    ///< of the parameters
  bool takes_missing = false;  ///< asks about names that may not be there
  bool open_ended = false;     ///< takes any number of further arguments
};

std::span<const Callable> text_filters();
std::span<const Callable> number_filters();
std::span<const Callable> list_filters();
std::span<const Callable> picking_filters();
std::span<const Callable> tests();
std::span<const Callable> functions();
std::span<const Callable> methods();

const Callable* find_filter(std::string_view name);
const Callable* find_test(std::string_view name);
const Callable* find_function(std::string_view name);
const Callable* find_method(std::string_view name);

/// Puts arguments in their places and calls; Poison if one of them is.
/// Errors: reports `template.arguments`.
Operand invoke(Runtime& runtime, const Callable& callable, Operand input,
               const syntax::Arguments& arguments, std::size_t offset);
/// The same with arguments already evaluated.
Operand invoke(Runtime& runtime, const Callable& callable, Operand input,
               std::vector<Operand> arguments, std::size_t offset);

}  // namespace huice::compose
