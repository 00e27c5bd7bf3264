#include "policy/decision_sheet.h"

#include "shipped.h"

namespace huice::policy {
namespace {

std::vector<DecisionFile> shipped_decisions() {
  return read_decisions(shipped(), HUICE_SOURCE_DIR "/policies/decisions").value();
}

std::string text_of(const model::Cell& cell) {
  const auto* text = std::get_if<std::string>(&cell.content);
  return text == nullptr ? std::string() : *text;
}

TEST(DecisionSheet, HasARowForEachRuleThatHoldsWithItsMeasuresAndReasons) {
  const std::vector<model::Profile> profiles = {
      profile_of("{企业名称: 甲公司, 生产状态: 半停产, 历史遗留问题数: 5, 市场信誉良好: 否}"),
      profile_of("{企业名称: 乙公司, 创新能力弱: 是}")};
  const auto decided =
      decision_sheet(shipped(), shipped_decisions(), profiles, as_of("2026-11-22"));
  ASSERT_TRUE(decided.has_value());
  const auto& rows = decided->table.rows;
  ASSERT_EQ(rows.size(), 3u);  // and the heading
  EXPECT_EQ(text_of(rows[1][0]), "甲公司");
  EXPECT_EQ(text_of(rows[1][3]), "包袱型");
  EXPECT_NE(text_of(rows[1][4]).find("措施：成立解遗专班"), std::string::npos);
  EXPECT_EQ(text_of(rows[1][5]),
            "生产状态为半停产，符合“正常生产或半停产”；历史遗留问题数为5个，符合“不低于3个”");
  EXPECT_EQ(text_of(rows[2][0]), "乙公司");
  EXPECT_EQ(text_of(rows[2][3]), "专精特新");
  EXPECT_EQ(text_of(rows[2][5]), "创新能力弱为是");
}

TEST(DecisionSheet, IsLeftOutWhereNothingIsCertain) {
  const std::vector<model::Profile> profiles(2);
  EXPECT_FALSE(decision_sheet(shipped(), shipped_decisions(), profiles, as_of("2026-11-22")));
}

}  // namespace
}  // namespace huice::policy
