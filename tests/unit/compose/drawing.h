// Short ways to parse, fill and read templates in tests.
#pragma once

#include <string>
#include <vector>

#include "compose/compose.h"
#include "compose/markdown.h"
#include "notation/yaml.h"

namespace huice::compose {

inline model::Value yaml(const std::string& text) {
  auto value = notation::read_yaml(text, "data.yaml");
  return value ? std::move(value).value() : model::Value("BROKEN TEST DATA");
}

inline Result<Expansion> fill(const std::string& source, const std::string& data,
                              Escaping escaping = Escaping::None) {
  auto parsed = Template::parse(source, "t.md");
  if (!parsed) return std::move(parsed).error();
  const Content content{.data = yaml(data), .tables = {}};
  return expand(parsed.value(), content, NoPartials(), escaping);
}

/// The text, or `id: message` of every finding.
inline std::string filled(const std::string& source, const std::string& data = "{}",
                          Escaping escaping = Escaping::None) {
  auto expansion = fill(source, data, escaping);
  if (expansion) return std::move(expansion).value().text;
  std::string text;
  for (const Error& each : as_findings(std::move(expansion).error()))
    text += (text.empty() ? "" : "\n") + each.id + ": " + each.message;
  return text;
}

/// `file:line:column id` of every finding, in order.
inline std::vector<std::string> places(const Findings& findings) {
  std::vector<std::string> all;
  for (const Error& each : findings) {
    all.push_back(each.where.file + ":" + std::to_string(each.where.line) + ":" +
                  std::to_string(each.where.column) + " " + each.id);
  }
  return all;
}

template <class T>
Findings findings_of(Result<T> result) {
  return result ? Findings{} : as_findings(std::move(result).error());
}

/// Blocks in short: `2|（一）标题。|正文`, `0|文字`, `table 3x2`, `break`.
inline std::vector<std::string> outline(const std::vector<model::Block>& blocks) {
  std::vector<std::string> all;
  const auto text = [](const std::vector<model::Run>& runs) {
    std::string joined;
    for (const model::Run& run : runs)
      joined += run.strong ? "*" + run.text + "*" : run.text;
    return joined;
  };
  for (const model::Block& block : blocks) {
    if (const auto* paragraph = std::get_if<model::Paragraph>(&block)) {
      std::string line = std::to_string(paragraph->level) + "|" + text(paragraph->runs);
      if (!paragraph->continuation.empty()) line += "|" + text(paragraph->continuation);
      all.push_back(std::move(line));
    } else if (const auto* table = std::get_if<model::TableBlock>(&block)) {
      all.push_back("table " + std::to_string(table->table.columns.size()) + "x" +
                    std::to_string(table->table.rows.size()) +
                    (table->caption.empty() ? "" : " " + table->caption));
    } else if (const auto* contents = std::get_if<model::Contents>(&block)) {
      all.push_back("contents " + std::to_string(contents->levels));
    } else if (const auto* index = std::get_if<model::TermIndex>(&block)) {
      all.push_back("index of " + std::to_string(index->terms.size()));
    } else {
      all.emplace_back("break");
    }
  }
  return all;
}

inline Result<Sections> read(const std::string& markdown, const Tables& tables = {}) {
  Expansion expansion{.text = markdown, .lines = {}};
  int line = 0;
  for (const char c : markdown)
    if (c == '\n') expansion.lines.push_back({.file = "t.md", .line = ++line});
  expansion.lines.push_back({.file = "t.md", .line = ++line});
  return read_markdown(expansion, tables);
}

}  // namespace huice::compose
