// value.field: entries of contexts and the properties of days, times, durations and ranges.
#include <array>

#include "feel/evaluator.h"

namespace huice::feel {
namespace {

std::optional<Value> of_date(const CivilDate& date, std::string_view name) {
  if (name == "year") return date.year;
  if (name == "month") return date.month;
  if (name == "day") return date.day;
  if (name == "weekday") return date.weekday();
  return std::nullopt;
}

std::optional<Value> of_time(const ClockTime& time, std::string_view name) {
  if (name == "hour") return time.hour;
  if (name == "minute") return time.minute;
  if (name == "second") {
    return Value(*add(Decimal(time.second), Decimal::scaled(time.nanosecond, -9)));
  }
  if (name == "time offset") {
    if (!time.zone || !time.zone->offset) return Value();
    return Value(SecondsDuration{*time.zone->offset});
  }
  if (name == "timezone") {
    return time.zone && !time.zone->name.empty() ? Value(time.zone->name) : Value();
  }
  return std::nullopt;
}

std::optional<Value> of_months(const MonthsDuration& span, std::string_view name) {
  if (name == "years") return Value(span.months / 12);
  if (name == "months") return Value(span.months % 12);
  return std::nullopt;
}

std::optional<Value> of_seconds(const SecondsDuration& span, std::string_view name) {
  struct Part {
    std::string_view name;
    int size;    ///< seconds in one
    int within;  ///< how many make the next larger part; 0 for the largest
  };
  static constexpr std::array<Part, 4> kParts = {
      {{"days", 86400, 0}, {"hours", 3600, 24}, {"minutes", 60, 60}, {"seconds", 1, 60}}};
  const Decimal total = span.seconds.abs();
  for (const Part& part : kParts) {
    if (part.name != name) continue;
    Decimal count = part.size == 1 ? total : floor_divide(total, part.size).value_or(0);
    if (part.within > 0) {
      const Decimal whole = floor_divide(count, part.within).value_or(0);
      count = *subtract(count, *multiply(whole, part.within));
    }
    return Value(span.seconds.is_negative() ? -count : count);
  }
  return std::nullopt;
}

std::optional<Value> of_range(const Range& range, std::string_view name) {
  if (name == "start") return range.low;
  if (name == "end") return range.high;
  if (name == "start included") return range.low_closed;
  if (name == "end included") return range.high_closed;
  return std::nullopt;
}

std::optional<Value> property(const Value& value, std::string_view name) {
  switch (value.kind()) {
    case Kind::Date: {
      auto found = of_date(*value.date(), name);
      // A date beside times is midnight UTC (10.3.2.9.4).
      return found ? found : of_time({0, 0, 0, 0, ZoneOffset{0, {}}}, name);
    }
    case Kind::DateTime: {
      auto found = of_date(value.moment()->date, name);
      return found ? found : of_time(value.moment()->time, name);
    }
    case Kind::Time:
      return of_time(*value.time(), name);
    case Kind::MonthsDuration:
      return of_months(*value.months(), name);
    case Kind::DaysDuration:
      return of_seconds(*value.seconds(), name);
    case Kind::Range:
      return of_range(*value.range(), name);
    default:
      return std::nullopt;
  }
}

}  // namespace

Value Evaluator::field(const Value& value, const std::string& name) {
  if (value.is_null()) return {};
  if (const Context* context = value.context()) {
    if (const Value* entry = context->find(name)) return *entry;
    return null("feel.missing", "缺少“" + name + "”");
  }
  if (auto found = property(value, name)) return *std::move(found);
  return null("feel.type", std::string(kind_in_chinese(value.kind())) + "没有字段“" + name + "”");
}

}  // namespace huice::feel
