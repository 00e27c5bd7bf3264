#include "app/draft.h"

#include <utility>

#include "app/typesetting.h"
#include "base/files.h"
#include "campaign/schedule.h"
#include "layout/official.h"
#include "render/pdf/pdf_writer.h"

namespace huice::app {

Result<compose::Content> read_content(const std::filesystem::path& data,
                                      const std::optional<std::filesystem::path>& campaign_folder) {
  compose::Content content;
  HUICE_TRY(content.data, read_values(data));
  if (!campaign_folder) return content;
  HUICE_TRY(const auto campaign, campaign::load_campaign(campaign_folder->string()));
  auto* record = std::get_if<model::Value::Record>(&content.data.content());
  if (record == nullptr) {
    return Error{.code = ErrorCode::InvalidInput,
                 .id = "data.type",
                 .message = "数据应是记录（字段: 值），实为" + std::string(content.data.kind()),
                 .where = {.file = data.string()}};
  }
  record->emplace_back("campaign", campaign::campaign_value(campaign));
  content.tables.emplace("安排表", campaign::schedule_table(campaign));
  return content;
}

Result<DraftReport> draft(const World& world, const DraftRequest& request) {
  if (!request.out.empty() && request.out.extension() != ".pdf") {
    return Error{.code = ErrorCode::Unsupported,
                 .id = "draft.format",
                 .message = "目前只能排成 PDF，输出文件名应以 .pdf 结尾",
                 .where = {.file = request.out.string()}};
  }
  HUICE_TRY(const auto template_file, find_template(world, request.template_name));
  HUICE_TRY(const auto content, read_content(request.data, request.campaign));
  HUICE_TRY(const auto document, compose_document(template_file, content));
  if (request.out.empty()) return DraftReport{};
  HUICE_TRY(const auto fonts, open_fonts(world, request.fonts));
  HUICE_TRY(const auto pages, layout::lay_out(document, fonts));
  const std::string author =
      document.head.issuers.empty() ? document.imprint.office : document.head.issuers.front();
  const render::pdf::PdfOptions options{.title = document.title,
                                        .author = author,
                                        .created = request.on,
                                        .colour = request.colour,
                                        .password = request.password};
  HUICE_TRY(const auto bytes, render::pdf::write(pages, options));
  HUICE_TRY([[maybe_unused]] const Unit written, write_file(request.out, bytes));
  return DraftReport{static_cast<int>(pages.pages.size()), pages.substitutions};
}

}  // namespace huice::app
