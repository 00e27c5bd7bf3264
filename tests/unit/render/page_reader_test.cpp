// Operators, character maps and damaged files, as the reader of finished pages meets them.
#include "render/pdf/page_reader.h"

#include <gtest/gtest.h>

#include "render/pdf/content_reader.h"
#include "render/pdf/font_reader.h"

namespace huice::render::pdf {
namespace {

std::vector<Operation> operations(std::string_view content) {
  std::vector<Operation> all;
  ContentReader reader(content);
  for (Operation each; reader.next(each);)
    all.push_back(each);
  return all;
}

TEST(ContentReader, NumbersNamesTextsAndArraysStandBeforeTheirOperator) {
  const auto all = operations("/F0 16 Tf 1 0 0 -.5 +20 70. Tm\n[<0001 00 02>-12.5(a\\(b)] TJ");
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].name, "Tf");
  EXPECT_EQ(all[0].operands[0].text, "F0");
  EXPECT_EQ(all[0].number(1), 16);
  EXPECT_EQ(all[1].number(3), -0.5);
  EXPECT_EQ(all[1].number(4), 20);
  EXPECT_EQ(all[1].number(5), 70);
  EXPECT_EQ(all[1].number(6), 0);
  const auto& items = all[2].operands[0].items;
  ASSERT_EQ(items.size(), 3U);
  EXPECT_EQ(items[0].text, std::string("\0\1\0\2", 4));
  EXPECT_EQ(items[1].number, -12.5);
  EXPECT_EQ(items[2].text, "a(b");
}

TEST(ContentReader, TextsEscapeByLetterAndByOctalNumber) {
  EXPECT_EQ(operations("(a\\n\\101\\\\(b)\\\nc) Tj")[0].operands[0].text, "a\nA\\(b)c");
}

TEST(ContentReader, CommentsDictionariesAndInlineImagesAreSkipped) {
  const auto all = operations("% 1 g\n/P <</MCID 3 /A [1 2]>> BDC BI /W 1 ID \x01(<EIx EI Q");
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].name, "BDC");
  EXPECT_EQ(all[0].operands.size(), 1U);
  EXPECT_EQ(all[1].name, "BI");
  EXPECT_EQ(all[2].name, "Q");
}

TEST(ContentReader, WhatIsNotClosedOrNotOpenedEndsQuietly) {
  for (const char* text : {"(abc", "<41", "[1 2", "]", ">", ")", "}", "<<", ">>", "BI ID xyz", ""})
    EXPECT_LE(operations(text).size(), 1U) << text;
}

TEST(ContentReader, AnOperatorWithTooManyOperandsEndsTheReading) {
  std::string most;
  for (std::size_t i = 0; i + 1 < kMaxOperands; ++i)
    most += "1 ";
  EXPECT_EQ(operations(most + "w").size(), 1U);
  EXPECT_TRUE(operations(most + "1 w").empty());
}

TEST(CharacterMap, SingleCodesRangesAndListsAreRead) {
  const auto text = read_cmap(
      "2 beginbfchar <0001> <4E91> <0002> <D842DFB7> endbfchar\n"
      "2 beginbfrange <0003> <0005> <0041> <0006> <0007> [<5CAD> <53BF0031>] endbfrange");
  EXPECT_EQ(text.at(1), "云");
  EXPECT_EQ(text.at(2), "𠮷");
  EXPECT_EQ(text.at(5), "C");
  EXPECT_EQ(text.at(7), "县1");
  EXPECT_EQ(text.size(), 7U);
}

TEST(CharacterMap, ARangeEndsWithItsHighByte) {
  const auto text = read_cmap("1 beginbfrange <01FE> <FFFF> <0041> endbfrange");
  EXPECT_EQ(text.size(), 2U);
  EXPECT_EQ(text.at(0x1FF), "B");
}

TEST(PageReader, AFileThatIsNoPdfIsNamedUnreadable) {
  for (const char* bytes : {"", "%PDF-1.7\n", "not a pdf at all"}) {
    const auto pages = read_pages(bytes);
    ASSERT_FALSE(pages) << bytes;
    EXPECT_EQ(pages.error().id, "pdf.unreadable");
  }
}

