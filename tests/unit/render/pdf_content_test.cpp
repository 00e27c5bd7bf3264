#include <gtest/gtest.h>

#include "render/pdf/content_stream.h"
#include "render/pdf/tounicode.h"

namespace huice::render::pdf {
namespace {

FontSubset square_font() {
  FontSubset font;
  font.codes = {{7, 1}, {8, 2}};
  font.widths = {{1, 1000}, {2, 500}};
  return font;
}

layout::Page page_of(const layout::GlyphRun& run) {
  return {.width = mm(210), .height = mm(297), .runs = {run}};
}

TEST(PdfContent, PointsAreExactToFourDecimals) {
  EXPECT_EQ(points(pt(16)), "16");
  EXPECT_EQ(points(mm(28)), "79.3701");
  EXPECT_EQ(points(half_pt(21)), "10.5");
  EXPECT_EQ(points(Length::from_units(-6350)), "-0.5");
}

TEST(PdfContent, GlyphsAtTheirNaturalAdvanceNeedNoMoves) {
  const layout::GlyphRun run{.font = 0,
                             .size = pt(10),
                             .baseline = mm(97),
                             .glyphs = {{7, mm(0), pt(10), U"甲"}, {8, pt(10), pt(5), U"1"}}};
  const std::string content = content_of(page_of(run), {square_font()});
  EXPECT_NE(content.find("/F0 10 Tf 1 0 0 1 0 566.9291 Tm\n[<00010002>] TJ"), std::string::npos)
      << content;
}

TEST(PdfContent, RoundingOfMovesNeverAddsUpAlongALine) {
  layout::GlyphRun run{.font = 0, .size = pt(16), .baseline = mm(50)};
  const std::int64_t line = mm(156).units();
  for (int i = 0; i < 28; ++i) {
    run.glyphs.push_back({7, Length::from_units(line * i / 28), Length(), U"甲"});
  }
  const std::string content = content_of(page_of(run), {square_font()});
  // Adds up what a viewer would: 1000 a glyph less each move, in thousandths of 16 pt.
  double pen = 0;
  std::size_t at = content.find('[');
  ASSERT_NE(at, std::string::npos);
  while (content[++at] != ']') {
    if (content[at] == '<') {
      at = content.find('>', at);
      pen += 1000;
    } else {
      std::size_t used = 0;
      pen -= std::stod(content.substr(at), &used);
      at += used - 1;
    }
  }
  const double last_begins = (pen - 1000) * 16 / 1000;
  EXPECT_NEAR(last_begins, Length::from_units(line * 27 / 28).to_pt(), 0.0002);
}

TEST(PdfContent, RedIsTheInkOfTheStandard) {
  layout::Page page{.width = mm(210), .height = mm(297)};
  page.rules.push_back({mm(28), mm(37), mm(156), mm(1), layout::Ink::Red});
  EXPECT_EQ(content_of(page, {}), "0 .8 .8 0 k\n79.3701 734.1732 442.2047 2.8346 re f\n");
}

TEST(PdfContent, LandscapeContentIsTurnedOntoTheUprightSheet) {
  layout::Page page{.width = mm(210), .height = mm(297)};
  page.turned_rules.push_back({mm(0), mm(0), mm(1), mm(1)});
  page.quarter_turns = 1;
  EXPECT_NE(content_of(page, {}).find("q 0 1 -1 0 595.2756 0 cm"), std::string::npos);
  page.quarter_turns = 3;
  EXPECT_NE(content_of(page, {}).find("q 0 -1 1 0 0 841.8898 cm"), std::string::npos);
}

TEST(PdfToUnicode, SupplementaryCharactersAreSurrogatePairs) {
  EXPECT_EQ(utf16be(U"𬭎"), "\xD8\x72\xDF\x4E");
  EXPECT_NE(to_unicode_cmap({{3, U"𬭎"}}).find("1 beginbfchar\n<0003> <D872DF4E>\nendbfchar"),
            std::string::npos);
}

TEST(PdfToUnicode, BlocksHoldAtMostAHundredCodes) {
  std::map<std::uint16_t, std::u32string> texts;
  for (std::uint16_t code = 1; code <= 101; ++code)
    texts[code] = U"甲";
  const std::string cmap = to_unicode_cmap(texts);
  EXPECT_NE(cmap.find("100 beginbfchar"), std::string::npos);
  EXPECT_NE(cmap.find("\n1 beginbfchar"), std::string::npos);
}

}  // namespace
}  // namespace huice::render::pdf
