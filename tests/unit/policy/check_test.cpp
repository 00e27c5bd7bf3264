#include "policy/check.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "base/files.h"
#include "shipped.h"

namespace huice::policy {
namespace {

const char* const kFacts =
    "facts:\n"
    "  - {name: 人数, type: number, unit: 人, non_negative: true}\n"
    "  - {name: 规模, type: text}\n";

CheckReport report_of(const std::string& conditions, const std::string& rest) {
  const std::string policy =
      "policy: p\ntitle: 甲\nkind: 补贴\nlevel: 国家\nregions: [\"000000\"]\n"
      "source: {number: 一号, checked_on: 2026-01-01, confidence: sample}\n"
      "valid: {from: 2026-01-01, to: 2026-12-31}\nknown_from: 2026-01-01\n"
      "conditions:\n" +
      conditions + rest;
  auto library = read_library({"facts.yaml", kFacts}, {{"x.yaml", policy}});
  EXPECT_TRUE(library.has_value()) << library.error().message;
  return check(library.value());
}

std::vector<std::string> ids(const CheckReport& report) {
  std::vector<std::string> all;
  for (const CheckFinding& each : report.findings)
    all.push_back(each.error.id);
  return all;
}

TEST(Check, ShippedLibraryPasses) {
  const CheckReport report = check(shipped());
  EXPECT_TRUE(report.passed()) << to_text(report);
  EXPECT_GE(report.policies.size(), 55u);
  EXPECT_GT(report.inline_cases(), 450);
  EXPECT_GT(report.boundary_cases(), 1500);
  for (const PolicyCheck& each : report.policies)
    EXPECT_TRUE(each.has_witness) << each.id;
}

TEST(Check, CaseThatDoesNotComeOutIsAFinding) {
  const CheckReport report =
      report_of("  - {name: 少, when: 人数 <= 300}\n",
                "tests:\n"
                "  - {name: 对, given: {人数: 300}, on: 2026-06-01, expect: {status: eligible}}\n"
                "  - {name: 错, given: {人数: 301}, on: 2026-06-01, expect: {status: eligible}}\n");
  EXPECT_FALSE(report.passed());
  EXPECT_EQ(ids(report), std::vector<std::string>{"check.inline"});
  EXPECT_EQ(report.findings.front().error.where.line, 13);
  EXPECT_EQ(report.policies.front().inline_failed, 1);
}

TEST(Check, WrongAmountIsAFinding) {
  const CheckReport report = report_of(
      "  - {name: 少, when: 人数 <= 300}\n",
      "benefits: [{name: 补助, amount: 人数 * 0.333, nature: 确定}]\n"
      "tests:\n"
      "  - {name: 错, given: {人数: 1}, on: 2026-06-01, expect: {status: eligible, 补助: 0.34}}\n");
  EXPECT_EQ(ids(report), std::vector<std::string>{"check.inline"});
}

TEST(Check, LimitThatHoldsAtOneValueOnlyIsSound) {
  // `= 300` has only the limit 300: above and below it nobody is eligible, which is sound.
  const char* const tests =
      "tests: [{name: 对, given: {人数: 300}, on: 2026-06-01, expect: {status: eligible}}]\n";
  EXPECT_TRUE(report_of("  - {name: 恰, when: 人数 = 300}\n", tests).passed());
}

TEST(Check, NegativeAmountIsFound) {
  const CheckReport report = report_of(
      "  - {name: 少, when: 人数 <= 300}\n",
      "benefits: [{name: 补助, amount: 人数 - 300, nature: 确定}]\n"
      "tests: [{name: 对, given: {人数: 300}, on: 2026-06-01, expect: {status: eligible}}]\n");
  EXPECT_EQ(std::ranges::count(ids(report), "check.negative"), 1);
}

TEST(Check, PolicyWithoutAnEligibleCaseIsOnlyAWarning) {
  const CheckReport report = report_of("  - {name: 少, when: 人数 <= 300}\n", "");
  EXPECT_TRUE(report.passed());
  EXPECT_EQ(ids(report), std::vector<std::string>{"check.no-witness"});
}

TEST(Check, ReportEndsWithTheCounts) {
  const CheckReport report = report_of(
      "  - {name: 少, when: 人数 <= 300}\n",
      "tests: [{name: 对, given: {人数: 300}, on: 2026-06-01, expect: {status: eligible}}]\n");
  const std::string text = to_text(report);
  EXPECT_NE(text.find("共1项政策，自带用例1个，边界用例"), std::string::npos) << text;
  EXPECT_NE(text.find("全部通过"), std::string::npos);
}

}  // namespace
}  // namespace huice::policy