/// A file of one page with `content`; qpdf finds the objects without a table.
std::string one_page(const std::string& content) {
  return "%PDF-1.7\n1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj\n"
         "2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 720 1440]>> endobj\n"
         "3 0 obj <</Type /Page /Parent 2 0 R /Contents 4 0 R /Resources <<>> >> endobj\n"
         "4 0 obj <</Length " +
         std::to_string(content.size()) + ">> stream\n" + content +
         "\nendstream endobj\ntrailer <</Root 1 0 R /Size 5>>\n%%EOF\n";
}

TEST(PageReader, PagesAreReadAFewAtATimeAsIfReadTogether) {
  std::string bytes =
      "%PDF-1.7\n1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj\n"
      "2 0 obj <</Type /Pages /Kids [3 0 R 4 0 R 5 0 R] /Count 3>> endobj\n";
  for (const char* page : {"3", "4", "5"}) {
    bytes += std::string(page) + " 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 72 " + page +
             "0]>> endobj\n";
  }
  bytes += "trailer <</Root 1 0 R /Size 6>>\n%%EOF\n";
  auto reader = PageReader::open(bytes);
  ASSERT_TRUE(reader) << reader.error().message;
  EXPECT_EQ(reader.value().count(), 3U);
  const auto first = reader.value().read(0, 1);
  const auto rest = reader.value().read(1, 9);
  ASSERT_TRUE(first && rest);
  ASSERT_EQ(first.value().size(), 1U);
  EXPECT_EQ(first.value()[0].height, pt(30));
  ASSERT_EQ(rest.value().size(), 2U);
  EXPECT_EQ(rest.value()[1].height, pt(50));
  EXPECT_TRUE(reader.value().read(3, 1).value().empty());
}

TEST(PageReader, ShapesAreBoxesFromTheTopLeftInTheirColour) {
  const auto pages = read_pages(
      one_page("0 .8 .8 0 k 72 1296 144 36 re f q 0 g 1 0 0 1 72 0 cm 0 0 m 72 72 l S Q 0 0 9 9 re "
               "n 9 9 9 9 re f"));
  ASSERT_TRUE(pages) << pages.error().message;
  ASSERT_EQ(pages.value().size(), 1U);
  const SeenPage& page = pages.value()[0];
  EXPECT_EQ(page.width, pt(720));
  EXPECT_EQ(page.height, pt(1440));
  ASSERT_EQ(page.shapes.size(), 3U);
  EXPECT_EQ(page.shapes[0].paint, Paint::Red);
  EXPECT_EQ(page.shapes[0].box.left, pt(72));
  EXPECT_EQ(page.shapes[0].box.top, pt(108));
  EXPECT_EQ(page.shapes[0].box.right, pt(216));
  EXPECT_EQ(page.shapes[0].box.bottom, pt(144));
  EXPECT_EQ(page.shapes[1].box.left, pt(72));
  EXPECT_EQ(page.shapes[1].box.bottom, pt(1440));
  EXPECT_EQ(page.shapes[2].paint, Paint::Red);  // what q saved, Q brings back
}

TEST(PageReader, APageThatIsNotReadToItsEndIsRefused) {
  std::string content;
  for (std::size_t i = 0; i < kMaxOperands; ++i)
    content += "1 ";
  const auto pages = read_pages(one_page(content + "w"));
  ASSERT_FALSE(pages);
  EXPECT_EQ(pages.error().id, "pdf.too-much");
}

TEST(PageReader, StatesSavedWithoutEndAreRefused) {
  std::string content;
  for (std::size_t i = 0; i < kMaxSavedStates; ++i)
    content += "q ";
  EXPECT_TRUE(read_pages(one_page(content)));
  const auto pages = read_pages(one_page(content + "q "));
  ASSERT_FALSE(pages);
  EXPECT_EQ(pages.error().id, "pdf.too-much");
}

}  // namespace
}  // namespace huice::render::pdf
