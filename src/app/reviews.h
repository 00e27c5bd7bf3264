// Scores that people gave beside those by rule (自评、复核、终评), kept in the database. Those that
// came with the campaign's files stand in its entries.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/campaign_store.h"
#include "base/result.h"
#include "campaign/campaign.h"
#include "store/database.h"

namespace huice::app {

/// A review to be recorded.
struct NewReview {
  campaign::Review review;        ///< that campaign::make_review has checked
  std::optional<Decimal> before;  ///< the score that counted; nullopt: there was none
};

/// In the order in which they were recorded. Errors: those of Database.
Result<std::vector<campaign::Review>> read_reviews(store::Database& database,
                                                   const std::string& campaign);

/// Goes up with all that scores follow from: the campaign's files, each event of its ledger, each
/// review. Errors: NotFound `campaign.not-found`; those of Database.
Result<std::int64_t> scores_version(store::Database& database, const std::string& campaign);

/// Adds reviews, all or none, each with an entry of the audit log: the score before, and the
/// review. `version`: only while scores_version is this.
/// Errors: Conflict `campaign.changed`; as scores_version.
Status record_reviews(store::Database& database, const std::string& campaign,
                      const std::vector<NewReview>& reviews, const Actor& actor,
                      std::optional<std::int64_t> version = std::nullopt);

}  // namespace huice::app
