// The campaigns of a county, as the database has them.
#pragma once

#include <string>
#include <vector>

#include "app/campaign_store.h"
#include "base/result.h"
#include "campaign/campaign.h"
#include "service/handlers.h"

namespace huice::service {

/// All of the caller's county, the newest year first. Errors: those of app::stored_campaign.
Result<std::vector<campaign::Campaign>> campaigns_of(Desk& desk, const Call& call);

/// The one with this id, or the newest where `id` is empty.
/// Errors: NotFound `campaign.not-found` when the county has none such; as above.
Result<campaign::Campaign> campaign_of(Desk& desk, const Call& call, const std::string& id);

/// The caller, as the audit log is to tell of what becomes of a campaign.
app::Actor campaign_actor(const Call& call);

}  // namespace huice::service
