#include "campaign/assessment.h"

#include <gtest/gtest.h>

#include "sample_campaign.h"

namespace huice::campaign {
namespace {

const Date kYearEnd = day("2026-12-31");

Assessment assessed(const SmallCampaign& small, Date on = kYearEnd) {
  auto assessment = assess(small.made(), on);
  if (assessment.has_value()) return std::move(assessment).value();
  ADD_FAILURE() << assessment.error().message;
  return {};
}

/// The score of an item of a target; `Item` counts from 0.
ItemScore item(const SmallCampaign& small, std::string_view target, std::size_t index,
               Date on = kYearEnd) {
  const Assessment assessment = assessed(small, on);
  const TargetScore* found = assessment.find(target);
  if (found != nullptr && index < found->items.size()) return found->items[index];
  ADD_FAILURE() << "no such item of " << target;
  return {};
}

TEST(Score, IsFullWhenTheConditionHoldsAndNothingOtherwise) {
  const ItemScore reached = item({}, "甲局", 0);
  EXPECT_EQ(reached.score, dec("60"));
  EXPECT_EQ(reached.reason, "达标数1家，牵头数1家，达到要求，计60分");
  const ItemScore missed = item({}, "乙局", 0);
  EXPECT_EQ(missed.score, dec("0"));
  EXPECT_EQ(missed.reason, "达标数0家，牵头数1家，未达到要求，不计分（尚缺：二号厂）");
}

TEST(Score, CountsEachUpToTheCap) {
  SmallCampaign small;
  EXPECT_EQ(item(small, "甲局", 2).reason, "表扬数1次，1×4分=4分，计4分");
  small.entries = replaced(
      small.entries, "figures:",
      R"(  - {id: E3, target: 甲局, kind: 表扬, on: 2026-06-03, text: 报道, attested_by: 宣传部}
  - {id: E4, target: 甲局, kind: 表扬, on: 2026-06-04, text: 报道, attested_by: 宣传部}
figures:)");
  const ItemScore capped = item(small, "甲局", 2);
  EXPECT_EQ(capped.score, dec("10"));
  EXPECT_EQ(capped.reason, "表扬数3次，3×4分=12分，按上限计10分");
}

TEST(Score, NamesTheEvidenceOfWhatItCounts) {
  const ItemScore praise = item({}, "甲局", 2);
  ASSERT_EQ(praise.measures.size(), 1U);
  EXPECT_EQ(praise.measures[0].evidence,
            std::vector<std::string>{"E2（2026-06-02，通报，政府办认定）"});
  const ItemScore problems = item({}, "甲局", 1);
  ASSERT_EQ(problems.measures.size(), 2U);
  EXPECT_EQ(problems.measures[0].evidence, std::vector<std::string>{"P1 已销号（2026-03-23）"});
  const ItemScore goal = item({}, "甲局", 0);
  EXPECT_EQ(goal.measures[1].evidence,
            std::vector<std::string>{"安排表第1号 一号厂（E1，2026-06-01）"});
}

TEST(Score, PartlySolvedProblemsCountByTheirDegree) {
  const ItemScore partly = item({}, "甲局", 1, day("2026-03-15"));
  EXPECT_EQ(partly.score, dec("4"));
  EXPECT_EQ(partly.reason, "销号数0个，0×20分=0分，计0分；程度0.4，10×程度=4，计4分");
}

TEST(Score, NeverExceedsTheWeightOfTheItem) {
  SmallCampaign small;
  std::string more = small.ledger.substr(small.ledger.find("  - id: P1"));
  more = replaced(more, "id: P1", "id: P2");
  small.ledger += more.substr(0, more.find("      - {on: 2026-03-22"));  // finished, not closed
  std::string closed = replaced(
      small.ledger.substr(small.ledger.find("  - id: P1"),
                          small.ledger.find("  - id: P2") - small.ledger.find("  - id: P1")),
      "id: P1", "id: P3");
  small.ledger += closed;
  const ItemScore score = item(small, "甲局", 1);
  EXPECT_EQ(score.score, dec("30"));
  EXPECT_EQ(score.reason,
            "销号数2个，2×20分=40分，按上限计30分；程度1，10×程度=10，计10分"
            "；合计40分，按本项权重计30分");
}

TEST(Score, LeavesOutWhatHappenedLater) {
  EXPECT_EQ(item({}, "甲局", 2, day("2026-06-01")).score, dec("0"));
  EXPECT_EQ(item({}, "甲局", 2, day("2026-06-02")).score, dec("4"));
}

TEST(Ranking, EqualValuesShareThePlaceAndTheNextIsLeftOut) {
  // 1/3 and 2/6 are the same loss ratio; 2/4 comes third.
  const Assessment assessment = assessed({});
  const GroupScore& towns = assessment.groups[1];
  ASSERT_EQ(towns.targets.size(), 3U);
  EXPECT_EQ(towns.targets[0].items[0].score, dec("100"));
  EXPECT_EQ(towns.targets[1].items[0].score, dec("100"));
  EXPECT_EQ(towns.targets[2].items[0].score, dec("80"));
  EXPECT_EQ(towns.targets[0].items[0].reason, "亏损面33.33%，在3个乡镇中并列第1名，计100分");
  EXPECT_EQ(towns.targets[2].items[0].reason, "亏损面50%，在3个乡镇中排第3名，100−2×10，计80分");
}

TEST(Ranking, EqualValuesShareTheirPlaceBehindABetterOneWhereHighComesFirst) {
  SmallCampaign small;
  small.scheme =
      replaced(small.scheme, "rank: 亏损面, order: 从低到高", "rank: 亏损面, order: 从高到低");
  const Assessment assessment = assessed(small);
  const auto& towns = assessment.groups[1].targets;
  EXPECT_EQ(towns[0].items[0].reason, "亏损面50%，在3个乡镇中排第1名，计100分");
  const std::string shared = "亏损面33.33%，在3个乡镇中并列第2名，100−1×10，计90分";
  EXPECT_EQ(towns[1].items[0].reason, shared);
  EXPECT_EQ(towns[2].items[0].reason, shared);
}

TEST(Ranking, TargetsEqualInAllShareTheRank) {
  const Assessment assessment = assessed({});
  const auto& towns = assessment.groups[1].targets;
  EXPECT_EQ(towns[0].target, "东镇");  // the order of the plan among equals
  EXPECT_EQ(towns[0].rank, 1);
  EXPECT_EQ(towns[1].rank, 1);
  EXPECT_EQ(towns[2].rank, 3);
}

TEST(Ranking, EqualTotalsAreDecidedByTheNamedItemsInOrder) {
  SmallCampaign small;  // 甲局 60 + 20 + 4; make 乙局 equal in total by other items
  small.scheme = replaced(small.scheme, "full: 60, if: 达标数 >= 牵头数",
                          "points: \"if 达标数 >= 牵头数 then 50 else 54\"");
  small.scheme = replaced(small.scheme, "points: 20, cap: 30", "points: 4, cap: 30");
  small.scheme = replaced(small.scheme, "points: 4, cap: 10", "points: 0.5, cap: 10");
  small.entries = replaced(
      small.entries, "figures:",
      R"(  - {id: E3, target: 乙局, kind: 表扬, on: 2026-06-03, text: 报道, attested_by: 宣传部}
figures:)");
  const Assessment assessment = assessed(small);
  const auto& units = assessment.groups[0].targets;
  EXPECT_EQ(units[0].total, dec("54.5"));
  EXPECT_EQ(units[1].total, dec("54.5"));
  EXPECT_EQ(units[0].target, "乙局");  // 54 before 50 in A1
  EXPECT_EQ(units[1].rank, 2);
  EXPECT_EQ(assessment.groups[0].tie_rule,
            "总分相同的，依次比较目标、问题得分，高者在前；仍相同的并列。");
}

TEST(Score, IsUnknownWhenAFigureWasNotReported) {
  SmallCampaign small;
  small.entries = replaced(small.entries, "企业数: 4, 亏损数: 2", "企业数: 4");
  const Assessment assessment = assessed(small);
  const TargetScore* south = assessment.find("南镇");
  ASSERT_NE(south, nullptr);
  EXPECT_FALSE(south->items[0].score.has_value());
  EXPECT_FALSE(south->complete);
  EXPECT_EQ(south->total, dec("0"));
  EXPECT_EQ(south->items[0].reason.substr(0, 9), "待补：");
  EXPECT_EQ(assessment.find("东镇")->items[0].reason,
            "亏损面33.33%，在2个乡镇中并列第1名（另有1个未报数据，名次暂定），计100分");
}

TEST(Score, NoEnterprisesMeansNoLossRatioAndNotAZeroOne) {
  SmallCampaign small;
  small.entries = replaced(small.entries, "企业数: 4, 亏损数: 2", "企业数: 0, 亏损数: 0");
  EXPECT_FALSE(item(small, "南镇", 0).score.has_value());
}

TEST(Score, TakesTheLatestFigureOfTheDay) {
  SmallCampaign small;
  small.entries += "  - {target: 南镇, on: 2026-07-31, attested_by: 统计局, values: {亏损数: 0}}\n";
  EXPECT_EQ(item(small, "南镇", 0, day("2026-07-30")).score, dec("80"));
  EXPECT_EQ(item(small, "南镇", 0, day("2026-07-31")).score, dec("100"));
}

TEST(Score, AFormulaThatRunsOnIsUnknown) {
  SmallCampaign small;
  small.scheme =
      replaced(small.scheme, "each: 表扬数,", "each: \"count(for i in 1..100000 return i)\",");
  const ItemScore score = item(small, "甲局", 2);
  EXPECT_FALSE(score.score.has_value());
  EXPECT_EQ(score.reason.substr(0, 9), "待补：");
}

TEST(Assess, RefusesARuleThatGivesNoNumber) {
  SmallCampaign small;
  small.scheme = replaced(small.scheme, "each: 表扬数,", "each: 表扬数 > 1,");
  const auto assessment = assess(small.made(), kYearEnd);
  ASSERT_FALSE(assessment.has_value());
  EXPECT_EQ(assessment.error().id, "scheme.rule");
  EXPECT_EQ(assessment.error().message, "规则应得数字，实得是否：表扬数 > 1");
  EXPECT_EQ(assessment.error().where.line, 31);
}

TEST(Assess, RefusesADayBeforeTheCampaign) {
  const auto assessment = assess(SmallCampaign{}.made(), day("2026-02-28"));
  ASSERT_FALSE(assessment.has_value());
  EXPECT_EQ(assessment.error().id, "campaign.date");
}

/// The small campaign's units, with `reviews` in entries.yaml.
Result<Assessment> result_on(const SmallCampaign& small, const char* on = "2026-12-31") {
  HUICE_TRY(const Campaign campaign, small.make());
  return assess(campaign, day(on));
}

TEST(Review, TheLastWordCountsAndEveryStepIsInTheReason) {
  SmallCampaign small;
  small.entries += R"(reviews:
  - {target: 甲局, item: A1, stage: 自评, score: 60, on: 2026-12-01, by: 甲局}
  - {target: 甲局, item: A1, stage: 复核, score: 50, on: 2026-12-05, by: 考核组, reason: 一家未核实}
  - {target: 甲局, item: A1, stage: 终评, score: 55, on: 2026-12-20, by: 领导小组, reason: 补充材料}
)";
  const auto final = result_on(small);
  ASSERT_TRUE(final.has_value()) << final.error().message;
  const ItemScore& item = final.value().find("甲局")->items[0];
  EXPECT_EQ(item.ruled, dec("60"));
  EXPECT_EQ(item.score, dec("55"));
  EXPECT_EQ(item.reviews.size(), 3U);
  EXPECT_EQ(
      item.reason,
      "达标数1家，牵头数1家，达到要求，计60分；自评60分（甲局，2026-12-01）；复核50分（考核组，"
      "2026-12-05：一家未核实）；终评55分（领导小组，2026-12-20：补充材料）");
  EXPECT_EQ(result_on(small, "2026-12-10").value().find("甲局")->items[0].score, dec("50"));
  EXPECT_EQ(result_on(small, "2026-12-02").value().find("甲局")->items[0].score, dec("60"));
}

TEST(Review, AReviewAfterTheLastWordDoesNotOverturnIt) {
  SmallCampaign small;
  small.entries += R"(reviews:
  - {target: 甲局, item: A1, stage: 终评, score: 55, on: 2026-12-05, by: 领导小组, reason: 核定}
  - {target: 甲局, item: A1, stage: 复核, score: 10, on: 2026-12-20, by: 考核组, reason: 再查}
)";
  EXPECT_EQ(result_on(small).value().find("甲局")->items[0].score, dec("55"));
}

