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

TEST(Json, WhatIsNoJsonIsRefusedWhereItGoesWrong) {
  using namespace std::string_literals;
  const struct {
    std::string text;
    int column;
    std::string message;
  } cases[] = {
      {"", 1, "没有内容"},
      {"  ", 3, "没有内容"},
      {"{} {}", 4, "写完之后还有别的内容"},
      {"[1]x", 4, "写完之后还有别的内容"},
      {"{甲: 1}", 2, "此处应当是带引号的字段名"},
      {"{'甲': 1}", 2, "此处应当是带引号的字段名"},
      {"{\"甲\": 1,}", 9, "此处应当是带引号的字段名"},
      {"{\"甲\": 1 \"乙\": 2}", 9, "字段后面缺逗号或右花括号"},
      {"[1 2]", 4, "列表的一项后面缺逗号或右方括号"},
      {"[1", 3, "列表的一项后面缺逗号或右方括号"},
      {"[1,]", 4, "此处应当是一个值"},
      {"[NaN]", 2, "此处应当是一个值"},
      {"[True]", 2, "此处应当是一个值"},
      {"[+1]", 2, "此处应当是一个值"},
      {"[.5]", 2, "此处应当是一个值"},
      {"[01]", 3, "列表的一项后面缺逗号或右方括号"},
      {"[1.]", 4, "小数点后面缺数字"},
      {"[1e]", 4, "指数缺数字"},
      {"[/* */]", 2, "此处应当是一个值"},
      {R"(["\q"])", 3, "不认识的反斜杠写法"},
      {R"(["\u12x"])", 3, "\\u 后面应当是四位十六进制数"},
      {R"(["\ud83d"])", 3, "\\u 写的字符只有一半"},
      {R"(["甲\ude00", 1])", 11, "\\u 写的字符只有一半"},
      {R"({"甲\ude00": 1})", 11, "\\u 写的字符只有一半"},
      {"[\"甲]", 5, "引号没有成对"},
      {"[\"甲\n乙\"]", 4, "有换行等控制字符"},
      {"[1]\0"s, 4, "有空字符"},
      {"[\"甲\xff\"]", 4, "文字不是 UTF-8"},
  };
  for (const auto& [text, column, message] : cases) {
    const auto value = read_json(text, "b.json");
    ASSERT_FALSE(value.has_value()) << text;
    EXPECT_EQ(value.error().id, "json.syntax") << text;
    EXPECT_EQ(value.error().where.column, column) << text;
    EXPECT_NE(value.error().message.find(message), std::string::npos)
        << text << value.error().message;
  }
}

TEST(Json, EscapesAndAByteOrderMarkAreRead) {
  const auto value =
      read_json("\xEF\xBB\xBF [\"\\u53bf\\ud83d\\ude00\\/\\b\", \"a\\u0000b\"]", "a");
  ASSERT_TRUE(value.has_value());
  EXPECT_EQ(*(*value.value().list())[0].text(), "县\xF0\x9F\x98\x80/\b");
  EXPECT_EQ(*(*value.value().list())[1].text(), std::string("a\0b", 3));
}

TEST(Json, NumbersBeyondThoseOfDoublesAreRefused) {
  EXPECT_TRUE(read_json("[1e308, -1.7e308, 1e-400]", "a").has_value());
  for (const std::string& number :
       std::vector<std::string>{"1e309", "-1.8e308", "1e99999", "1" + std::string(400, '0')}) {
    const auto value = read_json("[0,\n" + number + "]", "a.json");
    ASSERT_FALSE(value.has_value()) << number;
    EXPECT_EQ(value.error().id, "json.number-range") << number;
    EXPECT_EQ(value.error().where.line, 2) << number;
  }
}

TEST(Json, RefusesDoubledFieldsAndDepth) {
  const auto doubled = read_json("{\"a\":1,\n \"a\":2}", "c");
  EXPECT_EQ(doubled.error().id, "json.duplicate-key");
  EXPECT_EQ(doubled.error().where.line, 2);
  std::string many = "{";
  for (int i = 0; i < 100; ++i)
    many += "\"f" + std::to_string(i) + "\":0,";
  EXPECT_TRUE(read_json(many + "\"g\":0}", "c").has_value());
  EXPECT_EQ(read_json(many + "\"f3\":0}", "c").error().id, "json.duplicate-key");
  EXPECT_EQ(read_json(many + "\"g\":0,\"g\":0}", "c").error().id, "json.duplicate-key");
  const std::string deep = std::string(65, '[') + std::string(65, ']');
  EXPECT_EQ(read_json(deep, "c").error().id, "json.too-deep");
  EXPECT_TRUE(read_json(deep.substr(1, 128), "c").has_value());
}

}  // namespace
}  // namespace huice::notation
