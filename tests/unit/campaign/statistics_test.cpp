#include "campaign/statistics.h"

#include <gtest/gtest.h>

#include "campaign/escalation.h"
#include "campaign/progress.h"
#include "sample_campaign.h"

namespace huice::campaign {
namespace {

constexpr auto kAllCounts = {Count::Found,  Count::Solved,    Count::Closed,
                             Count::InHand, Count::Suspended, Count::Overdue,
                             Count::Late,   Count::Followed,  Count::Pleased};

TEST(Statistics, RatesAreSoFineThatShowingThemRoundsOnce) {
  const auto rate = (Tally{.found = 44, .solved = 35}).solved_rate();
  ASSERT_TRUE(rate);
  EXPECT_EQ(rate->rounded(3, Rounding::HalfUp), dec("0.795"));
  EXPECT_EQ((Tally{.found = 3, .solved = 2}).solved_rate(), dec("0.6666666667"));
  EXPECT_EQ((Tally{.followed = 8, .pleased = 7}).pleased_rate(), dec("0.875"));
  EXPECT_EQ(Tally{}.solved_rate(), std::nullopt);
}

TEST(Statistics, PartsAddUpToTheWholeOnEveryMonthsEnd) {
  const Campaign campaign = sample_campaign();
  for (Date on = day("2026-03-31"); on < day("2027-01-01"); on = on.plus_months(1)) {
    const Statistics found = statistics(campaign, on);
    for (std::size_t i = 0; i < kDimensions; ++i) {
      for (const Count count : kAllCounts) {
        int sum = 0;
        for (const auto& [name, tally] : found.parts[i])
          sum += tally.at(count);
        EXPECT_EQ(sum, found.all.at(count))
            << on.to_iso() << " " << to_text(static_cast<Dimension>(i)) << " " << to_text(count);
      }
    }
  }
}

TEST(Statistics, BehindEveryFigureStandAsManyProblems) {
  const Campaign campaign = sample_campaign();
  const Statistics found = statistics(campaign, kDemoDay);
  int figures = 0;
  for (const Count count : kAllCounts) {
    EXPECT_EQ(problems_behind(campaign, kDemoDay, {.count = count}).size(),
              static_cast<std::size_t>(found.all.at(count)));
    for (std::size_t i = 0; i < kDimensions; ++i) {
      for (const auto& [name, tally] : found.parts[i]) {
        const Selection selection{count, static_cast<Dimension>(i), name};
        EXPECT_EQ(problems_behind(campaign, kDemoDay, selection).size(),
                  static_cast<std::size_t>(tally.at(count)))
            << name;
        figures += tally.at(count) > 0;
      }
    }
  }
  EXPECT_GT(figures, 200);
}

TEST(Statistics, AProblemWithoutAUnitIsCountedUnderThatName) {
  SmallCampaign small;
  small.ledger = small.ledger.substr(0, small.ledger.find("      - {on: 2026-03-03"));
  const Statistics found = statistics(small.made(), kDemoDay);
  ASSERT_EQ(found.by(Dimension::Unit).size(), 1U);
  EXPECT_EQ(found.by(Dimension::Unit)[0].first, kNoUnit);
  EXPECT_EQ(found.by(Dimension::Unit)[0].second.found, 1);
}

TEST(Statistics, ATaskForceHasTheProblemsOfItsCategories) {
  SmallCampaign small;
  EXPECT_EQ(statistics(small.made(), kDemoDay).by(Dimension::Force).at(0).first, kNoForce);
  small.plan += "task_forces: [{name: 市场专班, lead: 甲局, categories: [市场, 政策]}]\n";
  const auto forces = statistics(small.made(), kDemoDay).by(Dimension::Force);
  ASSERT_EQ(forces.size(), 1U);
  EXPECT_EQ(forces[0].first, "市场专班");
  EXPECT_EQ(forces[0].second.found, 1);
}

TEST(TaskForce, ACategoryHasButOne) {
  SmallCampaign small;
  small.plan +=
      "task_forces: [{name: 一, lead: 甲局, categories: [市场]}, "
      "{name: 二, lead: 乙局, categories: [市场]}]\n";
  ASSERT_EQ(small.findings().size(), 1U);
  EXPECT_NE(small.findings()[0].find("“市场”已由一负责"), std::string::npos) << small.findings()[0];
}

TEST(Statistics, MonthsWithoutProblemsAreThereToo) {
  const auto months = statistics(SmallCampaign{}.made(), day("2026-05-01")).by(Dimension::Month);
  ASSERT_EQ(months.size(), 3U);
  EXPECT_EQ(months[0].first, "2026年3月");
  EXPECT_EQ(months[0].second.found, 1);
  EXPECT_EQ(months[2].first, "2026年5月");
  EXPECT_EQ(months[2].second.found, 0);
}

TEST(Period, IsAMonthOrAQuarter) {
  const auto may = parse_period("2026-05");
  ASSERT_TRUE(may.has_value());
  EXPECT_EQ(may.value().to, day("2026-05-31"));
  EXPECT_EQ(may.value().name, "2026年5月");
  const auto fourth = parse_period("2026Q4");
  ASSERT_TRUE(fourth.has_value());
  EXPECT_EQ(fourth.value().from, day("2026-10-01"));
  EXPECT_EQ(fourth.value().to, day("2026-12-31"));
  EXPECT_EQ(fourth.value().name, "2026年第四季度");
  EXPECT_EQ(parse_period("2026").value().to, day("2026-12-31"));
  for (const char* wrong :
       {"", "0000", "202", "2026-13", "2026-0", "2026Q5", "2026Q", "26-05", "2026/05"})
    EXPECT_EQ(parse_period(wrong).error().id, "campaign.period") << wrong;
}

TEST(Progress, LeadsFromOneMonthToTheNext) {
  const Campaign campaign = sample_campaign();
  Tally before;
  for (int month = 3; month <= 11; ++month) {
    const auto period = parse_period("2026-" + std::to_string(month));
    ASSERT_TRUE(period.has_value());
    const Progress found = progress(campaign, period.value());
    EXPECT_EQ(found.before, before) << month;
    EXPECT_EQ(before.found + found.registered, found.after.all.found) << month;
    EXPECT_EQ(before.solved + found.solved - found.reopened, found.after.all.solved) << month;
    EXPECT_GE(found.reopened, 0) << month;
    before = found.after.all;
  }
  EXPECT_EQ(before.found, 60);
}

TEST(Progress, AResultSentBackIsReopenedWork) {
  SmallCampaign small;
  small.ledger = replaced(small.ledger, "on: 2026-03-22, event: 回访, by: 帮扶办, view: 满意",
                          "on: 2026-04-02, event: 回访, by: 帮扶办, view: 不满意");
  small.ledger = replaced(small.ledger, "on: 2026-03-23, event: 销号, by: 帮扶办",
                          "on: 2026-04-03, event: 退回, by: 帮扶办, note: 未到账");
  const Progress april = progress(small.made(), parse_period("2026-04").value());
  EXPECT_EQ(april.before.solved, 1);
  EXPECT_EQ(april.solved, 0);
  EXPECT_EQ(april.reopened, 1);
  EXPECT_EQ(april.after.all.solved, 0);
}

/// The small campaign's problem, assigned until 2026-04-01 and nothing done.
Campaign overdue_campaign() {
  SmallCampaign small;
  small.ledger = small.ledger.substr(0, small.ledger.find("      - {on: 2026-03-10"));
  return small.made();
}

TEST(DueProblems, ComeWithinTheDaysAsked) {
  const Campaign campaign = overdue_campaign();
  EXPECT_TRUE(due_problems(campaign, day("2026-03-24"), 7).empty());
  const auto near = due_problems(campaign, day("2026-03-25"), 7);
  ASSERT_EQ(near.size(), 1U);
  EXPECT_EQ(near[0].days, 7);
  EXPECT_EQ(near[0].goes, std::nullopt);
  EXPECT_EQ(due_problems(campaign, day("2026-04-05"), 7)[0].days, -4);
}

TEST(DueProblems, GoUpATierForEveryTenDaysThatTheyStayOverdue) {
  Campaign campaign = overdue_campaign();
  const auto goes = [&](const char* on) { return due_problems(campaign, day(on), 0)[0].goes; };
  EXPECT_EQ(goes("2026-04-10"), std::nullopt);
  ASSERT_EQ(goes("2026-04-11"), Tier::Leader);
  const auto due = due_problems(campaign, day("2026-04-11"), 0);
  auto risen = with_event(campaign.problems[0], escalation_of(due[0], day("2026-04-11"), "帮扶办"));
  ASSERT_TRUE(risen.has_value()) << risen.error().message;
  EXPECT_EQ(risen.value().events.back().note, "办结期限2026年4月1日，逾期10天，承办单位未能解决");
  campaign.problems[0] = risen.value();
  EXPECT_EQ(goes("2026-04-20"), std::nullopt);
  EXPECT_EQ(goes("2026-04-21"), Tier::Meeting);
  campaign.problems[0].events.back().tier = Tier::Superior;
  EXPECT_EQ(goes("2026-12-31"), std::nullopt);
  campaign.problems[0].events.back().tier = Tier::Leader;
  campaign.days_of_tier = 3;
  EXPECT_EQ(goes("2026-04-14"), Tier::Meeting);
}

}  // namespace
}  // namespace huice::campaign
