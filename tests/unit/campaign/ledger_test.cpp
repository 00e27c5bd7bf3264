#include "campaign/ledger.h"

#include <gtest/gtest.h>

#include "small_campaign.h"

namespace huice::campaign {
namespace {

Event event(EventKind kind, std::string_view on) {
  Event result{.kind = kind, .on = day(on), .by = "某人", .note = "缘由"};
  if (kind == EventKind::Assign) result.to = "甲局";
  if (kind == EventKind::Assign || kind == EventKind::Extend) result.due = result.on.plus_days(30);
  if (kind == EventKind::FollowUp) result.view = Satisfaction::Satisfied;
  if (kind == EventKind::Extend || kind == EventKind::Suspend) result.agreed_by = "另一人";
  if (kind == EventKind::Escalate) result.tier = Tier::Leader;
  if (kind == EventKind::Approve) result.tier = Tier::Leader;
  return result;
}

/// One event a day from 2026-03-01.
Problem history(const std::vector<EventKind>& kinds) {
  Problem problem{.id = "P", .category = "融资", .level = "县级"};
  Date on = day("2026-03-01");
  for (const EventKind kind : kinds) {
    problem.events.push_back(event(kind, on.to_iso()));
    on = on.plus_days(1);
  }
  return problem;
}

using enum EventKind;

TEST(LifeCycle, RunsFromRegistrationToClosing) {
  const Problem problem = history({Register, Assign, Work, Finish, FollowUp, Close});
  EXPECT_TRUE(check_history(problem).empty());
  EXPECT_EQ(standing_on(problem, day("2026-12-31"))->state, State::Closed);
}

TEST(LifeCycle, OnlyRegistrationMayComeFirst) {
  EXPECT_EQ(state_after(std::nullopt, Register), State::Registered);
  EXPECT_EQ(state_after(std::nullopt, Assign), std::nullopt);
  EXPECT_EQ(state_after(State::Registered, Register), std::nullopt);
}

TEST(LifeCycle, NothingFollowsClosing) {
  for (const EventKind kind : {Register, Assign, Work, Finish, FollowUp, Close, Return, Extend,
                               Suspend, Escalate, Approve}) {
    EXPECT_EQ(state_after(State::Closed, kind), std::nullopt) << to_text(kind);
  }
}

TEST(LifeCycle, AForbiddenStepSaysWhatMayFollow) {
  const Findings findings = check_history(history({Register, Assign, Close}));
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].id, "ledger.transition");
  EXPECT_EQ(findings[0].message, "问题 P 第3步：“已交办”之后不能“销号”");
  EXPECT_EQ(findings[0].hint, "此处可写：办理、退回、延期、挂账、升级");
}

TEST(LifeCycle, ADissatisfiedEnterpriseKeepsTheProblemOpen) {
  Problem problem = history({Register, Assign, Work, Finish, FollowUp, Close});
  problem.events[4].view = Satisfaction::Dissatisfied;
  const Findings findings = check_history(problem);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].message, "问题 P 第6步：企业回访不满意，不能销号");
}

TEST(Standing, IsThatOfTheEndOfTheDayAsked) {
  const Problem problem = history({Register, Assign, Work, Finish, FollowUp, Close});
  EXPECT_FALSE(standing_on(problem, day("2026-02-28")).has_value());
  EXPECT_EQ(standing_on(problem, day("2026-03-01"))->state, State::Registered);
  EXPECT_EQ(standing_on(problem, day("2026-03-03"))->state, State::InHand);
  EXPECT_EQ(standing_on(problem, day("2026-03-04"))->finished, day("2026-03-04"));
}

TEST(Standing, AReturnBeforeTheResultTakesTheProblemFromTheUnit) {
  const auto standing = *standing_on(history({Register, Assign, Return}), day("2026-03-31"));
  EXPECT_EQ(standing.state, State::Returned);
  EXPECT_EQ(standing.unit, "");
  EXPECT_FALSE(standing.due.has_value());
  EXPECT_EQ(standing.returned, 1);
}

TEST(Standing, AReturnAfterTheResultLeavesItWithTheUnit) {
  Problem problem = history({Register, Assign, Work, Finish, FollowUp, Return});
  problem.events[2].degree = dec("0.6");
  const auto standing = *standing_on(problem, day("2026-03-31"));
  EXPECT_EQ(standing.state, State::InHand);
  EXPECT_EQ(standing.unit, "甲局");
  EXPECT_EQ(standing.degree, dec("0.6"));
  EXPECT_FALSE(standing.finished.has_value());
  EXPECT_FALSE(standing.view.has_value());
}

TEST(Standing, IsOverdueFromTheDayAfterTheDueDay) {
  const auto standing = *standing_on(history({Register, Assign}), day("2026-05-31"));
  ASSERT_EQ(standing.due, day("2026-04-01"));
  EXPECT_FALSE(is_overdue(standing, day("2026-04-01")));
  EXPECT_TRUE(is_overdue(standing, day("2026-04-02")));
}

TEST(Standing, ASuspendedOrSolvedProblemIsNotOverdue) {
  const Date late = day("2026-12-31");
  EXPECT_FALSE(is_overdue(*standing_on(history({Register, Assign, Suspend}), late), late));
  EXPECT_FALSE(is_overdue(*standing_on(history({Register, Assign, Work, Finish}), late), late));
}

TEST(History, DaysMayNotGoBack) {
  Problem problem = history({Register, Assign, Work});
  problem.events[2].on = day("2026-03-01");
  const Findings findings = check_history(problem);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].message, "问题 P 第3步：日期 2026-03-01 早于上一步的 2026-03-02");
}

