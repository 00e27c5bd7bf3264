// Use case: a ledger (问题台账) that was sent out, filled in and sent back becomes events.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/campaign_store.h"
#include "app/returned_cells.h"
#include "app/world.h"
#include "base/result.h"
#include "campaign/returned_row.h"
#include "store/database.h"

namespace huice::app {

/// Whether whoever brings the ledger may record an event of a problem that stands there.
using MayRecord =
    std::function<Status(campaign::EventKind kind, const campaign::Standing& standing)>;

/// A ledger that came back, and what its cells do not say.
struct ReturnedLedger {
  ReturnedBook book;
  campaign::EventTerms terms;
  bool accept = false;  ///< else it is only looked at
  MayRecord may;        ///< empty: everything
};

/// What comes of a ledger in the database. With `accept`, all events are recorded in one
/// transaction unless a cell is refused, each in the audit log, and for each row what it said
/// before and after. Only what an event can say changes; the rest, and the sheets of figures and
/// histories, are refused.
/// `version`: written only while the campaign has it.
/// Errors: those of changed_cells, stored_campaign and record_events; Conflict `campaign.changed`.
Result<Intake> take_ledger(store::Database& database, const std::string& campaign,
                           const ReturnedLedger& returned, const Actor& actor,
                           std::optional<std::int64_t> version = std::nullopt);

/// The same wherever the campaign is. Of a folder, the events are added to ledger.yaml, its
/// comments and order kept, once the campaign with them is sound. Errors: those of load_campaign
/// also.
Result<Intake> take_ledger(const World& world, const CampaignPlace& place,
                           const ReturnedLedger& returned);

}  // namespace huice::app
