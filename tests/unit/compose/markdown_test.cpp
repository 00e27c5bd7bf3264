#include <gtest/gtest.h>

#include "drawing.h"

namespace huice::compose {
namespace {

using Lines = std::vector<std::string>;

Lines body(const std::string& markdown) {
  const auto sections = read(markdown);
  return sections ? outline(sections.value().body) : places(as_findings(sections.error()));
}

TEST(Markdown, HeadingsNumberThemselvesInTheOrderOfOfficialTexts) {
  EXPECT_EQ(
      body("## 甲\n\n### 乙\n\n#### 丙\n\n##### 丁\n\n##### 戊\n\n### 己\n\n#### 庚\n\n## 辛\n"),
      (Lines{"1|一、甲", "2|（一）乙", "3|1.丙", "4|（1）丁", "4|（2）戊", "2|（二）己", "3|1.庚",
             "1|二、辛"}));
}

TEST(Markdown, AHeadingThatEndsInAFullStopRunsOn) {
  EXPECT_EQ(body("## 任务\n\n### 送政策上门。\n\n逐条梳理。\n\n另起一段。\n"),
            (Lines{"1|一、任务", "2|（一）送政策上门。|逐条梳理。", "0|另起一段。"}));
}

TEST(Markdown, AParagraphThatBeginsBoldIsARunningHeadingOneLevelDown) {
  EXPECT_EQ(
      body("## 任务\n\n**送政策上门。**逐条梳理。\n\n**保要素供给。**分头负责。\n"),
      (Lines{"1|一、任务", "2|（一）送政策上门。|逐条梳理。", "2|（二）保要素供给。|分头负责。"}));
}

TEST(Markdown, BoldTextClosesBesideChineseMarks) {
  EXPECT_EQ(body("各单位**务必于“五月”**前报送。\n"), (Lines{"0|各单位*务必于“五月”*前报送。"}));
}

TEST(Markdown, LinesJoinWithoutBlanksBetweenChinese) {
  EXPECT_EQ(body("　　甲乙\n丙 GB\nT 9704\n"), (Lines{"0|甲乙丙 GB T 9704"}));
}

TEST(Markdown, ListItemsKeepTheirNumbers) {
  EXPECT_EQ(body("1. 甲\n2. 乙\n   1. 丙\n\n- 丁\n"),
            (Lines{"0|1.甲", "0|2.乙", "0|（1）丙", "0|——丁"}));
}

TEST(Markdown, ParagraphsSayHowTheyAreAligned) {
  const auto sections = read("甲 {居右}\n\n乙 {居中}\n\n丙 {别的}\n");
  ASSERT_TRUE(sections.has_value());
  const auto align = [&](std::size_t i) {
    return std::get<model::Paragraph>(sections.value().body[i]).align;
  };
  EXPECT_EQ(align(0), model::Align::Right);
  EXPECT_EQ(align(1), model::Align::Centre);
  EXPECT_EQ(align(2), model::Align::Auto);
  EXPECT_EQ(outline(sections.value().body), (Lines{"0|甲", "0|乙", "0|丙 {别的}"}));
}

TEST(Markdown, TablesTakeTheirCaptionAndAlignment) {
  const auto sections = read("表：联络人\n\n| 单位 | 电话 |\n|---|:---:|\n| 县局 | **1\\|2** |\n");
  ASSERT_TRUE(sections.has_value());
  ASSERT_EQ(outline(sections.value().body), (Lines{"table 2x2 联络人"}));
  const auto& table = std::get<model::TableBlock>(sections.value().body[0]).table;
  EXPECT_EQ(table.header_rows, 1);
  EXPECT_EQ(table.columns[0].align, model::Align::Auto);
  EXPECT_EQ(table.columns[1].align, model::Align::Centre);
  EXPECT_EQ(to_text(table.rows[1][1]), "1|2");
  EXPECT_TRUE(table.rows[1][1].strong);
}

TEST(Markdown, ATableWithAnEmptyHeaderHasNone) {
  const auto sections = read("| | |\n|---|---|\n| 甲 | 乙 |\n");
  ASSERT_TRUE(sections.has_value());
  const auto& table = std::get<model::TableBlock>(sections.value().body[0]).table;
  EXPECT_EQ(table.header_rows, 0);
  EXPECT_EQ(table.rows.size(), 1U);
}

TEST(Markdown, CellsThatSaySoAreMergedWithTheOneToTheirLeftOrAboveThem) {
  const auto sections = read(
      "| 甲 | 乙 | 丙 |\n|---|---|---|\n| 一 | 二 | 三 |\n| {同上} | 四 | 五 |\n"
      "| 合计 | {同左} | 六 |\n");
  ASSERT_TRUE(sections.has_value());
  const auto& rows = std::get<model::TableBlock>(sections.value().body[0]).table.rows;
  EXPECT_EQ(rows[1][0].row_span, 2);
  EXPECT_TRUE(rows[2][0].covered);
  EXPECT_EQ(rows[3][0].column_span, 2);
  EXPECT_TRUE(rows[3][1].covered);
  EXPECT_EQ(rows[3][2].column_span, 1);
  EXPECT_FALSE(rows[3][2].covered);
}

TEST(Markdown, ASquareOfCellsIsMergedWhole) {
  const auto sections = read("| | |\n|---|---|\n| 一 | {同左} |\n| {同上} | {同左} |\n");
  ASSERT_TRUE(sections.has_value());
  const auto& rows = std::get<model::TableBlock>(sections.value().body[0]).table.rows;
  EXPECT_EQ(rows[0][0].column_span, 2);
  EXPECT_EQ(rows[0][0].row_span, 2);
  EXPECT_TRUE(rows[0][1].covered && rows[1][0].covered && rows[1][1].covered);
}

TEST(Markdown, AHeaderWithGroupsGoesOnInTheRowThatMergesWithIt) {
  const auto sections =
      read("| 序号 | 分工 | {同左} |\n|---|---|---|\n| {同上} | 领导 | 单位 |\n| 1 | 甲 | 乙 |\n");
  const auto& table = std::get<model::TableBlock>(sections.value().body.front()).table;
  EXPECT_EQ(table.header_rows, 2);
  EXPECT_EQ(table.rows[0][0].row_span, 2);
  EXPECT_EQ(table.rows[0][1].column_span, 2);
  EXPECT_EQ(table.rows[1][1].row_span, 1);
}

TEST(Markdown, ACellWithNoneToMergeWithIsRefused) {
  EXPECT_EQ(body("| 甲 | 乙 |\n|---|---|\n| {同左} | 一 |\n"), (Lines{"t.md:1:0 markdown.table"}));
  EXPECT_EQ(body("| 甲 | 乙 |\n|---|---|\n| {同上} | 一 |\n"), (Lines{"t.md:1:0 markdown.table"}));
}

TEST(Markdown, SectionsAreIssuedTextsAndAnnexesInOrder) {
  const auto sections = read(
      "正文\n\n某县\n实施方案\n===\n\n## 甲\n\n# 附件 安排表 {横排}\n\n表\n\n# 附件2：细则\n\n## "
      "乙\n");
  ASSERT_TRUE(sections.has_value());
  const auto& annexes = sections.value().annexes;
  ASSERT_EQ(annexes.size(), 3U);
  EXPECT_EQ(annexes[0].label + "|" + annexes[0].title, "|某县\n实施方案");
  EXPECT_EQ(annexes[1].label + "|" + annexes[1].title, "附件1|安排表");
  EXPECT_TRUE(annexes[1].landscape);
  EXPECT_EQ(annexes[2].label + "|" + annexes[2].title, "附件2|细则");
  EXPECT_EQ(outline(annexes[2].blocks), (Lines{"1|一、乙"}));
}

TEST(Markdown, ASingleAnnexHasNoNumber) {
  const auto sections = read("# 附件 细则\n");
  ASSERT_TRUE(sections.has_value());
  EXPECT_EQ(sections.value().annexes[0].label, "附件");
}

TEST(Markdown, ATextWhoseTitleBeginsWithAnnexIsNone) {
  const auto sections = read("# 附件管理办法\n");
  ASSERT_TRUE(sections.has_value());
  EXPECT_EQ(sections.value().annexes[0].label, "");
  EXPECT_EQ(sections.value().annexes[0].title, "附件管理办法");
}

TEST(Markdown, AnAnnexOutOfOrderIsRefused) {
  EXPECT_EQ(body("# 附件2 甲\n\n# 附件1 乙\n"),
            (Lines{"t.md:1:0 markdown.annex", "t.md:3:0 markdown.annex"}));
}

TEST(Markdown, WhatOfficialTextsHaveNoFormForIsRefusedAllAtOnce) {
  EXPECT_EQ(body("*斜体*\n\n> 引用\n\n`码`\n\n    代码\n\n[链接](http://a)\n\n<b>x</b>\n"),
            (Lines{"t.md:1:0 markdown.unsupported", "t.md:3:0 markdown.unsupported",
                   "t.md:5:0 markdown.unsupported", "t.md:7:0 markdown.unsupported",
                   "t.md:9:0 markdown.unsupported", "t.md:11:0 markdown.unsupported",
                   "t.md:11:0 markdown.unsupported"}));
}

TEST(Markdown, HeadingsNumberedByHandAreRefused) {
  EXPECT_EQ(body("## 一、总体要求\n"), (Lines{"t.md:1:0 markdown.ordinal"}));
}

TEST(Markdown, LevelsBeginAtTheTopAndEndAtTheFourth) {
  EXPECT_EQ(body("### 甲\n\n## 乙\n\n###### 丙\n"),
            (Lines{"t.md:1:0 markdown.level", "t.md:5:0 markdown.level"}));
  EXPECT_EQ(body("## 甲\n\n#### 乙\n"), (Lines{"1|一、甲", "3|1.乙"}));
}

TEST(Markdown, ARuleIsANewPageAndABreakStaysInItsParagraph) {
  EXPECT_EQ(body("甲<br>乙\n\n***\n\n丙\n"), (Lines{"0|甲\n乙", "break", "0|丙"}));
}

TEST(Markdown, ATableOfTheDataStandsAlone) {
  model::Table table;
  table.columns.resize(3);
  const Content content{.data = yaml("{}"), .tables = {{"安排表", table}}};
  const auto expanded = [&](const std::string& source) {
    const auto parsed = Template::parse(source, "t.md");
    return expand(parsed.value(), content, NoPartials(), Escaping::Markdown).value();
  };
  const auto sections = read_markdown(expanded("甲{{ table('安排表') }}乙"), content.tables);
  ASSERT_TRUE(sections.has_value());
  EXPECT_EQ(outline(sections.value().body), (Lines{"0|甲", "table 3x0", "0|乙"}));
  const auto forged = read_markdown({"\xEF\xB7\x90"
                                     "7\xEF\xB7\x91",
                                     {}},
                                    content.tables);
  EXPECT_FALSE(forged.has_value());
}

TEST(Markdown, DeeplyNestedListsAreRefused) {
  std::string markdown;
  for (int i = 0; i < 12; ++i)
    markdown += std::string(static_cast<std::size_t>(i) * 2, ' ') + "- 甲\n";
  EXPECT_EQ(body(markdown).front(), "t.md:9:0 markdown.too-deep");
}

}  // namespace
}  // namespace huice::compose
