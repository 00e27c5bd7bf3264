#include <gtest/gtest.h>

#include "drawing.h"

namespace huice::compose {
namespace {

using Lines = std::vector<std::string>;

Result<model::Document> composed(const std::string& source, const std::string& data) {
  auto file = parse_template_file(source, "t.md");
  if (!file) return std::move(file).error();
  return compose(file.value(), {.data = yaml(data), .tables = {}}, NoPartials());
}

constexpr const char* kNotice = R"(---
格式: 文件
版头:
  发文机关标志: "{{ 机关 }}"
  发文字号: 云新工办〔{{ 年 }}〕2号
标题: 关于{{ 事由 }}的通知
主送: "{{ 主送 }}"
署名: "{{ 机关 }}"
成文日期: 2026-05-07
版记:
  抄送: [县委办公室, "{{ 抄送 }}"]
  印发日期: "{{ 日 }}"
---
{{ 机关 }}决定如下。

# 方案

## 目标

# 附件 甲表

# 附件 乙表
)";
constexpr const char* kValues =
    "机关: 某办\n年: 2026\n事由: 某事\n主送: [甲局, 乙局]\n抄送: 丙局\n日: 2026年5月8日\n";

TEST(Compose, FrontMatterAndBodyMakeADocument) {
  const auto made = composed(kNotice, kValues);
  ASSERT_TRUE(made.has_value()) << made.error().message;
  const model::Document& document = made.value();
  EXPECT_EQ(document.format, model::Format::Document);
  EXPECT_EQ(document.head.issuers, Lines{"某办"});
  EXPECT_EQ(document.head.number, "云新工办〔2026〕2号");
  EXPECT_EQ(document.title, "关于某事的通知");
  EXPECT_EQ(document.addressees, (Lines{"甲局", "乙局"}));
  EXPECT_EQ(document.signature.offices, Lines{"某办"});
  EXPECT_EQ(document.signature.date, "2026年5月7日");
  EXPECT_EQ(document.signature.seal, model::Signature::Seal::Sealed);
  EXPECT_EQ(document.imprint.copies, (Lines{"县委办公室", "丙局"}));
  EXPECT_EQ(document.imprint.date, "2026年5月8日");
  EXPECT_EQ(outline(document.blocks), Lines{"0|某办决定如下。"});
}

TEST(Compose, AnnexesOfAnIssuedTextAreListedInIt) {
  const auto made = composed(kNotice, kValues);
  ASSERT_TRUE(made.has_value());
  EXPECT_EQ(made.value().attachments, Lines{});
  ASSERT_EQ(made.value().annexes.size(), 3U);
  EXPECT_EQ(made.value().annexes[0].attachments, (Lines{"甲表", "乙表"}));
}

TEST(Compose, AnnexesOfTheNoticeItselfAreListedInTheNotice) {
  const auto made = composed("---\n标题: 甲\n---\n正文\n\n# 附件 乙<br>表\n", "{}");
  ASSERT_TRUE(made.has_value());
  EXPECT_EQ(made.value().attachments, Lines{"乙表"});
  EXPECT_EQ(made.value().format, model::Format::Plain);
}

TEST(Compose, WhatIsWrongInFrontMatterAndBodyComesTogether) {
  const auto findings =
      findings_of(composed("---\n标题: 关于{{ 事项 }}的通知\n成文日期: 明天\n版头:\n  发文字号: "
                           "云新工办[2026]02号\n---\n甲\n{{ 乙 }}\n",
                           "事由: 某事"));
  EXPECT_EQ(places(findings),
            (Lines{"t.md:2:10 template.unknown-name", "t.md:8:4 template.unknown-name",
                   "t.md:3:7 document.date", "t.md:5:9 document.number"}));
}

TEST(Compose, AListWhereATextBelongsIsRefused) {
  const auto findings = findings_of(composed("---\n标题: \"{{ a }}\"\n---\n", "a: [1]"));
  EXPECT_EQ(places(findings), Lines{"t.md:2:5 document.value"});
  EXPECT_EQ(findings[0].message, "“标题”应当是文本，实为列表");
}

TEST(TemplateFile, AnUnknownKeyIsCorrected) {
  const auto findings =
      findings_of(parse_template_file("---\n标提: 甲\n版头: {文号: 乙}\n---\n", "t.md"));
  EXPECT_EQ(places(findings),
            (Lines{"t.md:2:5 template.unknown-key", "t.md:3:10 template.unknown-key"}));
  EXPECT_EQ(findings[0].hint, "是不是想写“标题”？");
}

TEST(TemplateFile, AValueThatBeginsWithBracesNeedsQuotes) {
  const auto findings = findings_of(parse_template_file("---\n标题: {{ 甲 }}\n---\n", "t.md"));
  ASSERT_FALSE(findings.empty());
  EXPECT_EQ(findings[0].where.line, 2);
  EXPECT_EQ(findings[0].hint, "值以 {{ 开头时要加引号，如 标题: \"{{ 标题 }}\"");
}

TEST(TemplateFile, WithoutFrontMatterItIsRefused) {
  EXPECT_EQ(places(findings_of(parse_template_file("# 甲\n", "t.md"))),
            Lines{"t.md:1:1 template.front-matter"});
  EXPECT_FALSE(parse_template_file("---\n标题: 甲\n", "t.md").has_value());
  EXPECT_FALSE(parse_template_file("", "t.md").has_value());
  EXPECT_TRUE(parse_template_file("---\n---\n", "t.md").has_value());
}

TEST(TemplateFile, PlacesInFrontMatterAndBodyAreThoseOfTheFile) {
  const auto findings = findings_of(parse_template_file(
      "---\n标题: \"甲{{ 1 + }}\"\n附注: |\n  乙{{ 2 + }}\n---\n丙{{ 3 + }}\n", "t.md"));
  EXPECT_EQ(places(findings), (Lines{"t.md:2:14 template.syntax", "t.md:4:11 template.syntax",
                                     "t.md:6:9 template.syntax"}));
}

}  // namespace
}  // namespace huice::compose
