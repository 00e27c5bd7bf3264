#include "base/decimal.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace huice {
namespace {

__extension__ typedef unsigned __int128 Wide;

constexpr int kDigits = 34;
constexpr int kMaxExponent = 6111;   // decimal128: 6144 - 33
constexpr int kMinExponent = -6176;  // the smallest subnormal

constexpr auto kPowers = [] {
  std::array<Wide, 39> powers{};
  powers[0] = 1;
  for (std::size_t i = 1; i < powers.size(); ++i)
    powers[i] = powers[i - 1] * 10;
  return powers;
}();

constexpr Wide power_of_ten(int n) {
  return kPowers[static_cast<std::size_t>(n)];
}

/// An unsigned integer of 256 bits; enough for the product of two coefficients.
struct Huge {
  Wide high = 0;
  Wide low = 0;

  bool is_zero() const { return high == 0 && low == 0; }
};

Huge multiply_wide(Wide a, Wide b) {
  const Wide mask = ~std::uint64_t{0};
  const Wide a0 = a & mask;
  const Wide a1 = a >> 64;
  const Wide b0 = b & mask;
  const Wide b1 = b >> 64;
  const Wide p00 = a0 * b0;
  const Wide middle = (p00 >> 64) + ((a1 * b0) & mask) + ((a0 * b1) & mask);
  return {a1 * b1 + ((a1 * b0) >> 64) + ((a0 * b1) >> 64) + (middle >> 64),
          (middle << 64) | (p00 & mask)};
}

/// Divides in place by ten; returns the remainder.
unsigned divide_by_ten(Huge& value) {
  std::array<std::uint64_t, 4> limbs = {
      static_cast<std::uint64_t>(value.high >> 64), static_cast<std::uint64_t>(value.high),
      static_cast<std::uint64_t>(value.low >> 64), static_cast<std::uint64_t>(value.low)};
  Wide remainder = 0;
  for (auto& limb : limbs) {
    const Wide current = (remainder << 64) | limb;
    limb = static_cast<std::uint64_t>(current / 10);
    remainder = current % 10;
  }
  value.high = (static_cast<Wide>(limbs[0]) << 64) | limbs[1];
  value.low = (static_cast<Wide>(limbs[2]) << 64) | limbs[3];
  return static_cast<unsigned>(remainder);
}

int digit_count(Wide value) {
  return static_cast<int>(std::ranges::upper_bound(kPowers, value) - kPowers.begin());
}

/// Whether dropping `dropped` (a digit) and `sticky` (anything below it) rounds away from zero.
bool rounds_away(Rounding mode, bool negative, bool odd, unsigned dropped, bool sticky) {
  const bool any = dropped != 0 || sticky;
  const bool above_half = dropped > 5 || (dropped == 5 && sticky);
  const bool half = dropped == 5 && !sticky;
  switch (mode) {
    case Rounding::HalfEven:
      return above_half || (half && odd);
    case Rounding::HalfUp:
      return above_half || half;
    case Rounding::HalfDown:
      return above_half;
    case Rounding::Up:
      return any;
    case Rounding::Down:
      return false;
    case Rounding::Ceiling:
      return any && !negative;
    case Rounding::Floor:
      return any && negative;
  }
  return false;
}

/// Powers of ten that a double holds exactly, as far as amounts need them.
constexpr int kExactPowers = 9;
constexpr double kPowersOfTen[kExactPowers + 1] = {1e0, 1e1, 1e2, 1e3, 1e4,
                                                   1e5, 1e6, 1e7, 1e8, 1e9};

}  // namespace

/// Sign, coefficient and exponent taken apart; the one way into and out of Decimal's fields.
struct DecimalParts {
  bool negative = false;
  Wide coefficient = 0;
  int exponent = 0;

  static DecimalParts of(const Decimal& value) {
    return {value.negative_, (static_cast<Wide>(value.high_) << 64) | value.low_, value.exponent_};
  }

  /// Requires a coefficient below 10^34 and an exponent in range.
  Decimal joined() const {
    Decimal value;
    value.negative_ = negative && coefficient != 0;
    value.exponent_ = static_cast<std::int16_t>(exponent);
    value.high_ = static_cast<std::uint64_t>(coefficient >> 64);
    value.low_ = static_cast<std::uint64_t>(coefficient);
    return value;
  }

