// Decision tables and what is handed in to be tried or proof-read: answered in place, nothing kept,
// nothing that costs more than it may.
#include "base/files.h"
#include "site_fixture.h"

namespace huice::service {
namespace {

class DecisionsTest : public SiteTest {
 protected:
  Answer post(const std::string& session, const std::string& path,
              const model::Value::Record& body) const {
    return ask({.method = "POST",
                .path = "/api/v1" + path,
                .session = session,
                .body = notation::write_json(model::Value(body))});
  }

  Answer check(const std::string& name, const std::string& text) {
    return post(someone({"管理"}), "/policies/check", {{"filename", name}, {"text", text}});
  }

  static std::string source(const std::string& name) {
    return read_file(HUICE_SOURCE_DIR "/" + name).value();
  }

  static std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
  }

  /// A model of so many decisions of one formula each.
  static std::string model(int decisions, const std::string& formula) {
    std::string xml =
        R"(<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" namespace="n" name="m">)";
    for (int i = 0; i < decisions; ++i) {
      const std::string name = "d" + std::to_string(i);
      xml += "<decision id=\"" + name + "\" name=\"" + name + "\"><variable name=\"" + name +
             "\"/><literalExpression><text>" + formula + "</text></literalExpression></decision>";
    }
    return xml + "</definitions>";
  }
};

TEST_F(DecisionsTest, TablesAreToldInChineseAndDecidedWithReasons) {
  const std::string reader = someone({"查看"});
  const auto tables = json(ask({.path = "/api/v1/decisions", .session = reader}));
  std::map<std::string, model::Value> by_id;
  for (const model::Value& table : *tables.find("items")->list())
    by_id[text(table, "id")] = table;
  const model::Value& kinds = by_id.at("struggling-kinds");
  const model::Value& rule = kinds.find("rules")->list()->front();
  EXPECT_EQ(*rule.find("when")->list()->at(2).text(), "低于60%");
  EXPECT_EQ(*rule.find("when")->list()->at(1).text(), "");
  EXPECT_EQ(*rule.find("then")->list()->front().text(), "低效型");
  const model::Value profile = model::Value::Record{{"企业名称", "云岭精工"},
                                                    {"生产状态", "半停产"},
                                                    {"产能利用率", "45%"},
                                                    {"资金周转困难", true},
                                                    {"市场前景", "一般"}};
  const auto decided =
      json(post(reader, "/decide", {{"decision", "struggling-kinds"}, {"profile", profile}}));
  const model::Value& hit = decided.find("results")->list()->front();
  EXPECT_EQ(*hit.find("rule")->number(), Decimal(1));
  EXPECT_FALSE(hit.find("reasons")->list()->empty());
  EXPECT_FALSE(decided.find("open")->list()->front().find("missing")->list()->empty());
  EXPECT_EQ(outcome(post(reader, "/decide", {{"decision", "x"}, {"profile", profile}})),
            "422 decide.unknown-decision");
}

TEST_F(DecisionsTest, AModelOfOnesOwnIsTriedOverFactsAndWhatIsWritten) {
  const std::string clerk = someone({"经办"});
  const auto made =
      json(post(clerk, "/enterprises", {{"企业名称", "云岭精工"}, {"从业人数", 120}}));
  const std::string xml = replaced(model(1, "从业人数 + 补"), "<decision",
                                   "<inputData id=\"i1\" name=\"从业人数\"><variable name="
                                   "\"从业人数\"/></inputData><inputData id=\"i2\" name=\"补\">"
                                   "<variable name=\"补\"/></inputData><decision");
  const std::string wired =
      replaced(xml, "<literalExpression",
               "<informationRequirement><requiredInput href=\"#i1\"/></informationRequirement>"
               "<informationRequirement><requiredInput href=\"#i2\"/></informationRequirement>"
               "<literalExpression");
  model::Value::Record body = {
      {"filename", "a.dmn"}, {"text", wired}, {"enterprise", text(made, "id")}};
  const auto without = json(post(clerk, "/decide/file", body));
  EXPECT_EQ(*without.find("missing"), model::Value(model::Value::List{"补"}));
  body.emplace_back("input", model::Value::Record{{"补", 3}});
  const auto tried = json(post(clerk, "/decide/file", body));
  EXPECT_EQ(text(tried.find("results")->list()->front(), "value"), "123");
}

