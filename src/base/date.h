// Calendar days.
#pragma once

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace huice {

/// A day of the Gregorian calendar, years 1 to 9999. Always valid.
class Date {
 public:
  /// 1970-01-01.
  constexpr Date() = default;
  /// nullopt when there is no such day.
  static std::optional<Date> make(int year, unsigned month, unsigned day);
  /// Reads `2026-05-07` and nothing else; people's forms of dates are read by text/.
  static std::optional<Date> parse(std::string_view iso);

  int year() const;
  unsigned month() const;
  unsigned day() const;

  /// `2026-05-07`.
  std::string to_iso() const;
  /// `2026年5月7日`, as GB/T 9704-2012, 7.3.5.4 writes it: no zero before month or day.
  std::string to_chinese() const;

  Date plus_days(int days) const;
  /// The same day `months` later; the last day of that month where it has none such.
  Date plus_months(int months) const;

  friend constexpr auto operator<=>(Date, Date) = default;
  /// Days from `b` to `a`.
  friend int operator-(Date a, Date b) { return static_cast<int>((a.days_ - b.days_).count()); }

 private:
  explicit constexpr Date(std::chrono::sys_days days) : days_(days) {}
  std::chrono::sys_days days_{};
};

}  // namespace huice
