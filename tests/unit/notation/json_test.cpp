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

TEST(Json, WhateverStandsWhereverInATextComesBack) {
  for (const std::string around : {"x", "县", "\x7f"}) {
    for (std::size_t before = 0; before <= 17; ++before) {
      for (int byte = 0; byte < 0x80; ++byte) {
        std::string text;
        for (std::size_t i = 0; i < before; ++i)
          text += around;
        text += static_cast<char>(byte);
        text += around;
        const std::string written = notation::quoted(text);
        const bool marked = byte < 0x20 || byte == '"' || byte == '\\';
        EXPECT_EQ(written.size() > text.size() + 2, marked) << byte << " after " << before;
        EXPECT_EQ(*read_json(written, "a.json").value().text(), text);
      }
    }
  }
  EXPECT_EQ(notation::quoted("\xff"
                             "县"),
            "\"\uFFFD"
            "县\"");
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
