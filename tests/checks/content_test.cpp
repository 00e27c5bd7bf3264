// Policies name their sources; templates come with a schema and a sample.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tree.h"

namespace huice::checks {
namespace {

/// The text of the top-level key `source`: its line and the indented lines after it.
std::string source_block(const std::string& yaml) {
  std::string block;
  bool inside = false;
  for (const auto& line : lines_of(yaml)) {
    if (!line.starts_with(' ')) inside = line.starts_with("source:");
    if (inside) block += line + "\n";
  }
  return block;
}

/// What follows `key:` in `block`, up to a comma, a bracket or the end of the line.
std::string value_of(const std::string& block, const std::string& key) {
  const auto at = block.find(key + ":");
  if (at == std::string::npos) return {};
  const auto begin = block.find_first_not_of(' ', at + key.size() + 1);
  if (begin == std::string::npos) return {};
  return block.substr(begin, block.find_first_of(",}\n", begin) - begin);
}

bool is_iso_date(const std::string& text) {
  return text.size() == 10 && text[4] == '-' && text[7] == '-' &&
         text.find_first_not_of("0123456789-") == std::string::npos;
}

std::vector<std::string> source_violations(const std::string& name, const std::string& yaml) {
  std::vector<std::string> violations;
  const std::string block = source_block(yaml);
  if (value_of(block, "number").empty()) violations.push_back(name + ": no source number");
  if (!is_iso_date(value_of(block, "checked_on"))) {
    violations.push_back(name + ": no day on which the source was checked");
  }
  return violations;
}

TEST(Policies, NameTheirSourceAndTheDayItWasChecked) {
  int count = 0;
  for (const auto* folder : {"national", "local"}) {
    for (const auto& file : files_below(kRoot / "policies" / folder)) {
      if (file.extension() != ".yaml") continue;
      ++count;
      EXPECT_EQ(joined(source_violations(relative_name(file), read(file))), "");
    }
  }
  EXPECT_GT(count, 0);
}

TEST(Policies, AMissingSourceIsFound) {
  EXPECT_EQ(
      source_violations("p", "policy: p\nsource:\n  title: x\n  checked_on: soon\nnotes: []\n"),
      (std::vector<std::string>{"p: no source number",
                                "p: no day on which the source was checked"}));
  EXPECT_TRUE(
      source_violations("p", "source: {number: 云政发〔2026〕3号, checked_on: 2026-11-22}\n")
          .empty());
}

TEST(Policies, StandInTheChangelog) {
  const std::string changelog = read(kRoot / "CHANGELOG.md");
  for (const auto* folder : {"national", "local"}) {
    for (const auto& file : files_below(kRoot / "policies" / folder)) {
      if (file.extension() != ".yaml") continue;
      const std::string id = value_of(read(file), "policy");
      EXPECT_NE(changelog.find("`" + id + "`"), std::string::npos) << id;
    }
  }
}

/// The first line of a template file opens its front matter; a partial has none.
bool is_template(const fs::path& file) {
  return file.extension() == ".md" && read(file).starts_with("---\n");
}

TEST(Templates, HaveASchemaAndASample) {
  for (const auto& file : files_below(kRoot / "templates")) {
    if (!is_template(file)) continue;
    const std::string stem = file.stem().string();
    EXPECT_TRUE(fs::exists(file.parent_path() / (stem + ".schema.yaml"))) << relative_name(file);
    const bool beside = fs::exists(file.parent_path() / (stem + ".sample.yaml"));
    const bool in_samples = fs::exists(kRoot / "samples" / stem / (stem + ".yaml"));
    EXPECT_TRUE(beside || in_samples) << relative_name(file);
  }
}

}  // namespace
}  // namespace huice::checks
