// Use cases of a campaign's office: the schedule (安排表), the ledger (台账). The assessment is in
// assessment_files.h.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/workbook_files.h"
#include "app/world.h"
#include "base/date.h"
#include "base/result.h"
#include "model/table.h"

namespace huice::app {

struct CampaignRequest {
  std::filesystem::path campaign;              ///< the folder of the campaign's files
  std::filesystem::path out;                   ///< .xlsx or .pdf
  std::optional<std::filesystem::path> fonts;  ///< instead of templates/fonts.yaml
  Date on;                                     ///< standing as of this day
  std::optional<std::string> database;         ///< `campaign` is then an id in this database
};

/// The files written, in order.
using Written = std::vector<std::filesystem::path>;

/// Writes a workbook in the format that `request.out` asks for by its ending.
/// Errors: those of layout and writing; Unsupported `campaign.output-format`.
Result<Written> write_workbook(const World& world, const CampaignRequest& request,
                               const model::Workbook& workbook);

/// Errors of both: those of load_campaign, layout and writing; Unsupported
/// `campaign.output-format`.
Result<Written> write_schedule(const World& world, const CampaignRequest& request);
Result<Written> write_ledger(const World& world, const CampaignRequest& request);

}  // namespace huice::app
