// The values of one fact as whole numbers in its smallest unit, to search along.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "model/profile.h"
#include "model/value.h"
#include "policy/limits.h"

namespace huice::policy {

/// A fact that has an order: numbers in 分, 0.01 % or ones, days as days since 1970.
class Axis {
 public:
  /// nullopt for texts, truths and lists.
  static std::optional<Axis> of(const model::FactDefinition& fact);

  model::Value at(std::int64_t tick) const;
  /// The tick at or below the value; nullopt for a value of another kind or beyond the axis.
  std::optional<std::int64_t> tick(const model::Value& value) const;
  std::int64_t least() const { return non_negative_ ? 0 : -kFarthest; }
  std::int64_t most() const { return kFarthest; }

  /// Ticks worth trying on the way from `from` upwards (or downwards): at and beside every limit,
  /// and at growing distances.
  std::vector<std::int64_t> samples(std::int64_t from, bool upward, const FactLimits& limits) const;

 private:
  /// 1.1e15 ticks: eleven trillion 元.
  static constexpr std::int64_t kFarthest = std::int64_t{1} << 50;
  static constexpr std::int64_t kLastDay = 2'932'896;  // 9999-12-31

  model::FactType type_ = model::FactType::Number;
  bool non_negative_ = false;
};

/// The first tick after `from`, in the direction of `samples` (which are sorted by distance), at
/// which `holds` is true, to the single tick; nullopt when it holds at no sample.
template <class Holds>
std::optional<std::int64_t> first_tick(std::int64_t from, const std::vector<std::int64_t>& samples,
                                       Holds holds) {
  std::int64_t before = from;
  for (const std::int64_t sample : samples) {
    if (!holds(sample)) {
      before = sample;
      continue;
    }
    std::int64_t good = sample;
    while (good - before > 1 || before - good > 1) {
      const std::int64_t middle = before + (good - before) / 2;
      (holds(middle) ? good : before) = middle;
    }
    return good;
  }
  return std::nullopt;
}

}  // namespace huice::policy
