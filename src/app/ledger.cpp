#include "app/ledger.h"

#include <algorithm>
#include <utility>

#include "campaign/escalation.h"
#include "campaign/progress.h"
#include "store/migrations.h"

namespace huice::app {
namespace {

using model::Value;

Result<store::Database> open_ledger(const CampaignPlace& place) {
  if (!place.database) {
    return Error{.code = ErrorCode::Unsupported,
                 .id = "ledger.no-database",
                 .message = "只能往数据库里的台账记事项",
                 .hint =
                     "先 huice campaign import 目录 --database 地址，再加上 --database；"
                     "仍用文件的，直接写 ledger.yaml"};
  }
  HUICE_TRY(auto database, store::Database::open(*place.database));
  HUICE_TRY([[maybe_unused]] const Unit current, store::check_schema(database));
  return database;
}

/// `record` without the fields `names`, at the same place.
Value without(const Value& record, const std::vector<std::string_view>& names) {
  Value rest = record;
  if (auto* fields = std::get_if<Value::Record>(&rest.content())) {
    std::erase_if(*fields, [&](const Value::Field& field) {
      return std::ranges::find(names, field.first) != names.end();
    });
  }
  return rest;
}

Error no_problem_named(const Value& entry) {
  return {.code = ErrorCode::InvalidInput,
          .id = "campaign.missing-key",
          .message = "台账事项：缺 problem",
          .where = entry.where(),
          .hint = "problem 写问题编号；新登记的，写 {enterprise, category, level, matter}"};
}

Value tier_value(const std::optional<campaign::Tier>& tier) {
  return tier ? Value(std::string(to_text(*tier))) : Value();
}

Value day_value(const std::optional<Date>& day) {
  return day ? Value(*day) : Value();
}

Value standing_value(const campaign::Standing& standing, Date on) {
  return Value::Record{
      {"state", std::string(to_text(standing.state))},
      {"unit", standing.unit},
      {"due", day_value(standing.due)},
      {"overdue", campaign::is_overdue(standing, on)},
      {"degree", standing.degree},
      {"tier", std::string(to_text(standing.tier))},
      {"next_signer", tier_value(standing.next_signer())},
      {"view", standing.view ? Value(std::string(to_text(*standing.view))) : Value()}};
}

/// The escalation, recorded only while the problem stands as it was read.
NewEvent next_event(const campaign::DueProblem& due, Date on, const std::string& by) {
  return {.problem = due.problem->id,
          .event = escalation_of(due, on, by),
          .after = static_cast<int>(due.problem->events.size()),
          .receipt = {}};
}

}  // namespace

Result<Recorded> record_entry(store::Database& database, const campaign::Campaign& campaign,
                              const Value& entry, const Actor& actor) {
  const Value* problem = entry.find("problem");
  if (problem == nullptr || problem->is_null()) return no_problem_named(entry);
  HUICE_TRY(auto event,
            campaign::make_event(without(entry, {"problem", "receipt", "after"}), campaign));
  NewEvent added{.event = std::move(event)};
  if (const Value* receipt = entry.find("receipt"); receipt != nullptr && receipt->text()) {
    added.receipt = *receipt->text();
  }
  if (const Value* after = entry.find("after"); after != nullptr && after->number()) {
    added.after = static_cast<int>(after->number()->to_int64().value_or(0));
  }
  if (const std::string* id = problem->text()) {
    added.problem = *id;
    return record_event(database, campaign.id, added, actor);
  }
  HUICE_TRY(auto particulars, campaign::make_problem(*problem, campaign));
  return register_problem(database, campaign, std::move(particulars), added, actor);
}

Status record_entries(const World& world, const CampaignPlace& place, const Value& entries,
                      const std::function<void(const Recorded&)>& tell) {
  HUICE_TRY(auto database, open_ledger(place));
  HUICE_TRY(const auto campaign, stored_campaign(database, place.name));
  const Value::List one = {entries};
  const Value::List& list = entries.list() != nullptr ? *entries.list() : one;
  if (list.size() > kMostEventsOfFile) {
    return Error{.code = ErrorCode::TooLarge,
                 .id = "campaign.too-large",
                 .message = "有" + std::to_string(list.size()) + "项，一次至多" +
                            std::to_string(kMostEventsOfFile) + "项",
                 .where = entries.where()};
  }
  for (const Value& entry : list) {
    HUICE_TRY(const Recorded recorded, record_entry(database, campaign, entry, actor_of(world)));
    tell(recorded);
  }
  return Unit{};
}

Result<Value> list_problems(const CampaignPlace& place, Date on,
                            const campaign::Selection& selection) {
  HUICE_TRY(const auto campaign, open_campaign(place));
  Value::List lines;
  for (const campaign::Problem* problem : problems_behind(campaign, on, selection))
    lines.push_back(problem_line(campaign, *problem, on));
  return Value(std::move(lines));
}

Result<Value> problem_history(const CampaignPlace& place, const std::string& problem, Date on) {
  HUICE_TRY(const auto campaign, open_campaign(place));
  const campaign::Problem* found = campaign.find_problem(problem);
  if (found == nullptr) {
    return Error{.code = ErrorCode::NotFound,
                 .id = "ledger.not-found",
                 .message = "台账里没有编号为“" + problem + "”的问题",
                 .hint = "用 huice ledger list 查看编号"};
  }
  Value value = problem_value(*found);
  const auto standing = standing_on(*found, on);
  std::get<Value::Record>(value.content())
      .emplace_back("standing", standing ? standing_value(*standing, on) : Value());
  return value;
}

Result<Value> ledger_statistics(const CampaignPlace& place, Date on) {
  HUICE_TRY(const auto campaign, open_campaign(place));
  return statistics_value(statistics(campaign, on));
}

Result<Value> due_list(const CampaignPlace& place, Date on, int days) {
  HUICE_TRY(const auto campaign, open_campaign(place));
  Value::List lines;
  for (const campaign::DueProblem& due : due_problems(campaign, on, days)) {
    Value line = problem_line(campaign, *due.problem, on);
    auto& record = std::get<Value::Record>(line.content());
    record.emplace_back("距期限", due.days);
    record.emplace_back("升级到", tier_value(due.goes));
    lines.push_back(std::move(line));
  }
  return Value(std::move(lines));
}

Status write_due_list(const World& world, const CampaignPlace& place, int days,
                      const WorkbookFile& file) {
  HUICE_TRY(const auto campaign, open_campaign(place));
  const auto due = due_problems(campaign, file.on, days);
  return write_workbook(world, due_workbook(campaign, due, file.on), file);
}

Result<std::vector<Recorded>> escalate_overdue(const World& world, const CampaignPlace& place,
                                               Date on, const std::string& by) {
  HUICE_TRY(auto database, open_ledger(place));
  HUICE_TRY(const auto campaign, stored_campaign(database, place.name));
  std::vector<Recorded> done;
  for (const campaign::DueProblem& due : escalations(campaign, on)) {
    HUICE_TRY(auto recorded,
              record_event(database, campaign.id, next_event(due, on, by), actor_of(world)));
    done.push_back(std::move(recorded));
  }
  return done;
}

Status escalate(store::Database& database, const campaign::Campaign& campaign,
                const std::vector<campaign::DueProblem>& due, Date on, const std::string& by,
                const Actor& actor) {
  std::vector<NewEvent> events;
  for (const campaign::DueProblem& each : due)
    events.push_back(next_event(each, on, by));
  return record_events(database, campaign.id, events, actor, {});
}

}  // namespace huice::app
