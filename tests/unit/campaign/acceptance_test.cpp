#include "campaign/acceptance.h"

#include <gtest/gtest.h>

#include "campaign/workdays.h"
#include "notation/yaml.h"
#include "small_campaign.h"

namespace huice::campaign {
namespace {

constexpr const char* kRules = R"(county: 云岭县
source: 办法
counter: 窗口
most_days: 20
items:
  - policy: p
    materials:
      - {name: 申报表, main: true}
      - {name: 执照, days: 5}
      - {name: 报告, days: 20}
)";

AcceptanceRules rules() {
  return read_acceptance_rules(notation::read_yaml(kRules, "list.yaml").value()).value();
}

Acceptance accepted(const std::vector<std::string>& held) {
  return accept(*rules().find("p"), held, day("2026-11-20")).value();  // a Friday
}

TEST(Workdays, SkipWeekends) {
  EXPECT_TRUE(is_weekend(day("2026-11-21")));
  EXPECT_TRUE(is_weekend(day("2026-11-22")));
  EXPECT_FALSE(is_weekend(day("2026-11-23")));
  EXPECT_EQ(after_working_days(day("2026-11-20"), 1), day("2026-11-23"));
  EXPECT_EQ(after_working_days(day("2026-11-20"), 5), day("2026-11-27"));
}

TEST(Acceptance, WithAllPapersNothingIsPromised) {
  const Acceptance all = accepted({"申报表", "执照", "报告"});
  EXPECT_EQ(to_text(all.outcome), "受理");
  EXPECT_EQ(all.complete_by, std::nullopt);
  EXPECT_TRUE(all.missing().empty());
}

TEST(Acceptance, APaperThatMayComeLaterIsPromisedForItsDay) {
  const Acceptance deferred = accepted({"申报表"});
  EXPECT_EQ(to_text(deferred.outcome), "容缺受理");
  EXPECT_EQ(deferred.papers[1].promised, day("2026-11-27"));
  EXPECT_EQ(deferred.complete_by, day("2026-12-18"));
  EXPECT_EQ(deferred.missing(), (std::vector<std::string>{"执照", "报告"}));
}

TEST(Acceptance, WithoutAMainPaperNothingIsAccepted) {
  const Acceptance refused = accepted({"执照"});
  EXPECT_EQ(to_text(refused.outcome), "不予受理");
  EXPECT_EQ(refused.complete_by, std::nullopt);
}

TEST(Acceptance, APaperThatIsNotAskedForIsAMistake) {
  const auto wrong = accept(*rules().find("p"), {"申报书"}, day("2026-11-20"));
  ASSERT_FALSE(wrong.has_value());
  EXPECT_EQ(wrong.error().id, "acceptance.paper");
  EXPECT_EQ(wrong.error().hint, "是否想写“申报表”");
}

TEST(AcceptanceRules, NoPaperTakesLongerThanTheRegulationAllows) {
  const auto refused = read_acceptance_rules(
      notation::read_yaml(replaced(kRules, "days: 20}", "days: 21}"), "list.yaml").value());
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().id, "campaign.range");
}

TEST(AcceptanceRules, NameJustThePapersOfThePolicy) {
  EXPECT_TRUE(check_papers(*rules().find("p"), {"报告", "执照", "申报表"}).has_value());
  const auto differ = check_papers(*rules().find("p"), {"申报表", "执照", "合同"});
  ASSERT_FALSE(differ.has_value());
  EXPECT_EQ(differ.error().message, "清单与政策 p 要求的材料不一致，清单缺 合同，清单多 报告");
}

}  // namespace
}  // namespace huice::campaign
