// The ledger in the database: recorded, refused, taken over; and its statistics against SQL.
#include "app/ledger.h"

#include <map>
#include <random>

#include <gtest/gtest.h>

#include "../campaign/small_campaign.h"
#include "../store/engines.h"
#include "app/campaign_import.h"
#include "app/ledger_rows.h"
#include "base/files.h"
#include "store/audit.h"
#include "store/migrations.h"

namespace huice::app {
namespace {

using campaign::day;
using campaign::Event;
using campaign::EventKind;
using campaign::replaced;
using campaign::SmallCampaign;

const Actor kClerk{.at = "2026-11-22T08:00:00Z", .name = "命令行", .origin = "clerk"};

class LedgerStore : public store::OnBothEngines {
 protected:
  /// A migrated database.
  store::Database made() {
    address_ = new_address();
    auto database = std::move(store::Database::open(address_, true)).value();
    EXPECT_TRUE(store::migrate(database, kClerk.at));
    return database;
  }

  /// The folder of a campaign's files.
  std::filesystem::path files_of(const SmallCampaign& small) {
    const auto into = folder() / "campaign";
    for (const auto& [name, text] : {std::pair{"campaign.yaml", &small.plan},
                                     {"assignments.yaml", &small.assignments},
                                     {"ledger.yaml", &small.ledger},
                                     {"scheme.yaml", &small.scheme},
                                     {"entries.yaml", &small.entries}}) {
      EXPECT_TRUE(write_file(into / name, *text));
    }
    return into;
  }

  const std::string& address() const { return address_; }

 private:
  std::string address_;
};

INSTANTIATE_TEST_SUITE_P(Engines, LedgerStore,
                         testing::Values(store::Engine::Sqlite, store::Engine::Postgresql),
                         [](const auto& test) {
                           return test.param == store::Engine::Sqlite ? "Sqlite" : "Postgresql";
                         });

Event work(const char* on) {
  return {.kind = EventKind::Work, .on = day(on), .by = "甲局", .note = "对接"};
}

TEST_P(LedgerStore, GivesBackTheCampaignThatWasTakenOver) {
  auto database = made();
  const auto import = import_campaign(database, files_of({}), kClerk);
  ASSERT_TRUE(import) << import.error().message;
  EXPECT_TRUE(import.value().fresh);
  EXPECT_EQ(import.value().events(), 6);
  const auto stored = stored_campaign(database, "small");
  ASSERT_TRUE(stored) << stored.error().message;
  EXPECT_EQ(problem_value(stored.value().problems.at(0)),
            problem_value(SmallCampaign{}.made().problems.at(0)));
  EXPECT_TRUE(store::check_audit(database));
}

TEST_P(LedgerStore, TakesOverOnlyWhatIsNew) {
  SmallCampaign small;
  const std::string whole = small.ledger;
  small.ledger = whole.substr(0, whole.find("      - {on: 2026-03-20"));
  auto database = made();
  ASSERT_TRUE(import_campaign(database, files_of(small), kClerk));
  small.ledger = whole;
  const auto again = import_campaign(database, files_of(small), kClerk);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_FALSE(again.value().fresh);
  EXPECT_EQ(again.value().problems(), 0);
  EXPECT_EQ(again.value().events(), 3);
}

TEST_P(LedgerStore, RefusesAHistoryThatSaysOtherwise) {
  SmallCampaign small;
  auto database = made();
  ASSERT_TRUE(import_campaign(database, files_of(small), kClerk));
  small.ledger = replaced(small.ledger, "note: 签约", "note: 签了约");
  small.entries = "entries: []\n";
  const auto refused = import_campaign(database, files_of(small), kClerk);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().id, "ledger.differs");
  EXPECT_EQ(refused.error().message, "问题 P1 第4步与库里的不同");
  EXPECT_EQ(stored_campaign(database, "small").value().entries.size(), 2U);  // nothing of it
}

TEST_P(LedgerStore, RefusesFilesWithoutAUnitThatTheLedgerNames) {
  SmallCampaign small;
  auto database = made();
  small.ledger = replaced(small.ledger, "to: 甲局", "to: 东镇");
  ASSERT_TRUE(import_campaign(database, files_of(small), kClerk));
  small.plan = replaced(small.plan, "[东镇, 西镇, 南镇]", "[西镇, 南镇]");
  small.assignments = replaced(small.assignments, "town: 东镇", "town: 西镇");
  small.entries = "entries: []\n";
  small.ledger = "problems: []\n";
  const auto refused = import_campaign(database, files_of(small), kClerk);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message, "问题 P1 交办的“东镇”不在新的名单里");
}

