// Rows of the ledger that came back: which events they tell of.
#include "campaign/returned_row.h"

#include <gtest/gtest.h>

#include "small_campaign.h"

namespace huice::campaign {
namespace {

const EventTerms kTerms{
    .on = day("2026-04-02"), .by = "甲局", .reason = "已签约", .agreed_by = "帮扶办"};

/// The events, one a line, of a row of a problem with the first `steps` steps of P1.
std::string events(int steps, const ReturnedRow& row, const EventTerms& terms = kTerms) {
  const Campaign campaign = SmallCampaign().made();
  Problem problem = campaign.problems.front();
  problem.events.resize(static_cast<std::size_t>(steps));
  const auto made = events_of_row(campaign, problem, row, terms);
  if (!made) return made.error().where.part + ": " + made.error().message;
  std::string text;
  for (const Event& event : made.value()) {
    text += event.on.to_iso() + " " + std::string(to_text(event.kind));
    if (!event.to.empty()) text += " " + event.to;
    if (event.due) text += " " + event.due->to_iso();
    if (!event.agreed_by.empty()) text += " " + event.agreed_by;
    if (event.view) text += " " + std::string(to_text(*event.view));
    if (!event.note.empty()) text += " " + event.note;
    text += "\n";
  }
  return text;
}

TEST(ReturnedRow, TheStateThatWasWrittenIsTheStepThatLeadsThere) {
  EXPECT_EQ(events(1, {.state = "已交办", .unit = "乙局", .due = "2026年5月1日"}),
            "2026-04-02 交办 乙局 2026-05-01\n");
  EXPECT_EQ(events(2, {.state = "办理中"}), "2026-04-02 办理 已签约\n");
  EXPECT_EQ(events(3, {.state = "已办结"}), "2026-04-02 办结 已签约\n");
  EXPECT_EQ(events(3, {.state = "已退回"}), "2026-04-02 退回 已签约\n");
  EXPECT_EQ(events(3, {.state = "已挂账"}), "2026-04-02 挂账 帮扶办 已签约\n");
  EXPECT_EQ(events(4, {.state = "办理中"}), "2026-04-02 退回 已签约\n");
  EXPECT_EQ(events(4, {.state = "已回访", .view = "满意"}), "2026-04-02 回访 满意\n");
  EXPECT_EQ(events(5, {.state = "已销号"}), "2026-04-02 销号\n");
}

TEST(ReturnedRow, SeveralCellsAreSeveralStepsInTheOrderOfTheLifeCycle) {
  EXPECT_EQ(events(3, {.state = "已销号", .happening = "全部解决", .view = "满意"}),
            "状态: 问题 P1 第4步：“办理中”之后不能“回访”");
  EXPECT_EQ(events(4, {.state = "已销号", .view = "满意"}),
            "2026-04-02 回访 满意\n2026-04-02 销号\n");
  EXPECT_EQ(events(3, {.state = "已办结", .view = "基本满意"}),
            "2026-04-02 办结 已签约\n2026-04-02 回访 基本满意\n");
}

TEST(ReturnedRow, WhatHappenedLastIsWhatItNamesOnTheDayItNames) {
  EXPECT_EQ(events(3, {.happening = "又谈了一家"}), "2026-04-02 办理 又谈了一家\n");
  EXPECT_EQ(events(3, {.happening = "2026-03-20 办结：签约"}), "2026-03-20 办结 签约\n");
  EXPECT_EQ(events(3, {.state = "已办结", .happening = "2026-03-20 签约"}),
            "2026-03-20 办结 签约\n");
  EXPECT_EQ(events(3, {.state = "已办结", .happening = "退回：没签"}),
            "最近经过: 写的是“退回”，与同一行别的格不合");
}

TEST(ReturnedRow, AnotherDueDayIsADelayThatSomebodyApproved) {
  EXPECT_EQ(events(3, {.due = "2026-05-01"}), "2026-04-02 延期 2026-05-01 帮扶办 已签约\n");
  EXPECT_EQ(
      events(3, {.due = "2026-05-01"}, {.on = day("2026-04-02"), .by = "甲局", .reason = "晚"}),
      "办结期限: 延期没有写谁批准");
  EXPECT_EQ(events(3, {.due = "下月"}), "办结期限: 不是日期");
}

TEST(ReturnedRow, WhatNoEventSaysIsRefusedInItsColumn) {
  EXPECT_EQ(events(3, {.state = ""}), "状态: 台账只增不改，填过的不能清空");
  EXPECT_EQ(events(3, {.state = "解决了"}), "状态: 没有这个状态，或不能回到这个状态");
  EXPECT_EQ(events(4, {.view = "很好"}), "企业评价: 回访要写企业评价");
  EXPECT_EQ(events(4, {.state = "已回访"}), "状态: 回访要写企业评价");
  EXPECT_EQ(events(1, {.unit = "丙局", .due = "2026-05-01"}), "责任单位: 没有单位或乡镇“丙局”");
  EXPECT_EQ(events(1, {.unit = "乙局"}), "责任单位: 交办没有办结期限");
  EXPECT_EQ(events(3, {.state = "已办结"}, {.on = day("2026-04-02"), .by = "甲局"}),
            "状态: “办结”没有写说明");
  EXPECT_EQ(events(6, {.happening = "再说一句"}), ": 问题 P1 第7步：“已销号”之后不能“办理”");
}

}  // namespace
}  // namespace huice::campaign
