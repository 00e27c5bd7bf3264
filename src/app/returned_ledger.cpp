#include "app/returned_ledger.h"

#include <algorithm>
#include <filesystem>
#include <utility>
#include <vector>

#include "base/files.h"
#include "campaign/schedule.h"
#include "notation/yaml.h"
#include "notation/yaml_text.h"
#include "store/migrations.h"
#include "text/dates.h"

namespace huice::app {
namespace {

using campaign::Campaign;
using campaign::Problem;
using sheet::Grid;

// As campaign::ledger_workbook calls its first sheet and heads its columns.
constexpr const char* kLedgerSheet = "问题台账";
constexpr const char* kLedgerKey = "编号";
constexpr const char* kLedgerDue = "办结期限";

/// Without `（逾期12天）` behind a state: it is another number every day.
void drop_delays(std::vector<Grid>& grids) {
  for (Grid& grid : grids) {
    for (sheet::GridRow& row : grid.rows) {
      for (sheet::GridCell& cell : row.cells) {
        auto* text = std::get_if<std::string>(&cell.content);
        if (text == nullptr) continue;
        const std::size_t at = text->find("（逾期");
        if (at != std::string::npos && campaign::parse_state(text->substr(0, at))) text->resize(at);
      }
    }
  }
}

std::string meaning(const std::string& column, const std::string& text) {
  const auto day = column == kLedgerDue ? text::parse_people_date(text) : std::nullopt;
  return day ? day->to_iso() : text;
}

/// Changes in the sheets beside the ledger, none of which comes in.
Result<std::vector<ReturnedCell>> changes_beside(const ReturnedBook& book) {
  std::vector<Grid> sent;
  for (const Grid& grid : book.sent)
    if (grid.name != kLedgerSheet) sent.push_back(grid);
  HUICE_TRY(auto compared, sheet::compare(sent, sent, book.wrote, ""));
  std::vector<ReturnedCell> cells;
  for (sheet::Change& change : compared.changes) {
    if (change.kind == sheet::ChangeKind::Computed) continue;
    cells.push_back({.change = std::move(change)});
    refuse(cells.back(), "只收“问题台账”这张表的改动", "改回发出时的内容；记一步写在台账的行里");
  }
  return cells;
}

std::optional<std::string> campaign::ReturnedRow::*member_of(const std::string& column) {
  using campaign::ReturnedRow;
  constexpr std::pair<std::string_view, std::optional<std::string> ReturnedRow::*> kMembers[] = {
      {"状态", &ReturnedRow::state},
      {"责任单位", &ReturnedRow::unit},
      {kLedgerDue, &ReturnedRow::due},
      {"最近经过", &ReturnedRow::happening},
      {"企业评价", &ReturnedRow::view}};
  for (const auto& [name, member] : kMembers)
    if (name == column) return member;
  return nullptr;
}

std::string text_of(const std::vector<campaign::Event>& events) {
  std::string text;
  for (const campaign::Event& event : events) {
    if (!text.empty()) text += "；";
    text += event.on.to_iso() + " " + std::string(to_text(event.kind));
    if (!event.to.empty()) text += "给" + event.to;
    if (event.due) text += "，期限 " + event.due->to_iso();
    if (event.view) text += "，" + std::string(to_text(*event.view));
    if (!event.note.empty()) text += "：" + event.note;
  }
  return text;
}

/// A ledger as it was compared, and the events that come of it.
struct LedgerComparison {
  Intake intake;
  std::vector<NewEvent> events;
};

class LedgerReading {
 public:
  LedgerReading(const Campaign& campaign, const ReturnedLedger& returned)
      : campaign_(campaign), returned_(returned) {}

  Result<LedgerComparison> run() && {
    HUICE_TRY(auto have,
              grids_of(campaign::ledger_workbook(campaign_, returned_.terms.on), campaign_.begins));
    ReturnedBook book = returned_.book;
    for (auto* grids : {&have, &book.sent, &book.wrote})
      drop_delays(*grids);
    HUICE_TRY(cells_, changed_cells(book, have, kLedgerSheet, kLedgerKey, meaning));
    for (ReturnedCell& cell : cells_) {
      if (cell.fate == Fate::Taken && member_of(cell.change.column) == nullptr)
        refuse(cell, "登记时的内容不能改", "台账只增不改；登记错的，退回后另行登记");
    }
    for (const std::string& row : taken_rows(cells_))
      take(row);
    HUICE_TRY(auto beside, changes_beside(book));
    std::ranges::move(beside, std::back_inserter(cells_));
    comparison_.intake.cells = std::move(cells_);
    return std::move(comparison_);
  }

 private:
  std::vector<ReturnedCell*> cells_of(const std::string& row) {
    std::vector<ReturnedCell*> cells;
    for (ReturnedCell& cell : cells_)
      if (cell.fate == Fate::Taken && cell.change.key == row) cells.push_back(&cell);
    return cells;
  }

