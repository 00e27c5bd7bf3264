// FEEL's equality and order. Source: OMG DMN 1.5, 10.3.2.13 and table 54.
#include <algorithm>

#include "feel/function.h"
#include "feel/value.h"

namespace huice::feel {
namespace {

constexpr std::int64_t kNanosInMilli = 1'000'000;
constexpr std::int64_t kMillisInDay = 86'400'000;

/// Thousandths of a second: finer differences between times are not seen by FEEL's comparisons,
/// as its conformance suite has it.
Decimal millis(const Decimal& seconds) {
  return multiply(seconds, 1000).value_or(seconds).rounded(0, Rounding::Floor);
}

std::int64_t millis(const ClockTime& time) {
  return time.nanos() / kNanosInMilli;
}

int sign(std::strong_ordering order) {
  return order < 0 ? -1 : (order > 0 ? 1 : 0);
}

std::optional<int> order_times(const ClockTime& a, const ClockTime& b) {
  if (a.zone.has_value() != b.zone.has_value()) return std::nullopt;
  std::int64_t left = millis(a);
  std::int64_t right = millis(b);
  if (a.zone && !(*a.zone == *b.zone)) {
    if (!a.zone->offset || !b.zone->offset) return std::nullopt;
    left = (left - *a.zone->offset * std::int64_t{1000} + kMillisInDay) % kMillisInDay;
    right = (right - *b.zone->offset * std::int64_t{1000} + kMillisInDay) % kMillisInDay;
  }
  return sign(left <=> right);
}

std::optional<int> order_moments(const Moment& a, const Moment& b) {
  if (a.time.zone.has_value() != b.time.zone.has_value()) return std::nullopt;
  return sign(millis(utc_seconds(a)) <=> millis(utc_seconds(b)));
}

/// A date beside a date and time is midnight in UTC (implicit conversion, 10.3.2.9.4).
Moment as_moment(const CivilDate& date) {
  Moment moment{date, {}};
  moment.time.zone = ZoneOffset{0, {}};
  return moment;
}

std::optional<bool> equal_lists(const Value::List& a, const Value::List& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!equal(a[i], b[i]).value_or(false)) return false;
  }
  return true;
}

std::optional<bool> equal_contexts(const Context& a, const Context& b) {
  if (a.size() != b.size()) return false;
  return std::ranges::all_of(a.entries(), [&](const Context::Entry& entry) {
    const Value* other = b.find(entry.first);
    return other != nullptr && equal(entry.second, *other).value_or(false);
  });
}

bool equal_ranges(const Range& a, const Range& b) {
  return a.has_low == b.has_low && a.has_high == b.has_high && a.low_closed == b.low_closed &&
         a.high_closed == b.high_closed && equal(a.low, b.low).value_or(false) &&
         equal(a.high, b.high).value_or(false);
}

std::optional<int> order_mixed(const Value& a, const Value& b) {
  if (a.date() != nullptr && b.moment() != nullptr) {
    return order_moments(as_moment(*a.date()), *b.moment());
  }
  if (a.moment() != nullptr && b.date() != nullptr) {
    return order_moments(*a.moment(), as_moment(*b.date()));
  }
  return std::nullopt;
}

}  // namespace

std::optional<bool> equal(const Value& a, const Value& b) {
  if (a.is_null() || b.is_null()) return a.is_null() && b.is_null();
  if (a.kind() == b.kind()) {
    switch (a.kind()) {
      case Kind::Boolean:
        return *a.truth() == *b.truth();
      case Kind::List:
        return equal_lists(*a.list(), *b.list());
      case Kind::Context:
        return equal_contexts(*a.context(), *b.context());
      case Kind::Range:
        return equal_ranges(*a.range(), *b.range());
      case Kind::Function:
        return same_function(*a.function(), *b.function());
      case Kind::Time:
      case Kind::DateTime:
        return order(a, b).value_or(1) == 0;
      default:
        break;
    }
  }
  const auto ordered = order(a, b);
  return ordered ? std::optional(*ordered == 0) : std::nullopt;
}

std::optional<int> order(const Value& a, const Value& b) {
  if (a.kind() != b.kind()) return order_mixed(a, b);
  switch (a.kind()) {
    case Kind::Number:
      return sign(*a.number() <=> *b.number());
    case Kind::Text:
      return sign(a.text()->compare(*b.text()) <=> 0);
    case Kind::Date:
      return sign(*a.date() <=> *b.date());
    case Kind::Time:
      return order_times(*a.time(), *b.time());
    case Kind::DateTime:
      return order_moments(*a.moment(), *b.moment());
    case Kind::MonthsDuration:
      return sign(*a.months() <=> *b.months());
    case Kind::DaysDuration:
      return sign(*a.seconds() <=> *b.seconds());
    default:
      return std::nullopt;
  }
}

std::optional<bool> contains(const Range& range, const Value& value) {
  bool inside = true;
  if (range.has_low) {
    const auto low = order(value, range.low);
    if (!low) return std::nullopt;
    inside = range.low_closed ? *low >= 0 : *low > 0;
  }
  if (range.has_high) {
    const auto high = order(value, range.high);
    if (!high) return std::nullopt;
    inside = inside && (range.high_closed ? *high <= 0 : *high < 0);
  }
  return inside;
}

bool operator==(const Value& a, const Value& b) {
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case Kind::Null:
      return true;
    case Kind::Time:
      return a.time()->nanos() == b.time()->nanos() && a.time()->zone == b.time()->zone;
    case Kind::DateTime:
      return a.moment()->date == b.moment()->date && Value(a.moment()->time) == b.moment()->time;
    case Kind::List:
      return *a.list() == *b.list();
    case Kind::Context:
      return a.context()->size() == b.context()->size() &&
             std::ranges::all_of(a.context()->entries(), [&](const Context::Entry& entry) {
               const Value* other = b.context()->find(entry.first);
               return other != nullptr && entry.second == *other;
             });
    default:
      return equal(a, b).value_or(false);
  }
}

}  // namespace huice::feel
