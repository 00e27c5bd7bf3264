#include "layout/official.h"

#include <gtest/gtest.h>

#include "default_fonts.h"
#include "layout/geometry.h"
#include "page_lines.h"

namespace huice::layout {
namespace {

using model::Annex;
using model::Cell;
using model::Document;
using model::Paragraph;

std::string repeat(std::string_view text, std::size_t times) {
  std::string whole;
  for (std::size_t i = 0; i < times; ++i)
    whole += text;
  return whole;
}

Paragraph text(std::string words, int level = 0) {
  return {.level = level, .runs = {{std::move(words), false}}};
}

Cell cell(std::string words) {
  return {.content = std::move(words)};
}

Document notice() {
  Document document;
  document.head.issuers = {"云岭县人民政府办公室"};
  document.head.number = "云政办发〔2026〕12号";
  document.title = "关于做好惠企政策落实工作的通知";
  document.addressees = {"各乡镇人民政府"};
  document.blocks = {text("现将有关事项通知如下，请认真贯彻执行。")};
  document.signature = {{"云岭县人民政府办公室"}, "2026年11月22日"};
  document.imprint = {{"县委办公室"}, "云岭县人民政府办公室", "2026年11月22日"};
  return document;
}

class Official : public WithFonts {
 protected:
  Pages lay(const Document& document, const LayoutOptions& options = {}) {
    auto pages = lay_out(document, fonts(), options);
    EXPECT_TRUE(pages) << (pages ? "" : pages.error().message);
    return pages ? std::move(pages).value() : Pages{};
  }

