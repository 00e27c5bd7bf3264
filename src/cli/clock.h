// The time of day, asked for here and nowhere below.
#pragma once

#include <cstdint>
#include <string>

#include "base/date.h"

namespace huice::cli {

/// The day where the machine stands.
Date today();
/// ISO 8601 in UTC, to the second.
std::string now();
/// Since 1970 in UTC.
std::int64_t seconds();

}  // namespace huice::cli
