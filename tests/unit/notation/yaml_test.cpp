#include "notation/yaml.h"

#include <gtest/gtest.h>

namespace huice::notation {
namespace {

TEST(Yaml, ReadsScalarsAsTheCoreSchemaDoes) {
  const auto value = read_yaml("{a: 1.50, b: true, c: ~, d: 2026-05-07, e: \"12\", f: 云岭}", "x");
  ASSERT_TRUE(value.has_value());
  const model::Value& root = value.value();
  EXPECT_EQ(root.find("a")->number()->to_string(), "1.50");
  EXPECT_TRUE(*root.find("b")->truth());
  EXPECT_TRUE(root.find("c")->is_null());
  EXPECT_EQ(root.find("d")->day()->to_chinese(), "2026年5月7日");
  EXPECT_EQ(*root.find("e")->text(), "12");
  EXPECT_EQ(*root.find("f")->text(), "云岭");
}

TEST(Yaml, PlacesCountCodePointsFromOne) {
  const auto value = read_yaml("甲:\n  乙丙: [子, 丑]\n", "a.yaml");
  ASSERT_TRUE(value.has_value());
  const SourceSpan where = value.value().find("甲")->find("乙丙")->list()->at(1).where();
  EXPECT_EQ(where.file, "a.yaml");
  EXPECT_EQ(where.line, 2);
  EXPECT_EQ(where.column, 11);
}

TEST(Yaml, FirstLineShiftsPlacesForFrontMatter) {
  const auto value = read_yaml("a: [1", "t.md", 2);
  ASSERT_FALSE(value.has_value());
  EXPECT_GE(value.error().where.line, 2);
}

TEST(Yaml, BrokenTextIsAnErrorWithItsPlaceAndLine) {
  const auto value = read_yaml("标题: 甲\n主送: \"未完\n", "b.yaml");
  ASSERT_FALSE(value.has_value());
  EXPECT_EQ(value.error().id, "yaml.syntax");
  EXPECT_EQ(value.error().where.file, "b.yaml");
  EXPECT_GT(value.error().where.line, 0);
}

TEST(Yaml, RefusesDoubledFields) {
  const auto value = read_yaml("a: 1\nb: 2\na: 3\n", "c.yaml");
  ASSERT_FALSE(value.has_value());
  EXPECT_EQ(value.error().id, "yaml.duplicate-key");
  EXPECT_EQ(value.error().where.line, 3);
}

TEST(Yaml, RefusesAliasesThatWouldMultiply) {
  const auto value = read_yaml("a: &x [1]\nb: [*x, *x]\n", "d.yaml");
  ASSERT_FALSE(value.has_value());
  EXPECT_EQ(value.error().id, "yaml.alias");
}

TEST(Yaml, RefusesDepthBeyondTheLimit) {
  const std::string deep = std::string(65, '[') + std::string(65, ']');
  const auto value = read_yaml(deep, "e.yaml");
  ASSERT_FALSE(value.has_value());
  EXPECT_EQ(value.error().id, "yaml.too-deep");
  EXPECT_TRUE(read_yaml(std::string(64, '[') + std::string(64, ']'), "e.yaml").has_value());
}

TEST(Yaml, RefusesTextThatIsNotUtf8) {
  const auto value = read_yaml("a: \xC4\xE3", "f.yaml");
  ASSERT_FALSE(value.has_value());
  EXPECT_EQ(value.error().id, "yaml.encoding");
}

TEST(Yaml, AnEmptyTextIsNull) {
  const auto value = read_yaml("", "g.yaml");
  ASSERT_TRUE(value.has_value());
  EXPECT_TRUE(value.value().is_null());
}

}  // namespace
}  // namespace huice::notation
