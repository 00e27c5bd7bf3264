#include "layout/title.h"

#include <gtest/gtest.h>

#include "base/utf8.h"

namespace huice::layout {
namespace {

std::vector<std::string> break_20(std::string_view title) {
  static const text::Segmenter words{text::Lexicon{}};
  return break_title(title, 20, words);
}

TEST(Title, AShortTitleIsOneLine) {
  EXPECT_EQ(break_20("关于表彰先进的通知"), std::vector<std::string>{"关于表彰先进的通知"});
}

TEST(Title, LinesFitAndLoseNothing) {
  const std::string title =
      "云岭县人民政府办公室关于印发《云岭县惠企纾困政策落实包联服务实施方案》的通知";
  std::string whole;
  for (const std::string& line : break_20(title)) {
    EXPECT_LE(display_width(line), 40U) << line;
    whole += line;
  }
  EXPECT_EQ(whole, title);
}

TEST(Title, WordsAndMarksAreNotCutOff) {
  for (const std::string& line :
       break_20("云岭县人民政府关于进一步优化营商环境、促进民营经济高质量发展的若干意见")) {
    EXPECT_FALSE(line.starts_with("、")) << line;
    EXPECT_FALSE(line.starts_with("的")) << line;
    EXPECT_FALSE(line.starts_with("境")) << line;
    EXPECT_FALSE(line.ends_with("关于")) << line;
  }
}

TEST(Title, NoHourglass) {
  const auto lines = break_20(
      "云岭县发展和改革局云岭县财政局国家税务总局云岭县税务局关于转发《关于做好2026年度减税降费工作"
      "的通知》的通知");
  for (std::size_t i = 1; i + 1 < lines.size(); ++i) {
    const bool waist = display_width(lines[i]) < display_width(lines[i - 1]) &&
                       display_width(lines[i]) < display_width(lines[i + 1]);
    EXPECT_FALSE(waist) << lines[i];
  }
}

TEST(Title, TheAuthorsBreaksStand) {
  const auto lines = break_20("云岭县人民政府\n关于表彰先进的通知");
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0], "云岭县人民政府");
}

TEST(Title, BytesThatAreNoTextDoNotHarm) {
  std::string title;
  for (int i = 0; i < 12; ++i)
    title += "关于印发\xe4\xbd通知\xff";
  std::string whole;
  for (const std::string& line : break_20(title))
    whole += line;
  EXPECT_EQ(whole, title);
}

TEST(Title, AnythingEndsSomehow) {
  EXPECT_TRUE(break_20("").size() <= 1);
  EXPECT_FALSE(break_20(std::string(5000, 'x')).empty());
  EXPECT_TRUE(break_20("\n\n").empty());
}

}  // namespace
}  // namespace huice::layout
