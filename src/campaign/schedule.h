// The schedule of a campaign (安排表) and its ledger as tables, and its facts for notices.
#pragma once

#include "base/date.h"
#include "campaign/campaign.h"
#include "model/table.h"
#include "model/value.h"

namespace huice::campaign {

/// The schedule as a table: one row a helped enterprise, under a merged row for each 帮扶类型.
model::Table schedule_table(const Campaign& campaign);

/// `附件1`, the schedule with its title and notes, landscape.
model::Workbook schedule(const Campaign& campaign);

/// The ledger as of the end of day `on`: every problem with its standing, then the statistics.
model::Workbook ledger_workbook(const Campaign& campaign, Date on);

/// Name, year, office, goals, calendar, the three lists of enterprises, and the scheme as items,
/// for the notice template and its annexes.
model::Value campaign_value(const Campaign& campaign);

}  // namespace huice::campaign
