// Expression and facts to a value. Evaluation never fails: what has no value is null, and why is
// told in the warnings.
//
// Null logic, which policies rest on (DMN 1.5, 10.3.2): a missing name is null; a comparison with
// null is null, except `x = null`; `false and null` is false, `true and null` is null; `true or
// null` is true, `false or null` is null; arithmetic with null is null; division by zero is null.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "feel/expression.h"
#include "feel/value.h"

namespace huice::feel {

/// The types a model defines; `instance of` and typed parameters ask it.
class TypeCatalogue {
 public:
  TypeCatalogue() = default;
  TypeCatalogue(const TypeCatalogue&) = delete;
  TypeCatalogue& operator=(const TypeCatalogue&) = delete;
  virtual ~TypeCatalogue() = default;
  /// Whether `value` is of the named type; nullopt for an unknown name.
  virtual std::optional<bool> conforms(const Value& value, std::string_view type) const = 0;
};

/// What evaluation may know besides the facts.
struct Environment {
  huice::Date today;
  /// now(); midnight of `today` in UTC when absent.
  std::optional<Moment> now = std::nullopt;
  /// Rules of named time zones; without them such times are null.
  const Zones* zones = nullptr;
  /// Types beyond the built-in ones; may be nullptr.
  const TypeCatalogue* types = nullptr;
  /// Node visits allowed in one evaluation; beyond it the value is null (`feel.limit`).
  std::uint64_t max_steps = 2'000'000;
};

/// While it lives, all that its thread evaluates takes its steps from one allowance; when that is
/// spent, values are null (`feel.limit`). For texts of many expressions from people who need not be
/// trusted: max_steps alone bounds each of them, not their sum. Allowances do not nest.
class StepAllowance {
 public:
  explicit StepAllowance(std::uint64_t steps);
  StepAllowance(const StepAllowance&) = delete;
  StepAllowance& operator=(const StepAllowance&) = delete;
  ~StepAllowance();
  bool is_spent() const { return left_ == 0; }

 private:
  std::uint64_t left_;
};

/// Calls nested deeper than this give null (`feel.limit`).
inline constexpr int kMaxCallDepth = 250;
/// Longest list or text an evaluation may build.
inline constexpr std::size_t kMaxListSize = 1'000'000;
inline constexpr std::size_t kMaxTextBytes = 16u << 20;

/// Why a part of the expression is null.
struct Warning {
  std::string id;       ///< `feel.missing`, `feel.division-by-zero`, `feel.type`, `feel.limit`, …
  std::string message;  ///< Chinese, one sentence
  std::size_t begin = 0;  ///< byte range of the expression's text
  std::size_t end = 0;
};
using Warnings = std::vector<Warning>;

/// The value of `expression` with `facts` bound. `warnings` may be nullptr.
Value evaluate(const Expression& expression, const Context& facts, const Environment& environment,
               Warnings* warnings = nullptr);

/// The value of one node of an expression, for explainers. Names bound inside the expression (by
/// for, filters, functions) are bound only if `facts` holds them.
Value evaluate_node(const Node& node, const Context& facts, const Environment& environment,
                    Warnings* warnings = nullptr);

/// Whether `subject` satisfies unary tests: true, false, or null when it cannot be told.
Value evaluate_tests(const Expression& tests, const Value& subject, const Context& facts,
                     const Environment& environment, Warnings* warnings = nullptr);

/// Calls a function value. Null when `function` is none or does not take so many arguments.
Value call(const Value& function, const std::vector<Value>& arguments,
           const Environment& environment, Warnings* warnings = nullptr);

}  // namespace huice::feel
