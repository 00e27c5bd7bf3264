#include "app/match.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

#include "app/enterprises.h"
#include "app/typesetting.h"
#include "base/files.h"
#include "base/new_file.h"
#include "policy/calendar.h"
#include "policy/decision_sheet.h"
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
          .message = "输出文件名应以 .xlsx、.csv、.jsonl、.pdf 或 .ics 结尾，实为“" +
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

Result<model::Workbook> workbook_of(const MatchReport& report, const policy::AdviceWanted& wanted) {
  HUICE_TRY(const auto decisions, policy::read_decisions(*report.library, report.decisions));
  auto workbook = policy::to_workbook(report.enterprises, report.catalogue, report.options);
  if (wanted.any()) {
    std::ranges::move(policy::advice_sheets(advise(report, wanted), report.options),
                      std::back_inserter(workbook.sheets));
  }
  if (auto decided =
          policy::decision_sheet(*report.library, decisions, report.profiles, report.options)) {
    workbook.sheets.push_back(*std::move(decided));
  }
  if (!report.refused.empty()) workbook.sheets.push_back(refused_sheet(report.refused));
  return workbook;
}

std::string json_line(const policy::EnterpriseMatches& enterprise) {
  return policy::to_json(enterprise) + "\n";
}

std::string json_lines(const MatchReport& report) {
  std::string lines;
  for (const auto& enterprise : report.enterprises)
    lines += json_line(enterprise);
  return lines;
}

std::string calendar_of(const MatchReport& report) {
  std::vector<policy::CalendarEvent> events;
  for (const auto& enterprise : report.enterprises) {
    std::ranges::move(policy::events_of(*report.library, enterprise), std::back_inserter(events));
  }
  const bool one = report.enterprises.size() == 1;
  const std::string name = one ? report.enterprises.front().name + "政策日历" : "惠企政策日历";
  return policy::to_icalendar(events, name, report.options.known_on);
}

/// What each decision says of the enterprise.
model::Value decided(const MatchReport& report, const std::vector<policy::DecisionFile>& decisions,
                     const model::Profile& profile) {
  model::Value::List values;
  for (const auto& decision : decisions) {
    values.push_back(policy::decision_value(
        decision, policy::decide(*report.library, decision, profile, report.options.on,
                                 report.options.known_on)));
  }
  return values;
}

Result<std::string> pdf_of(const World& world, const MatchRequest& request,
                           const MatchReport& report) {
  HUICE_TRY(const auto fonts, open_fonts(world, request.fonts));
  return matches_pdf(world, fonts, report);
}

Result<std::string> bytes_of(const World& world, const MatchRequest& request,
                             const MatchReport& report, const fs::path& out) {
  if (out.extension() == ".jsonl") return json_lines(report);
  if (out.extension() == ".ics") return calendar_of(report);
  if (out.extension() == ".pdf") return pdf_of(world, request, report);
  if (out.extension() == ".xlsx") {
    HUICE_TRY(const auto workbook, workbook_of(report, request.advice));
    return render::xlsx::write(workbook, {.created = request.on});
  }
  if (out.extension() != ".csv") return unsupported(out);
  return csv_of(report.enterprises, report.catalogue, report.options, true);
}

/// The library and what is asked of it; nobody is matched yet.
Result<MatchReport> open_report(const World& world, const MatchRequest& request,
                                std::shared_ptr<const policy::Library> library) {
  const fs::path folder = request.policies.value_or(world.home / "policies");
  if (!library) {
    HUICE_TRY(auto loaded, policy::load_library(folder));
    library = std::make_shared<const policy::Library>(std::move(loaded));
  }
  for (const auto& id : request.ids) {
    HUICE_TRY([[maybe_unused]] const auto* const known, library->get(id));
  }
  return MatchReport{.library = library,
                     .decisions = folder / "decisions",
                     .catalogue = library->catalogue_for(request.on.year()),
                     .options = {.on = request.on,
                                 .known_on = request.known_on,
                                 .policies = request.ids,
                                 .all_times = false,
                                 .default_region = request.default_region},
                     .profiles = {},
                     .enterprises = {},
                     .refused = {},
                     .notes = {}};
}

/// The lines of enterprises that follow one another in a file.
class RowFile {
 public:
  RowFile(const MatchReport& report, NewFile file, bool json)
      : report_(report), file_(std::move(file)), json_(json) {}

  void take(const model::Profile& profile) {
    const auto matches = policy::match_all(*report_.library, {&profile, 1}, report_.options);
    ++rows_.enterprises;
    if (has_eligible(matches.front())) ++rows_.eligible;
    if (written_) written_ = file_.append(json_ ? json_line(matches.front()) : lines_of(matches));
    first_ = false;
  }

  /// The file stands, unless `kept_back`.
  Result<MatchedRows> finish(facts::ProfileImport import, bool kept_back) {
    if (!written_) return written_.error();
    if (!kept_back) {
      if (first_ && !json_) written_ = file_.append(lines_of({}));
      HUICE_TRY([[maybe_unused]] const Unit heading, std::move(written_));
      HUICE_TRY([[maybe_unused]] const Unit whole, file_.finish());
    }
    rows_.refused = std::move(import.refused);
    rows_.notes = std::move(import.notes);
    return std::move(rows_);
  }

