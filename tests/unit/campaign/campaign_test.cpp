#include "campaign/campaign.h"

#include <gtest/gtest.h>

#include "base/files.h"
#include "campaign/record_reader.h"
#include "sample_campaign.h"

namespace huice::campaign {
namespace {

using Lines = std::vector<std::string>;

TEST(Campaign, TheSmallOneHasNothingWrong) {
  EXPECT_EQ(SmallCampaign{}.findings(), Lines{});
  EXPECT_EQ(SmallCampaign{}.made().full_name(), "云岭县2026年帮扶行动");
}

TEST(Campaign, AnUnknownKeyIsReportedWithTheNearestKnownOne) {
  SmallCampaign small;
  small.plan = replaced(small.plan, "mechanism:", "mechanisn:");
  EXPECT_EQ(
      small.findings(),
      (Lines{"campaign.yaml:1:1: campaign.missing-key: 专项行动：缺 mechanism（补写 mechanism: …）",
             "campaign.yaml:10:12: campaign.unknown-key: 专项行动：不认识 "
             "mechanisn（是否想写“mechanism”）"}));
}

TEST(Campaign, AMisspeltUnitIsReportedWhereItStands) {
  SmallCampaign small;
  small.assignments = replaced(small.assignments, "lead: 甲局", "lead: 甲句");
  EXPECT_EQ(small.findings(), (Lines{"assignments.yaml:10:11: campaign.unknown-name: "
                                     "第1家企业：没有名为“甲句”的县直责任部门（是否想写“甲局”）"}));
}

TEST(Campaign, FindingsOfAllFilesComeTogetherInTheirOrder) {
  SmallCampaign small;
  small.entries = replaced(small.entries, "target: 甲局, kind: 表扬", "target: 丙局, kind: 表扬");
  small.ledger = replaced(small.ledger, "category: 市场", "category: 市肠");
  small.assignments = replaced(small.assignments, "no: 2", "no: 3");
  EXPECT_EQ(
      small.findings(),
      (Lines{"assignments.yaml:17:9: campaign.count: 第2家企业：no 应是 2（序号从 1 起连续编排）",
             "ledger.yaml:4:15: campaign.unknown-name: "
             "第1个问题：没有名为“市肠”的问题类别（是否想写“市场”）",
             "entries.yaml:3:22: campaign.unknown-name: "
             "第2条记录：没有名为“丙局”的单位或乡镇（园区）（是否想写“甲局”）"}));
}

TEST(Campaign, ACreditCodeWithAWrongCheckDigitIsReported) {
  SmallCampaign small;
  small.assignments = replaced(small.assignments, "4XJ7T\"", "4XJ7U\"");
  ASSERT_EQ(small.findings().size(), 1U);
  EXPECT_EQ(small.findings()[0].substr(0, 37), "assignments.yaml:6:11: campaign.uscc:");
}

TEST(Campaign, ACreditCodeWithoutQuotesIsNoText) {
  SmallCampaign small;
  small.assignments = replaced(small.assignments, "\"91430590MA4LR4XJ7T\"", "914305905229899443");
  ASSERT_EQ(small.findings().size(), 1U);
  EXPECT_EQ(small.findings()[0],
            "assignments.yaml:6:11: campaign.wrong-type: 第1家企业：uscc "
            "应是文本，实为数字（加上英文双引号，使它成为文本）");
}

TEST(Campaign, AnEnterpriseIsAssignedOnce) {
  SmallCampaign small;
  small.assignments = replaced(small.assignments, "二号厂", "一号厂");
  ASSERT_EQ(small.findings().size(), 1U);
  EXPECT_NE(small.findings()[0].find("campaign.duplicate"), std::string::npos);
}

TEST(Campaign, EnterprisesWhoseCodesAreMissingAreNotTakenForOne) {
  SmallCampaign small;
  small.assignments = replaced(small.assignments, "    uscc: \"91430590MA4LR4XJ7T\"\n", "");
  small.assignments = replaced(small.assignments, "    uscc: \"91430590MA4LKJBK8F\"\n", "");
  const Lines findings = small.findings();
  ASSERT_EQ(findings.size(), 2U) << findings.back();
  for (const std::string& finding : findings)
    EXPECT_NE(finding.find("campaign.missing-key"), std::string::npos) << finding;
}

TEST(Campaign, TheNumberOfEnterprisesMustBeThatOfThePlan) {
  SmallCampaign small;
  small.assignments = replaced(small.assignments, "count: 2", "count: 3");
  EXPECT_EQ(small.findings(),
            (Lines{"assignments.yaml:2:3: campaign.count: 包联安排：帮扶类型“扭亏”方案定 3 家，"
                   "实际安排 2 家（补齐企业，或改正 count）"}));
}

TEST(Campaign, AForbiddenStepOfTheLedgerHasItsPlace) {
  SmallCampaign small;
  small.ledger = replaced(small.ledger, "event: 办结", "event: 销号");
  const Lines findings = small.findings();
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0],
            "ledger.yaml:11:9: ledger.transition: 问题 P1 第4步：“办理中”之后不能“销号”"
            "（此处可写：办理、办结、退回、延期、挂账、升级）");
}

TEST(Campaign, AProblemOfAnEnterpriseThatIsNotHelpedIsReported) {
  SmallCampaign small;
  small.ledger = replaced(small.ledger, "enterprise: 一号厂", "enterprise: 三号厂");
  ASSERT_EQ(small.findings().size(), 1U);
  EXPECT_NE(small.findings()[0].find("没有名为“三号厂”的帮扶企业"), std::string::npos);
}

