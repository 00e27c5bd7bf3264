#include "policy/explain.h"

#include <gtest/gtest.h>

#include "notation/json.h"
#include "shipped.h"

namespace huice::policy {
namespace {

constexpr const char* kToday = "2026-11-22";
const std::string kBigProfit =
    "{从事限制或禁止行业: 否, 应纳税所得额: 310万元, 从业人数: 20, 资产总额: 500万元}";

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(Explain, TellsRequirementActualShortfallClauseAndSource) {
  const std::string text =
      explain_text(match_one("cn-small-low-profit-2023", kBigProfit, as_of(kToday)));
  for (const char* part : {"结论：不可享", "要求：应纳税所得额不超过300万元",
                           "实际：应纳税所得额为310万元，超出10万元", "（第五条）",
                           "应纳税所得额 310万元（企业.yaml 应纳税所得额）",
                           "财政部 税务总局公告2023年第12号（转引"}) {
    EXPECT_TRUE(holds(text, part)) << part << "\n" << text;
  }
}

TEST(Explain, DerivedFactNamesItsRuleAndWhatItRestsOn) {
  const std::string text = explain_text(
      match_one("cn-sme-classification-2011",
                "{行业代码: C1371, 从业人数: 300, 上年度营业收入: 2000万元}", as_of(kToday)));
  EXPECT_TRUE(holds(text, "企业规模 中型（按工信部联企业〔2011〕300号第四条推定）")) << text;
  EXPECT_TRUE(holds(text, "从业人数 300人（企业.yaml 从业人数）")) << text;
}

TEST(Explain, ValueOfAMatchHasExactAmountsAndReasons) {
  const model::Value value = to_value(match_one(
      "cn-small-low-profit-2023",
      "{从事限制或禁止行业: 否, 应纳税所得额: 300万元, 从业人数: 20, 资产总额: 1}", as_of(kToday)));
  EXPECT_EQ(*value.find("status"), model::Value("eligible"));
  const model::Value& benefit = value.find("benefits")->list()->front();
  EXPECT_EQ(*benefit.find("amount")->find("low"), model::Value(600000));
  EXPECT_EQ(*benefit.find("after")->find("low"), model::Value(150000));
  EXPECT_EQ(value.find("conditions")->find("children")->list()->size(), 5u);
}

TEST(Explain, JsonIsThatOfTheValue) {
  model::Profile odd = profile_of(kBigProfit);
  odd.name = "云岭\"精\\工\"\n\xFF厂";  // what JSON must escape or replace
  odd.facts["企业名称"].value = odd.name;
  for (const model::Profile& profile : {odd, model::Profile()}) {
    const auto matches = match_all(shipped(), {&profile, 1}, as_of(kToday));
    EXPECT_EQ(to_json(matches.front()), notation::write_json(to_value(matches.front())));
  }
}

TEST(Explain, WorkbookHasASheetOfEnterprisesOfMatchesAndOfMissingFacts) {
  std::vector<model::Profile> profiles = {profile_of(kBigProfit), model::Profile()};
  const auto matches = match_all(shipped(), profiles, as_of(kToday));
  const auto book = to_workbook(matches, shipped().catalogue_for(2026), as_of(kToday));
  ASSERT_EQ(book.sheets.size(), 3u);
  EXPECT_EQ(book.sheets[0].table.rows.size(), 3u);
  EXPECT_EQ(book.sheets[1].table.rows.size(),
            1 + matches[0].matches.size() + matches[1].matches.size());
  for (const model::Sheet& sheet : book.sheets) {
    for (const auto& row : sheet.table.rows)
      EXPECT_EQ(row.size(), sheet.table.columns.size()) << sheet.name;
  }
}

TEST(Show, ReadsTheRuleBackInChinese) {
  const std::string text =
      show_text(shipped(), *shipped().find("yl-equipment-renewal-2026"), day(kToday), day(kToday));
  for (const char* part : {"技改设备投资额不低于200万元", "技改设备投资额×8%，最高100万元",
                           "2026年9月1日至2026年12月15日", "严重失信为否"}) {
    EXPECT_TRUE(holds(text, part)) << part << "\n" << text;
  }
}

TEST(Show, TellsParametersOfTheDay) {
  const std::string text =
      show_text(shipped(), *shipped().find("cn-stability-refund-2026"), day(kToday), day(kToday));
  EXPECT_TRUE(holds(text, "上年度城镇调查失业率控制目标：5.5%（2025年国务院《政府工作报告》）"))
      << text;
  EXPECT_TRUE(holds(text, "若企业规模为大型，为稳岗返还大型企业比例")) << text;
  EXPECT_TRUE(holds(text, "稳岗返还大型企业比例：30%（人社部发〔2026〕39号）")) << text;
}

}  // namespace
}  // namespace huice::policy