TEST_F(DecisionsTest, HostileModelsAreRefusedOrCutOff) {
  const std::string clerk = someone({"经办"});
  const auto tried = [&](const std::string& xml) {
    return post(clerk, "/decide/file", {{"filename", "a.dmn"}, {"text", xml}});
  };
  EXPECT_EQ(tried("not xml").status, 422);
  EXPECT_EQ(tried(R"(<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;&b;</a>)").status, 422);
  EXPECT_LT(tried(std::string(100'000, '<')).status, 500);
  std::string deep;
  for (int i = 0; i < 20'000; ++i)
    deep += "<a>";
  EXPECT_LT(tried(deep).status, 500);
  EXPECT_EQ(outcome(tried(model(101, "1"))), "413 decide.too-many");
  const auto loops = json(tried(model(100, "count(for a in 1..1000, b in 1..1000 return a * b)")));
  ASSERT_EQ(loops.find("results")->list()->size(), 100U);
  EXPECT_TRUE(loops.find("results")->list()->front().find("value")->is_null());
  EXPECT_EQ(text(loops.find("notes")->list()->front(), "id"), "feel.limit");
}

TEST_F(DecisionsTest, APolicyIsProofReadInPlaceOfTheOneOfItsIdAndNotKept) {
  const std::string file = source("policies/national/cn-disability-levy-2023.yaml");
  const auto sound = json(check("a.yaml", file));
  EXPECT_TRUE(*sound.find("passed")->truth()) << notation::write_json(sound, true);
  EXPECT_TRUE(*sound.find("known")->truth());
  EXPECT_GT(*sound.find("cases")->number(), Decimal(0));
  const auto faulty = json(check("a.yaml", replaced(file, "kind: 减费", "kind: 减费\nkid: 1")));
  EXPECT_FALSE(*faulty.find("passed")->truth());
  const model::Value& finding = faulty.find("findings")->list()->front();
  EXPECT_EQ(text(finding, "id"), "policy.unknown-key");
  EXPECT_EQ(*finding.find("line")->number(), Decimal(5));
  EXPECT_NE(finding.find("column"), nullptr);
  const auto fresh = json(
      check("a.yaml", replaced(file, "policy: cn-disability-levy-2023", "policy: our-own-2026")));
  EXPECT_FALSE(*fresh.find("known")->truth());
  EXPECT_EQ(ask({.path = "/api/v1/policies/our-own-2026", .session = someone({"查看"})}).status,
            404);
}

TEST_F(DecisionsTest, ADecisionFileIsProofReadWithItsCases) {
  const std::string file = source("policies/decisions/struggling-kinds.yaml");
  EXPECT_TRUE(*json(check("a.yaml", file)).find("passed")->truth());
  const auto faulty = json(check("a.yaml", replaced(file, "'< 0.6'", "'< 0.4'")));
  EXPECT_EQ(text(faulty.find("findings")->list()->front(), "id"), "check.decision");
  EXPECT_EQ(outcome(check("a.txt", file)), "415 decide.format");
}

TEST_F(DecisionsTest, ATextOfEndlessFormulasIsCutOffAsAWhole) {
  std::string table =
      "decision: x\ntitle: x\nsource: {number: x, checked_on: 2026-11-22, confidence: memory}\n"
      "table:\n  hit: R\n  inputs: [从业人数]\n  outputs: [a]\n  rules:\n";
  for (int i = 0; i < 100; ++i) {
    table += "    - ['count(for a in 1..1000, b in 1..1000 return a * b) > " + std::to_string(i) +
             "', '\"a\"']\n";
  }
  table += "tests:\n";
  for (int i = 0; i < 100; ++i) {
    table += "  - {name: t" + std::to_string(i) + ", given: {从业人数: " + std::to_string(i) +
             "}, on: 2026-11-22, expect: []}\n";
  }
  EXPECT_EQ(outcome(check("a.yaml", table)), "413 policy.too-much-work");
  EXPECT_TRUE(*json(check("a.yaml", source("policies/decisions/struggling-kinds.yaml")))
                   .find("passed")
                   ->truth());
}

TEST_F(DecisionsTest, HostileTextsAreFindings) {
  const auto first = [&](const std::string& yaml) {
    const auto answer = check("a.yaml", yaml);
    EXPECT_EQ(outcome(answer), "200") << answer.body.substr(0, 300);
    return text(json(answer).find("findings")->list()->front(), "id");
  };
  EXPECT_EQ(first("a: &x [1]\nb: [*x, *x]\n"), "yaml.alias");
  EXPECT_EQ(first(std::string(5'000, '[')), "yaml.too-deep");
  EXPECT_EQ(first("policy: x\ntitle: " + std::string(500, '9') + "\n").substr(0, 6), "policy");
  EXPECT_EQ(first("valid: {from: 1e999999999}\n").substr(0, 5), "polic");
  EXPECT_EQ(outcome(check("a.yaml", std::string(200'001, 'a'))), "400 service.field");
}

}  // namespace
}  // namespace huice::service
