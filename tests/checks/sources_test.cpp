// How files are written: encoding, blanks, length, names, and what must not be in them.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tree.h"

namespace huice::checks {
namespace {

constexpr std::size_t kMaxLines = 600;

/// What is wrong with the bytes of a text file, as `name:line: reason`.
std::vector<std::string> form_violations(const std::string& name, const std::string& bytes) {
  std::vector<std::string> violations;
  if (bytes.starts_with("\xEF\xBB\xBF")) violations.push_back(name + ":1: byte order mark");
  if (!is_utf8(bytes)) violations.push_back(name + ": not UTF-8");
  if (!bytes.empty() && !bytes.ends_with('\n')) violations.push_back(name + ": no final newline");
  if (bytes.ends_with("\n\n")) violations.push_back(name + ": blank lines at the end");
  int number = 0;
  for (const auto& line : lines_of(bytes)) {
    ++number;
    const std::string place = name + ":" + std::to_string(number);
    if (line.find('\t') != std::string::npos) violations.push_back(place + ": tab");
    if (line.ends_with(' ')) violations.push_back(place + ": blank at the end of the line");
    if (line.ends_with('\r')) violations.push_back(place + ": carriage return");
  }
  return violations;
}

/// Lines with a mark of unfinished work.
std::vector<std::string> mark_violations(const std::string& name, const std::string& text) {
  // Written in halves so that this file does not find itself.
  static const std::vector<std::string> kMarks = {
      "TO"
      "DO",
      "FIX"
      "ME",
      "XX"
      "X",
      "HA"
      "CK"};
  std::vector<std::string> violations;
  int number = 0;
  for (const auto& line : lines_of(text)) {
    ++number;
    for (const auto& mark : kMarks) {
      if (has_word(line, mark)) {
        violations.push_back(name + ":" + std::to_string(number) + ": " + mark);
      }
    }
  }
  return violations;
}

/// Lines with a path of somebody's machine or the address of a package registry.
std::vector<std::string> machine_violations(const std::string& name, const std::string& text) {
  static const std::vector<std::string> kTraces = {
      "/wo"
      "rk/",
      "/fa"
      "rm/",
      "bash_"
      "jobs",
      "/ho"
      "me/",
      "://deb"
      ".",
      "://registry"
      ".",
      "://security"
      ".",
      "://pypi"
      ".",
      "registry.npm"
      "js",
      "proxy.golang"
      "."};
  std::vector<std::string> violations;
  int number = 0;
  for (const auto& line : lines_of(text)) {
    ++number;
    for (const auto& trace : kTraces) {
      if (line.find(trace) != std::string::npos) {
        violations.push_back(name + ":" + std::to_string(number) + ": " + trace);
      }
    }
  }
  return violations;
}

/// Names that say nothing of what a file holds.
bool is_empty_name(const std::string& stem) {
  static const std::set<std::string> kForbidden = {"util",    "utils",   "helper", "helpers",
                                                   "manager", "common",  "misc",   "data",
                                                   "info",    "process", "handle", "do"};
  std::istringstream words(stem);
  for (std::string word; std::getline(words, word, '_');) {
    if (kForbidden.contains(word)) return true;
  }
  return false;
}

std::vector<std::string> over_tree(const fs::path& folder, bool (*wanted)(const fs::path&),
                                   std::vector<std::string> (*check)(const std::string&,
                                                                     const std::string&)) {
  std::vector<std::string> violations;
  for (const auto& file : files_below(folder)) {
    if (!wanted(file)) continue;
    for (auto& each : check(relative_name(file), read(file)))
      violations.push_back(std::move(each));
  }
  return violations;
}

TEST(Sources, AreUtf8WithoutMarkTabsOrTrailingBlanks) {
  EXPECT_EQ(joined(over_tree(kRoot, is_written_text, form_violations)), "");
}

TEST(Sources, BadFormIsFound) {
  const auto found = form_violations("a.h",
                                     "\xEF\xBB\xBF"
                                     "int a; \n\tint b;\r\n\xFF");
  EXPECT_EQ(found,
            (std::vector<std::string>{
                "a.h:1: byte order mark", "a.h: not UTF-8", "a.h: no final newline",
                "a.h:1: blank at the end of the line", "a.h:2: tab", "a.h:2: carriage return"}));
}

TEST(Sources, AreShortEnoughToRead) {
  for (const auto* folder : {"src", "tests", "scripts"}) {
    for (const auto& file : files_below(kRoot / folder)) {
      if (!is_written_text(file)) continue;
      EXPECT_LE(lines_of(read(file)).size(), kMaxLines) << relative_name(file);
    }
  }
}

TEST(Sources, HoldNoUnfinishedMarks) {
  EXPECT_EQ(joined(over_tree(kRoot, is_written_text, mark_violations)), "");
}

TEST(Sources, AnUnfinishedMarkIsFound) {
  const std::string text = std::string("int a;\n// TO") + "DO later\nint TO" + "DOS;\n";
  EXPECT_EQ(mark_violations("a.h", text),
            std::vector<std::string>{std::string("a.h:2: TO") + "DO"});
}

TEST(Sources, HoldNoPathsOfOneMachineOrRegistry) {
  const auto any_text = [](const fs::path& file) { return is_text(read(file)); };
  EXPECT_EQ(joined(over_tree(kRoot, any_text, machine_violations)), "");
}

TEST(Sources, APathOfOneMachineIsFound) {
  const std::string text = std::string("out/\ncp /wo") + "rk/a b\n";
  EXPECT_EQ(machine_violations("run", text),
            std::vector<std::string>{std::string("run:2: /wo") + "rk/"});
}

TEST(Sources, NamesSayWhatAFileHolds) {
  for (const auto* folder : {"src", "tests"}) {
    for (const auto& file : files_below(kRoot / folder)) {
      if (!is_cpp(file)) continue;
      EXPECT_FALSE(is_empty_name(file.stem().string())) << relative_name(file);
    }
  }
  EXPECT_TRUE(is_empty_name("string_utils"));
}

TEST(Sources, SkippedTestsSayWhy) {
  const std::string skip = std::string("GTEST_") + "SKIP()";
  for (const auto& file : files_below(kRoot / "tests")) {
    if (!is_cpp(file)) continue;
    for (const auto& line : lines_of(read(file))) {
      if (line.find(skip) == std::string::npos) continue;
      EXPECT_NE(line.find("<<"), std::string::npos) << relative_name(file) << ": " << line;
    }
  }
}

}  // namespace
}  // namespace huice::checks
