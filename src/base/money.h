// Money in whole fen.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/decimal.h"
#include "base/result.h"

namespace huice {

/// An amount of renminbi in 分. Arithmetic is exact; amounts beyond ±9.2e16 元 do not exist here.
class Money {
 public:
  constexpr Money() = default;
  static constexpr Money from_fen(std::int64_t fen) { return Money(fen); }
  constexpr std::int64_t fen() const { return fen_; }

  /// The amount in 元, exact.
  Decimal to_yuan() const { return Decimal::scaled(fen_, -2); }

  friend constexpr auto operator<=>(Money, Money) = default;
  friend constexpr Money operator+(Money a, Money b) { return Money(a.fen_ + b.fen_); }
  friend constexpr Money operator-(Money a, Money b) { return Money(a.fen_ - b.fen_); }

 private:
  explicit constexpr Money(std::int64_t fen) : fen_(fen) {}
  std::int64_t fen_ = 0;
};

/// Reads `300万元`, `1,234.5 元`, `-3亿元`; a bare number is 元.
/// Errors: InvalidInput `money.format` when it is not a number with one of these units, or has a
/// fraction below 1 分.
Result<Money> parse_money(std::string_view utf8);

/// `yuan` rounded once to whole 分. Errors: TooLarge `money.range`.
Result<Money> money_from_yuan(const Decimal& yuan, Rounding mode = Rounding::HalfUp);

/// `1,234,567.89元`: digits grouped by three, 分 always shown.
std::string to_text(Money amount);

/// `300万元`, `1234.5万元`, `12345.67元`: the shortest exact form a notice would use.
std::string to_short_text(Money amount);

}  // namespace huice