TEST_P(LedgerStore, RefusesAProblemThatWasRegisteredAsAnother) {
  SmallCampaign small;
  auto database = made();
  ASSERT_TRUE(import_campaign(database, files_of(small), kClerk));
  small.ledger = replaced(small.ledger, "matter: 缺订单", "matter: 缺资金");
  const auto refused = import_campaign(database, files_of(small), kClerk);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message, "问题 P1 登记的内容与库里的不同");
  EXPECT_GT(refused.error().where.line, 0);
}

TEST_P(LedgerStore, APreviewTellsWhatComesAndWritesNothing) {
  auto database = made();
  const auto texts = campaign::read_texts(files_of({})).value();
  const auto told = import_campaign(database, texts, {.folder = {}, .preview = true}, kClerk);
  ASSERT_TRUE(told) << told.error().message;
  EXPECT_TRUE(told.value().fresh);
  EXPECT_EQ(told.value().files.size(), 4U);
  ASSERT_EQ(told.value().growth.size(), 1U);
  EXPECT_EQ(told.value().growth.front().problem, "P1");
  EXPECT_EQ(told.value().growth.front().events, 6);
  EXPECT_TRUE(stored_campaigns(database).value().empty());
  EXPECT_EQ(store::check_audit(database).value().entries, 0);
}

TEST_P(LedgerStore, TheSameFilesAgainChangeNothingAndAChangedOneIsNamed) {
  SmallCampaign small;
  auto database = made();
  ASSERT_TRUE(import_campaign(database, files_of(small), kClerk));
  const auto entries = store::check_audit(database).value().entries;
  const auto again = import_campaign(database, files_of(small), kClerk);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_TRUE(again.value().files.empty());
  EXPECT_TRUE(again.value().growth.empty());
  EXPECT_EQ(store::check_audit(database).value().entries, entries);
  small.entries = "entries: []\n";
  const auto changed = import_campaign(database, files_of(small), kClerk);
  ASSERT_TRUE(changed) << changed.error().message;
  EXPECT_EQ(changed.value().files, std::vector<std::string>{"entries.yaml"});
}

TEST_P(LedgerStore, ACampaignIsOfOneCountyAndIsToldOfInItsAuditLog) {
  SmallCampaign small;
  auto database = made();
  const std::string region = small.made().region;
  const auto bring = [&](const std::string& county) {
    return import_campaign(database, campaign::read_texts(files_of(small)).value(),
                           {.folder = {}, .county = county}, kClerk);
  };
  const auto foreign = bring("430999");
  ASSERT_FALSE(foreign);
  EXPECT_EQ(foreign.error().id, "campaign.other-county");
  EXPECT_EQ(foreign.error().where.file, "campaign.yaml");
  EXPECT_GT(foreign.error().where.line, 0);
  ASSERT_TRUE(bring(region));
  EXPECT_EQ(store::list_audit(database, {.county = region}).value().total, 7);
  small.plan = replaced(small.plan, region, "430999");
  const auto taken = bring("430999");
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().id, "campaign.taken");
  EXPECT_EQ(stored_campaign(database, "small").value().region, region);
}

TEST_P(LedgerStore, RecordsAnEventOnceUnderItsReceipt) {
  SmallCampaign small;
  small.ledger = small.ledger.substr(0, small.ledger.find("      - {on: 2026-03-10"));
  auto database = made();
  ASSERT_TRUE(import_campaign(database, files_of(small), kClerk));
  const NewEvent event{.problem = "P1", .event = work("2026-03-09"), .receipt = "r1"};
  const auto first = record_event(database, "small", event, kClerk);
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_EQ(first.value().step, 3);
  EXPECT_FALSE(first.value().again);
  EXPECT_EQ(first.value().standing.state, campaign::State::InHand);
  const auto second = record_event(database, "small", event, kClerk);
  ASSERT_TRUE(second) << second.error().message;
  EXPECT_EQ(second.value().step, 3);
  EXPECT_TRUE(second.value().again);
  EXPECT_EQ(stored_problem(database, "small", "P1").value().events.size(), 3U);
  const auto chain = store::check_audit(database);
  ASSERT_TRUE(chain);
  EXPECT_EQ(chain.value().entries, 1 + 3);  // the import, and an entry for each event
}

