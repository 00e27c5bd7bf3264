#include "facts/cell_value.h"

#include <string>

#include <gtest/gtest.h>

namespace huice::facts {
namespace {

using model::FactDefinition;
using model::FactType;

std::string shown(const model::Value& value) {
  if (const bool* truth = value.truth()) return *truth ? "true" : "false";
  if (const Decimal* number = value.number()) return number->to_string();
  if (const Date* day = value.day()) return day->to_iso();
  return value.text() == nullptr ? "?" : *value.text();
}

/// The value, or the id of the refusal or note without `sheet.cell.`; "" when there is nothing.
std::string read(Cell cell, const FactDefinition& fact, const ColumnUnit& unit = {}) {
  const Reading reading = read_cell(cell, fact, unit);
  const auto id = [](const Error& error) { return error.id.substr(11); };
  if (reading.refusal) return "!" + id(*reading.refusal);
  if (reading.value) return shown(*reading.value) + (reading.note ? "?" : "");
  if (reading.is_range()) {
    const auto end = [](const auto& each) { return each ? each->to_string() : std::string(); };
    return end(reading.low) + ".." + end(reading.high);
  }
  return reading.note ? "?" + id(*reading.note) : "";
}

std::string read(const std::string& text, const FactDefinition& fact, const ColumnUnit& unit = {}) {
  return read(Cell{.content = text}, fact, unit);
}

FactDefinition fact(FactType type) {
  return {.name = "事实", .type = type};
}

TEST(ReadCell, ReadsNumbersAsPeopleTypeThem) {
  const FactDefinition people{.name = "从业人数", .type = FactType::Number, .unit = "人"};
  EXPECT_EQ(read("102", people), "102");
  EXPECT_EQ(read(" １０２ 人", people), "102");
  EXPECT_EQ(read("1,234.50", people), "1234.5");
  EXPECT_EQ(read("-1,234", people), "-1234");
  EXPECT_EQ(read("−3", people), "-3");
  EXPECT_EQ(read("三百", people), "300");
  EXPECT_EQ(read("2017年", people), "2017");
  EXPECT_EQ(read(Cell{.content = Decimal(7)}, people), "7");
}

TEST(ReadCell, ReadsRangesWithTheUnitOfTheHigherEnd) {
  const FactDefinition people{.name = "从业人数", .type = FactType::Number, .unit = "人"};
  const FactDefinition money{.name = "资产总额", .type = FactType::Money, .non_negative = true};
  const FactDefinition ratio{.name = "裁员率", .type = FactType::Ratio};
  EXPECT_EQ(read("200..300", people), "200..300");
  EXPECT_EQ(read(" 200 .. ３００人", people), "200..300");
  EXPECT_EQ(read("200..", people), "200..");
  EXPECT_EQ(read("..300", people), "..300");
  EXPECT_EQ(read("300..300", people), "300");
  EXPECT_EQ(read("1,200..1,500万元", money), "12000000..15000000");
  EXPECT_EQ(read("900万元..1亿元", money), "9000000..100000000");
  EXPECT_EQ(read("5..8%", ratio), "0.05..0.08");
  EXPECT_EQ(read("2..3", money, {.power = 4}), "20000..30000");
}

TEST(ReadCell, RefusesRangesThatMeanNothing) {
  const FactDefinition people{.name = "从业人数", .type = FactType::Number, .unit = "人"};
  const FactDefinition money{.name = "资产总额", .type = FactType::Money, .non_negative = true};
  for (const char* wrong : {"300..200", "..", "约200..300", "a..b", "1..2..3"}) {
    EXPECT_EQ(read(wrong, people), "!range") << wrong;
  }
  EXPECT_EQ(read("-5..3", money), "!negative");
  EXPECT_EQ(read("5..8%", people), "!number");
  EXPECT_EQ(read("1..2", fact(FactType::Text)), "1..2");
}

TEST(ReadCell, RefusesWhatIsNoExactNumber) {
  const FactDefinition people{.name = "从业人数", .type = FactType::Number, .unit = "人"};
  for (const char* vague : {"约300", "300左右", "200-300", "300余人", "近300", ">300", "300+"}) {
    EXPECT_EQ(read(vague, people), "!approximate") << vague;
  }
  for (const char* wrong : {"二十出头", "abc", "1.2.3", "1e5", "12,34", "1,2345", "--5", ".", "5.",
                            "12元", "(300)", ",123", "1,,234"}) {
    EXPECT_EQ(read(wrong, people), "!number") << wrong;
  }
  EXPECT_EQ(read(Cell{.content = true}, people), "!number");
}

TEST(ReadCell, NeverTakesABlankForZero) {
  EXPECT_EQ(read("", fact(FactType::Money)), "");
  EXPECT_EQ(read(" \n　", fact(FactType::Money)), "");
  EXPECT_EQ(read(Cell{}, fact(FactType::Boolean)), "");
}

TEST(ReadCell, TakesWordsForUnknownAsUnknownWithANote) {
  for (const char* word : {"暂无", "—", "/", "不详", "N/A", "无"}) {
    EXPECT_EQ(read(word, fact(FactType::Money)), "?unknown") << word;
  }
  EXPECT_EQ(read("—", fact(FactType::Boolean)), "?unknown");
  EXPECT_EQ(read("无", fact(FactType::Boolean)), "false");
  EXPECT_EQ(read("无", fact(FactType::Text)), "无");
}

TEST(ReadCell, TurnsAmountsIntoYuanExactly) {
  const FactDefinition money = fact(FactType::Money);
  const ColumnUnit wan{.power = 4};
  EXPECT_EQ(read("1942.63", money, wan), "19426300");
  EXPECT_EQ(read(Cell{.content = *Decimal::parse("10.33")}, money, wan), "103300");
  EXPECT_EQ(read("0.00001", money, wan), "0.1");
  EXPECT_EQ(read("1942.63", money), "1942.63");
  EXPECT_EQ(read("￥1,000.00", money), "1000");
  EXPECT_EQ(read("两万", money), "20000");
}

TEST(ReadCell, LetsTheUnitInTheCellOverruleThatOfTheColumn) {
  const ColumnUnit wan{.power = 4};
  EXPECT_EQ(read("300元", fact(FactType::Money), wan), "300");
  EXPECT_EQ(read("1.5亿元", fact(FactType::Money), wan), "150000000");
}

TEST(ReadCell, RefusesNegativesWhereTheCatalogueDoes) {
  FactDefinition money = fact(FactType::Money);
  EXPECT_EQ(read("-5", money), "-5");
  money.non_negative = true;
  EXPECT_EQ(read("-5", money), "!negative");
  EXPECT_EQ(read("0", money), "0");
}

TEST(ReadCell, ReadsRatios) {
  const FactDefinition ratio = fact(FactType::Ratio);
  EXPECT_EQ(read("3.2%", ratio), "0.032");
  EXPECT_EQ(read("５.８８％", ratio), "0.0588");
  EXPECT_EQ(read("0.032", ratio), "0.032");
  EXPECT_EQ(read("150%", ratio), "1.5");
  EXPECT_EQ(read(Cell{.content = *Decimal::parse("1.2"), .percent = true}, ratio), "1.2");
  EXPECT_EQ(read("3.2", ratio), "!ratio");
  EXPECT_EQ(read("1", ratio), "1");
  EXPECT_EQ(read("3.2", ratio, {.percent = true}), "0.032");
  EXPECT_EQ(read("3.2%", ratio, {.percent = true}), "0.032");
}

TEST(ReadCell, RefusesAPercentageForACount) {
  EXPECT_EQ(read("30%", fact(FactType::Number)), "!number");
}

TEST(ReadCell, ReadsYesAndNo) {
  const FactDefinition truth = fact(FactType::Boolean);
  for (const char* yes : {"是", "√", "有", " 是 ", "Y", "1"}) {
    EXPECT_EQ(read(yes, truth), "true") << yes;
  }
  for (const char* no : {"否", "×", "无", "没有", "No"}) {
    EXPECT_EQ(read(no, truth), "false") << no;
  }
  EXPECT_EQ(read(Cell{.content = Decimal(1)}, truth), "true");
  EXPECT_EQ(read(Cell{.content = false}, truth), "false");
  EXPECT_EQ(read("部分", truth), "!yes-no");
}

TEST(ReadCell, ReadsDays) {
  const FactDefinition day = fact(FactType::Day);
  EXPECT_EQ(read("2015年3月8日", day), "2015-03-08");
  EXPECT_EQ(read("2015.3.8", day), "2015-03-08");
  EXPECT_EQ(read(Cell{.content = *Date::make(2015, 3, 8)}, day), "2015-03-08");
  EXPECT_EQ(read(Cell{.content = Decimal(20150308)}, day), "2015-03-08");
  EXPECT_EQ(read("2019年2月30日", day), "!day");
  EXPECT_EQ(read("2015年3月", day), "!day");
  EXPECT_EQ(read(Cell{.content = Decimal(42071)}, day), "!day");
}

TEST(ReadCell, OffersTheNearestAllowedValue) {
  FactDefinition text = fact(FactType::Text);
  text.values = {"一般纳税人", "小规模纳税人"};
  EXPECT_EQ(read(" 一般纳税人", text), "一般纳税人");
  EXPECT_EQ(read_cell({.content = "一般纳锐人"}, text, {}).refusal->hint, "是否为“一般纳税人”？");
}

TEST(ReadCell, WarnsOfAWrongCheckDigitAndKeepsTheCode) {
  const FactDefinition code{.name = "统一社会信用代码", .type = FactType::Code};
  EXPECT_EQ(read("91430590ma4lr4xj7t ", code), "91430590MA4LR4XJ7T");
  EXPECT_EQ(read("91430590MA4LR4XJ7A", code), "91430590MA4LR4XJ7A?");
  EXPECT_NE(read_cell({.content = "91430590MA4LR4XJ7A"}, code, {}).note->message.find("应为 T"),
            std::string::npos);
  EXPECT_EQ(read("4305901234567", code), "4305901234567?");
}

TEST(ReadCell, RefusesALongCodeThatWasStoredAsANumber) {
  const FactDefinition code{.name = "统一社会信用代码", .type = FactType::Code};
  EXPECT_EQ(read(Cell{.content = Decimal(914305905229899000)}, code), "!digits-lost");
  EXPECT_EQ(read(Cell{.content = Decimal(430590)}, fact(FactType::Code)), "430590");
}

TEST(ReadCell, CompletesIndustryCodes) {
  const FactDefinition code{.name = "行业代码", .type = FactType::Code};
  EXPECT_EQ(read("1371", code), "C1371");
  EXPECT_EQ(read("c1371", code), "C1371");
  EXPECT_EQ(read(Cell{.content = Decimal(6513)}, code), "I6513");
  for (const char* wrong : {"Z3311", "A1371", "9911", "13711", "制造业", "C"}) {
    EXPECT_EQ(read(wrong, code), "!industry") << wrong;
  }
}

TEST(ReadCell, RefusesFailedFormulas) {
  EXPECT_EQ(read(Cell{.content = CellFault{"#DIV/0!"}}, fact(FactType::Text)), "!formula");
  EXPECT_EQ(read(Cell{.content = CellFault{}}, fact(FactType::Money)), "!formula");
}

}  // namespace
}  // namespace huice::facts
