#include "cli/clock.h"

#include <array>
#include <ctime>

namespace huice::cli {

Date today() {
  const std::time_t now_seconds = std::time(nullptr);
  std::tm local{};
  localtime_r(&now_seconds, &local);
  return Date::make(local.tm_year + 1900, static_cast<unsigned>(local.tm_mon + 1),
                    static_cast<unsigned>(local.tm_mday))
      .value_or(Date());
}

std::string now() {
  const std::time_t now_seconds = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now_seconds, &utc);
  std::array<char, 32> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc)};
}

std::int64_t seconds() {
  return std::time(nullptr);
}

}  // namespace huice::cli
