#include "app/campaign_store.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

#include "app/ledger_rows.h"
#include "base/files.h"
#include "notation/yaml.h"
#include "store/audit.h"
#include "store/migrations.h"

namespace huice::app {
namespace {

using campaign::Campaign;
using campaign::Problem;

/// The files that are kept as they were written, in the order of the columns.
constexpr std::array kKeptFiles = {"campaign.yaml", "assignments.yaml", "scheme.yaml",
                                   "entries.yaml"};
constexpr std::size_t kAssignments = 1;  // of kKeptFiles
using Texts = std::array<std::string, kKeptFiles.size()>;

Result<Texts> read_texts(const std::filesystem::path& folder) {
  Texts texts;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    HUICE_TRY(texts[i], read_file(folder / kKeptFiles[i]));
  }
  return texts;
}

/// The campaign's files, with an empty ledger.
Result<campaign::CampaignSource> source_of(const Texts& texts) {
  campaign::CampaignSource source;
  source.ledger = model::Value::Record{};
  const std::array<model::Value*, kKeptFiles.size()> parts = {&source.campaign, &source.assignments,
                                                              &source.scheme, &source.entries};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    HUICE_TRY(*parts[i], notation::read_yaml(texts[i], kKeptFiles[i]));
  }
  return source;
}

/// An event that has no place in a file any more equals the one that was read from there.
bool is_same(const campaign::Event& a, const campaign::Event& b) {
  return campaign::event_value(a) == campaign::event_value(b);
}

Error differs(const std::string& what, const SourceSpan& where) {
  return {.code = ErrorCode::Conflict,
          .id = "ledger.differs",
          .message = what,
          .where = where,
          .hint = "台账只增不改：记错的，用新的经过更正；名单里的单位和企业用过就不能删"};
}

/// What `wanted` adds to the stored history. Errors: `ledger.differs`.
Result<std::vector<campaign::Event>> further_events(const Problem& stored, const Problem& wanted) {
  const std::size_t common = std::min(stored.events.size(), wanted.events.size());
  for (std::size_t i = 0; i < common; ++i) {
    if (is_same(stored.events[i], wanted.events[i])) continue;
    return differs("问题 " + wanted.id + " 第" + std::to_string(i + 1) + "步与库里的不同",
                   wanted.events[i].where);
  }
  return std::vector<campaign::Event>(wanted.events.begin() + static_cast<std::ptrdiff_t>(common),
                                      wanted.events.end());
}

/// Whether every name that the stored ledger uses is still there.
Status check_names(const Campaign& campaign, const std::vector<Problem>& stored) {
  for (const Problem& problem : stored) {
    if (campaign.find_assignment(problem.uscc) == nullptr) {
      return differs("问题 " + problem.id + " 的企业 " + problem.uscc + " 不在新的安排里", {});
    }
    for (const campaign::Event& event : problem.events) {
      if (event.to.empty() || campaign.find_office(event.to) != nullptr) continue;
      return differs("问题 " + problem.id + " 交办的“" + event.to + "”不在新的名单里", {});
    }
  }
  return Unit{};
}

Status put_campaign(store::Database& database, const Campaign& campaign, const Texts& texts,
                    bool fresh) {
  std::vector<store::Cell> values = {campaign.region, std::int64_t{campaign.year}};
  values.insert(values.end(), texts.begin(), texts.end());
  values.emplace_back(campaign.id);
  HUICE_TRY([[maybe_unused]] const auto put,
            database.run(fresh ? "INSERT INTO campaign (region, year, plan, assignments, scheme, "
                                 "entries, id, revision) VALUES (?, ?, ?, ?, ?, ?, ?, 1)"
                               : "UPDATE campaign SET region = ?, year = ?, plan = ?, "
                                 "assignments = ?, scheme = ?, entries = ?, "
                                 "revision = revision + 1 WHERE id = ?",
                         values));
  return Unit{};
}

