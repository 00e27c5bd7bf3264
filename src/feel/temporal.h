// Days, times and durations as FEEL knows them: wider than huice::Date and with time zones.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"
#include "base/decimal.h"

namespace huice::feel {

inline constexpr int kMaxYear = 999'999'999;

/// A day of the proleptic Gregorian calendar, years -999999999 to 999999999. Valid when made by
/// make() or from_days().
struct CivilDate {
  int year = 1970;
  int month = 1;
  int day = 1;

  CivilDate() = default;
  CivilDate(huice::Date date);  // NOLINT(google-explicit-constructor): exact
  static std::optional<CivilDate> make(std::int64_t year, std::int64_t month, std::int64_t day);
  /// The day `days` after 1970-01-01; nullopt outside the years above.
  static std::optional<CivilDate> from_days(std::int64_t days);

  /// Days since 1970-01-01.
  std::int64_t days() const;
  /// ISO 8601: Monday is 1, Sunday 7.
  int weekday() const;
  int day_of_year() const;
  /// ISO 8601 week, 1 to 53.
  int week_of_year() const;
  /// The same day `months` later; the last day of that month where it has none such.
  std::optional<CivilDate> plus_months(std::int64_t months) const;
  /// nullopt outside the years 1 to 9999.
  std::optional<huice::Date> to_date() const;
  std::string to_iso() const;

  friend auto operator<=>(const CivilDate&, const CivilDate&) = default;

 private:
  CivilDate(int y, int m, int d) : year(y), month(m), day(d) {}
};

/// What follows a time: `Z`, `+08:00` or `@Asia/Shanghai`. `offset` is seconds east of UTC and
/// absent for a named zone of a time that has no day.
struct ZoneOffset {
  std::optional<int> offset;
  std::string name;  ///< empty for a plain offset

  friend bool operator==(const ZoneOffset&, const ZoneOffset&) = default;
};

/// A time of day, to the nanosecond.
struct ClockTime {
  int hour = 0;
  int minute = 0;
  int second = 0;
  int nanosecond = 0;
  std::optional<ZoneOffset> zone;

  /// Nanoseconds since midnight, as written.
  std::int64_t nanos() const;
  std::string to_iso() const;
};

/// A day and a time of it.
struct Moment {
  CivilDate date;
  ClockTime time;

  std::string to_iso() const;
};

/// `P1Y2M`.
struct MonthsDuration {
  std::int64_t months = 0;

  std::string to_iso() const;
  friend auto operator<=>(const MonthsDuration&, const MonthsDuration&) = default;
};

/// `P1DT2H3.5S`, in seconds.
struct SecondsDuration {
  Decimal seconds;

  std::string to_iso() const;
  friend bool operator==(const SecondsDuration&, const SecondsDuration&) = default;
  friend std::strong_ordering operator<=>(const SecondsDuration& a, const SecondsDuration& b) {
    return a.seconds <=> b.seconds;
  }
};

/// The rules of named time zones; supplied from outside, because they live in files.
class Zones {
 public:
  Zones() = default;
  Zones(const Zones&) = delete;
  Zones& operator=(const Zones&) = delete;
  virtual ~Zones() = default;
  virtual bool knows(std::string_view name) const = 0;
  /// Seconds east of UTC that clocks in `name` show at a local time, given as seconds since
  /// 1970-01-01T00:00:00 on that same clock; nullopt for an unknown zone.
  virtual std::optional<int> offset_at(std::string_view name, std::int64_t local) const = 0;
};

/// `2026-05-07`, `-0044-03-15`.
std::optional<CivilDate> parse_civil_date(std::string_view iso);
/// `08:30:00.5+08:00`, `08:30:00@Europe/Paris`. Without `zones` every named zone is unknown.
std::optional<ClockTime> parse_clock_time(std::string_view iso, const Zones* zones);
/// `2026-05-07T08:30:00Z`; a date alone is midnight.
std::optional<Moment> parse_moment(std::string_view iso, const Zones* zones);
/// `P1Y`, `-P3M`; nullopt for a days-and-time duration.
std::optional<MonthsDuration> parse_months_duration(std::string_view iso);
/// `P3D`, `-PT1.5H`; nullopt for a years-and-months duration.
std::optional<SecondsDuration> parse_seconds_duration(std::string_view iso);

/// Seconds on the clock since 1970-01-01T00:00:00 of the same clock, with the fraction.
Decimal local_seconds(const Moment& moment);
/// Seconds since the epoch in UTC; a moment without zone is read as UTC.
Decimal utc_seconds(const Moment& moment);
/// The moment that lies `seconds` after the epoch on the clock of `zone`.
std::optional<Moment> moment_from_local(const Decimal& seconds, std::optional<ZoneOffset> zone);

/// Whole months from `from` to `to`, the incomplete month dropped; negative when `to` is earlier.
std::int64_t months_between(const CivilDate& from, const CivilDate& to);

}  // namespace huice::feel