 private:
  std::string lines_of(std::span<const policy::EnterpriseMatches> matches) const {
    return csv_of(matches, report_.catalogue, report_.options, first_);
  }

  const MatchReport& report_;
  NewFile file_;
  bool json_;
  bool first_ = true;
  Status written_ = Unit{};
  MatchedRows rows_;
};

}  // namespace

bool has_eligible(const policy::EnterpriseMatches& enterprise) {
  return std::ranges::any_of(enterprise.matches, [](const policy::Match& match) {
    return match.status == policy::Status::Eligible;
  });
}

std::string csv_of(std::span<const policy::EnterpriseMatches> enterprises,
                   const model::FactCatalogue& catalogue, const policy::MatchOptions& options,
                   bool heading) {
  constexpr std::size_t kDetailSheet = 1;
  const auto workbook = policy::to_workbook(enterprises, catalogue, options);
  const model::Table& table = workbook.sheets.at(kDetailSheet).table;
  if (heading) return sheet::write_csv(table);
  return sheet::csv_lines(table, static_cast<std::size_t>(table.header_rows));
}

bool is_written_by_rows(const fs::path& out) {
  return out.extension() == ".jsonl" || out.extension() == ".csv";
}

Result<MatchedRows> match_by_rows(const World& world, const MatchRequest& request,
                                  const fs::path& out, bool strict) {
  HUICE_TRY(const auto report, open_report(world, request, nullptr));
  HUICE_TRY(auto file, NewFile::open(out));
  RowFile rows(report, std::move(file), out.extension() == ".jsonl");
  HUICE_TRY(auto import,
            each_enterprise(request.enterprises, report.catalogue,
                            [&](const model::Profile& profile) { rows.take(profile); }));
  const bool kept_back = strict && !import.refused.empty();
  return rows.finish(std::move(import), kept_back);
}

Result<MatchReport> match_enterprises(const World& world, const MatchRequest& request,
                                      std::shared_ptr<const policy::Library> library) {
  HUICE_TRY(MatchReport report, open_report(world, request, std::move(library)));
  HUICE_TRY(auto import, read_enterprises(request.enterprises, report.catalogue));
  report.profiles = std::move(import.profiles);
  report.enterprises = policy::match_all(*report.library, report.profiles, report.options);
  report.refused = std::move(import.refused);
  report.notes = std::move(import.notes);
  return report;
}

std::vector<policy::Advice> advise(const MatchReport& report, const policy::AdviceWanted& wanted) {
  std::vector<policy::Advice> all;
  for (std::size_t i = 0; i < report.enterprises.size(); ++i) {
    all.push_back(policy::advise(*report.library, report.profiles[i], report.enterprises[i],
                                 report.options, wanted));
  }
  return all;
}

Result<MatchRequest> on_other_basis(MatchRequest request, const std::string& basis) {
  constexpr std::string_view kKnownOn = "known-on=";
  const bool knowledge = basis.starts_with(kKnownOn);
  if (const auto day = Date::parse(knowledge ? basis.substr(kKnownOn.size()) : basis)) {
    (knowledge ? request.known_on : request.on) = *day;
    return request;
  }
  std::error_code none;
  if (!knowledge && fs::is_directory(basis, none)) {
    request.policies = basis;
    return request;
  }
  if (!knowledge && fs::is_regular_file(basis, none)) {
    request.enterprises = basis;
    return request;
  }
  return Error{.code = ErrorCode::InvalidInput,
               .id = "match.compare-basis",
               .message = "“" + basis + "”不是日期，也不是政策库目录或企业文件",
               .where = {},
               .hint = "写 2025-12-31、known-on=2026-06-01、政策库目录或企业文件"};
}

Status write_matches(const World& world, const MatchRequest& request, const MatchReport& report,
                     const fs::path& out) {
  HUICE_TRY(const auto bytes, bytes_of(world, request, report, out));
  return write_file(out, bytes);
}

Result<std::string> matches_pdf(const World& world, const layout::FontSet& fonts,
                                const MatchReport& report) {
  HUICE_TRY(const auto template_file, find_template(world, "match-report"));
  HUICE_TRY(const auto decisions, policy::read_decisions(*report.library, report.decisions));
  PageStack stack(fonts);
  const auto advice = advise(report, {.nearest = true, .portfolio = true, .cliffs = true});
  for (std::size_t i = 0; i < report.enterprises.size(); ++i) {
    model::Value answers = policy::to_value(report.enterprises[i]);
    auto& record = std::get<model::Value::Record>(answers.content());
    record.emplace_back("advice", policy::to_value(advice[i]));
    record.emplace_back("decisions", decided(report, decisions, report.profiles[i]));
    HUICE_TRY(const auto document, compose_document(template_file, {std::move(answers), {}}));
    HUICE_TRY([[maybe_unused]] const Unit added, stack.add(document));
  }
  return render::pdf::write(stack.pages(), {"企业政策体检报告", "惠策", report.options.on});
}

}  // namespace huice::app
