// What policies do to each other and what time does to their sources.
#include <gtest/gtest.h>

#include "policy/advice.h"
#include "small_library.h"

namespace huice::policy {
namespace {

const std::string kLimitHead =
    ", source: {number: 一号, checked_on: 2026-01-01, confidence: sample}}\n";
const std::string kFacts =
    "facts:\n"
    "  - {name: 人数, type: number, unit: 人, non_negative: true}\n"
    "limits:\n"
    "  - {name: 企业合计, scope: 企业, amount: 人数 * 1000" +
    kLimitHead + "  - {name: 资金池, scope: 资金池, amount: 5000" + kLimitHead;

std::string paying(const std::string& id, const std::string& amount, const std::string& extra) {
  return policy_file(id, extra +
                             "conditions:\n  - {name: 条件, when: 人数 >= 1}\n"
                             "benefits:\n  - {name: 补助, amount: " +
                             amount + ", nature: 确定}\n");
}

Status status_of(const Library& library, const std::string& id, const char* on,
                 const char* known_on) {
  const auto profile = small_profile(library, "{人数: 3}");
  const auto match = match_policy(library, *library.find(id), profile,
                                  {.on = *Date::parse(on), .known_on = *Date::parse(known_on)});
  return match ? match->status : Status::Review;
}

Portfolio portfolio_of(const Library& library, const std::string& facts) {
  const auto profile = small_profile(library, facts);
  const auto options = on_day("2026-06-30");
  const EnterpriseMatches matches = {"", "", {}, match(library, profile, options)};
  return *advise(library, profile, matches, options, {.portfolio = true}).portfolio;
}

TEST(SharedLimits, TheAmountMayDependOnTheEnterprise) {
  const Library library =
      small_library(kFacts, {paying("a", "4000", "limits: [企业合计]\n"),
                             paying("b", "3000", "limits: [企业合计]\n"), paying("c", "50", "")});
  EXPECT_EQ(*portfolio_of(library, "{人数: 5}").total.low, Money::from_fen(505'000));
  EXPECT_EQ(*portfolio_of(library, "{人数: 7}").total.low, Money::from_fen(705'000));
  EXPECT_EQ(*portfolio_of(library, "{人数: 9}").total.low, Money::from_fen(705'000));
}

TEST(SharedLimits, APolicyMayFallUnderTwoAndTheNarrowerCounts) {
  const Library library =
      small_library(kFacts + "  - {name: 小合计, scope: 企业, amount: 1000" + kLimitHead,
                    {paying("a", "4000", "limits: [企业合计, 小合计]\n"),
                     paying("b", "3000", "limits: [企业合计]\n")});
  EXPECT_EQ(*portfolio_of(library, "{人数: 3}").total.low, Money::from_fen(300'000));
  EXPECT_EQ(*portfolio_of(library, "{人数: 30}").total.low, Money::from_fen(400'000));
}

TEST(SharedLimits, APoolOfAllEnterprisesDoesNotCapOne) {
  const Library library = small_library(kFacts, {paying("a", "4000", "limits: [资金池]\n"),
                                                 paying("b", "3000", "limits: [资金池]\n")});
  EXPECT_EQ(*portfolio_of(library, "{人数: 3}").total.low, Money::from_fen(700'000));
}

TEST(Ties, AnUnregisteredGroupOrLimitIsNamedWithTheNearest) {
  const auto library = read_library(
      {"policies/facts.yaml", kFacts},
      {{"policies/national/p.yaml", paying("a", "1", "limits: [企业合记]\ngroups: [没有这组]\n")}});
  ASSERT_FALSE(library.has_value());
  const Findings findings = as_findings(library.error());
  EXPECT_EQ(std::ranges::count(findings, "policy.unknown-tie", &Error::id), 2);
  EXPECT_TRUE(std::ranges::any_of(findings, [](const Error& each) {
    return (each.message + each.hint).find("企业合计") != std::string::npos;
  }));
}

std::string relating(const std::string& relation) {
  std::string file = paying("new", "1", "relations:\n  - " + relation + "\n");
  const std::string first_day = "valid: {from: 2026-01-01";
  file.replace(file.find(first_day), first_day.size(), "valid: {from: 2027-01-01");
  const std::string known = "known_from: 2026-01-01";
  return file.replace(file.find(known), known.size(), "known_from: 2026-09-01");
}

TEST(Relations, AnExtensionHoldsUntilItsLastDayOnceItIsKnown) {
  const Library library = small_library(
      kFacts, {paying("old", "1", ""),
               relating("{kind: 延续, policy: old, to: 2030-06-30, clause: 第三条}")});
  EXPECT_EQ(status_of(library, "old", "2030-01-01", "2026-08-31"), Status::Expired);
  EXPECT_EQ(status_of(library, "old", "2030-01-01", "2026-09-01"), Status::Eligible);
  EXPECT_EQ(status_of(library, "old", "2030-06-30", "2026-09-01"), Status::Eligible);
  EXPECT_EQ(status_of(library, "old", "2030-07-01", "2026-09-01"), Status::Expired);
}

TEST(Relations, ATransitionLetsTheOldRunBesideTheNew) {
  const Library library = small_library(
      kFacts, {paying("old", "1", ""), relating("{kind: 过渡, policy: old, to: 2027-03-31}")});
  EXPECT_EQ(status_of(library, "old", "2027-03-31", "2026-09-01"), Status::Eligible);
  EXPECT_EQ(status_of(library, "new", "2027-03-31", "2026-09-01"), Status::Eligible);
  EXPECT_EQ(status_of(library, "old", "2027-04-01", "2026-09-01"), Status::Expired);
  EXPECT_EQ(status_of(library, "old", "2027-04-01", "2026-08-31"), Status::Eligible);
}

TEST(Relations, AReplacementEndsTheOldTheDayBeforeTheNewBegins) {
  const Library library =
      small_library(kFacts, {paying("old", "1", ""), relating("{kind: 替代, policy: old}")});
  EXPECT_EQ(status_of(library, "old", "2026-12-31", "2026-09-01"), Status::Eligible);
  EXPECT_EQ(status_of(library, "old", "2027-01-01", "2026-09-01"), Status::Expired);
  EXPECT_EQ(status_of(library, "old", "2027-01-01", "2026-08-31"), Status::Eligible);
}

TEST(Relations, OnlyWhatRunsOnHasALastDay) {
  for (const char* wrong :
       {"{kind: 延续, policy: old}", "{kind: 废止, policy: old, to: 2027-01-01}"}) {
    const auto library = read_library({"policies/facts.yaml", kFacts},
                                      {{"policies/national/a.yaml", paying("old", "1", "")},
                                       {"policies/national/b.yaml", relating(wrong)}});
    ASSERT_FALSE(library.has_value()) << wrong;
    EXPECT_EQ(library.error().id, "policy.shape") << wrong;
  }
}

TEST(Sources, AYesOnASourceNobodyLookedAtForLongIsForAPersonToConfirm) {
  const Library library = small_library(kFacts, {paying("a", "1", "")});
  // Checked on 2026-01-01, good for 540 days: until 2027-06-25.
  EXPECT_EQ(status_of(library, "a", "2027-06-25", "2027-06-25"), Status::Eligible);
  EXPECT_EQ(status_of(library, "a", "2027-06-26", "2027-06-26"), Status::Review);
  EXPECT_EQ(status_of(library, "a", "2027-06-26", "2027-06-25"), Status::Eligible);
  const auto nobody = small_profile(library, "{人数: 0}");
  const auto no = match_policy(library, *library.find("a"), nobody, on_day("2028-01-01"));
  ASSERT_TRUE(no);
  EXPECT_EQ(no->status, Status::Ineligible);
  EXPECT_TRUE(std::ranges::any_of(no->warnings, [](const std::string& each) {
    return each.find("540天") != std::string::npos;
  }));
}

TEST(Sources, TheShelfLifeMayBeWrittenInThePolicy) {
  std::string file = paying("a", "1", "");
  const std::string sample = "confidence: sample";
  file.replace(file.find(sample), sample.size(), "confidence: sample, shelf_days: 10");
  const Library library = small_library(kFacts, {file});
  EXPECT_EQ(status_of(library, "a", "2026-01-11", "2026-01-11"), Status::Eligible);
  EXPECT_EQ(status_of(library, "a", "2026-01-12", "2026-01-12"), Status::Review);
}

}  // namespace
}  // namespace huice::policy
