#include "app/bulk_export.h"

#include <atomic>
#include <fstream>
#include <map>
#include <set>

#include <gtest/gtest.h>
#include <unistd.h>

#include "archive/zip_reader.h"
#include "base/files.h"

namespace huice::app {
namespace {

namespace fs = std::filesystem;

class Scratch {
 public:
  Scratch() {
    std::string name = (fs::temp_directory_path() / "huice-export-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() {
    std::error_code error;
    fs::remove_all(folder_, error);
  }
  fs::path operator/(const char* name) const { return folder_ / name; }

 private:
  fs::path folder_;
};

/// Text files whose content tells the item; those in `broken` fail. Counts what it is asked for.
class TextMaker final : public FileMaker {
 public:
  TextMaker(const std::set<std::size_t>& broken, std::atomic<int>& made)
      : broken_(broken), made_(made) {}

  Result<std::string> make(std::size_t item) override {
    ++made_;
    if (broken_.contains(item)) {
      return Error{.code = ErrorCode::InvalidInput, .id = "test.broken", .message = "坏"};
    }
    return "第" + std::to_string(item) + "份，" + std::string(item % 7, '*');
  }

 private:
  const std::set<std::size_t>& broken_;
  std::atomic<int>& made_;
};

struct Export {
  ExportOrder order;
  std::set<std::size_t> broken = {};
  std::atomic<int> made = 0;

  Export(fs::path out, std::size_t count, std::uint64_t inputs = 1) {
    order.form = form_of(out, false);
    order.out = std::move(out);
    order.inputs = inputs;
    for (std::size_t i = 0; i < count; ++i)
      order.names.push_back("第" + std::to_string(i) + "号");
  }

