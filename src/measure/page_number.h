// The page number that a page shows.
#pragma once

#include <optional>

#include "measure/seen_text.h"

namespace huice::measure {

struct ShownNumber {
  int number = 0;
  const SeenText* line = nullptr;  ///< `—3—`
};

/// The number between dashes below the 版心; nullopt where there is none.
std::optional<ShownNumber> number_on(const SeenLines& lines, int page);

}  // namespace huice::measure