TEST_P(LedgerStore, RefusesAnEventWhereTheHistoryHasGoneOn) {
  SmallCampaign small;
  small.ledger = small.ledger.substr(0, small.ledger.find("      - {on: 2026-03-10"));
  auto database = made();
  ASSERT_TRUE(import_campaign(database, files_of(small), kClerk));
  const NewEvent event{.problem = "P1", .event = work("2026-03-09"), .after = 2};
  ASSERT_TRUE(record_event(database, "small", event, kClerk));
  const auto late = record_event(database, "small", event, kClerk);
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().id, "ledger.changed");
}

TEST_P(LedgerStore, RefusesWhatTheLifeCycleDoesNotAllowAndKeepsNothingOfIt) {
  auto database = made();
  ASSERT_TRUE(import_campaign(database, files_of({}), kClerk));
  const NewEvent event{.problem = "P1", .event = work("2026-05-09")};
  EXPECT_EQ(record_event(database, "small", event, kClerk).error().id, "ledger.transition");
  const NewEvent nowhere{.problem = "P9", .event = work("2026-05-09")};
  EXPECT_EQ(record_event(database, "small", nowhere, kClerk).error().id, "ledger.not-found");
  EXPECT_EQ(stored_problem(database, "small", "P1").value().events.size(), 6U);
}

TEST_P(LedgerStore, NumbersNewProblemsOnFromTheHighest) {
  SmallCampaign small;
  small.ledger = replaced(small.ledger, "id: P1", "id: WT-2026-041");
  auto database = made();
  ASSERT_TRUE(import_campaign(database, files_of(small), kClerk));
  const auto stored = stored_campaign(database, "small").value();
  const NewEvent first{.event = {.on = day("2026-04-01"), .by = "李四"}};
  const auto registered = register_problem(database, stored,
                                           {.uscc = "91430590MA4LR4XJ7T",
                                            .category = "融资",
                                            .level = "县级",
                                            .scope = "个性",
                                            .matter = "续贷"},
                                           first, kClerk);
  ASSERT_TRUE(registered) << registered.error().message;
  EXPECT_EQ(registered.value().problem, "WT-2026-042");
  EXPECT_EQ(stored_problem(database, "small", "WT-2026-042").value().matter, "续贷");
}

TEST_P(LedgerStore, NeitherAProblemNorAnEventCanBeChangedOrTakenAway) {
  auto database = made();
  ASSERT_TRUE(import_campaign(database, files_of({}), kClerk));
  for (const char* sql : {"UPDATE problem_event SET note = 'x'", "DELETE FROM problem_event",
                          "UPDATE problem SET matter = 'x'", "DELETE FROM problem"}) {
    EXPECT_FALSE(database.run(sql)) << sql;
  }
}

TEST_P(LedgerStore, SendsLongOverdueProblemsUpOnceADay) {
  SmallCampaign small;
  small.ledger = small.ledger.substr(0, small.ledger.find("      - {on: 2026-03-10"));
  {
    auto database = made();
    ASSERT_TRUE(import_campaign(database, files_of(small), kClerk));
  }
  const CampaignPlace place{.name = "small", .database = address()};
  const World world{.today = day("2026-04-11"), .home = {}, .now = kClerk.at, .user = "clerk"};
  const auto first = escalate_overdue(world, place, world.today, "帮扶办");
  ASSERT_TRUE(first) << first.error().message;
  ASSERT_EQ(first.value().size(), 1U);
  EXPECT_EQ(first.value()[0].standing.tier, campaign::Tier::Leader);
  EXPECT_EQ(escalate_overdue(world, place, world.today, "帮扶办").value().size(), 0U);
}

