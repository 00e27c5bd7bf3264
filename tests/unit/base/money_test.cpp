#include "base/money.h"

#include <gtest/gtest.h>

namespace huice {
namespace {

TEST(Money, ReadsAmountsInEveryUnitExactly) {
  EXPECT_EQ(parse_money("300万元").value().fen(), 300'000'000);
  EXPECT_EQ(parse_money("1,234.56元").value().fen(), 123'456);
  EXPECT_EQ(parse_money("-0.5亿").value().fen(), -5'000'000'000);
  EXPECT_EQ(parse_money("12").value().fen(), 1'200);
  EXPECT_EQ(parse_money("0.000001万元").value().fen(), 1);
}

TEST(Money, RefusesWordsAndFractionsOfAFen) {
  for (const auto* text : {"三百万", "约300", "1.234元", "", "万元", "9e99元"}) {
    const auto money = parse_money(text);
    ASSERT_FALSE(money.has_value()) << text;
    EXPECT_EQ(money.error().id, "money.format");
  }
}

TEST(Money, RoundsOnceHalfUp) {
  EXPECT_EQ(money_from_yuan(*Decimal::parse("0.005")).value().fen(), 1);
  EXPECT_EQ(money_from_yuan(*Decimal::parse("0.0049999")).value().fen(), 0);
  EXPECT_EQ(money_from_yuan(*Decimal::parse("1e30")).error().id, "money.range");
}

TEST(Money, PrintsGroupedOrShort) {
  EXPECT_EQ(to_text(Money::from_fen(123'456'789)), "1,234,567.89元");
  EXPECT_EQ(to_text(Money::from_fen(-99'900)), "-999.00元");
  EXPECT_EQ(to_text(Money::from_fen(100'000)), "1,000.00元");
  EXPECT_EQ(to_short_text(Money::from_fen(300'000'000)), "300万元");
  EXPECT_EQ(to_short_text(Money::from_fen(60'000'025)), "600000.25元");
  EXPECT_EQ(to_short_text(Money::from_fen(1'234'500'000)), "1234.5万元");
  EXPECT_EQ(to_short_text(Money::from_fen(-1'230'000)), "-1.23万元");
  EXPECT_EQ(to_short_text(Money::from_fen(999'900)), "9999元");
  EXPECT_EQ(to_short_text(Money::from_fen(-5)), "-0.05元");
  EXPECT_EQ(to_short_text(Money::from_fen(INT64_MIN)), "-92233720368547758.08元");
}

}  // namespace
}  // namespace huice
