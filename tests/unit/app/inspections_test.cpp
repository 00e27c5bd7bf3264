// Inspection plans as units write them.
#include "app/inspections.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/files.h"

namespace huice::app {
namespace {

Result<std::vector<campaign::Inspection>> read(const std::string& csv) {
  const auto file = std::filesystem::temp_directory_path() /
                    ("huice_plan_" + std::to_string(::getpid()) + ".csv");
  EXPECT_TRUE(write_file(file, csv));
  auto plan = read_inspections(file);
  std::filesystem::remove(file);
  return plan;
}

TEST(InspectionPlan, IsReadUnderOtherNamesBelowATitleAndAboveANote) {
  const auto plan = read(
      "2026年检查计划,,,,\n部门,企业,检查内容,检查日期,例外\n"
      "县局,一号厂,安全生产,2026年6月3日,/\n注：按月报送,,,,\n");
  ASSERT_TRUE(plan.has_value()) << plan.error().message;
  ASSERT_EQ(plan.value().size(), 1U);
  EXPECT_EQ(plan.value()[0].unit, "县局");
  EXPECT_EQ(plan.value()[0].on.to_iso(), "2026-06-03");
  EXPECT_EQ(plan.value()[0].exception, "");
}

TEST(InspectionPlan, EveryCellThatCannotBeReadIsSaid) {
  const auto plan = read(
      "检查单位,企业名称,检查事项,计划日期\n,一号厂,安全生产,2026-06-03\n"
      "县局,二号厂,,六月上旬\n");
  ASSERT_FALSE(plan.has_value());
  const auto findings = as_findings(plan.error());
  ASSERT_EQ(findings.size(), 3U);
  EXPECT_EQ(findings[0].message, "没有填检查单位");
  EXPECT_EQ(findings[1].message, "没有填检查事项");
  EXPECT_EQ(findings[2].message, "计划日期“六月上旬”不是某一天");
  EXPECT_EQ(findings[2].where.line, 3);
}

TEST(InspectionPlan, ASheetOfSomethingElseIsRefused) {
  const auto plan = read("企业名称,从业人数\n一号厂,12\n");
  ASSERT_FALSE(plan.has_value());
  EXPECT_EQ(plan.error().id, "inspection.heading");
}

}  // namespace
}  // namespace huice::app
