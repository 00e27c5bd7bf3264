// Schedules and ledgers that came back: what comes in, what is refused, what stays as it was.
#include <functional>

#include <gtest/gtest.h>

#include "../campaign/small_campaign.h"
#include "../store/engines.h"
#include "app/campaign_import.h"
#include "app/returned_ledger.h"
#include "app/returned_schedule.h"
#include "base/files.h"
#include "campaign/schedule.h"
#include "store/migrations.h"

namespace huice::app {
namespace {

using campaign::day;
using campaign::replaced;
using campaign::SmallCampaign;

const Actor kOffice{.at = "2026-11-22T08:00:00Z", .name = "zhang", .origin = "10.0.0.8"};
const Date kDay = day("2026-04-30");
const World kWorld{};

using Rows = std::vector<std::vector<model::Cell>>;
using Edit = std::function<void(Rows& rows)>;

/// Of 一号厂 and 二号厂 in the schedule; columns of the schedule, and of the ledger.
enum ScheduleRow { kFirst = 2, kSecond = 3 };
enum ScheduleColumn {
  kNumber,
  kName,
  kKind,
  kLeader,
  kLead,
  kWith,
  kLiaison,
  kTrouble,
  kGoal,
  kDue
};
enum LedgerColumn {
  kCategory = 3,
  kMatter = 5,
  kTerm = 8,
  kState = 9,
  kHappening = 10,
  kView = 11
};

SmallCampaign small() {
  SmallCampaign result;
  result.assignments = replaced(result.assignments, "goal: 扭亏", "goal: 扭亏  # 年底前");
  result.ledger += R"(  # 还在办的
  - id: P2
    enterprise: 二号厂
    category: 融资
    level: 县级
    matter: 缺资金
    events:
      - {on: 2026-03-02, event: 登记, by: 王五}
      - {on: 2026-03-03, event: 交办, by: 帮扶办, to: 乙局, due: 2026-04-01}
      - {on: 2026-03-10, event: 办理, by: 乙局, note: 对接}  # 银行
)";
  return result;
}

std::vector<sheet::Grid> edited(model::Workbook book, const Edit& edit, std::size_t sheet = 0) {
  edit(book.sheets.at(sheet).table.rows);
  return grids_of(book, kDay).value();
}
void nothing(Rows&) {}

class ReturnedTables : public store::OnBothEngines {
 protected:
  CampaignPlace files(const SmallCampaign& campaign) {
    const auto into = folder() / "campaign";
    for (const auto& [name, text] : {std::pair{"campaign.yaml", &campaign.plan},
                                     {"assignments.yaml", &campaign.assignments},
                                     {"ledger.yaml", &campaign.ledger},
                                     {"scheme.yaml", &campaign.scheme},
                                     {"entries.yaml", &campaign.entries}}) {
      EXPECT_TRUE(write_file(into / name, *text));
    }
    return {.name = into.string(), .database = {}};
  }

  std::string text(const char* name) const {
    return read_file(folder() / "campaign" / name).value();
  }

  store::Database stored(const SmallCampaign& campaign) {
    auto database = std::move(store::Database::open(new_address(), true)).value();
    EXPECT_TRUE(store::migrate(database, kOffice.at));
    EXPECT_TRUE(import_campaign(database, files(campaign).name, kOffice));
    return database;
  }

  static ReturnedBook schedule(const Edit& edit) {
    const auto book = campaign::schedule(small().made());
    return {.sent = edited(book, nothing), .wrote = edited(book, edit), .theirs = {}, .ours = {}};
  }

