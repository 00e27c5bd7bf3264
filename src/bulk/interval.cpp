// The amount of one row while numbers are missing. Mirrors policy::calculate, least and greatest
// on whole numbers; the differential test holds the two together.
#include <algorithm>
#include <array>

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
  const Int128 fen = fen_of(*end, program);
  const bool fits = fen <= INT64_MAX && fen >= -Int128{INT64_MAX};
  return fits ? std::optional(Money::from_fen(static_cast<std::int64_t>(fen))) : std::nullopt;
}

using LeafReader = std::function<LeafBits(std::uint32_t)>;

bool is_open(const LeafBits& bits) {
  return bits.sure != bits.possible;
}

/// The result of the program; nullopt when a choice is open and `forced` does not make it.
std::optional<Span> result_of(const AmountProgram& program, std::size_t row, const LeafReader& leaf,
                              std::optional<bool> forced) {
  std::array<Span, kMaxStack> stack;
  std::size_t top = 0;
  for (const AmountOp& op : program.ops) {
    switch (op.kind) {
      case Kind::Load:
        stack[top++] = loaded(op, row);
        continue;
      case Kind::Constant:
        stack[top++] = known(op.constant);
        continue;
      case Kind::Null:
        stack[top++] = {.open = true};
        continue;
      case Kind::Shift:
        if (stack[top - 1].low) *stack[top - 1].low *= op.constant;
        if (stack[top - 1].high) *stack[top - 1].high *= op.constant;
        continue;
      default:
        break;
    }
    const Span right = stack[--top];
    Span& left = stack[top - 1];
    if (op.kind == Kind::Select) {
      const LeafBits bits = leaf(op.leaf);
      if (is_open(bits) && !forced) return std::nullopt;
      left = (is_open(bits) ? *forced : bits.sure) ? left : right;
    } else {
      left = combined(op.kind, left, right);
    }
  }
  return stack[0];
}

/// Whether nothing is open but one choice, and that for facts that are missing. Every step is then
/// monotonic in what is chosen, and the amount lies between what either choice gives; with more
/// that is open the scalar engine looks at what hangs together.
bool one_choice_is_open(const AmountProgram& program, std::size_t row, const LeafReader& leaf) {
  int open = 0;
  for (const AmountOp& op : program.ops) {
    if (op.kind == Kind::Null) return false;
    if (op.kind == Kind::Load && op.column->numbers[row] == kUnknown) return false;
    if (op.kind != Kind::Select) continue;
    const LeafBits bits = leaf(op.leaf);
    if (bits.can_be_stuck) return false;
    open += is_open(bits) ? 1 : 0;
  }
  return open == 1;
}

policy::Amount amount_of(const Span& result, const AmountProgram& program) {
  policy::Amount amount;
  const bool says_nothing = result.open || (!result.high && (!result.low || *result.low == 0));
  if (says_nothing) return amount;
  amount.low = money(result.low, program);
  amount.high = money(result.high, program);
  return amount;
}

}  // namespace

std::optional<policy::Amount> interval_amount(const AmountProgram& program, std::size_t row,
                                              const LeafReader& leaf) {
  if (const auto result = result_of(program, row, leaf, {})) return amount_of(*result, program);
  if (!one_choice_is_open(program, row, leaf)) return std::nullopt;
  const Span yes = *result_of(program, row, leaf, true);
  const Span no = *result_of(program, row, leaf, false);
  return amount_of({false, std::min(*yes.low, *no.low), std::max(*yes.high, *no.high)}, program);
}

std::optional<std::int64_t> constant_fen(const AmountProgram& program) {
  const bool varies = std::ranges::any_of(program.ops, [](const AmountOp& op) {
    return op.kind == Kind::Load || op.kind == Kind::Select || op.kind == Kind::Null;
  });
  if (varies) return std::nullopt;
  const auto amount = interval_amount(program, 0, {});
  return amount && amount->is_exact() ? std::optional(amount->low->fen()) : std::nullopt;
}

std::optional<policy::Amount> untold_amount(const AmountProgram& program) {
  const bool choices = std::ranges::any_of(program.ops, [](const AmountOp& op) {
    return op.kind == Kind::Select || op.kind == Kind::Null;
  });
  const auto load = std::ranges::find(program.ops, Kind::Load, &AmountOp::kind);
  if (choices || load == program.ops.end()) return std::nullopt;
  const auto others = std::ranges::count_if(program.ops, [&](const AmountOp& op) {
    return op.kind == Kind::Load && op.column != load->column;
  });
  if (others > 0) return std::nullopt;
  const auto row = load->column->unknown_row;
  return row ? interval_amount(program, *row, {}) : std::nullopt;
}

}  // namespace huice::bulk
