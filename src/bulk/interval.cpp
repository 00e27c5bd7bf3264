// The amount of one row while numbers are missing. Mirrors policy::calculate, least and greatest
// on whole numbers; the differential test holds the two together.
#include <algorithm>

#include "bulk/amounts.h"

namespace huice::bulk {
namespace {

using Kind = AmountOp::Kind;
using End = std::optional<Int128>;

/// What is known of a number: nothing at all, or two ends of which any may be absent.
struct Span {
  bool open = false;
  End low;
  End high;
};

Span known(Int128 number) {
  return {false, number, number};
}

Span product(const Span& a, const Span& b) {
  if (a.low && a.high && b.low && b.high) {
    const auto [low, high] =
        std::minmax({*a.low * *b.low, *a.low * *b.high, *a.high * *b.low, *a.high * *b.high});
    return {false, low, high};
  }
  if (!a.low || *a.low < 0 || !b.low || *b.low < 0) return {};
  return {false, *a.low * *b.low, a.high && b.high ? End(*a.high * *b.high) : std::nullopt};
}

Span extreme(const Span& a, const Span& b, bool least) {
  const auto pick = [&](Int128 x, Int128 y) { return least ? std::min(x, y) : std::max(x, y); };
  const auto both = [&](const End& x, const End& y) -> End {
    return x && y ? End(pick(*x, *y)) : std::nullopt;
  };
  const auto any = [&](const End& x, const End& y) -> End {
    return x && y ? End(pick(*x, *y)) : x ? x : y;
  };
  if (least) return {false, both(a.low, b.low), any(a.high, b.high)};
  return {false, any(a.low, b.low), both(a.high, b.high)};
}

Span combined(Kind kind, const Span& a, const Span& b) {
  if (a.open || b.open) return {.open = true};
  switch (kind) {
    case Kind::Add:
      return {false, a.low && b.low ? End(*a.low + *b.low) : std::nullopt,
              a.high && b.high ? End(*a.high + *b.high) : std::nullopt};
    case Kind::Subtract:
      return {false, a.low && b.high ? End(*a.low - *b.high) : std::nullopt,
              a.high && b.low ? End(*a.high - *b.low) : std::nullopt};
    case Kind::Multiply:
      return product(a, b);
    default:
      return extreme(a, b, kind == Kind::Min);
  }
}

Span loaded(const AmountOp& op, std::size_t row) {
  const std::int64_t number = op.column->numbers[row];
  if (number != kUnknown) return known(number);
  if (op.column->fact.non_negative) return {false, Int128{0}, std::nullopt};
  return {.open = true};
}

std::optional<Money> money(const End& end, const AmountProgram& program) {
  if (!end) return std::nullopt;
  const auto result = money_from_yuan(decimal_of(*end, program.scale), program.rounding);
  return result ? std::optional(result.value()) : std::nullopt;
}

}  // namespace

std::optional<policy::Amount> interval_amount(const AmountProgram& program, std::size_t row,
                                              const std::function<LeafBits(std::uint32_t)>& leaf) {
  std::vector<Span> stack;
  for (const AmountOp& op : program.ops) {
    switch (op.kind) {
      case Kind::Load:
        stack.push_back(loaded(op, row));
        continue;
      case Kind::Constant:
        stack.push_back(known(op.constant));
        continue;
      case Kind::Null:
        stack.push_back({.open = true});
        continue;
      case Kind::Shift:
        if (stack.back().low) *stack.back().low *= op.constant;
        if (stack.back().high) *stack.back().high *= op.constant;
        continue;
      default:
        break;
    }
    const Span right = stack.back();
    stack.pop_back();
    Span& left = stack.back();
    if (op.kind == Kind::Select) {
      const auto [sure, possible] = leaf(op.leaf);
      if (sure != possible) return std::nullopt;
      left = sure ? left : right;
    } else {
      left = combined(op.kind, left, right);
    }
  }
  const Span& result = stack.back();
  policy::Amount amount;
  const bool says_nothing = result.open || (!result.high && (!result.low || *result.low == 0));
  if (says_nothing) return amount;
  amount.low = money(result.low, program);
  amount.high = money(result.high, program);
  return amount;
}

}  // namespace huice::bulk
