// A policy in a line of a list.
#pragma once

#include "base/date.h"
#include "model/value.h"
#include "policy/policy.h"

namespace huice::service {

/// Its name, source and, where a window is open on the day, when that closes.
model::Value policy_summary(const policy::Policy& policy, Date on);

}  // namespace huice::service
