// Published documents, used in place where a checkout has them beside it.
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "library/library.h"
#include "library/readers.h"
#include "library/structure.h"

namespace huice::library {
namespace {

namespace fs = std::filesystem;

const fs::path kShared = HUICE_SOURCE_DIR "/../shared";

std::vector<fs::path> texts_of(const char* folder, std::string_view start) {
  std::vector<fs::path> files;
  std::error_code absent;
  for (const auto& entry : fs::directory_iterator(kShared / folder, absent)) {
    const std::string name = entry.path().filename().string();
    if (entry.path().extension() == ".txt" && name.starts_with(start)) files.push_back(entry);
  }
  std::ranges::sort(files);
  return files;
}

struct Score {
  int all = 0, title = 0, number = 0, issuer = 0, date = 0, region = 0;
};

Score score_of(const std::vector<fs::path>& files, bool circulars) {
  const auto settings = load_index_settings(HUICE_SOURCE_DIR "/index").value();
  Score score;
  for (const fs::path& file : files) {
    const auto source = read_source(file);
    if (!source) continue;
    const Circular read = structure_of(source.value(), settings);
    ++score.all;
    // What these collections have in common is known: circulars of the State Council carry a number
    // of 国发 or 国办发 and the like; regulations are adopted by a local congress.
    score.title += !read.title_guessed && !read.genre.empty() ? 1 : 0;
    score.number += read.number.starts_with("国") == circulars ? 1 : 0;
    score.issuer += circulars ? read.issuer.starts_with("国务院")
                              : read.issuer.find("人民代表大会") != std::string::npos;
    score.date += read.date ? 1 : 0;
    score.region += circulars ? read.region == "全国" : !read.region.empty();
  }
  std::cout << "of " << score.all << ": title " << score.title << ", number " << score.number
            << ", issuer " << score.issuer << ", date " << score.date << ", region " << score.region
            << "\n";
  return score;
}

TEST(RealTexts, CircularsOfTheStateCouncilAreUnderstood) {
  std::vector<fs::path> files = texts_of("circulars", "");
  std::erase_if(files,
                [](const fs::path& file) { return file.filename().string().starts_with("local"); });
  if (files.empty()) GTEST_SKIP() << "../shared/circulars is absent";
  const Score score = score_of(files, true);
  const int most = score.all * 9 / 10;
  EXPECT_GE(score.title, most);
  EXPECT_GE(score.number, most);
  EXPECT_GE(score.issuer, most);
  EXPECT_GE(score.date, most);
  EXPECT_GE(score.region, most);
}

TEST(RealTexts, LocalRegulationsAreUnderstood) {
  const auto files = texts_of("circulars", "local");
  if (files.empty()) GTEST_SKIP() << "../shared/circulars is absent";
  const Score score = score_of(files, false);
  const int most = score.all * 9 / 10;
  EXPECT_GE(score.title, most);
  EXPECT_GE(score.issuer, most);
  EXPECT_GE(score.date, most);
  EXPECT_GE(score.region, most);
}

TEST(RealTexts, TheNoticeIsFoundByTheNumberItCites) {
  const auto files = texts_of("seeds", "");
  if (files.empty()) GTEST_SKIP() << "../shared/seeds is absent";
  const fs::path folder = fs::path(testing::TempDir()) / "huice-library-real";
  fs::remove_all(folder);
  auto library =
      Library::open(folder, Mode::Write, load_index_settings(HUICE_SOURCE_DIR "/index").value());
  ASSERT_TRUE(library);
  EXPECT_EQ(library.value().add(files).value().added.size(), files.size());
  const Hits hits = library.value().search({.text = "湘办发电〔2021〕68号"}).value();
  ASSERT_FALSE(hits.hits.empty());
  EXPECT_EQ(hits.hits[0].number, "新推新字〔2022〕2号");
  EXPECT_EQ(hits.hits[0].reason, HitReason::CitesNumber);
}

}  // namespace
}  // namespace huice::library
