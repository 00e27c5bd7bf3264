// Functions that make one value of a list, or of as many arguments.
#include <algorithm>
#include <array>

#include "feel/arguments.h"
#include "feel/numeric.h"

namespace huice::feel {
namespace {

/// All items as numbers; nullopt when one is none.
std::optional<std::vector<Decimal>> numbers_of(Arguments arguments) {
  const auto items = items_of(arguments);
  if (!items) return std::nullopt;
  std::vector<Decimal> numbers;
  for (const Value& item : *items) {
    if (item.number() == nullptr) return std::nullopt;
    numbers.push_back(*item.number());
  }
  return numbers;
}

Value extreme(Evaluator& evaluator, Arguments arguments, int wanted) {
  const auto items = items_of(arguments);
  if (!items) return wrong_argument(evaluator, "min/max");
  if (items->empty()) return {};
  const Value* best = &items->front();
  for (const Value& item : *items) {
    const auto ordered = order(item, *best);
    if (!ordered) return wrong_argument(evaluator, "min/max");
    if (*ordered == wanted) best = &item;
  }
  return *best;
}

Value min(Evaluator& evaluator, Arguments arguments) {
  return extreme(evaluator, arguments, -1);
}

Value max(Evaluator& evaluator, Arguments arguments) {
  return extreme(evaluator, arguments, 1);
}

/// Sums numbers, or durations of one kind.
Value sum(Evaluator& evaluator, Arguments arguments) {
  const auto items = items_of(arguments);
  if (!items) return wrong_argument(evaluator, "sum");
  if (items->empty()) return {};
  const Kind kind = items->front().kind();
  if (kind != Kind::Number && kind != Kind::MonthsDuration && kind != Kind::DaysDuration) {
    return wrong_argument(evaluator, "sum");
  }
  Value total = items->front();
  for (std::size_t i = 1; i < items->size(); ++i) {
    if ((*items)[i].kind() != kind) return wrong_argument(evaluator, "sum");
    total = calculate(evaluator, Operator::Add, total, (*items)[i]);
  }
  return total;
}

Value mean(Evaluator& evaluator, Arguments arguments) {
  const auto items = items_of(arguments);
  if (!items || items->empty()) return wrong_argument(evaluator, "mean");
  const Value total = sum(evaluator, arguments);
  return calculate(evaluator, Operator::Divide, total, static_cast<std::int64_t>(items->size()));
}

Value product(Evaluator& evaluator, Arguments arguments) {
  const auto numbers = numbers_of(arguments);
  if (!numbers) return wrong_argument(evaluator, "product");
  if (numbers->empty()) return {};
  std::optional<Decimal> result = Decimal(1);
  for (const Decimal& number : *numbers)
    result = result ? multiply(*result, number) : std::nullopt;
  return Value::of(result);
}

Value median(Evaluator& evaluator, Arguments arguments) {
  auto numbers = numbers_of(arguments);
  if (!numbers) return wrong_argument(evaluator, "median");
  if (numbers->empty()) return {};
  std::ranges::sort(*numbers);
  const std::size_t half = numbers->size() / 2;
  if (numbers->size() % 2 == 1) return (*numbers)[half];
  const auto both = add((*numbers)[half - 1], (*numbers)[half]);
  return both ? Value::of(divide(*both, 2)) : Value();
}

/// The standard deviation of a sample.
Value deviation(Evaluator& evaluator, Arguments arguments) {
  const auto numbers = numbers_of(arguments);
  if (!numbers || numbers->size() < 2) return wrong_argument(evaluator, "stddev");
  const auto count = static_cast<std::int64_t>(numbers->size());
  std::optional<Decimal> total = Decimal(0);
  for (const Decimal& number : *numbers)
    total = total ? add(*total, number) : std::nullopt;
  const auto average = total ? divide(*total, count) : std::nullopt;
  std::optional<Decimal> squares = average ? std::optional(Decimal(0)) : std::nullopt;
  for (const Decimal& number : *numbers) {
    if (!squares) return {};
    const auto distance = subtract(number, *average);
    const auto square = distance ? multiply(*distance, *distance) : std::nullopt;
    squares = square ? add(*squares, *square) : std::nullopt;
  }
  const auto variance = squares ? divide(*squares, count - 1) : std::nullopt;
  return variance ? Value::of(square_root(*variance)) : Value();
}

/// The most frequent numbers, smallest first.
Value mode(Evaluator& evaluator, Arguments arguments) {
  auto numbers = numbers_of(arguments);
  if (!numbers) return wrong_argument(evaluator, "mode");
  std::ranges::sort(*numbers);
  Value::List modes;
  std::size_t most = 0;
  for (std::size_t i = 0; i < numbers->size();) {
    std::size_t end = i;
    while (end < numbers->size() && (*numbers)[end] == (*numbers)[i])
      ++end;
    if (end - i > most) modes.clear();
    if (end - i >= most) modes.emplace_back((*numbers)[i]);
    most = std::max(most, end - i);
    i = end;
  }
  return modes;
}

/// `decisive` as soon as one item is; its opposite when all are that; else null.
Value quantified(Evaluator& evaluator, Arguments arguments, bool decisive) {
  const auto items = items_of(arguments);
  if (!items) return wrong_argument(evaluator, "all/any");
  bool unknown = false;
  for (const Value& item : *items) {
    if (item.truth() == nullptr) {
      unknown = true;
    } else if (*item.truth() == decisive) {
      return decisive;
    }
  }
  return unknown ? Value() : Value(!decisive);
}

Value all(Evaluator& evaluator, Arguments arguments) {
  return quantified(evaluator, arguments, false);
}

Value any(Evaluator& evaluator, Arguments arguments) {
  return quantified(evaluator, arguments, true);
}

constexpr std::array<Builtin, 10> kBuiltins = {{
    {"min", "list|c...", min},
    {"max", "list|c...", max},
    {"sum", "list|n...", sum},
    {"mean", "list|n...", mean},
    {"product", "list|n...", product},
    {"median", "list|n...", median},
    {"stddev", "list|n...", deviation},
    {"mode", "list|n...", mode},
    {"all", "list|b...", all},
    {"any", "list|b...", any},
}};

}  // namespace

std::span<const Builtin> aggregate_builtins() {
  return kBuiltins;
}

}  // namespace huice::feel