  /// Drops `digits` decimal digits, rounding the rest.
  void drop(int digits, Rounding mode, bool sticky = false) {
    if (digits <= 0) return;
    exponent += digits;
    if (digits > 38) {
      sticky = sticky || coefficient != 0;
      coefficient = rounds_away(mode, negative, false, 0, sticky) ? 1 : 0;
      return;
    }
    const Wide unit = power_of_ten(digits - 1);
    const Wide kept = coefficient / unit;
    sticky = sticky || coefficient % unit != 0;
    coefficient = kept / 10;
    const bool odd = (coefficient & 1) != 0;
    const auto dropped = static_cast<unsigned>(kept % 10);
    if (rounds_away(mode, negative, odd, dropped, sticky)) coefficient += 1;
  }
};

namespace {

/// `value` × 10^exponent rounded half-even to 34 digits and to the exponent range.
std::optional<Decimal> finished(bool negative, Huge value, int exponent, bool sticky = false) {
  unsigned dropped = 0;
  while (value.high != 0 || value.low >= power_of_ten(kDigits)) {
    sticky = sticky || dropped != 0;
    dropped = divide_by_ten(value);
    ++exponent;
  }
  DecimalParts parts{negative, value.low, exponent};
  if (rounds_away(Rounding::HalfEven, negative, (value.low & 1) != 0, dropped, sticky)) {
    parts.coefficient += 1;
    if (parts.coefficient == power_of_ten(kDigits)) {
      parts.coefficient /= 10;
      ++parts.exponent;
    }
  }
  if (parts.coefficient == 0) {
    parts.exponent = std::clamp(parts.exponent, kMinExponent, kMaxExponent);
  }
  while (parts.exponent > kMaxExponent && parts.coefficient < power_of_ten(kDigits - 1)) {
    parts.coefficient *= 10;
    --parts.exponent;
  }
  if (parts.exponent < kMinExponent) {
    parts.drop(kMinExponent - parts.exponent, Rounding::HalfEven, dropped != 0 || sticky);
  }
  if (parts.exponent > kMaxExponent) return std::nullopt;
  return parts.joined();
}

/// Both coefficients at the smaller exponent, when they fit; otherwise the far smaller operand
/// has been reduced to a sticky digit, which is all that rounding to 34 digits can see.
struct Aligned {
  Wide a = 0;
  Wide b = 0;
  int exponent = 0;
};

Aligned align(DecimalParts a, DecimalParts b) {
  if (a.coefficient == 0) return {0, b.coefficient, b.exponent};
  if (b.coefficient == 0) return {a.coefficient, 0, a.exponent};
  const bool swapped = a.exponent < b.exponent;
  if (swapped) std::swap(a, b);
  const int room = 36 - digit_count(a.coefficient);
  const int raise = std::min(room, a.exponent - b.exponent);
  a.coefficient *= power_of_ten(raise);
  a.exponent -= raise;
  if (const int gap = a.exponent - b.exponent; gap > 0) {
    const bool exact = gap <= 38 && b.coefficient % power_of_ten(gap) == 0;
    b.coefficient = gap <= 38 ? b.coefficient / power_of_ten(gap) : 0;
    a.coefficient *= 10;  // one more digit, which says only whether b has a rest below it
    a.exponent -= 1;
    b.coefficient = b.coefficient * 10 + (exact ? 0 : 1);
  }
  const int larger_exponent = a.exponent;
  if (swapped) std::swap(a, b);
  return {a.coefficient, b.coefficient, larger_exponent};
}

}  // namespace

Decimal Decimal::scaled(std::int64_t value, int exponent) {
  DecimalParts parts = DecimalParts::of(Decimal(value));
  parts.exponent = std::clamp(exponent, kMinExponent, kMaxExponent);
  return parts.joined();
}

std::optional<Decimal> Decimal::parse(std::string_view ascii) {
  const bool negative = ascii.starts_with('-');
  if (negative || ascii.starts_with('+')) ascii.remove_prefix(1);
  Huge value;
  int exponent = 0;
  int digits = 0;
  bool seen_point = false;
  bool sticky = false;
  std::size_t at = 0;
  for (; at < ascii.size(); ++at) {
    const char c = ascii[at];
    if (c == '.' && !seen_point) {
      seen_point = true;
      continue;
    }
    if (c < '0' || c > '9') break;
    ++digits;
    if (value.low >= power_of_ten(37)) {  // beyond what any rounding can see
      sticky = sticky || c != '0';
      if (!seen_point) ++exponent;
      continue;
    }
    value.low = value.low * 10 + static_cast<unsigned>(c - '0');
    if (seen_point) --exponent;
  }
  if (digits == 0) return std::nullopt;
  if (at < ascii.size()) {
    if (ascii[at] != 'e' && ascii[at] != 'E') return std::nullopt;
    ascii.remove_prefix(at + 1);
    if (ascii.starts_with('+')) ascii.remove_prefix(1);
    int written = 0;
    const auto [end, code] = std::from_chars(ascii.data(), ascii.data() + ascii.size(), written);
    if (code != std::errc() || end != ascii.data() + ascii.size()) return std::nullopt;
    if (written > 100000 || written < -100000) return std::nullopt;
    exponent += written;
  }
  return finished(negative, value, exponent, sticky);
}

