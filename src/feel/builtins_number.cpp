// Numbers and truth values.
#include <array>

#include "feel/arguments.h"
#include "feel/numeric.h"

namespace huice::feel {
namespace {

constexpr std::int64_t kMinScale = -6111;
constexpr std::int64_t kMaxScale = 6176;

/// n rounded to a scale; the scale must be given as a number when `scale` says it is there.
Value rounded(Evaluator& evaluator, Arguments arguments, Rounding mode) {
  const Decimal* n = number_at(arguments, 0);
  const bool scaled = arguments.size() > 1;
  const auto scale = whole_at(arguments, 1);
  if (n == nullptr || (scaled && !scale)) return wrong_argument(evaluator, "round");
  const std::int64_t places = scale.value_or(0);
  if (places < kMinScale || places > kMaxScale) {
    return evaluator.null("feel.range", "保留位数超出范围");
  }
  return n->rounded(static_cast<int>(places), mode);
}

template <Rounding Mode>
Value round(Evaluator& evaluator, Arguments arguments) {
  return rounded(evaluator, arguments, Mode);
}

Value absolute(Evaluator& evaluator, Arguments arguments) {
  const Value& n = single(arguments[0]);
  if (n.number() != nullptr) return n.number()->abs();
  if (n.months() != nullptr) {
    return MonthsDuration{n.months()->months < 0 ? -n.months()->months : n.months()->months};
  }
  if (n.seconds() != nullptr) return SecondsDuration{n.seconds()->seconds.abs()};
  return wrong_argument(evaluator, "abs");
}

Value remainder(Evaluator& evaluator, Arguments arguments) {
  const Decimal* a = number_at(arguments, 0);
  const Decimal* b = number_at(arguments, 1);
  if (a == nullptr || b == nullptr) return wrong_argument(evaluator, "modulo");
  if (b->is_zero()) return evaluator.null("feel.division-by-zero", "除数为零");
  return Value::of(modulo(*a, *b));
}

using Unary = std::optional<Decimal> (*)(const Decimal&);

template <Unary Run>
Value unary(Evaluator& evaluator, Arguments arguments) {
  const Decimal* n = number_at(arguments, 0);
  if (n == nullptr) return wrong_argument(evaluator, "数学函数");
  return evaluator.spend(kStepsOfSeries) ? Value::of(Run(*n)) : Value();
}

/// The remainder by two of a whole number; nullopt for other values.
std::optional<Decimal> parity(Arguments arguments) {
  const Decimal* n = number_at(arguments, 0);
  if (n == nullptr || !n->is_integer()) return std::nullopt;
  return modulo(*n, 2);
}

Value odd(Evaluator& evaluator, Arguments arguments) {
  const Decimal* n = number_at(arguments, 0);
  if (n == nullptr) return wrong_argument(evaluator, "odd");
  const auto rest = parity(arguments);
  return rest && !rest->is_zero();
}

Value even(Evaluator& evaluator, Arguments arguments) {
  const Decimal* n = number_at(arguments, 0);
  if (n == nullptr) return wrong_argument(evaluator, "even");
  const auto rest = parity(arguments);
  return rest && rest->is_zero();
}

/// A separator: absent, or one of `allowed`; nullopt for anything else.
std::optional<std::string> separator(Arguments arguments, std::size_t i, std::string_view allowed) {
  if (!has(arguments, i)) return std::string();
  const auto* text = text_at(arguments, i);
  const bool fits = text != nullptr && text->size() == 1 && allowed.find(*text) != allowed.npos;
  return fits ? std::optional(*text) : std::nullopt;
}

Value number(Evaluator& evaluator, Arguments arguments) {
  const auto* text = text_at(arguments, 0);
  if (text == nullptr && arguments.size() == 1 && number_at(arguments, 0) != nullptr) {
    return *number_at(arguments, 0);
  }
  const auto grouping = separator(arguments, 1, " ,.");
  const auto point = separator(arguments, 2, ",.");
  if (text == nullptr || !grouping || !point || (!grouping->empty() && grouping == point)) {
    return wrong_argument(evaluator, "number");
  }
  std::string digits;
  for (const char c : *text) {
    if (!grouping->empty() && c == grouping->front()) continue;
    if (c == '.' && !point->empty() && point->front() != '.') return {};
    digits += !point->empty() && c == point->front() ? '.' : c;
  }
  return Value::of(Decimal::parse(digits));
}

Value negation(Evaluator& evaluator, Arguments arguments) {
  const bool* truth = single(arguments[0]).truth();
  if (truth != nullptr) return !*truth;
  return arguments[0].is_null() ? Value() : wrong_argument(evaluator, "not");
}

constexpr std::array<Builtin, 16> kBuiltins = {{
    {"decimal", "n,scale", round<Rounding::HalfEven>},
    {"floor", "n,scale?", round<Rounding::Floor>},
    {"ceiling", "n,scale?", round<Rounding::Ceiling>},
    {"round up", "n,scale", round<Rounding::Up>},
    {"round down", "n,scale", round<Rounding::Down>},
    {"round half up", "n,scale", round<Rounding::HalfUp>},
    {"round half down", "n,scale", round<Rounding::HalfDown>},
    {"abs", "n", absolute},
    {"modulo", "dividend,divisor", remainder},
    {"sqrt", "number", unary<square_root>},
    {"log", "number", unary<logarithm>},
    {"exp", "number", unary<exponential>},
    {"odd", "number", odd},
    {"even", "number", even},
    {"number", "from,grouping separator?,decimal separator?", number},
    {"not", "negand", negation},
}};

}  // namespace

std::span<const Builtin> number_builtins() {
  return kBuiltins;
}

}  // namespace huice::feel
