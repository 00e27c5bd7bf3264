#include "base/date.h"

#include <gtest/gtest.h>

namespace huice {
namespace {

TEST(Date, KnowsWhichDaysThereAre) {
  EXPECT_TRUE(Date::make(2024, 2, 29).has_value());
  EXPECT_FALSE(Date::make(2026, 2, 29).has_value());
  EXPECT_FALSE(Date::make(2026, 13, 1).has_value());
  EXPECT_FALSE(Date::make(0, 1, 1).has_value());
}

TEST(Date, ReadsIsoAndNothingElse) {
  EXPECT_EQ(Date::parse("2026-05-07")->to_chinese(), "2026年5月7日");
  for (const auto* text :
       {"2026-5-7", "2026/05/07", "2026-13-01", "2026-05-0x", "-026-05-07", ""}) {
    EXPECT_FALSE(Date::parse(text).has_value()) << text;
  }
}

TEST(Date, CountsDaysAndMonths) {
  const Date day = *Date::make(2026, 1, 31);
  EXPECT_EQ(day.plus_months(1).to_iso(), "2026-02-28");
  EXPECT_EQ(day.plus_days(1).to_iso(), "2026-02-01");
  EXPECT_EQ(*Date::make(2026, 12, 15) - *Date::make(2026, 11, 22), 23);
}

}  // namespace
}  // namespace huice
