#include "library/readers.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "archive/zip_writer.h"

namespace huice::library {
namespace {

std::vector<std::string> texts(const Result<SourceText>& source) {
  std::vector<std::string> lines;
  if (!source) return {"refused: " + source.error().id};
  for (const SourceLine& line : source.value().lines)
    lines.push_back(line.text);
  return lines;
}

using Texts = std::vector<std::string>;

TEST(PlainText, IsReadInGb18030) {
  const auto source = read_source("\xCD\xA8\xD6\xAA\n\n\xD2\xBB\xA1\xA2", "a.txt");
  EXPECT_EQ(texts(source), (Texts{"通知", "一、"}));
  EXPECT_EQ(source.value().encoding, "GB18030");
  EXPECT_TRUE(source.value().lines[1].after_gap);
}

TEST(PlainText, LosesWhatWordLeftBehind) {
  EXPECT_EQ(texts(read_plain_text("[bookmark: _GoBack]全县工业企业")), Texts{"全县工业企业"});
}

TEST(PlainText, WithoutAnyTextIsRefused) {
  EXPECT_EQ(read_plain_text(" \n\u3000\n").error().id, "library.empty");
}

TEST(Markdown, KeepsWordsAndHeadingsAndDropsMarks) {
  const auto source = read_markdown(
      "---\ntitle: x\n---\n# 方案\n\n**重点**见[附件](a.md)\n- 甲\n\n| 项 | 值 |\n|---|---|\n| 一 "
      "| 2 |\n");
  EXPECT_EQ(texts(source), (Texts{"方案", "重点见附件", "甲", "项 | 值", "一 | 2"}));
  EXPECT_EQ(source.value().lines[0].heading, 1);
  EXPECT_TRUE(source.value().lines[4].table_row);
}

TEST(Html, LosesMenusAndFooters) {
  const auto source =
      read_html(R"(<html><head><meta charset="utf-8"><title>关于某事的通知_某县政府网</title>
<style>p{}</style></head><body><div class="top-nav"><ul><li><a href="/">首页</a></li></ul></div>
<div id="content"><h1>关于某事的通知</h1><p>各乡镇：</p><p>为做好<b>某事</b>，<br>现通知如下。</p>
<table><tr><td>单位</td><td>时限</td></tr><tr><td>财政局</td><td>5月</td></tr></table></div>
<script>var x = "不要";</script><div class="footer">版权所有 某县人民政府</div></body></html>)");
  EXPECT_EQ(texts(source), (Texts{"关于某事的通知", "各乡镇：", "为做好某事，", "现通知如下。",
                                  "单位 | 时限", "财政局 | 5月"}));
  EXPECT_EQ(source.value().title, "关于某事的通知");
  EXPECT_EQ(source.value().lines[0].heading, 1);
}

TEST(Html, ObeysItsDeclaredEncoding) {
  const auto source = read_html("<meta charset=\"gb2312\"><p>\xCD\xA8\xD6\xAA\xA3\xBA</p>");
  EXPECT_EQ(texts(source), Texts{"通知："});
}

TEST(Html, WhatNestsTooDeepIsRefusedAndNotCutShort) {
  const auto nested = [](int depth) {
    std::string page;
    for (int i = 0; i < depth; ++i)
      page += "<div>";
    return read_html(page + "文");
  };
  EXPECT_EQ(texts(nested(100)), Texts{"文"});
  EXPECT_EQ(nested(100'000).error().id, "library.html.too-deep");
  EXPECT_EQ(read_html("").has_value(), false);
}

std::string docx(const std::string& body, const std::string& numbering = "") {
  constexpr const char* kOpen =
      R"(<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>)";
  archive::ZipWriter zip;
  zip.add("word/document.xml", kOpen + body + "</w:body></w:document>");
  zip.add(
      "word/styles.xml",
      R"(<w:styles xmlns:w="u"><w:style w:styleId="2"><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style></w:styles>)");
  if (!numbering.empty()) zip.add("word/numbering.xml", numbering);
  return zip.finish();
}

TEST(Docx, GivesParagraphsHeadingsAndTableRows) {
  const auto source = read_docx(
      docx(
          R"(<w:p><w:pPr><w:pStyle w:val="2"/></w:pPr><w:r><w:t>总体</w:t></w:r><w:r><w:t>要求</w:t></w:r></w:p>
<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r><w:del><w:r><w:delText>删去</w:delText></w:r></w:del></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>单位</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>县财政局</w:t></w:r></w:p></w:tc></w:tr></w:tbl>)"),
      "a.docx");
  ASSERT_EQ(texts(source), (Texts{"总体要求", "甲", "乙", "单位 | 县财政局"}));
  EXPECT_EQ(source.value().lines[0].heading, 2);
  EXPECT_TRUE(source.value().lines[3].table_row);
}

TEST(Docx, WritesOutItsNumbers) {
  const std::string item =
      R"(<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr></w:pPr><w:r><w:t>项</w:t></w:r></w:p>)";
  const std::string numbering =
      R"(<w:numbering xmlns:w="u"><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/>
<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>
<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>)";
  EXPECT_EQ(texts(read_docx(docx(item + item, numbering), "a.docx")), (Texts{"一、项", "二、项"}));
}

TEST(Docx, ThatIsDamagedIsRefusedWithItsFile) {
  std::string broken = docx("<w:p/>");
  broken.resize(broken.size() / 2);
  const auto cut = read_source(broken, "坏.docx");
  ASSERT_FALSE(cut);
  EXPECT_EQ(cut.error().where.file, "坏.docx");
  EXPECT_TRUE(cut.error().id.starts_with("zip.")) << cut.error().id;
  EXPECT_EQ(read_source("not a zip", "b.docx").error().where.file, "b.docx");
  EXPECT_FALSE(read_docx(docx("<w:p>"), "c.docx"));
}

/// A PDF with one Helvetica text per line of each page, at x = 72; poppler rebuilds the xref table.
std::string pdf(const std::vector<std::vector<std::string>>& pages) {
  std::string kids;
  std::string objects;
  int next = 4;
  for (const auto& page : pages) {
    std::string content = "BT /F1 12 Tf 72 760 Td 20 TL";
    for (const std::string& line : page)
      content += " (" + line + ") Tj T*";
    content += " ET";
    const std::string page_id = std::to_string(next++);
    const std::string content_id = std::to_string(next++);
    kids += page_id + " 0 R ";
    objects += page_id + " 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents " +
               content_id + " 0 R/Resources<</Font<</F1 3 0 R>>>>>>endobj\n" + content_id +
               " 0 obj<</Length " + std::to_string(content.size()) + ">>stream\n" + content +
               "\nendstream endobj\n";
  }
  return "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count " +
         std::to_string(pages.size()) + "/Kids[" + kids +
         "]>>endobj\n3 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n" + objects +
         "trailer<</Root 1 0 R>>\n%%EOF\n";
}

TEST(Pdf, JoinsLinesAndDropsWhatRepeatsOnPages) {
  std::vector<std::vector<std::string>> pages;
  Texts expected;
  for (const std::string name : {"one", "two", "six"}) {
    const std::string full = "in part " + name + " a line of type as long as the measure";
    pages.push_back({"County Gazette", full, full, "end " + name,
                     "- " + std::to_string(pages.size() + 1) + " -"});
    expected.push_back(full + " " + full + " end " + name);
  }
  const auto source = read_pdf(pdf(pages));
  ASSERT_TRUE(source) << source.error().message;
  EXPECT_EQ(texts(source), expected);
}

TEST(Pdf, ThatIsDamagedOrScannedIsRefusedWithTheWayOut) {
  EXPECT_EQ(read_pdf("%PDF-1.4 nothing").error().id, "library.pdf.corrupt");
  std::string torn = pdf({{"a line of type"}});
  torn.replace(torn.find("BT /F1"), 6, ">> }F1");
  EXPECT_EQ(read_pdf(torn).error().id, "library.pdf.corrupt");
  const auto scanned = read_pdf(pdf({{}}));
  EXPECT_EQ(scanned.error().id, "library.pdf.scanned");
  EXPECT_NE(scanned.error().hint.find("OCR"), std::string::npos);
}

TEST(Pdf, IsReadColumnByColumn) {
  const auto source = read_source(HUICE_SOURCE_DIR "/tests/suite/extraction/48-two-columns.pdf");
  ASSERT_TRUE(source) << source.error().message;
  const Texts lines = texts(source);
  const auto at = [&](std::string_view start) {
    return std::ranges::find_if(lines, [&](const auto& line) { return line.starts_with(start); });
  };
  // The last paragraph of the left column goes before the first of the right one, and both are
  // whole.
  ASSERT_NE(at("三、加强要素支持"), lines.end());
  EXPECT_LT(at("三、加强要素支持"), at("（一）引导金融机构"));
  ASSERT_NE(at("（一）引导金融机构"), lines.end());
  EXPECT_TRUE(at("（一）引导金融机构")->ends_with("提高首贷户比例。"));
  EXPECT_EQ(at("—"), lines.end());  // the page number
  EXPECT_TRUE(at("（二）定期推介")->ends_with("保障民间投资合理收益。"));
}

TEST(Xlsx, GivesTheRowsOfSheetsThatAreShown) {
  const auto source = read_source(HUICE_SOURCE_DIR "/tests/suite/extraction/52-notice.xlsx");
  ASSERT_TRUE(source) << source.error().message;
  const Texts lines = texts(source);
  ASSERT_EQ(lines.size(), 9u);
  EXPECT_EQ(lines[0], "清浦县工业和信息化局关于报送2025年企业走访安排的通知");
  EXPECT_EQ(lines[5], "1 | 清浦某化纤有限公司 | 7月第1周 | 吴某");
  EXPECT_TRUE(source.value().lines[5].table_row);
  EXPECT_TRUE(source.value().lines[4].after_gap);
}

TEST(Html, TakesCellsThatLayOutAPageForNoTable) {
  const auto source =
      read_source(HUICE_SOURCE_DIR "/tests/suite/extraction/24-web-table-layout.html");
  ASSERT_TRUE(source);
  for (const SourceLine& line : source.value().lines)
    EXPECT_LT(line.text.size(), 300u) << line.text;
}

TEST(Formats, ThatCannotBeReadSayWhatToUse) {
  for (const char* name : {"a.doc", "a.wps", "a.rtf", "a.ofd", "a.jpg"}) {
    const auto source = read_source(std::filesystem::path(name));
    EXPECT_EQ(source.error().id, "library.format") << name;
    EXPECT_EQ(source.error().where.file, name);
    EXPECT_NE(source.error().hint, "");
  }
  EXPECT_EQ(read_source("\xD0\xCF\x11\xE0\xA1\xB1", "old.docx").error().id, "library.format");
}

TEST(Formats, WithTooMuchTextAreRefused) {
  SourceText source;
  source.lines.resize(kMaxLines + 1, {.text = "行"});
  EXPECT_EQ(finished(source).error().id, "library.too-large");
  source.lines.pop_back();
  EXPECT_TRUE(finished(source));
  source.lines = {{.text = std::string(kMaxTextBytes + 1, 'x')}};
  EXPECT_EQ(finished(source).error().id, "library.too-large");
}

}  // namespace
}  // namespace huice::library
