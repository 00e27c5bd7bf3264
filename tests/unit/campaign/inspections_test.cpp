#include "campaign/inspections.h"

#include <gtest/gtest.h>

#include "notation/yaml.h"
#include "small_campaign.h"

namespace huice::campaign {
namespace {

constexpr const char* kRules = R"(county: 云岭县
year: 2026
source: 办法
quiet_from: 1
quiet_to: 25
times_a_year: 1
exceptions: [突发事件]
coordinator: 司法局
)";

InspectionRules rules() {
  return read_inspection_rules(notation::read_yaml(kRules, "rules.yaml").value()).value();
}

Inspection planned(const std::string& unit, const std::string& matter, const char* on) {
  return {.unit = unit, .enterprise = "一号厂", .matter = matter, .on = day(on)};
}

InspectionCalendar arranged(const std::vector<Inspection>& plan) {
  EXPECT_TRUE(check_inspections(rules(), plan).empty());
  return inspection_calendar(rules(), plan);
}

TEST(InspectionRules, LeaveDaysForInspectionsInEveryMonth) {
  for (const char* wrong : {"quiet_to: 28", "quiet_to: 0"}) {
    const auto refused = read_inspection_rules(
        notation::read_yaml(replaced(kRules, "quiet_to: 25", wrong), "rules.yaml").value());
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().id, "campaign.range");
  }
}

TEST(InspectionCalendar, AnInspectionOnAnOpenDayStaysAsPlanned) {
  const std::vector<Inspection> plan = {planned("甲局", "安全", "2026-06-29")};
  const auto calendar = arranged(plan);
  ASSERT_EQ(calendar.visits.size(), 1U);
  EXPECT_EQ(calendar.visits[0].on, day("2026-06-29"));
  EXPECT_FALSE(calendar.visits[0].moved);
  EXPECT_FALSE(calendar.visits[0].is_joint());
}

TEST(InspectionCalendar, QuietDaysAreLeftForTheFirstOpenWorkingDayOfTheMonth) {
  // 2026-09-26 and 27 are a weekend.
  const std::vector<Inspection> plan = {planned("甲局", "安全", "2026-09-03")};
  const auto calendar = arranged(plan);
  EXPECT_EQ(calendar.visits[0].on, day("2026-09-28"));
  EXPECT_TRUE(calendar.visits[0].moved);
}

TEST(InspectionCalendar, TheSameMatterTwiceAYearByOneUnitIsCancelled) {
  const std::vector<Inspection> plan = {planned("甲局", "安全", "2026-10-29"),
                                        planned("甲局", "安全", "2026-06-29")};
  const auto calendar = arranged(plan);
  ASSERT_EQ(calendar.visits.size(), 1U);
  EXPECT_EQ(calendar.visits[0].on, day("2026-06-29"));  // the earlier stays
  ASSERT_EQ(calendar.repeats.size(), 1U);
  EXPECT_EQ(calendar.repeats[0].dropped->on, day("2026-10-29"));
  EXPECT_FALSE(calendar.visits[0].is_joint());
}

TEST(InspectionCalendar, TheSameMatterByAnotherUnitTakesPartInTheEarlierVisit) {
  const std::vector<Inspection> plan = {planned("甲局", "安全", "2026-06-29"),
                                        planned("乙局", "安全", "2026-10-29")};
  const auto calendar = arranged(plan);
  ASSERT_EQ(calendar.visits.size(), 1U);
  ASSERT_EQ(calendar.visits[0].joined.size(), 1U);
  EXPECT_EQ(calendar.visits[0].joined[0]->unit, "乙局");
  EXPECT_TRUE(calendar.visits[0].is_joint());
  EXPECT_EQ(calendar.visits[0].lead, "甲局");
}

TEST(InspectionCalendar, SeveralInspectionsInAMonthAreOneVisitLedByWhoHasMost) {
  const std::vector<Inspection> plan = {planned("甲局", "安全", "2026-06-29"),
                                        planned("乙局", "质量", "2026-06-26"),
                                        planned("乙局", "计量", "2026-06-03")};
  const auto calendar = arranged(plan);
  ASSERT_EQ(calendar.visits.size(), 1U);
  EXPECT_EQ(calendar.visits[0].lead, "乙局");
  EXPECT_EQ(calendar.visits[0].why, "本次检查事项最多（2项）");
  EXPECT_EQ(calendar.visits[0].on, day("2026-06-26"));  // the earliest planned open day
  EXPECT_EQ(calendar.joint(), 1U);
}

TEST(InspectionCalendar, OfEqualUnitsTheOneWithMostInTheYearLeads) {
  const std::vector<Inspection> plan = {planned("甲局", "安全", "2026-06-29"),
                                        planned("乙局", "质量", "2026-06-29"),
                                        planned("乙局", "计量", "2026-08-27")};
  const auto calendar = arranged(plan);
  ASSERT_EQ(calendar.visits.size(), 2U);
  EXPECT_EQ(calendar.visits[0].lead, "乙局");
  EXPECT_EQ(calendar.visits[0].why, "本次事项并列，全年计划检查最多（2项）");
}

TEST(InspectionCalendar, ExceptionsWithGroundStayAndDoNotCount) {
  Inspection accident = planned("甲局", "安全", "2026-06-03");
  accident.exception = "突发事件";
  accident.ground = "《安全生产法》";
  const std::vector<Inspection> plan = {accident, planned("甲局", "安全", "2026-06-29")};
  const auto calendar = arranged(plan);
  ASSERT_EQ(calendar.exempt.size(), 1U);
  EXPECT_EQ(calendar.exempt[0]->on, day("2026-06-03"));
  EXPECT_EQ(calendar.visits.size(), 1U);
  EXPECT_TRUE(calendar.repeats.empty());
}

TEST(InspectionCalendar, NothingPlannedIsLost) {
  std::vector<Inspection> plan;
  for (int i = 0; i < 300; ++i) {
    Inspection each =
        planned("第" + std::to_string(i % 7) + "局", "事项" + std::to_string(i % 5), "2026-01-05");
    each.enterprise = "企业" + std::to_string(i % 11);
    each.on = each.on.plus_days(i);
    plan.push_back(std::move(each));
  }
  const auto calendar = arranged(plan);
  std::size_t visited = 0;
  for (const Visit& visit : calendar.visits) {
    visited += visit.inspections.size();
    EXPECT_GT(visit.on.day(), 25U);
  }
  EXPECT_EQ(visited + calendar.repeats.size() + calendar.exempt.size(), plan.size());
  EXPECT_EQ(visited, 55U);  // 11 enterprises × 5 matters, once each
}

TEST(InspectionPlan, WhatIsWrongIsSaidAtItsPlace) {
  Inspection groundless = planned("甲局", "安全", "2026-06-03");
  groundless.exception = "突发事件";
  groundless.where = {.file = "plan.csv", .line = 7};
  Inspection strange = groundless;
  strange.exception = "突发时间";
  const auto findings =
      check_inspections(rules(), {groundless, strange, planned("甲局", "安全", "2025-06-03")});
  ASSERT_EQ(findings.size(), 3U);
  EXPECT_EQ(findings[0].id, "inspection.ground");
  EXPECT_EQ(findings[0].where.line, 7);
  EXPECT_EQ(findings[1].id, "inspection.exception");
  EXPECT_EQ(findings[1].hint, "可写：突发事件");
  EXPECT_EQ(findings[2].id, "inspection.year");
}

}  // namespace
}  // namespace huice::campaign