/// Adds to the ledger what `campaign` has beyond `stored`.
Status put_ledger(store::Database& database, const Campaign& campaign,
                  const std::vector<Problem>& stored, const Actor& actor, Import& import) {
  for (const Problem& problem : campaign.problems) {
    const auto known = std::ranges::find(stored, problem.id, &Problem::id);
    if (known == stored.end()) {
      HUICE_TRY([[maybe_unused]] const Unit added, insert_problem(database, campaign.id, problem));
      ++import.problems;
    }
    const Problem before = known == stored.end() ? Problem{} : *known;
    HUICE_TRY(const auto events, further_events(before, problem));
    int step = static_cast<int>(before.events.size());
    for (const campaign::Event& event : events) {
      const NewEvent added{.problem = problem.id, .event = event};
      HUICE_TRY([[maybe_unused]] const Unit put,
                insert_event(database, campaign.id, added, ++step, actor));
      ++import.events;
    }
  }
  return Unit{};
}

/// Holds off other writers of the row until the transaction ends; SQLite has one in any case.
Status lock(store::Database& database, const std::string& sql, std::vector<store::Cell> values) {
  if (database.engine() == store::Engine::Sqlite) return Unit{};
  HUICE_TRY([[maybe_unused]] const auto rows, database.ask(sql + " FOR UPDATE", values));
  return Unit{};
}

Error no_problem(const std::string& id) {
  return {.code = ErrorCode::NotFound,
          .id = "ledger.not-found",
          .message = "台账里没有编号为“" + id + "”的问题",
          .hint = "用 huice ledger list 查看编号"};
}

/// The step recorded under the receipt before, with the history's standing; nullopt: none.
Result<std::optional<Recorded>> recorded_before(store::Database& database,
                                                const std::string& campaign,
                                                const std::string& receipt) {
  if (receipt.empty()) return std::optional<Recorded>();
  HUICE_TRY(const auto rows,
            database.ask("SELECT problem, step FROM problem_event WHERE campaign = ? AND "
                         "receipt = ?",
                         {campaign, receipt}));
  if (rows.empty()) return std::optional<Recorded>();
  Recorded before{.problem = store::text_of(rows.front()[0]),
                  .step = static_cast<int>(store::number_of(rows.front()[1])),
                  .again = true};
  HUICE_TRY(const Problem problem, stored_problem(database, campaign, before.problem));
  before.standing = standing_on(problem, problem.events.back().on).value_or(campaign::Standing());
  return std::optional(std::move(before));
}

Status append_event(store::Database& database, const std::string& campaign, const NewEvent& added,
                    const Actor& actor, Recorded& recorded) {
  HUICE_TRY([[maybe_unused]] const Unit locked,
            lock(database, "SELECT id FROM problem WHERE campaign = ? AND id = ?",
                 {campaign, added.problem}));
  HUICE_TRY(auto before, recorded_before(database, campaign, added.receipt));
  if (before) {
    recorded = std::move(*before);
    return Unit{};
  }
  HUICE_TRY(auto problem, stored_problem(database, campaign, added.problem));
  const int steps = static_cast<int>(problem.events.size());
  if (added.after && *added.after != steps) {
    return Error{.code = ErrorCode::Conflict,
                 .id = "ledger.changed",
                 .message = "问题 " + added.problem + " 已有" + std::to_string(steps) + "步，不是" +
                            std::to_string(*added.after) + "步：别人先记了一笔",
                 .hint = "看过新的经过再记"};
  }
  HUICE_TRY(const auto longer, with_event(std::move(problem), added.event));
  HUICE_TRY([[maybe_unused]] const Unit put,
            insert_event(database, campaign, added, steps + 1, actor));
  recorded = {.problem = added.problem,
              .step = steps + 1,
              .standing = standing_on(longer, added.event.on).value_or(campaign::Standing())};
  return Unit{};
}

/// `WT-2026-061`: one more than the highest of that form.
Result<std::string> next_id(store::Database& database, const Campaign& campaign) {
  constexpr std::size_t kDigits = 3;
  const std::string prefix = "WT-" + std::to_string(campaign.year) + "-";
  HUICE_TRY(const auto rows,
            database.ask("SELECT id FROM problem WHERE campaign = ?", {campaign.id}));
  int highest = 0;
  for (const store::Row& row : rows) {
    const std::string id = store::text_of(row[0]);
    if (!id.starts_with(prefix)) continue;
    int number = 0;
    std::from_chars(id.data() + prefix.size(), id.data() + id.size(), number);
    highest = std::max(highest, number);
  }
  std::string digits = std::to_string(highest + 1);
  if (digits.size() < kDigits) digits.insert(0, kDigits - digits.size(), '0');
  return prefix + digits;
}

