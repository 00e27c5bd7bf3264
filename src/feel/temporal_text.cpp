// ISO 8601 texts of days, times and durations, as XML Schema and FEEL write them.
#include <algorithm>
#include <array>
#include <charconv>

#include "feel/temporal.h"

namespace huice::feel {
namespace {

constexpr int kMaxOffsetHours = 18;

std::string padded(std::int64_t value, std::size_t width) {
  std::string digits = std::to_string(value < 0 ? -value : value);
  if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
  return value < 0 ? "-" + digits : digits;
}

/// Reads pieces of a text from the front.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool done() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }
  bool accept(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  /// All digits at the front.
  std::string_view digits() {
    std::size_t count = 0;
    while (count < rest_.size() && rest_[count] >= '0' && rest_[count] <= '9')
      ++count;
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }
  /// A number of exactly `width` digits.
  std::optional<int> fixed(std::size_t width) {
    const std::string_view taken = digits();
    if (taken.size() != width) return std::nullopt;
    int value = 0;
    std::from_chars(taken.data(), taken.data() + taken.size(), value);
    return value;
  }

 private:
  std::string_view rest_;
};

std::optional<CivilDate> read_date(Reader& in) {
  const bool negative = in.accept('-');
  const std::string_view year_digits = in.digits();
  const bool padded_long = year_digits.size() > 4 && year_digits.front() == '0';
  if (year_digits.size() < 4 || year_digits.size() > 9 || padded_long) return std::nullopt;
  int year = 0;
  std::from_chars(year_digits.data(), year_digits.data() + year_digits.size(), year);
  if (!in.accept('-')) return std::nullopt;
  const auto month = in.fixed(2);
  if (!month || !in.accept('-')) return std::nullopt;
  const auto day = in.fixed(2);
  if (!day) return std::nullopt;
  return CivilDate::make(negative ? -year : year, *month, *day);
}

std::optional<int> read_offset(Reader& in) {
  const bool negative = in.accept('-');
  if (!negative && !in.accept('+')) return std::nullopt;
  const auto hours = in.fixed(2);
  if (!hours || !in.accept(':')) return std::nullopt;
  const auto minutes = in.fixed(2);
  if (!minutes || *minutes > 59) return std::nullopt;
  int seconds = 0;
  if (in.accept(':')) {
    const auto written = in.fixed(2);
    if (!written || *written > 59) return std::nullopt;
    seconds = *written;
  }
  const int offset = *hours * 3600 + *minutes * 60 + seconds;
  if (offset > kMaxOffsetHours * 3600) return std::nullopt;
  return negative ? -offset : offset;
}

/// What follows the digits of a time; success with no zone is an outer value holding nullopt.
std::optional<std::optional<ZoneOffset>> read_zone(Reader& in, const Zones* zones) {
  if (in.done()) return std::optional<ZoneOffset>();
  if (in.accept('Z')) {
    if (!in.done()) return std::nullopt;
    return ZoneOffset{0, {}};
  }
  if (in.accept('@')) {
    if (zones == nullptr || !zones->knows(in.rest())) return std::nullopt;
    return ZoneOffset{std::nullopt, std::string(in.rest())};
  }
  const auto offset = read_offset(in);
  if (!offset || !in.done()) return std::nullopt;
  return ZoneOffset{*offset, {}};
}

std::optional<int> read_fraction(Reader& in) {
  std::string digits(in.digits());
  if (digits.empty()) return std::nullopt;
  digits.resize(9, '0');  // beyond nanoseconds nothing is kept
  int nanos = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), nanos);
  return nanos;
}

/// A time up to its zone; hour 24 only at the end of the day.
std::optional<ClockTime> read_time(Reader& in, const Zones* zones) {
  const auto hour = in.fixed(2);
  if (!hour || !in.accept(':')) return std::nullopt;
  const auto minute = in.fixed(2);
  if (!minute || !in.accept(':')) return std::nullopt;
  const auto second = in.fixed(2);
  if (!second) return std::nullopt;
  ClockTime time{*hour, *minute, *second, 0, {}};
  if (in.accept('.')) {
    const auto nanos = read_fraction(in);
    if (!nanos) return std::nullopt;
    time.nanosecond = *nanos;
  }
  const bool end_of_day = *hour == 24 && *minute == 0 && *second == 0 && time.nanosecond == 0;
  if ((*hour > 23 && !end_of_day) || *minute > 59 || *second > 59) return std::nullopt;
  auto zone = read_zone(in, zones);
  if (!zone) return std::nullopt;
  time.zone = std::move(*zone);
  return time;
}

std::string fraction_text(int nanosecond) {
  if (nanosecond == 0) return {};
  std::string digits = padded(nanosecond, 9);
  digits.erase(digits.find_last_not_of('0') + 1);
  return "." + digits;
}

std::string zone_text(const ZoneOffset& zone) {
  if (!zone.name.empty()) return "@" + zone.name;
  const int offset = zone.offset.value_or(0);
  if (offset == 0) return "Z";
  const int size = offset < 0 ? -offset : offset;
  std::string text =
      (offset < 0 ? "-" : "+") + padded(size / 3600, 2) + ":" + padded(size / 60 % 60, 2);
  if (size % 60 != 0) text += ":" + padded(size % 60, 2);
  return text;
}

/// The parts of a duration, each absent or written once and in order.
struct DurationParts {
  std::array<std::optional<Decimal>, 6> parts;  // years months days hours minutes seconds
  bool negative = false;
};

