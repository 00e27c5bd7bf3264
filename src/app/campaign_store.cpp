#include "app/campaign_store.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <utility>

#include "app/ledger_rows.h"
#include "app/reviews.h"
#include "store/migrations.h"

namespace huice::app {
namespace {

using campaign::Campaign;
using campaign::Problem;

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

Error no_campaign(store::Database& database, const std::string& id) {
  const auto ids = stored_campaigns(database);
  if (!ids) return ids.error();
  std::string names;
  for (const std::string& name : ids.value())
    names += (names.empty() ? "" : "、") + name;
  return {.code = ErrorCode::NotFound,
          .id = "campaign.not-found",
          .message = "数据库里没有专项行动“" + id + "”",
          .hint = names.empty() ? "先运行 huice campaign import" : "现有：" + names};
}

Status append_event(store::Database& database, const std::string& campaign, const NewEvent& added,
                    const Actor& actor, Recorded& recorded) {
  HUICE_TRY([[maybe_unused]] const Unit locked,
            lock_rows(database, "SELECT id FROM problem WHERE campaign = ? AND id = ?",
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
  campaign::CampaignTexts texts;  ///< with an empty ledger, whose problems are rows
  std::int64_t revision = 0;
};

/// The files of a campaign of the database.
Result<Kept> kept_files(store::Database& database, const std::string& id) {
  HUICE_TRY(const auto rows, database.ask("SELECT plan, assignments, scheme, entries, revision "
                                          "FROM campaign WHERE id = ?",
                                          {id}));
  if (rows.empty()) return no_campaign(database, id);
  const store::Row& row = rows.front();
  const auto text = [&](std::size_t column) { return store::text_of(row[column]); };
  return Kept{.texts = {text(0), text(1), "{}", text(2), text(3)},
              .revision = store::number_of(row[4])};
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
  HUICE_TRY(const auto source, campaign::parse_texts(kept.texts));
  HUICE_TRY(Campaign made, campaign::make_campaign(source));
  made.problems = std::move(problems);
  HUICE_TRY(auto reviews, read_reviews(database, id));
  std::ranges::move(reviews, std::back_inserter(made.reviews));
  return made;
}

Result<StoredSchedule> stored_schedule(store::Database& database, const std::string& id) {
  HUICE_TRY(auto kept, kept_files(database, id));
  StoredSchedule stored{.revision = kept.revision};
  HUICE_TRY(stored.source, campaign::parse_texts(kept.texts));
  stored.assignments = std::move(kept.texts[1]);
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
              lock_rows(database, "SELECT id FROM campaign WHERE id = ?", {campaign.id}));
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
