// The binary against answers worked by hand, and the policy files against their JSON Schemas.
#include <map>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "command.h"
#include "notation/json.h"
#include "notation/yaml.h"

namespace huice::e2e {
namespace {

using model::Value;

std::string text_of(const Value& record, const char* key) {
  const Value* value = record.find(key);
  return value == nullptr || value->text() == nullptr ? std::string() : *value->text();
}

bool pays(const Value& match, const Decimal& wanted) {
  for (const Value& benefit : *match.find("benefits")->list()) {
    const Value* amount = benefit.find("amount");
    const Value* low = amount == nullptr ? nullptr : amount->find("low");
    const Value* high = amount == nullptr ? nullptr : amount->find("high");
    // A ceiling is checked by its upper end.
    for (const Value* end : {low, high}) {
      if (end != nullptr && end->number() != nullptr && *end->number() == wanted) return true;
    }
  }
  return false;
}

TEST(Worked, TheSampleCountyGetsTheAnswersAPersonGets) {
  const auto cases = notation::read_yaml_file(HUICE_SOURCE_DIR "/tests/suite/county/worked.yaml");
  ASSERT_TRUE(cases.has_value());
  ASSERT_GE(cases.value().list()->size(), 25u);
  std::set<std::string> policies;
  for (const Value& each : *cases.value().list())
    policies.insert(text_of(each, "policy"));
  const Scratch scratch;
  const auto out = (scratch / "match.jsonl").string();
  std::string command = "match samples/enterprises.csv --on 2026-11-22 --out '" + out + "'";
  for (const std::string& policy : policies)
    command += " --policy " + policy;
  const auto matched = huice(command);
  ASSERT_EQ(matched.status, 0) << matched.err;
  std::map<std::string, Value> enterprises;
  std::istringstream lines(file_text(out));
  for (std::string line; std::getline(lines, line);) {
    const auto value = notation::read_json(line, "match.jsonl");
    ASSERT_TRUE(value.has_value());
    enterprises.emplace(text_of(value.value(), "name"), value.value());
  }
  for (const Value& each : *cases.value().list()) {
    SCOPED_TRACE(text_of(each, "enterprise") + " " + text_of(each, "policy") + "：" +
                 text_of(each, "why"));
    const auto found = enterprises.find(text_of(each, "enterprise"));
    ASSERT_NE(found, enterprises.end());
    bool seen = false;
    for (const Value& match : *found->second.find("matches")->list()) {
      if (text_of(match, "policy") != text_of(each, "policy")) continue;
      seen = true;
      EXPECT_EQ(text_of(match, "status"), text_of(each, "status"));
      const Value* amount = each.find("amount");
      if (amount != nullptr) {
        EXPECT_TRUE(pays(match, *amount->number())) << notation::write_json(match);
      }
    }
    EXPECT_TRUE(seen);
  }
}

TEST(Schemas, EveryPolicyDecisionAndTheCatalogueConform) {
  const auto checked = shell("python3 tests/e2e/validate_policies.py");
  EXPECT_EQ(checked.status, 0) << checked.out << checked.err;
}

TEST(Decide, SortsAnEnterpriseAndTellsWhy) {
  const Scratch scratch;
  const auto input = (scratch / "a.json").string();
  shell(
      "printf '{\"生产状态\": \"半停产\", \"产能利用率\": 0.45, \"资金周转困难\": true, "
      "\"市场前景\": \"一般\", \"历史遗留问题数\": 0}' > '" +
      input + "'");
  const auto decided =
      huice("decide policies/decisions/struggling-kinds.yaml --input '" + input + "'");
  ASSERT_EQ(decided.status, 0) << decided.err;
  for (const char* expected :
       {"类型：低效型", "产能利用率为45%，符合“低于60%”", "待定：贫血型，缺："}) {
    EXPECT_NE(decided.out.find(expected), std::string::npos) << expected << decided.out;
  }
}

TEST(Decide, KnowsTheRulesOfNamedTimeZones) {
  const Scratch scratch;
  const auto model = (scratch / "zone.dmn").string();
  shell(
      "echo '<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" name=\"时区\" "
      "namespace=\"huice:zone\"><decision name=\"时差\"><variable name=\"时差\"/>"
      "<literalExpression><text>string((@\"2026-07-01T12:00:00@Europe/Paris\").time offset)"
      "</text></literalExpression></decision></definitions>' > '" +
      model + "'; echo '{}' > '" + (scratch / "a.json").string() + "'");
  const auto decided =
      huice("decide '" + model + "' --input '" + (scratch / "a.json").string() + "' --json");
  EXPECT_EQ(decided.out, "{\n  \"时差\": \"PT2H\"\n}\n") << decided.err;
}

TEST(Decide, EvaluatesADmnModelAndImportsItsTable) {
  const Scratch scratch;
  const auto input = (scratch / "a.json").string();
  const auto out = (scratch / "size.yaml").string();
  shell("echo '{\"从业人数\": 1200}' > '" + input + "'");
  const auto decided =
      huice("decide tests/fuzz/corpus/dmn/table.dmn --json --input '" + input + "'");
  ASSERT_EQ(decided.status, 0) << decided.err;
  EXPECT_NE(decided.out.find("\"规模\": \"大型\""), std::string::npos) << decided.out;
  EXPECT_EQ(huice("decide tests/fuzz/corpus/dmn/table.dmn --decision 规摸 --input '" + input + "'")
                .status,
            1);
  const auto imported = huice("policy import tests/fuzz/corpus/dmn/table.dmn --out '" + out + "'");
  ASSERT_EQ(imported.status, 0) << imported.err;
  const auto again = huice("decide '" + out + "' --input '" + input + "'");
  EXPECT_EQ(again.status, 0) << again.err << file_text(out);
  EXPECT_NE(again.out.find("大型"), std::string::npos) << again.out;
}

}  // namespace
}  // namespace huice::e2e
