// Campaigns in the database (which campaign_import.h takes over from their files): opened again,
// and their ledger written event by event.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/world.h"
#include "base/result.h"
#include "campaign/campaign.h"
#include "store/audit.h"
#include "store/database.h"

namespace huice::app {

/// Where a campaign is: a folder of its files, or, with a database, its id there.
struct CampaignPlace {
  std::string name;
  std::optional<std::string> database;  ///< an address as Database::open takes it
};

/// Errors: those of load_campaign; those of stored_campaign and of Database.
Result<campaign::Campaign> open_campaign(const CampaignPlace& place);

/// Who does something, as the audit log is to tell.
struct Actor {
  std::string at;      ///< ISO 8601 in UTC
  std::string name;    ///< the account, or `命令行`
  std::string origin;  ///< the network address, or the machine's user
};
/// Whoever runs the program.
Actor actor_of(const World& world);

/// Errors: NotFound `campaign.not-found` with the ids that there are; those of Database.
Result<campaign::Campaign> stored_campaign(store::Database& database, const std::string& id);

/// The files of a campaign as they were taken over, with an empty ledger.
struct StoredSchedule {
  campaign::CampaignSource source;
  std::string assignments;    ///< the text of assignments.yaml
  std::int64_t revision = 0;  ///< goes up with every change of the files
};

/// Errors: NotFound `campaign.not-found`; those of Database.
Result<StoredSchedule> stored_schedule(store::Database& database, const std::string& id);

/// Replaces assignments.yaml by `text`, which was found sound, and tells the audit log, all or
/// nothing. Errors: Conflict `campaign.changed` unless the revision is `revision`; those of
/// Database.
Status replace_schedule(store::Database& database, const std::string& id, const std::string& text,
                        std::int64_t revision, const std::vector<store::AuditEntry>& entries);

/// The ids of the campaigns, in their order. Errors: those of Database.
Result<std::vector<std::string>> stored_campaigns(store::Database& database);

/// One problem with its history. Errors: NotFound `ledger.not-found`; those of Database.
Result<campaign::Problem> stored_problem(store::Database& database, const std::string& campaign,
                                         const std::string& id);

/// An event to be recorded.
struct NewEvent {
  std::string problem;
  campaign::Event event;
  std::optional<int> after;  ///< recorded only while the history has this many events
  std::string receipt;       ///< what is recorded once under it is not recorded again; may be empty
};

/// What is recorded once this is returned, whatever happens to the machine afterwards.
struct Recorded {
  std::string problem;
  int step = 0;                 ///< of the event, from 1
  bool again = false;           ///< it had been recorded before, under the same receipt
  campaign::Standing standing;  ///< after all events
};

/// Adds an event to a history. The event is one that campaign::make_event has checked.
/// Errors: those of with_event; NotFound `ledger.not-found`; Conflict `ledger.changed` where
/// `after` no longer holds; those of Database.
Result<Recorded> record_event(store::Database& database, const std::string& campaign,
                              const NewEvent& event, const Actor& actor);

/// Adds events all or none, and tells the audit log of `entries` besides. Errors: as record_event,
/// of the first event that is refused.
Status record_events(store::Database& database, const std::string& campaign,
                     const std::vector<NewEvent>& events, const Actor& actor,
                     const std::vector<store::AuditEntry>& entries);

/// Registers a problem that campaign::make_problem has checked, by an event of kind Register. One
/// without an id gets the next: `WT-2026-061`. `event.problem` is left out of account.
/// Errors: as record_event; Conflict `campaign.duplicate` where the id is taken.
Result<Recorded> register_problem(store::Database& database, const campaign::Campaign& campaign,
                                  campaign::Problem problem, const NewEvent& event,
                                  const Actor& actor);

}  // namespace huice::app
