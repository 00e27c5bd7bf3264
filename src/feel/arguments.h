// How built-in functions read their arguments. Internal to the module.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "feel/builtins.h"
#include "feel/evaluator.h"
#include "feel/value.h"

namespace huice::feel {

/// The element of a list of one, else the value itself: where one value is wanted, a list of one
/// is as good (DMN 1.5, 10.3.2.9.4).
const Value& single(const Value& value);

inline const Decimal* number_at(Arguments arguments, std::size_t i) {
  return i < arguments.size() ? single(arguments[i]).number() : nullptr;
}
inline const std::string* text_at(Arguments arguments, std::size_t i) {
  return i < arguments.size() ? single(arguments[i]).text() : nullptr;
}
/// The whole part of a number argument.
std::optional<std::int64_t> whole_at(Arguments arguments, std::size_t i);
/// Whether the argument was given and is not null.
inline bool has(Arguments arguments, std::size_t i) {
  return i < arguments.size() && !arguments[i].is_null();
}
/// The items of a list argument; a value that is no list counts as a list of one; nullopt for
/// null.
std::optional<Value::List> list_at(Arguments arguments, std::size_t i);
/// What aggregates work on: the items of a sole list, or the arguments themselves.
std::optional<Value::List> items_of(Arguments arguments);

/// Null with the warning that an argument is of the wrong kind.
Value wrong_argument(Evaluator& evaluator, std::string_view function);

inline Value maybe(std::optional<bool> truth) {
  return truth ? Value(*truth) : Value();
}

}  // namespace huice::feel
