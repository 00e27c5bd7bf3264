#include "app/bulletin.h"

#include <utility>

#include "app/typesetting.h"
#include "base/files.h"
#include "campaign/assessment.h"
#include "campaign/progress.h"
#include "notation/json.h"
#include "render/pdf/pdf_writer.h"

namespace huice::app {
namespace {

/// A year is reported with its assessment.
bool is_annual(const Bulletin& bulletin) {
  constexpr std::size_t kYearDigits = 4;
  return bulletin.period.size() == kYearDigits;
}

}  // namespace

Result<model::Value> bulletin_content(const campaign::Campaign& campaign,
                                      const Bulletin& bulletin) {
  HUICE_TRY(const auto period, campaign::parse_period(bulletin.period));
  const auto progress = campaign::progress(campaign, period);
  model::Value::Record record = {{"发文机关", campaign.office}};
  if (!bulletin.number.empty()) record.emplace_back("发文字号", bulletin.number);
  record.emplace_back("成文日期", bulletin.dated);
  record.emplace_back("进展", progress_value(campaign, progress));
  if (is_annual(bulletin)) {
    HUICE_TRY(const auto assessment, campaign::assess(campaign, period.to));
    record.emplace_back("考核", ranking_value(assessment));
  }
  return model::Value(std::move(record));
}

std::string bulletin_template(const Bulletin& bulletin) {
  return is_annual(bulletin) ? "assessment-bulletin" : "progress-bulletin";
}

Result<std::string> bulletin_pdf(const World& world, const layout::FontSet& fonts,
                                 const campaign::Campaign& campaign, const Bulletin& bulletin) {
  HUICE_TRY(auto content, bulletin_content(campaign, bulletin));
  HUICE_TRY(const auto file, find_template(world, bulletin_template(bulletin)));
  HUICE_TRY(const auto document,
            compose_document(file, {.data = std::move(content), .tables = {}}));
  PageStack stack(fonts);
  HUICE_TRY([[maybe_unused]] const Unit added, stack.add(document));
  return render::pdf::write(stack.pages(),
                            {document.title, document.imprint.office, bulletin.dated});
}

Status write_bulletin(const World& world, const BulletinRequest& request) {
  HUICE_TRY(const auto campaign, open_campaign(request.place));
  if (request.out.extension() == ".json") {
    HUICE_TRY(const auto content, bulletin_content(campaign, request.bulletin));
    return write_file(request.out, notation::write_json(content, true) + "\n");
  }
  if (request.out.extension() != ".pdf") {
    return Error{.code = ErrorCode::Unsupported,
                 .id = "campaign.output-format",
                 .message = "输出文件名应以 .pdf 或 .json 结尾，实为“" +
                            request.out.extension().string() + "”",
                 .where = {.file = request.out.string()}};
  }
  HUICE_TRY(const auto fonts, open_fonts(world, request.fonts));
  HUICE_TRY(const auto bytes, bulletin_pdf(world, fonts, campaign, request.bulletin));
  return write_file(request.out, bytes);
}

}  // namespace huice::app
