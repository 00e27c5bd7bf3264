#include "campaign/workdays.h"

namespace huice::campaign {

bool is_weekend(Date day) {
  constexpr int kDaysOfWeek = 7;
  constexpr int kThursday = 3;  // 1970-01-01, counted from Monday
  constexpr int kSaturday = 5;
  const int since = (day - Date()) % kDaysOfWeek;
  return (since + kThursday + kDaysOfWeek) % kDaysOfWeek >= kSaturday;
}

Date after_working_days(Date day, int days) {
  while (days > 0) {
    day = day.plus_days(1);
    if (!is_weekend(day)) --days;
  }
  return day;
}

}  // namespace huice::campaign