TEST_P(LedgerStore, SendsUpAllThatWereSeenOrNoneOfThem) {
  SmallCampaign small;
  small.ledger = small.ledger.substr(0, small.ledger.find("      - {on: 2026-03-10"));
  auto database = made();
  ASSERT_TRUE(import_campaign(database, files_of(small), kClerk));
  const Date today = day("2026-04-11");
  const auto seen = std::move(stored_campaign(database, "small")).value();
  const auto due = campaign::escalations(seen, today);
  ASSERT_EQ(due.size(), 1U);
  const auto steps = [&] {
    return stored_problem(database, "small", due[0].problem->id).value().events.size();
  };
  const std::size_t before = steps();
  const auto twice = escalate(database, seen, {due[0], due[0]}, today, "帮扶办", kClerk);
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().id, "ledger.changed");
  EXPECT_EQ(steps(), before);
  ASSERT_TRUE(escalate(database, seen, due, today, "帮扶办", kClerk));
  EXPECT_EQ(steps(), before + 1);
  const auto stale = escalate(database, seen, due, today, "帮扶办", kClerk);
  ASSERT_FALSE(stale);
  EXPECT_EQ(stale.error().id, "ledger.changed");
}

// The statistics against SQL: a hundred thousand random events.

constexpr std::size_t kEvents = 100'000;

