// The work bench, settings, the contract itself, health.
#include <algorithm>

#include "campaign/escalation.h"
#include "notation/json.h"
#include "policy/policy.h"
#include "service/campaigns.h"
#include "service/handlers.h"
#include "service/policies.h"
#include "service/problems.h"
#include "service/values.h"
#include "store/jobs.h"

namespace huice::service {
namespace {

/// Drafts that wait for what the caller may do, and his own that came back.
Result<model::Value> waiting_drafts(Desk& desk, const Call& call) {
  model::Value::List items;
  const std::pair<const char*, const char*> waiting[] = {
      {"审核", "待审核"}, {"签发", "待签发"}, {"经办", "退回"}};
  for (const auto& [role, state] : waiting) {
    if (!call.who.has(role)) continue;
    store::RecordQuery query{.kind = kDraftKind, .county = call.who.account.county};
    query.state = state;
    query.order = "-updated_at";
    if (!call.who.account.unit.empty()) query.unit = call.who.account.unit;
    HUICE_TRY(const auto page, store::list_records(desk.database, query));
    for (const store::Record& record : page.items) {
      const bool own = record.created_by == call.who.account.login;
      if (state == std::string("退回") ? own : !own) items.push_back(draft_summary(record));
    }
  }
  return model::Value(std::move(items));
}

/// Policies whose window closes soon.
model::Value closing_windows(Desk& desk, const Call& call) {
  constexpr int kDaysAhead = 30;
  const auto library = desk.site.materials.get()->policies;
  const Date today = call.world.today;
  std::vector<std::pair<Date, model::Value>> closing;
  for (const policy::Policy* policy : library->in_force(today, today)) {
    model::Value value = policy_summary(*policy, today);
    const Date* day = value.find("closes")->day();
    if (day != nullptr && *day - today <= kDaysAhead) closing.emplace_back(*day, std::move(value));
  }
  std::ranges::stable_sort(closing, {}, &std::pair<Date, model::Value>::first);
  model::Value::List items;
  for (auto& each : closing)
    items.push_back(std::move(each.second));
  return model::Value(std::move(items));
}

/// Problems of the newest campaign that are overdue or due within a week; of the caller's unit
/// where he has one. None where the county has no campaign.
Result<model::Value> due_problems(Desk& desk, const Call& call) {
  constexpr int kDaysAhead = 7;
  model::Value::List items;
  const auto found = campaign_of(desk, call, {});
  if (!found && found.error().code == ErrorCode::NotFound) return model::Value(std::move(items));
  if (!found) return found.error();
  const std::string& unit = call.who.account.unit;
  for (const auto& due : campaign::due_problems(found.value(), call.world.today, kDaysAhead)) {
    if (unit.empty() || due.standing.unit == unit)
      items.push_back(problem_summary(found.value(), *due.problem, call.world.today));
  }
  return model::Value(std::move(items));
}

Result<Answer> get_dashboard(Desk& desk, const Call& call) {
  HUICE_TRY(auto problems, due_problems(desk, call));
  const store::Account& account = call.who.account;
  HUICE_TRY(auto drafts, waiting_drafts(desk, call));
  store::RecordQuery query{.kind = kEnterpriseKind, .county = account.county};
  query.limit = 1;
  HUICE_TRY(const auto enterprises, store::list_records(desk.database, query));
  HUICE_TRY(const auto jobs,
            store::list_jobs(desk.database, {.county = account.county, .owner = account.login}));
  model::Value::List open_jobs;
  for (const store::Job& job : jobs.items) {
    if (job.state == "queued" || job.state == "running") open_jobs.push_back(job_value(job));
  }
  return json_answer(model::Value::Record{{"today", call.world.today},
                                          {"drafts", std::move(drafts)},
                                          {"windows", closing_windows(desk, call)},
                                          {"problems", std::move(problems)},
                                          {"enterprises", number_value(enterprises.total)},
                                          {"jobs", model::Value(std::move(open_jobs))}});
}

/// The settings of a county; an empty record of version 0 where nobody has made any.
Result<store::Record> settings_of(Desk& desk, const Call& call) {
  auto found = store::find_record(desk.database, kSettingsKind, call.who.account.county, "county");
  if (found || found.error().id != "store.no-record") return found;
  store::Record none{.kind = kSettingsKind,
                     .county = call.who.account.county,
                     .id = "county",
                     .unit = {},
                     .key = {},
                     .title = "本县设置",
                     .state = {},
                     .body = R"({"county_name":""})"};
  none.version = 0;
  return none;
}

Result<Answer> settings_answer(const store::Record& record) {
  HUICE_TRY(const auto body, notation::read_json(record.body, record.title));
  return versioned_answer(body, record.version);
}

Result<Answer> get_settings(Desk& desk, const Call& call) {
  HUICE_TRY(const auto record, settings_of(desk, call));
  return settings_answer(record);
}

Result<Answer> put_settings(Desk& desk, const Call& call) {
  HUICE_TRY(auto record, settings_of(desk, call));
  const bool made = record.version > 0;
  HUICE_TRY(record.version, version_wanted(call));
  record.body = notation::write_json(call.body);
  HUICE_TRY([[maybe_unused]] const Unit done, desk.database.transact([&]() -> Status {
    if (made) {
      HUICE_TRY(record, store::change_record(desk.database, record, call.author(), "设置.修改"));
    } else {
      HUICE_TRY(record, store::add_record(desk.database, record, call.author(), "设置.修改"));
    }
    return Unit{};
  }));
  return settings_answer(record);
}

Result<Answer> get_contract(Desk& desk, const Call&) {
  return bytes_answer("application/json; charset=utf-8", desk.site.contract.json());
}

Result<Answer> is_alive(Desk&, const Call&) {
  return bytes_answer("text/plain; charset=utf-8", "ok\n");
}

/// The database answers; policies and fonts were read, or the service would not run.
Result<Answer> is_ready(Desk& desk, const Call&) {
  HUICE_TRY([[maybe_unused]] const auto count, store::count_accounts(desk.database));
  return bytes_answer("text/plain; charset=utf-8", "ready\n");
}

Result<Answer> get_metrics(Desk& desk, const Call&) {
  return bytes_answer("text/plain; version=0.0.4; charset=utf-8", desk.site.metrics.text());
}

}  // namespace

Handlers system_handlers() {
  return {{"getDashboard", get_dashboard}, {"getSettings", get_settings},
          {"putSettings", put_settings},   {"getContract", get_contract},
          {"isAlive", is_alive},           {"isReady", is_ready},
          {"getMetrics", get_metrics}};
}

}  // namespace huice::service
