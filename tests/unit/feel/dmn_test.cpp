#include "feel/dmn.h"

#include <gtest/gtest.h>

namespace huice::feel::dmn {
namespace {

Environment today() {
  return {.today = *Date::make(2026, 11, 22)};
}

std::string model(const std::string& body) {
  return "<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" name=\"m\" "
         "namespace=\"urn:m\">" +
         body + "</definitions>";
}

const char* const kSize = R"(
  <inputData id="n" name="从业人数"><variable name="从业人数" typeRef="number"/></inputData>
  <decision id="d" name="企业 规模"><variable name="企业 规模" typeRef="string"/>
    <informationRequirement><requiredInput href="#n"/></informationRequirement>
    <decisionTable hitPolicy="FIRST">
      <input><inputExpression><text>从业人数</text></inputExpression></input><output/>
      <rule><inputEntry><text>&gt;= 300</text></inputEntry><outputEntry><text>"中型"</text></outputEntry></rule>
      <rule><inputEntry><text>-</text></inputEntry><outputEntry><text>"小型"</text></outputEntry></rule>
    </decisionTable>
  </decision>
  <decision id="e" name="说明"><variable name="说明"/>
    <informationRequirement><requiredDecision href="#d"/></informationRequirement>
    <literalExpression><text>企业 规模 + "企业"</text></literalExpression>
  </decision>)";

TEST(DmnModel, DecisionsRestOnDecisionsAndInputs) {
  const auto read = Model::read(model(kSize), "m.dmn");
  ASSERT_TRUE(read.has_value()) << read.error().message;
  EXPECT_TRUE(read.value().findings().empty());
  const auto value = read.value().evaluate_decision("说明", {{"从业人数", 320}}, today());
  ASSERT_TRUE(value.has_value());
  EXPECT_EQ(to_text(value.value()), "\"中型企业\"");
}

TEST(DmnModel, InputOfAnotherTypeIsNull) {
  const auto read = Model::read(model(kSize), "m.dmn");
  ASSERT_TRUE(read.has_value());
  Warnings warnings;
  const auto value =
      read.value().evaluate_decision("企业 规模", {{"从业人数", "很多"}}, today(), &warnings);
  ASSERT_TRUE(value.has_value());
  EXPECT_FALSE(warnings.empty());
}

TEST(DmnModel, UnknownDecisionNamesTheNearest) {
  const auto read = Model::read(model(kSize), "m.dmn");
  ASSERT_TRUE(read.has_value());
  const auto value = read.value().evaluate_decision("企业规模", {}, today());
  ASSERT_FALSE(value.has_value());
  EXPECT_EQ(value.error().id, "dmn.unknown-decision");
  EXPECT_EQ(value.error().hint, "是否应为“企业 规模”？");
}

TEST(DmnModel, FaultyExpressionIsAFindingWithItsLine) {
  const auto read = Model::read(model("\n<decision id=\"d\" name=\"d\">\n"
                                      "<literalExpression>\n<text>1 +</text></literalExpression>"
                                      "</decision>"),
                                "m.dmn");
  ASSERT_TRUE(read.has_value());
  ASSERT_EQ(read.value().findings().size(), 1U);
  EXPECT_EQ(read.value().findings()[0].where.line, 4);
}

TEST(DmnModel, DecisionThatNeedsItselfIsNull) {
  const auto read = Model::read(
      model("<decision id=\"a\" name=\"a\"><informationRequirement><requiredDecision href=\"#a\"/>"
            "</informationRequirement><literalExpression><text>a</text></literalExpression>"
            "</decision>"),
      "m.dmn");
  ASSERT_TRUE(read.has_value());
  EXPECT_TRUE(read.value().evaluate_decision("a", {}, today()).value().is_null());
}

TEST(DmnModel, EntitiesAreRefused) {
  const auto read =
      Model::read("<!DOCTYPE d [<!ENTITY a \"aaaa\">]><definitions>&a;</definitions>", "m.dmn");
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().id, "xml.entity");
}

TEST(DmnModel, OtherXmlIsRefused) {
  const auto read = Model::read("<html/>", "m.dmn");
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().id, "dmn.not-a-model");
}

TEST(DmnModel, DeepXmlIsRefused) {
  std::string deep;
  for (int i = 0; i < 400; ++i)
    deep += "<a>";
  EXPECT_EQ(Model::read(deep, "m.dmn").error().id, "xml.too-large");
}

TEST(DmnModel, MissingImportIsNamed) {
  const auto read =
      Model::read(model("<import name=\"x\" namespace=\"urn:x\" "
                        "importType=\"https://www.omg.org/spec/DMN/20230324/MODEL/\"/>"),
                  "m.dmn");
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().id, "dmn.import");
}

}  // namespace
}  // namespace huice::feel::dmn
