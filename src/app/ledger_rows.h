// Problems and events as rows of the database.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/campaign_store.h"
#include "base/result.h"
#include "campaign/campaign.h"
#include "store/database.h"

namespace huice::app {

/// Holds off other writers of the rows until the transaction ends; SQLite has one in any case.
/// Errors: those of Database.
Status lock_rows(store::Database& database, const std::string& question,
                 const std::vector<store::Cell>& values);

/// The problems of a campaign with their histories, or just the one with this id. By id.
/// Errors: those of Database.
Result<std::vector<campaign::Problem>> read_problems(
    store::Database& database, const std::string& campaign,
    const std::optional<std::string>& only = std::nullopt);

/// Errors: those of Database.
Status insert_problem(store::Database& database, const std::string& campaign,
                      const campaign::Problem& problem);

/// Adds `event` as step `step` and tells the audit log of it. Errors: those of Database.
Status insert_event(store::Database& database, const std::string& campaign, const NewEvent& event,
                    int step, const Actor& actor);

}  // namespace huice::app
