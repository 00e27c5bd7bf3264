// 企业宁静日: plans that units hand in, and the visits that come of them together.
#include <iterator>

#include "app/inspections.h"
#include "base/files.h"
#include "notation/json.h"
#include "service/handlers.h"
#include "service/rules.h"
#include "service/scratch.h"
#include "service/secrets.h"
#include "service/values.h"
#include "service/workbook_answer.h"

namespace huice::service {
namespace {

namespace fs = std::filesystem;

/// All plans are read at once when they are put together.
constexpr std::int64_t kMostPlans = 100;
constexpr std::size_t kMaxPlanBytes = std::size_t{1} << 20;

/// Reads a plan from the bytes of its file. Errors: those of read_inspections; Unsupported
/// `upload.format`.
Result<std::vector<campaign::Inspection>> plan_from(const std::string& filename,
                                                    const std::string& bytes) {
  const fs::path name = fs::path(filename).filename();
  if (name.extension() != ".xlsx" && name.extension() != ".csv") {
    return Error{.code = ErrorCode::Unsupported,
                 .id = "upload.format",
                 .message = "不认识“" + name.extension().string() + "”这种文件",
                 .hint = "检查计划换成 .xlsx 或 .csv"};
  }
  HUICE_TRY(const Scratch scratch, Scratch::make());
  const fs::path file = scratch.path() / name;
  HUICE_TRY([[maybe_unused]] const Unit written, write_file(file, bytes));
  return app::read_inspections(file);
}

model::Value plan_summary(const store::Record& record) {
  model::Value rows;
  if (const auto body = notation::read_json(record.body, record.title)) {
    if (const auto* found = body.value().find("rows")) rows = *found;
  }
  return model::Value::Record{{"id", record.id},
                              {"title", record.title},
                              {"unit", record.unit},
                              {"rows", std::move(rows)},
                              {"version", number_value(record.version)},
                              {"updated_at", record.updated_at},
                              {"updated_by", record.updated_by}};
}

Result<store::RecordPage> plans_of(Desk& desk, const Call& call) {
  store::RecordQuery query{.kind = kPlanKind, .county = call.who.account.county};
  query.limit = kMostPlans;
  return store::list_records(desk.database, query);
}

Result<Answer> list_plans(Desk& desk, const Call& call) {
  HUICE_TRY(const auto page, plans_of(desk, call));
  return json_answer(page_value(page, plan_summary));
}

Result<Answer> add_plan(Desk& desk, const Call& call) {
  if (call.bytes.size() > kMaxPlanBytes) {
    return Error{.code = ErrorCode::TooLarge,
                 .id = "campaign.too-large",
                 .message = "一份检查计划至多 1 MB",
                 .hint = "分成几份，或删去无关的列和工作表"};
  }
  HUICE_TRY(const auto rules, inspection_rules(desk, call));
  HUICE_TRY(const auto plan, plan_from(call.text("filename"), call.bytes));
  auto findings = campaign::check_inspections(rules, plan);
  if (!findings.empty()) return as_error(std::move(findings));
  HUICE_TRY(const auto page, plans_of(desk, call));
  if (page.total >= kMostPlans) {
    return Error{.code = ErrorCode::TooLarge,
                 .id = "campaign.too-large",
                 .message = "检查计划已有 " + std::to_string(kMostPlans) + " 份",
                 .hint = "先移出不用的"};
  }
  const model::Value body =
      model::Value::Record{{"rows", number_value(static_cast<std::int64_t>(plan.size()))},
                           {"file", to_base64(call.bytes)}};
  store::Record record{.kind = kPlanKind,
                       .county = call.who.account.county,
                       .id = random_id(),
                       .unit = call.who.account.unit,
                       .key = {},
                       .title = fs::path(call.text("filename")).filename().string(),
                       .state = {},
                       .body = notation::write_json(body)};
  HUICE_TRY([[maybe_unused]] const Unit done, desk.database.transact([&]() -> Status {
    HUICE_TRY(record, store::add_record(desk.database, record, call.author(), "检查计划.交来"));
    return Unit{};
  }));
  return versioned_answer(plan_summary(record), record.version, 201);
}

Result<Answer> delete_plan(Desk& desk, const Call& call) {
  HUICE_TRY(auto record, store::find_record(desk.database, kPlanKind, call.who.account.county,
                                            call.path.at("id")));
  const std::string& unit = call.who.account.unit;
  if (!unit.empty() && unit != record.unit) {
    return Error{.code = ErrorCode::InvalidInput,
                 .id = "session.forbidden",
                 .message = "这份检查计划是别的单位交的",
                 .hint = "请交它的单位，或全县的经办人移出"};
  }
  HUICE_TRY(record.version, version_wanted(call));
  HUICE_TRY([[maybe_unused]] const Unit done, desk.database.transact([&] {
    return store::remove_record(desk.database, record, call.author(), "检查计划.移出");
  }));
  Answer answer;
  answer.status = 204;
  return answer;
}

/// All plans of the county under its rules as they are now.
struct Arrangement {
  campaign::InspectionRules rules;
  std::vector<campaign::Inspection> plan;
};

/// Errors: those of inspection_rules; what is wrong with the plans, each with the name of its plan.
Result<Arrangement> arrangement_of(Desk& desk, const Call& call) {
  Arrangement all;
  HUICE_TRY(all.rules, inspection_rules(desk, call));
  HUICE_TRY(const auto page, plans_of(desk, call));
  Findings findings;
  for (const store::Record& record : page.items) {
    HUICE_TRY(const auto body, notation::read_json(record.body, record.title));
    HUICE_TRY(auto plan, plan_from(record.title, from_base64(*body.find("file")->text())));
    // Rules may have changed since it was handed in.
    for (Error& finding : campaign::check_inspections(all.rules, plan)) {
      finding.message = record.title + "：" + finding.message;
      findings.push_back(std::move(finding));
    }
    std::ranges::move(plan, std::back_inserter(all.plan));
  }
  if (!findings.empty()) return as_error(std::move(findings));
  return all;
}

Result<Answer> get_inspections(Desk& desk, const Call& call) {
  HUICE_TRY(const auto all, arrangement_of(desk, call));
  const auto found = app::report_of(campaign::inspection_calendar(all.rules, all.plan));
  const auto number = [](std::size_t count) {
    return number_value(static_cast<std::int64_t>(count));
  };
  return json_answer(model::Value::Record{{"planned", number(found.planned)},
                                          {"visits", number(found.visits)},
                                          {"joint", number(found.joint)},
                                          {"repeats", number(found.repeats)},
                                          {"exempt", number(found.exempt)},
                                          {"moved", number(found.moved)}});
}

Result<model::Workbook> inspections_book(Desk& desk, const Call& call) {
  HUICE_TRY(const auto all, arrangement_of(desk, call));
  const auto calendar = campaign::inspection_calendar(all.rules, all.plan);
  return campaign::inspections_workbook(all.rules, calendar, call.world.today);
}

Result<Answer> get_inspections_sheet(Desk& desk, const Call& call) {
  HUICE_TRY(const auto book, inspections_book(desk, call));
  return sheet_answer(book, call.world.today);
}

Result<Answer> get_inspections_pdf(Desk& desk, const Call& call) {
  HUICE_TRY(const auto book, inspections_book(desk, call));
  return pages_answer(desk, book, call.world.today);
}

}  // namespace

Handlers inspection_handlers() {
  return {{"listInspectionPlans", list_plans},
          {"addInspectionPlan", add_plan},
          {"deleteInspectionPlan", delete_plan},
          {"getInspections", get_inspections},
          {"getInspectionsSheet", get_inspections_sheet},
          {"getInspectionsPdf", get_inspections_pdf}};
}

}  // namespace huice::service
