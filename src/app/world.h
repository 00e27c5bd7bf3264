// The outside world, handed to every use case: below app nothing knows today's date or a path.
#pragma once

#include <filesystem>

#include "base/date.h"

namespace huice::app {

struct World {
  Date today;
  std::filesystem::path home;  ///< holds policies/, templates/ and index/
};

}  // namespace huice::app
