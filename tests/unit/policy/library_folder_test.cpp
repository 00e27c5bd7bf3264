#include "policy/library_folder.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/files.h"
#include "small_library.h"

namespace huice::policy {
namespace {

namespace fs = std::filesystem;

class FollowedFolder : public testing::Test {
 protected:
  void SetUp() override {
    write("facts.yaml", "facts:\n  - {name: 从业人数, type: number, unit: 人}\n");
    write("local/a.yaml", policy_file("a", condition("从业人数 <= 10")));
    write("national/b.yaml", policy_file("b", condition("从业人数 <= 20")));
  }
  void TearDown() override { fs::remove_all(folder_); }

  static std::string condition(const std::string& when) {
    return "conditions:\n  - name: 人数\n    when: " + when + "\n";
  }
  void write(const std::string& name, const std::string& text) {
    ASSERT_TRUE(write_file(folder_ / name, text).has_value());
  }
  LibraryFolder open() {
    auto opened = LibraryFolder::open(folder_);
    EXPECT_TRUE(opened.has_value());
    return std::move(opened).value();
  }
  static std::string when_of(const Library& library, const char* id) {
    return library.find(id)->conditions.children.front().when->text();
  }

  const fs::path folder_ =
      fs::temp_directory_path() / ("huice_followed_" + std::to_string(getpid()) + "_" +
                                   testing::UnitTest::GetInstance()->current_test_info()->name());
};

TEST_F(FollowedFolder, NothingIsReadAgainWhileNothingChanged) {
  auto folder = open();
  const auto before = folder.library();
  EXPECT_EQ(folder.refresh().value(), before);
}

TEST_F(FollowedFolder, OfAChangedFileOnlyItsPolicyIsNew) {
  auto folder = open();
  const auto before = folder.library();
  write("local/a.yaml", policy_file("a", condition("从业人数 <= 30")));
  const auto after = folder.refresh().value();
  EXPECT_EQ(when_of(*after, "a"), "从业人数 <= 30");
  EXPECT_EQ(after->find("b"), before->find("b"));
  EXPECT_EQ(when_of(*before, "a"), "从业人数 <= 10") << "those who read the old one keep it";
}

TEST_F(FollowedFolder, FilesComeAndGoInTheOrderOfALibraryReadAnew) {
  auto folder = open();
  write("national/c.yaml", policy_file("c", condition("从业人数 <= 5")));
  fs::remove(folder_ / "local/a.yaml");
  write("local/d.yaml", policy_file("d", condition("从业人数 <= 6")));
  std::vector<std::string> ids;
  for (const Policy& policy : folder.refresh().value()->policies())
    ids.push_back(policy.id);
  EXPECT_EQ(ids, (std::vector<std::string>{"b", "c", "d"}));
}

TEST_F(FollowedFolder, AnUnsoundFileLeavesWhatWasReadAndIsReadAgainOnceMended) {
  auto folder = open();
  const auto before = folder.library();
  write("local/a.yaml", policy_file("a", condition("从业人 <= 30")));
  for (int attempt = 0; attempt < 2; ++attempt) {
    const auto refused = folder.refresh();
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(as_findings(refused.error()).size(), 1u);
    EXPECT_EQ(refused.error().id, "policy.unknown-fact");
    EXPECT_EQ(folder.library(), before);
  }
  write("local/a.yaml", policy_file("a", condition("从业人数 <= 30")));
  EXPECT_EQ(when_of(*folder.refresh().value(), "a"), "从业人数 <= 30");
}

TEST_F(FollowedFolder, WhatAnotherFileNoLongerSaysOfAPolicyIsUndone) {
  auto folder = open();
  const std::string plain = policy_file("a", condition("从业人数 <= 10"));
  write("local/a.yaml", plain + "relations:\n  - {kind: 废止, policy: b, from: 2027-01-01}\n");
  const Date on = *Date::parse("2028-01-01");
  EXPECT_EQ(folder.refresh().value()->in_force(on, on).size(), 1u);
  write("local/a.yaml", plain);
  EXPECT_EQ(folder.refresh().value()->in_force(on, on).size(), 2u);
}

TEST_F(FollowedFolder, AChangedCatalogueHasEveryPolicyReadByIt) {
  auto folder = open();
  write("facts.yaml", "facts:\n  - {name: 人数, type: number, unit: 人}\n");
  const auto refused = folder.refresh();
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(as_findings(refused.error()).size(), 2u);
  fs::remove(folder_ / "facts.yaml");
  EXPECT_EQ(folder.refresh().error().id, "policy.no-library");
}

}  // namespace
}  // namespace huice::policy
