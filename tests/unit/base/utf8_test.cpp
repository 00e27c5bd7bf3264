#include "base/utf8.h"

#include <gtest/gtest.h>

namespace huice {
namespace {

TEST(Utf8, RoundTripsEveryPlane) {
  const std::u32string text = U"a§云𬭎\U0010FFFF";
  EXPECT_EQ(decode_utf8(encode_utf8(text)), text);
  EXPECT_EQ(code_point_count(encode_utf8(text)), 5U);
}

TEST(Utf8, FindsTheFirstIllFormedByte) {
  EXPECT_FALSE(first_bad_utf8("云岭").has_value());
  EXPECT_EQ(first_bad_utf8("云\xC4\xE3"), 3U);
  EXPECT_EQ(first_bad_utf8("\xC0\xAF"), 0U) << "overlong";
  EXPECT_EQ(first_bad_utf8("\xED\xA0\x80"), 0U) << "surrogate";
  EXPECT_EQ(first_bad_utf8("ab\xE4\xBA"), 2U) << "cut off";
  EXPECT_EQ(first_bad_utf8("\xF4\x90\x80\x80"), 0U) << "beyond Unicode";
}

TEST(Utf8, FindsAnIllFormedByteWhereverItStandsAmongHan) {
  const std::string han = "重点帮扶企业安排表";
  for (std::size_t at = 0; at < han.size(); at += 3) {
    for (const std::string_view bad : {"\xED\xA0\x80", "\xE0\x80\xAF", "\xE4\xBA"}) {
      const std::string text = han.substr(0, at) + std::string(bad) + han.substr(at);
      EXPECT_EQ(first_bad_utf8(text), at) << text;
    }
  }
}

/// The reading of one character after the other.
std::optional<std::size_t> first_bad_by_characters(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto next = first_code_point(text.substr(at));
    if (!next) return at;
    at += next->size;
  }
  return std::nullopt;
}

TEST(Utf8, RunsOfCharactersAreJudgedAsOneByOne) {
  const std::string text = "稳岗返还《办法》ABCDEFGHIJ，é—𬭎12345678企业";
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (const char byte : {'\x80', '\xBF', '\xC0', '\xE0', '\xE4', '\xED', '\xEF', '\xF0', 'a'}) {
      std::string spoilt = text;
      spoilt[at] = byte;
      EXPECT_EQ(first_bad_utf8(spoilt), first_bad_by_characters(spoilt)) << at;
    }
  }
}

TEST(Utf8, WidthCountsTwoCellsForHan) {
  EXPECT_EQ(display_width("A云，b"), 6U);
  EXPECT_EQ(display_width("云岭县αβ安排表《》"), 18U);
}

TEST(Utf8, PlacesCountCodePointsFromOne) {
  const std::string text = "甲乙\n丙丁戊";
  const LineColumn at = line_column(text, text.find("丁"));
  EXPECT_EQ(at.line, 2);
  EXPECT_EQ(at.column, 2);
  EXPECT_EQ(line_at(text, 2), "丙丁戊");
  EXPECT_EQ(line_at(text, 3), "");
}

}  // namespace
}  // namespace huice