TEST(Review, NeedsAReasonAndAScoreWithinTheWeight) {
  SmallCampaign small;
  small.entries += R"(reviews:
  - {target: 甲局, item: A1, stage: 复核, score: 61, on: 2026-12-05, by: 考核组}
  - {target: 甲局, item: B1, stage: 复核, score: 1, on: 2026-12-05, by: 考核组, reason: 查}
)";
  const auto findings = small.findings();
  ASSERT_EQ(findings.size(), 3U);
  EXPECT_NE(findings[0].find("campaign.missing-key"), std::string::npos) << findings[0];
  EXPECT_NE(findings[1].find("得分应在 0 到 60 之间，实为 61"), std::string::npos) << findings[1];
  EXPECT_NE(findings[2].find("没有名为“B1”的考核项目"), std::string::npos) << findings[2];
}

TEST(Deduction, TakesPointsOffButNeverMoreThanThereAre) {
  SmallCampaign small;
  small.scheme = replaced(small.scheme, "rules: [{each: 表扬数, points: 4, cap: 10}]",
                          "rules: [{points: \"10\"}, {deduct: 表扬数, points: 4}]");
  // 10 − 1×4; one 表扬 counts as a fault here.
  EXPECT_EQ(result_on(small).value().find("甲局")->items[2].score, dec("6"));
  small.scheme = replaced(small.scheme, "deduct: 表扬数, points: 4", "deduct: 表扬数, points: 14");
  const auto scored = result_on(small).value();
  EXPECT_EQ(scored.find("甲局")->items[2].score, dec("0"));
  EXPECT_EQ(scored.find("乙局")->items[2].score, dec("10"));
  small.scheme =
      replaced(small.scheme, "deduct: 表扬数, points: 14", "deduct: 表扬数, points: 14, cap: 3");
  EXPECT_EQ(result_on(small).value().find("甲局")->items[2].score, dec("7"));
}

