#include "text/numbers.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "text/normalize.h"

namespace huice::text {
namespace {

std::vector<std::string> numbers_in(std::string_view text) {
  std::vector<std::string> digits;
  for (const FoundNumber& number : find_numbers(fold_with_origin(text).text))
    digits.push_back(number.digits);
  return digits;
}

TEST(FindNumbers, AreTheSameInHanLettersAndInDigits) {
  const std::pair<const char*, std::vector<std::string>> cases[] = {
      {"从业人员三百人以下", {"300"}},
      {"从业人员300人以下", {"300"}},
      {"二〇二二年五月", {"2022", "5"}},
      {"２０２２年", {"2022"}},
      {"一千二百万元", {"12000000"}},
      {"1,200万元", {"12000000"}},
      {"1.5亿元", {"150000000"}},
      {"百分之五", {"5"}},
      {"百分之十五", {"15"}},
      {"第四十六条第二款", {"46", "2"}},
      {"0.50%", {"0.5"}},
      {"007", {"7"}},
      {"3.14.15", {"3.14", "15"}},
      {"12,34", {"12", "34"}},
  };
  for (const auto& [text, digits] : cases)
    EXPECT_EQ(numbers_in(text), digits) << text;
}

TEST(FindNumbers, LeaveWordsAlone) {
  for (const char* text :
       {"一般", "万一", "千万不要", "三农", "统一", "三三两两", "百姓", "十分重要"})
    EXPECT_TRUE(numbers_in(text).empty()) << text;
}

TEST(FindNumbers, SayWhereTheyStand) {
  const auto found = find_numbers(U"满三百万元的");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0], (FoundNumber{"3000000", 1, 3}));
}

TEST(FindNumbers, EndAfterAnySequenceOfLetters) {
  EXPECT_EQ(numbers_in("1" + std::string(3000, '0')).size(), 1u);
  std::string scales = "1";
  for (int i = 0; i < 1000; ++i)
    scales += "万";
  EXPECT_EQ(numbers_in(scales).front(), "1000000000000");
}

}  // namespace
}  // namespace huice::text
