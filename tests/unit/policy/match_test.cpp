#include "policy/match.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "shipped.h"

namespace huice::policy {
namespace {

constexpr const char* kToday = "2026-11-22";

const Match* find(const std::vector<Match>& matches, std::string_view id) {
  const auto found = std::ranges::find(matches, id, &Match::policy);
  return found == matches.end() ? nullptr : &*found;
}

TEST(Match, EmptyProfileIsNeverEligibleNorRefused) {
  for (const Match& each : match(shipped(), model::Profile(), as_of(kToday))) {
    EXPECT_EQ(each.status, Status::Incomplete) << each.policy;
    EXPECT_FALSE(each.missing.empty()) << each.policy;
  }
}

TEST(Match, MissingTextIsNotAFalseOne) {
  // FEEL's own answer to `企业规模 = "大型"` would be false, and the refund 60 %.
  const Match refund = match_one(
      "cn-stability-refund-2026",
      "{失业保险连续缴费月数: 12, 上年度裁员率: 0, 上年度实缴失业保险费: 1000}", as_of(kToday));
  EXPECT_EQ(refund.status, Status::Eligible);
  EXPECT_FALSE(refund.benefits.front().amount.is_exact());
}

TEST(Match, ReliefFromARangeTakesBothLiabilitiesFromTheSameIncome) {
  // 25 % less 5 % of an income of 2 to 2.8 million is 20 % of it; the ends of the one less those
  // of the other would be 360,000 and 600,000.
  const Match relief = match_one(
      "cn-small-low-profit-2023",
      "{从事限制或禁止行业: 否, 应纳税所得额: 2000000..2800000, 从业人数: 100, 资产总额: 1}",
      as_of(kToday));
  ASSERT_EQ(relief.status, Status::Eligible);
  const Amount& amount = relief.benefits.front().amount;
  EXPECT_EQ(amount.low, Money::from_fen(40'000'000));
  EXPECT_EQ(amount.high, Money::from_fen(56'000'000));
  EXPECT_EQ(relief.benefits.front().missing, std::vector<std::string>{"应纳税所得额"});
}

TEST(Match, OnlyFactsThatCanStillDecideAreAskedFor) {
  const Match match = match_one("cn-high-tech-rate", "{高新技术企业: false}", as_of(kToday));
  EXPECT_EQ(match.status, Status::Ineligible);
  EXPECT_TRUE(match.missing.empty());
}

TEST(Match, FactOfTheWrongKindCountsAsMissing) {
  model::Profile profile = profile_of("{从事限制或禁止行业: 否, 应纳税所得额: 1, 资产总额: 1}");
  profile.facts["从业人数"] = {model::Value("约三百"), "台账", std::nullopt};
  const auto match =
      match_policy(shipped(), *shipped().find("cn-small-low-profit-2023"), profile, as_of(kToday));
  EXPECT_EQ(match->status, Status::Incomplete);
  EXPECT_EQ(match->missing, std::vector<std::string>{"从业人数"});
}

TEST(Match, PoliciesOutOfForceAppearOnlyWhenAskedFor) {
  const auto usual = match(shipped(), model::Profile(), as_of(kToday));
  EXPECT_EQ(find(usual, "cn-vat-small-exempt-2023"), nullptr);
  MatchOptions all = as_of(kToday);
  all.all_times = true;
  const auto every = match(shipped(), model::Profile(), all);
  ASSERT_NE(find(every, "cn-vat-small-exempt-2023"), nullptr);
  EXPECT_EQ(find(every, "cn-vat-small-exempt-2023")->status, Status::Expired);
  MatchOptions named = as_of(kToday);
  named.policies = {"cn-vat-small-exempt-2023"};
  EXPECT_EQ(match(shipped(), model::Profile(), named).size(), 1u);
}

TEST(Match, WorldAsKnownBeforeTheNoticeOfJanuary2026) {
  MatchOptions options{.on = day("2026-01-15"), .known_on = day("2026-01-15")};
  const auto then = match(shipped(), model::Profile(), options);
  EXPECT_NE(find(then, "cn-vat-small-exempt-2023"), nullptr);
  EXPECT_EQ(find(then, "cn-vat-small-exempt-2026"), nullptr);
  options.known_on = day(kToday);
  const auto now = match(shipped(), model::Profile(), options);
  EXPECT_EQ(find(now, "cn-vat-small-exempt-2023"), nullptr);
  EXPECT_NE(find(now, "cn-vat-small-exempt-2026"), nullptr);
}

TEST(Match, RegionComesFromTheDefaultWhenTheProfileHasNone) {
  const std::string facts =
      "{行业代码: C3484, 技改项目备案: 是, 技改设备投资额: 300万元, 严重失信: 否}";
  MatchOptions options = as_of(kToday);
  const Match without = match_one("yl-equipment-renewal-2026", facts, options);
  EXPECT_EQ(without.status, Status::Incomplete);
  EXPECT_EQ(without.missing, std::vector<std::string>{"行政区划"});
  options.default_region = "430590";
  EXPECT_EQ(match_one("yl-equipment-renewal-2026", facts, options).status, Status::Eligible);
}

TEST(Match, ExclusiveReliefsWarnEachOther) {
  const auto profile = profile_of(
      "{从事限制或禁止行业: 否, 应纳税所得额: 100万元, 从业人数: 20, 资产总额: 500万元,"
      " 高新技术企业: 是, 高企证书有效期至: 2027-12-31}");
  const auto matches = match(shipped(), profile, as_of(kToday));
  for (const char* id : {"cn-small-low-profit-2023", "cn-high-tech-rate"}) {
    const Match* each = find(matches, id);
    ASSERT_NE(each, nullptr);
    EXPECT_TRUE(std::ranges::any_of(each->warnings, [](const std::string& warning) {
      return warning.find("互斥") != std::string::npos;
    })) << id;
  }
}

TEST(Match, StatedSizeThatTheRuleContradictsIsReported) {
  const Match match = match_one(
      "cn-sme-classification-2011",
      "{行业代码: C1371, 从业人数: 5, 上年度营业收入: 1000000, 企业规模: 中型}", as_of(kToday));
  EXPECT_EQ(match.status, Status::Eligible);
  ASSERT_EQ(match.warnings.size(), 1u);
  EXPECT_NE(match.warnings.front().find("推定为微型"), std::string::npos);
}

TEST(Match, StatedSizeStandsInWhereTheRuleCannotTell) {
  const Match match = match_one("cn-sme-classification-2011", "{企业规模: 小型}", as_of(kToday));
  EXPECT_EQ(match.status, Status::Eligible);
}

TEST(Match, WindowTellsTheDaysLeftAndWarnsInTime) {
  const std::string facts =
      "{行政区划: '430590', 行业代码: C2041, 规模以上: 是, 首次入规年度: 2026, 严重失信: 否}";
  const Match open = match_one("yl-first-scale-award-2026", facts, as_of("2026-11-20"));
  EXPECT_EQ(open.window.kind, WindowState::Kind::Open);
  EXPECT_EQ(open.window.days, 20);
  EXPECT_NE(std::ranges::find(open.warnings, "距申报截止还有20天"), open.warnings.end());
  const Match early = match_one("yl-first-scale-award-2026", facts, as_of("2026-11-19"));
  EXPECT_EQ(std::ranges::find(early.warnings, "距申报截止还有21天"), early.warnings.end());
}

TEST(Match, ManyProfilesKeepTheirOrder) {
  std::vector<model::Profile> profiles(3);
  profiles[0].name = "甲";
  profiles[2].name = "丙";
  const auto all = match_all(shipped(), profiles, as_of(kToday));
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].name, "甲");
  EXPECT_EQ(all[2].name, "丙");
}