struct Kept {
  Texts texts;
  std::int64_t revision = 0;
};

/// The files of a campaign of the database.
Result<Kept> kept_files(store::Database& database, const std::string& id) {
  HUICE_TRY(const auto rows, database.ask("SELECT plan, assignments, scheme, entries, revision "
                                          "FROM campaign WHERE id = ?",
                                          {id}));
  if (rows.empty()) {
    HUICE_TRY(const auto ids, stored_campaigns(database));
    std::string names;
    for (const std::string& name : ids)
      names += (names.empty() ? "" : "、") + name;
    return Error{.code = ErrorCode::NotFound,
                 .id = "campaign.not-found",
                 .message = "数据库里没有专项行动“" + id + "”",
                 .hint = names.empty() ? "先运行 huice campaign import" : "现有：" + names};
  }
  Kept kept;
  for (std::size_t i = 0; i < kept.texts.size(); ++i)
    kept.texts[i] = store::text_of(rows.front()[i]);
  kept.revision = store::number_of(rows.front()[kept.texts.size()]);
  return kept;
}

Status append_all(store::Database& database, const std::vector<store::AuditEntry>& entries) {
  for (const store::AuditEntry& entry : entries) {
    HUICE_TRY([[maybe_unused]] const Unit told, store::append(database, entry));
  }
  return Unit{};
}

}  // namespace

Actor actor_of(const World& world) {
  return {.at = world.now, .name = "命令行", .origin = world.user};
}

Result<Campaign> open_campaign(const CampaignPlace& place) {
  if (!place.database) return campaign::load_campaign(place.name);
  HUICE_TRY(auto database, store::Database::open(*place.database));
  HUICE_TRY([[maybe_unused]] const Unit current, store::check_schema(database));
  return stored_campaign(database, place.name);
}

Result<Import> import_campaign(store::Database& database, const std::filesystem::path& folder,
                               const Actor& actor) {
  HUICE_TRY(const Campaign wanted, campaign::load_campaign(folder.string()));
  HUICE_TRY(const Texts texts, read_texts(folder));
  Import import{.id = wanted.id};
  const auto steps = [&]() -> Status {
    HUICE_TRY(const auto rows, database.ask("SELECT id FROM campaign WHERE id = ?", {wanted.id}));
    import.fresh = rows.empty();
    HUICE_TRY([[maybe_unused]] const Unit put, put_campaign(database, wanted, texts, import.fresh));
    HUICE_TRY(const auto stored, read_problems(database, wanted.id));
    HUICE_TRY([[maybe_unused]] const Unit fits, check_names(wanted, stored));
    HUICE_TRY([[maybe_unused]] const Unit logged,
              store::append(database, {.at = actor.at,
                                       .actor = actor.name,
                                       .origin = actor.origin,
                                       .action = import.fresh ? "专项行动.导入" : "专项行动.更新",
                                       .subject = wanted.id}));
    return put_ledger(database, wanted, stored, actor, import);
  };
  HUICE_TRY([[maybe_unused]] const Unit done, database.transact(steps));
  return import;
}

Result<Import> import_folder(const World& world, const std::filesystem::path& folder,
                             const std::string& address) {
  HUICE_TRY(auto database, store::Database::open(address));
  HUICE_TRY([[maybe_unused]] const Unit current, store::check_schema(database));
  return import_campaign(database, folder, actor_of(world));
}

Result<std::vector<std::string>> stored_campaigns(store::Database& database) {
  HUICE_TRY(const auto rows, database.ask("SELECT id FROM campaign ORDER BY id"));
  std::vector<std::string> ids;
  for (const store::Row& row : rows)
    ids.push_back(store::text_of(row[0]));
  return ids;
}

