#include <algorithm>
#include <utility>

#include <gtest/gtest.h>

#include "render/pdf/content_stream.h"
#include "render/pdf/line_codes.h"
#include "render/pdf/tounicode.h"

namespace huice::render::pdf {
namespace {

/// Glyph 7 is an em wide, 8 half an em; 9 is a closing mark with ink in its left half, 10 an
/// opening one with ink in its right half.
struct SquareFace final : GlyphMeasure {
  int units_per_em() const override { return 1000; }
  int advance(std::uint32_t glyph) const override { return glyph == 8 ? 500 : 1000; }
  InkSpan ink(std::uint32_t glyph) const override {
    if (glyph == 9) return {100, 400};
    return glyph == 10 ? InkSpan{600, 900} : InkSpan{50, 950};
  }
};
const SquareFace kFace;

std::string content_of(const layout::Page& page) {
  std::vector<GlyphCodes> fonts = {GlyphCodes(kFace)};
  return pdf::content_of(page, fonts);
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
  const std::string content = content_of(page_of(run));
  EXPECT_EQ(content, "BT\n0 0 0 1 k\n/F0 10 Tf\n0 566.9291 Td[<00010002>]TJ\nET\n");
}

/// Moves are told from one run to the next; a chain of them ends where each run alone would stand.
TEST(PdfContent, RunsOfAPageAreOneTextWhosePlacesDoNotDrift) {
  layout::Page page = page_of({.font = 0,
                               .size = pt(10),
                               .baseline = Length::from_units(1),
                               .glyphs = {{7, mm(0), pt(10), U"甲"}}});
  for (int i = 2; i <= 1000; ++i) {
    layout::GlyphRun run = page.runs.front();
    run.baseline = Length::from_units(i * 3333);
    page.runs.push_back(std::move(run));
  }
  const std::string content = content_of(page);
  EXPECT_EQ(content.find("BT"), content.rfind("BT"));
  double y = 0;
  for (std::size_t at = content.find(" Td"); at != content.npos; at = content.find(" Td", at + 1))
    y += std::stod(content.substr(content.rfind(' ', at - 1)));
  EXPECT_NEAR(y, (mm(297) - Length::from_units(3'333'000)).to_pt(), 0.0001);
}

/// Where a viewer draws the glyphs of the only line, each an em of 16 pt wide, in points from its
/// beginning.
std::vector<double> places(const std::string& content) {
  double spacing = 0;
  if (const std::size_t at = content.find(" Tc"); at != std::string::npos) {
    spacing = std::stod(content.substr(content.rfind('\n', at) + 1));
  }
  std::vector<double> places;
  double pen = 0;
  std::size_t at = content.find('[') + 1;
  while (content[at] != ']') {
    if (content[at] == '<') {
      for (++at; content[at] != '>'; at += 4, pen += 16 + spacing)
        places.push_back(pen);
      ++at;
    } else {
      std::size_t used = 0;
      pen -= std::stod(content.substr(at), &used) * 16 / 1000;
      at += used;
    }
  }
  return places;
}

/// 28 characters that fill the line, but for `narrow` units that every third one lacks.
layout::GlyphRun full_line(std::int64_t narrow) {
  layout::Glyphs::List glyphs;
  for (int i = 0; i < 28; ++i) {
    const std::int64_t x = mm(156).units() * i / 28 - narrow * ((i + 1) / 3);
    glyphs.push_back({7, Length::from_units(x), Length(), U"甲"});
  }
  return {.font = 0, .size = pt(16), .baseline = mm(50), .glyphs = std::move(glyphs)};
}

TEST(PdfContent, ALineOfTheGridIsOneStringUnderItsSpacing) {
  const std::string content = content_of(page_of(full_line(0)));
  EXPECT_NE(content.find("-0.207 Tc\n/F0 16 Tf\n"), std::string::npos) << content;
  const std::size_t string = content.find("[<");
  ASSERT_NE(string, std::string::npos);
  EXPECT_EQ(content.find(">]TJ", string), string + 2 + 28 * 4) << content;
}

TEST(PdfContent, WhatFollowsALineIsSetWithoutItsSpacing) {
  EXPECT_TRUE(content_of(page_of(full_line(0))).ends_with("ET\n0 Tc\n"));
}

TEST(PdfContent, RoundingNeverAddsUpAlongALine) {
  for (const std::int64_t narrow : {0, 1, 3, 50, 1237}) {
    const layout::GlyphRun run = full_line(narrow);
    const std::vector<double> drawn = places(content_of(page_of(run)));
    ASSERT_EQ(drawn.size(), run.glyphs.size());
    for (std::size_t i = 0; i < drawn.size(); ++i)
      EXPECT_NEAR(drawn[i], run.glyphs[i].x.to_pt(), 0.005) << narrow << ", " << i;
  }
}

TEST(PdfContent, RedIsTheInkOfTheStandard) {
  layout::Page page{.width = mm(210), .height = mm(297)};
  page.rules.push_back({mm(28), mm(37), mm(156), mm(1), layout::Ink::Red});
  EXPECT_EQ(content_of(page), "0 .8 .8 0 k\n79.3701 734.1732 442.2047 2.8346 re f\n");
}

TEST(PdfContent, RulesThatRepeatOrContinueOthersAreDrawnAsOne) {
  layout::Page page{.width = mm(210), .height = mm(297)};
  const auto cell = [&](std::int64_t x, std::int64_t y) {
    page.rules.push_back({mm(x), mm(y), mm(20), mm(1)});
    page.rules.push_back({mm(x), mm(y + 9), mm(20), mm(1)});
    page.rules.push_back({mm(x), mm(y), mm(1), mm(10)});
    page.rules.push_back({mm(x + 20), mm(y), mm(1), mm(10)});
  };
  cell(20, 30);
  cell(40, 30);
  const std::string row = content_of(page);
  EXPECT_EQ(std::ranges::count(row, 'f'), 5) << row;
  EXPECT_NE(row.find("56.6929 754.0157 113.3858 2.8346 re f"), std::string::npos) << row;
  cell(20, 40);
  EXPECT_EQ(std::ranges::count(content_of(page), 'f'), 7);
}

TEST(PdfContent, ARuleOfTheOtherInkBetweenKeepsRulesApart) {
  layout::Page page{.width = mm(210), .height = mm(297)};
  page.rules = {{mm(20), mm(30), mm(9), mm(1)},
                {mm(20), mm(29), mm(9), mm(3), layout::Ink::Red},
                {mm(20), mm(30), mm(9), mm(1)}};
  EXPECT_EQ(std::ranges::count(content_of(page), 'f'), 3);
}

/// As full_line(), but for where it stands.
layout::Page page_with(const layout::GlyphRun& run, Length x, Length y) {
  layout::GlyphRun moved = run;
  moved.glyphs.move(x);
  moved.baseline = moved.baseline + y;
  return page_of(moved);
}

TEST(PdfContent, WhatIsRememberedOfARunChangesNoByte) {
  const std::vector<layout::GlyphRun> runs = {full_line(0), full_line(50), full_line(1237)};
  std::vector<GlyphCodes> plain_fonts = {GlyphCodes(kFace)};
  std::vector<GlyphCodes> fonts = {GlyphCodes(kFace)};
  ContentMemory memory;
  for (int page = 0; page < 9; ++page) {
    const layout::Page each =
        page_with(runs[static_cast<std::size_t>(page % 3)], mm(page), mm(page * page));
    EXPECT_EQ(pdf::content_of(each, fonts, Colour::Cmyk, &memory),
              pdf::content_of(each, plain_fonts))
        << page;
  }
  EXPECT_NE(memory.find(runs[1]), nullptr);
}

TEST(PdfContent, WhatIsRememberedOfRulesChangesNoByte) {
  std::vector<GlyphCodes> plain_fonts = {GlyphCodes(kFace)};
  std::vector<GlyphCodes> fonts = {GlyphCodes(kFace)};
  ContentMemory memory;
  layout::Page page = page_of(full_line(0));
  const auto expect_equal = [&](const char* what) {
    EXPECT_EQ(pdf::content_of(page, fonts, Colour::Cmyk, &memory),
              pdf::content_of(page, plain_fonts))
        << what;
  };
  expect_equal("no rules");
  page.rules = {{mm(28), mm(37), mm(156), mm(1)},
                {mm(28), mm(47), mm(156), mm(1), layout::Ink::Red}};
  expect_equal("rules");
  expect_equal("the same rules");
  page.height = mm(300);
  expect_equal("the same on another page");
  page.rules.back().y = mm(48);
  expect_equal("others");
  page.turned_rules = page.rules;
  page.quarter_turns = 1;
  expect_equal("the same on a page on its side");
  page.rules.clear();
  expect_equal("none any more");
}

TEST(PdfContent, ARunThatReachesUnderItsNeighbourIsCutThereWhateverIsRemembered) {
  const layout::GlyphRun comma{
      .font = 0, .size = pt(10), .baseline = mm(50), .glyphs = {{9, pt(0), pt(10), U"，"}}};
  layout::GlyphRun next{
      .font = 1, .size = pt(10), .baseline = mm(50), .glyphs = {{7, pt(0), pt(10), U"甲"}}};
  std::vector<GlyphCodes> fonts = {GlyphCodes(kFace), GlyphCodes(kFace)};
  ContentMemory memory;
  pdf::content_of(page_of(comma), fonts, Colour::Cmyk, &memory);
  next.glyphs.move(pt(5));
  const layout::Page page{.width = mm(210), .height = mm(297), .runs = {comma, next}};
  pdf::content_of(page, fonts, Colour::Cmyk, &memory);
  EXPECT_EQ(fonts[0].uses().size(), 3U);  // .notdef, the mark whole, the mark cut
}

TEST(PdfContent, LandscapeContentIsTurnedOntoTheUprightSheet) {
  layout::Page page{.width = mm(210), .height = mm(297)};
  page.turned_rules.push_back({mm(0), mm(0), mm(1), mm(1)});
  page.quarter_turns = 1;
  EXPECT_NE(content_of(page).find("q 0 1 -1 0 595.2756 0 cm"), std::string::npos);
  page.quarter_turns = 3;
  EXPECT_NE(content_of(page).find("q 0 -1 1 0 0 841.8898 cm"), std::string::npos);
}

TEST(PdfContent, RgbIsTheRedOfScreens) {
  layout::Page page{.width = mm(210), .height = mm(297)};
  page.rules.push_back({mm(28), mm(37), mm(156), mm(1), layout::Ink::Red});
  std::vector<GlyphCodes> fonts;
  EXPECT_TRUE(pdf::content_of(page, fonts, Colour::Rgb).starts_with("1 0 0 rg\n"));
}

/// The widths and left cuts of the glyphs of a run, in 1/1000 em.
std::vector<std::pair<int, int>> cuts(const layout::GlyphRun& run) {
  std::vector<GlyphCodes> fonts = {GlyphCodes(kFace)};
  const auto coded = code_line(std::span(&run, 1), fonts);
  std::vector<std::pair<int, int>> found;
  for (const auto& glyph : coded.front()) {
    found.emplace_back(fonts[0].width(glyph.code), fonts[0].uses()[glyph.code].cut_left);
  }
  return found;
}

using Cuts = std::vector<std::pair<int, int>>;

TEST(PdfLineCodes, ASqueezedClosingMarkLosesTheBlankBehindIt) {
  const layout::GlyphRun run{.size = pt(10),
                             .glyphs = {{9, pt(0), pt(10), U"，"}, {7, pt(5), pt(10), U"甲"}}};
  EXPECT_EQ(cuts(run), (Cuts{{500, 0}, {1000, 0}}));
}

TEST(PdfLineCodes, ASqueezedOpeningMarkLosesTheBlankBeforeItAndKeepsItsInk) {
  const layout::GlyphRun run{.size = pt(10),
                             .glyphs = {{7, pt(0), pt(10), U"甲"}, {10, pt(5), pt(10), U"（"}}};
  EXPECT_EQ(cuts(run), (Cuts{{1000, 0}, {500, 500}}));
  std::vector<GlyphCodes> fonts = {GlyphCodes(kFace)};
  const auto coded = code_line(std::span(&run, 1), fonts);
  EXPECT_EQ(coded.front()[1].x, pt(10));  // its origin moves right as its ink moves left
}

TEST(PdfLineCodes, ClosingBeforeOpeningShareAnEm) {
  const layout::GlyphRun run{.size = pt(10),
                             .glyphs = {{9, pt(0), pt(10), U"》"}, {10, pt(0), pt(10), U"（"}}};
  EXPECT_EQ(cuts(run), (Cuts{{400, 0}, {600, 400}}));
}

TEST(PdfLineCodes, CharactersAreNeverCut) {
  const layout::GlyphRun run{.size = pt(10),
                             .glyphs = {{7, pt(0), pt(10), U"甲"}, {7, pt(8), pt(10), U"乙"}}};
  EXPECT_EQ(cuts(run), (Cuts{{1000, 0}, {1000, 0}}));
}

TEST(PdfGlyphCodes, AGlyphThatStandsForTwoTextsHasTwoCodes) {
  GlyphCodes codes(kFace);
  EXPECT_EQ(codes.code(7, U"一"), codes.code(7, U"一"));
  EXPECT_NE(codes.code(7, U"一"), codes.code(7, U"⼀"));
  EXPECT_EQ(codes.code(7, U"⼀"), codes.code(7, U"⼀"));
}

TEST(PdfToUnicode, SupplementaryCharactersAreSurrogatePairs) {
  EXPECT_EQ(utf16be(U"𬭎"), "\xD8\x72\xDF\x4E");
  EXPECT_NE(
      to_unicode_cmap({U"", U"", U"", U"𬭎"}).find("1 beginbfchar\n<0003> <D872DF4E>\nendbfchar"),
      std::string::npos);
}

TEST(PdfToUnicode, BlocksHoldAtMostAHundredCodes) {
  const std::vector<std::u32string> texts(101, U"甲");
  const std::string cmap = to_unicode_cmap(texts);
  EXPECT_NE(cmap.find("100 beginbfchar"), std::string::npos);
  EXPECT_NE(cmap.find("\n1 beginbfchar"), std::string::npos);
}

}  // namespace
}  // namespace huice::render::pdf