  /// The top and bottom of the ink of the red line of the mark, in mm.
  std::pair<double, double> mark_ink(const Pages& pages) {
    double top = 1000;
    double bottom = 0;
    for (const GlyphRun& run : pages.pages.at(0).runs) {
      if (run.ink != Ink::Red) continue;
      for (const PlacedGlyph& glyph : run.glyphs) {
        const GlyphBox ink = fonts().ink(run.font, glyph.glyph);
        const double em = in_mm(run.size) / fonts().units_per_em(run.font);
        top = std::min(top, in_mm(run.baseline) - ink.top * em);
        bottom = std::max(bottom, in_mm(run.baseline) - ink.bottom * em);
      }
    }
    return {top, bottom};
  }
};

TEST_F(Official, TwentyTwoLinesOfTwentyEightFillTheTypeArea) {
  Document document{.format = model::Format::Plain};
  Paragraph solid = text(repeat("国", 28 * 44));
  solid.align = model::Align::Left;
  document.blocks = {solid};
  const Pages pages = lay(document);
  ASSERT_EQ(pages.pages.size(), 2U);
  auto lines = lines_of(pages.pages[0].runs);
  lines.pop_back();  // the page number
  ASSERT_EQ(lines.size(), 22U);
  EXPECT_NEAR(lines.front().top, 37, 0.001);
  EXPECT_NEAR(lines.back().bottom, 262, 0.001);
  for (const PageLine& line : lines) {
    EXPECT_EQ(code_point_count(line.text), 28U);
    EXPECT_NEAR(line.left, 28, 0.1);  // the glyph is a little wider than its cell
    EXPECT_NEAR(line.right, 184, 0.1);
  }
  EXPECT_NEAR(lines[1].top - lines[0].top, (225 - 16 * 25.4 / 72) / 21, 0.001);
}

TEST_F(Official, TheInkOfTheMarkBegins35MillimetresIntoTheTypeArea) {
  for (const char* issuer : {"云岭县人民政府", "县委", "云岭县发展和改革局（云岭县营商环境局）"}) {
    Document document = notice();
    document.head.issuers = {issuer};
    EXPECT_NEAR(mark_ink(lay(document)).first, 72, 0.02) << issuer;
  }
}

TEST_F(Official, TheMarkIsRedCentredAndWithinTheTypeArea) {
  const Pages pages = lay(notice());
  const PageLine mark = line_with(pages.pages[0].runs, "文件");
  EXPECT_EQ(mark.text, "云岭县人民政府办公室文件");
  EXPECT_EQ(mark.ink, Ink::Red);
  EXPECT_NEAR(mark.left + mark.right, 2 * (28 + 78), 0.5);
  EXPECT_GE(mark.left, 28);
}

TEST_F(Official, TheNumberStandsTwoLinesBelowTheMarkAndTheRule4MillimetresBelowIt) {
  const Pages pages = lay(notice());
  const PageLine number = line_with(pages.pages[0].runs, "〔2026〕12号");
  const double pitch = in_mm(kPitch);
  EXPECT_NEAR(number.top - mark_ink(pages).second, 2 * pitch + in_mm(kLineGap), 0.05);
  EXPECT_NEAR(number.left + number.right, 2 * (28 + 78), 0.5);
  const Rule rule = pages.pages[0].rules.at(0);
  EXPECT_NEAR(in_mm(rule.y) - number.bottom, 4, 0.001);
  EXPECT_EQ(rule.x, mm(28));
  EXPECT_EQ(rule.width, mm(156));
  EXPECT_EQ(rule.ink, Ink::Red);
}

TEST_F(Official, TheTitleStandsTwoLinesBelowTheRuleIn2Hao) {
  const Pages pages = lay(notice());
  const PageLine title = line_with(pages.pages[0].runs, "关于做好");
  const Rule rule = pages.pages[0].rules.at(0);
  EXPECT_EQ(title.size, 22);
  EXPECT_NEAR(title.top - in_mm(rule.y + rule.height), 2 * in_mm(kPitch), 0.01);
  EXPECT_NEAR(title.left + title.right, 2 * (28 + 78), 0.5);
}

TEST_F(Official, AddresseesBeginAtTheEdgeOneLineBelowTheTitle) {
  const Pages pages = lay(notice());
  const PageLine title = line_with(pages.pages[0].runs, "关于做好");
  const PageLine addressees = line_with(pages.pages[0].runs, "各乡镇人民政府：");
  EXPECT_NEAR(addressees.left, 28, 0.1);
  EXPECT_NEAR(addressees.top - title.bottom, in_mm(gap_of(1)), 0.01);
  const PageLine body = line_with(pages.pages[0].runs, "现将有关");
  EXPECT_NEAR(body.left, 28 + 2 * in_mm(kCell), 0.1);
  EXPECT_NEAR(body.top - addressees.top, in_mm(kPitch), 0.01);
}

TEST_F(Official, TheLastRuleOfTheImprintLiesOnTheBottomOfTheTypeArea) {
  const Pages pages = lay(notice());
  const auto& rules = pages.pages.back().rules;
  const Rule& last = rules.back();
  EXPECT_EQ(last.y + last.height, mm(262));
  EXPECT_NEAR(in_mm(last.height), 0.35, 0.0001);
  EXPECT_NEAR(in_mm(rules[rules.size() - 2].height), 0.25, 0.0001);
  EXPECT_NEAR(in_mm(rules[rules.size() - 3].height), 0.35, 0.0001);
  EXPECT_EQ(last.width, mm(156));
  const PageLine copies = line_with(pages.pages.back().runs, "抄送：");
  EXPECT_EQ(copies.text, "抄送：县委办公室。");
  EXPECT_NEAR(copies.left, 28 + in_mm(kSize4), 0.1);
  const PageLine issue = line_with(pages.pages.back().runs, "印发");
  EXPECT_EQ(issue.text, "云岭县人民政府办公室2026年11月22日印发");
  EXPECT_NEAR(issue.right, 184 - in_mm(kSize4), 0.1);
}

TEST_F(Official, TheImprintFollowsOnANewPageWhenTheLastIsFull) {
  Document document = notice();
  document.blocks = {text(repeat("国", 26 + 28 * 4))};
  std::size_t with_room = 0;
  for (int more = 0; more < 6; ++more) {
    document.blocks.push_back(text("国"));
    const Pages pages = lay(document);
    EXPECT_EQ(pages.pages.back().rules.back().y + pages.pages.back().rules.back().height, mm(262));
    with_room += pages.pages.size();
    for (const PageLine& line : lines_of(pages.pages.back().runs)) {
      if (line.size != 16) continue;
      EXPECT_LT(line.bottom, in_mm(pages.pages.back().rules.end()[-3].y));
    }
  }
  EXPECT_GE(with_room, 6U);
}

TEST_F(Official, PageNumbersStand7MillimetresBelowOddRightEvenLeft) {
  Document document{.format = model::Format::Plain, .blocks = {text(repeat("国", 28 * 40))}};
  const Pages pages = lay(document);
  ASSERT_GE(pages.pages.size(), 2U);
  const PageLine first = line_with(pages.pages[0].runs, "— 1 —");
  const PageLine second = line_with(pages.pages[1].runs, "— 2 —");
  EXPECT_EQ(first.size, 14);
  EXPECT_NEAR(first.right, 184 - in_mm(kSize4), 0.6);  // the dash is narrower than its cell
  EXPECT_NEAR(second.left, 28 + in_mm(kSize4), 0.6);
  for (const GlyphRun& run : pages.pages[0].runs) {
    if (run.size != pt(14)) continue;
    const GlyphBox dash = fonts().ink(run.font, run.glyphs.front().glyph);
    EXPECT_NEAR(in_mm(run.baseline) - dash.top * in_mm(run.size) / fonts().units_per_em(run.font),
                269, 0.01);
  }
  EXPECT_EQ(pages.pages[1].label, "2");
}

TEST_F(Official, PageNumbersCanStartLaterOrBeLeftOut) {
  EXPECT_EQ(lay(notice(), {.first_page = 7}).pages[0].label, "7");
  EXPECT_EQ(lay(notice(), {.page_numbers = false}).pages[0].label, "");
}

TEST_F(Official, TheFourLevelsOfHeadingsHaveTheirFaces) {
  Document document{.format = model::Format::Plain};
  document.blocks = {text("一、甲", 1), text("（二）乙", 2), text("3.丙", 3), text("（4）丁", 4),
                     text("戊")};
  const Pages pages = lay(document);
  const auto font_of = [&](char32_t character) {
    for (const GlyphRun& run : pages.pages[0].runs) {
      for (const PlacedGlyph& glyph : run.glyphs) {
        if (glyph.text == std::u32string(1, character)) return run.font;
      }
    }
    return -1;
  };
  EXPECT_EQ(font_of(U'甲'), fonts().first_font(Role::Hei));
  EXPECT_EQ(font_of(U'乙'), fonts().first_font(Role::Kai));
  EXPECT_EQ(font_of(U'丙'), fonts().first_font(Role::FangSong));
  EXPECT_EQ(font_of(U'丁'), fonts().first_font(Role::FangSong));
}

TEST_F(Official, AHeadingThatRunsOnChangesFaceWithinItsLine) {
  Document document = notice();
  document.blocks = {
      Paragraph{.level = 2, .runs = {{"（一）甲。"}}, .continuation = {{"乙丙丁。"}}}};
  const PageLine line = line_with(lay(document).pages[0].runs, "（一）甲。");
  EXPECT_EQ(line.text, "（一）甲。乙丙丁。");
}

TEST_F(Official, AHeadingIsNeverTheLastLineOfAPage) {
  for (std::size_t lines = 1; lines < 30; ++lines) {
    Document document{.format = model::Format::Plain};
    for (std::size_t i = 0; i < lines; ++i)
      document.blocks.emplace_back(text("国"));
    document.blocks.emplace_back(text("一、标题", 1));
    document.blocks.emplace_back(text(repeat("文", 28 * 3)));
    const Pages pages = lay(document);
    for (const Page& page : pages.pages) {
      auto set = lines_of(page.runs);
      set.pop_back();  // the page number
      EXPECT_NE(set.back().text, "一、标题") << lines;
    }
  }
}

TEST_F(Official, ASealedDateEndsFourCharactersFromTheRightUnderTheCentredOffice) {
  Document document = notice();
  document.signature.offices = {"云岭县财政局"};
  const Pages pages = lay(document);
  const PageLine date = line_with(pages.pages[0].runs, "2026年11月22日");
  PageLine office;
  for (const PageLine& line : lines_of(pages.pages[0].runs)) {
    if (line.text == "云岭县财政局") office = line;
  }
  EXPECT_NEAR(date.right, 184 - 4 * in_mm(kCell), 0.1);
  EXPECT_NEAR(office.left + office.right, date.left + date.right, 0.1);
  EXPECT_NEAR(date.top - office.top, in_mm(kPitch), 0.01);
}

TEST_F(Official, TheSignatureNeverStandsOnAPageWithoutText) {
  for (const std::vector<std::string>& attachments :
       {std::vector<std::string>{}, {"名单"}, {"名单", "方案", "办法"}}) {
    for (std::size_t lines = 1; lines < 26; ++lines) {
      Document document = notice();
      document.attachments = attachments;
      for (std::size_t i = 0; i < lines; ++i)
        document.blocks.emplace_back(text("文。"));
      for (const Page& page : lay(document).pages) {
        if (line_with(page.runs, "2026年11月22日").size != 16) continue;
        EXPECT_NE(text_of(page).find("文。"), std::string::npos)
            << lines << ", " << attachments.size();
      }
    }
  }
}

TEST_F(Official, AnUnsealedDateBeginsTwoCharactersRightOfTheOffice) {
  Document document = notice();
  document.signature = {
      {"云岭县人民政府办公室"}, "2026年11月22日", model::Signature::Seal::Unsealed};
  const Pages pages = lay(document);
  const PageLine date = line_with(pages.pages[0].runs, "2026年11月22日");
  PageLine office;
  for (const PageLine& line : lines_of(pages.pages[0].runs)) {
    if (line.text == "云岭县人民政府办公室") office = line;
  }
  EXPECT_NEAR(date.left - office.left, 2 * in_mm(kCell), 0.1);
  EXPECT_NEAR(office.right, 184 - 2 * in_mm(kCell), 0.1);

  document.signature.offices = {"县府办"};  // shorter than the date
  const Pages shorter = lay(document);
  EXPECT_NEAR(line_with(shorter.pages[0].runs, "2026年11月22日").right, 184 - 2 * in_mm(kCell),
              0.1);
}

TEST_F(Official, ACoverHasItsTitleAThirdDownItsTextAtTheFootAndNoNumber) {
  Document document{.format = model::Format::Plain, .title = "口袋书", .has_cover = true};
  document.blocks = {text("某办公室"), text("2026年6月30日"), model::PageBreak{}, text("前言")};
  const Pages pages = lay(document);
  ASSERT_EQ(pages.pages.size(), 2U);
  EXPECT_NEAR(line_with(pages.pages[0].runs, "口袋书").top, 99, 0.01);
  EXPECT_NEAR(line_with(pages.pages[0].runs, "2026年6月30日").bottom, 262, 0.01);
  EXPECT_EQ(pages.pages[0].label, "");
  EXPECT_EQ(pages.pages[1].label, "2");
}

TEST_F(Official, NamesOfAnnexesAreAligned) {
  Document document = notice();
  document.attachments = {"第一个", repeat("很长的附件名称", 5), "第三个"};
  const Pages pages = lay(document);
  std::string all;
  for (const Page& page : pages.pages)
    all += text_of(page);
  EXPECT_NE(all.find("附件：1.第一个"), std::string::npos);
  const auto find = [&](const std::string& words) {
    for (const Page& page : pages.pages) {
      for (const GlyphRun& run : page.runs) {
        std::string set;
        for (const PlacedGlyph& glyph : run.glyphs)
          set += encode_utf8(glyph.text);
        const auto at = set.find(words);
        if (at == std::string::npos) continue;
        return in_mm(run.glyphs[code_point_count(set.substr(0, at))].x);
      }
    }
    return 0.0;
  };
  EXPECT_NEAR(find("第三个"), find("第一个"), 0.01);
  EXPECT_NEAR(find("第三个"), 28 + 6 * in_mm(kCell), 0.1);
}

TEST_F(Official, AnAnnexBeginsANewPageWithItsTitleOnTheThirdLine) {
  Document document = notice();
  document.annexes = {Annex{.label = "附件1", .title = "安排表", .blocks = {text("内容")}}};
  const Pages pages = lay(document);
  ASSERT_EQ(pages.pages.size(), 2U);
  EXPECT_NEAR(line_with(pages.pages[1].runs, "附件1").top, 37, 0.001);
  EXPECT_NEAR(line_with(pages.pages[1].runs, "附件1").left, 28, 0.1);
  EXPECT_NEAR(line_with(pages.pages[1].runs, "安排表").top, 37 + 2 * in_mm(kPitch), 0.001);
  EXPECT_EQ(line_with(pages.pages[0].runs, "印发").text, "");
  EXPECT_NE(line_with(pages.pages[1].runs, "印发").text, "");
}

/// A lying annex of several pages.
Annex lying_annex() {
  model::TableBlock block;
  block.table.header_rows = 1;
  block.table.rows.push_back({cell("企业"), cell("任务")});
  for (int i = 0; i < 60; ++i)
    block.table.rows.push_back({cell("甲公司"), cell("走访")});
  return {.label = "附件", .title = "安排表", .blocks = {block}, .landscape = true};
}

TEST_F(Official, ALyingAnnexIsTurnedOnAnUprightSheetAndTheImprintFollows) {
  Document document = notice();
  document.annexes = {lying_annex()};
  const Pages pages = lay(document);
  ASSERT_GE(pages.pages.size(), 4U);
  for (std::size_t i = 1; i + 1 < pages.pages.size(); ++i) {
    const Page& page = pages.pages[i];
    const bool odd = i % 2 == 0;
    EXPECT_EQ(page.width, mm(210));
    EXPECT_EQ(page.quarter_turns, odd ? 1 : 3);
    EXPECT_NE(text_of(page).find("企业任务"), std::string::npos) << "the header is repeated";
    for (const PageLine& line : lines_of(page.turned_runs)) {
      EXPECT_GE(line.left, odd ? 34.95 : 36.95);
      EXPECT_LE(line.right, odd ? 260.05 : 262.05);
      EXPECT_GE(line.top, odd ? 27.99 : 25.99);
      EXPECT_LE(line.bottom, odd ? 184.01 : 182.01);
    }
    EXPECT_EQ(lines_of(page.runs).size(), 1U) << "only the page number stands upright";
  }
  EXPECT_EQ(pages.pages.back().quarter_turns, 0);
  EXPECT_NE(text_of(pages.pages.back()).find("印发"), std::string::npos);
}

TEST_F(Official, TablesOnTheirSideLieAlikeWhereThatIsAskedFor) {
  Document document = notice();
  document.annexes = {lying_annex()};
  document.turned_alike = true;
  const Pages pages = lay(document);
  for (std::size_t i = 1; i + 1 < pages.pages.size(); ++i)
    EXPECT_EQ(pages.pages[i].quarter_turns, 1);
}

TEST_F(Official, ALyingAnnexBoundApartTurnsByItsOwnNumbers) {
  Document document = notice();
  document.annexes = {lying_annex()};
  document.annexes[0].separate = true;
  const Pages pages = lay(document);
  for (const Page& page : pages.pages) {
    if (page.quarter_turns != 0) {
      EXPECT_EQ(page.quarter_turns, page.label == "1" || page.label == "3" ? 1 : 3) << page.label;
    }
  }
  EXPECT_EQ(pages.pages[1].label, "1");
  EXPECT_EQ(pages.pages[1].quarter_turns, 1);
}

TEST_F(Official, SignersStandRightOfTheNumberOnTheLineOfTheLastOne) {
  Document document = notice();
  document.head.signers = {"王启明", "赵一", "欧阳长青"};
  const Pages pages = lay(document);
  const PageLine line = line_with(pages.pages[0].runs, "〔2026〕12号");
  EXPECT_NEAR(line.left, 28 + in_mm(kCell), 0.1);
  EXPECT_NE(line.text.find("欧阳长青"), std::string::npos);
  const PageLine above = line_with(pages.pages[0].runs, "签发人：");
  EXPECT_EQ(above.text, "签发人：王启明赵一");
  EXPECT_LE(above.right, 184 - in_mm(kCell) + 0.01);
}

TEST_F(Official, AddresseesThatCrowdOutTheBodyMoveToTheImprint) {
  Document document = notice();
  document.addressees.assign(44, "某某县某某镇人民政府");
  const Pages pages = lay(document);
  EXPECT_NE(line_with(pages.pages[0].runs, "现将有关").text, "");
  EXPECT_NE(text_of(pages.pages.back()).find("主送："), std::string::npos);
}

TEST_F(Official, TheFirstPageShowsBodyTextEvenWhereLinesWouldKeepTogether) {
  Document document = notice();
  document.blocks.clear();
  for (int i = 0; i < 12; ++i)
    document.blocks.emplace_back(text("一、标题", 1));
  document.blocks.emplace_back(text("正文。"));
  EXPECT_NE(line_with(lay(document).pages[0].runs, "一、标题").text, "");
}

TEST_F(Official, HeadingsAndAnnexesBecomeBookmarks) {
  Document document = notice();
  document.blocks = {text("一、总体要求", 1), text("内容")};
  document.annexes = {Annex{.label = "附件1", .title = "安排表", .blocks = {text("内容")}}};
  const Pages pages = lay(document);
  ASSERT_EQ(pages.bookmarks.size(), 3U);
  EXPECT_EQ(pages.bookmarks[0].title, "关于做好惠企政策落实工作的通知");
  EXPECT_EQ(pages.bookmarks[1].title, "一、总体要求");
  EXPECT_EQ(pages.bookmarks[1].level, 2);
  EXPECT_EQ(pages.bookmarks[2].title, "附件1　安排表");
  EXPECT_EQ(pages.bookmarks[2].page, 1);
}

TEST_F(Official, MissingCharactersOfAllPartsAreReportedTogether) {
  Document document = notice();
  std::string rare;
  append_utf8(rare, 0x10FFFD);
  document.title += rare;
  document.blocks = {Paragraph{.runs = {{rare}}, .where = {.file = "a.md", .line = 3}}};
  const auto pages = lay_out(document, fonts());
  ASSERT_FALSE(pages);
  EXPECT_EQ(pages.error().id, "font.no-glyph");
  EXPECT_EQ(pages.error().also.size(), 1U);
}

TEST_F(Official, ALetterHasItsMark30MillimetresFromTheTopAndTwoDoubleRules) {
  Document document = notice();
  document.format = model::Format::Letter;
  document.blocks = {text(repeat("国", 28 * 30))};
  const Pages pages = lay(document);
  const auto ink = mark_ink(pages);
  EXPECT_NEAR(ink.first, 30, 0.02);
  const auto& rules = pages.pages[0].rules;
  ASSERT_EQ(rules.size(), 4U);
  EXPECT_NEAR(in_mm(rules[0].y) - ink.second, 4, 0.02);
  EXPECT_GT(rules[0].height, rules[1].height);
  EXPECT_LT(rules[2].height, rules[3].height);
  EXPECT_EQ(rules[3].y + rules[3].height, mm(277));
  for (const Rule& rule : rules)
    EXPECT_EQ(rule.width, mm(170));
  EXPECT_EQ(line_with(pages.pages[0].runs, "文件").text, "");
  EXPECT_NEAR(line_with(pages.pages[0].runs, "〔2026〕12号").right, 184, 0.1);
  EXPECT_EQ(pages.pages[0].label, "");
  EXPECT_EQ(pages.pages[1].label, "2");
  EXPECT_EQ(text_of(pages.pages.back()).find("印发"), std::string::npos);
}

TEST_F(Official, AnOrderHasItsMark20MillimetresIntoTheTypeAreaAndNoRule) {
  Document document = notice();
  document.format = model::Format::Order;
  document.title.clear();
  document.addressees.clear();
  document.imprint = {};
  document.head.number = "第12号";
  const Pages pages = lay(document);
  EXPECT_NEAR(mark_ink(pages).first, 57, 0.02);
  EXPECT_NE(line_with(pages.pages[0].runs, "办公室令").text, "");
  EXPECT_TRUE(pages.pages[0].rules.empty());
  const PageLine number = line_with(pages.pages[0].runs, "第12号");
  EXPECT_NEAR(line_with(pages.pages[0].runs, "现将有关").top - number.bottom, in_mm(gap_of(2)),
              0.01);
}

TEST_F(Official, MinutesKeepTheirName) {
  Document document = notice();
  document.format = model::Format::Minutes;
  document.head.issuers = {"云岭县人民政府常务会议纪要"};
  const Pages pages = lay(document);
  EXPECT_EQ(line_with(pages.pages[0].runs, "会议纪要").text, "云岭县人民政府常务会议纪要");
  EXPECT_NEAR(mark_ink(pages).first, 72, 0.02);
}

TEST_F(Official, AHeadWithoutTitleAndNumberStillStandsAboveTheText) {
  for (const auto format : {model::Format::Document, model::Format::Letter, model::Format::Order}) {
    Document document = notice();
    document.format = format;
    document.title.clear();
    document.head.number.clear();
    const Pages pages = lay(document);
    EXPECT_GT(line_with(pages.pages[0].runs, "各乡镇人民政府").top, mark_ink(pages).second);
  }
}

TEST_F(Official, AnEmptyDocumentIsOnePage) {
  EXPECT_EQ(lay(Document{.format = model::Format::Plain}).pages.size(), 1U);
  EXPECT_EQ(lay(Document{}).pages.size(), 1U);
}

TEST_F(Official, TheSameDocumentGivesTheSamePages) {
  const Pages one = lay(notice());
  const Pages two = lay(notice());
  ASSERT_EQ(one.pages.size(), two.pages.size());
  EXPECT_EQ(text_of(one.pages[0]), text_of(two.pages[0]));
}

/// Where every glyph and rule of the pages stands.
std::string places(const Pages& pages) {
  std::string text;
  for (const Page& page : pages.pages) {
    for (const GlyphRun& run : page.runs) {
      text += std::to_string(run.font) + " " + std::to_string(run.baseline.units()) + ":";
      for (const PlacedGlyph& glyph : run.glyphs)
        text += " " + std::to_string(glyph.glyph) + "@" + std::to_string(glyph.x.units());
    }
    for (const Rule& rule : page.rules)
      text += " r" + std::to_string(rule.y.units());
  }
  for (const Substitution& each : pages.substitutions)
    text += " s" + std::to_string(each.count);
  return text;
}

class TypeMemories : public WithFonts {};

TEST_F(TypeMemories, PagesAreTheSameWithAndWithoutIt) {
  TypeMemory memory(fonts());
  for (const char* name : {"云岭县甲厂", "云岭县䶮㛃厂", "云岭县甲厂"}) {
    Document document = notice();
    document.title = std::string("关于") + name + "考核的通知";
    document.blocks.push_back(
        model::TableBlock{.table = {.columns = {{}, {}},
                                    .header_rows = 1,
                                    .rows = {{cell("企业"), cell("说明")},
                                             {cell(name), cell("办结（3件），计6分。")}}}});
    const auto fresh = lay_out(document, fonts());
    const auto remembered = lay_out(document, fonts(), {.memory = &memory});
    ASSERT_TRUE(fresh.has_value() && remembered.has_value());
    EXPECT_EQ(places(fresh.value()), places(remembered.value()));
  }
}

TEST_F(TypeMemories, ACharacterThatNoFaceHasIsReportedEachTime) {
  TypeMemory memory(fonts());
  Document document = notice();
  document.blocks = {text("不可印的\uE000字。")};
  for (int round = 0; round < 2; ++round) {
    const auto refused = lay_out(document, fonts(), {.memory = &memory});
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().id, "font.no-glyph");
  }
}

}  // namespace
}  // namespace huice::layout
