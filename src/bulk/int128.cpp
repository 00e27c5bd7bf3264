#include "bulk/int128.h"

namespace huice::bulk {

std::optional<std::int64_t> scaled_exactly(const Decimal& number, int scale, std::int64_t limit) {
  const auto product = multiply(number, Decimal::scaled(1, scale));
  const auto value = product ? product->to_int64() : std::nullopt;
  if (!value || *value > limit || *value < -limit) return std::nullopt;
  return value;
}

Decimal decimal_of(Int128 value, int scale) {
  constexpr std::int64_t kHalf = 1'000'000'000'000'000'000;
  const Decimal high(static_cast<std::int64_t>(value / kHalf));
  const Decimal low(static_cast<std::int64_t>(value % kHalf));
  const auto whole = add(multiply(high, Decimal(kHalf)).value_or(Decimal(0)), low);
  const auto scaled = multiply(whole.value_or(Decimal(0)), Decimal::scaled(1, -scale));
  return scaled.value_or(Decimal(0));
}

}  // namespace huice::bulk
