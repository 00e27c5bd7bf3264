#include "app/ledger_rows.h"

#include <cstdint>
#include <map>
#include <string_view>
#include <utility>

#include "notation/json.h"
#include "store/audit.h"

namespace huice::app {
namespace {

using store::Cell;

constexpr char kPaperMark = '\n';  ///< between the names of papers in one cell

template <class T>
Cell name_cell(const std::optional<T>& value) {
  return value ? Cell(std::string(to_text(*value))) : Cell();
}

Cell receipt_cell(const std::string& receipt) {
  return receipt.empty() ? Cell() : Cell(receipt);
}

std::string joined(const std::vector<std::string>& papers) {
  std::string text;
  for (const std::string& paper : papers)
    text += (text.empty() ? std::string() : std::string(1, kPaperMark)) + paper;
  return text;
}

std::vector<std::string> parted(std::string_view text) {
  std::vector<std::string> papers;
  while (!text.empty()) {
    const std::size_t end = text.find(kPaperMark);
    papers.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return papers;
}

/// Columns from `first` on: kind, day, actor, note, assignee, due, degree, satisfaction, tier,
/// agreed_by, evidence.
campaign::Event event_of(const store::Row& row, std::size_t first) {
  const auto text = [&](std::size_t column) { return store::text_of(row[first + column]); };
  campaign::Event event;
  event.kind = campaign::parse_event_kind(text(0)).value_or(event.kind);
  event.on = Date::parse(text(1)).value_or(Date());
  event.by = text(2);
  event.note = text(3);
  event.to = text(4);
  event.due = Date::parse(text(5));
  event.degree = Decimal::parse(text(6));
  event.view = campaign::parse_satisfaction(text(7));
  event.tier = campaign::parse_tier(text(8));
  event.agreed_by = text(9);
  event.evidence = parted(text(10));
  return event;
}

campaign::Problem problem_of(const store::Row& row) {
  campaign::Problem problem;
  problem.id = store::text_of(row[0]);
  problem.uscc = store::text_of(row[1]);
  problem.category = store::text_of(row[2]);
  problem.level = store::text_of(row[3]);
  problem.scope = store::text_of(row[4]);
  problem.source = store::text_of(row[5]);
  problem.matter = store::text_of(row[6]);
  return problem;
}

}  // namespace

Status lock_rows(store::Database& database, const std::string& question,
                 const std::vector<Cell>& values) {
  if (database.engine() == store::Engine::Sqlite) return Unit{};
  HUICE_TRY([[maybe_unused]] const auto rows, database.ask(question + " FOR UPDATE", values));
  return Unit{};
}

Result<std::vector<campaign::Problem>> read_problems(store::Database& database,
                                                     const std::string& campaign,
                                                     const std::optional<std::string>& only) {
  std::vector<Cell> values = {campaign};
  if (only) values.emplace_back(*only);
  const std::string one = only ? " AND id = ?" : "";
  const std::string of_one = only ? " AND problem = ?" : "";
  HUICE_TRY(const auto rows,
            database.ask("SELECT id, uscc, category, level, scope, source, matter FROM problem "
                         "WHERE campaign = ?" +
                             one + " ORDER BY id",
                         values));
  std::vector<campaign::Problem> problems;
  std::map<std::string, std::size_t> places;
  for (const store::Row& row : rows) {
    places.emplace(store::text_of(row[0]), problems.size());
    problems.push_back(problem_of(row));
  }
  HUICE_TRY(const auto events,
            database.ask("SELECT problem, kind, day, actor, note, assignee, due, degree, "
                         "satisfaction, tier, agreed_by, evidence FROM problem_event "
                         "WHERE campaign = ?" +
                             of_one + " ORDER BY problem, step",
                         values));
  for (const store::Row& row : events) {
    const auto place = places.find(store::text_of(row[0]));
    if (place != places.end()) problems[place->second].events.push_back(event_of(row, 1));
  }
  return problems;
}

Status insert_problem(store::Database& database, const std::string& campaign,
                      const campaign::Problem& problem) {
  HUICE_TRY([[maybe_unused]] const auto added,
            database.run("INSERT INTO problem (campaign, id, uscc, category, level, scope, source, "
                         "matter) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                         {campaign, problem.id, problem.uscc, problem.category, problem.level,
                          problem.scope, problem.source, problem.matter}));
  return Unit{};
}

Status insert_event(store::Database& database, const std::string& campaign, const NewEvent& added,
                    int step, const Actor& actor) {
  const campaign::Event& event = added.event;
  HUICE_TRY(
      [[maybe_unused]] const auto inserted,
      database.run("INSERT INTO problem_event (campaign, problem, step, kind, day, actor, note, "
                   "assignee, due, degree, satisfaction, tier, agreed_by, evidence, receipt, "
                   "recorded_at, recorded_by) "
                   "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                   {campaign, added.problem, std::int64_t{step}, std::string(to_text(event.kind)),
                    event.on.to_iso(), event.by, event.note, event.to,
                    event.due ? Cell(event.due->to_iso()) : Cell(),
                    event.degree ? Cell(event.degree->to_plain()) : Cell(), name_cell(event.view),
                    name_cell(event.tier), event.agreed_by, joined(event.evidence),
                    receipt_cell(added.receipt), actor.at, actor.name}));
  return store::append(database,
                       {.at = actor.at,
                        .actor = actor.name,
                        .origin = actor.origin,
                        .action = "问题." + std::string(to_text(event.kind)),
                        .subject = campaign + "/" + added.problem + "/" + std::to_string(step),
                        .after = notation::write_json(campaign::event_value(event))});
}

}  // namespace huice::app
