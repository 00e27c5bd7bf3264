// Days, times and durations.
#include <array>

#include "feel/arguments.h"

namespace huice::feel {
namespace {

constexpr int kMaxOffset = 18 * 3600;

Value not_temporal(Evaluator& evaluator, std::string_view wanted) {
  return evaluator.null("feel.temporal", "不能得出" + std::string(wanted));
}

Moment midnight_utc(const CivilDate& date) {
  Moment moment{date, {}};
  moment.time.zone = ZoneOffset{0, {}};
  return moment;
}

Value date(Evaluator& evaluator, Arguments arguments) {
  if (arguments.size() == 3) {
    const auto year = whole_at(arguments, 0);
    const auto month = whole_at(arguments, 1);
    const auto day = whole_at(arguments, 2);
    if (!year || !month || !day) return wrong_argument(evaluator, "date");
    const auto made = CivilDate::make(*year, *month, *day);
    return made ? Value(*made) : not_temporal(evaluator, "日期");
  }
  const Value& from = single(arguments[0]);
  if (from.date() != nullptr) return from;
  if (from.moment() != nullptr) return from.moment()->date;
  if (from.text() == nullptr) return wrong_argument(evaluator, "date");
  const auto parsed = parse_civil_date(*from.text());
  return parsed ? Value(*parsed) : not_temporal(evaluator, "日期");
}

Value time_of_parts(Evaluator& evaluator, Arguments arguments) {
  const auto hour = whole_at(arguments, 0);
  const auto minute = whole_at(arguments, 1);
  const Decimal* second = number_at(arguments, 2);
  if (!hour || !minute || second == nullptr) return wrong_argument(evaluator, "time");
  const bool fits = *hour >= 0 && *hour < 24 && *minute >= 0 && *minute < 60 &&
                    !second->is_negative() && *second < Decimal(60);
  if (!fits) return not_temporal(evaluator, "时刻");
  const Decimal whole = second->rounded(0, Rounding::Down);
  const auto nanos = multiply(*subtract(*second, whole), 1'000'000'000);
  ClockTime time{static_cast<int>(*hour),
                 static_cast<int>(*minute),
                 static_cast<int>(whole.to_int64().value_or(0)),
                 static_cast<int>(nanos->rounded(0, Rounding::Down).to_int64().value_or(0)),
                 {}};
  if (has(arguments, 3)) {
    const auto* span = single(arguments[3]).seconds();
    const auto offset = span == nullptr ? std::nullopt : span->seconds.to_int64();
    if (!offset || *offset > kMaxOffset || *offset < -kMaxOffset) {
      return wrong_argument(evaluator, "time");
    }
    time.zone = ZoneOffset{static_cast<int>(*offset), {}};
  }
  return time;
}

Value time(Evaluator& evaluator, Arguments arguments) {
  if (arguments.size() > 1) return time_of_parts(evaluator, arguments);
  const Value& from = single(arguments[0]);
  if (from.time() != nullptr) return from;
  if (from.moment() != nullptr) return from.moment()->time;
  if (from.date() != nullptr) return midnight_utc(*from.date()).time;
  if (from.text() == nullptr) return wrong_argument(evaluator, "time");
  auto parsed = parse_clock_time(*from.text(), evaluator.environment().zones);
  return parsed ? Value(*std::move(parsed)) : not_temporal(evaluator, "时刻");
}

/// The moment with the offset its named zone has then.
Value settled(Evaluator& evaluator, Moment moment) {
  auto& zone = moment.time.zone;
  if (!zone || zone->name.empty()) return moment;
  const Zones* zones = evaluator.environment().zones;
  const auto local = local_seconds(moment).rounded(0, Rounding::Floor).to_int64();
  zone->offset = zones != nullptr && local ? zones->offset_at(zone->name, *local) : std::nullopt;
  return zone->offset ? Value(std::move(moment)) : not_temporal(evaluator, "日期时刻");
}

Value date_and_time(Evaluator& evaluator, Arguments arguments) {
  const Value& from = single(arguments[0]);
  if (arguments.size() == 2) {
    const auto* time = single(arguments[1]).time();
    const auto* day = from.moment() != nullptr ? &from.moment()->date : from.date();
    if (time == nullptr || day == nullptr) return wrong_argument(evaluator, "date and time");
    return settled(evaluator, {*day, *time});
  }
  if (from.moment() != nullptr) return from;
  if (from.date() != nullptr) return midnight_utc(*from.date());
  if (from.text() == nullptr) return wrong_argument(evaluator, "date and time");
  auto parsed = parse_moment(*from.text(), evaluator.environment().zones);
  return parsed ? Value(*std::move(parsed)) : not_temporal(evaluator, "日期时刻");
}

Value duration(Evaluator& evaluator, Arguments arguments) {
  const Value& from = single(arguments[0]);
  if (from.months() != nullptr || from.seconds() != nullptr) return from;
  if (from.text() == nullptr) return wrong_argument(evaluator, "duration");
  if (const auto months = parse_months_duration(*from.text())) return *months;
  if (const auto seconds = parse_seconds_duration(*from.text())) return *seconds;
  return not_temporal(evaluator, "时长");
}

const CivilDate* day_of(const Value& value) {
  return value.moment() != nullptr ? &value.moment()->date : value.date();
}

Value years_and_months(Evaluator& evaluator, Arguments arguments) {
  const CivilDate* from = day_of(single(arguments[0]));
  const CivilDate* to = day_of(single(arguments[1]));
  if (from == nullptr || to == nullptr) {
    return wrong_argument(evaluator, "years and months duration");
  }
  return MonthsDuration{months_between(*from, *to)};
}

Value now(Evaluator& evaluator, Arguments) {
  const Environment& environment = evaluator.environment();
  return environment.now ? *environment.now : midnight_utc(environment.today);
}

Value today(Evaluator& evaluator, Arguments) {
  return evaluator.environment().today;
}

Value day_of_year(Evaluator& evaluator, Arguments arguments) {
  const CivilDate* day = day_of(single(arguments[0]));
  return day == nullptr ? wrong_argument(evaluator, "day of year") : Value(day->day_of_year());
}

Value week_of_year(Evaluator& evaluator, Arguments arguments) {
  const CivilDate* day = day_of(single(arguments[0]));
  return day == nullptr ? wrong_argument(evaluator, "week of year") : Value(day->week_of_year());
}

Value day_of_week(Evaluator& evaluator, Arguments arguments) {
  static constexpr std::array<std::string_view, 7> kDays = {
      "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
  const CivilDate* day = day_of(single(arguments[0]));
  if (day == nullptr) return wrong_argument(evaluator, "day of week");
  return kDays[static_cast<std::size_t>(day->weekday() - 1)];
}

Value month_of_year(Evaluator& evaluator, Arguments arguments) {
  static constexpr std::array<std::string_view, 12> kMonths = {
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  const CivilDate* day = day_of(single(arguments[0]));
  if (day == nullptr) return wrong_argument(evaluator, "month of year");
  return kMonths[static_cast<std::size_t>(day->month - 1)];
}

constexpr std::array<Builtin, 11> kBuiltins = {{
    {"date", "from|year,month,day", date},
    {"time", "from|hour,minute,second,offset?", time},
    {"date and time", "from|date,time", date_and_time},
    {"duration", "from", duration},
    {"years and months duration", "from,to", years_and_months},
    {"now", "", now},
    {"today", "", today},
    {"day of year", "date", day_of_year},
    {"week of year", "date", week_of_year},
    {"day of week", "date", day_of_week},
    {"month of year", "date", month_of_year},
}};

}  // namespace

std::span<const Builtin> temporal_builtins() {
  return kBuiltins;
}

}  // namespace huice::feel
