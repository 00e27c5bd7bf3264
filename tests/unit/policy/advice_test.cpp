// What to ask, where the cliffs are, what to take: worked by hand.
#include "policy/advice.h"

#include <gtest/gtest.h>

#include "policy/amounts.h"
#include "shipped.h"
#include "small_library.h"

namespace huice::policy {
namespace {

constexpr const char* kFacts = R"(facts:
  - {name: 人数, type: number, unit: 人, non_negative: true, origin: 台账}
  - {name: 所得, type: money, unit: 元}
  - {name: 基数, type: money, unit: 元, non_negative: true}
  - {name: 有证, type: boolean}
groups:
  - {name: 技改, rule: 就高不重复, source: {number: 一号, checked_on: 2026-01-01, confidence: sample}}
limits:
  - {name: 年度上限, scope: 企业, amount: 100000, source: {number: 一号, checked_on: 2026-01-01, confidence: sample}}
)";

std::string paying(const std::string& id, const std::string& amount, const std::string& extra = "",
                   const std::string& when = "人数 >= 1") {
  return policy_file(id, extra + "conditions:\n  - {name: 条件, when: " + when +
                             "}\nbenefits:\n  - {name: 补助, amount: " + amount +
                             ", nature: 确定}\n");
}

struct Advised {
  Advised(const Library& library, const std::string& yaml)
      : profile(small_profile(library, yaml)), options(on_day("2026-06-30")) {
    matches = {profile.uscc, profile.name, {}, match(library, profile, options)};
    advice = advise(library, profile, matches, options,
                    {.questions = true, .nearest = true, .portfolio = true, .cliffs = true});
  }
  model::Profile profile;
  MatchOptions options;
  EnterpriseMatches matches;
  Advice advice;
};

TEST(Questions, TheFactThatUnlocksMostComesFirst) {
  const Library library =
      small_library(kFacts, {paying("a", "3000", "", "人数 >= 1"), paying("b", "9000", "", "有证"),
                             paying("c", "1000", "", "人数 >= 1 and 有证")});
  const Advised advised(library, "{}");
  const auto& questions = *advised.advice.questions;
  ASSERT_EQ(questions.size(), 2u);
  // 有证: 9000 and half of 1000; 人数: 3000 and half of 1000.
  EXPECT_EQ(questions[0].fact, "有证");
  EXPECT_EQ(questions[0].stake, Money::from_fen(1'000'000));
  EXPECT_EQ(questions[0].share, Money::from_fen(950'000));
  EXPECT_EQ(questions[1].fact, "人数");
  EXPECT_EQ(questions[1].share, Money::from_fen(350'000));
  EXPECT_EQ(questions[1].origin, "台账");
  ASSERT_EQ(questions[0].waiting.size(), 2u);
  EXPECT_TRUE(questions[0].waiting[0].alone);
  EXPECT_FALSE(questions[0].waiting[1].alone);
}

TEST(Questions, NothingIsAskedWhereTheAnswerCanNoLongerMatter) {
  const Library library = small_library(kFacts, {paying("a", "3000", "", "人数 >= 1 and 有证")});
  EXPECT_TRUE(Advised(library, "{人数: 0}").advice.questions->empty());
}

TEST(Questions, AnAmountThatIsOpenIsAskedForWithTheWidthOfItsInterval) {
  const Library library = small_library(kFacts, {paying("a", "'if 有证 then 5000 else 2000'")});
  const Advised advised(library, "{人数: 3}");
  ASSERT_EQ(advised.advice.questions->size(), 1u);
  const Question& question = advised.advice.questions->front();
  EXPECT_EQ(question.fact, "有证");
  EXPECT_EQ(question.stake, Money::from_fen(300'000));
  EXPECT_FALSE(question.waiting.front().decides);
}

TEST(Portfolio, OfAGroupTheHighestIsTakenAndTheChoiceHasItsPrice) {
  const Library library =
      small_library(kFacts, {paying("a", "3000", "groups: [技改]\n"),
                             paying("b", "5000", "groups: [技改]\n"), paying("c", "200")});
  const Advised advised(library, "{人数: 3}");
  const Portfolio& portfolio = *advised.advice.portfolio;
  EXPECT_EQ(*portfolio.total.low, Money::from_fen(520'000));
  ASSERT_EQ(portfolio.items.size(), 3u);
  EXPECT_FALSE(portfolio.items[0].chosen);
  EXPECT_EQ(portfolio.items[0].price, Money::from_fen(200'000));
  EXPECT_TRUE(portfolio.items[1].chosen);
  EXPECT_EQ(portfolio.items[1].price, Money::from_fen(200'000));
  ASSERT_TRUE(portfolio.runner_up);
  EXPECT_EQ(portfolio.runner_up->less, Money::from_fen(200'000));
  EXPECT_EQ(portfolio.runner_up->taken, (std::vector<std::string>{"a", "c"}));
  EXPECT_NE(portfolio_text(portfolio).find("就高不重复"), std::string::npos);
}

TEST(Portfolio, TwoSmallerOnesBeatTheOneThatExcludesBoth) {
  const Library library = small_library(kFacts, {paying("a", "3000", "excludes: [b, c]\n"),
                                                 paying("b", "2000"), paying("c", "1500")});
  const Advised advised(library, "{人数: 3}");
  EXPECT_EQ(*advised.advice.portfolio->total.low, Money::from_fen(350'000));
}

TEST(Portfolio, WhatOneEnterpriseMayReceiveInAllIsCapped) {
  const Library library =
      small_library(kFacts, {paying("a", "80000", "limits: [年度上限]\n"),
                             paying("b", "50000", "limits: [年度上限]\n"), paying("c", "7")});
  const Advised advised(library, "{人数: 3}");
  const Portfolio& portfolio = *advised.advice.portfolio;
  EXPECT_EQ(*portfolio.total.low, Money::from_fen(10'000'700));
  ASSERT_EQ(portfolio.limits.size(), 1u);
  EXPECT_EQ(portfolio.limits[0].wanted, Money::from_fen(13'000'000));
}

TEST(Portfolio, ATaxPaidLaterIsNoGain) {
  const std::string deferral =
      policy_file("a",
                  "conditions:\n  - {name: 条件, when: 人数 >= 1}\n"
                  "benefits:\n  - {name: 缓缴, amount: 5000, nature: 确定, form: 推迟}\n");
  const Library library = small_library(kFacts, {deferral, paying("b", "100")});
  const Advised advised(library, "{人数: 3}");
  const Portfolio& portfolio = *advised.advice.portfolio;
  EXPECT_EQ(*portfolio.total.low, Money::from_fen(10'000));
  EXPECT_EQ(*portfolio.deferred.low, Money::from_fen(500'000));
}

TEST(Portfolio, WhereTheUpperEndsWouldChooseOtherwiseThatIsTold) {
  const Library library =
      small_library(kFacts, {paying("a", "'if 有证 then 9000 else 1000'", "groups: [技改]\n"),
                             paying("b", "5000", "groups: [技改]\n")});
  const Advised advised(library, "{人数: 3}");
  const Portfolio& portfolio = *advised.advice.portfolio;
  EXPECT_TRUE(portfolio.items[1].chosen);
  ASSERT_TRUE(portfolio.if_high);
  EXPECT_EQ(portfolio.if_high->taken, std::vector<std::string>{"a"});
}

/// At 300万元 the tax is 150,000; one yuan more makes it 750,000.25.
TEST(Cliffs, OneYuanOverTheLimitOfSmallLowProfitCosts600000AndAQuarter) {
  const model::Profile profile = profile_of(
      "{从事限制或禁止行业: false, 应纳税所得额: 2800000, 从业人数: 120, 资产总额: 30000000}");
  const MatchOptions options = as_of("2026-06-30");
  const auto match =
      match_policy(shipped(), *shipped().get("cn-small-low-profit-2023").value(), profile, options);
  ASSERT_TRUE(match);
  const auto found = cliffs(shipped(), profile, *match, options);
  const auto income = std::ranges::find(found, "应纳税所得额", &Cliff::fact);
  ASSERT_NE(income, found.end());
  EXPECT_EQ(income->cost, Money::from_fen(60'000'025));
  EXPECT_EQ(income->limit, "300万元");
  EXPECT_EQ(income->distance, "20万元");
  EXPECT_TRUE(income->near);
  // The 301st person costs the relief at today's income: 2,800,000 × 20 %.
  const auto people = std::ranges::find(found, "从业人数", &Cliff::fact);
  ASSERT_NE(people, found.end());
  EXPECT_EQ(people->cost, Money::from_fen(56'000'000));
  EXPECT_FALSE(people->near);
}

TEST(Cliffs, NoCliffWhereTheBenefitDoesNotEndAtTheLimit) {
  const Library library =
      small_library(kFacts, {paying("a", "'if 人数 > 100 then 2000 else 1000'", "", "人数 >= 10")});
  const Advised advised(library, "{人数: 12}");
  ASSERT_EQ(advised.advice.cliffs->size(), 1u);
  EXPECT_EQ(advised.advice.cliffs->front().limit, "10人");
  EXPECT_EQ(advised.advice.cliffs->front().beyond, "9人");
  EXPECT_EQ(advised.advice.cliffs->front().cost, Money::from_fen(100'000));
}

TEST(Amounts, AnEndThatOneBenefitLacksIsLackingInTheSum) {
  const Amount open{Money::from_fen(5), std::nullopt};
  const Amount exact{Money::from_fen(7), Money::from_fen(7)};
  EXPECT_EQ(plus(open, exact).low, Money::from_fen(12));
  EXPECT_FALSE(plus(open, exact).high);
}

}  // namespace
}  // namespace huice::policy
