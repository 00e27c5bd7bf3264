// What the documents point at is there.
#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tree.h"

namespace huice::checks {
namespace {

/// The text outside of fenced blocks and `code`.
std::string without_code(const std::string& markdown) {
  std::string text;
  bool fenced = false;
  for (const auto& line : lines_of(markdown)) {
    if (line.starts_with("```")) fenced = !fenced;
    if (fenced || line.starts_with("```")) continue;
    bool code = false;
    for (const char c : line) {
      if (c == '`') code = !code;
      if (!code && c != '`') text += c;
    }
    text += '\n';
  }
  return text;
}

/// The targets of `[text](target)` and `![text](target)`, without title and fragment.
std::vector<std::string> link_targets(const std::string& markdown) {
  const std::string text = without_code(markdown);
  std::vector<std::string> targets;
  for (auto at = text.find("]("); at != std::string::npos; at = text.find("](", at + 2)) {
    const auto end = text.find(')', at);
    if (end == std::string::npos) break;
    std::string target = text.substr(at + 2, end - at - 2);
    target = target.substr(0, target.find(' '));
    targets.push_back(target.substr(0, target.find('#')));
  }
  return targets;
}

bool is_relative(const std::string& target) {
  return !target.empty() && target.find("://") == std::string::npos &&
         !target.starts_with("mailto:");
}

std::vector<std::string> dead_links(const fs::path& file) {
  std::vector<std::string> dead;
  for (const auto& target : link_targets(read(file))) {
    if (is_relative(target) && !fs::exists(file.parent_path() / target)) {
      dead.push_back(file.filename().string() + " -> " + target);
    }
  }
  return dead;
}

TEST(Documents, RelativeLinksLeadSomewhere) {
  for (const auto& file : files_below(kRoot)) {
    const std::string name = relative_name(file);
    // Templates and circulars are matter, not documents of the project.
    if (file.extension() != ".md" || name.starts_with("templates/") ||
        name.starts_with("samples/circulars/")) {
      continue;
    }
    EXPECT_EQ(joined(dead_links(file)), "") << name;
  }
}

TEST(Documents, ADeadLinkIsFound) {
  const MadeUpTree tree("links");
  tree.write("there.md", "x\n");
  tree.write("a.md",
             "[ok](there.md#part) [web](https://example.org/x) ![gone](gone.png \"title\")\n"
             "```\n[not a link](in-code.md)\n```\n`[nor](this.md)`\n");
  EXPECT_EQ(dead_links(tree.root() / "a.md"), std::vector<std::string>{"a.md -> gone.png"});
}

/// What stands between backticks, outside of fenced blocks.
std::vector<std::string> code_spans(const std::string& markdown) {
  std::vector<std::string> spans;
  bool fenced = false;
  for (const auto& line : lines_of(markdown)) {
    if (line.starts_with("```")) fenced = !fenced;
    if (fenced) continue;
    for (auto at = line.find('`'); at != std::string::npos;) {
      const auto end = line.find('`', at + 1);
      if (end == std::string::npos) break;
      spans.push_back(line.substr(at + 1, end - at - 1));
      at = line.find('`', end + 1);
    }
  }
  return spans;
}

/// `src/layout/fonts.h`: a path of the project, written out whole.
bool is_path(const std::string& span) {
  static const std::vector<std::string> kFolders = {"src/",     "tests/", "policies/", "templates/",
                                                    "samples/", "index/", "docs/",     "scripts/"};
  return span.find_first_of(" <*…") == std::string::npos &&
         std::ranges::any_of(kFolders, [&](const auto& each) { return span.starts_with(each); });
}

/// `policy::Match`: whether a header of the module declares the type.
bool is_declared(const std::string& module, const std::string& type) {
  for (const auto& file : files_below(kRoot / "src" / module)) {
    if (file.extension() != ".h") continue;
    const std::string text = read(file);
    for (const auto* kind : {"struct ", "class ", "using "}) {
      for (const auto& line : lines_of(text)) {
        if (line.find(kind + type) != std::string::npos && has_word(line, type)) return true;
      }
    }
  }
  return false;
}

TEST(Documents, PathsTheyNameExist) {
  for (const auto* name : {"README.md", "README.zh-CN.md", "CONTRIBUTING.md",
                           "docs/architecture.md", "docs/glossary.md", "docs/guide.md"}) {
    for (const auto& span : code_spans(read(kRoot / name))) {
      EXPECT_TRUE(!is_path(span) || fs::exists(kRoot / span)) << name << ": " << span;
    }
  }
}

TEST(Glossary, NamesTypesThatAreDeclared) {
  int types = 0;
  for (const auto& span : code_spans(read(kRoot / "docs/glossary.md"))) {
    const auto colons = span.find("::");
    if (colons == std::string::npos) continue;
    ++types;
    EXPECT_TRUE(is_declared(span.substr(0, colons), span.substr(colons + 2))) << span;
  }
  EXPECT_GT(types, 20);
  EXPECT_FALSE(is_declared("layout", "NoSuchType"));
}

}  // namespace
}  // namespace huice::checks
