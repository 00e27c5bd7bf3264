#include "app/campaign_files.h"

#include <string>
#include <utility>

#include "app/typesetting.h"
#include "base/files.h"
#include "campaign/assessment.h"
#include "campaign/schedule.h"
#include "layout/sheet_pages.h"
#include "render/pdf/pdf_writer.h"
#include "render/xlsx/xlsx_writer.h"

namespace huice::app {
namespace fs = std::filesystem;
namespace {

Error unsupported(const fs::path& out) {
  return {.code = ErrorCode::Unsupported,
          .id = "campaign.output-format",
          .message = "输出文件名应以 .xlsx 或 .pdf 结尾，实为“" + out.extension().string() + "”",
          .where = {.file = out.string()}};
}

/// A workbook in the format its file name asks for.
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
    return unsupported(request.out);
  }
  HUICE_TRY([[maybe_unused]] const Unit written, write_file(request.out, bytes));
  return Written{request.out};
}

/// What an assessment is printed from: opened once for the ranking and all sheets.
struct AssessmentPress {
  const campaign::Assessment& assessment;
  layout::FontSet fonts;
  fs::path ranking_template;
  fs::path sheet_template;

  Status add_ranking(PageStack& stack) const {
    HUICE_TRY(const auto document,
              compose_document(ranking_template, {campaign::ranking_value(assessment), {}}));
    return stack.add(document);
  }

  Status add_sheets(PageStack& stack) const {
    for (const auto& group : assessment.groups) {
      for (const auto& target : group.targets) {
        const auto values = campaign::assessment_value(assessment, group, target);
        HUICE_TRY(const auto document, compose_document(sheet_template, {values, {}}));
        HUICE_TRY([[maybe_unused]] const Unit added, stack.add(document));
      }
    }
    return Unit{};
  }
};

Result<AssessmentPress> open_press(const World& world, const CampaignRequest& request,
                                   const campaign::Assessment& assessment) {
  HUICE_TRY(auto fonts, open_fonts(world, request.fonts));
  HUICE_TRY(auto ranking, find_template(world, "assessment-ranking"));
  HUICE_TRY(auto sheet, find_template(world, "assessment-sheet"));
  return AssessmentPress{assessment, std::move(fonts), std::move(ranking), std::move(sheet)};
}

Result<std::string> to_pdf(const PageStack& stack, const campaign::Assessment& assessment,
                           const std::string& title) {
  return render::pdf::write(stack.pages(), {title, assessment.office, assessment.on});
}

Result<Written> write_assessment_pdf(const World& world, const CampaignRequest& request,
                                     const campaign::Assessment& assessment) {
  HUICE_TRY(const auto press, open_press(world, request, assessment));
  PageStack stack(press.fonts);
  HUICE_TRY([[maybe_unused]] const Unit ranking, press.add_ranking(stack));
  HUICE_TRY([[maybe_unused]] const Unit sheets, press.add_sheets(stack));
  HUICE_TRY(const auto bytes, to_pdf(stack, assessment, assessment.title));
  HUICE_TRY([[maybe_unused]] const Unit written, write_file(request.out, bytes));
  return Written{request.out};
}

/// Everything is made before anything is written.
Result<Written> write_assessment_folder(const World& world, const CampaignRequest& request,
                                        const campaign::Assessment& assessment) {
  HUICE_TRY(const auto press, open_press(world, request, assessment));
  PageStack ranking(press.fonts);
  HUICE_TRY([[maybe_unused]] const Unit first, press.add_ranking(ranking));
  PageStack sheets(press.fonts);
  HUICE_TRY([[maybe_unused]] const Unit second, press.add_sheets(sheets));
  HUICE_TRY(const auto xlsx, render::xlsx::write(campaign::assessment_workbook(assessment),
                                                 {.created = request.on}));
  HUICE_TRY(const auto ranking_pdf, to_pdf(ranking, assessment, assessment.title + "排名"));
  HUICE_TRY(const auto sheets_pdf, to_pdf(sheets, assessment, assessment.title + "评分表"));
  Written written;
  for (const auto& [name, bytes] : {std::pair{"assessment.xlsx", &xlsx},
                                    {"ranking.pdf", &ranking_pdf},
                                    {"sheets.pdf", &sheets_pdf}}) {
    HUICE_TRY([[maybe_unused]] const Unit one, write_file(request.out / name, *bytes));
    written.push_back(request.out / name);
  }
  return written;
}

}  // namespace

Result<Written> write_schedule(const World& world, const CampaignRequest& request) {
  HUICE_TRY(const auto campaign, campaign::load_campaign(request.campaign.string()));
  return write_workbook(world, request, campaign::schedule(campaign));
}

Result<Written> write_ledger(const World& world, const CampaignRequest& request) {
  HUICE_TRY(const auto campaign, campaign::load_campaign(request.campaign.string()));
  return write_workbook(world, request, campaign::ledger_workbook(campaign, request.on));
}

Result<Written> write_assessment(const World& world, const CampaignRequest& request) {
  HUICE_TRY(const auto campaign, campaign::load_campaign(request.campaign.string()));
  HUICE_TRY(const auto assessment, campaign::assess(campaign, request.on));
  if (request.out.extension() == ".xlsx") {
    return write_workbook(world, request, campaign::assessment_workbook(assessment));
  }
  if (request.out.extension() == ".pdf") return write_assessment_pdf(world, request, assessment);
  if (request.out.has_extension()) return unsupported(request.out);
  return write_assessment_folder(world, request, assessment);
}

}  // namespace huice::app
