// Integers of 128 bits: sums of money and cross products that 64 bits cannot hold.
#pragma once

#include <cstdint>

#include "base/decimal.h"

namespace huice::bulk {

__extension__ using Int128 = __int128;

/// 10^n for n from 0 to 18.
constexpr std::int64_t power_of_ten(int n) {
  std::int64_t power = 1;
  for (int i = 0; i < n; ++i)
    power *= 10;
  return power;
}

/// The number × 10^scale as a whole number; nullopt when it has more digits after the point or
/// lies beyond `limit`.
std::optional<std::int64_t> scaled_exactly(const Decimal& number, int scale, std::int64_t limit);

/// The decimal `value` × 10^-scale; exact up to 34 digits.
Decimal decimal_of(Int128 value, int scale);

}  // namespace huice::bulk