  /// The cell in the column that the error names, else the first.
  static void refuse_row(const std::vector<ReturnedCell*>& cells, const Error& error) {
    const auto named = std::ranges::find_if(
        cells, [&](const ReturnedCell* cell) { return cell->change.column == error.where.part; });
    refuse(named == cells.end() ? *cells.front() : **named, error.message, error.hint);
  }

  void take(const std::string& row) {
    const auto cells = cells_of(row);
    const Problem* known = campaign_.find_problem(row);
    if (known == nullptr)
      return refuse(*cells.front(), "台账里没有这个问题", "核对是不是这一本台账");
    const Problem& problem = *known;
    campaign::ReturnedRow wrote;
    for (const ReturnedCell* cell : cells)
      wrote.*member_of(cell->change.column) = cell->change.wrote;
    const auto events = events_of_row(campaign_, problem, wrote, returned_.terms);
    if (!events) return refuse_row(cells, events.error());
    if (const auto may = check_hand(problem, events.value()); !may)
      return refuse_row(cells, may.error());
    cells.front()->becomes = text_of(events.value());
    int steps = static_cast<int>(problem.events.size());
    for (const campaign::Event& event : events.value())
      comparison_.events.push_back(
          {.problem = row, .event = event, .after = steps++, .receipt = {}});
  }

  Status check_hand(const Problem& problem, const std::vector<campaign::Event>& events) const {
    Problem longer = problem;
    for (const campaign::Event& event : events) {
      if (!returned_.may) break;
      const auto standing = standing_on(longer, longer.events.back().on);
      HUICE_TRY([[maybe_unused]] const Unit may,
                returned_.may(event.kind, standing.value_or(campaign::Standing())));
      longer.events.push_back(event);
    }
    return Unit{};
  }

  const Campaign& campaign_;
  const ReturnedLedger& returned_;
  std::vector<ReturnedCell> cells_;
  LedgerComparison comparison_;
};

Result<LedgerComparison> compare_ledger(const Campaign& campaign, const ReturnedLedger& returned) {
  return LedgerReading(campaign, returned).run();
}

/// ledger.yaml with the events at the ends of their histories.
std::string with_events(notation::YamlText yaml, const std::vector<NewEvent>& events) {
  for (const model::Value& problem : *yaml.root().find("problems")->list()) {
    for (const NewEvent& added : events) {
      if (*problem.find("id") == model::Value(added.problem))
        yaml.append(*problem.find("events"), event_value(added.event));
    }
  }
  return yaml.edited();
}

/// Goes up with every change of the files and every event.
std::int64_t version_of(const Campaign& campaign, std::int64_t revision) {
  for (const Problem& problem : campaign.problems)
    revision += static_cast<std::int64_t>(problem.events.size());
  return revision;
}

}  // namespace

Result<Intake> take_ledger(store::Database& database, const std::string& campaign,
                           const ReturnedLedger& returned, const Actor& actor,
                           std::optional<std::int64_t> version) {
  HUICE_TRY(const auto stored, stored_schedule(database, campaign));
  HUICE_TRY(const Campaign made, stored_campaign(database, campaign));
  HUICE_TRY(auto compared, compare_ledger(made, returned));
  Intake& intake = compared.intake;
  intake.version = version_of(made, stored.revision);
  if (!returned.accept || !intake.is_sound() || compared.events.empty()) return std::move(intake);
  if (version && *version != intake.version) {
    return Error{.code = ErrorCode::Conflict,
                 .id = "campaign.changed",
                 .message = "台账在对照之后又记过",
                 .hint = "重新对照，看过再收"};
  }
  const auto entries = audit_rows(intake.cells, campaign, "台账.收回", actor);
  HUICE_TRY([[maybe_unused]] const Unit done,
            record_events(database, campaign, compared.events, actor, entries));
  intake.accepted = true;
  return std::move(intake);
}

Result<Intake> take_ledger(const World& world, const CampaignPlace& place,
                           const ReturnedLedger& returned) {
  if (place.database) {
    HUICE_TRY(auto database, store::Database::open(*place.database));
    HUICE_TRY([[maybe_unused]] const Unit current, store::check_schema(database));
    return take_ledger(database, place.name, returned, actor_of(world));
  }
  HUICE_TRY(auto source, campaign::read_sources(place.name));
  HUICE_TRY(const Campaign before, campaign::make_campaign(source));
  HUICE_TRY(auto compared, compare_ledger(before, returned));
  Intake& intake = compared.intake;
  if (!returned.accept || !intake.is_sound() || compared.events.empty()) return std::move(intake);
  const std::filesystem::path file = std::filesystem::path(place.name) / "ledger.yaml";
  HUICE_TRY(std::string bytes, read_file(file));
  HUICE_TRY(auto yaml, notation::YamlText::read(std::move(bytes), file.string()));
  const std::string text = with_events(std::move(yaml), compared.events);
  HUICE_TRY(source.ledger, notation::read_yaml(text, file.string()));
  HUICE_TRY([[maybe_unused]] const Campaign after, campaign::make_campaign(source));
  HUICE_TRY([[maybe_unused]] const Unit written, write_file(file, text));
  intake.accepted = true;
  return std::move(intake);
}

}  // namespace huice::app
