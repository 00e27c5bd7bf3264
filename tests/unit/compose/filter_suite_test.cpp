// The cases of tests/suite/compose/filters.yaml.
#include <string>

#include <gtest/gtest.h>

#include "drawing.h"

namespace huice::compose {
namespace {

TEST(FilterSuite, EveryExpressionPrintsOrIsRefusedAsItsCaseSays) {
  const auto suite = notation::read_yaml_file(HUICE_SOURCE_DIR "/tests/suite/compose/filters.yaml");
  ASSERT_TRUE(suite.has_value()) << suite.error().message;
  const std::string& data = *suite.value().find("data")->text();
  const auto& cases = *suite.value().find("cases")->list();
  EXPECT_GE(cases.size(), 50U);
  for (const model::Value& each : cases) {
    const std::string& expression = *each.find("expression")->text();
    const std::string text = filled("{{ " + expression + " }}", data);
    if (const model::Value* refused = each.find("refused")) {
      EXPECT_TRUE(text.starts_with(*refused->text())) << expression << " gives " << text;
    } else {
      EXPECT_EQ(text, *each.find("gives")->text()) << expression;
    }
  }
}

}  // namespace
}  // namespace huice::compose