std::optional<DurationParts> read_duration(std::string_view iso) {
  Reader in(iso);
  DurationParts result;
  result.negative = in.accept('-');
  if (!in.accept('P')) return std::nullopt;
  static constexpr std::string_view kUnits = "YMDHMS";
  std::size_t next = 0;
  bool in_time = false;
  bool any = false;
  while (!in.done()) {
    if (!in_time && in.accept('T')) {
      in_time = true;
      next = std::max<std::size_t>(next, 3);
      if (in.done()) return std::nullopt;
      continue;
    }
    const std::string_view start = in.rest();
    if (in.digits().empty()) return std::nullopt;
    const bool fraction = in.accept('.');
    if (fraction) in.digits();  // `1.S` is read too, as Java's reader does
    const auto number = Decimal::parse(start.substr(0, start.size() - in.rest().size()));
    while (next < (in_time ? 6u : 3u) && !in.accept(kUnits[next]))
      ++next;
    if (next >= (in_time ? 6u : 3u) || !number || (fraction && next != 5)) return std::nullopt;
    result.parts[next++] = *number;
    any = true;
  }
  return any ? std::optional(result) : std::nullopt;
}

std::string whole_part(Decimal& rest, int size, char unit) {
  const Decimal count = floor_divide(rest, size).value_or(0);
  if (count.is_zero()) return {};
  rest = *subtract(rest, *multiply(count, size));
  return count.to_plain() + unit;
}

}  // namespace

std::string CivilDate::to_iso() const {
  return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2);
}

std::string ClockTime::to_iso() const {
  return padded(hour, 2) + ":" + padded(minute, 2) + ":" + padded(second, 2) +
         fraction_text(nanosecond) + (zone ? zone_text(*zone) : "");
}

std::string Moment::to_iso() const {
  return date.to_iso() + "T" + time.to_iso();
}

std::string MonthsDuration::to_iso() const {
  const std::int64_t size = months < 0 ? -months : months;
  std::string text = months < 0 ? "-P" : "P";
  if (size >= 12) text += std::to_string(size / 12) + "Y";
  if (size % 12 != 0 || size == 0) text += std::to_string(size % 12) + "M";
  return text;
}

std::string SecondsDuration::to_iso() const {
  std::string text = seconds.is_negative() ? "-P" : "P";
  Decimal rest = seconds.abs();
  if (rest.is_zero()) return "PT0S";
  text += whole_part(rest, 86400, 'D');
  if (rest.is_zero()) return text;
  // One after the other: each takes its part off the rest.
  text += "T";
  text += whole_part(rest, 3600, 'H');
  text += whole_part(rest, 60, 'M');
  if (!rest.is_zero()) text += rest.to_plain() + "S";
  return text;
}

std::optional<CivilDate> parse_civil_date(std::string_view iso) {
  Reader in(iso);
  const auto date = read_date(in);
  return in.done() ? date : std::nullopt;
}

std::optional<ClockTime> parse_clock_time(std::string_view iso, const Zones* zones) {
  Reader in(iso);
  auto time = read_time(in, zones);
  if (time) time->hour %= 24;
  return time;
}

std::optional<Moment> parse_moment(std::string_view iso, const Zones* zones) {
  Reader in(iso);
  const auto date = read_date(in);
  if (!date) return std::nullopt;
  Moment moment{*date, {}};
  if (in.done()) return moment;
  if (!in.accept('T')) return std::nullopt;
  auto time = read_time(in, zones);
  if (!time) return std::nullopt;
  moment.time = std::move(*time);
  if (moment.time.hour == 24) {
    const auto next = CivilDate::from_days(moment.date.days() + 1);
    if (!next) return std::nullopt;
    moment.date = *next;
    moment.time.hour = 0;
  }
  if (moment.time.zone && !moment.time.zone->name.empty()) {
    const auto local = local_seconds(moment).rounded(0, Rounding::Floor).to_int64();
    moment.time.zone->offset = zones->offset_at(moment.time.zone->name, local.value_or(0));
    if (!moment.time.zone->offset) return std::nullopt;
  }
  return moment;
}

std::optional<MonthsDuration> parse_months_duration(std::string_view iso) {
  const auto read = read_duration(iso);
  if (!read) return std::nullopt;
  for (std::size_t i = 2; i < 6; ++i) {
    if (read->parts[i]) return std::nullopt;
  }
  const auto years = multiply(read->parts[0].value_or(0), 12);
  const auto months = years ? add(*years, read->parts[1].value_or(0)) : std::nullopt;
  const auto count = months ? months->to_int64() : std::nullopt;
  if (!count) return std::nullopt;
  return MonthsDuration{read->negative ? -*count : *count};
}

std::optional<SecondsDuration> parse_seconds_duration(std::string_view iso) {
  const auto read = read_duration(iso);
  if (!read || read->parts[0] || read->parts[1]) return std::nullopt;
  static constexpr std::array<int, 4> kSizes = {86400, 3600, 60, 1};
  std::optional<Decimal> seconds = Decimal(0);
  for (std::size_t i = 0; i < kSizes.size() && seconds; ++i) {
    const auto part = multiply(read->parts[i + 2].value_or(0), kSizes[i]);
    seconds = part ? add(*seconds, *part) : std::nullopt;
  }
  if (!seconds) return std::nullopt;
  return SecondsDuration{read->negative ? -*seconds : *seconds};
}

}  // namespace huice::feel
