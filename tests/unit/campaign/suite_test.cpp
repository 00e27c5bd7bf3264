// Runs the hand-worked cases of tests/suite/campaign against samples/campaign.
#include <gtest/gtest.h>

#include "campaign/assessment.h"
#include "campaign/statistics.h"
#include "notation/yaml.h"
#include "sample_campaign.h"

namespace huice::campaign {
namespace {

model::Value cases(const char* kind) {
  const auto file = notation::read_yaml_file(HUICE_SOURCE_DIR "/tests/suite/campaign/county.yaml");
  if (!file.has_value()) {
    ADD_FAILURE() << file.error().message;
    return model::Value::List{};
  }
  return *file.value().find(kind);
}

void expect_group(const GroupScore& group, const model::Value::List& expected) {
  ASSERT_EQ(group.targets.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const TargetScore& found = group.targets[i];
    SCOPED_TRACE(found.target);
    EXPECT_EQ(found.target, *expected[i].find("target")->text());
    EXPECT_EQ(Decimal(found.rank), *expected[i].find("rank")->number());
    EXPECT_EQ(found.total, *expected[i].find("total")->number());
    EXPECT_EQ(found.total.to_string(), found.total.to_plain());  // no 58.0 in print
    const auto& scores = *expected[i].find("scores")->list();
    ASSERT_EQ(found.items.size(), scores.size());
    for (std::size_t j = 0; j < scores.size(); ++j) {
      EXPECT_EQ(found.items[j].score, *scores[j].number())
          << found.items[j].name << ": " << found.items[j].reason;
    }
  }
}

TEST(Suite, SampleAssessmentsAreAsWorkedByHand) {
  const Campaign campaign = sample_campaign();
  const model::Value list = cases("assessments");
  EXPECT_EQ(list.list()->size(), 2U);
  for (const model::Value& each : *list.list()) {
    SCOPED_TRACE(*each.find("case")->text());
    const auto assessment = assess(campaign, *each.find("on")->day());
    ASSERT_TRUE(assessment.has_value()) << assessment.error().message;
    for (const GroupScore& group : assessment.value().groups) {
      if (group.id == *each.find("group")->text())
        expect_group(group, *each.find("expect")->list());
    }
  }
}

TEST(Suite, SampleStatisticsAreAsWorkedByHand) {
  const Campaign campaign = sample_campaign();
  const model::Value list = cases("statistics");
  EXPECT_GE(list.list()->size(), 1U);
  for (const model::Value& each : *list.list()) {
    SCOPED_TRACE(*each.find("case")->text());
    const auto found = statistics_value(statistics(campaign, *each.find("on")->day()));
    EXPECT_EQ(*found.find("合计"), *each.find("expect"));
  }
}

}  // namespace
}  // namespace huice::campaign
