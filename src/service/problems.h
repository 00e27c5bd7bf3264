// A problem of the ledger in a line of a list.
#pragma once

#include "base/date.h"
#include "campaign/campaign.h"
#include "model/value.h"

namespace huice::service {

/// Where it stands at the end of `today`.
model::Value problem_summary(const campaign::Campaign& campaign, const campaign::Problem& problem,
                             Date today);

}  // namespace huice::service
