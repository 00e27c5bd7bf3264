#include "policy/library.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace huice::policy {
namespace {

const char* const kFacts = R"(facts:
  - {name: 应纳税所得额, type: money, unit: 元, aliases: ["{上年}年所得额"]}
  - {name: 从业人数, type: number, unit: 人, non_negative: true}
  - {name: 征收方式, type: text, values: [查账征收, 核定征收]}
  - {name: 上年度裁员率, type: ratio}
  - {name: 高新技术企业, type: boolean}
derived:
  - name: 盈利
    type: boolean
    formula: 应纳税所得额 > 0
    source: {number: 测试, checked_on: 2026-01-01, confidence: sample}
parameters:
  - name: 控制目标
    type: ratio
    series:
      - {from: 2025-01-01, to: 2025-12-31, value: 0.055, known_from: 2025-03-05, source: {number: 甲, checked_on: 2026-01-01, confidence: sample}}
      - {from: 2025-01-01, to: 2025-12-31, value: 0.06, known_from: 2025-07-01, source: {number: 乙, checked_on: 2026-01-01, confidence: sample}}
  - {name: 上年控制目标, type: ratio, previous_year_of: 控制目标}
)";

std::string policy_text(const std::string& when, const std::string& extra = "") {
  return "policy: p\ntitle: 甲\nkind: 补贴\nlevel: 国家\nregions: [\"000000\"]\n"
         "source: {number: 一号, checked_on: 2026-01-01, confidence: sample}\n"
         "valid: {from: 2026-01-01, to: 2026-12-31}\nknown_from: 2026-01-01\n"
         "conditions:\n  - name: 条件\n    when: " +
         when + "\n" + extra;
}

Findings findings_of(const std::vector<std::string>& policies, const char* facts = kFacts) {
  std::vector<LibraryFile> files;
  for (const std::string& text : policies)
    files.push_back({"policies/national/x.yaml", text});
  auto library = read_library({"policies/facts.yaml", facts}, files);
  return library ? Findings() : as_findings(std::move(library).error());
}

Error only_finding(const std::string& policy) {
  const Findings findings = findings_of({policy});
  EXPECT_EQ(findings.size(), 1u);
  return findings.empty() ? Error() : findings.front();
}

TEST(LoadLibrary, MisspeltFactIsNamedWithItsPlaceAndTheRightName) {
  const Error error = only_finding(policy_text("应纳税所得颊 <= 3000000"));
  EXPECT_EQ(error.id, "policy.unknown-fact");
  EXPECT_EQ(error.message, "没有名为“应纳税所得颊”的事实，是否想写“应纳税所得额”？");
  EXPECT_EQ(error.where.file, "policies/national/x.yaml");
  EXPECT_EQ(error.where.line, 11);
  EXPECT_EQ(error.where.column, 11);
  EXPECT_EQ(error.excerpt, "    when: 应纳税所得颊 <= 3000000");
}

TEST(LoadLibrary, PlaceInsideAQuotedExpressionCountsTheQuote) {
  EXPECT_EQ(only_finding(policy_text("'从业人数 <= 3 and 人 > 0'")).where.column, 26);
}

TEST(LoadLibrary, PlaceInsideABlockIsOnTheLineBelow) {
  const Error error = only_finding(policy_text(">-\n      从业人 <= 3"));
  EXPECT_EQ(error.where.line, 12);
  EXPECT_EQ(error.where.column, 7);
}

TEST(LoadLibrary, AllFindingsOfAllFilesAreReported) {
  const Findings findings = findings_of(
      {policy_text("从业人 <= 3", "notess: [一]\n"),
       policy_text("从业人数 <=", "windows: [{opens: 2026-13-01, closes: 2026-01-01}]\n")});
  std::vector<std::string> ids;
  for (const Error& each : findings)
    ids.push_back(each.id);
  for (const char* id : {"policy.unknown-fact", "policy.unknown-key", "feel.syntax", "policy.date",
                         "policy.duplicate-id"}) {
    EXPECT_EQ(std::ranges::count(ids, id), 1) << id;
  }
}

