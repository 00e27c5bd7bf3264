#include "app/draft.h"

#include <utility>

#include "app/draft_tables.h"
#include "app/glyph_places.h"
#include "app/typesetting.h"
#include "base/files.h"
#include "campaign/schedule.h"
#include "compose/schema.h"
#include "compose/schema_names.h"
#include "compose/template_file.h"
#include "layout/official.h"
#include "notation/json.h"
#include "render/pdf/page_reader.h"
#include "render/pdf/pdf_writer.h"

namespace huice::app {

Result<compose::Content> content_with_campaign(
    model::Value data, const std::optional<std::filesystem::path>& campaign) {
  if (!campaign) return compose::Content{.data = std::move(data), .tables = {}};
  HUICE_TRY(const auto loaded, campaign::load_campaign(campaign->string()));
  return content_with(std::move(data), loaded);
}

Result<compose::Content> content_with(model::Value data, const campaign::Campaign& campaign) {
  compose::Content content{.data = std::move(data), .tables = {}};
  auto* record = std::get_if<model::Value::Record>(&content.data.content());
  if (record == nullptr) {
    return Error{.code = ErrorCode::InvalidInput,
                 .id = "data.type",
                 .message = "数据应是记录（字段: 值），实为" + std::string(content.data.kind()),
                 .where = content.data.where()};
  }
  record->emplace_back("campaign", campaign::campaign_value(campaign));
  content.tables.emplace("安排表", campaign::schedule_table(campaign));
  return content;
}

std::string author_of(const model::Document& document) {
  return document.head.issuers.empty() ? document.imprint.office : document.head.issuers.front();
}

Status check_template(const World& world, const std::string& template_name) {
  HUICE_TRY(const auto file, find_template(world, template_name));
  HUICE_TRY(const auto parsed, compose::load_template_file(file.string()));
  std::error_code error;
  const auto schema_file = std::filesystem::path(file).replace_extension(".schema.yaml");
  if (!std::filesystem::exists(schema_file, error)) return Unit{};
  HUICE_TRY(const auto schema, compose::load_schema(schema_file.string()));
  auto findings = compose::check_names(parsed, schema);
  if (!findings.empty()) return as_error(std::move(findings));
  const auto sample = std::filesystem::path(file).replace_extension(".sample.yaml");
  if (!std::filesystem::exists(sample, error)) return Unit{};
  HUICE_TRY(auto data, read_values(sample));
  const compose::Content content{.data = std::move(data), .tables = {}};
  HUICE_TRY([[maybe_unused]] const auto document, compose_document(file, content));
  return Unit{};
}

Result<compose::Content> read_content(const std::filesystem::path& data,
                                      const std::optional<std::filesystem::path>& campaign_folder) {
  HUICE_TRY(auto values, read_values(data));
  return content_with_campaign(std::move(values), campaign_folder);
}

measure::Report measures_of(const model::Document& document, const layout::Pages& pages,
                            const std::vector<render::pdf::SeenPage>& seen) {
  measure::Report report = measure::measure(document, seen, pages.seals);
  report.substitutions = pages.substitutions;
  return report;
}

Result<DraftReport> draft(const World& world, const DraftRequest& request) {
  const bool is_workbook = request.out.extension() == ".xlsx";
  const bool is_known = request.out.empty() || request.out.extension() == ".pdf" || is_workbook;
  if (!is_known || (is_workbook && (!request.report.empty() || !request.password.empty()))) {
    return Error{.code = ErrorCode::Unsupported,
                 .id = "draft.format",
                 .message = is_workbook ? "工作簿没有打开密码，也不按 GB/T 9704 量"
                                        : "输出文件名应以 .pdf 结尾，只要表格的以 .xlsx 结尾",
                 .where = {.file = request.out.string()}};
  }
  HUICE_TRY(const auto template_file, find_template(world, request.template_name));
  HUICE_TRY(const auto content, read_content(request.data, request.campaign));
  HUICE_TRY(const auto document, compose_document(template_file, content));
  if (request.out.empty()) return DraftReport{};
  if (is_workbook) {
    HUICE_TRY(const auto tables, tables_xlsx(document, request.on));
    HUICE_TRY([[maybe_unused]] const Unit written, write_file(request.out, tables));
    return DraftReport{};
  }
  HUICE_TRY(const auto fonts, open_fonts(world, request.fonts));
  HUICE_TRY(auto images, PictureFiles().of(document));
  auto laid_out = layout::lay_out(document, fonts, {.images = std::move(images)});
  if (!laid_out) {
    return with_glyph_places(std::move(laid_out).error(), {request.data, template_file});
  }
  const layout::Pages& pages = laid_out.value();
  const render::pdf::PdfOptions options{.title = document.title,
                                        .author = author_of(document),
                                        .created = request.on,
                                        .colour = request.colour,
                                        .password = request.password};
  HUICE_TRY(const auto bytes, render::pdf::write(pages, options));
  DraftReport report{static_cast<int>(pages.pages.size()), pages.substitutions, std::nullopt};
  if (!request.report.empty()) {
    HUICE_TRY(const auto seen, render::pdf::read_pages(bytes, request.password));
    report.measures = measures_of(document, pages, seen);
  }
  HUICE_TRY([[maybe_unused]] const Unit written, write_file(request.out, bytes));
  if (report.measures) {
    const auto value = measure::to_value(*report.measures, request.out.filename().string());
    HUICE_TRY([[maybe_unused]] const Unit reported,
              write_file(request.report, notation::write_json(value, true) + "\n"));
  }
  return report;
}

}  // namespace huice::app