TEST(Campaign, ADayOutsideTheCampaignIsReported) {
  SmallCampaign small;
  small.entries = replaced(small.entries, "on: 2026-06-02", "on: 2025-06-02");
  small.ledger =
      replaced(small.ledger, "on: 2026-03-02, event: 登记", "on: 2026-02-02, event: 登记");
  const Lines findings = small.findings();
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].substr(0, 32), "ledger.yaml:8:9: campaign.date: ");
  EXPECT_EQ(findings[1].substr(0, 34), "entries.yaml:3:40: campaign.date: ");
}

TEST(Campaign, AFigureThatTheSchemeDoesNotAskForIsReported) {
  SmallCampaign small;
  small.entries = replaced(small.entries, "亏损数: 1", "亏损户: 1");
  EXPECT_EQ(small.findings(), (Lines{"entries.yaml:5:74: campaign.unknown-name: figures "
                                     "第1项：没有名为“亏损户”的考核数据（是否想写“亏损数”）"}));
}

TEST(Campaign, AFigureIsReportedOnceADay) {
  SmallCampaign small;
  small.entries = replaced(small.entries, "target: 西镇", "target: 东镇");
  EXPECT_EQ(small.findings().size(), 2U);  // 企业数 and 亏损数
}

TEST(Scheme, WeightsMustAddUpToAHundred) {
  SmallCampaign small;
  small.scheme = replaced(small.scheme, "weight: 60", "weight: 65");
  EXPECT_EQ(small.findings(), (Lines{"scheme.yaml:15:7: scheme.weights: 第1组：各项权重合计 "
                                     "105，应为 100（调整各项 weight）"}));
}

TEST(Scheme, AFormulaMayOnlyUseItsGroupsMeasures) {
  SmallCampaign small;
  small.scheme = replaced(small.scheme, "达标数 >= 牵头数", "达标数 >= 任务数");
  const Lines findings = small.findings();
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].substr(0, 38), "scheme.yaml:19:39: feel.unknown-name: ");
}

TEST(Scheme, BrokenFeelIsReportedWhereItStands) {
  SmallCampaign small;
  small.scheme = replaced(small.scheme, "points: 10 * 程度", "points: 10 * * 程度");
  const Lines findings = small.findings();
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].substr(0, 32), "scheme.yaml:26:27: feel.syntax: ");
}

TEST(Scheme, ARuleMayNotGiveMoreThanItsItemWeighs) {
  SmallCampaign small;
  small.scheme = replaced(small.scheme, "cap: 30", "cap: 31");
  const Lines findings = small.findings();
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_NE(findings[0].find("scheme.rule: A2 第1条规则：最多可得 31 分，超过项目权重 30 分"),
            std::string::npos);
}

TEST(Scheme, AnUnknownStateIsReported) {
  SmallCampaign small;
  small.scheme = replaced(small.scheme, "states: [已销号]", "states: [销号了]");
  EXPECT_EQ(small.findings().size(), 1U);
}

TEST(Campaign, AFileOfTheWrongShapeGivesFindingsAndNoCrash) {
  for (const char* text : {"[]", "null", "3", "a: b", "problems: {}", "problems: [1, [], {}]",
                           "groups: [{items: [{rules: [{}]}], measures: [{}]}]"}) {
    for (std::string SmallCampaign::*file :
         {&SmallCampaign::plan, &SmallCampaign::assignments, &SmallCampaign::ledger,
          &SmallCampaign::scheme, &SmallCampaign::entries}) {
      SmallCampaign small;
      small.*file = text;
      EXPECT_FALSE(small.findings().empty()) << text;
    }
  }
}

TEST(Campaign, AListLongerThanTheLimitIsRefused) {
  SmallCampaign small;
  small.plan = replaced(small.plan, "principles: [精准]", [] {
    std::string list = "principles: [甲";
    for (std::size_t i = 0; i < kMaxListItems; ++i)
      list += ",甲";
    return list + "]";
  }());
  ASSERT_EQ(small.findings().size(), 1U);
  EXPECT_NE(small.findings()[0].find("campaign.too-large"), std::string::npos);
}

TEST(Campaign, AMissingFolderNamesTheFiveFiles) {
  const auto campaign = load_campaign(HUICE_SOURCE_DIR "/samples/no-such-campaign");
  ASSERT_FALSE(campaign.has_value());
  EXPECT_EQ(as_findings(campaign.error()).size(), 5U);
}

TEST(SampleCampaign, LoadsWhole) {
  const Campaign campaign = sample_campaign();
  EXPECT_EQ(campaign.assignments.size(), 47U);
  EXPECT_EQ(campaign.problems.size(), 60U);
  EXPECT_EQ(campaign.offices.size(), 27U);
  EXPECT_EQ(campaign.full_name(), "云岭县2026年工业企业纾困增效专项行动");
}

TEST(SampleCampaign, HelpedEnterprisesAreThoseOfTheSheet) {
  const auto csv = read_file(HUICE_SOURCE_DIR "/samples/enterprises.csv");
  ASSERT_TRUE(csv.has_value());
  for (const Assignment& assignment : sample_campaign().assignments) {
    const std::string row = "\n" + std::to_string(assignment.number) + "," + assignment.enterprise +
                            "," + assignment.uscc + ",430590," + assignment.town + ",";
    EXPECT_NE(csv.value().find(row), std::string::npos) << row;
  }
}

}  // namespace
}  // namespace huice::campaign
