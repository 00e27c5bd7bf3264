#include "base/files.h"

#include <fstream>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file_stamp.h"
#include "base/new_file.h"

namespace huice {
namespace {

namespace fs = std::filesystem;

class Files : public testing::Test {
 protected:
  void SetUp() override { fs::create_directories(folder_); }
  void TearDown() override { fs::remove_all(folder_); }
  const fs::path folder_ =
      fs::temp_directory_path() / ("huice_files_test_" + std::to_string(getpid()));
};

TEST_F(Files, WritesWholeAndLeavesNoTemporaryFile) {
  ASSERT_TRUE(write_file(folder_ / "a/b.txt", "甲").has_value());
  ASSERT_TRUE(write_file(folder_ / "a/b.txt", "乙").has_value());
  EXPECT_EQ(read_file(folder_ / "a/b.txt").value(), "乙");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_ / "a"), fs::directory_iterator()), 1);
}

TEST_F(Files, APiecewiseFileIsThereWhenItIsFinishedAndElseLeavesNothing) {
  ASSERT_TRUE(write_file(folder_ / "a", "旧").has_value());
  {
    auto file = std::move(NewFile::open(folder_ / "a")).value();
    ASSERT_TRUE(file.append("新"));
    EXPECT_EQ(read_file(folder_ / "a").value(), "旧");
  }
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 1);
  auto file = std::move(NewFile::open(folder_ / "a")).value();
  ASSERT_TRUE(file.append("新"));
  ASSERT_TRUE(file.append("的"));
  ASSERT_TRUE(file.finish());
  EXPECT_EQ(read_file(folder_ / "a").value(), "新的");
}

TEST_F(Files, AMappedFileHasTheBytesOfTheFileAndItsLimits) {
  ASSERT_TRUE(write_file(folder_ / "font", "甲乙").has_value());
  EXPECT_EQ(MappedFile::open(folder_ / "font").value()->bytes(), "甲乙");
  EXPECT_EQ(MappedFile::open(folder_ / "font", 5).error().id, "file.too-large");
  EXPECT_EQ(MappedFile::open(folder_ / "none").error().id, "file.not-found");
  EXPECT_EQ(MappedFile::open(folder_).error().id, "file.unreadable");
  ASSERT_TRUE(write_file(folder_ / "empty", "").has_value());
  EXPECT_EQ(MappedFile::open(folder_ / "empty").value()->bytes(), "");
}

TEST_F(Files, AStampTellsAFileFromTheOneThatTookItsPlace) {
  EXPECT_FALSE(file_stamp(folder_ / "a").has_value());
  ASSERT_TRUE(write_file(folder_ / "a", "甲").has_value());
  const auto first = file_stamp(folder_ / "a");
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(file_stamp(folder_ / "a"), first);
  ASSERT_TRUE(write_file(folder_ / "a", "乙").has_value());
  EXPECT_NE(file_stamp(folder_ / "a"), first);
}

TEST_F(Files, AGrowingFileIsCutToItsSizeEvenIfMoreLiesBehindThanItKnows) {
  auto file = std::move(GrowingFile::open(folder_ / "a.part")).value();
  ASSERT_TRUE(file.append("甲乙"));
  std::ofstream(folder_ / "a.part", std::ios::app) << "torn";  // as a full disk leaves it
  ASSERT_TRUE(file.cut(file.size()));
  EXPECT_EQ(read_file(folder_ / "a.part").value(), "甲乙");
  ASSERT_TRUE(file.cut(3));
  EXPECT_EQ(file.size(), 3U);
  ASSERT_TRUE(file.append("丙"));
  EXPECT_EQ(read_file(folder_ / "a.part").value(), "甲丙");
}

TEST_F(Files, AFailedWriteLeavesTheOldFile) {
  ASSERT_TRUE(write_file(folder_ / "old", "旧").has_value());
  fs::create_directory(folder_ / "taken");
  ASSERT_TRUE(write_file(folder_ / "taken/x", "占").has_value());
  const auto refused = write_file(folder_ / "taken", "新");  // a folder is in the way
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().id, "file.unwritable");
  EXPECT_EQ(read_file(folder_ / "taken/x").value(), "占");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 2);
}

TEST_F(Files, ReadingStopsAtTheLimit) {
  ASSERT_TRUE(write_file(folder_ / "big", std::string(100, 'x')).has_value());
  EXPECT_TRUE(read_file(folder_ / "big", 100).has_value());
  EXPECT_EQ(read_file(folder_ / "big", 99).error().id, "file.too-large");
}

TEST_F(Files, APipeIsRefusedAndNotWaitedFor) {
  ASSERT_EQ(::mkfifo((folder_ / "pipe").c_str(), 0600), 0);
  EXPECT_EQ(read_file(folder_ / "pipe").error().id, "file.unreadable");
  EXPECT_EQ(MappedFile::open(folder_ / "pipe").error().id, "file.unreadable");
}

TEST_F(Files, AbsenceAndFoldersAreNamed) {
  const auto absent = read_file(folder_ / "none");
  ASSERT_FALSE(absent.has_value());
  EXPECT_EQ(absent.error().id, "file.not-found");
  EXPECT_EQ(absent.error().where.file, (folder_ / "none").string());
  EXPECT_EQ(read_file(folder_).error().id, "file.unreadable");
}

}  // namespace
}  // namespace huice