  static ReturnedLedger ledger(const Edit& edit, std::size_t sheet = 0) {
    const auto book = campaign::ledger_workbook(small().made(), kDay);
    return {.book = {.sent = edited(book, nothing),
                     .wrote = edited(book, edit, sheet),
                     .theirs = {},
                     .ours = {}},
            .terms = {.on = kDay, .by = "乙局", .reason = {}, .agreed_by = {}},
            .accept = true,
            .may = {}};
  }
};

INSTANTIATE_TEST_SUITE_P(Engines, ReturnedTables,
                         testing::Values(store::Engine::Sqlite, store::Engine::Postgresql),
                         [](const auto& test) {
                           return test.param == store::Engine::Sqlite ? "Sqlite" : "Postgresql";
                         });

/// Sheet, row, column, value and reason of all that is refused.
std::vector<std::string> refusals(const Intake& intake) {
  std::vector<std::string> texts;
  for (const Error& finding : findings_of(intake))
    texts.push_back(finding.where.part + " " + finding.message);
  return texts;
}

TEST_P(ReturnedTables, OnlyTheChangedWordsOfTheScheduleAreWrittenIntoItsFile) {
  const auto book = schedule([](Rows& rows) {
    rows[kFirst][kLeader].content = "赵六（副县长）";
    rows[kFirst][kLiaison].content = "李四\n0700-5550009";
    rows[kFirst][kGoal].content = "扭亏为盈";
    rows[kFirst][kDue].content = day("2026-11-30");
    rows[kSecond][kLead].content = "甲局";
    rows[kSecond][kWith].content = "乙局";
  });
  const auto place = files(small());
  const auto looked = take_schedule(kWorld, place, book, false);
  ASSERT_TRUE(looked) << looked.error().message;
  EXPECT_EQ(looked.value().count(Fate::Taken), 6U);
  EXPECT_EQ(text("assignments.yaml"), small().assignments);
  const auto taken = take_schedule(kWorld, place, book, true);
  ASSERT_TRUE(taken) << taken.error().message;
  EXPECT_TRUE(taken.value().accepted) << refusals(taken.value()).front();
  std::string expected = small().assignments;
  for (const auto& [from, to] :
       {std::pair{"{name: 张三, title: 县长}", "{name: 赵六, title: 副县长}"},
        {"0700-5550001", "0700-5550009"},
        {"goal: 扭亏  #", "goal: 扭亏为盈  #"},
        {"2026-12-01", "2026-11-30"},
        {"lead: 乙局", "lead: 甲局"}})
    expected = replaced(expected, from, to);
  EXPECT_EQ(text("assignments.yaml"), expected + "    cooperating: [乙局]\n");
  const auto again = take_schedule(kWorld, place, book, true);
  EXPECT_FALSE(again.value().accepted);
  EXPECT_EQ(again.value().count(Fate::Agreed), 6U);
}

TEST_P(ReturnedTables, AnotherSpellingIsNoChangeAndNoConflict) {
  const auto book = schedule([](Rows& rows) {
    rows[kFirst][kDue].content = "2026/11/30";
    rows[kFirst][kWith].content = "丙局，乙局";
    rows[kSecond][kLeader].content = "张 三 (县长)";
    rows[kSecond][kLiaison].content = "王五　0700-5550002";
    rows[kSecond][kDue].content = "2026年12月1日";
  });
  SmallCampaign now = small();
  now.plan = replaced(now.plan, "乙局", "乙局, 丙局");
  now.assignments = replaced(now.assignments, "2026-12-01", "2026-11-30");
  now.assignments = replaced(now.assignments, "[乙局]", "[乙局, 丙局]");
  const auto taken = take_schedule(kWorld, files(now), book, true);
  ASSERT_TRUE(taken) << taken.error().message;
  EXPECT_EQ(refusals(taken.value()), std::vector<std::string>());
  EXPECT_EQ(taken.value().count(Fate::Agreed), 5U);
  EXPECT_FALSE(taken.value().accepted);
  EXPECT_EQ(text("assignments.yaml"), now.assignments);
}

TEST_P(ReturnedTables, TheNameOfALiaisonIsTakenAsItIsWritten) {
  const auto place = files(small());
  const auto book =
      schedule([](Rows& rows) { rows[kFirst][kLiaison].content = "Lee 李四\n０７００-5550001"; });
  ASSERT_TRUE(take_schedule(kWorld, place, book, true).value().accepted);
  EXPECT_EQ(text("assignments.yaml"),
            replaced(small().assignments, "name: 李四", "name: Lee 李四"));
}

TEST_P(ReturnedTables, OneRefusedCellKeepsTheWholeScheduleOut) {
  const auto place = files(small());
  const auto refused = take_schedule(kWorld, place, schedule([](Rows& rows) {
                                       rows[kFirst][kGoal].content = "扭亏为盈";
                                       rows[kFirst][kNumber].content = Decimal(9);
                                       rows[kFirst][kKind].content = "培育";
                                       rows[kFirst][kLeader].content = "赵六";
                                       rows[kFirst][kLead].content = "丙局";
                                       rows[kSecond][kTrouble].content = "";
                                       rows[kSecond][kDue].content = day("2027-01-01");
                                     }),
                                     true);
  ASSERT_TRUE(refused) << refused.error().message;
  EXPECT_FALSE(refused.value().accepted);
  EXPECT_EQ(text("assignments.yaml"), small().assignments);
  std::string all;
  for (const std::string& each : refusals(refused.value()))
    all += each + "\n";
  EXPECT_EQ(
      all,
      "安排表!A5 “一号厂”的“序号”填写“9”：这一列不由安排表改\n"
      "安排表!C5 “一号厂”的“帮扶类型”填写“培育”：第1家企业：没有名为“培育”的帮扶类型\n"
      "安排表!D5 “一号厂”的“县级领导”填写“赵六”：分不出各写的是什么\n"
      "安排表!E5 “一号厂”的“牵头责任单位”填写“丙局”：第1家企业：没有名为“丙局”的县直责任部门\n"
      "安排表!H6 “二号厂”的“主要困难”填写“”：不能空着\n"
      "安排表!J6 “二号厂”的“完成时限”填写“2027-01-01”：第2家企业：完成时限 2027-01-01 "
      "不在专项行动期间内\n");
}

TEST_P(ReturnedTables, AConflictComesInOnlyAsItWasChosen) {
  SmallCampaign now = small();
  now.assignments = replaced(now.assignments, "goal: 扭亏  #", "goal: 减亏  #");
  const auto place = files(now);
  auto book = schedule([](Rows& rows) { rows[kFirst][kGoal].content = "扭亏为盈"; });
  const auto open = take_schedule(kWorld, place, book, true);
  EXPECT_EQ(refusals(open.value()).at(0),
            "安排表!I5 “一号厂”的“帮扶目标”填写“扭亏为盈”：发出以后这里也改过，两边不同");
  book.ours = {"安排表!I5"};
  EXPECT_EQ(take_schedule(kWorld, place, book, true).value().count(Fate::Kept), 1U);
  EXPECT_EQ(text("assignments.yaml"), now.assignments);
  std::swap(book.ours, book.theirs);
  EXPECT_TRUE(take_schedule(kWorld, place, book, true).value().accepted);
  EXPECT_EQ(text("assignments.yaml"), replaced(now.assignments, "减亏", "扭亏为盈"));
  EXPECT_EQ(take_schedule(kWorld, place, book, true).error().id, "campaign.returned");
}

TEST_P(ReturnedTables, AScheduleOfTheDatabaseIsReplacedOnceAndToldOf) {
  auto database = stored(small());
  const auto book = schedule([](Rows& rows) { rows[kFirst][kGoal].content = "扭亏为盈"; });
  const auto looked = take_schedule(database, "small", book, false, kOffice);
  ASSERT_TRUE(looked) << looked.error().message;
  const auto version = looked.value().version;
  ASSERT_TRUE(take_schedule(database, "small", book, true, kOffice, version).value().accepted);
  EXPECT_EQ(stored_campaign(database, "small").value().assignments.at(0).goal, "扭亏为盈");
  const auto audit =
      store::list_audit(database, {.county = "430590", .actor = {}, .subject = "small/一号厂"});
  ASSERT_EQ(audit.value().items.size(), 1U);
  const store::AuditEntry& entry = audit.value().items[0].entry;
  EXPECT_EQ(entry.actor, "zhang");
  EXPECT_EQ(entry.before, R"({"帮扶目标":"扭亏"})");
  EXPECT_EQ(entry.after, R"({"帮扶目标":"扭亏为盈"})");
  const auto other = schedule([](Rows& rows) { rows[kSecond][kGoal].content = "减亏"; });
  EXPECT_EQ(take_schedule(database, "small", other, true, kOffice, version).error().id,
            "campaign.changed");
  EXPECT_EQ(stored_campaign(database, "small").value().assignments.at(1).goal, "扭亏");
}

void finished(Rows& rows) {
  rows[2][kState].content = "已办结";
  rows[2][kHappening].content = "贷款到账";
  rows[2][kView].content = "满意";
}

TEST_P(ReturnedTables, CellsOfTheLedgerBecomeEventsBehindThoseOfTheFile) {
  const auto place = files(small());
  const auto taken = take_ledger(kWorld, place, ledger(finished));
  ASSERT_TRUE(taken) << taken.error().message;
  EXPECT_TRUE(taken.value().accepted) << refusals(taken.value()).front();
  EXPECT_EQ(taken.value().cells.at(0).becomes, "2026-04-30 办结：贷款到账；2026-04-30 回访，满意");
  EXPECT_EQ(text("ledger.yaml"),
            small().ledger +
                "      - {on: 2026-04-30, event: 办结, by: 乙局, note: 贷款到账}\n"
                "      - {on: 2026-04-30, event: 回访, by: 乙局, view: 满意}\n");
}

TEST_P(ReturnedTables, ADueDaySpelledAnotherWayIsNoEvent) {
  const auto place = files(small());
  const auto taken =
      take_ledger(kWorld, place, ledger([](Rows& rows) { rows[2][kTerm].content = "2026/4/1"; }));
  ASSERT_TRUE(taken) << taken.error().message;
  EXPECT_EQ(taken.value().count(Fate::Agreed), 1U);
  EXPECT_EQ(text("ledger.yaml"), small().ledger);
}

TEST_P(ReturnedTables, WhatNoEventSaysStaysOutOfTheLedgerWithTheRest) {
  const auto place = files(small());
  const auto refused = take_ledger(kWorld, place, ledger([](Rows& rows) {
                                     finished(rows);
                                     rows[1][kState].content = "办理中";
                                     rows[2][kMatter].content = "不缺资金";
                                   }));
  ASSERT_TRUE(refused) << refused.error().message;
  EXPECT_EQ(
      refusals(refused.value()),
      (std::vector<std::string>{"问题台账!J4 “P1”的“状态”填写“办理中”：“办理”没有写说明",
                                "问题台账!F5 “P2”的“问题事项”填写“不缺资金”：登记时的内容不能改"}));
  const auto history =
      take_ledger(kWorld, place, ledger([](Rows& rows) { rows[3][4].content = "别人"; }, 2));
  ASSERT_EQ(refusals(history.value()).size(), 1U);
  EXPECT_NE(refusals(history.value())[0].find("只收“问题台账”这张表的改动"), std::string::npos);
  EXPECT_EQ(text("ledger.yaml"), small().ledger);
}

TEST_P(ReturnedTables, ALedgerOfTheDatabaseGrowsByAllEventsOrNone) {
  auto database = stored(small());
  auto returned = ledger(finished);
  returned.may = [](campaign::EventKind kind, const campaign::Standing&) -> Status {
    if (kind != campaign::EventKind::FollowUp) return Unit{};
    return Error{.code = ErrorCode::InvalidInput, .message = "不归你记"};
  };
  const auto refused = take_ledger(database, "small", returned, kOffice);
  ASSERT_TRUE(refused) << refused.error().message;
  EXPECT_EQ(refusals(refused.value()).at(0), "问题台账!J5 “P2”的“状态”填写“已办结”：不归你记");
  EXPECT_EQ(stored_problem(database, "small", "P2").value().events.size(), 3U);
  returned.may = {};
  const auto version = refused.value().version;
  EXPECT_EQ(take_ledger(database, "small", returned, kOffice, version - 1).error().id,
            "campaign.changed");
  ASSERT_TRUE(take_ledger(database, "small", returned, kOffice, version).value().accepted);
  const auto problem = stored_problem(database, "small", "P2").value();
  EXPECT_EQ(to_text(standing_on(problem, kDay)->state), "已回访");
  const auto audit =
      store::list_audit(database, {.county = "430590", .actor = "zhang", .subject = "small/P2"});
  ASSERT_GE(audit.value().items.size(), 3U);
  EXPECT_EQ(audit.value().items[0].entry.action, "台账.收回");
  EXPECT_EQ(audit.value().items[0].entry.before,
            R"({"状态":"办理中","最近经过":"2026-03-10 办理：对接","企业评价":""})");
  EXPECT_EQ(audit.value().items[1].entry.action, "问题.回访");
  EXPECT_EQ(store::list_audit(database, {.county = "430591"}).value().total, 0);
  EXPECT_TRUE(store::check_audit(database));
}

}  // namespace
}  // namespace huice::app
