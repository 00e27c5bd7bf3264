// Libraries of a few sentences.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "library/library.h"

namespace huice::library {

class LibraryFixture : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::path(testing::TempDir()) / "huice-library" /
              (std::string(test->test_suite_name()) + "." + test->name());
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }

  Library open(Mode mode = Mode::Write, const std::string& name = "library") const {
    auto library =
        Library::open(folder_ / name, mode, load_index_settings(HUICE_SOURCE_DIR "/index").value());
    EXPECT_TRUE(library) << library.error().message;
    return std::move(library).value();
  }

  /// A document of one passage.
  static Prepared document(std::string title, std::string text) {
    return {
        .file = {}, .circular = {.title = std::move(title)}, .passages = {{{}, std::move(text)}}};
  }

  static std::vector<std::string> put(Library& library, const std::vector<Prepared>& documents) {
    const auto ids = library.put(documents);
    EXPECT_TRUE(ids) << ids.error().message;
    return ids.value();
  }

  static Hits found(const Library& library, const Query& query) {
    auto hits = library.search(query);
    EXPECT_TRUE(hits) << hits.error().message;
    return std::move(hits).value();
  }

  static std::vector<std::string> titles(const Library& library, const Query& query) {
    std::vector<std::string> titles;
    for (const Hit& hit : found(library, query).hits)
      titles.push_back(hit.title);
    return titles;
  }

  /// Title of the best hit; empty without any.
  static std::string first(const Library& library, const std::string& query) {
    const auto all = titles(library, {.text = query});
    return all.empty() ? "" : all.front();
  }

  std::filesystem::path folder_;
};

}  // namespace huice::library