TEST(LoadLibrary, ComparisonsOfTheWrongKindAreRefused) {
  EXPECT_EQ(only_finding(policy_text("从业人数 <= \"300\"")).id, "policy.type");
  EXPECT_EQ(only_finding(policy_text("高新技术企业 = \"是\"")).id, "policy.type");
  EXPECT_EQ(only_finding(policy_text("从业人数")).id, "policy.type");
  EXPECT_EQ(only_finding(policy_text("从业人数 + 1")).id, "policy.type");
}

TEST(LoadLibrary, TextOutsideTheAllowedValuesIsRefusedWithTheNearest) {
  const Error error = only_finding(policy_text("征收方式 = \"查帐征收\""));
  EXPECT_EQ(error.id, "policy.unknown-value");
  EXPECT_NE(error.message.find("查账征收"), std::string::npos);
}

TEST(LoadLibrary, PercentageWrittenAsAWholeNumberIsRefused) {
  EXPECT_EQ(only_finding(policy_text("上年度裁员率 <= 5.5")).id, "policy.ratio");
}

TEST(LoadLibrary, PolicyWithoutASourceIsRefused) {
  std::string text = policy_text("高新技术企业");
  const auto at = text.find("source:");
  text.erase(at, text.find('\n', at) - at + 1);
  EXPECT_EQ(only_finding(text).id, "policy.missing-source");
}

TEST(LoadLibrary, DatesAndRegionsAreChecked) {
  std::string backwards = policy_text("高新技术企业");
  backwards.replace(backwards.find("2026-12-31"), 10, "2025-12-31");
  EXPECT_EQ(only_finding(backwards).id, "policy.date-order");
  std::string region = policy_text("高新技术企业");
  region.replace(region.find("000000"), 6, "430010");
  EXPECT_EQ(only_finding(region).id, "policy.region");
}

TEST(LoadLibrary, ReferenceToNoPolicyIsRefused) {
  EXPECT_EQ(only_finding(policy_text("高新技术企业", "replaces: [q]\n")).id,
            "policy.unknown-policy");
}

TEST(LoadLibrary, ConditionsMayNestSixteenDeepAndNoDeeper) {
  const auto nested = [](int depth) {
    std::string inner = "{name: 末, when: 高新技术企业}";
    for (int i = 1; i < depth; ++i)
      inner = "{name: 层, all: [" + inner + "]}";
    return policy_text("true", "  - " + inner + "\n");
  };
  EXPECT_TRUE(findings_of({nested(kMaxConditionDepth)}).empty());
  EXPECT_EQ(only_finding(nested(kMaxConditionDepth + 1)).id, "policy.too-large");
}

TEST(LoadLibrary, DerivedFactMustNotRestOnItself) {
  const char* const facts = R"(facts:
  - {name: 甲, type: number}
derived:
  - {name: 乙, type: number, formula: 丙 + 甲, source: {number: 一, checked_on: 2026-01-01, confidence: sample}}
  - {name: 丙, type: number, formula: 乙 * 2, source: {number: 一, checked_on: 2026-01-01, confidence: sample}}
)";
  const Findings findings = findings_of({}, facts);
  ASSERT_FALSE(findings.empty());
  EXPECT_EQ(findings.front().id, "policy.cycle");
}

TEST(LoadLibrary, HeaderMayLeadToOneFactOnly) {
  const Findings findings = findings_of({},
                                        "facts:\n  - {name: 甲, type: text}\n"
                                        "  - {name: 乙, type: text, aliases: [甲]}\n");
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings.front().id, "policy.duplicate-name");
}

TEST(LoadLibrary, RubbishIsRefusedAndNeverCrashes) {
  for (const char* text : {"", "[]", "1", "policy: [", "policy: {a: b}", "conditions: 3",
                           "tests: [[[]]]", "valid: 2026-01-01", "\xff\xfe"}) {
    EXPECT_FALSE(findings_of({text}).empty()) << text;
    EXPECT_FALSE(findings_of({}, *text == '\0' ? "1" : text).empty()) << text;
  }
}

