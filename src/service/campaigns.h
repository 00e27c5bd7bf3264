// The campaigns of a county, as the database has them (`huice campaign import`).
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "campaign/campaign.h"
#include "service/handlers.h"

namespace huice::service {

/// All of the caller's county, the newest year first. Errors: those of app::stored_campaign.
Result<std::vector<campaign::Campaign>> campaigns_of(Desk& desk, const Call& call);

/// The one with this id, or the newest where `id` is empty.
/// Errors: NotFound `campaign.not-found` when the county has none such; as above.
Result<campaign::Campaign> campaign_of(Desk& desk, const Call& call, const std::string& id);

}  // namespace huice::service
