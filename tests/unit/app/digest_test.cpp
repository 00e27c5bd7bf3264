// What an enterprise is told.
#include "app/digest.h"

#include <gtest/gtest.h>

#include "base/utf8.h"

namespace huice::app {
namespace {

using policy::Difference;

DigestRequest request() {
  DigestRequest request;
  request.since = Date::parse("2026-10-22").value();
  request.on = Date::parse("2026-11-22").value();
  request.sender = "县局";
  return request;
}

policy::EnterpriseDifferences changes() {
  const auto money = Money::from_fen(10'000'000);
  policy::EnterpriseDifferences enterprise{.uscc = "91430590MA4LR4XJ7T", .name = "一号<厂>"};
  enterprise.changes = {{.kind = Difference::Kind::Closing,
                         .policy = "b",
                         .title = "乙补助",
                         .day = Date::parse("2026-12-10")},
                        {.kind = Difference::Kind::Gained,
                         .policy = "a",
                         .title = "甲奖励",
                         .amount_after = {money, money}},
                        {.kind = Difference::Kind::Added, .policy = "c", .title = "丙贷款"}};
  return enterprise;
}

TEST(Digest, TellsWhatIsNewBeforeWhatCloses) {
  EXPECT_EQ(
      digest_sms(changes(), request()),
      "【县局】一号<厂>：新增可享1项：甲奖励（10万元）。30日内截止1项：乙补助（2026年12月10日）。"
      "以主管部门认定为准。");
}

TEST(Digest, APolicyThatOnlyCameIntoViewIsNoNews) {
  policy::EnterpriseDifferences only = changes();
  only.changes.erase(only.changes.begin(), only.changes.begin() + 2);
  EXPECT_FALSE(has_news(only));
  EXPECT_TRUE(has_news(changes()));
}

TEST(Digest, AnSmsStaysShortAndCountsWhatItLeavesOut) {
  policy::EnterpriseDifferences many = changes();
  for (int i = 0; i < 40; ++i) {
    many.changes.push_back(
        {.kind = Difference::Kind::Gained, .policy = "x", .title = "第某项很长名称的奖励补助政策"});
  }
  const std::string sms = digest_sms(many, request());
  EXPECT_LE(code_point_count(sms), kMostSmsCharacters);
  EXPECT_NE(sms.find("另有"), std::string::npos) << sms;
}

TEST(Digest, PageAndFeedEscapeWhatNamesHold) {
  for (const std::string& text :
       {digest_html(changes(), request()), digest_feed(changes(), request())}) {
    EXPECT_EQ(text.find("<厂>"), std::string::npos);
    EXPECT_NE(text.find("一号&lt;厂"), std::string::npos);
  }
}

TEST(Digest, AnEntryOfTheFeedKeepsItsId) {
  const std::string feed = digest_feed(changes(), request());
  EXPECT_NE(feed.find("<id>urn:huice:digest:91430590MA4LR4XJ7T:2026-11-22:a:0</id>"),
            std::string::npos)
      << feed;
  EXPECT_EQ(digest_feed(changes(), request()), feed);
}

}  // namespace
}  // namespace huice::app