TEST(History, AnExtensionMustBeLaterThanTheOldDueDay) {
  Problem problem = history({Register, Assign, Extend});
  problem.events[2].due = problem.events[1].due;
  const Findings findings = check_history(problem);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].id, "campaign.date");
}

TEST(History, EveryMissingParticularIsReported) {
  Problem problem = history({Register, Assign, Work});
  problem.events[1].to.clear();
  problem.events[1].due.reset();
  problem.events[2].note.clear();
  problem.events[2].degree = dec("1.5");
  std::vector<std::string> messages;
  for (const Error& error : check_history(problem))
    messages.push_back(error.message);
  EXPECT_EQ(messages,
            (std::vector<std::string>{"问题 P 第2步：“交办”缺 to", "问题 P 第2步：“交办”缺 due",
                                      "问题 P 第3步：“办理”缺 note",
                                      "问题 P 第3步：解决程度应在 0 到 1 之间，实为 1.5"}));
}

TEST(History, AnEventIsAddedOnlyWhenTheLifeCycleAllowsIt) {
  const Problem problem = history({Register, Assign});
  const auto worked = with_event(problem, event(Work, "2026-03-05"));
  ASSERT_TRUE(worked.has_value());
  EXPECT_EQ(worked.value().events.size(), 3U);
  const auto closed = with_event(problem, event(Close, "2026-03-05"));
  ASSERT_FALSE(closed.has_value());
  EXPECT_EQ(closed.error().id, "ledger.transition");
}

std::vector<std::string> messages(const Problem& problem) {
  std::vector<std::string> found;
  for (const Error& error : check_history(problem))
    found.push_back(error.message);
  return found;
}
using Messages = std::vector<std::string>;

TEST(Escalation, AProblemGoesUpAndNeverDown) {
  Problem problem = history({Register, Assign, Escalate, Escalate});
  problem.events[3].tier = Tier::Meeting;
  EXPECT_EQ(messages(problem), Messages{});
  EXPECT_EQ(standing_on(problem, day("2026-12-31"))->tier, Tier::Meeting);
  EXPECT_EQ(standing_on(problem, day("2026-03-03"))->tier, Tier::Leader);
  problem.events[3].tier = Tier::Leader;
  EXPECT_EQ(messages(problem),
            Messages{"问题 P 第4步：已经由县级包联领导协调，不能升级到县级包联领导"});
}

TEST(Escalation, MayBringANewDueDay) {
  Problem problem = history({Register, Assign, Escalate});
  EXPECT_EQ(standing_on(problem, day("2026-12-31"))->due, day("2026-04-01"));
  problem.events[2].due = day("2026-06-30");
  EXPECT_EQ(standing_on(problem, day("2026-12-31"))->due, day("2026-06-30"));
}

TEST(Approval, AProblemOfTheUnitIsClosedByTheOfficeAlone) {
  EXPECT_EQ(messages(history({Register, Assign, Work, Finish, FollowUp, Approve, Close})),
            Messages{"问题 P 第6步：不该由县级包联领导审批"});
}

TEST(Approval, EachTierThatAProblemReachedAgreesFromBelow) {
  Problem problem = history(
      {Register, Assign, Escalate, Escalate, Work, Finish, FollowUp, Approve, Approve, Close});
  problem.events[3].tier = Tier::Meeting;
  problem.events[7].by = "县长";
  problem.events[8].by = "总调度会";
  problem.events[8].tier = Tier::Meeting;
  EXPECT_EQ(messages(problem), Messages{});
  Problem unsigned_one = problem;
  unsigned_one.events.erase(unsigned_one.events.begin() + 8);
  EXPECT_EQ(messages(unsigned_one), Messages{"问题 P 第9步：销号尚缺总调度会审批"});
  std::swap(problem.events[7].tier, problem.events[8].tier);
  EXPECT_EQ(messages(problem).front(), "问题 P 第8步：不该由总调度会审批");
}

TEST(Approval, NobodySignsForTwoTiers) {
  Problem problem = history({Register, Assign, Escalate, Work, Finish, FollowUp, Approve, Approve});
  problem.events[2].tier = Tier::Meeting;
  problem.events[7].tier = Tier::Meeting;
  EXPECT_EQ(messages(problem), Messages{"问题 P 第8步：某人已在下一级审批过"});
}

TEST(Approval, IsAskedAnewAfterTheResultWasSentBack) {
  const Problem problem = history({Register, Assign, Escalate, Work, Finish, FollowUp, Approve,
                                   Return, Finish, FollowUp, Close});
  EXPECT_EQ(messages(problem), Messages{"问题 P 第11步：销号尚缺县级包联领导审批"});
}

TEST(Approval, ExtensionsAreNotApprovedByWhoAsksForThem) {
  Problem problem = history({Register, Assign, Extend});
  problem.events[2].due = day("2026-12-01");
  problem.events[2].agreed_by = problem.events[2].by;
  EXPECT_EQ(messages(problem), Messages{"问题 P 第3步：延期不能由申请的某人自己批准"});
  problem.events[2].agreed_by.clear();
  EXPECT_EQ(messages(problem), Messages{"问题 P 第3步：“延期”缺 agreed_by"});
}

TEST(Suspension, NeedsSomebodyOfTheEnterpriseWhoAcceptsIt) {
  Problem problem = history({Register, Assign, Suspend});
  EXPECT_EQ(messages(problem), Messages{});
  problem.events[2].agreed_by.clear();
  EXPECT_EQ(messages(problem), Messages{"问题 P 第3步：“挂账”缺 agreed_by"});
}

}  // namespace
}  // namespace huice::campaign
