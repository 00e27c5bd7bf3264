// Days as people write them.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "base/date.h"

namespace huice::text {

/// Reads one day: `2015年3月8日`, `2015-3-8`, `2015.3.8`, `2015/3/8`, `20150308`,
/// `二〇二二年五月七日`, `二○○五年六月十一日`, full-width digits; blanks around and between are
/// allowed, and a time of midnight after it, as spreadsheets add. The whole text must be the day.
/// nullopt when there is no such day, and for anything ambiguous: two-digit years, day first.
std::optional<Date> parse_people_date(std::string_view utf8);

/// A day found inside a text; byte offsets.
struct FoundDate {
  Date date;
  std::size_t offset = 0;
  std::size_t size = 0;
};

/// All days of a text in order, every form above but the eight bare digits, which may be any
/// number.
std::vector<FoundDate> find_dates(std::string_view utf8);

}  // namespace huice::text
