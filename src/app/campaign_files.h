// Use cases of a campaign's office: the schedule (安排表), the ledger (台账). The assessment is in
// assessment_files.h.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

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
};

/// The files written, in order.
using Written = std::vector<std::filesystem::path>;

/// Writes a workbook in the format that `request.out` asks for by its ending.
/// Errors: those of layout and writing; Unsupported `campaign.output-format`.
Result<Written> write_workbook(const World& world, const CampaignRequest& request,
                               const model::Workbook& workbook);
Error unsupported_output(const std::filesystem::path& out);

/// Errors of both: those of load_campaign, layout and writing; Unsupported
/// `campaign.output-format`.
Result<Written> write_schedule(const World& world, const CampaignRequest& request);
Result<Written> write_ledger(const World& world, const CampaignRequest& request);

}  // namespace huice::app
