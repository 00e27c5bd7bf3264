#include <gtest/gtest.h>

#include "drawing.h"

namespace huice::compose {
namespace {

using Lines = std::vector<std::string>;

TEST(Template, AllSyntaxErrorsAreReportedWithTheirPlaces) {
  EXPECT_EQ(places(findings_of(Template::parse("{{ 1 + }}\n{{ a|jion }}\n好{% fi %}\n", "t.md"))),
            (Lines{"t.md:1:8 template.syntax", "t.md:2:6 template.unknown-filter",
                   "t.md:3:5 template.syntax"}));
}

TEST(Template, AMisspeltFilterIsCorrected) {
  const auto parsed = Template::parse("{{ a|jion('、') }}", "t.md");
  ASSERT_FALSE(parsed.has_value());
  EXPECT_EQ(parsed.error().message, "没有叫“jion”的过滤器");
  EXPECT_EQ(parsed.error().hint, "是不是想写 join？");
  EXPECT_EQ(parsed.error().excerpt, "{{ a|jion('、') }}");
}

TEST(Template, AnUnclosedBlockIsReportedWhereItOpens) {
  const auto parsed = Template::parse("甲\n{% for x in y %}\n{% if x %}\n{% endfor %}\n", "t.md");
  ASSERT_FALSE(parsed.has_value());
  EXPECT_EQ(parsed.error().where.line, 3);
  EXPECT_EQ(parsed.error().message, "{% if %} 没有结束，却先遇到了 {% endfor %}");
  EXPECT_TRUE(parsed.error().also.empty());
}

TEST(Template, AnUnclosedTagIsNotBlamedOnTheTextAfterIt) {
  const auto parsed = Template::parse("{{ 标题\n\n正文，正文。{{ 好 }}", "t.md");
  ASSERT_FALSE(parsed.has_value());
  EXPECT_EQ(parsed.error().id, "template.unclosed");
  EXPECT_EQ(parsed.error().where.line, 1);
}

TEST(Template, FullWidthMarksInATagAreExplained) {
  const auto parsed = Template::parse("{{ 列表|join（“、”） }}", "t.md");
  ASSERT_FALSE(parsed.has_value());
  EXPECT_EQ(parsed.error().message, "标签里不能有“（”");
  EXPECT_EQ(parsed.error().hint, "标签里的标点要用半角（英文）的");
}

TEST(Template, WhatIsLeftOutOfJinjaIsNamed) {
  EXPECT_EQ(places(findings_of(Template::parse("{% extends 'a' %}", "t.md"))),
            (Lines{"t.md:1:4 template.unsupported"}));
}

TEST(Template, TheStartOfTheTextMovesItsPlaces) {
  EXPECT_EQ(places(findings_of(Template::parse("甲{{ }}\n{{ }}", "t.md", {5, 11}))),
            (Lines{"t.md:5:15 template.syntax", "t.md:6:4 template.syntax"}));
}

TEST(Template, BrokenUtf8IsRefusedWithItsPlace) {
  EXPECT_EQ(places(findings_of(Template::parse("甲\n乙\xFF", "t.md"))),
            (Lines{"t.md:2:2 template.encoding"}));
}

TEST(Template, NamesUsedAreThoseOfTheData) {
  const auto parsed = Template::parse(
      "{% set a = b %}{% for c in d %}{{ c.e }}{{ loop.index }}{% endfor %}{{ range(f) }}", "t");
  ASSERT_TRUE(parsed.has_value());
  EXPECT_EQ(parsed.value().names_used(), (std::set<std::string>{"b", "d", "f"}));
}

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i)
    all += text;
  return all;
}

TEST(Template, BracketsMayNestToTheLimitAndNoDeeper) {
  const auto nested = [](int depth) {
    return Template::parse("{{ " + repeated("(", depth) + "1" + repeated(")", depth) + " }}", "t");
  };
  EXPECT_TRUE(nested(kMaxTemplateNesting / 2 - 1).has_value());
  const auto refused = nested(kMaxTemplateNesting * 4);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().id, "template.too-deep");
  EXPECT_EQ(refused.error().code, ErrorCode::TooLarge);
}

TEST(Template, BlocksMayNestToTheLimitAndNoDeeper) {
  const auto nested = [](int depth) {
    return Template::parse(repeated("{% if a %}", depth) + repeated("{% endif %}", depth), "t");
  };
  EXPECT_TRUE(nested(kMaxTemplateNesting).has_value());
  const auto refused = nested(kMaxTemplateNesting + 1);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().id, "template.too-deep");
}

TEST(Template, ALongChainIsRefused) {
  EXPECT_FALSE(Template::parse("{{ 1" + repeated(" + 1", 5000) + " }}", "t").has_value());
  EXPECT_EQ(filled("{{ 1" + repeated(" + 1", 900) + " }}"), "901");
}

TEST(Template, AnOversizedTextIsRefused) {
  const auto parsed = Template::parse(std::string(kMaxTemplateBytes + 1, 'a'), "t");
  ASSERT_FALSE(parsed.has_value());
  EXPECT_EQ(parsed.error().id, "template.too-large");
  EXPECT_TRUE(Template::parse(std::string(kMaxTemplateBytes, 'a'), "t").has_value());
}

}  // namespace
}  // namespace huice::compose
