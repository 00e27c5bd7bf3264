// The built-in functions of FEEL. Source: OMG DMN 1.5, 10.3.4.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "feel/names.h"
#include "feel/value.h"

namespace huice::feel {

class Evaluator;
using Arguments = std::span<const Value>;

/// One built-in function. `signature` lists the forms of its parameters: `|` between forms, `,`
/// between names, `?` after one that may be left out, `...` after one that may repeat; `:string`
/// tells forms apart when arguments are named.
struct Builtin {
  std::string_view name;
  std::string_view signature;
  Value (*run)(Evaluator& evaluator, Arguments arguments);
};

/// nullptr when there is no such function.
const Builtin* find_builtin(std::string_view name);
const Names& builtin_names();

/// The function as a value, one for each.
Value builtin_value(const Builtin& builtin);

/// Whether the function takes so many arguments.
bool takes(const Builtin& builtin, std::size_t count);

/// Named arguments in the order of the form that has all of them, with null for what was left
/// out; nullopt when there is no such form.
std::optional<std::vector<Value>> arranged(std::string_view signature,
                                           const std::vector<std::string>& names,
                                           Arguments arguments);

/// The families, one file each.
std::span<const Builtin> text_builtins();
std::span<const Builtin> number_builtins();
std::span<const Builtin> list_builtins();
std::span<const Builtin> context_builtins();
std::span<const Builtin> temporal_builtins();
std::span<const Builtin> range_builtins();
std::span<const Builtin> aggregate_builtins();

}  // namespace huice::feel
