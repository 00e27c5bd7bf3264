#include "policy/difference.h"

#include <gtest/gtest.h>

#include "policy/calendar.h"
#include "policy/roll.h"
#include "small_library.h"

namespace huice::policy {
namespace {

constexpr const char* kFacts = R"(facts:
  - {name: 人数, type: number, unit: 人, non_negative: true}
)";

std::string paying(const std::string& id, const std::string& rest, const std::string& amount) {
  return policy_file(id,
                     rest + "benefits:\n  - {name: 补助, amount: " + amount + ", nature: 确定}\n");
}

const std::string kTen = "conditions:\n  - {name: 条件, when: 人数 >= 10}\n";
const std::string kWindow = "windows: [{batch: 一批, opens: 2026-07-01, closes: 2026-07-20}]\n";

EnterpriseMatches matches(const Library& library, const std::string& yaml, const char* on) {
  const model::Profile profile = small_profile(library, yaml);
  return {"91430500MA4L0000XY", "甲公司", {}, match(library, profile, on_day(on))};
}

using Kind = Difference::Kind;

std::vector<Kind> kinds(const std::vector<EnterpriseDifferences>& all) {
  std::vector<Kind> found;
  for (const auto& enterprise : all) {
    for (const Difference& each : enterprise.changes)
      found.push_back(each.kind);
  }
  return found;
}

TEST(Differences, BetweenTwoProfilesNewlyEligibleAndLostAreTold) {
  const Library library =
      small_library(kFacts, {paying("a", kTen, "100"),
                             paying("b", "conditions:\n  - {name: 条件, when: 人数 < 10}\n", "7")});
  const std::vector before = {matches(library, "{人数: 9}", "2026-06-01")};
  const std::vector after = {matches(library, "{人数: 10}", "2026-06-01")};
  const auto all = differences(before, after);
  EXPECT_EQ(kinds(all), (std::vector{Kind::Gained, Kind::Lost}));
  EXPECT_EQ(all[0].changes[0].amount_after.low, Money::from_fen(10'000));
  EXPECT_EQ(all[0].changes[0].reason.rfind("此前", 0), 0u);
  EXPECT_NE(all[0].changes[1].reason.find("须低于"), std::string::npos);
}

TEST(Differences, AnAmountThatMovesIsTold) {
  const Library library = small_library(kFacts, {paying("a", kTen, "人数 * 100")});
  const auto all = differences(std::vector{matches(library, "{人数: 10}", "2026-06-01")},
                               std::vector{matches(library, "{人数: 12}", "2026-06-01")});
  ASSERT_EQ(kinds(all), std::vector{Kind::AmountChanged});
  EXPECT_NE(changes_text(all[0]).find("1000元 → 1200元"), std::string::npos)
      << changes_text(all[0]);
}

TEST(Differences, BetweenTwoLibrariesAPolicyComesAndGoes) {
  const Library old_library = small_library(kFacts, {paying("a", kTen, "100")});
  const Library new_library = small_library(kFacts, {paying("b", kTen, "300")});
  const auto all = differences(std::vector{matches(old_library, "{人数: 10}", "2026-06-01")},
                               std::vector{matches(new_library, "{人数: 10}", "2026-06-01")});
  EXPECT_EQ(kinds(all), (std::vector{Kind::Gained, Kind::Lost}));
}

TEST(Differences, WhatOpensOrEndsWithinTheDaysAskedForIsTold) {
  const Library library = small_library(kFacts, {paying("a", kTen + kWindow, "100")});
  const auto on = [&](const char* day) { return std::vector{matches(library, "{人数: 10}", day)}; };
  EXPECT_TRUE(differences(on("2026-05-01"), on("2026-05-31"), 30).empty());
  EXPECT_EQ(kinds(differences(on("2026-05-01"), on("2026-06-01"), 30)), std::vector{Kind::Opening});
  EXPECT_EQ(kinds(differences(on("2026-06-01"), on("2026-07-10"), 10)),
            (std::vector{Kind::Gained, Kind::Closing}));
}

TEST(Differences, AnEnterpriseOfOneSideOnlyIsKeptApart) {
  const Library library = small_library(kFacts, {paying("a", kTen, "100")});
  const auto all = differences({}, std::vector{matches(library, "{人数: 1}", "2026-06-01")});
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].present_only_after, true);
  EXPECT_EQ(kinds(all), std::vector{Kind::Added});
}

TEST(Rolls, ListWhoCanHaveAPolicyWithTheTotal) {
  const Library library = small_library(kFacts, {paying("a", kTen, "人数 * 100")});
  const std::vector all = {
      matches(library, "{人数: 10}", "2026-06-01"), matches(library, "{人数: 12}", "2026-06-01"),
      matches(library, "{人数: 9}", "2026-06-01"), matches(library, "{}", "2026-06-01")};
  const auto found = rolls(all);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].total.low, Money::from_fen(220'000));
  EXPECT_EQ(found[0].entries.at(Status::Eligible).size(), 2u);
  const std::string text = roll_text(found[0]);
  EXPECT_NE(text.find("可享2家，合计2200元"), std::string::npos) << text;
  EXPECT_NE(text.find("缺：人数"), std::string::npos) << text;
}

TEST(Calendar, OpeningsAndEndsOfTheComingYearAreEvents) {
  const Library library = small_library(kFacts, {paying("a", kTen + kWindow, "100")});
  const auto events = events_of(library, matches(library, "{人数: 10}", "2026-06-01"));
  ASSERT_EQ(events.size(), 2u);
  EXPECT_EQ(events[0].uid, "opens-20260701-a-91430500MA4L0000XY@huice");
  EXPECT_EQ(events[0].day, *Date::parse("2026-07-01"));
  EXPECT_EQ(events[1].summary, "【申报截止】政策a　甲公司");
  EXPECT_TRUE(events_of(library, matches(library, "{人数: 1}", "2026-06-01")).empty());
  EXPECT_EQ(
      events_of(library.policies().front(), *Date::parse("2026-06-01"), *Date::parse("2026-06-01"))
          .size(),
      2u);
}

TEST(Calendar, LinesAreFoldedBetweenCharactersAndTextIsEscaped) {
  std::string description = "逗号,分号;反斜\\\n";
  for (int i = 0; i < 60; ++i)
    description += "政策";
  const CalendarEvent event{"u@huice", *Date::parse("2026-12-31"), "标题", description, 7};
  const std::string feed = to_icalendar(std::vector{event}, "日历", *Date::parse("2026-11-22"));
  std::size_t at = 0;
  std::string unfolded;
  while (at < feed.size()) {
    const std::size_t end = feed.find("\r\n", at);
    ASSERT_NE(end, std::string::npos);
    EXPECT_LE(end - at, 75u);
    const std::string line = feed.substr(at, end - at);
    // Every line is whole characters: none begins in the middle of one.
    const auto first = static_cast<unsigned char>(line[line.starts_with(' ') ? 1 : 0]);
    EXPECT_NE(first & 0xC0U, 0x80U) << line;
    unfolded += line.starts_with(' ') ? line.substr(1) : "\n" + line;
    at = end + 2;
  }
  EXPECT_NE(unfolded.find("逗号\\,分号\\;反斜\\\\\\n政策"), std::string::npos) << unfolded;
  EXPECT_NE(unfolded.find("\nDTSTAMP:20261122T000000Z"), std::string::npos);
  EXPECT_NE(unfolded.find("\nDTSTART;VALUE=DATE:20261231\nDTEND;VALUE=DATE:20270101"),
            std::string::npos);
  EXPECT_NE(unfolded.find("\nTRIGGER:-P7D"), std::string::npos);
}

}  // namespace
}  // namespace huice::policy
