#include "layout/typesetter.h"

#include <gtest/gtest.h>

#include "default_fonts.h"
#include "layout/geometry.h"
#include "layout/parts.h"
#include "page_lines.h"

namespace huice::layout {
namespace {

class Setting28 : public WithFonts {
 protected:
  /// The lines of a paragraph as text, set in 28 cells without indent.
  std::vector<std::string> set(std::string_view text) {
    Typesetter setter(fonts());
    std::vector<std::string> texts;
    for (const SetLine& line : setter.set(text, Role::FangSong, body_setting(kTypeWidth))) {
      std::string one;
      for (const GlyphRun& run : line.runs) {
        for (const PlacedGlyph& glyph : run.glyphs)
          one += encode_utf8(glyph.text);
      }
      texts.push_back(one);
    }
    return texts;
  }

  static std::string han(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i)
      text += "国";
    return text;
  }
};

TEST_F(Setting28, TwentyEightCharactersFillALineExactly) {
  Typesetter setter(fonts());
  const auto lines = setter.set(han(32), Role::FangSong, body_setting(kTypeWidth));
  ASSERT_EQ(lines.size(), 2U);
  const auto& glyphs = lines[0].runs.at(0).glyphs;
  ASSERT_EQ(glyphs.size(), 28U);
  EXPECT_EQ(lines[0].right, kTypeWidth);
  // The 16 pt glyph is centred in its cell of 156/28 mm.
  EXPECT_NEAR(in_mm(glyphs[1].x - glyphs[0].x), 156.0 / 28, 0.0001);
}

TEST_F(Setting28, AStopAtTheLineEndTakesHalfAWidth) {
  Typesetter setter(fonts());
  const auto lines = setter.set(han(27) + "。" + han(20), Role::FangSong, body_setting(kTypeWidth));
  ASSERT_EQ(lines.size(), 2U);
  ASSERT_EQ(lines[0].runs.at(0).glyphs.size(), 28U);
  EXPECT_EQ(lines[0].right, kTypeWidth);
  const Length half_cell = half(kCell);
  EXPECT_GE(lines[0].runs[0].glyphs.back().x, kTypeWidth - half_cell - pt(1));
}

TEST_F(Setting28, NoLineBeginsWithAClosingMark) {
  for (const char* mark : {"。", "，", "、", "》", "”", "）", "；", "：", "？", "！", "·", "……"}) {
    for (std::size_t before = 25; before <= 29; ++before) {
      const auto lines = set(han(before) + mark + han(10));
      for (const std::string& line : lines)
        EXPECT_FALSE(line.starts_with(mark)) << line;
    }
  }
}

TEST_F(Setting28, NoLineEndsWithAnOpeningMark) {
  for (const char* mark : {"《", "“", "（", "〔"}) {
    for (std::size_t before = 25; before <= 29; ++before) {
      for (const std::string& line : set(han(before) + mark + han(10))) {
        EXPECT_FALSE(line.ends_with(mark)) << line;
      }
    }
  }
}

TEST_F(Setting28, UnitsStayWhole) {
  for (const char* unit : {"——", "……", "2026年", "300万元", "20%", "3～5年", "〔2026〕12号",
                           "第15次", "5.34亿元", "9704—2012", "100㎡"}) {
    for (std::size_t before = 20; before <= 28; ++before) {
      bool whole = false;
      for (const std::string& line : set(han(before) + unit + han(30))) {
        whole = whole || line.find(unit) != std::string::npos;
      }
      EXPECT_TRUE(whole) << unit << " after " << before;
    }
  }
}

TEST_F(Setting28, NoTextIsLost) {
  const std::string text =
      "按照“应享尽享、免申即享”的要求（见《通知》）——特别是GB/T 9704—2012……执行3～5年，Aa bb。";
  std::string joined_lines;
  for (const std::string& line : set(text + han(30)))
    joined_lines += line;
  EXPECT_EQ(joined_lines, text + han(30));
}

TEST_F(Setting28, AnAddressLongerThanALineIsBroken) {
  const std::string url = "https://www.example.gov.cn/" + std::string(120, 'a') + "/x?y=1";
  const auto lines = set("网址" + url);
  EXPECT_GE(lines.size(), 2U);
  Typesetter setter(fonts());
  for (const SetLine& line : setter.set(url, Role::FangSong, body_setting(kTypeWidth))) {
    EXPECT_LE(line.right, kTypeWidth);
  }
}

TEST_F(Setting28, AdjacentMarksShareTheirBlanks) {
  Typesetter setter(fonts());
  const auto width = [&](const char* text) {
    return setter.width_of(text, Role::FangSong, kSize3, kCell);
  };
  const auto cells = [&](const char* text) {
    return static_cast<double>(width(text).units()) / static_cast<double>(kCell.units());
  };
  EXPECT_NEAR(cells("国》《国"), 3.5, 0.01);
  EXPECT_NEAR(cells("国，国"), 3.0, 0.01);
  EXPECT_NEAR(cells("国》。国"), 3.5, 0.01);
  EXPECT_NEAR(cells("（《国"), 2.5, 0.01);  // the first keeps its blank
}

TEST_F(Setting28, TheGapBesideDigitsStaysBelowAWordSpace) {
  Typesetter setter(fonts());
  const Length gap = setter.width_of("国1国", Role::FangSong, kSize3, kCell) - kCell * 2 -
                     setter.width_of("1", Role::FangSong, kSize3, kCell);
  EXPECT_GT(gap, Length());
  EXPECT_LT(half(gap), share(kSize3, 1, 10));
}

TEST_F(Setting28, RareCharactersAreSetByTheNextFaceAndReported) {
  Typesetter setter(fonts());
  const auto lines = setter.set("张㛃李䶮王𬭎", Role::FangSong, body_setting(kTypeWidth));
  ASSERT_EQ(lines.size(), 1U);
  const auto substituted = setter.substitutions();
  ASSERT_EQ(substituted.size(), 3U);
  EXPECT_EQ(substituted[0].character, U'㛃');
  EXPECT_EQ(substituted[0].role, "仿宋");
  EXPECT_EQ(substituted[0].font, "NotoSerifCJKsc-Regular");
  EXPECT_TRUE(setter.findings().empty());
}

TEST_F(Setting28, ACharacterNoFaceHasIsAFindingWithItsPlace) {
  Typesetter setter(fonts());
  std::string text = "国";
  append_utf8(text, 0x10FFFD);
  setter.set(text, Role::FangSong, body_setting(kTypeWidth), {.file = "n.md", .line = 7});
  ASSERT_EQ(setter.findings().size(), 1U);
  EXPECT_EQ(setter.findings()[0].id, "font.no-glyph");
  EXPECT_NE(setter.findings()[0].message.find("U+10FFFD"), std::string::npos);
  EXPECT_EQ(setter.findings()[0].where.line, 7);
  EXPECT_EQ(missing_character(setter.findings()[0]), char32_t{0x10FFFD});
  EXPECT_EQ(missing_character(Error{.id = "font.missing", .message = "U+4E00"}), std::nullopt);
}

TEST_F(Setting28, FullWidthInkOfMarksStaysInItsHalf) {
  Typesetter setter(fonts());
  for (const Role role : kRoles) {
    for (const char* mark : {"“", "”", "？", "！", "（", "）", "，", "。"}) {
      const auto lines = setter.set(mark, role, body_setting(kTypeWidth));
      ASSERT_EQ(lines.size(), 1U);
      const InkBox ink = setter.ink_of(lines[0].runs);
      EXPECT_GE(ink.left, lines[0].left) << to_chinese(role) << mark;
      EXPECT_LE(ink.right, lines[0].right) << to_chinese(role) << mark;
    }
  }
}

}  // namespace
}  // namespace huice::layout
