#include "app/assessment_files.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "app/campaign_store.h"
#include "app/typesetting.h"
#include "base/files.h"
#include "campaign/assessment.h"
#include "layout/official.h"
#include "render/xlsx/xlsx_writer.h"

namespace huice::app {
namespace fs = std::filesystem;
namespace {

constexpr const char* kRankingName = "排名";

/// The ranking, or the sheet of one target.
struct Sheet {
  std::string name;  ///< fit for a file
  const campaign::GroupScore* group = nullptr;
  const campaign::TargetScore* target = nullptr;  ///< nullptr: the ranking of all
};

std::string file_name(std::string name) {
  std::ranges::replace(name, '/', '-');
  std::ranges::replace(name, '\0', '-');
  return name;
}

std::vector<Sheet> sheets_of(const campaign::Assessment& assessment) {
  std::vector<Sheet> sheets = {{.name = kRankingName}};
  for (const auto& group : assessment.groups) {
    for (const auto& target : group.targets)
      sheets.push_back({file_name(target.target), &group, &target});
  }
  return sheets;
}

/// What sheets are printed from; workers share it.
struct Press {
  const campaign::Assessment& assessment;
  layout::FontSet fonts;
  PreparedTemplate ranking;
  PreparedTemplate sheet;
  std::uint64_t inputs = 0;
};

class SheetPages final : public PageMaker {
 public:
  SheetPages(const Press& press, std::span<const Sheet> sheets) : press_(press), sheets_(sheets) {}

  Result<LaidOut> make(std::size_t item) override {
    const Sheet& sheet = sheets_[item];
    const auto& assessment = press_.assessment;
    HUICE_TRY(const auto document,
              sheet.target == nullptr
                  ? press_.ranking.compose({campaign::ranking_value(assessment), {}}, &markdown_)
                  : press_.sheet.compose(
                        {campaign::assessment_value(assessment, *sheet.group, *sheet.target), {}},
                        &markdown_));
    HUICE_TRY(auto pages, layout::lay_out(document, press_.fonts, {.memory = &memory_}));
    return LaidOut{std::move(pages), document.title, assessment.office};
  }

 private:
  const Press& press_;
  std::span<const Sheet> sheets_;
  compose::MarkdownMemory markdown_;
  layout::TypeMemory memory_{press_.fonts};
};

class SheetWorkbooks final : public FileMaker {
 public:
  SheetWorkbooks(const campaign::Assessment& assessment, std::span<const Sheet> sheets)
      : assessment_(assessment), sheets_(sheets) {}

  Result<std::string> make(std::size_t item) override {
    const Sheet& sheet = sheets_[item];
    const model::Workbook book =
        sheet.target == nullptr
            ? campaign::ranking_workbook(assessment_)
            : campaign::target_workbook(assessment_, *sheet.group, *sheet.target);
    return render::xlsx::write(book, {.created = assessment_.on});
  }