std::optional<Decimal> Decimal::from_double(double value) {
  if (!std::isfinite(value)) return std::nullopt;
  std::array<char, 64> buffer{};
  const auto [end, code] = std::to_chars(buffer.begin(), buffer.end(), value);
  return code == std::errc() ? parse({buffer.data(), end}) : std::nullopt;
}

bool Decimal::is_integer() const {
  return normalized().exponent_ >= 0;
}

std::string Decimal::to_string() const {
  const DecimalParts parts = DecimalParts::of(*this);
  std::string digits;
  if (high_ == 0) {
    digits = std::to_string(low_);
  } else {
    for (Wide rest = parts.coefficient; rest != 0; rest /= 10)
      digits += static_cast<char>('0' + static_cast<int>(rest % 10));
    std::ranges::reverse(digits);
  }
  if (parts.exponent >= 0) {
    if (digits != "0") digits.append(static_cast<std::size_t>(parts.exponent), '0');
  } else {
    const auto places = static_cast<std::size_t>(-parts.exponent);
    if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
    digits.insert(digits.size() - places, 1, '.');
  }
  return is_negative() ? "-" + digits : digits;
}

std::string Decimal::to_plain() const {
  return exponent_ < 0 ? normalized().to_string() : to_string();
}

double Decimal::to_double() const {
  // Both numbers are exact doubles, so that one operation rounds once, as reading digits would.
  constexpr std::uint64_t kExact = std::uint64_t{1} << 53;
  if (high_ == 0 && low_ <= kExact && exponent_ <= 0 && exponent_ >= -kExactPowers) {
    const double value =
        static_cast<double>(low_) / kPowersOfTen[static_cast<std::size_t>(-exponent_)];
    return is_negative() ? -value : value;
  }
  const DecimalParts parts = DecimalParts::of(*this);
  Decimal whole = *this;
  whole.exponent_ = 0;
  const std::string text = whole.to_string() + "e" + std::to_string(parts.exponent);
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::optional<std::int64_t> Decimal::to_int64() const {
  constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (high_ == 0 && exponent_ == 0 && low_ <= kMost) {
    const auto value = static_cast<std::int64_t>(low_);
    return negative_ ? -value : value;
  }
  const Decimal whole = normalized();
  if (whole.exponent_ < 0 || whole.exponent_ > 18) return std::nullopt;
  const std::string text = whole.to_string();
  std::int64_t value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  return code == std::errc() ? std::optional(value) : std::nullopt;
}

Decimal Decimal::operator-() const {
  DecimalParts parts = DecimalParts::of(*this);
  parts.negative = !parts.negative;
  return parts.joined();
}

Decimal Decimal::abs() const {
  return is_negative() ? -*this : *this;
}

Decimal Decimal::rounded(int places, Rounding mode) const {
  DecimalParts parts = DecimalParts::of(*this);
  const int excess = -places - parts.exponent;
  if (excess > 0) {
    parts.drop(excess, mode);
  } else if (excess < 0) {
    const int room = kDigits - digit_count(parts.coefficient);
    const int raise = std::min(room, -excess);
    parts.coefficient *= power_of_ten(raise);
    parts.exponent -= raise;
  }
  return finished(parts.negative, {0, parts.coefficient}, parts.exponent).value_or(*this);
}

Decimal Decimal::normalized() const {
  if (is_zero()) return {};
  if (high_ == 0) {  // as most are; 128 bits take ten times as long to divide
    Decimal plain = *this;
    for (; plain.low_ % 10 == 0 && plain.exponent_ < kMaxExponent; ++plain.exponent_)
      plain.low_ /= 10;
    return plain;
  }
  DecimalParts parts = DecimalParts::of(*this);
  while (parts.coefficient % 10 == 0 && parts.exponent < kMaxExponent) {
    parts.coefficient /= 10;
    ++parts.exponent;
  }
  return parts.joined();
}

std::optional<Decimal> add(const Decimal& a, const Decimal& b) {
  const DecimalParts left = DecimalParts::of(a);
  const DecimalParts right = DecimalParts::of(b);
  const Aligned both = align(left, right);
  if (left.negative == right.negative) {
    return finished(left.negative, {0, both.a + both.b}, both.exponent);
  }
  if (both.a >= both.b) return finished(left.negative, {0, both.a - both.b}, both.exponent);
  return finished(right.negative, {0, both.b - both.a}, both.exponent);
}

std::optional<Decimal> subtract(const Decimal& a, const Decimal& b) {
  return add(a, -b);
}

std::optional<Decimal> multiply(const Decimal& a, const Decimal& b) {
  const DecimalParts left = DecimalParts::of(a);
  const DecimalParts right = DecimalParts::of(b);
  return finished(left.negative != right.negative,
                  multiply_wide(left.coefficient, right.coefficient),
                  left.exponent + right.exponent);
}

std::optional<Decimal> divide(const Decimal& a, const Decimal& b) {
  const DecimalParts left = DecimalParts::of(a);
  const DecimalParts right = DecimalParts::of(b);
  if (right.coefficient == 0) return std::nullopt;
  Wide quotient = left.coefficient / right.coefficient;
  Wide remainder = left.coefficient % right.coefficient;
  int exponent = left.exponent - right.exponent;
  while (remainder != 0 && quotient < power_of_ten(36)) {  // two guard digits, then sticky
    remainder *= 10;
    quotient = quotient * 10 + remainder / right.coefficient;
    remainder %= right.coefficient;
    --exponent;
  }
  return finished(left.negative != right.negative, {0, quotient}, exponent, remainder != 0);
}

std::optional<Decimal> floor_divide(const Decimal& a, const Decimal& b) {
  const auto quotient = divide(a, b);
  if (!quotient) return std::nullopt;
  Decimal floor = quotient->rounded(0, Rounding::Floor);
  // The quotient was rounded to 34 digits: one step back if that carried it past an integer.
  const auto product = multiply(floor, b);
  if (!product) return std::nullopt;
  const bool beyond = b.is_negative() ? *product < a : *product > a;
  return beyond ? subtract(floor, 1) : std::optional(floor);
}

std::optional<Decimal> power(const Decimal& a, std::int64_t n) {
  if (n > 999999999 || n < -999999999) return std::nullopt;
  if (n < 0 && a.is_zero()) return std::nullopt;
  std::optional<Decimal> result = Decimal(1);
  Decimal square = a;
  for (std::int64_t rest = n < 0 ? -n : n; rest != 0;) {
    if ((rest & 1) != 0) result = multiply(*result, square);
    rest >>= 1;
    if (!result || rest == 0) break;
    const auto next = multiply(square, square);
    if (!next) return std::nullopt;
    square = *next;
  }
  if (!result) return std::nullopt;
  return n < 0 ? divide(Decimal(1), *result) : result;
}

int Decimal::compare(const Decimal& a, const Decimal& b) {
  if (a.is_zero() || b.is_zero() || a.is_negative() != b.is_negative()) {
    const int left = a.is_zero() ? 0 : (a.is_negative() ? -1 : 1);
    const int right = b.is_zero() ? 0 : (b.is_negative() ? -1 : 1);
    return left - right;
  }
  constexpr int kFits = 19;  // 64 bits times so many powers of ten are below 128 bits
  const int apart = a.exponent_ - b.exponent_;
  if (a.high_ == 0 && b.high_ == 0 && apart >= -kFits && apart <= kFits) {
    const Wide x = apart > 0 ? a.low_ * power_of_ten(apart) : a.low_;
    const Wide y = apart < 0 ? b.low_ * power_of_ten(-apart) : b.low_;
    const int order = x < y ? -1 : (x > y ? 1 : 0);
    return a.is_negative() ? -order : order;
  }
  const DecimalParts left = DecimalParts::of(a);
  const DecimalParts right = DecimalParts::of(b);
  const int left_top = digit_count(left.coefficient) + left.exponent;
  const int right_top = digit_count(right.coefficient) + right.exponent;
  int order = left_top - right_top;
  if (order == 0) {
    const Aligned both = align(left, right);
    order = both.a < both.b ? -1 : (both.a > both.b ? 1 : 0);
  }
  return a.is_negative() ? -order : order;
}

}  // namespace huice
