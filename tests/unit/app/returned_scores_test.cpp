// Score sheets that came back: what becomes a review, and what is refused.
#include "app/returned_scores.h"

#include <functional>

#include <gtest/gtest.h>
#include <unistd.h>

#include "../campaign/small_campaign.h"
#include "base/files.h"
#include "campaign/assessment.h"
#include "render/xlsx/xlsx_writer.h"

namespace huice::app {
namespace {

using campaign::SmallCampaign;

/// The cell of the sheet of 甲局 in the row of its first item (目标).
enum FirstItem { kWeight = 2, kScore = 3, kReason = 4 };

class ScoreSheets : public testing::Test {
 protected:
  ScoreSheets() { std::filesystem::create_directories(folder_); }
  ~ScoreSheets() override { std::filesystem::remove_all(folder_); }

  using Edit = std::function<void(std::vector<model::Cell>& row)>;

  /// What comes of a workbook that was sent from `small` and came back with the row edited.
  Result<TakenScores> take(const SmallCampaign& small, const Edit& edit,
                           const std::string& stage = "复核") {
    for (const auto& [name, text] : {std::pair{"campaign.yaml", &small.plan},
                                     {"assignments.yaml", &small.assignments},
                                     {"ledger.yaml", &small.ledger},
                                     {"scheme.yaml", &small.scheme},
                                     {"entries.yaml", &small.entries}}) {
      EXPECT_TRUE(write_file(folder_ / name, *text));
    }
    const Date on = campaign::day("2026-11-30");
    auto book = campaign::assessment_workbook(campaign::assess(small.made(), on).value());
    write("sent.xlsx", book);
    for (model::Sheet& sheet : book.sheets) {
      if (sheet.name == "甲局") edit(sheet.table.rows.at(1));
    }
    write("wrote.xlsx", book);
    return take_scores({.campaign = folder_,
                        .wrote = folder_ / "wrote.xlsx",
                        .sent = folder_ / "sent.xlsx",
                        .stage = stage,
                        .by = "考核组",
                        .reason = {},
                        .on = on});
  }

  std::string entries() const { return read_file(folder_ / "entries.yaml").value(); }

 private:
  void write(const char* name, const model::Workbook& book) const {
    EXPECT_TRUE(write_file(folder_ / name, render::xlsx::write(book, {}).value()));
  }

  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("huice_scores_" + std::to_string(::getpid()));
};

void reviewed(std::vector<model::Cell>& row) {
  row[kScore].content = "５０．５";  // as input methods write it
  row[kReason].content = "一家\"未达标\"";
}

constexpr const char* kReview =
    R"({target: 甲局, item: A1, stage: 复核, score: 50.5, on: 2026-11-30, by: 考核组, )"
    R"(reason: "一家\"未达标\""})";

TEST_F(ScoreSheets, AChangedScoreBecomesAReviewWithTheReasonWrittenBesideIt) {
  const SmallCampaign small;
  const auto taken = take(small, reviewed);
  ASSERT_TRUE(taken.has_value()) << taken.error().message;
  ASSERT_EQ(taken.value().taken.size(), 1U);
  EXPECT_EQ(taken.value().taken[0].item, "目标");
  EXPECT_EQ(entries(), small.entries + "reviews:\n  - " + kReview + "\n");
}

TEST_F(ScoreSheets, ReviewsFollowThoseThatAreThereAndLeaveTheRestAsItIs) {
  SmallCampaign small;
  const std::string old =
      "reviews:   # 自评\n"
      "    - target: 甲局\n      item: A3\n      stage: 自评\n      score: 10\n"
      "      on: 2026-11-01\n      by: 甲局\n";
  small.entries = old + "\n# 记录\n" + small.entries;
  ASSERT_TRUE(take(small, reviewed));
  EXPECT_EQ(entries(), campaign::replaced(small.entries, old, old + "    - " + kReview + "\n"));
}

TEST_F(ScoreSheets, WhatIsNoScoreIsRefusedAndNothingIsWritten) {
  const SmallCampaign small;
  const auto refused = take(small, [](auto& row) {
    row[kWeight].content = Decimal(50);
    row[kScore].content = "良";
  });
  ASSERT_FALSE(refused);
  const auto findings = as_findings(refused.error());
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].where.part, "甲局!C4");
  EXPECT_EQ(findings[1].where.part, "甲局!D4");
  EXPECT_EQ(entries(), small.entries);
}

TEST_F(ScoreSheets, AScoreAboveTheWeightIsRefusedByTheCampaign) {
  const auto above = take(
      {}, [](auto& row) { row[kScore].content = Decimal(61); }, "自评");
  ASSERT_FALSE(above);
  EXPECT_EQ(above.error().id, "campaign.range");
}

TEST_F(ScoreSheets, OnlySelfScoresNeedNoReason) {
  const auto lower = [](auto& row) { row[kScore].content = Decimal(40); };
  EXPECT_EQ(take({}, lower).error().id, "assessment.returned");
  EXPECT_TRUE(take({}, lower, "自评"));
  EXPECT_EQ(take({}, lower, "初评").error().id, "assessment.returned");
}

TEST_F(ScoreSheets, ReviewsOnOneLineGetTheirNextOneThere) {
  SmallCampaign small;
  const std::string old =
      "reviews: [{target: 甲局, item: A3, stage: 自评, score: 1, on: 2026-11-01, by: 甲局}";
  small.entries += old + "]\n";
  ASSERT_TRUE(take(small, reviewed));
  EXPECT_EQ(entries(), campaign::replaced(small.entries, old, old + ", " + kReview));
}

}  // namespace
}  // namespace huice::app
