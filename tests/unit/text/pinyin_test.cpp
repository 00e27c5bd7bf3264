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
  EXPECT_EQ(pinyin_initials("云岭县工信局"), "ylxgxj");
  EXPECT_EQ(pinyin_initials(""), "");
  EXPECT_EQ(pinyin_initials("！？"), "");
}

}  // namespace
}  // namespace huice::text
