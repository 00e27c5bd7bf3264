// The problem ledger: lists, single problems with their histories, new events, figures.
#include <algorithm>
#include <array>
#include <set>

#include "app/ledger.h"
#include "campaign/escalation.h"
#include "campaign/statistics.h"
#include "service/campaigns.h"
#include "service/handlers.h"
#include "service/problems.h"

namespace huice::service {
namespace {

using campaign::Campaign;
using campaign::Count;
using campaign::Dimension;
using campaign::DueProblem;
using campaign::EventKind;
using campaign::Problem;
using campaign::Standing;

constexpr std::array kKinds = {EventKind::Assign,   EventKind::Work,    EventKind::Finish,
                               EventKind::FollowUp, EventKind::Close,   EventKind::Return,
                               EventKind::Extend,   EventKind::Suspend, EventKind::Escalate,
                               EventKind::Approve};

std::string name_of(const Campaign& campaign, const Problem& problem) {
  const auto* assignment = campaign.find_assignment(problem.uscc);
  return assignment == nullptr ? problem.uscc : assignment->enterprise;
}

/// Parts of the ledger as the contract calls them.
Dimension dimension_of(const std::string& by) {
  return by == "level"      ? Dimension::Level
         : by == "category" ? Dimension::Category
         : by == "month"    ? Dimension::Month
                            : Dimension::Unit;
}

Error not_allowed(std::string message, std::string hint) {
  return {.code = ErrorCode::InvalidInput,
          .id = "session.forbidden",
          .message = std::move(message),
          .hint = std::move(hint)};
}

/// Whether nothing stands between the problem and this step but the step itself: 销号 waits for all
/// who must agree, and nobody is asked to agree twice.
bool is_due(const Standing& standing, EventKind kind) {
  if (kind == EventKind::Close) return !standing.next_signer().has_value();
  return kind != EventKind::Approve || standing.next_signer().has_value();
}

/// The steps that are the caller's to record now.
model::Value kinds_after(const Call& call, const Standing& standing) {
  model::Value::List kinds;
  for (const EventKind kind : kKinds) {
    if (campaign::state_after(standing.state, kind) && is_due(standing, kind) &&
        check_hand(call, kind, standing))
      kinds.emplace_back(std::string(to_text(kind)));
  }
  return model::Value(std::move(kinds));
}

model::Value with_history(const Call& call, const Campaign& campaign, const Problem& problem) {
  const Date today = call.world.today;
  model::Value value = problem_summary(campaign, problem, today);
  model::Value::List events;
  for (const campaign::Event& event : problem.events)
    events.push_back(campaign::event_value(event));
  auto& record = std::get<model::Value::Record>(value.content());
  record.emplace_back("events", model::Value(std::move(events)));
  const Standing standing = campaign::standing_on(problem, today).value_or(Standing());
  record.emplace_back("next", kinds_after(call, standing));
  const auto signer = standing.next_signer();
  record.emplace_back("signer",
                      signer ? model::Value(std::string(to_text(*signer))) : model::Value());
  return value;
}

Result<Answer> answer_with(Desk& desk, const Call& call, const Campaign& campaign,
                           const std::string& id, int status = 200) {
  HUICE_TRY(const auto problem, app::stored_problem(desk.database, campaign.id, id));
  return versioned_answer(with_history(call, campaign, problem),
                          static_cast<std::int64_t>(problem.events.size()), status);
}

Result<Answer> get_ledger(Desk& desk, const Call& call) {
  HUICE_TRY(const auto found, campaign_of(desk, call, call.text("campaign")));
  model::Value::List units;
  for (const campaign::Office& office : found.offices)
    units.emplace_back(office.name);
  model::Value::List enterprises;
  for (const campaign::Assignment& each : found.assignments)
    enterprises.emplace_back(each.enterprise);
  return json_answer(model::Value::Record{{"campaign", found.id},
                                          {"title", found.full_name()},
                                          {"units", model::Value(std::move(units))},
                                          {"enterprises", model::Value(std::move(enterprises))}});
}

/// Whether it is at the stage that was asked for, and the words that were searched for are in it.
bool is_sought(const Call& call, const Campaign& campaign, const Problem& problem) {
  const auto standing = campaign::standing_on(problem, call.world.today);
  const std::string stage = call.text("stage");
  if (!stage.empty() && (!standing || stage != to_text(standing->state))) return false;
  const std::string words = call.text("q");
  return words.empty() || problem.matter.find(words) != std::string::npos || problem.id == words ||
         name_of(campaign, problem).find(words) != std::string::npos;
}

Result<Answer> list_problems(Desk& desk, const Call& call) {
  HUICE_TRY(const auto found, campaign_of(desk, call, call.text("campaign")));
  campaign::Selection wanted{.count =
                                 campaign::parse_count(call.text("count")).value_or(Count::Found)};
  if (const std::string by = call.text("by"); !by.empty()) {
    wanted.dimension = dimension_of(by);
    wanted.part = call.text("part");
  }
  auto shown = campaign::problems_behind(found, call.world.today, wanted);
  std::erase_if(shown, [&](const Problem* each) { return !is_sought(call, found, *each); });
  const auto offset = static_cast<std::size_t>(call.number("offset", 0));
  const auto limit = static_cast<std::size_t>(call.number("limit", 50));
  model::Value::List items;
  for (std::size_t i = offset; i < shown.size() && items.size() < limit; ++i)
    items.push_back(problem_summary(found, *shown[i], call.world.today));
  return json_answer(
      model::Value::Record{{"total", number_value(static_cast<std::int64_t>(shown.size()))},
                           {"items", model::Value(std::move(items))}});
}

Result<Answer> get_problem(Desk& desk, const Call& call) {
  HUICE_TRY(const auto found, campaign_of(desk, call, call.text("campaign")));
  return answer_with(desk, call, found, call.path.at("id"));
}

/// The event of a body, as make_event reads it: `kind` is `event`, texts of days are days.
model::Value event_of(const Call& call, const std::string& kind) {
  model::Value::Record event = {{"event", kind}};
  event.emplace_back("by", recorder_of(call));
  event.emplace_back("on", call.day("on"));
  for (const std::string_view name :
       {"note", "to", "view", "tier", "agreed_by", "evidence", "degree"}) {
    if (const model::Value* field = call.body.find(name); field != nullptr && !field->is_null())
      event.emplace_back(std::string(name), *field);
  }
  if (call.body.find("due") != nullptr) event.emplace_back("due", call.day("due"));
  return model::Value(std::move(event));
}

Result<Answer> add_problem(Desk& desk, const Call& call) {
  HUICE_TRY(const auto found, campaign_of(desk, call, call.text("campaign")));
  model::Value::Record problem;
  for (const std::string_view name :
       {"enterprise", "category", "level", "scope", "source", "matter"}) {
    if (const model::Value* field = call.body.find(name); field != nullptr)
      problem.emplace_back(std::string(name), *field);
  }
  HUICE_TRY(auto particulars, campaign::make_problem(model::Value(std::move(problem)), found));
  HUICE_TRY([[maybe_unused]] const Date on, call.past_day("on"));
  HUICE_TRY(auto event, campaign::make_event(event_of(call, "登记"), found));
  HUICE_TRY(const auto recorded,
            app::register_problem(desk.database, found, std::move(particulars),
                                  {.event = std::move(event)}, campaign_actor(call)));
  return answer_with(desk, call, found, recorded.problem, 201);
}

Result<Answer> record_event(Desk& desk, const Call& call) {
  HUICE_TRY(const auto found, campaign_of(desk, call, call.text("campaign")));
  const std::string& id = call.path.at("id");
  HUICE_TRY(const auto problem, app::stored_problem(desk.database, found.id, id));
  const auto standing = campaign::standing_on(problem, call.world.today);
  const std::string kind = call.field("kind");
  HUICE_TRY([[maybe_unused]] const Unit may,
            check_hand(call, *campaign::parse_event_kind(kind), standing.value_or(Standing())));
  HUICE_TRY(const auto version, version_wanted(call));
  HUICE_TRY([[maybe_unused]] const Date on, call.past_day("on"));
  HUICE_TRY(auto event, campaign::make_event(event_of(call, kind), found));
  app::NewEvent added{.problem = id, .event = std::move(event)};
  added.after = static_cast<int>(version);
  added.receipt = call.request->header("idempotency-key");
  HUICE_TRY([[maybe_unused]] const auto recorded,
            app::record_event(desk.database, found.id, added, campaign_actor(call)));
  return answer_with(desk, call, found, id);
}

Answer escalations_answer(const Call& call, const Campaign& campaign,
                          const std::vector<DueProblem>& due) {
  model::Value::List items;
  for (const DueProblem& each : due) {
    const auto event = campaign::escalation_of(each, call.world.today, recorder_of(call));
    items.push_back(model::Value::Record{{"problem", each.problem->id},
                                         {"title", each.problem->matter},
                                         {"enterprise", name_of(campaign, *each.problem)},
                                         {"unit", each.standing.unit},
                                         {"due", *each.standing.due},
                                         {"overdue_days", -each.days},
                                         {"from", std::string(to_text(each.standing.tier))},
                                         {"to", std::string(to_text(*each.goes))},
                                         {"why", event.note}});
  }
  return json_answer(model::Value::Record{{"items", model::Value(std::move(items))}});
}

Result<Answer> list_escalations(Desk& desk, const Call& call) {
  HUICE_TRY(const auto found, campaign_of(desk, call, call.text("campaign")));
  auto due = campaign::escalations(found, call.world.today);
  std::erase_if(due, [&](const DueProblem& each) {
    return !check_hand(call, EventKind::Escalate, each.standing);
  });
  return escalations_answer(call, found, due);
}

Result<Answer> escalate(Desk& desk, const Call& call) {
  HUICE_TRY(const auto found, campaign_of(desk, call, call.text("campaign")));
  std::set<std::string> seen;
  for (const model::Value& each : *call.body.find("problems")->list())
    seen.insert(*each.text());
  auto due = campaign::escalations(found, call.world.today);
  std::erase_if(due, [&](const DueProblem& each) { return !seen.contains(each.problem->id); });
  for (const DueProblem& each : due) {
    HUICE_TRY([[maybe_unused]] const Unit may,
              check_hand(call, EventKind::Escalate, each.standing));
  }
  HUICE_TRY([[maybe_unused]] const Unit done,
            app::escalate(desk.database, found, due, call.world.today, recorder_of(call),
                          campaign_actor(call)));
  return escalations_answer(call, found, due);
}

Result<Answer> get_statistics(Desk& desk, const Call& call) {
  HUICE_TRY(const auto found, campaign_of(desk, call, call.text("campaign")));
  const std::string by = call.text("by", "unit");
  const auto figures = campaign::statistics(found, call.day("on"));
  return json_answer(
      model::Value::Record{{"by", by},
                           {"all", model::Value(campaign::tally_record(figures.all))},
                           {"rows", campaign::parts_value(figures.by(dimension_of(by)))}});
}

}  // namespace

Status check_hand(const Call& call, EventKind kind, const Standing& standing) {
  const bool closing =
      kind == EventKind::Close || kind == EventKind::Approve || kind == EventKind::Escalate;
  if (closing && !call.who.has("审核") && !call.who.has("管理")) {
    return not_allowed("“" + std::string(to_text(kind)) + "”要有“审核”的角色",
                       "请审核的同事记这一步");
  }
  const std::string& unit = call.who.account.unit;
  if (unit.empty() || standing.unit == unit) return Unit{};
  return not_allowed("这个问题现在不由" + unit + "承办", "请承办单位或办公室记这一步");
}

app::Actor actor_of(const Call& call) {
  return {.at = call.world.now, .name = call.who.account.login, .origin = call.request->address};
}

std::string recorder_of(const Call& call) {
  const store::Account& account = call.who.account;
  return account.unit.empty() ? account.name : account.unit + account.name;
}

model::Value problem_summary(const Campaign& campaign, const Problem& problem, Date today) {
  const Standing standing = campaign::standing_on(problem, today).value_or(Standing());
  const int late = campaign::is_overdue(standing, today) ? today - *standing.due : 0;
  return model::Value::Record{{"id", problem.id},
                              {"version", static_cast<int>(problem.events.size())},
                              {"title", problem.matter},
                              {"enterprise", name_of(campaign, problem)},
                              {"category", problem.category},
                              {"level", problem.level},
                              {"unit", standing.unit},
                              {"stage", std::string(to_text(standing.state))},
                              {"due", standing.due ? model::Value(*standing.due) : model::Value()},
                              {"overdue_days", late}};
}

Handlers ledger_handlers() {
  return {{"getLedger", get_ledger},     {"listProblems", list_problems},
          {"addProblem", add_problem},   {"getProblem", get_problem},
          {"recordEvent", record_event}, {"listEscalations", list_escalations},
          {"escalate", escalate},        {"getStatistics", get_statistics}};
}

}  // namespace huice::service