 private:
  const campaign::Assessment& assessment_;
  std::span<const Sheet> sheets_;
};

std::uint64_t inputs_of(const World& world, const CampaignRequest& request) {
  const std::vector<fs::path> inputs = {
      request.campaign, world.home / "templates",
      request.fonts.value_or(world.home / "templates/fonts.yaml")};
  return fingerprint_of(inputs, request.on.to_iso());
}

Result<Press> open_press(const World& world, const CampaignRequest& request,
                         const campaign::Assessment& assessment) {
  HUICE_TRY(auto fonts, open_fonts(world, request.fonts));
  HUICE_TRY(const auto ranking_file, find_template(world, "assessment-ranking"));
  HUICE_TRY(const auto sheet_file, find_template(world, "assessment-sheet"));
  HUICE_TRY(auto ranking, PreparedTemplate::load(ranking_file));
  HUICE_TRY(auto sheet, PreparedTemplate::load(sheet_file));
  return Press{assessment, std::move(fonts), std::move(ranking), std::move(sheet),
               inputs_of(world, request)};
}

ExportOrder order_of(const fs::path& out, ExportForm form, std::span<const Sheet> sheets,
                     std::uint64_t inputs) {
  ExportOrder order{.out = out, .form = form, .names = {}, .inputs = inputs};
  for (const Sheet& sheet : sheets)
    order.names.push_back(sheet.name);
  return order;
}

Result<ExportReport> write_pdfs(const Press& press, const fs::path& out, ExportForm form,
                                std::span<const Sheet> sheets, const ExportControl& control) {
  return export_pdfs(
      order_of(out, form, sheets, press.inputs), press.fonts, {.created = press.assessment.on},
      [&] { return std::make_unique<SheetPages>(press, sheets); }, control);
}

/// The first failure of an export that is of use only whole.
Status whole(const ExportReport& report) {
  Findings findings;
  for (const BatchItem& item : report.items) {
    if (item.failure) findings.push_back(*item.failure);
  }
  if (findings.empty()) return Unit{};
  return as_error(std::move(findings));
}

/// assessment.xlsx, ranking.pdf and sheets.pdf.
Result<AssessmentReport> write_folder(const World& world, const CampaignRequest& request,
                                      const campaign::Assessment& assessment,
                                      const ExportControl& control) {
  HUICE_TRY(const auto press, open_press(world, request, assessment));
  const std::vector<Sheet> sheets = sheets_of(assessment);
  const std::span<const Sheet> all(sheets);
  AssessmentReport report;
  HUICE_TRY(const auto ranking,
            write_pdfs(press, request.out / "ranking.pdf", ExportForm::Merged, all.first(1), {}));
  HUICE_TRY([[maybe_unused]] const Unit is_whole, whole(ranking));
  HUICE_TRY(report.sheets, write_pdfs(press, request.out / "sheets.pdf", ExportForm::Merged,
                                      all.subspan(1), control));
  if (report.sheets.cancelled) return report;
  const fs::path book = request.out / "assessment.xlsx";
  HUICE_TRY(const auto xlsx, render::xlsx::write(campaign::assessment_workbook(assessment),
                                                 {.created = request.on}));
  HUICE_TRY([[maybe_unused]] const Unit written, write_file(book, xlsx));
  report.files = {book, request.out / "ranking.pdf", request.out / "sheets.pdf"};
  return report;
}

Result<AssessmentReport> write_each(const World& world, const CampaignRequest& request,
                                    const campaign::Assessment& assessment, Each each,
                                    const ExportControl& control) {
  const std::vector<Sheet> sheets = sheets_of(assessment);
  const ExportForm form = form_of(request.out, false);
  AssessmentReport report{.files = {request.out}, .sheets = {}};
  if (each == Each::Pdf) {
    HUICE_TRY(const auto press, open_press(world, request, assessment));
    HUICE_TRY(report.sheets, write_pdfs(press, request.out, form, sheets, control));
    return report;
  }
  HUICE_TRY(report.sheets,
            export_files(
                order_of(request.out, form, sheets, inputs_of(world, request)), ".xlsx",
                [&] { return std::make_unique<SheetWorkbooks>(assessment, sheets); }, control));
  return report;
}

}  // namespace

Result<AssessmentReport> write_assessment(const World& world, const CampaignRequest& request,
                                          Each each, const ExportControl& control) {
  HUICE_TRY(const auto campaign, open_campaign({request.campaign.string(), request.database}));
  HUICE_TRY(const auto assessment, campaign::assess(campaign, request.on));
  const std::string ending = request.out.extension().string();
  if (each != Each::None && (ending.empty() || ending == ".zip")) {
    return write_each(world, request, assessment, each, control);
  }
  if (each == Each::None && ending.empty()) {
    return write_folder(world, request, assessment, control);
  }
  if (each == Each::None && ending == ".xlsx") {
    HUICE_TRY(auto files,
              write_workbook(world, request, campaign::assessment_workbook(assessment)));
    return AssessmentReport{.files = std::move(files), .sheets = {}};
  }
  if (each != Each::None || ending != ".pdf") return unsupported_output(request.out);
  HUICE_TRY(const auto press, open_press(world, request, assessment));
  const std::vector<Sheet> sheets = sheets_of(assessment);
  HUICE_TRY(auto made, write_pdfs(press, request.out, ExportForm::Merged, sheets, control));
  return AssessmentReport{.files = {request.out}, .sheets = std::move(made)};
}

}  // namespace huice::app
