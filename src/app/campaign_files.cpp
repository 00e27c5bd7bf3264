#include "app/campaign_files.h"

#include <string>
#include <utility>

#include "app/typesetting.h"
#include "base/files.h"
#include "campaign/schedule.h"
#include "layout/sheet_pages.h"
#include "render/pdf/pdf_writer.h"
#include "render/xlsx/xlsx_writer.h"

namespace huice::app {
namespace fs = std::filesystem;
Error unsupported_output(const fs::path& out) {
  return {.code = ErrorCode::Unsupported,
          .id = "campaign.output-format",
          .message = "输出文件名应以 .xlsx 或 .pdf 结尾，实为“" + out.extension().string() + "”",
          .where = {.file = out.string()}};
}

Result<Written> write_workbook(const World& world, const CampaignRequest& request,
                               const model::Workbook& workbook) {
  std::string bytes;
  if (request.out.extension() == ".xlsx") {
    HUICE_TRY(bytes, render::xlsx::write(workbook, {.created = request.on}));
  } else if (request.out.extension() == ".pdf") {
    HUICE_TRY(const auto fonts, open_fonts(world, request.fonts));
    HUICE_TRY(const auto pages, layout::lay_out(workbook, fonts));
    HUICE_TRY(bytes, render::pdf::write(pages, {workbook.title, workbook.author, request.on}));
  } else {
    return unsupported_output(request.out);
  }
  HUICE_TRY([[maybe_unused]] const Unit written, write_file(request.out, bytes));
  return Written{request.out};
}

Result<Written> write_schedule(const World& world, const CampaignRequest& request) {
  HUICE_TRY(const auto campaign, campaign::load_campaign(request.campaign.string()));
  return write_workbook(world, request, campaign::schedule(campaign));
}

Result<Written> write_ledger(const World& world, const CampaignRequest& request) {
  HUICE_TRY(const auto campaign, campaign::load_campaign(request.campaign.string()));
  return write_workbook(world, request, campaign::ledger_workbook(campaign, request.on));
}

}  // namespace huice::app
