// The papers of a county's campaign: its schedule (安排表), its ledger (台账), its bulletins
// (通报).
#include "app/bulletin.h"
#include "campaign/schedule.h"
#include "service/campaigns.h"
#include "service/handlers.h"
#include "service/workbook_answer.h"

namespace huice::service {
namespace {

Result<Answer> get_schedule_sheet(Desk& desk, const Call& call) {
  HUICE_TRY(const auto campaign, campaign_of(desk, call, call.text("campaign")));
  return sheet_answer(campaign::schedule(campaign), call.world.today);
}

Result<Answer> get_schedule_pdf(Desk& desk, const Call& call) {
  HUICE_TRY(const auto campaign, campaign_of(desk, call, call.text("campaign")));
  return pages_answer(desk, campaign::schedule(campaign), call.world.today);
}

Result<Answer> get_ledger_sheet(Desk& desk, const Call& call) {
  HUICE_TRY(const auto campaign, campaign_of(desk, call, call.text("campaign")));
  return sheet_answer(campaign::ledger_workbook(campaign, call.day("on")), call.day("on"));
}

Result<Answer> get_ledger_pdf(Desk& desk, const Call& call) {
  HUICE_TRY(const auto campaign, campaign_of(desk, call, call.text("campaign")));
  return pages_answer(desk, campaign::ledger_workbook(campaign, call.day("on")), call.day("on"));
}

app::Bulletin bulletin_of(const Call& call) {
  return {.period = call.text("period"), .number = call.text("number"), .dated = call.day("on")};
}

Result<Answer> get_bulletin_content(Desk& desk, const Call& call) {
  HUICE_TRY(const auto campaign, campaign_of(desk, call, call.text("campaign")));
  const app::Bulletin bulletin = bulletin_of(call);
  HUICE_TRY(auto content, app::bulletin_content(campaign, bulletin));
  return json_answer(model::Value::Record{{"template", app::bulletin_template(bulletin)},
                                          {"data", std::move(content)}});
}

Result<Answer> get_bulletin(Desk& desk, const Call& call) {
  HUICE_TRY(const auto campaign, campaign_of(desk, call, call.text("campaign")));
  const auto materials = desk.site.materials.get();
  HUICE_TRY(auto pdf, app::bulletin_pdf(call.world, materials->fonts, campaign, bulletin_of(call)));
  return bytes_answer(kPdfType, std::move(pdf));
}

}  // namespace

Handlers campaign_handlers() {
  return {{"getScheduleSheet", get_schedule_sheet},     {"getSchedulePdf", get_schedule_pdf},
          {"getLedgerSheet", get_ledger_sheet},         {"getLedgerPdf", get_ledger_pdf},
          {"getBulletinContent", get_bulletin_content}, {"getBulletin", get_bulletin}};
}

}  // namespace huice::service