Library library_of(const std::string& policy) {
  auto library = read_library({"facts.yaml", kFacts}, {{"x.yaml", policy}});
  EXPECT_TRUE(library.has_value()) << library.error().message;
  return std::move(library).value();
}

Date day(const char* iso) {
  return *Date::parse(iso);
}

TEST(Library, AliasesSpellOutTheYear) {
  const Library library = library_of(policy_text("高新技术企业"));
  EXPECT_EQ(library.catalogue_for(2026).find("2025年所得额")->name, "应纳税所得额");
  EXPECT_EQ(library.catalogue_for(2027).find("2025年所得额"), nullptr);
}

TEST(Library, ParameterHasTheValueKnownThen) {
  const Library library = library_of(policy_text("高新技术企业"));
  const auto value = [&](const char* name, const char* on, const char* known) {
    const ParameterValue* found = library.parameter_on(name, day(on), day(known));
    return found == nullptr ? std::string("none") : found->value.to_plain();
  };
  EXPECT_EQ(value("控制目标", "2025-06-30", "2025-06-30"), "0.055");
  EXPECT_EQ(value("控制目标", "2025-06-30", "2025-07-01"), "0.06");
  EXPECT_EQ(value("控制目标", "2025-06-30", "2025-03-04"), "none");
  EXPECT_EQ(value("上年控制目标", "2026-12-31", "2026-12-31"), "0.06");
  EXPECT_EQ(value("上年控制目标", "2027-01-01", "2027-01-01"), "none");
}

TEST(Library, InForceFollowsWhatWasKnown) {
  std::string text = policy_text("高新技术企业");
  const std::string valid = "valid: {from: 2026-01-01, to: 2026-12-31}";
  text.replace(text.find(valid), valid.size(),
               "valid:\n  - {from: 2026-01-01, to: 2027-12-31}\n"
               "  - {from: 2026-01-01, to: 2026-06-30, known_from: 2026-06-01}");
  const Library library = library_of(text);
  const auto count = [&](const char* on, const char* known) {
    return library.in_force(day(on), day(known)).size();
  };
  EXPECT_EQ(count("2026-07-01", "2026-05-31"), 1u);
  EXPECT_EQ(count("2026-07-01", "2026-06-01"), 0u);
  EXPECT_EQ(count("2026-06-30", "2026-06-01"), 1u);
  EXPECT_EQ(count("2026-06-30", "2025-12-31"), 0u);
}

TEST(Library, UnknownIdSuggestsTheNearest) {
  const auto library = load_library(HUICE_SOURCE_DIR "/policies");
  ASSERT_TRUE(library.has_value()) << library.error().message;
  const auto policy = library.value().get("cn-high-tech-rat");
  ASSERT_FALSE(policy.has_value());
  EXPECT_EQ(policy.error().id, "policy.unknown-policy");
  EXPECT_NE(policy.error().message.find("cn-high-tech-rate"), std::string::npos);
}

TEST(Library, FolderWithoutFactsIsNoLibrary) {
  const auto library = load_library(HUICE_SOURCE_DIR "/src");
  ASSERT_FALSE(library.has_value());
  EXPECT_EQ(library.error().id, "policy.no-library");
}

TEST(LiesIn, CountyLiesInItsProvinceAndInTheCountry) {
  EXPECT_TRUE(lies_in("430590", "000000"));
  EXPECT_TRUE(lies_in("430590", "430000"));
  EXPECT_TRUE(lies_in("430590", "430500"));
  EXPECT_TRUE(lies_in("430590", "430590"));
  EXPECT_FALSE(lies_in("430590", "430600"));
  EXPECT_FALSE(lies_in("430500", "430590"));
}

}  // namespace
}  // namespace huice::policy
