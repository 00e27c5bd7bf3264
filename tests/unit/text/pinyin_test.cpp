#include "text/pinyin.h"

#include <gtest/gtest.h>

namespace huice::text {
namespace {

TEST(Pinyin, IsGivenWithoutTonesLetterByLetter) {
  EXPECT_EQ(pinyin_of("新邵县"), (std::vector<std::string>{"xin", "shao", "xian"}));
  EXPECT_EQ(pinyin_of("绿色"), (std::vector<std::string>{"lu", "se"}));
  EXPECT_EQ(pinyin_of("新邵縣"), pinyin_of("新邵县"));
  EXPECT_EQ(pinyin_of("《A股》 1号"), (std::vector<std::string>{"a", "gu", "1", "hao"}));
}

TEST(Pinyin, InitialsAreWhatPeopleType) {
  EXPECT_EQ(pinyin_initials("云岭县工信局"), std::vector<std::string>{"ylxgxj"});
  EXPECT_TRUE(pinyin_initials("").empty());
  EXPECT_TRUE(pinyin_initials("！？").empty());
}

TEST(Pinyin, ALetterSpokenInSeveralWaysHasTheInitialsOfEach) {
  const Readings readings = {{U'重', {"chong", "zhong"}}, {U'长', {"chang", "zhang"}}};
  EXPECT_EQ(pinyin_initials("重庆", readings), (std::vector<std::string>{"cq", "zq"}));
  EXPECT_EQ(pinyin_initials("长沙", readings), (std::vector<std::string>{"cs", "zs"}));
  const auto many = pinyin_initials("重重重重重重重重", readings);
  EXPECT_EQ(many.size(), kMostInitials);
  EXPECT_EQ(many.front(), "cccccccc");
}

}  // namespace
}  // namespace huice::text
