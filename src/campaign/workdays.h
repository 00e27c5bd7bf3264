// Working days as far as the calendar tells them: weekends are known, public holidays are not.
#pragma once

#include "base/date.h"

namespace huice::campaign {

/// Saturday or Sunday.
bool is_weekend(Date day);

/// The `days`th working day after `day`.
Date after_working_days(Date day, int days);

}  // namespace huice::campaign
