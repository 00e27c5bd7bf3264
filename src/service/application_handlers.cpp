// 一表受理: the form with which an enterprise of the list applies for a policy, with the papers
// that are there and those that may come later.
#include <algorithm>

#include "app/application.h"
#include "notation/json.h"
#include "policy/match.h"
#include "service/handlers.h"
#include "service/profiles.h"
#include "service/rules.h"
#include "service/values.h"
#include "service/workbook_answer.h"

namespace huice::service {
namespace {

model::Value papers_of(const campaign::PaperList& list) {
  model::Value::List papers;
  for (const campaign::Paper& paper : list.papers) {
    papers.emplace_back(
        model::Value::Record{{"name", paper.name}, {"main", paper.main}, {"days", paper.days}});
  }
  return model::Value(std::move(papers));
}

/// The policies whose papers the county's list names; none where it has no list.
Result<Answer> list_applications(Desk& desk, const Call& call) {
  model::Value::List items;
  const auto rules = acceptance_rules(desk, call);
  if (!rules && rules.error().id != "rules.none") return rules.error();
  if (rules) {
    for (const campaign::PaperList& list : rules.value().lists)
      items.emplace_back(
          model::Value::Record{{"policy", list.policy}, {"papers", papers_of(list)}});
  }
  return json_answer(model::Value::Record{{"items", model::Value(std::move(items))}});
}

/// `held` of the call: a list of names in JSON. Errors: InvalidInput `application.held`.
Result<std::vector<std::string>> held_papers(const Call& call) {
  const auto list = notation::read_json(call.text("held", "[]"), "held");
  const auto is_text = [](const model::Value& each) { return each.text() != nullptr; };
  if (!list || list.value().list() == nullptr ||
      !std::ranges::all_of(*list.value().list(), is_text)) {
    return Error{.code = ErrorCode::InvalidInput,
                 .id = "application.held",
                 .message = "held 应是材料名称的列表",
                 .where = {.part = "held"},
                 .hint = R"(写成 ["营业执照复印件"])"};
  }
  std::vector<std::string> names;
  for (const model::Value& each : *list.value().list())
    names.push_back(*each.text());
  return names;
}

Result<app::Application> application_of(Desk& desk, const Call& call) {
  HUICE_TRY(const auto rules, acceptance_rules(desk, call));
  HUICE_TRY(const auto held, held_papers(call));
  HUICE_TRY(auto options, match_options(desk, call));
  const auto policies = desk.site.materials.get()->policies;
  const std::string policy = call.text("policy");
  HUICE_TRY([[maybe_unused]] const auto* const known, policies->get(policy));
  options.policies = {policy};
  HUICE_TRY(const auto record, store::find_record(desk.database, kEnterpriseKind,
                                                  call.who.account.county, call.path.at("id")));
  HUICE_TRY(const auto facts, notation::read_json(record.body, record.title));
  const auto catalogue = desk.site.catalogue(policies, options.on.year());
  HUICE_TRY(const auto profile, profile_from(facts, *catalogue));
  const auto matches = policy::match_all(*policies, {&profile, 1}, options);
  return app::draw_up_application(matches.front(), policy, rules, held, options.on);
}

model::Value day_or_null(const std::optional<Date>& day) {
  return day ? model::Value(*day) : model::Value();
}

Result<Answer> get_application(Desk& desk, const Call& call) {
  HUICE_TRY(const auto application, application_of(desk, call));
  const campaign::Acceptance& acceptance = application.report.acceptance;
  model::Value::List papers;
  for (const campaign::PaperState& state : acceptance.papers) {
    papers.emplace_back(model::Value::Record{{"name", state.paper.name},
                                             {"main", state.paper.main},
                                             {"held", state.held},
                                             {"promised", day_or_null(state.promised)}});
  }
  return json_answer(
      model::Value::Record{{"status", application.report.status},
                           {"outcome", std::string(campaign::to_text(acceptance.outcome))},
                           {"complete_by", day_or_null(acceptance.complete_by)},
                           {"papers", model::Value(std::move(papers))}});
}

Result<Answer> get_application_pdf(Desk& desk, const Call& call) {
  HUICE_TRY(const auto application, application_of(desk, call));
  const auto materials = desk.site.materials.get();
  HUICE_TRY(auto pdf,
            app::application_pdf(call.world, materials->fonts, application.form, call.world.today));
  return bytes_answer(kPdfType, std::move(pdf));
}

Result<Answer> get_application_sheet(Desk& desk, const Call& call) {
  HUICE_TRY(const auto application, application_of(desk, call));
  HUICE_TRY(auto xlsx, app::application_xlsx(application.form, call.world.today));
  return bytes_answer(kXlsxType, std::move(xlsx));
}

}  // namespace

Handlers application_handlers() {
  return {{"listApplications", list_applications},
          {"getApplication", get_application},
          {"getApplicationPdf", get_application_pdf},
          {"getApplicationSheet", get_application_sheet}};
}

}  // namespace huice::service
