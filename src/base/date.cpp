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

/// Adds `value` in at least `width` digits.
void add_padded(std::string& text, unsigned value, std::size_t width) {
  std::array<char, 10> digits{};
  std::size_t at = digits.size();
  do {
    digits[--at] = static_cast<char>('0' + value % 10);
    value /= 10;
  } while (value > 0 || digits.size() - at < width);
  text.append(digits.data() + at, digits.size() - at);
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
  const auto date = civil(days_);
  std::string text;
  add_padded(text, static_cast<unsigned>(static_cast<int>(date.year())), 4);
  text += '-';
  add_padded(text, static_cast<unsigned>(date.month()), 2);
  text += '-';
  add_padded(text, static_cast<unsigned>(date.day()), 2);
  return text;
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
