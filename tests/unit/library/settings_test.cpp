#include "library/settings.h"

#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "base/files.h"
#include "library/sha256.h"

namespace huice::library {
namespace {

const std::filesystem::path kIndex = HUICE_SOURCE_DIR "/index";

TEST(Sha256, GivesTheDigestsOfTheStandard) {
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(IndexSettings, OfTheProjectAreWellFormed) {
  const auto settings = load_index_settings(kIndex);
  ASSERT_TRUE(settings) << settings.error().message;
  EXPECT_GT(settings.value().lexicon.size(), 200u);
  EXPECT_GT(settings.value().weight("title"), 0);
  EXPECT_EQ(settings.value().weight("no-such-field"), 100);
}

TEST(IndexSettings, ReportEveryBadLineWithItsPlace) {
  const auto folder = std::filesystem::path(testing::TempDir()) / "index-bad";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  std::filesystem::copy(kIndex, folder, std::filesystem::copy_options::recursive);
  ASSERT_TRUE(write_file(folder / "fields.txt", "word 100\ntitle much\n"));
  ASSERT_TRUE(write_file(folder / "synonyms.txt", "# x\n\n独自\n"));
  const auto settings = load_index_settings(folder);
  ASSERT_FALSE(settings);
  const Findings findings = as_findings(settings.error());
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_EQ(findings[0].where.line, 2);
  EXPECT_EQ(findings[1].where.line, 3);
  EXPECT_EQ(findings[1].id, "index.syntax");
}

TEST(Regions, AreReadOffTheStartOfAName) {
  const auto settings = load_index_settings(kIndex).value();
  const std::pair<const char*, const char*> cases[] = {
      {"新邵县推进新型工业领导小组办公室", "湖南省/邵阳市/新邵县"},
      {"湖南省邵阳市人民政府", "湖南省/邵阳市"},
      {"湖南省云岭县人民政府办公室", "湖南省/云岭县"},
      {"云岭县推进新型工业化领导小组办公室", "云岭县"},
      {"深圳经济特区人工智能产业促进条例", "广东省/深圳市"},
      {"景宁畲族自治县人民代表大会", "景宁畲族自治县"},
      {"国务院办公厅", "全国"},
      {"关于印发某县方案的通知", ""},
      {"全市深入推进某项工作", ""},
      {"", ""},
  };
  for (const auto& [name, path] : cases)
    EXPECT_EQ(region_at_start(settings, name), path) << name;
  EXPECT_EQ(region_name(settings, "湘"), "湖南省");
  EXPECT_EQ(region_name(settings, "云岭县"), "云岭县");
}

}  // namespace
}  // namespace huice::library
