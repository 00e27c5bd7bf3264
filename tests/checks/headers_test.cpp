// What every header promises, and what may not be asked for below app.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "layers.h"

namespace huice::checks {
namespace {

std::string module_of(const fs::path& file) {
  const std::string name = fs::relative(file, kRoot / "src").generic_string();
  return name.substr(0, name.find('/'));
}

std::string first_include(const std::string& text) {
  for (const auto& line : lines_of(text)) {
    const std::string header = included(line);
    if (!header.empty()) return header;
  }
  return {};
}

TEST(Headers, AreIncludedOnceAndOpenNoNamespace) {
  for (const auto& file : files_below(kRoot / "src")) {
    if (file.extension() != ".h") continue;
    const std::string text = read(file);
    EXPECT_NE(text.find("#pragma once\n"), std::string::npos) << relative_name(file);
    EXPECT_EQ(text.find("using namespace"), std::string::npos) << relative_name(file);
  }
}

TEST(Headers, AreIncludedFirstByTheirOwnSource) {
  for (const auto& file : files_below(kRoot / "src")) {
    if (file.extension() != ".cpp") continue;
    const fs::path header = fs::path(file).replace_extension(".h");
    if (!fs::exists(header)) continue;
    EXPECT_EQ(first_include(read(file)), fs::relative(header, kRoot / "src").generic_string())
        << relative_name(file);
  }
}

TEST(World, IsAskedForOnlyByTheCommandLine) {
  static const std::vector<std::string> kQuestions = {
      "system_clock::now", "std::time(",     "localtime",     "gmtime",       "getenv(",
      "setlocale(",        "locale::global", "random_device", "current_path("};
  for (const auto& file : files_below(kRoot / "src")) {
    if (!is_cpp(file) || module_of(file) == "cli") continue;
    const std::string text = read(file);
    for (const auto& question : kQuestions)
      EXPECT_EQ(text.find(question), std::string::npos) << relative_name(file) << ": " << question;
  }
}

TEST(World, IsSpokenToOnlyByTheCommandLine) {
  static const std::vector<std::string> kVoices = {"std::cout", "std::cerr",      "std::clog",
                                                   " printf(",  "fprintf(stderr", "fprintf(stdout"};
  for (const auto& file : files_below(kRoot / "src")) {
    if (!is_cpp(file) || module_of(file) == "cli") continue;
    const std::string text = read(file);
    for (const auto& voice : kVoices)
      EXPECT_EQ(text.find(voice), std::string::npos) << relative_name(file) << ": " << voice;
  }
}

}  // namespace
}  // namespace huice::checks
