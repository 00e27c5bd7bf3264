// The shapes that templates rely on.
#include <gtest/gtest.h>

#include "campaign/assessment.h"
#include "campaign/schedule.h"
#include "notation/json.h"
#include "sample_campaign.h"

namespace huice::campaign {
namespace {

Assessment small_assessment() {
  return assess(SmallCampaign{}.made(), day("2026-11-22")).value();
}

TEST(AssessmentValue, HoldsWhatATargetsSheetShows) {
  const Assessment assessment = small_assessment();
  const GroupScore& group = assessment.groups[1];
  EXPECT_EQ(notation::write_json(assessment_value(assessment, group, group.targets[2]), true),
            R"({
  "标题": "云岭县2026年帮扶行动考核",
  "县": "云岭县",
  "年度": 2026,
  "办公室": "帮扶办",
  "考核日": "2026-11-22",
  "口径": [],
  "组别": "乡镇",
  "对象": "南镇",
  "对象数": 3,
  "名次": 3,
  "总分": 80,
  "完整": true,
  "项目": [
    {
      "序号": 1,
      "名称": "亏损面",
      "权重": 100,
      "得分": 80,
      "说明": "亏损面50%，在3个乡镇中排第3名，100−2×10，计80分",
      "依据": [
        {
          "名称": "企业数",
          "数值": "4家",
          "佐证": [
            "统计局 2026-06-30 填报"
          ]
        },
        {
          "名称": "亏损数",
          "数值": "2家",
          "佐证": [
            "统计局 2026-06-30 填报"
          ]
        },
        {
          "名称": "亏损面",
          "数值": "50%",
          "佐证": [
            "亏损数 / 企业数"
          ]
        }
      ]
    }
  ],
  "并列规则": "总分相同的并列。"
})");
}

TEST(RankingValue, HoldsAllGroupsInTheOrderOfRank) {
  const model::Value value = ranking_value(small_assessment());
  const auto& groups = *value.find("组")->list();
  ASSERT_EQ(groups.size(), 2U);
  EXPECT_EQ(notation::write_json((*groups[0].find("对象")->list())[0]),
            R"({"名次":1,"对象":"甲局","得分":[60,20,4],"总分":84,"完整":true})");
  EXPECT_EQ(notation::write_json((*groups[0].find("项目")->list())[1]),
            R"({"序号":2,"名称":"问题","权重":30})");
}

TEST(CampaignValue, HoldsTheSchemeAsItems) {
  const model::Value value = campaign_value(sample_campaign());
  const auto& groups = *value.find("考核细则")->find("组")->list();
  ASSERT_EQ(groups.size(), 2U);
  EXPECT_EQ(groups[0].find("项目")->list()->size(), 5U);
  EXPECT_EQ(groups[1].find("项目")->list()->size(), 4U);
  EXPECT_EQ(*value.find("企业数")->number(), Decimal(47));
  EXPECT_EQ((*value.find("类型")->list())[1].find("企业")->list()->size(), 11U);
}

}  // namespace
}  // namespace huice::campaign
