#include "app/match.h"

#include <utility>

#include "app/enterprises.h"
#include "app/typesetting.h"
#include "base/files.h"
#include "notation/json.h"
#include "policy/explain.h"
#include "render/pdf/pdf_writer.h"
#include "render/xlsx/xlsx_writer.h"
#include "sheet/csv_writer.h"

namespace huice::app {
namespace fs = std::filesystem;
namespace {

Error unsupported(const fs::path& out) {
  return {.code = ErrorCode::Unsupported,
          .id = "match.output-format",
          .message = "输出文件名应以 .xlsx、.csv、.jsonl 或 .pdf 结尾，实为“" +
                     out.extension().string() + "”",
          .where = {.file = out.string()}};
}

model::Cell text_cell(std::string text) {
  return {.content = std::move(text)};
}

/// What was not taken, for the clerk who mends the sheet.
model::Sheet refused_sheet(const Findings& refused) {
  model::Sheet sheet{.name = "未采用的单元格",
                     .label = {},
                     .title = "未采用的单元格",
                     .subtitle = "这些单元格的内容按“未知”处理；改好后请重新匹配",
                     .table = {.columns = {{24}, {30}, {30}}, .header_rows = 1, .rows = {}},
                     .notes = {}};
  sheet.table.rows.push_back({text_cell("位置"), text_cell("问题"), text_cell("怎么改")});
  for (const auto& finding : refused) {
    sheet.table.rows.push_back(
        {text_cell(finding.where.part), text_cell(finding.message), text_cell(finding.hint)});
  }
  return sheet;
}

model::Workbook workbook_of(const MatchReport& report) {
  auto workbook = policy::to_workbook(report.enterprises, report.catalogue, report.options);
  if (!report.refused.empty()) workbook.sheets.push_back(refused_sheet(report.refused));
  return workbook;
}

std::string json_lines(const MatchReport& report) {
  std::string lines;
  for (const auto& enterprise : report.enterprises) {
    lines += notation::write_json(policy::to_value(enterprise)) + "\n";
  }
  return lines;
}

Result<std::string> pdf_of(const World& world, const MatchRequest& request,
                           const MatchReport& report) {
  HUICE_TRY(const auto template_file, find_template(world, "match-report"));
  HUICE_TRY(const auto fonts, open_fonts(world, request.fonts));
  PageStack stack(fonts);
  for (const auto& enterprise : report.enterprises) {
    HUICE_TRY(const auto document,
              compose_document(template_file, {policy::to_value(enterprise), {}}));
    HUICE_TRY([[maybe_unused]] const Unit added, stack.add(document));
  }
  return render::pdf::write(stack.pages(), {"企业政策体检报告", "惠策", request.on});
}

Result<std::string> bytes_of(const World& world, const MatchRequest& request,
                             const MatchReport& report, const fs::path& out) {
  if (out.extension() == ".jsonl") return json_lines(report);
  if (out.extension() == ".pdf") return pdf_of(world, request, report);
  if (out.extension() == ".xlsx") {
    return render::xlsx::write(workbook_of(report), {.created = request.on});
  }
  if (out.extension() != ".csv") return unsupported(out);
  constexpr std::size_t kDetailSheet = 1;  // one row a match
  return sheet::write_csv(workbook_of(report).sheets.at(kDetailSheet).table);
}

}  // namespace

Result<MatchReport> match_enterprises(const World& world, const MatchRequest& request) {
  HUICE_TRY(const auto library,
            policy::load_library(request.policies.value_or(world.home / "policies")));
  for (const auto& id : request.ids) {
    HUICE_TRY([[maybe_unused]] const auto* const known, library.get(id));
  }
  MatchReport report{.catalogue = library.catalogue_for(request.on.year()),
                     .options = {.on = request.on,
                                 .known_on = request.known_on,
                                 .policies = request.ids,
                                 .all_times = false,
                                 .default_region = request.default_region},
                     .enterprises = {},
                     .refused = {},
                     .notes = {}};
  HUICE_TRY(auto import, read_enterprises(request.enterprises, report.catalogue));
  report.enterprises = policy::match_all(library, import.profiles, report.options);
  report.refused = std::move(import.refused);
  report.notes = std::move(import.notes);
  return report;
}

Status write_matches(const World& world, const MatchRequest& request, const MatchReport& report,
                     const fs::path& out) {
  HUICE_TRY(const auto bytes, bytes_of(world, request, report, out));
  return write_file(out, bytes);
}

}  // namespace huice::app
