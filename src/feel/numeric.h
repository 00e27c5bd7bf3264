// Functions of decimals beyond the four operations, to 34 digits (the last may be off by one).
#pragma once

#include <cstdint>
#include <optional>

#include "base/decimal.h"

namespace huice::feel {

/// nullopt for a negative number.
std::optional<Decimal> square_root(const Decimal& x);
/// e to the x; nullopt on overflow.
std::optional<Decimal> exponential(const Decimal& x);
/// The natural logarithm; nullopt unless x is positive.
std::optional<Decimal> logarithm(const Decimal& x);
/// a to the b, b any number; nullopt where it is not real, or overflows.
std::optional<Decimal> raise(const Decimal& a, const Decimal& b);
/// What is left of a after whole b, with the sign of b; nullopt when b is zero.
std::optional<Decimal> modulo(const Decimal& a, const Decimal& b);

}  // namespace huice::feel
