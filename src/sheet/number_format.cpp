#include "sheet/number_format.h"

#include <algorithm>
#include <string>

namespace huice::sheet {
namespace {

constexpr std::string_view kDayLetters = "ymdhsYMDHS";

/// Where the part that begins at `at` and is not a format letter ends: a quoted text, a bracket, an
/// escaped or padding character. `at` itself when a plain character stands there.
std::size_t skipped(std::string_view code, std::size_t at) {
  switch (code[at]) {
    case '"':
      return std::min(code.find('"', at + 1), code.size() - 1) + 1;
    case '[':
      return std::min(code.find(']', at + 1), code.size() - 1) + 1;
    case '\\':
    case '_':
    case '*':
      return std::min(at + 2, code.size());
    default:
      return at;
  }
}

/// `[h]`, `[mm]`, `[ss]`: hours, minutes or seconds beyond a day.
bool is_elapsed(std::string_view bracket) {
  constexpr std::string_view kLetters = "hmsHMS";
  return bracket.size() > 2 &&
         bracket.substr(1, bracket.size() - 2).find_first_not_of(kLetters) == bracket.npos;
}

}  // namespace

NumberKind kind_of_format(std::string_view code) {
  if (code == "General" || code == "GENERAL" || code == "general") return NumberKind::Plain;
  bool day = false;
  bool percent = false;
  for (std::size_t at = 0; at < code.size() && code[at] != ';';) {
    const std::size_t next = skipped(code, at);
    if (next != at) {
      if (code[at] == '[' && is_elapsed(code.substr(at, next - at))) return NumberKind::Plain;
      at = next;
      continue;
    }
    day = day || kDayLetters.find(code[at]) != kDayLetters.npos;
    percent = percent || code[at] == '%';
    ++at;
  }
  if (day) return NumberKind::Day;
  return percent ? NumberKind::Percent : NumberKind::Plain;
}

NumberKind kind_of_builtin_format(int id) {
  if (id == 9 || id == 10) return NumberKind::Percent;
  const bool day = (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
  return day ? NumberKind::Day : NumberKind::Plain;
}

}  // namespace huice::sheet
