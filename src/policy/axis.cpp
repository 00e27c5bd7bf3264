#include "policy/axis.h"

#include <algorithm>

namespace huice::policy {
namespace {

using model::FactType;

/// Digits after the point of one tick.
int places_of(FactType type) {
  return type == FactType::Money ? 2 : type == FactType::Ratio ? 4 : 0;
}

}  // namespace

std::optional<Axis> Axis::of(const model::FactDefinition& fact) {
  const bool ordered = fact.type == FactType::Number || fact.type == FactType::Money ||
                       fact.type == FactType::Ratio || fact.type == FactType::Day;
  if (!ordered) return std::nullopt;
  Axis axis;
  axis.type_ = fact.type;
  axis.non_negative_ = fact.non_negative;
  return axis;
}

model::Value Axis::at(std::int64_t tick) const {
  if (type_ == FactType::Day) {
    return Date().plus_days(static_cast<int>(std::clamp<std::int64_t>(tick, 0, kLastDay)));
  }
  return Decimal::scaled(tick, -places_of(type_));
}

std::optional<std::int64_t> Axis::tick(const model::Value& value) const {
  if (type_ == FactType::Day) {
    return value.day() == nullptr ? std::nullopt
                                  : std::optional<std::int64_t>(*value.day() - Date());
  }
  if (value.number() == nullptr) return std::nullopt;
  const auto scaled = multiply(*value.number(), Decimal::scaled(1, places_of(type_)));
  const auto tick = scaled ? scaled->rounded(0, Rounding::Floor).to_int64() : std::nullopt;
  if (!tick || *tick < -kFarthest || *tick > kFarthest) return std::nullopt;
  return tick;
}

std::vector<std::int64_t> Axis::samples(std::int64_t from, bool upward,
                                        const FactLimits& limits) const {
  std::vector<std::int64_t> ticks;
  for (const model::Value& limit : limits.constants) {
    if (const auto at = tick(limit)) {
      for (const std::int64_t beside : {-1, 0, 1})
        ticks.push_back(*at + beside);
    }
  }
  const std::int64_t sign = upward ? 1 : -1;
  for (std::int64_t distance = 1; distance <= kFarthest; distance *= 2)
    ticks.push_back(from + sign * distance);
  std::erase_if(ticks, [&](std::int64_t each) {
    return (upward ? each <= from : each >= from) || each < least() || each > most();
  });
  // Zero is where many things begin.
  if (!upward && from > 0) ticks.push_back(0);
  std::ranges::sort(ticks, [&](std::int64_t a, std::int64_t b) { return upward ? a < b : a > b; });
  ticks.erase(std::unique(ticks.begin(), ticks.end()), ticks.end());
  return ticks;
}

}  // namespace huice::policy
