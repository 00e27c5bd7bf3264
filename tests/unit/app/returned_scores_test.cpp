// Score sheets that came back: what becomes a review, and what is refused.
#include "app/returned_scores.h"

#include <functional>

#include <gtest/gtest.h>

#include "../campaign/small_campaign.h"
#include "../store/engines.h"
#include "app/campaign_import.h"
#include "app/reviews.h"
#include "base/files.h"
#include "campaign/assessment.h"
#include "store/migrations.h"

namespace huice::app {
namespace {

using campaign::SmallCampaign;

const Actor kReviewer{.at = "2026-11-30T08:00:00Z", .name = "kaohe", .origin = "10.0.0.8"};
const Date kYearEnd = campaign::day("2026-11-30");

/// The cell of the sheet of 甲局 in the row of its first item (目标).
enum FirstItem { kWeight = 2, kScore = 3, kReason = 4 };

class ScoreSheets : public store::OnBothEngines {
 protected:
  using Edit = std::function<void(std::vector<model::Cell>& row)>;

  /// The workbook of `small` as it was sent, and as it came back with the row edited.
  static ReturnedScores returned(const SmallCampaign& small, const Edit& edit,
                                 const std::string& stage = "复核") {
    auto book = campaign::assessment_workbook(campaign::assess(small.made(), kYearEnd).value());
    ReturnedBook both{
        .sent = grids_of(book, kYearEnd).value(), .wrote = {}, .theirs = {}, .ours = {}};
    for (model::Sheet& sheet : book.sheets) {
      if (sheet.name == "甲局") edit(sheet.table.rows.at(1));
    }
    both.wrote = grids_of(book, kYearEnd).value();
    return {.book = std::move(both),
            .stage = stage,
            .by = "考核组",
            .reason = {},
            .on = kYearEnd,
            .accept = true,
            .may = {}};
  }

  void put_files(const SmallCampaign& small) {
    for (const auto& [name, text] : {std::pair{"campaign.yaml", &small.plan},
                                     {"assignments.yaml", &small.assignments},
                                     {"ledger.yaml", &small.ledger},
                                     {"scheme.yaml", &small.scheme},
                                     {"entries.yaml", &small.entries}}) {
      EXPECT_TRUE(write_file(folder() / "campaign" / name, *text));
    }
  }

  /// What comes of it where the campaign is a folder.
  Result<Intake> take(const SmallCampaign& small, const Edit& edit,
                      const std::string& stage = "复核") {
    put_files(small);
    return take_scores(World(), {.name = (folder() / "campaign").string(), .database = {}},
                       returned(small, edit, stage));
  }

  store::Database stored(const SmallCampaign& small) {
    put_files(small);
    auto database = std::move(store::Database::open(new_address(), true)).value();
    EXPECT_TRUE(store::migrate(database, kReviewer.at));
    EXPECT_TRUE(import_campaign(database, (folder() / "campaign").string(), kReviewer));
    return database;
  }

  std::string entries() { return read_file(folder() / "campaign/entries.yaml").value(); }
};

INSTANTIATE_TEST_SUITE_P(Engines, ScoreSheets,
                         testing::Values(store::Engine::Sqlite, store::Engine::Postgresql),
                         [](const auto& test) {
                           return test.param == store::Engine::Sqlite ? "Sqlite" : "Postgresql";
                         });

/// Where and why, of all that is refused.
std::vector<std::string> refused_scores(const Result<Intake>& intake) {
  std::vector<std::string> texts;
  for (const Error& finding : findings_of(intake.value()))
    texts.push_back(finding.where.part + " " + finding.message);
  return texts;
}

void reviewed(std::vector<model::Cell>& row) {
  row[kScore].content = "５０．５";  // as input methods write it
  row[kReason].content = "一家\"未达标\"";
}

constexpr const char* kReview =
    R"({target: 甲局, item: A1, stage: 复核, score: 50.5, on: 2026-11-30, by: 考核组, )"
    R"(reason: "一家\"未达标\""})";

TEST_P(ScoreSheets, AChangedScoreBecomesAReviewWithTheReasonWrittenBesideIt) {
  const SmallCampaign small;
  const auto taken = take(small, reviewed);
  ASSERT_TRUE(taken.has_value()) << taken.error().message;
  EXPECT_TRUE(taken.value().accepted);
  EXPECT_EQ(taken.value().cells.at(0).becomes, "复核50.5分：一家\"未达标\"");
  EXPECT_EQ(entries(), small.entries + "reviews:\n  - " + kReview + "\n");
}

TEST_P(ScoreSheets, ReviewsFollowThoseThatAreThereAndLeaveTheRestAsItIs) {
  SmallCampaign small;
  const std::string old =
      "reviews:   # 自评\n"
      "    - target: 甲局\n      item: A3\n      stage: 自评\n      score: 10\n"
      "      on: 2026-11-01\n      by: 甲局\n";
  small.entries = old + "\n# 记录\n" + small.entries;
  ASSERT_TRUE(take(small, reviewed));
  EXPECT_EQ(entries(), campaign::replaced(small.entries, old, old + "    - " + kReview + "\n"));
}

TEST_P(ScoreSheets, WhatIsNoScoreIsRefusedAndNothingIsWritten) {
  const SmallCampaign small;
  const auto refused = take(small, [](auto& row) {
    row[kWeight].content = Decimal(50);
    row[kScore].content = "良";
  });
  EXPECT_EQ(
      refused_scores(refused),
      (std::vector<std::string>{"甲局!C4 “目标”的“权重”填写“50”：只收“得分”和“计分说明”两列的改动",
                                "甲局!D4 “目标”的“得分”填写“良”：得分应是数字"}));
  EXPECT_EQ(entries(), small.entries);
}

