// Days not to be missed, as an iCalendar feed (RFC 5545) that any calendar can subscribe to.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "policy/library.h"
#include "policy/match.h"

namespace huice::policy {

/// One whole day with something to do.
struct CalendarEvent {
  std::string uid;  ///< the same for the same event in every later feed
  Date day;
  std::string summary;
  std::string description;  ///< lines parted by \n; may be empty
  int alarm_days = 0;       ///< reminded of so many days before; 0: not
};

/// Openings and ends of windows and the end of validity of every policy within reach, in the year
/// from the day of the match on: at most kCalendarDays ahead.
std::vector<CalendarEvent> events_of(const Library& library, const EnterpriseMatches& enterprise);

/// The same of one policy, whoever it may concern.
std::vector<CalendarEvent> events_of(const Policy& policy, Date on, Date known_on);

inline constexpr int kCalendarDays = 366;

/// The feed. `known_on` stamps it, so that equal input gives equal bytes. Lines end in CRLF and
/// are folded after 75 bytes, never inside of a character.
std::string to_icalendar(std::span<const CalendarEvent> events, std::string_view name,
                         Date known_on);

}  // namespace huice::policy
