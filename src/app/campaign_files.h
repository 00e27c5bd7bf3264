// Use cases of a campaign's office: the schedule (安排表), the ledger (台账), the assessment
// (考核).
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "app/world.h"
#include "base/date.h"
#include "base/result.h"

namespace huice::app {

struct CampaignRequest {
  std::filesystem::path campaign;              ///< the folder of the campaign's files
  std::filesystem::path out;                   ///< .xlsx or .pdf; assess: also a folder
  std::optional<std::filesystem::path> fonts;  ///< instead of templates/fonts.yaml
  Date on;                                     ///< standing as of this day
};

/// The files written, in order.
using Written = std::vector<std::filesystem::path>;

/// Errors of all three: those of load_campaign, layout and writing; Unsupported
/// `campaign.output-format`.
Result<Written> write_schedule(const World& world, const CampaignRequest& request);
Result<Written> write_ledger(const World& world, const CampaignRequest& request);

/// An .xlsx holds rankings and sheets; a .pdf the ranking and then every unit's sheet. A folder
/// gets assessment.xlsx, ranking.pdf and sheets.pdf.
Result<Written> write_assessment(const World& world, const CampaignRequest& request);

}  // namespace huice::app
