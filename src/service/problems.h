// A problem of the ledger in a line of a list, and who may record what of it.
#pragma once

#include <string>

#include "app/campaign_store.h"
#include "base/date.h"
#include "base/result.h"
#include "campaign/campaign.h"
#include "model/value.h"
#include "service/call.h"

namespace huice::service {

/// Where it stands at the end of `today`.
model::Value problem_summary(const campaign::Campaign& campaign, const campaign::Problem& problem,
                             Date today);

/// Closing is for those who review, and a unit's clerk keeps to what the unit has in hand.
/// Errors: InvalidInput `session.forbidden`.
Status check_hand(const Call& call, campaign::EventKind kind, const campaign::Standing& standing);

/// Whoever asks, for the ledger's audit log.
app::Actor actor_of(const Call& call);
/// Whoever asks, as an event names them: unit and name.
std::string recorder_of(const Call& call);

}  // namespace huice::service
