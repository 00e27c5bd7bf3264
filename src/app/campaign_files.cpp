#include "app/campaign_files.h"

#include <utility>

#include "app/campaign_store.h"
#include "campaign/schedule.h"

namespace huice::app {

Result<Written> write_workbook(const World& world, const CampaignRequest& request,
                               const model::Workbook& workbook) {
  const WorkbookFile file{.out = request.out, .fonts = request.fonts, .on = request.on};
  HUICE_TRY([[maybe_unused]] const Unit written, write_workbook(world, workbook, file));
  return Written{request.out};
}

Result<Written> write_schedule(const World& world, const CampaignRequest& request) {
  HUICE_TRY(const auto campaign, open_campaign({request.campaign.string(), request.database}));
  return write_workbook(world, request, campaign::schedule(campaign));
}

Result<Written> write_ledger(const World& world, const CampaignRequest& request) {
  HUICE_TRY(const auto campaign, open_campaign({request.campaign.string(), request.database}));
  return write_workbook(world, request, campaign::ledger_workbook(campaign, request.on));
}

}  // namespace huice::app