class RandomLedger {
 public:
  std::vector<campaign::Problem> make() {
    std::vector<campaign::Problem> problems;
    for (std::size_t events = 0; events < kEvents; events += problems.back().events.size())
      problems.push_back(history("P" + std::to_string(100'000 + problems.size())));
    return problems;
  }

 private:
  int pick(int most) { return std::uniform_int_distribution<int>(0, most)(random_); }

  campaign::Problem history(const std::string& id) {
    campaign::Problem problem{.id = id,
                              .uscc = pick(1) == 0 ? "91430590MA4LR4XJ7T" : "91430590MA4LKJBK8F",
                              .category = std::string(campaign::kCategories[pick(7)]),
                              .level = std::string(campaign::kLevels[pick(2)]),
                              .scope = std::string(campaign::kScopes[pick(1)]),
                              .matter = "事项"};
    Date on = day("2026-03-01").plus_days(pick(200));
    problem.events.push_back({.kind = EventKind::Register, .on = on, .by = "某人"});
    for (int tries = 4 + pick(40); tries > 0; --tries) {
      on = on.plus_days(pick(9));
      Event event = random_event(problem, on);
      if (!state_after(standing_on(problem, on)->state, event.kind)) continue;
      if (auto longer = with_event(problem, std::move(event))) problem = std::move(longer).value();
    }
    return problem;
  }

  /// An event that may or may not be allowed now.
  Event random_event(const campaign::Problem& problem, Date on) {
    const auto standing = *standing_on(problem, on);
    constexpr int kKinds = static_cast<int>(EventKind::Approve);
    Event event{.kind = static_cast<EventKind>(pick(kKinds)), .on = on, .by = "某人", .note = "因"};
    const bool sets_due = event.kind == EventKind::Assign || event.kind == EventKind::Extend;
    if (event.kind == EventKind::Assign) event.to = pick(1) == 0 ? "甲局" : "西镇";
    if (sets_due) event.due = std::max(on, standing.due.value_or(on)).plus_days(1 + pick(30));
    if (event.kind == EventKind::Escalate && pick(1) == 0) event.due = on.plus_days(pick(20));
    if (event.kind == EventKind::FollowUp) {
      event.view = static_cast<campaign::Satisfaction>(pick(2));
    }
    if (event.kind == EventKind::Escalate) event.tier = static_cast<campaign::Tier>(1 + pick(2));
    if (event.kind == EventKind::Approve) {
      event.tier = standing.next_signer();
      event.by = "第" + std::to_string(standing.signers.size()) + "人";
    }
    if (event.kind == EventKind::Extend || event.kind == EventKind::Suspend) {
      event.agreed_by = "另一人";
    }
    return event;
  }

  std::mt19937 random_{20261122};
};

/// Each row of a statement with many: what `rows` are, in pieces that SQLite takes.
Status insert_all(store::Database& database, const std::string& head,
                  const std::vector<store::Row>& rows) {
  constexpr std::size_t kPiece = 500;
  for (std::size_t begin = 0; begin < rows.size(); begin += kPiece) {
    std::string sql = head;
    std::vector<store::Cell> values;
    for (std::size_t i = begin; i < std::min(rows.size(), begin + kPiece); ++i) {
      sql += i == begin ? "(" : ", (";
      for (std::size_t j = 0; j < rows[i].size(); ++j)
        sql += j == 0 ? "?" : ", ?";
      sql += ")";
      values.insert(values.end(), rows[i].begin(), rows[i].end());
    }
    HUICE_TRY([[maybe_unused]] const auto added, database.run(sql, values));
  }
  return Unit{};
}

Status put_ledger(store::Database& database, const std::vector<campaign::Problem>& problems) {
  std::vector<store::Row> heads;
  std::vector<store::Row> events;
  for (const auto& problem : problems) {
    heads.push_back({"small", problem.id, problem.uscc, problem.category, problem.level,
                     problem.scope, "", problem.matter});
    std::int64_t step = 0;
    for (const Event& event : problem.events) {
      const auto name = [](const auto& value) {
        return value ? store::Cell(std::string(to_text(*value))) : store::Cell();
      };
      events.push_back({"small", problem.id, ++step, std::string(to_text(event.kind)),
                        event.on.to_iso(), event.by, event.note, event.to,
                        event.due ? store::Cell(event.due->to_iso()) : store::Cell(),
                        name(event.view), name(event.tier), event.agreed_by, "", "", ""});
    }
  }
  return database.transact([&]() -> Status {
    HUICE_TRY([[maybe_unused]] const Unit first,
              insert_all(database,
                         "INSERT INTO problem (campaign, id, uscc, category, level, scope, source, "
                         "matter) VALUES ",
                         heads));
    return insert_all(database,
                      "INSERT INTO problem_event (campaign, problem, step, kind, day, actor, note, "
                      "assignee, due, satisfaction, tier, agreed_by, evidence, recorded_at, "
                      "recorded_by) VALUES ",
                      events);
  });
}

/// Where each problem stands on a day, worked out by SQLite from the rows of the events alone, in
/// tables one after the other. `?` is the day.
struct Table {
  const char* name;
  const char* select;
};
constexpr Table kTables[] = {
    {"e", "SELECT * FROM problem_event WHERE campaign = 'small' AND day <= ?"},
    {"s", R"(SELECT problem, step, kind,
                    lag(kind) OVER (PARTITION BY problem ORDER BY step) AS previous
             FROM e WHERE kind NOT IN ('延期', '升级', '审批'))"},
    {"back", R"(SELECT problem,
                       max(CASE WHEN previous IN ('办结', '回访') THEN step ELSE 0 END) AS redone,
                       max(CASE WHEN previous IN ('办结', '回访') THEN 0 ELSE step END) AS given_back
                FROM s WHERE kind = '退回' GROUP BY problem)"},
    {"last", "SELECT problem, max(step), kind, previous FROM s GROUP BY problem"},
    {"unit", R"(SELECT e.problem, max(e.step), e.assignee FROM e LEFT JOIN back b USING (problem)
                WHERE e.kind = '交办' AND e.step > coalesce(b.given_back, 0) GROUP BY e.problem)"},
    {"due", R"(SELECT e.problem, max(e.step), e.due FROM e LEFT JOIN back b USING (problem)
               WHERE e.due IS NOT NULL AND e.step > coalesce(b.given_back, 0)
               GROUP BY e.problem)"},
    {"asked", R"(SELECT e.problem, max(e.step), e.satisfaction
                 FROM e LEFT JOIN back b USING (problem)
                 WHERE e.kind = '回访' AND e.step > coalesce(b.redone, 0) GROUP BY e.problem)"},
    {"finished", R"(SELECT e.problem, max(e.step), e.day FROM e LEFT JOIN back b USING (problem)
                    WHERE e.kind = '办结' AND e.step > coalesce(b.redone, 0) GROUP BY e.problem)"},
    {"tier", "SELECT problem, max(step), tier FROM e WHERE kind = '升级' GROUP BY problem"},
    {"registered", "SELECT problem, min(day) AS day FROM e GROUP BY problem"},
    {"standing",
     R"(SELECT p.id AS problem, p.category AS 类别, p.level AS 办理层级, p.scope AS 性质,
       coalesce(unit.assignee, '尚无责任单位') AS 责任单位,
       coalesce(tier.tier, '承办单位') AS 协调层级,
       cast(substr(registered.day, 1, 4) AS integer) || '年' ||
         cast(substr(registered.day, 6, 2) AS integer) || '月' AS 登记月份,
       CASE WHEN last.kind IN ('办结', '回访', '销号') THEN 1 ELSE 0 END AS solved,
       CASE WHEN last.kind = '销号' THEN 1 ELSE 0 END AS closed,
       CASE WHEN last.kind = '挂账' THEN 1 ELSE 0 END AS suspended,
       due.due, finished.day AS finished, asked.satisfaction AS satisfaction
FROM problem p JOIN registered ON registered.problem = p.id JOIN last ON last.problem = p.id
LEFT JOIN unit ON unit.problem = p.id LEFT JOIN due ON due.problem = p.id
LEFT JOIN asked ON asked.problem = p.id LEFT JOIN finished ON finished.problem = p.id
LEFT JOIN tier ON tier.problem = p.id)"}};

Status make_tables(store::Database& database, Date on) {
  for (const Table& table : kTables) {
    const std::string name(table.name);
    const bool of_day = name == "e";
    HUICE_TRY([[maybe_unused]] const auto dropped,
              database.run("DROP TABLE IF EXISTS temp." + name));
    HUICE_TRY(
        [[maybe_unused]] const auto made,
        database.run("CREATE TEMP TABLE " + name + " AS " + table.select,
                     of_day ? std::vector<store::Cell>{on.to_iso()} : std::vector<store::Cell>{}));
    HUICE_TRY([[maybe_unused]] const auto indexed,
              database.run("CREATE INDEX temp." + name + "_problem ON " + name + " (problem)"));
  }
  return Unit{};
}

constexpr const char* kCounts = R"(count(*), sum(solved), sum(closed),
sum(1 - solved - suspended), sum(suspended),
sum(solved = 0 AND suspended = 0 AND due IS NOT NULL AND due < ?),
sum(solved = 1 AND due IS NOT NULL AND finished > due), count(satisfaction),
coalesce(sum(satisfaction IN ('满意', '基本满意')), 0) FROM standing)";

using Counts = std::vector<std::int64_t>;

Counts counts_of(const store::Row& row, std::size_t first) {
  Counts counts;
  for (std::size_t i = first; i < row.size(); ++i)
    counts.push_back(store::number_of(row[i]));
  return counts;
}

Counts counts_of(const campaign::Tally& tally) {
  Counts counts;
  for (std::size_t i = 0; i < campaign::kCounts; ++i)
    counts.push_back(tally.at(static_cast<campaign::Count>(i)));
  return counts;
}

void expect_agreement(store::Database& database, const campaign::Campaign& campaign, Date on) {
  SCOPED_TRACE(on.to_iso());
  const auto found = statistics(campaign, on);
  const auto made = make_tables(database, on);
  ASSERT_TRUE(made) << made.error().message;
  const auto all = database.ask(std::string("SELECT ") + kCounts, {on.to_iso()});
  ASSERT_TRUE(all) << all.error().message;
  EXPECT_EQ(counts_of(all.value().at(0), 0), counts_of(found.all));
  EXPECT_GT(std::ranges::min(counts_of(found.all)), 0);  // a figure that is 0 would prove nothing
  for (const char* name : {"类别", "办理层级", "性质", "责任单位", "协调层级", "登记月份"}) {
    const auto rows =
        database.ask("SELECT " + std::string(name) + ", " + kCounts + " GROUP BY 1", {on.to_iso()});
    ASSERT_TRUE(rows) << rows.error().message;
    std::map<std::string, Counts> theirs;
    for (const store::Row& row : rows.value())
      theirs.emplace(store::text_of(row[0]), counts_of(row, 1));
    std::map<std::string, Counts> ours;
    for (const auto& [part, tally] : found.by(*campaign::parse_dimension(name))) {
      if (tally.found > 0) ours.emplace(part, counts_of(tally));
    }
    EXPECT_EQ(ours, theirs) << name;
  }
}

TEST(LedgerStatistics, AgreeWithSqlOnAHundredThousandRandomEvents) {
  const auto folder =
      std::filesystem::temp_directory_path() / ("huice_sql_" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  {
    auto database = std::move(store::Database::open((folder / "x.db").string(), true)).value();
    ASSERT_TRUE(store::migrate(database, kClerk.at));
    ASSERT_TRUE(
        database.run("INSERT INTO campaign VALUES ('small', '430590', 2026, '', '', '', "
                     "'', 1)"));
    const auto problems = RandomLedger().make();
    const auto put = put_ledger(database, problems);
    ASSERT_TRUE(put) << put.error().message;
    campaign::Campaign campaign = SmallCampaign{}.made();
    campaign.problems = read_problems(database, "small").value();
    ASSERT_EQ(campaign.problems.size(), problems.size());
    for (const char* on : {"2026-06-30", "2026-12-31"})
      expect_agreement(database, campaign, day(on));
  }
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace huice::app
