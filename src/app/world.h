// The outside world, handed to every use case: below app nothing knows today's date or a path.
#pragma once

#include <filesystem>
#include <string>

#include "base/date.h"

namespace huice::app {

struct World {
  Date today;
  std::filesystem::path home;  ///< holds policies/, templates/ and index/
  std::string now = {};        ///< ISO 8601 in UTC, to the second
  std::string user = {};       ///< whoever runs the program, as the system names them
};

}  // namespace huice::app
