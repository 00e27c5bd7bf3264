#include <filesystem>

#include <gtest/gtest.h>

#include "base/files.h"
#include "drawing.h"

namespace huice::compose {
namespace {

using Lines = std::vector<std::string>;

NamedPartials named(const std::string& name, const std::string& text) {
  return NamedPartials(std::map<std::string, std::string, std::less<>>{{name, text}});
}

TEST(Expand, EveryUnknownNameIsReportedNotOnlyTheFirst) {
  const auto findings = findings_of(
      fill("{{ 标体 }}\n{{ 负责人.电活 }}\n{{ 没有 }}", "标题: 甲\n负责人: {电话: '1'}\n"));
  EXPECT_EQ(places(findings),
            (Lines{"t.md:1:4 template.unknown-name", "t.md:2:8 template.unknown-field",
                   "t.md:3:4 template.unknown-name"}));
  EXPECT_EQ(findings[0].hint, "是不是想写“标题”？");
  EXPECT_EQ(findings[1].message, "“负责人”里没有“电活”（data.yaml:2:6）");
  EXPECT_EQ(findings[1].hint, "是不是想写“电话”？");
  EXPECT_EQ(findings[1].excerpt, "{{ 负责人.电活 }}");
}

TEST(Expand, AWrongValueIsNamedByItsPathAndPlaceInTheData) {
  EXPECT_EQ(filled("{% for x in 单位 %}{{ x.人数 + 1 }}{% endfor %}",
                   "单位:\n  - {人数: 3}\n  - {人数: 三}\n"),
            "template.type: 文本和数字之间不能用“+”（数据：单位[1].人数，data.yaml:3:10）");
}

TEST(Expand, NullNeverPrintsAsNothing) {
  EXPECT_EQ(filled("{{ 甲 }}", "甲:\n"), "template.null: 空值不能印出（数据：甲，data.yaml:1:3）");
}

TEST(Expand, NumbersStayExact) {
  EXPECT_EQ(filled("{{ 0.1 + 0.2 }} {{ 12345678901234567890.12 * 3 }} {{ 6 / 2 }} {{ 2.5|round }}"),
            "0.3 37037036703703703670.36 3 3");
}

TEST(Expand, DaysPrintTheWayNoticesWriteThem) {
  EXPECT_EQ(
      filled("{{ 日 }} {{ 日|中文日期('大写') }} {{ '2026/5/7'|中文日期 }}", "日: 2026-05-07"),
      "2026年5月7日 二〇二六年五月七日 2026年5月7日");
}

TEST(Expand, MoneyFiltersAreExactAndRoundHalfUp) {
  EXPECT_EQ(filled("{{ 3000000|万元 }} {{ 12345678|万元 }} {{ 1234567|万元(2) }}"),
            "300万元 1234.5678万元 123.46万元");
  EXPECT_EQ(filled("{{ 1234567.5|元 }} {{ '300万元'|元 }}"), "1,234,567.50元 3,000,000.00元");
  EXPECT_EQ(filled("{{ 3000000|大写金额 }}"), "叁佰万元整");
}

TEST(Expand, NumbersTakeChineseForms) {
  EXPECT_EQ(filled("{{ 12|序号 }}{{ 2|序号('（一）') }}{{ 3|序号('1.') }}{{ 105|中文数字 }}"),
            "十二、（二）3.一百零五");
  EXPECT_EQ(filled("{{ 1234567|千分位 }} {{ -1234.5|千分位 }} {{ 999|千分位(1) }}"),
            "1,234,567 -1,234.5 999.0");
  EXPECT_EQ(filled("{{ 0.032|百分数 }} {{ (1/3)|百分数(2) }} {{ 12.5|小数(2) }}"),
            "3.2% 33.33% 12.50");
}

TEST(Expand, AFilterRefusesWhatItCannotRead) {
  EXPECT_EQ(filled("{{ 甲|万元 }}", "甲: [1]"),
            "template.type: 万元 只能用于金额，实为列表（数据：甲，data.yaml:1:4）");
  EXPECT_EQ(filled("{{ '明天'|中文日期 }}"), "template.type: 中文日期 读不出这一天");
}

TEST(Expand, DataIsEscapedForMarkdown) {
  EXPECT_EQ(filled("{{ a }}", "a: '*ST云岭 | # <b>'", Escaping::Markdown),
            "\\*ST云岭 \\| \\# \\<b\\>");
  EXPECT_EQ(filled("{{ a }}", "a: '1. 甲'", Escaping::Markdown), "1\\. 甲");
  EXPECT_EQ(filled("{{ a }}", "a: \"甲\\n乙\"", Escaping::Markdown), "甲<br>乙");
  EXPECT_EQ(filled("{{ a|safe }}", "a: '**甲**'", Escaping::Markdown), "**甲**");
}

TEST(Expand, WhatAMacroWroteIsNotEscapedAgain) {
  EXPECT_EQ(filled("{% macro m(x) %}**{{ x }}**{% endmacro %}{{ m(a) }}{{ m(a) ~ a }}", "a: '#'",
                   Escaping::Markdown),
            "**\\#****\\#**\\#");
}

TEST(Expand, LinesKnowWhetherTheyCameFromTemplateOrData) {
  const auto expansion = fill("甲\n{{ b }}\n丙{{ b }}\n", "a: 1\nb: 乙\n");
  ASSERT_TRUE(expansion.has_value());
  Lines origins;
  for (const SourceSpan& each : expansion.value().lines)
    origins.push_back(each.file + ":" + std::to_string(each.line));
  EXPECT_EQ(origins, (Lines{"t.md:1", "data.yaml:2", "t.md:3"}));
}

TEST(Expand, LoopsTogetherHaveALimit) {
  const std::string twice =
      "{% for a in range(1000) %}{% for b in range(1000) %}{% endfor %}{% endfor %}";
  EXPECT_EQ(filled(twice), "template.limit: 循环超过 50 万次");
  EXPECT_EQ(filled("{{ range(600000)|length }}"), "template.limit: range 超过 50 万项");
}

TEST(Expand, TheTextHasALimit) {
  EXPECT_EQ(filled("{{ 'a' * 9000000 }}"), "template.limit: 文字超过 8 MB");
  EXPECT_EQ(filled("{% set n = namespace(t='aaaaaaaaaa') %}{% for i in range(60) %}"
                   "{% set n.t = n.t ~ n.t %}{% endfor %}"),
            "template.limit: 文字超过 8 MB");
  EXPECT_EQ(filled("{% set n = namespace(t=[1]) %}{% for i in range(60) %}"
                   "{% set n.t = n.t + n.t %}{% endfor %}"),
            "template.limit: 列表超过 50 万项");
}

TEST(Expand, EndlessRecursionIsStopped) {
  EXPECT_EQ(filled("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"),
            "template.limit: 宏相互调用太深");
  const auto parsed = Template::parse("{% include 'p' %}", "t.md");
  const auto expansion =
      expand(parsed.value(), {}, named("p", "{% include 'p' %}"), Escaping::None);
  ASSERT_FALSE(expansion.has_value());
  EXPECT_EQ(expansion.error().message, "include 相互引入太深");
}

TEST(Expand, DeepCallsOfLongChainsDoNotExhaustTheStack) {
  std::string chain = "m(n - 1)";
  for (int i = 0; i < 900; ++i)
    chain += " ~ 1";
  const std::string text = filled("{% macro m(n) %}{% if n > 0 %}{{ " + chain +
                                  " }}{% endif %}{% endmacro %}{{ m(30) }}");
  EXPECT_EQ(text, "template.limit: 嵌套和调用太深");
}

TEST(Expand, FindingsHaveALimit) {
  std::string source;
  for (int i = 0; i < 300; ++i)
    source += "{{ 没有" + std::to_string(i) + " }}\n";
  EXPECT_EQ(findings_of(fill(source, "{}")).size(), kMaxFindings);
}

TEST(Expand, TablesAreOnlyForTheBody) {
  Content content{.data = yaml("{}"), .tables = {{"安排表", {}}}};
  const auto parsed = Template::parse("{{ table('安排表') }}", "t.md");
  EXPECT_TRUE(expand(parsed.value(), content, NoPartials(), Escaping::Markdown).has_value());
  EXPECT_FALSE(expand(parsed.value(), content, NoPartials(), Escaping::None).has_value());
  const auto wrong = Template::parse("{{ table('安排') }}", "t.md");
  const auto refused = expand(wrong.value(), content, NoPartials(), Escaping::Markdown);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().hint, "是不是想写“安排表”？");
}

TEST(Evaluate, ASingleExpressionKeepsItsKind) {
  const Content content{.data = yaml("a: [甲, 乙]"), .tables = {}};
  const auto list = Template::parse("{{ a }}", "t").value();
  EXPECT_EQ(evaluate(list, content, NoPartials()).value(), yaml("[甲, 乙]"));
  const auto text = Template::parse("共{{ a|length }}个", "t").value();
  EXPECT_EQ(evaluate(text, content, NoPartials()).value(), model::Value("共2个"));
}

std::vector<std::string> checked(const std::string& source, const std::string& data) {
  const auto parsed = Template::parse(source, "t.md");
  return places(check(parsed.value(), {.data = yaml(data), .tables = {}}, NoPartials()));
}

TEST(Check, FollowsBranchesThatThisDataDoesNotTake) {
  EXPECT_EQ(checked("{% if a %}{{ b }}{% else %}{{ c.d }}{% endif %}", "a: true\nc: {e: 1}\n"),
            (Lines{"t.md:1:14 template.unknown-name", "t.md:1:33 template.unknown-field"}));
}

TEST(Check, WhatTheTemplateAsksAboutIsOptional) {
  EXPECT_EQ(checked("{% if a is defined %}{{ a.b }}{% endif %}{{ c.d|default('') }}{{ e|d(1) }}",
                    "c: {x: 1}"),
            Lines{});
}

TEST(Check, LooksIntoEveryItemOfALoop) {
  EXPECT_EQ(checked("{% for x in a %}{{ x.n }}{{ x.m }}{% endfor %}", "a: [{n: 1}, {n: 2}]"),
            (Lines{"t.md:1:31 template.unknown-field"}));
}

TEST(Check, AFieldThatSomeItemsHaveIsLeftToEvaluation) {
  EXPECT_EQ(checked("{% for x in a %}{% if x.k == 1 %}{{ x.m }}{% endif %}{% endfor %}",
                    "a: [{k: 1, m: 2}, {k: 2}]"),
            Lines{});
}

TEST(Check, ValuesLeftEmptyAreNotJudged) {
  EXPECT_EQ(
      checked("{% if a %}{{ a.b }}{% endif %}{% for x in c %}{{ x.d }}{% endfor %}", "a:\nc: []\n"),
      Lines{});
}

TEST(Check, LooksIntoIncludedFiles) {
  const auto parsed = Template::parse("{% include 'p.md' %}", "t.md");
  const auto findings =
      check(parsed.value(), {.data = yaml("a: 1"), .tables = {}}, named("p.md", "甲\n{{ b }}"));
  EXPECT_EQ(places(findings), (Lines{"p.md:2:4 template.unknown-name"}));
}

TEST(FolderPartials, ReadsOnlyInsideItsFolder) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(testing::TempDir()) / "partials";
  fs::remove_all(folder);
  ASSERT_TRUE(write_file(folder / "in/尾.md", "好").has_value());
  ASSERT_TRUE(write_file(folder / "secret.md", "密").has_value());
  fs::create_symlink(folder / "secret.md", folder / "in/link.md");
  const FolderPartials partials(folder / "in");
  EXPECT_EQ(partials.read("尾.md").value(), "好");
  for (const char* name : {"../secret.md", "link.md", "/etc/passwd", "", "没有.md", "."}) {
    const auto refused = partials.read(name);
    ASSERT_FALSE(refused.has_value()) << name;
    EXPECT_EQ(refused.error().id, "template.include") << name;
  }
}

}  // namespace
}  // namespace huice::compose