TEST_P(ScoreSheets, AScoreAboveTheWeightIsRefusedWhereItStands) {
  const auto above = take(
      {}, [](auto& row) { row[kScore].content = Decimal(61); }, "自评");
  EXPECT_EQ(refused_scores(above).at(0),
            "甲局!D4 “目标”的“得分”填写“61”：评分：得分应在 0 到 60 之间，实为 61");
}

TEST_P(ScoreSheets, OnlySelfScoresNeedNoReason) {
  const auto lower = [](auto& row) { row[kScore].content = Decimal(40); };
  EXPECT_EQ(refused_scores(take({}, lower)).at(0), "甲局!D4 “目标”的“得分”填写“40”：没有写理由");
  EXPECT_TRUE(take({}, lower, "自评").value().accepted);
  EXPECT_EQ(take({}, lower, "初评").error().id, "assessment.stage");
}

TEST_P(ScoreSheets, ReviewsOnOneLineGetTheirNextOneThere) {
  SmallCampaign small;
  const std::string old =
      "reviews: [{target: 甲局, item: A3, stage: 自评, score: 1, on: 2026-11-01, by: 甲局}";
  small.entries += old + "]\n";
  ASSERT_TRUE(take(small, reviewed));
  EXPECT_EQ(entries(), campaign::replaced(small.entries, old, old + ", " + kReview));
}

TEST_P(ScoreSheets, ScoresOfTheDatabaseAreReviewedOnceAndOutlastAnotherImport) {
  auto database = stored({});
  const auto sheets = returned({}, reviewed);
  auto looked = sheets;
  looked.accept = false;
  const auto version = take_scores(database, "small", looked, kReviewer).value().version;
  EXPECT_EQ(stored_campaign(database, "small").value().reviews.size(), 0U);
  EXPECT_EQ(take_scores(database, "small", sheets, kReviewer, version + 1).error().id,
            "campaign.changed");
  ASSERT_TRUE(take_scores(database, "small", sheets, kReviewer, version).value().accepted);
  const auto twice = take_scores(database, "small", sheets, kReviewer);
  EXPECT_FALSE(twice.value().accepted);
  EXPECT_EQ(twice.value().cells.at(0).fate, Fate::Agreed);

  SmallCampaign later;
  later.entries += "# 十二月\n";
  put_files(later);
  ASSERT_TRUE(import_campaign(database, (folder() / "campaign").string(), kReviewer));
  const auto scored = campaign::assess(stored_campaign(database, "small").value(), kYearEnd);
  const campaign::ItemScore& item = scored.value().find("甲局")->items.at(0);
  EXPECT_EQ(item.score, Decimal::parse("50.5"));
  EXPECT_EQ(item.ruled, Decimal(60));
  EXPECT_NE(item.reason.find("复核50.5分（考核组，2026-11-30：一家\"未达标\"）"), std::string::npos)
      << item.reason;
  const auto audit = store::list_audit(database, {.county = "430590", .subject = "small/甲局/A1"});
  ASSERT_EQ(audit.value().items.size(), 1U);
  EXPECT_EQ(audit.value().items[0].entry.action, "考核.复核");
  EXPECT_EQ(audit.value().items[0].entry.before, R"({"score":60})");
  EXPECT_EQ(audit.value().items[0].entry.actor, "kaohe");
  EXPECT_FALSE(database.run("UPDATE campaign_review SET score = '60'").has_value());
}

TEST_P(ScoreSheets, AnImportWithoutRoomForAReviewedScoreIsRefused) {
  auto database = stored({});
  ASSERT_TRUE(take_scores(database, "small", returned({}, reviewed), kReviewer));
  SmallCampaign other;
  for (const auto& [from, to] : {std::pair{"weight: 60", "weight: 50"},
                                 {"full: 60", "full: 50"},
                                 {"weight: 10\n", "weight: 20\n"}})
    other.scheme = campaign::replaced(other.scheme, from, to);
  put_files(other);
  const auto refused = import_campaign(database, (folder() / "campaign").string(), kReviewer);
  EXPECT_EQ(refused.error().id, "ledger.differs");
}

TEST_P(ScoreSheets, AConflictOfScoresComesInOnlyAsItWasChosen) {
  auto database = stored({});
  ASSERT_TRUE(take_scores(database, "small", returned({}, reviewed), kReviewer));
  auto other = returned({}, [](auto& row) {
    row[kScore].content = Decimal(40);
    row[kReason].content = "两家未达标";
  });
  const auto open = take_scores(database, "small", other, kReviewer);
  EXPECT_EQ(refused_scores(open).at(0),
            "甲局!D4 “目标”的“得分”填写“40”：发出时“60”分，现在“50.5”分，交回的写“40”分");
  other.book.ours = {"甲局!D4"};
  EXPECT_FALSE(take_scores(database, "small", other, kReviewer).value().accepted);
  other.book.ours.clear();
  other.book.theirs = {"甲局!D4"};
  other.may = [](const std::string& target) -> Status {
    return Error{.code = ErrorCode::InvalidInput, .message = target + "不归你评"};
  };
  EXPECT_EQ(refused_scores(take_scores(database, "small", other, kReviewer)).at(0),
            "甲局!D4 “目标”的“得分”填写“40”：甲局不归你评");
  other.may = {};
  ASSERT_TRUE(take_scores(database, "small", other, kReviewer).value().accepted);
  EXPECT_EQ(stored_campaign(database, "small").value().reviews.back().reason, "两家未达标");
}

}  // namespace
}  // namespace huice::app
