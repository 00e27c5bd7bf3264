// Exact decimal numbers, as FEEL and money need them.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace huice {

/// How a digit beyond the last kept one is dropped. Named as DMN 1.5 and IEEE 754-2008 name them.
enum class Rounding { HalfEven, HalfUp, HalfDown, Up, Down, Ceiling, Floor };

/// A decimal of up to 34 significant digits: IEEE 754-2008 decimal128 arithmetic without
/// infinities, NaN or signed zero. Equality is by value: 1.0 == 1.
///
/// Results that need more than 34 digits are rounded half-even. An operation with no result
/// (division by zero, overflow of the exponent range ±6176) gives std::nullopt.
class Decimal {
 public:
  constexpr Decimal() = default;
  constexpr Decimal(std::int64_t value)  // NOLINT(google-explicit-constructor): exact
      : negative_(value < 0),
        low_(value < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(value)
                       : static_cast<std::uint64_t>(value)) {}
  constexpr Decimal(int value) : Decimal(static_cast<std::int64_t>(value)) {}  // NOLINT: exact

  /// `value` × 10^exponent.
  static Decimal scaled(std::int64_t value, int exponent);

  /// Reads `-12.50`, `.5`, `1e3`, `1.2E-10`; nothing else, no blanks.
  static std::optional<Decimal> parse(std::string_view ascii);

  /// The decimal nearest to `value` with up to 17 significant digits; nullopt if not finite.
  static std::optional<Decimal> from_double(double value);

  bool is_zero() const { return high_ == 0 && low_ == 0; }
  bool is_negative() const { return negative_ && !is_zero(); }
  bool is_integer() const;

  /// Plain notation, trailing zeros of the value kept as computed: `12.50`.
  std::string to_string() const;
  /// Plain notation with no trailing zeros after the point: `12.5`; never an exponent.
  std::string to_plain() const;
  double to_double() const;
  /// The value, if it is an integer that fits.
  std::optional<std::int64_t> to_int64() const;

  Decimal operator-() const;
  Decimal abs() const;

  /// `places` digits after the point (may be negative), rounded by `mode`.
  Decimal rounded(int places, Rounding mode = Rounding::HalfEven) const;
  /// The number without trailing zeros.
  Decimal normalized() const;
  /// Digits after the point: 2 for 12.50, 0 for 1200.
  int scale() const { return exponent_ < 0 ? -exponent_ : 0; }

  friend std::optional<Decimal> add(const Decimal& a, const Decimal& b);
  friend std::optional<Decimal> multiply(const Decimal& a, const Decimal& b);
  friend std::optional<Decimal> divide(const Decimal& a, const Decimal& b);

  friend bool operator==(const Decimal& a, const Decimal& b) { return compare(a, b) == 0; }
  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
    return compare(a, b) <=> 0;
  }

 private:
  static int compare(const Decimal& a, const Decimal& b);
  friend struct DecimalParts;

  bool negative_ = false;
  std::int16_t exponent_ = 0;
  std::uint64_t high_ = 0;  // coefficient = high * 2^64 + low, below 10^34
  std::uint64_t low_ = 0;
};

std::optional<Decimal> add(const Decimal& a, const Decimal& b);
std::optional<Decimal> subtract(const Decimal& a, const Decimal& b);
std::optional<Decimal> multiply(const Decimal& a, const Decimal& b);
/// nullopt when `b` is zero.
std::optional<Decimal> divide(const Decimal& a, const Decimal& b);
/// The largest integer not above a / b; nullopt when `b` is zero or the quotient exceeds 34 digits.
std::optional<Decimal> floor_divide(const Decimal& a, const Decimal& b);
/// a to the integer power n, |n| <= 999999999; nullopt on overflow or 0 to a negative power.
std::optional<Decimal> power(const Decimal& a, std::int64_t n);

}  // namespace huice
