// Every id that the program may print stands in docs/errors.md, and nothing else does.
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "tree.h"

namespace huice::checks {
namespace {

/// `policy.unknown-fact`: lower-case words joined by dots, and no file name.
bool is_error_id(const std::string& text) {
  static const std::set<std::string_view> kFileEndings = {
      "csv", "dmn",  "docx", "h",   "html", "json", "jsonl", "md",  "otf",
      "pdf", "rels", "ttc",  "ttf", "txt",  "xls",  "xlsx",  "xml", "yaml"};
  const auto dot = text.rfind('.');
  if (dot == text.npos || kFileEndings.contains(std::string_view(text).substr(dot + 1)))
    return false;
  bool word_begins = true;
  for (const char c : text) {
    const bool letter = c >= 'a' && c <= 'z';
    if (word_begins ? !letter : !letter && c != '-' && c != '.' && (c < '0' || c > '9')) {
      return false;
    }
    word_begins = c == '.';
  }
  return !word_begins;
}

/// `policy.`: the beginning of an id that is put together elsewhere, where nobody finds it.
bool is_part_of_id(const std::string& text) {
  return text.size() > 2 && text.ends_with('.') && is_error_id(text + "x");
}

/// The literals of a source that `wanted` accepts. A `//` ends a line, unless in a literal.
std::set<std::string> literals(const std::string& source, bool (*wanted)(const std::string&)) {
  std::set<std::string> found;
  for (const auto& line : lines_of(source)) {
    std::string literal;
    bool inside = false;
    for (std::size_t at = 0; at < line.size(); ++at) {
      if (!inside && line.compare(at, 2, "//") == 0) break;
      if (line[at] == '"') {
        if (inside && wanted(literal)) found.insert(literal);
        literal.clear();
        inside = !inside;
      } else if (inside) {
        if (line[at] == '\\') ++at;
        literal += at < line.size() ? line[at] : ' ';
      }
    }
  }
  return found;
}

std::set<std::string> ids_in_source(const std::string& source) {
  return literals(source, is_error_id);
}

/// The ids of the first column of the tables: "| `id` | …".
std::set<std::string> documented_ids(const std::string& markdown) {
  std::set<std::string> ids;
  for (const auto& line : lines_of(markdown)) {
    if (!line.starts_with("| `")) continue;
    ids.insert(line.substr(3, line.find('`', 3) - 3));
  }
  return ids;
}

std::string missing_from(const std::set<std::string>& known, const std::set<std::string>& wanted) {
  std::vector<std::string> missing;
  for (const auto& id : wanted) {
    if (!known.contains(id)) missing.push_back(id);
  }
  return joined(missing);
}

std::set<std::string> ids_of_the_program() {
  std::set<std::string> ids;
  for (const auto& file : files_below(kRoot / "src")) {
    if (is_cpp(file)) ids.merge(ids_in_source(read(file)));
  }
  return ids;
}

TEST(ErrorIds, OfTheProgramAreDocumented) {
  const auto documented = documented_ids(read(kRoot / "docs/errors.md"));
  EXPECT_EQ(missing_from(documented, ids_of_the_program()), "");
}

TEST(ErrorIds, ThatAreDocumentedExist) {
  const auto documented = documented_ids(read(kRoot / "docs/errors.md"));
  EXPECT_EQ(missing_from(ids_of_the_program(), documented), "");
}

TEST(ErrorIds, AreWrittenWhole) {
  for (const auto& file : files_below(kRoot / "src")) {
    if (!is_cpp(file)) continue;
    EXPECT_EQ(literals(read(file), is_part_of_id), std::set<std::string>()) << relative_name(file);
  }
  EXPECT_EQ(literals("id = \"sheet.cell.\" + what;", is_part_of_id),
            std::set<std::string>{"sheet.cell."});
}

TEST(ErrorIds, AreFoundInLiteralsOnly) {
  EXPECT_EQ(ids_in_source("{.id = \"yaml.syntax\", f(\"a \\\"b.c\\\"\")}  // \"not.this\"\n"
                          "find(\"facts.yaml\", \"a.b-c\", \"1.5\", \"Ab.c\", \"x\", \"x.\");\n"),
            (std::set<std::string>{"a.b-c", "yaml.syntax"}));
  EXPECT_EQ(documented_ids("| 编号 | 含义 |\n|---|---|\n| `a.b` | x `c.d` |\n"),
            std::set<std::string>{"a.b"});
}

}  // namespace
}  // namespace huice::checks
