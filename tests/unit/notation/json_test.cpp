#include "notation/json.h"

#include <gtest/gtest.h>

namespace huice::notation {
namespace {

TEST(Json, NumbersStayExact) {
  const auto value = read_json(R"([0.1, 60000.00, 12345678901234567890])", "a.json");
  ASSERT_TRUE(value.has_value());
  EXPECT_EQ(write_json(value.value()), "[0.1,60000.00,12345678901234567890]");
}

TEST(Json, WritesWhatItReads) {
  const std::string text = R"({"名称":"甲","列":[true,null,{"深":"\"\n"}],"空":{}})";
  const auto value = read_json(text, "a.json");
  ASSERT_TRUE(value.has_value());
  EXPECT_EQ(write_json(value.value()), text);
}

TEST(Json, IndentedTextReadsBackEqual) {
  const auto value = read_json(R"({"a":[1,{"b":2}],"c":[]})", "a.json");
  ASSERT_TRUE(value.has_value());
  const auto again = read_json(write_json(value.value(), true), "b.json");
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again.value(), value.value());
}

TEST(Json, BrokenTextIsAnErrorWithItsPlace) {
  const auto value = read_json("{\"甲\": 1,\n \"乙\" 2}", "b.json");
  ASSERT_FALSE(value.has_value());
  EXPECT_EQ(value.error().id, "json.syntax");
  EXPECT_EQ(value.error().where.line, 2);
  EXPECT_EQ(value.error().where.column, 6);
}

TEST(Json, RefusesDoubledFieldsAndDepth) {
  EXPECT_EQ(read_json(R"({"a":1,"a":2})", "c").error().id, "json.duplicate-key");
  const std::string deep = std::string(65, '[') + std::string(65, ']');
  EXPECT_EQ(read_json(deep, "c").error().id, "json.too-deep");
}

}  // namespace
}  // namespace huice::notation
