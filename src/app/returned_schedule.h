// Use case: a schedule (安排表) that was sent out, filled in and sent back changes the campaign.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "app/campaign_store.h"
#include "app/returned_cells.h"
#include "app/world.h"
#include "base/result.h"
#include "store/database.h"

namespace huice::app {

/// What comes of a schedule in the database. With `accept`, all of it is written in one transaction
/// unless a cell is refused, with an entry of the audit log for each row, before and after.
/// `version`: written only while the campaign has it.
/// Errors: those of changed_cells and Database; NotFound `campaign.not-found`; Conflict
///         `campaign.changed` where the campaign was changed meanwhile.
Result<Intake> take_schedule(store::Database& database, const std::string& campaign,
                             const ReturnedBook& book, bool accept, const Actor& actor,
                             std::optional<std::int64_t> version = std::nullopt);

/// The same wherever the campaign is. Of a folder, assignments.yaml is replaced, its comments and
/// order kept, once the campaign with it is sound. Errors: those of load_campaign also.
Result<Intake> take_schedule(const World& world, const CampaignPlace& place,
                             const ReturnedBook& book, bool accept);

}  // namespace huice::app
