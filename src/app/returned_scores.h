// Use case: score sheets (考核计分表) that were sent out, filled in and sent back become reviews.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/campaign_store.h"
#include "app/returned_cells.h"
#include "app/world.h"
#include "base/date.h"
#include "base/result.h"
#include "store/database.h"

namespace huice::app {

/// Whether whoever brings the sheets may give scores to a target.
using MayScore = std::function<Status(const std::string& target)>;

/// Score sheets that came back, and what their cells do not say.
struct ReturnedScores {
  ReturnedBook book;   ///< what was sent is as `huice assess` wrote it
  std::string stage;   ///< 自评, 复核 or 终评
  std::string by;      ///< who gives the scores
  std::string reason;  ///< where 计分说明 was not written anew; may be empty for 自评
  Date on;
  bool accept = false;  ///< else they are only looked at
  MayScore may;         ///< empty: to all
};

/// A changed cell of the column 得分, not one of the reasons beside it.
bool is_score(const ReturnedCell& cell);
/// The target on whose sheet a changed cell lies.
std::string target_of(const ReturnedCell& cell);

/// What comes of score sheets of a campaign in the database: what was sent, the scores as of `on`
/// and what came back are compared; each changed 得分 becomes a review, with the 计分说明 that was
/// written anew as its reason. With `accept`, all of them are recorded in one transaction unless a
/// cell is refused, each in the audit log: a conflict that was not settled, a change of something
/// that is no score, a score that is no number or above the weight, a missing reason.
/// `version`: written only while scores_version is this.
/// Errors: those of assess, changed_cells and record_reviews; InvalidInput `assessment.stage`.
Result<Intake> take_scores(store::Database& database, const std::string& campaign,
                           const ReturnedScores& returned, const Actor& actor,
                           std::optional<std::int64_t> version = std::nullopt);

/// The same wherever the campaign is. Of a folder, the reviews are added to entries.yaml, its
/// comments and order kept, once the campaign with them is sound. Errors: those of load_campaign
/// also.
Result<Intake> take_scores(const World& world, const CampaignPlace& place,
                           const ReturnedScores& returned);

}  // namespace huice::app
