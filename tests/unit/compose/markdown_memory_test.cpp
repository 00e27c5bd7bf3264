#include "compose/markdown_memory.h"

#include <gtest/gtest.h>

#include "drawing.h"

namespace huice::compose {
namespace {

/// Blocks with their places, tables cell by cell.
std::string drawn_whole(const std::vector<model::Block>& blocks) {
  std::string all;
  for (const std::string& line : outline(blocks))
    all += line + "\n";
  for (const model::Block& block : blocks) {
    if (const auto* paragraph = std::get_if<model::Paragraph>(&block)) {
      all += std::to_string(paragraph->where.line) + ", " +
             std::to_string(static_cast<int>(paragraph->align)) + "\n";
    }
    const auto* table = std::get_if<model::TableBlock>(&block);
    if (table == nullptr) continue;
    all += std::to_string(table->where.line) + "," + std::to_string(table->table.header_rows);
    for (const auto& row : table->table.rows) {
      for (const model::Cell& cell : row) {
        all += "|" + model::to_text(cell) + (cell.strong ? "*" : "") +
               std::to_string(cell.column_span) + std::to_string(cell.row_span);
      }
    }
    all += "\n";
  }
  return all;
}

std::string drawn_sections(const Result<Sections>& sections) {
  std::string all;
  if (!sections) {
    for (const Error& each : as_findings(sections.error())) {
      all += each.id + each.message + each.excerpt + std::to_string(each.where.line) +
             each.where.file + "\n";
    }
    return all;
  }
  all = drawn_whole(sections.value().body);
  for (const model::Annex& annex : sections.value().annexes)
    all += annex.label + "," + annex.title + "\n" + drawn_whole(annex.blocks);
  return all;
}

/// What Markdown could take for something else, and what it could not.
const std::vector<std::string> kValues = {"甲",
                                          "12",
                                          "3.5",
                                          "甲乙2人，",
                                          "一、甲",
                                          "*甲*",
                                          "- 甲",
                                          "甲|乙",
                                          "{同左}",
                                          "",
                                          " 甲",
                                          "甲 ",
                                          "　甲",
                                          "http://a",
                                          "<br>",
                                          "a_b",
                                          "1.",
                                          "#",
                                          "&amp;",
                                          "（一）甲。",
                                          "表：甲",
                                          "\\",
                                          "=",
                                          "甲\n乙",
                                          "甲\xE2\x80\x85",
                                          "\xE2\x80\x83甲",
                                          "50%",
                                          "**",
                                          "。",
                                          ".",
                                          ")",
                                          "a b",
                                          "3) x",
                                          "附件2",
                                          "。甲",
                                          "A",
                                          "~",
                                          "table",
                                          "\xF3\xB0\x80\x80",
                                          "\xF3\xA0\x84\x80",
                                          "：",
                                          "\xEF\xB7\x90"
                                          "0\xEF\xB7\x91",
                                          "Smith's"};

const std::vector<std::string> kTemplates = {
    "| 甲 | 乙 |\n|---|:---:|\n| {{ a }} | {{ b }} |\n| {{ b }} | {同左} |\n",
    "| {{ a }} | {{ b }} |\n|---|---|\n|{{ b }}|**{{ a }}**|\n",
    "{{ a }} {{ b }}\n\n{{ b }}\n",
    "{{ a }}\n{{ b }}\n{{ a }}\n",
    "a{{ a }}\nb{{ b }}\n",
    "第{{ a }}项**{{ b }}**。*{{ a }}\n",
    "{{ a }}. {{ b }}\n",
    "- {{ a }}. {{ b }}\n- 第{{ a }}\n",
    "## {{ a }}\n\n{{ b }}\n\n**{{ a }}。**{{ b }}\n",
    "1. {{ a }}\n   {{ b }}\n",
    "甲{{ a }}\\{{ b }}\n",
    "甲&{{ a }};{{ b }}\n",
    "甲<{{ a }}>{{ b }}\n",
    "甲[{{ a }}]({{ b }})\n",
    "甲{{ a }}<br>{{ b }}\n",
    "甲_{{ a }}_{{ b }}`{{ a }}`\n",
    "# 附件{{ a }} {{ b }}\n\n文{{ a }}{{ b }}\n",
    "表：{{ a }}\n\n| 甲 |\n|---|\n| {{ b }} |\n",
    "{{ a|safe }}|{{ b|safe }}\n---|---\n{{ b|safe }}|{{ a|safe }}\n",
    "甲{{ a }} {居右}\n\n{{ b }}{居中}\n"};

TEST(MarkdownMemory, WhatIsRememberedChangesNothingWhateverTheValuesAre) {
  for (const std::string& source : kTemplates) {
    const auto parsed = Template::parse(source, "t.md");
    ASSERT_TRUE(parsed.has_value()) << source;
    MarkdownMemory memory;
    for (std::size_t i = 0; i < kValues.size() * 3; ++i) {
      const std::string& a = kValues[i % kValues.size()];
      const std::string& b = kValues[(i * 5 + i / kValues.size()) % kValues.size()];
      const Content content{.data = model::Value::Record{{"a", a}, {"b", b}}, .tables = {}};
      const auto expansion = expand(parsed.value(), content, NoPartials(), Escaping::Markdown);
      ASSERT_TRUE(expansion.has_value()) << source;
      EXPECT_EQ(drawn_sections(read_markdown(expansion.value(), {}, &memory)),
                drawn_sections(read_markdown(expansion.value(), {})))
          << source << "with “" << a << "” and “" << b << "”";
    }
  }
}

TEST(MarkdownMemory, ValuesThatMeanNothingToMarkdownShareATree) {
  const auto tree = [](MarkdownMemory& memory, const std::string& value) {
    const auto expansion = fill("| 甲 |\n|---|\n| {{ a }} |\n", "a: " + value, Escaping::Markdown);
    return memory.tree_of(expansion.value()).tree.blocks.at(0).table;
  };
  MarkdownMemory memory;
  const auto first = tree(memory, "第一季度");
  EXPECT_EQ(tree(memory, "98.5"), first);
  EXPECT_NE(tree(memory, "'*'"), first);
}

}  // namespace
}  // namespace huice::compose
