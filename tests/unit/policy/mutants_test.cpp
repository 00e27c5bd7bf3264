#include "policy/mutants.h"

#include <algorithm>

#include "shipped.h"

namespace huice::policy {
namespace {

const char* const kFacts =
    "facts:\n"
    "  - {name: 人数, type: number, unit: 人, non_negative: true}\n"
    "  - {name: 投资, type: money, unit: 元, non_negative: true}\n";

Library library_of(const std::string& conditions, const std::string& tests,
                   const std::string& more = {}) {
  auto library =
      read_library({"facts.yaml", kFacts},
                   {{"x.yaml",
                     "policy: p\ntitle: 甲\nkind: 补贴\nlevel: 国家\nregions: [\"000000\"]\n"
                     "source: {number: 一号, checked_on: 2026-01-01, confidence: sample}\n"
                     "valid: {from: 2026-01-01}\nknown_from: 2026-01-01\nconditions:\n" +
                         conditions + "tests:\n" + tests + more}});
  EXPECT_TRUE(library.has_value()) << library.error().message;
  return std::move(library).value();
}

bool changes(const std::vector<Mutant>& mutants, const std::string& what) {
  return std::ranges::any_of(
      mutants, [&](const Mutant& each) { return each.change.find(what) != std::string::npos; });
}

TEST(Mutants, ChangeOperatorsLimitsConnectivesAndDays) {
  const Library library = library_of(
      "  - {name: 甲, when: 人数 <= 300 and 投资 >= 2000000}\n"
      "  - {name: 乙, any: [{name: 丙, when: 人数 > 1}, {name: 丁, when: 投资 > 5}]}\n",
      "  - {name: 好, given: {人数: 3, 投资: 3000000}, on: 2026-06-01, expect: {status: "
      "eligible}}\n");
  const auto mutants = make_mutants(library, library.policies().front());
  for (const char* what : {"<= 改为 <", "300 改为 301", "300 改为 299", "2000000 改为 2000000.01",
                           "and 改为 or", "任一改为全部", "生效日2026-01-01改为2025-12-31"}) {
    EXPECT_TRUE(changes(mutants, what)) << what;
  }
}

TEST(Mutants, ACaseOnTheLimitNoticesAndACaseFarFromItDoesNot) {
  const std::string condition = "  - {name: 甲, when: 人数 <= 300}\n";
  const std::string edges =
      "  - {name: 首日, given: {人数: 300}, on: 2026-01-01, expect: {status: eligible}}\n"
      "  - {name: 前一日, given: {人数: 300}, on: 2025-12-31, known_on: 2026-01-01, expect: "
      "{status: not_open}}\n";
  const Library far = library_of(condition, std::string() +
                                                "  - {name: 远, given: {人数: 3}, on: 2026-06-01, "
                                                "expect: {status: eligible}}\n");
  EXPECT_GE(run_mutants(far, far.policies().front()).survivors.size(), 3u);
  const Library close = library_of(
      condition, edges +
                     "  - {name: 外, given: {人数: 301}, on: 2026-06-01, expect: {status: "
                     "ineligible}}\n");
  const MutantReport report = run_mutants(close, close.policies().front());
  EXPECT_EQ(report.made, 5);
  EXPECT_TRUE(report.survivors.empty()) << report.survivors.front().message;
}

TEST(Mutants, WhatIsSaidToBeUnnoticeableIsNoSurvivorButMustBeTrue) {
  const std::string condition =
      "  - {name: 少于三百零一, any: [{name: 甲, when: 人数 <= 300}, {name: 乙, when: 人数 < "
      "301}]}\n";
  const std::string cases =
      "  - {name: 首日, given: {人数: 300}, on: 2026-01-01, expect: {status: eligible}}\n"
      "  - {name: 前一日, given: {人数: 300}, on: 2025-12-31, known_on: 2026-01-01, expect: "
      "{status: not_open}}\n"
      "  - {name: 外, given: {人数: 301}, on: 2026-06-01, expect: {status: ineligible}}\n";
  const std::string said =
      "unnoticeable:\n"
      "  - {of: 甲, changes: [<= 改为 <, 300 改为 299], reason: 人数是整数，乙已包含甲}\n"
      "  - {of: 乙, changes: [301 改为 300], reason: 甲已包含乙}\n";
  const Library library = library_of(condition, cases, said);
  const MutantReport report = run_mutants(library, library.policies().front());
  EXPECT_EQ(report.explained, 3);
  EXPECT_FALSE(std::ranges::any_of(report.survivors, [](const Error& each) {
    return each.message.find("300 改为 299") != std::string::npos;
  }));
  const Library wrong = library_of(
      condition, cases, said + "  - {of: 甲, changes: [300 改为 301, 7 改为 8], reason: 说错了}\n");
  const MutantReport idle = run_mutants(wrong, wrong.policies().front());
  EXPECT_EQ(std::ranges::count(idle.survivors, "check.unnoticeable", &Error::id), 2);
}

}  // namespace
}  // namespace huice::policy