  ExportReport run(const ExportControl& control = {}) {
    auto report = export_files(
        order, ".txt", [&] { return std::make_unique<TextMaker>(broken, made); }, control);
    EXPECT_TRUE(report.has_value()) << report.error().message;
    return report ? std::move(report).value() : ExportReport{};
  }
};

/// Ends the export once `count` items have been heard of.
ExportControl stopping_after(std::size_t count, std::atomic<std::size_t>& heard,
                             unsigned workers = 1) {
  return {.workers = workers,
          .cancelled = [&heard, count] { return heard >= count; },
          .progress = [&heard](const BatchItem&) { ++heard; }};
}

std::string bytes_of(const fs::path& file) {
  const auto bytes = read_file(file);
  return bytes ? bytes.value() : bytes.error().message;
}

TEST(BulkExport, AFolderHoldsAFileForEachItemAndNothingElse) {
  const Scratch scratch;
  Export all(scratch / "out", 40);
  const ExportReport report = all.run({.workers = 3});
  EXPECT_EQ(report.items.size(), 40U);
  EXPECT_EQ(report.failures(), 0U);
  EXPECT_EQ(bytes_of(scratch / "out/第9号.txt"), "第9份，**");
  const auto files = std::distance(fs::directory_iterator(scratch / "out"), {});
  EXPECT_EQ(files, 40);
}

TEST(BulkExport, FilesThatACrashLeftHalfWrittenAreRemoved) {
  const Scratch scratch;
  Export all(scratch / "out", 3);
  all.run();
  std::ofstream(scratch / "out/.huice-part7") << "half";
  all.run();
  EXPECT_EQ(std::distance(fs::directory_iterator(scratch / "out"), {}), 3);
}

TEST(BulkExport, AFolderThatCannotBeWrittenToEndsTheExport) {
  const Scratch scratch;
  Export all(scratch / "out", 40);
  fs::create_directories(scratch / "out/第20号.txt");
  const auto report = export_files(
      all.order, ".txt", [&] { return std::make_unique<TextMaker>(all.broken, all.made); },
      {.workers = 2});
  ASSERT_FALSE(report.has_value());
  EXPECT_EQ(report.error().id, "file.unwritable");
  fs::remove(scratch / "out/第20号.txt");
  EXPECT_EQ(all.run().items.size(), 40U);
  EXPECT_EQ(std::distance(fs::directory_iterator(scratch / "out"), {}), 40);
}

TEST(BulkExport, WhatItMakesDoesNotDependOnTheNumberOfWorkers) {
  const Scratch scratch;
  Export one(scratch / "one.zip", 100);
  Export four(scratch / "four.zip", 100);
  one.run({.workers = 1});
  four.run({.workers = 4});
  EXPECT_EQ(bytes_of(scratch / "one.zip"), bytes_of(scratch / "four.zip"));
  const auto zip = archive::ZipReader::open(bytes_of(scratch / "one.zip"), "one.zip");
  ASSERT_TRUE(zip.has_value()) << zip.error().message;
  EXPECT_EQ(zip.value().read("第99号.txt").value(), "第99份，*");
}

TEST(BulkExport, AnItemThatFailsIsToldAndTheOthersAreDelivered) {
  const Scratch scratch;
  Export some(scratch / "out.zip", 40);
  some.broken = {0, 17};
  const ExportReport report = some.run({.workers = 2});
  EXPECT_EQ(report.failures(), 2U);
  ASSERT_EQ(report.items.size(), 40U);
  EXPECT_EQ(report.items[17].name, "第17号");
  EXPECT_EQ(report.items[17].failure->id, "test.broken");
  const auto zip = archive::ZipReader::open(bytes_of(scratch / "out.zip"), "out.zip");
  ASSERT_TRUE(zip.has_value());
  EXPECT_FALSE(zip.value().read("第17号.txt").has_value());
  EXPECT_TRUE(zip.value().read("第18号.txt").has_value());
}

TEST(BulkExport, WhenAllFailNothingIsLeftBehind) {
  const Scratch scratch;
  Export none(scratch / "out.zip", 2);
  none.broken = {0, 1};
  EXPECT_EQ(none.run().failures(), 2U);
  EXPECT_FALSE(fs::exists(scratch / "out.zip"));
  EXPECT_FALSE(fs::exists(scratch / "out.zip.part"));
  EXPECT_FALSE(fs::exists(scratch / "out.zip.journal"));
}

class Resumed : public testing::TestWithParam<const char*> {};

TEST_P(Resumed, ACancelledExportGoesOnWhereItStoppedAndEndsTheSame) {
  constexpr std::size_t kItems = 400;  // more than two workers may have begun ahead of the target
  const Scratch scratch;
  Export undisturbed(scratch / "whole.zip", kItems);
  undisturbed.run();
  const fs::path out = scratch / GetParam();
  Export first(out, kItems);
  std::atomic<std::size_t> heard = 0;
  const ExportReport stopped = first.run(stopping_after(50, heard, 2));
  EXPECT_TRUE(stopped.cancelled);
  EXPECT_GE(stopped.items.size(), 50U);
  EXPECT_LT(stopped.items.size(), kItems);
  if (first.order.form == ExportForm::Zip) {
    EXPECT_FALSE(fs::exists(out));
  }
  Export second(out, kItems);
  const ExportReport rest = second.run({.workers = 2});
  EXPECT_EQ(rest.items.size(), kItems);
  EXPECT_FALSE(rest.cancelled);
  EXPECT_EQ(first.made + second.made, static_cast<int>(kItems));
  EXPECT_TRUE(rest.items.front().taken_up);
  EXPECT_FALSE(rest.items.back().taken_up);
  if (second.order.form == ExportForm::Zip) {
    EXPECT_EQ(bytes_of(out), bytes_of(scratch / "whole.zip"));
  } else {
    EXPECT_EQ(std::distance(fs::directory_iterator(out), {}), kItems);
  }
}

INSTANTIATE_TEST_SUITE_P(BulkExport, Resumed, testing::Values("folder", "container.zip"));

TEST(BulkExport, WorkOfOtherInputsIsNotTakenUp) {
  const Scratch scratch;
  Export before(scratch / "out.zip", 200, 1);
  std::atomic<std::size_t> heard = 0;
  before.run(stopping_after(50, heard));
  Export after(scratch / "out.zip", 200, 2);
  after.run();
  EXPECT_EQ(after.made, 200);
}

TEST(BulkExport, AFinishedPieceThatWasDamagedSinceIsMadeAgain) {
  const Scratch scratch;
  Export before(scratch / "out", 100);
  std::atomic<std::size_t> heard = 0;
  before.run(stopping_after(30, heard));
  const int made = before.made;
  std::ofstream(scratch / "out/第20号.txt") << "half";
  Export after(scratch / "out", 100);
  after.run();
  EXPECT_EQ(bytes_of(scratch / "out/第20号.txt"), "第20份，******");
  EXPECT_EQ(after.made, 100 - 20) << made;
}

TEST(BulkExport, AJournalCutOffInTheMiddleOfALineIsBelievedAsFarAsItGoes) {
  const Scratch scratch;
  Export before(scratch / "out.zip", 100);
  std::atomic<std::size_t> heard = 0;
  before.run(stopping_after(30, heard));
  const auto journal = scratch / "out.zip.journal";
  fs::resize_file(journal, fs::file_size(journal) - 3);
  std::ofstream(scratch / "out.zip.part", std::ios::app) << "torn";
  Export after(scratch / "out.zip", 100);
  after.run();
  EXPECT_EQ(after.made, 100 - before.made + 1);
  Export whole(scratch / "whole.zip", 100);
  whole.run();
  EXPECT_EQ(bytes_of(scratch / "out.zip"), bytes_of(scratch / "whole.zip"));
}

TEST(BulkExport, TwoProgramsDoNotWriteToTheSamePlace) {
  const Scratch scratch;
  const auto held = GrowingFile::open(scratch / "out.zip.part");
  ASSERT_TRUE(held.has_value());
  const Export other(scratch / "out.zip", 3);
  std::atomic<int> made = 0;
  const std::set<std::size_t> none;
  const auto refused = export_files(other.order, ".txt",
                                    [&] { return std::make_unique<TextMaker>(none, made); }, {});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().id, "file.in-use");
  EXPECT_EQ(made, 0);
}

TEST(BulkExport, TheFingerprintChangesWithAFileItsNameAndWhatIsSaid) {
  const Scratch scratch;
  fs::create_directories(scratch / "in");
  std::ofstream(scratch / "in/a") << "1";
  const std::vector<fs::path> inputs = {scratch / "in"};
  const auto first = fingerprint_of(inputs, "x");
  EXPECT_EQ(fingerprint_of(inputs, "x"), first);
  EXPECT_NE(fingerprint_of(inputs, "y"), first);
  fs::rename(scratch / "in/a", scratch / "in/b");
  EXPECT_NE(fingerprint_of(inputs, "x"), first);
  fs::rename(scratch / "in/b", scratch / "in/a");
  std::ofstream(scratch / "in/a") << "2";
  EXPECT_NE(fingerprint_of(inputs, "x"), first);
}

}  // namespace
}  // namespace huice::app