TEST(Veto, MakesNothingOfTheTotalAndSaysWhy) {
  SmallCampaign small;
  small.scheme = replaced(small.scheme, "    ties: [A1, A2]",
                          "    vetoes: [{name: 弄虚作假, text: 一票否决, if: 表扬数 > 0}]\n"
                          "    ties: [A1, A2]");
  const auto assessment = result_on(small);
  ASSERT_TRUE(assessment.has_value()) << assessment.error().message;
  const TargetScore& first = *assessment.value().find("甲局");
  EXPECT_EQ(first.total, dec("0"));
  EXPECT_EQ(first.items[0].score, dec("60"));  // what the items give stays to be seen
  EXPECT_EQ(first.vetoes, std::vector<std::string>{"弄虚作假，表扬数1次"});
  const auto book = assessment_workbook(assessment.value());
  for (const auto& sheet : book.sheets) {
    if (sheet.name != "甲局") continue;
    const auto& total = std::get<model::Formula>(sheet.table.rows.back()[3].content);
    EXPECT_TRUE(total.text.starts_with("0*SUM(")) << total.text;
    EXPECT_EQ(total.cached, dec("0"));
  }
}

TEST(Veto, ThatCannotBeToldYetLeavesTheTargetIncomplete) {
  SmallCampaign small;
  small.scheme =
      replaced(small.scheme, "rules: [{rank: 亏损面, order: 从低到高, first: 100, step: 10}]",
               "rules: [{points: \"100\"}]\n"
               "    vetoes: [{name: 失实, text: 数据失实的, if: 亏损面 > 0.9}]");
  small.entries = replaced(small.entries, "企业数: 4, 亏损数: 2", "企业数: 4");
  const auto assessment = result_on(small);
  ASSERT_TRUE(assessment.has_value()) << assessment.error().message;
  EXPECT_FALSE(assessment.value().find("南镇")->complete);
  EXPECT_TRUE(assessment.value().find("东镇")->complete);
}

}  // namespace
}  // namespace huice::campaign
