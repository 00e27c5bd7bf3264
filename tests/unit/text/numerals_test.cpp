#include "text/numerals.h"

#include <limits>
#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace huice::text {
namespace {

TEST(Numerals, WritesWholeNumbers) {
  const std::pair<std::int64_t, const char*> cases[] = {
      {0, "零"},
      {2, "二"},
      {10, "十"},
      {12, "十二"},
      {20, "二十"},
      {110, "一百一十"},
      {300, "三百"},
      {1005, "一千零五"},
      {10010, "一万零一十"},
      {107000, "十万七千"},
      {100500, "十万零五百"},
      {20'0000'0001, "二十亿零一"},
      {-3, "负三"},
  };
  for (const auto& [number, text] : cases)
    EXPECT_EQ(to_chinese_numeral(number), text);
}

TEST(Numerals, ReadsBackWhatItWrites) {
  for (std::int64_t n = 0; n < 30'000; ++n)
    ASSERT_EQ(parse_chinese_numeral(to_chinese_numeral(n)), n);
  for (std::int64_t n = 1; n < 1'000'000'000'000'000; n = n * 7 + 3)
    ASSERT_EQ(parse_chinese_numeral(to_chinese_numeral(n)), n) << to_chinese_numeral(n);
  const auto most = std::numeric_limits<std::int64_t>::max();
  EXPECT_EQ(parse_chinese_numeral(to_chinese_numeral(most)), most);
}

TEST(Numerals, ReadsWhatPeopleWrite) {
  EXPECT_EQ(parse_chinese_numeral("二〇二二"), 2022);
  EXPECT_EQ(parse_chinese_numeral("二○○五"), 2005);
  EXPECT_EQ(parse_chinese_numeral("一九九六"), 1996);
  EXPECT_EQ(parse_chinese_numeral("廿三"), 23);
  EXPECT_EQ(parse_chinese_numeral("两万"), 20000);
  EXPECT_EQ(parse_chinese_numeral("壹佰"), 100);
  EXPECT_EQ(parse_chinese_numeral("１２"), 12);
}

TEST(Numerals, RefusesWhatIsNoNumber) {
  EXPECT_TRUE(parse_chinese_numeral("九"));
  for (const char* text : {"", "三百五", "百", "零五百", "十十", "五千六千", "三百零", "万", "亿万",
                           "一二三四五六七八九一二三四五六七八九一", "年", "九年"}) {
    EXPECT_FALSE(parse_chinese_numeral(text)) << text;
  }
  EXPECT_FALSE(parse_chinese_numeral(std::string(100'000, '1')));
}

TEST(CapitalMoney, FollowsTheRulesForBills) {
  const std::pair<std::int64_t, const char*> cases[] = {
      {100'00, "壹佰元整"},
      {325'04, "叁佰贰拾伍元零肆分"},
      {16409'02, "壹万陆仟肆佰零玖元零贰分"},
      {1409'50, "壹仟肆佰零玖元伍角整"},
      {107000'53, "壹拾万柒仟元伍角叁分"},
      {6007'14, "陆仟零柒元壹角肆分"},
      {0, "零元整"},
      {5, "伍分"},
      {50, "伍角整"},
      {10'00, "壹拾元整"},
      {-1'00, "负壹元整"},
  };
  for (const auto& [fen, text] : cases)
    EXPECT_EQ(to_capital_money(Money::from_fen(fen)), text);
}

TEST(Ordinal, IsReadInEveryForm) {
  const std::pair<const char*, Ordinal> cases[] = {
      {"一、总体要求", {OrdinalKind::Han, 1, 6}},
      {"（十二）指导思想", {OrdinalKind::HanBracket, 12, 12}},
      {"(一)聚焦政策", {OrdinalKind::HanBracket, 1, 5}},
      {"3．工作", {OrdinalKind::Digit, 3, 4}},
      {"12.工作", {OrdinalKind::Digit, 12, 3}},
      {"（2）工作", {OrdinalKind::DigitBracket, 2, 7}},
      {"第一章 总则", {OrdinalKind::Chapter, 1, 9}},
      {"第二十三条 本条例", {OrdinalKind::Article, 23, 15}},
  };
  for (const auto& [line, ordinal] : cases)
    EXPECT_EQ(leading_ordinal(line), ordinal) << line;
}

TEST(Ordinal, IsNotSeenInNumbersAndYears) {
  for (const char* line : {"1.5倍", "2022年", "（2019）", "（以下简称", "一是", "第一批", "", "一",
                           "三级公立医院", "2022.5"}) {
    EXPECT_FALSE(leading_ordinal(line)) << line;
  }
}

TEST(Ordinal, IsReadBackAsWritten) {
  for (const auto kind :
       {OrdinalKind::Part, OrdinalKind::Chapter, OrdinalKind::Article, OrdinalKind::Han,
        OrdinalKind::HanBracket, OrdinalKind::Digit, OrdinalKind::DigitBracket}) {
    const std::string text = to_ordinal(kind, 21);
    EXPECT_EQ(leading_ordinal(text + "文"), (Ordinal{kind, 21, text.size()})) << text;
  }
}

}  // namespace
}  // namespace huice::text
