#include "feel/numeric.h"

#include <cmath>

namespace huice::feel {
namespace {

constexpr int kMaxTerms = 200;

/// Σ x^k / k!, for |x| below one.
std::optional<Decimal> exponential_series(const Decimal& x) {
  std::optional<Decimal> term = Decimal(1);
  std::optional<Decimal> sum = Decimal(1);
  for (int k = 1; k < kMaxTerms && term && sum; ++k) {
    term = multiply(*term, x);
    if (term) term = divide(*term, k);
    if (!term) return std::nullopt;
    const auto next = add(*sum, *term);
    if (!next || *next == *sum) break;
    sum = next;
  }
  return sum;
}

}  // namespace

std::optional<Decimal> square_root(const Decimal& x) {
  if (x.is_negative()) return std::nullopt;
  if (x.is_zero()) return Decimal(0);
  // Brought between 0.1 and 100 by an even power of ten, then Newton from the double.
  const std::string digits = x.normalized().to_plain();
  const auto point = digits.find('.');
  const auto whole = static_cast<int>(point == std::string::npos ? digits.size() : point);
  int shift = whole;
  if (digits.starts_with("0.")) {
    shift = -static_cast<int>(digits.find_first_not_of('0', 2)) + 2;
  }
  if (shift % 2 != 0) ++shift;
  const auto reduced = multiply(x, Decimal::scaled(1, -shift));
  if (!reduced) return std::nullopt;
  Decimal root = Decimal::from_double(std::sqrt(reduced->to_double())).value_or(1);
  for (int i = 0; i < 6; ++i) {
    const auto quotient = divide(*reduced, root);
    const auto sum = quotient ? add(root, *quotient) : std::nullopt;
    const auto next = sum ? divide(*sum, 2) : std::nullopt;
    if (!next || *next == root) break;
    root = *next;
  }
  return multiply(root, Decimal::scaled(1, shift / 2)).value_or(root).normalized();
}

std::optional<Decimal> exponential(const Decimal& x) {
  const auto magnitude = x.abs();
  if (magnitude > Decimal(15000)) {
    return x.is_negative() ? std::optional(Decimal(0)) : std::nullopt;
  }
  // e^x = (e^(x / 2^k))^(2^k); whole powers of e are cheaper than halving a large x.
  const Decimal whole = x.rounded(0, Rounding::Down);
  const auto part = exponential_series(*subtract(x, whole));
  const auto e = exponential_series(Decimal(1));
  const auto base = power(*e, whole.to_int64().value_or(0));
  return part && base ? multiply(*base, *part) : std::nullopt;
}

std::optional<Decimal> logarithm(const Decimal& x) {
  if (x.is_negative() || x.is_zero()) return std::nullopt;
  // Newton on e^y = x, each step doubling the digits: y += 2 (x - e^y) / (x + e^y).
  const std::string digits = x.normalized().to_plain();
  const double rough = x.to_double();
  Decimal y;
  if (rough > 0 && std::isfinite(rough)) {
    y = Decimal::from_double(std::log(rough)).value_or(0);
  } else {
    const auto size = static_cast<double>(digits.size());
    y = Decimal::from_double((digits.starts_with("0.") ? -size : size) * std::log(10.0))
            .value_or(0);
  }
  for (int i = 0; i < 8; ++i) {
    const auto power_of_e = exponential(y);
    if (!power_of_e) return std::nullopt;
    const auto step = divide(*multiply(*subtract(x, *power_of_e), 2), *add(x, *power_of_e));
    const auto next = step ? add(y, *step) : std::nullopt;
    if (!next || *next == y) break;
    y = *next;
  }
  return y;
}

std::optional<Decimal> raise(const Decimal& a, const Decimal& b) {
  if (const auto whole = b.to_int64()) {
    if (*whole == 0) return Decimal(1);
    return power(a, *whole);
  }
  if (a.is_zero()) return b.is_negative() ? std::nullopt : std::optional(Decimal(0));
  // Roots of squares are exact.
  const auto doubled = multiply(b, 2);
  if (const auto halves = doubled ? doubled->to_int64() : std::nullopt) {
    const auto root = square_root(a);
    const auto whole = root ? power(a, (*halves - 1) / 2) : std::nullopt;
    return whole ? multiply(*whole, *root) : std::nullopt;
  }
  const auto log = logarithm(a);
  const auto exponent = log ? multiply(*log, b) : std::nullopt;
  return exponent ? exponential(*exponent) : std::nullopt;
}

std::optional<Decimal> modulo(const Decimal& a, const Decimal& b) {
  const auto whole = floor_divide(a, b);
  const auto product = whole ? multiply(*whole, b) : std::nullopt;
  return product ? subtract(a, *product) : std::nullopt;
}

}  // namespace huice::feel
