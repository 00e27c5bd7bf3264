#include "feel/temporal.h"

#include <algorithm>
#include <array>
#include <chrono>

namespace huice::feel {
namespace {

constexpr std::int64_t kSecondsInDay = 86'400;
constexpr std::int64_t kNanosInSecond = 1'000'000'000;
constexpr int kDaysIn400Years = 146'097;

bool is_leap(std::int64_t year) {
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int days_in_month(std::int64_t year, int month) {
  static constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

}  // namespace

CivilDate::CivilDate(huice::Date date)
    : year(date.year()), month(static_cast<int>(date.month())), day(static_cast<int>(date.day())) {}

std::optional<CivilDate> CivilDate::make(std::int64_t year, std::int64_t month, std::int64_t day) {
  if (year > kMaxYear || year < -kMaxYear || month < 1 || month > 12 || day < 1) {
    return std::nullopt;
  }
  if (day > days_in_month(year, static_cast<int>(month))) return std::nullopt;
  return CivilDate(static_cast<int>(year), static_cast<int>(month), static_cast<int>(day));
}

// Years are counted from March, so that the leap day ends one; an era is 400 of them.
std::int64_t CivilDate::days() const {
  const std::int64_t y = std::int64_t{year} - (month <= 2 ? 1 : 0);
  const std::int64_t era = floor_div(y, 400);
  const std::int64_t year_of_era = y - era * 400;
  const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const std::int64_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * kDaysIn400Years + day_of_era - 719'468;  // days from 0000-03-01 to 1970-01-01
}

std::optional<CivilDate> CivilDate::from_days(std::int64_t days) {
  constexpr std::int64_t kFarthest = 366 * (std::int64_t{kMaxYear} + 1);
  if (days > kFarthest || days < -kFarthest) return std::nullopt;
  const std::int64_t shifted = days + 719'468;
  const std::int64_t era = floor_div(shifted, kDaysIn400Years);
  const std::int64_t day_of_era = shifted - era * kDaysIn400Years;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted_month = (5 * day_of_year + 2) / 153;
  const std::int64_t month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  return make(year_of_era + era * 400 + (month <= 2 ? 1 : 0), month,
              day_of_year - (153 * shifted_month + 2) / 5 + 1);
}

int CivilDate::weekday() const {
  const std::int64_t since_monday = days() + 3;  // 1970-01-01 was a Thursday
  return static_cast<int>(since_monday - floor_div(since_monday, 7) * 7) + 1;
}

int CivilDate::day_of_year() const {
  return static_cast<int>(days() - CivilDate(year, 1, 1).days()) + 1;
}

int CivilDate::week_of_year() const {
  // The week belongs to the year that holds its Thursday.
  const auto thursday = from_days(days() - weekday() + 4);
  return thursday ? (thursday->day_of_year() - 1) / 7 + 1 : 1;
}

std::optional<CivilDate> CivilDate::plus_months(std::int64_t months) const {
  constexpr std::int64_t kFarthest = std::int64_t{12} * 3 * kMaxYear;
  if (months > kFarthest || months < -kFarthest) return std::nullopt;
  const std::int64_t total = std::int64_t{year} * 12 + month - 1 + months;
  const std::int64_t new_year = floor_div(total, 12);
  const auto new_month = static_cast<int>(total - new_year * 12) + 1;
  return make(new_year, new_month, std::min(day, days_in_month(new_year, new_month)));
}

std::optional<huice::Date> CivilDate::to_date() const {
  return huice::Date::make(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
}

std::int64_t ClockTime::nanos() const {
  return (std::int64_t{hour} * 3600 + minute * 60 + second) * kNanosInSecond + nanosecond;
}

Decimal local_seconds(const Moment& moment) {
  const std::int64_t nanos = moment.time.nanos();
  const std::int64_t whole = moment.date.days() * kSecondsInDay + nanos / kNanosInSecond;
  return *add(Decimal(whole), Decimal::scaled(nanos % kNanosInSecond, -9));
}

Decimal utc_seconds(const Moment& moment) {
  const int offset = moment.time.zone ? moment.time.zone->offset.value_or(0) : 0;
  return *subtract(local_seconds(moment), offset);
}

std::optional<Moment> moment_from_local(const Decimal& seconds, std::optional<ZoneOffset> zone) {
  const Decimal whole = seconds.rounded(0, Rounding::Floor);
  const auto count = whole.to_int64();
  const auto nanos = multiply(*subtract(seconds, whole), Decimal(kNanosInSecond));
  if (!count || !nanos) return std::nullopt;
  const std::int64_t days = floor_div(*count, kSecondsInDay);
  const auto date = CivilDate::from_days(days);
  if (!date) return std::nullopt;
  const auto rest = static_cast<int>(*count - days * kSecondsInDay);
  Moment moment{*date, {}};
  moment.time = {
      .hour = rest / 3600,
      .minute = rest / 60 % 60,
      .second = rest % 60,
      .nanosecond = static_cast<int>(nanos->rounded(0, Rounding::Floor).to_int64().value_or(0)),
      .zone = std::move(zone)};
  return moment;
}

std::int64_t months_between(const CivilDate& from, const CivilDate& to) {
  if (to < from) return -months_between(to, from);
  const std::int64_t months = (std::int64_t{to.year} - from.year) * 12 + to.month - from.month;
  return months - (to.day < from.day ? 1 : 0);
}

}  // namespace huice::feel
