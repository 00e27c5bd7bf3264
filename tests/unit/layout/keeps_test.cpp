// Where pages end: no line of a paragraph or row of a table alone (孤行), no heading last.
#include <gtest/gtest.h>

#include "default_fonts.h"
#include "layout/official.h"
#include "page_lines.h"

namespace huice::layout {
namespace {

using PageEnds = WithFonts;

std::string repeated(const char* character, int count) {
  std::string text;
  for (int i = 0; i < count; ++i)
    text += character;
  return text;
}

model::Paragraph paragraph(int characters, const std::string& first = "首") {
  return {.runs = {{.text = first + repeated("国", characters) + "尾。"}}};
}

/// Two to five lines by turns; one of three begins with 三.
model::Paragraph paragraph_of_lines(int turn) {
  return paragraph(40 + 28 * (turn % 4), turn % 4 == 1 ? "三" : "首");
}

/// Headings and paragraphs of two to five lines; the first paragraph moves all that follow.
model::Document document(int shift) {
  model::Document made{.format = model::Format::Plain};
  made.blocks.emplace_back(paragraph(26 + 28 * shift));
  for (int i = 0; i < 24; ++i) {
    made.blocks.emplace_back(model::Paragraph{.level = 1, .runs = {{.text = "一、题"}}});
    if (i % 3 == 0) {
      made.blocks.emplace_back(model::Paragraph{.level = 2, .runs = {{.text = "（一）题"}}});
    }
    made.blocks.emplace_back(paragraph_of_lines(i));
  }
  return made;
}

/// The lines of a page but for its number.
std::vector<PageLine> text_lines(const Page& page) {
  std::vector<PageLine> lines = lines_of(page.runs);
  std::erase_if(lines, [](const PageLine& line) { return line.size < 15; });
  return lines;
}

TEST_F(PageEnds, NoLineOfAParagraphIsAloneAndNoHeadingIsLast) {
  for (int shift = 0; shift < 24; ++shift) {
    const auto pages = lay_out(document(shift), fonts());
    ASSERT_TRUE(pages);
    ASSERT_GE(pages.value().pages.size(), 3U);
    for (std::size_t i = 0; i < pages.value().pages.size(); ++i) {
      const std::vector<PageLine> lines = text_lines(pages.value().pages[i]);
      ASSERT_FALSE(lines.empty());
      SCOPED_TRACE(testing::Message() << "shift " << shift << ", page " << i + 1);
      EXPECT_FALSE(i > 0 && lines.front().text.ends_with("尾。")) << lines.front().text;
      const bool last_page = i + 1 == pages.value().pages.size();
      EXPECT_FALSE(!last_page && lines.back().text.starts_with("首")) << lines.back().text;
      EXPECT_FALSE(lines.back().text.ends_with("题")) << lines.back().text;
      EXPECT_LE(lines.back().bottom, 262.01);
    }
  }
}

TEST_F(PageEnds, NoMoreThanOneLineOfAPageStaysBlankForTheSakeOfAParagraph) {
  bool parted = false;
  for (int shift = 0; shift < 22; ++shift) {
    model::Document made{.format = model::Format::Plain};
    made.blocks.emplace_back(paragraph(26 + 28 * shift));
    for (int i = 0; i < 30; ++i)
      made.blocks.emplace_back(paragraph_of_lines(i));
    const auto pages = lay_out(made, fonts());
    ASSERT_TRUE(pages);
    for (std::size_t i = 0; i + 1 < pages.value().pages.size(); ++i) {
      const std::vector<PageLine> lines = text_lines(pages.value().pages[i]);
      EXPECT_GE(lines.size(), 21U) << "shift " << shift << ", page " << i + 1;
      parted = parted || lines.back().text.starts_with("三");
    }
  }
  EXPECT_TRUE(parted);
}

/// A table of low rows after `lines` lines of text.
model::Document document_with_table(int lines, std::size_t rows) {
  model::Document made{.format = model::Format::Plain};
  made.blocks.emplace_back(paragraph(28 * lines - 6));
  model::TableBlock block;
  block.table.header_rows = 1;
  block.table.rows = {{{.content = "表头"}}};
  for (std::size_t i = 0; i < rows; ++i)
    block.table.rows.push_back({{.content = "行"}});
  made.blocks.emplace_back(std::move(block));
  return made;
}

TEST_F(PageEnds, NoPageShowsFewerThanThreeRowsAtTheEndOfATable) {
  for (int lines = 2; lines < 22; ++lines) {
    const auto pages = lay_out(document_with_table(lines, 30), fonts());
    ASSERT_TRUE(pages);
    std::size_t shown = 0;
    const std::string text = text_of(pages.value().pages.back());
    for (std::size_t at = text.find("行"); at != text.npos; at = text.find("行", at + 1))
      ++shown;
    EXPECT_GE(shown, 3U) << lines;
  }
}

TEST_F(PageEnds, AHeadingStaysWithTheCaptionTheHeadAndTheFirstRowOfItsTable) {
  for (int lines = 14; lines < 22; ++lines) {
    model::Document made{.format = model::Format::Plain};
    made.blocks.emplace_back(paragraph(28 * lines - 6));
    made.blocks.emplace_back(model::Paragraph{.level = 1, .runs = {{.text = "一、题"}}});
    model::TableBlock block{.caption = "表题"};
    block.table.header_rows = 1;
    block.table.rows = {{{.content = "表头"}}, {{.content = "首行"}}, {{.content = "次行"}}};
    made.blocks.emplace_back(std::move(block));
    const auto pages = lay_out(made, fonts());
    ASSERT_TRUE(pages);
    for (const Page& page : pages.value().pages) {
      const std::string text = text_of(page);
      const bool heading = text.find("一、题") != std::string::npos;
      EXPECT_EQ(heading, text.find("表题") != std::string::npos) << lines;
      EXPECT_EQ(heading, text.find("首行") != std::string::npos) << lines;
    }
  }
}

}  // namespace
}  // namespace huice::layout
