// What templates share: front matter, schemas and macros in files of their own.
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "compose/schema.h"
#include "drawing.h"

namespace huice::compose {
namespace {

using Lines = std::vector<std::string>;

/// A folder of templates that is removed at the end.
class Shelf : public testing::Test {
 protected:
  Shelf() {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::path(testing::TempDir()) / (std::string("shelf-") + test->name());
    std::filesystem::create_directories(folder_ / "parts");
  }
  ~Shelf() override { std::filesystem::remove_all(folder_); }

  std::string write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return (folder_ / name).string();
  }
  Result<model::Document> draw(const std::string& file, const std::string& data) {
    HUICE_TRY(const TemplateFile loaded, load_template_file(file));
    return compose(loaded, {.data = yaml(data), .tables = {}}, FolderPartials(folder_));
  }

  std::filesystem::path folder_;
};

TEST_F(Shelf, FrontMatterIsTakenOverWhereTheTemplateSaysNothing) {
  write("parts/a.yaml",
        "格式: 文件\n版头: {发文机关标志: 甲局, 发文字号: 甲〔2026〕1号}\n附注: 共用的\n");
  const auto file =
      write("t.md", "---\n沿用: parts/a.yaml\n标题: 乙\n版头: {发文机关标志: 丙局}\n---\n正文。\n");
  const auto drawn = draw(file, "{}");
  ASSERT_TRUE(drawn.has_value()) << drawn.error().message;
  EXPECT_EQ(drawn.value().head.issuers, Lines{"丙局"});
  EXPECT_EQ(drawn.value().head.number, "甲〔2026〕1号");
  EXPECT_EQ(drawn.value().note, "共用的");
}

TEST_F(Shelf, WhatIsWrongInSharedFrontMatterIsPlacedThere) {
  write("parts/a.yaml", "格式: 文件\n附注: \"{{ 无此名 }}\"\n");
  const auto file = write("t.md", "---\n沿用: parts/a.yaml\n---\n正文。\n");
  EXPECT_EQ(places(findings_of(draw(file, "{}"))), Lines{"parts/a.yaml:2:9 template.unknown-name"});
}

TEST_F(Shelf, AnUnknownKeyInSharedFrontMatterIsRefused) {
  write("parts/a.yaml", "附住: 甲\n");
  const auto file = write("t.md", "---\n沿用: parts/a.yaml\n---\n正文。\n");
  EXPECT_EQ(places(findings_of(load_template_file(file))),
            Lines{"parts/a.yaml:1:5 template.unknown-key"});
}

TEST_F(Shelf, ACircleOfFrontMatterEnds) {
  write("parts/a.yaml", "沿用: parts/a.yaml\n");
  const auto file = write("t.md", "---\n沿用: parts/a.yaml\n---\n正文。\n");
  const auto loaded = load_template_file(file);
  ASSERT_FALSE(loaded.has_value());
  EXPECT_EQ(loaded.error().id, "template.front-matter");
}

TEST_F(Shelf, NothingOutsideTheFolderIsTakenOver) {
  const auto file = write("t.md", "---\n沿用: ../a.yaml\n---\n正文。\n");
  const auto loaded = load_template_file(file);
  ASSERT_FALSE(loaded.has_value());
  EXPECT_EQ(loaded.error().id, "template.include");
}

TEST_F(Shelf, ASchemaTakesOverFieldsThatItDoesNotName) {
  write("parts/a.yaml", "字段:\n  甲: {类型: 文本, 必填: 是}\n  乙: {类型: 数字}\n");
  const auto schema =
      load_schema(write("t.schema.yaml", "沿用: parts/a.yaml\n字段: {甲: {类型: 日期}}\n"));
  ASSERT_TRUE(schema.has_value()) << schema.error().message;
  EXPECT_EQ(places(check_data(schema.value(), yaml("{甲: 2026-05-07, 乙: 丙, 丁: 1}"))),
            (Lines{"data.yaml:1:20 data.type", "data.yaml:1:26 data.unknown-field"}));
}

TEST_F(Shelf, ACircleOfSchemasEnds) {
  const auto schema = load_schema(write("a.yaml", "沿用: a.yaml\n"));
  ASSERT_FALSE(schema.has_value());
  EXPECT_EQ(schema.error().id, "schema.format");
}

TEST_F(Shelf, AMistakeInAnImportedMacroIsPlacedInItsFile) {
  write("parts/m.md", "{% macro 段(t) %}\n{{ t.名 }}\n{% endmacro %}\n");
  const auto file =
      write("t.md", "---\n标题: 甲\n---\n{% from \"parts/m.md\" import 段 %}\n{{ 段({}) }}\n");
  EXPECT_EQ(places(findings_of(draw(file, "{}"))), Lines{"parts/m.md:2:6 template.unknown-field"});
}

TEST_F(Shelf, AnImportedNameIsCorrected) {
  write("parts/m.md", "{% macro 段落(t) %}{{ t }}{% endmacro %}\n");
  const auto file =
      write("t.md", "---\n标题: 甲\n---\n{% import \"parts/m.md\" as m %}\n{{ m.段罗(1) }}\n");
  const auto findings = findings_of(draw(file, "{}"));
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].message, "引入的文件里没有“段罗”");
  EXPECT_EQ(findings[0].hint, "是不是想写“段落”？");
}

TEST_F(Shelf, AFileThatImportsItselfEnds) {
  write("parts/m.md", "{% import \"parts/m.md\" as m %}\n");
  const auto file = write("t.md", "---\n标题: 甲\n---\n{% import \"parts/m.md\" as m %}\n");
  const auto findings = findings_of(draw(file, "{}"));
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].id, "template.limit");
}

TEST(Contents, AndIndexStandAloneInAParagraph) {
  const auto sections = read("{目录}\n\n{目录：三级}\n\n{索引：甲、乙、甲、}\n\n见{目录}\n");
  ASSERT_TRUE(sections.has_value());
  EXPECT_EQ(outline(sections.value().body),
            (Lines{"contents 2", "contents 3", "index of 2", "0|见{目录}"}));
}

TEST(Contents, OfFiveLevelsAreRefused) {
  EXPECT_EQ(places(findings_of(read("{目录：五级}\n"))), Lines{"t.md:1:0 markdown.contents"});
}

}  // namespace
}  // namespace huice::compose
