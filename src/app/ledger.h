// Use cases of the ledger (问题台账): recording, looking up, reminding, sending up. Answers are
// plain values, for the command line and for JSON alike.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/campaign_store.h"
#include "app/workbook_files.h"
#include "app/world.h"
#include "base/date.h"
#include "base/result.h"
#include "campaign/escalation.h"
#include "campaign/statistics.h"
#include "model/value.h"

namespace huice::app {

/// Most events that one file may bring; a county records some thousand a year.
inline constexpr std::size_t kMostEventsOfFile = 10'000;

/// Records what `entry` says: an event as ledger.yaml writes it, with `problem`, the id of the
/// problem, or a record of its particulars for a new one, and perhaps `receipt` (what is recorded
/// once under a receipt is not recorded again).
/// Errors: those of make_event, make_problem, record_event and register_problem; InvalidInput
/// `campaign.missing-key` without `problem`.
Result<Recorded> record_entry(store::Database& database, const campaign::Campaign& campaign,
                              const model::Value& entry, const Actor& actor);

/// Records the entries of a list one after the other, each by itself, and tells of each once it
/// lasts. Stops at the first that is refused.
/// Errors: as record_entry; Unsupported `ledger.no-database` for a campaign in files; TooLarge
/// `campaign.too-large` beyond kMostEventsOfFile.
Status record_entries(const World& world, const CampaignPlace& place, const model::Value& entries,
                      const std::function<void(const Recorded&)>& tell);

/// The problems behind a figure of the statistics, each as campaign::problem_line.
Result<model::Value> list_problems(const CampaignPlace& place, Date on,
                                   const campaign::Selection& selection);

/// One problem as ledger.yaml writes it, with `standing`: where it stands on day `on`.
/// Errors: NotFound `ledger.not-found`.
Result<model::Value> problem_history(const CampaignPlace& place, const std::string& problem,
                                     Date on);

/// campaign::statistics_value of the ledger.
Result<model::Value> ledger_statistics(const CampaignPlace& place, Date on);

/// The problems due within `days` days or overdue, as problem_line, each with `距期限` (days, below
/// 0: overdue) and `升级到` (a tier, or null).
Result<model::Value> due_list(const CampaignPlace& place, Date on, int days);
using campaign::urgency_text;  // of `距期限`, for people

/// The same as a workbook, for 月调度. Errors: those of open_campaign and write_workbook.
Status write_due_list(const World& world, const CampaignPlace& place, int days,
                      const WorkbookFile& file);

/// Sends every problem that has been overdue long enough one tier up, as `by`. Done twice on a day,
/// it does nothing the second time.
/// Errors: as record_entries.
Result<std::vector<Recorded>> escalate_overdue(const World& world, const CampaignPlace& place,
                                               Date on, const std::string& by);

/// Sends these of the campaign's `escalations` one tier up, as `by`: all or none.
/// Errors: as record_events; Conflict `ledger.changed` where one was worked on since it was read.
Status escalate(store::Database& database, const campaign::Campaign& campaign,
                const std::vector<campaign::DueProblem>& due, Date on, const std::string& by,
                const Actor& actor);

}  // namespace huice::app
