#include "text/dates.h"

#include <string>

#include <gtest/gtest.h>

namespace huice::text {
namespace {

TEST(PeopleDate, IsReadInEveryForm) {
  for (const char* text :
       {"2015年3月8日", "2015-3-8", "2015-03-08", "2015.3.8", "2015/3/8", "20150308",
        "二〇一五年三月八日", "二○一五年三月八日", "二零一五年三月八日", "２０１５年３月８日",
        "２０１５－３－８", " 2015 年 3 月 8 日 ", "2015年3月8号", "2015-03-08 00:00:00",
        "2015-03-08T00:00:00Z"}) {
    const auto date = parse_people_date(text);
    ASSERT_TRUE(date) << text;
    EXPECT_EQ(date->to_iso(), "2015-03-08") << text;
  }
}

TEST(PeopleDate, IsReadWithHanTens) {
  EXPECT_EQ(parse_people_date("二〇二二年十二月三十一日")->to_iso(), "2022-12-31");
  EXPECT_EQ(parse_people_date("一九九六年十月二十日")->to_iso(), "1996-10-20");
}

TEST(PeopleDate, IsRefusedWhenThereIsNoSuchDayOrItIsAmbiguous) {
  for (const char* text :
       {"", "2015年", "2015年3月", "2015年2月30日", "2015-13-1", "15.3.8", "3/8/2015", "2015-3.8",
        "2015年3月8", "20151308", "2015-3-8-9", "2015-3-8 12:30", "昨天", "201503081", "2015"}) {
    EXPECT_FALSE(parse_people_date(text)) << text;
  }
  EXPECT_FALSE(parse_people_date(std::string(1'000'000, '2')));
}

TEST(PeopleDate, IsFoundInRunningText) {
  const std::string text = "自2022年5月7日起施行，至二〇二三年五月六日止（2022.5.7版）。";
  const auto found = find_dates(text);
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(text.substr(found[0].offset, found[0].size), "2022年5月7日");
  EXPECT_EQ(found[1].date.to_iso(), "2023-05-06");
  EXPECT_EQ(text.substr(found[2].offset, found[2].size), "2022.5.7");
}

TEST(PeopleDate, IsNotFoundInsideLongerNumbers) {
  EXPECT_TRUE(find_dates("编号12022-5-7").empty());
  EXPECT_TRUE(find_dates("20220507").empty());
}

}  // namespace
}  // namespace huice::text