TEST(ReadProfile, ReadsWhatClerksWrite) {
  const auto profile = profile_of(
      "{单位名称: 甲公司, 应纳税所得额: 285万元, 上年度裁员率: 3.2%, 是否高企: 是,"
      " 成立时间: '2016-01-23', 行业代码: 3322, 2025年营业收入: 1亿元}");
  const auto value = [&](const char* name) { return profile.facts.at(name).value; };
  EXPECT_EQ(profile.name, "甲公司");
  EXPECT_EQ(value("应纳税所得额"), model::Value(2850000));
  EXPECT_EQ(value("上年度裁员率"), model::Value(Decimal::scaled(32, -3)));
  EXPECT_EQ(value("高新技术企业"), model::Value(true));
  EXPECT_EQ(value("成立日期"), model::Value(day("2016-01-23")));
  EXPECT_EQ(value("行业代码"), model::Value("C3322"));
  EXPECT_EQ(value("上年度营业收入"), model::Value(100000000));
}

TEST(ReadProfile, CollectsEveryFinding) {
  const auto record = notation::read_yaml(
      "从业人: 3\n从业人数: -1\n征收方式: 查帐征收\n成立日期: 2026-02-30\n新招用人员: [{年岁: "
      "3}]\n",
      "a.yaml");
  const auto profile = facts::read_profile(record.value(), shipped().catalogue(), "a.yaml");
  ASSERT_FALSE(profile.has_value());
  std::vector<std::string> ids;
  for (const Error& each : as_findings(profile.error()))
    ids.push_back(each.id);
  EXPECT_EQ(ids, (std::vector<std::string>{"sheet.record.unknown-fact", "sheet.cell.negative",
                                           "sheet.cell.value", "sheet.cell.day",
                                           "sheet.record.unknown-fact"}));
}

}  // namespace
}  // namespace huice::policy