Result<Campaign> stored_campaign(store::Database& database, const std::string& id) {
  HUICE_TRY(const auto kept, kept_files(database, id));
  HUICE_TRY(auto problems, read_problems(database, id));
  HUICE_TRY(const auto source, source_of(kept.texts));
  HUICE_TRY(Campaign made, campaign::make_campaign(source));
  made.problems = std::move(problems);
  return made;
}

Result<StoredSchedule> stored_schedule(store::Database& database, const std::string& id) {
  HUICE_TRY(auto kept, kept_files(database, id));
  StoredSchedule stored{.revision = kept.revision};
  HUICE_TRY(stored.source, source_of(kept.texts));
  stored.assignments = std::move(kept.texts[kAssignments]);
  return stored;
}

Status replace_schedule(store::Database& database, const std::string& id, const std::string& text,
                        std::int64_t revision, const std::vector<store::AuditEntry>& entries) {
  return database.transact([&]() -> Status {
    HUICE_TRY(const auto changed,
              database.run("UPDATE campaign SET assignments = ?, revision = revision + 1 "
                           "WHERE id = ? AND revision = ?",
                           {text, id, revision}));
    if (changed == 0) {
      return Error{.code = ErrorCode::Conflict,
                   .id = "campaign.changed",
                   .message = "专项行动“" + id + "”在对照之后又改过",
                   .hint = "重新对照，看过再收"};
    }
    return append_all(database, entries);
  });
}

Result<Problem> stored_problem(store::Database& database, const std::string& campaign,
                               const std::string& id) {
  HUICE_TRY(auto problems, read_problems(database, campaign, id));
  if (problems.empty() || problems.front().events.empty()) return no_problem(id);
  return std::move(problems.front());
}

Result<Recorded> record_event(store::Database& database, const std::string& campaign,
                              const NewEvent& event, const Actor& actor) {
  Recorded recorded;
  HUICE_TRY([[maybe_unused]] const Unit done, database.transact([&] {
    return append_event(database, campaign, event, actor, recorded);
  }));
  return recorded;
}

Status record_events(store::Database& database, const std::string& campaign,
                     const std::vector<NewEvent>& events, const Actor& actor,
                     const std::vector<store::AuditEntry>& entries) {
  return database.transact([&]() -> Status {
    for (const NewEvent& event : events) {
      Recorded recorded;
      HUICE_TRY([[maybe_unused]] const Unit added,
                append_event(database, campaign, event, actor, recorded));
    }
    return append_all(database, entries);
  });
}

Result<Recorded> register_problem(store::Database& database, const Campaign& campaign,
                                  Problem problem, const NewEvent& event, const Actor& actor) {
  Recorded recorded;
  const auto steps = [&]() -> Status {
    HUICE_TRY([[maybe_unused]] const Unit locked,
              lock(database, "SELECT id FROM campaign WHERE id = ?", {campaign.id}));
    HUICE_TRY(auto before, recorded_before(database, campaign.id, event.receipt));
    if (before) {
      recorded = std::move(*before);
      return Unit{};
    }
    if (problem.id.empty()) {
      HUICE_TRY(problem.id, next_id(database, campaign));
    }
    HUICE_TRY(const auto same, read_problems(database, campaign.id, problem.id));
    if (!same.empty()) {
      return Error{.code = ErrorCode::Conflict,
                   .id = "campaign.duplicate",
                   .message = "编号 " + problem.id + " 已经用过",
                   .hint = "不写编号，由程序编"};
    }
    HUICE_TRY([[maybe_unused]] const Problem begun, with_event(problem, event.event));
    HUICE_TRY([[maybe_unused]] const Unit put, insert_problem(database, campaign.id, problem));
    const NewEvent first{.problem = problem.id, .event = event.event, .receipt = event.receipt};
    HUICE_TRY([[maybe_unused]] const Unit registered,
              insert_event(database, campaign.id, first, 1, actor));
    recorded = {.problem = problem.id,
                .step = 1,
                .standing = standing_on(begun, event.event.on).value_or(campaign::Standing())};
    return Unit{};
  };
  HUICE_TRY([[maybe_unused]] const Unit done, database.transact(steps));
  return recorded;
}

}  // namespace huice::app
