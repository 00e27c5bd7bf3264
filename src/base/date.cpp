#include "base/date.h"

#include <array>
#include <charconv>

namespace huice {
namespace {

std::chrono::year_month_day civil(std::chrono::sys_days days) {
  return {days};
}

std::optional<int> number(std::string_view digits) {
  int value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  const bool whole = error == std::errc() && end == digits.data() + digits.size();
  return whole && digits.front() != '-' ? std::optional(value) : std::nullopt;
}

std::string padded(unsigned value, std::size_t width) {
  std::string digits = std::to_string(value);
  return digits.insert(0, width > digits.size() ? width - digits.size() : 0, '0');
}

}  // namespace

std::optional<Date> Date::make(int year, unsigned month, unsigned day) {
  const std::chrono::year_month_day wanted{std::chrono::year(year), std::chrono::month(month),
                                           std::chrono::day(day)};
  if (year < 1 || year > 9999 || !wanted.ok()) return std::nullopt;
  return Date(std::chrono::sys_days(wanted));
}

std::optional<Date> Date::parse(std::string_view iso) {
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  const auto year = number(iso.substr(0, 4));
  const auto month = number(iso.substr(5, 2));
  const auto day = number(iso.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  return make(*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day));
}

int Date::year() const {
  return static_cast<int>(civil(days_).year());
}
unsigned Date::month() const {
  return static_cast<unsigned>(civil(days_).month());
}
unsigned Date::day() const {
  return static_cast<unsigned>(civil(days_).day());
}

std::string Date::to_iso() const {
  return padded(static_cast<unsigned>(year()), 4) + "-" + padded(month(), 2) + "-" +
         padded(day(), 2);
}

std::string Date::to_chinese() const {
  return std::to_string(year()) + "年" + std::to_string(month()) + "月" + std::to_string(day()) +
         "日";
}

Date Date::plus_days(int days) const {
  return Date(days_ + std::chrono::days(days));
}

Date Date::plus_months(int months) const {
  const auto moved = civil(days_) + std::chrono::months(months);
  if (moved.ok()) return Date(std::chrono::sys_days(moved));
  return Date(std::chrono::sys_days(moved.year() / moved.month() / std::chrono::last));
}

}  // namespace huice
