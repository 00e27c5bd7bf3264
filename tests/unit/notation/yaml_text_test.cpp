// Files that people keep: one value changes, and nothing else does.
#include "notation/yaml_text.h"

#include <gtest/gtest.h>

#include "notation/yaml.h"

namespace huice::notation {
namespace {

using model::Value;

constexpr const char* kFile = R"(# 安排
kinds: [{name: 扭亏, count: 2}]  # 家数
assignments:
  - no: 1
    lead: 甲局          # 牵头
    phone: "0700-1"
    deadline: 2026-12-01
    cooperating: [乙局, 丙局]
    measures:
      - 找订单  # 先
      - 续贷
  # 第二家
  - no: 2
    lead: 乙局
    events:
      - {on: 2026-03-02, by: 李四}  # 登记

notes: 完
)";

YamlText file(std::string text = kFile) {
  return YamlText::read(std::move(text), "a.yaml").value();
}

const Value& field(const YamlText& text, std::size_t row, const char* name) {
  return *text.root().find("assignments")->list()->at(row).find(name);
}

std::string with(const std::string& from, const std::string& to, std::string text = kFile) {
  return text.replace(text.find(from), from.size(), to);
}

TEST(YamlText, AReplacedScalarLeavesCommentsOrderAndQuotesAsTheyWere) {
  YamlText text = file();
  text.replace(field(text, 0, "phone"), "0700-2");
  text.replace(field(text, 0, "lead"), "丙局");
  text.replace(field(text, 0, "deadline"), Date::parse("2026-11-30").value());
  EXPECT_EQ(text.edited(), with("2026-12-01", "2026-11-30",
                                with("\"0700-1\"", "\"0700-2\"", with("甲局", "丙局"))));
}

TEST(YamlText, WhatWouldMeanSomethingElseIsQuoted) {
  for (const char* each : {"", "1.0", "2026-01-01", "true", "a: b", "[x]", "- y", "a #b", "两\n行",
                           "他说\"行\"", "\\", " 空", "\xE2\x80\xA8", "null", "甲，乙", "一、二"}) {
    YamlText text = file();
    text.replace(field(text, 0, "lead"), each);
    const auto again = read_yaml(text.edited(), "a.yaml");
    ASSERT_TRUE(again.has_value()) << each;
    const Value* lead = again.value().find("assignments")->list()->front().find("lead");
    EXPECT_EQ(*lead, Value(each)) << text.edited();
  }
}

TEST(YamlText, ListsKeepTheFormTheyHave) {
  YamlText text = file();
  text.replace(field(text, 0, "cooperating"), Value::List{"丁局"});
  text.replace(field(text, 0, "measures"), Value::List{"找订单", "转贷"});
  EXPECT_EQ(text.edited(), with("续贷", "转贷", with("[乙局, 丙局]", "[丁局]")));
  YamlText longer = file();
  longer.replace(field(longer, 0, "measures"), Value::List{"一", "二", "三"});
  EXPECT_EQ(longer.edited(), with("- 找订单  # 先\n      - 续贷", "- 一\n      - 二\n      - 三"));
}

TEST(YamlText, AListCanBeEmptiedHoweverFarItIsIndented) {
  for (const char* indent : {"", "  "}) {
    YamlText text = file(std::string("a:\n") + indent + "- 一\n" + indent + "- 二\nb: 3\n");
    text.replace(*text.root().find("a"), Value::List{});
    const auto again = read_yaml(text.edited(), "a.yaml");
    ASSERT_TRUE(again.has_value()) << text.edited();
    EXPECT_EQ(*again.value().find("a"), Value(Value::List{})) << text.edited();
    EXPECT_EQ(*again.value().find("b"), Value(3)) << text.edited();
  }
}

TEST(YamlText, AnItemIsAddedBehindTheLastAndItsComment) {
  YamlText text = file();
  const Value item = Value::Record{{"on", Date::parse("2026-03-03").value()}, {"by", "帮扶办"}};
  text.append(field(text, 1, "events"), item);
  text.append(field(text, 1, "events"), item);
  text.append(field(text, 0, "cooperating"), "丁局");
  const std::string line = "\n      - {on: 2026-03-03, by: 帮扶办}";
  EXPECT_EQ(text.edited(), with("丙局]", "丙局, 丁局]", with("# 登记", "# 登记" + line + line)));
}

TEST(YamlText, AFieldIsAddedAtTheEndOfItsRecord) {
  YamlText text = file();
  text.add(text.root().find("assignments")->list()->at(1), "goal", "扭亏");
  text.add(text.root().find("kinds")->list()->front(), "title", "企业");
  EXPECT_EQ(text.edited(),
            with("count: 2}", "count: 2, title: 企业}", with("# 登记", "# 登记\n    goal: 扭亏")));
}

TEST(YamlText, WindowsLinesABomAndAMissingLastNewlineStay) {
  YamlText text = file("\xEF\xBB\xBF名: 旧\r\n列:\r\n- 一");
  text.replace(*text.root().find("名"), "新");
  text.append(*text.root().find("列"), "二");
  EXPECT_EQ(text.edited(), "\xEF\xBB\xBF名: 新\r\n列:\r\n- 一\r\n- 二");
  YamlText folded = file("a: |\n  甲\n  乙\n\nb:\nc: 3\n");
  folded.replace(*folded.root().find("a"), "丙\n丁");
  folded.replace(*folded.root().find("b"), 2);
  EXPECT_EQ(folded.edited(), "a: \"丙\\n丁\"\n\nb: 2\nc: 3\n");
}

}  // namespace
}  // namespace huice::notation
