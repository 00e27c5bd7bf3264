// The papers of a county's campaign: its schedule (安排表) and its bulletins (通报).
#include "app/bulletin.h"
#include "app/workbook_files.h"
#include "campaign/schedule.h"
#include "service/campaigns.h"
#include "service/handlers.h"

namespace huice::service {
namespace {

Result<Answer> get_schedule_sheet(Desk& desk, const Call& call) {
  HUICE_TRY(const auto campaign, campaign_of(desk, call, call.text("campaign")));
  HUICE_TRY(auto xlsx, app::workbook_xlsx(campaign::schedule(campaign), call.world.today));
  return bytes_answer("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                      std::move(xlsx));
}

Result<Answer> get_schedule_pdf(Desk& desk, const Call& call) {
  HUICE_TRY(const auto campaign, campaign_of(desk, call, call.text("campaign")));
  const auto materials = desk.site.materials.get();
  HUICE_TRY(auto pdf,
            app::workbook_pdf(materials->fonts, campaign::schedule(campaign), call.world.today));
  return bytes_answer("application/pdf", std::move(pdf));
}

Result<Answer> get_bulletin(Desk& desk, const Call& call) {
  HUICE_TRY(const auto campaign, campaign_of(desk, call, call.text("campaign")));
  const auto materials = desk.site.materials.get();
  const app::Bulletin bulletin{
      .period = call.text("period"), .number = call.text("number"), .dated = call.day("on")};
  HUICE_TRY(auto pdf, app::bulletin_pdf(call.world, materials->fonts, campaign, bulletin));
  return bytes_answer("application/pdf", std::move(pdf));
}

}  // namespace

Handlers campaign_handlers() {
  return {{"getScheduleSheet", get_schedule_sheet},
          {"getSchedulePdf", get_schedule_pdf},
          {"getBulletin", get_bulletin}};
}

}  // namespace huice::service
