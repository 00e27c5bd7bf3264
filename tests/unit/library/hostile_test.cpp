// Files made to do harm: each is refused by name, within limits, and the good ones are taken.
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/zip_writer.h"
#include "base/files.h"
#include "library/library.h"
#include "slow_pdf.h"

namespace huice::library {
namespace {

namespace fs = std::filesystem;

std::string word_file(const std::string& document) {
  archive::ZipWriter zip;
  zip.add("word/document.xml", document);
  return zip.finish();
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i)
    all += text;
  return all;
}

class HostileFiles : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(testing::TempDir()) / "huice-hostile";
    fs::remove_all(folder_);
    put("01-good.txt", "关于某事的通知\n各单位：\n请认真执行。\n某县财政局\n2026年1月5日\n");
    put("zip-bomb.docx", word_file("<w:document>" + std::string(std::size_t{20} << 20, ' ')));
    put("xml-bomb.docx",
        word_file("<!DOCTYPE a [<!ENTITY b \"xx\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>"));
    put("deep.docx", word_file("<w:document>" + repeated("<w:p>", 100'000)));
    put("deep.html", repeated("<div><b>", 200'000));
    put("broken.pdf", "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\n");
    put("bomb.pdf", slow_pdf());
    put("mixed.txt", "通知\n\xCD\xA8\xD6\xAA\xFF\xFF通知");
    put("binary.txt", std::string("\0\1\2\3", 4));
    put("not-a-book.xlsx", "PK\x03\x04");
    put("one-line.txt", "关于某事的通知");
    fs::resize_file(folder_ / "in/one-line.txt", std::uintmax_t{1} << 30);
    put("zz-good.txt", "关于另一事的通知\n各单位：\n请执行。\n某县税务局\n2026年1月6日\n");
  }
  void TearDown() override { fs::remove_all(folder_); }

  void put(const std::string& name, const std::string& bytes) {
    ASSERT_TRUE(write_file(folder_ / "in" / name, bytes));
  }

  fs::path folder_;
};

TEST_F(HostileFiles, AreListedWithTheirReasonsAndStopNobody) {
  auto library = Library::open(folder_ / "library", Mode::Write,
                               load_index_settings(HUICE_SOURCE_DIR "/index").value());
  ASSERT_TRUE(library);
  const std::vector<fs::path> paths = {folder_ / "in"};
  const auto report = library.value().add(paths, {}, {.limits = {.seconds = 2, .children = 2}});
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report.value().added.size(), 2u);
  std::map<std::string, std::string> reasons;
  for (const Error& error : report.value().refused) {
    EXPECT_NE(error.hint, "") << error.id;
    reasons[fs::path(error.where.file).filename().string()] = error.id;
  }
  const std::map<std::string, std::string> expected = {
      {"zip-bomb.docx", "zip.bomb"},         {"xml-bomb.docx", "xml.doctype"},
      {"deep.docx", "xml.too-deep"},         {"deep.html", "library.html.too-deep"},
      {"broken.pdf", "library.pdf.corrupt"}, {"bomb.pdf", "library.reader.slow"},
      {"mixed.txt", "text.encoding"},        {"binary.txt", "text.binary"},
      {"not-a-book.xlsx", "zip.corrupt"},    {"one-line.txt", "file.too-large"}};
  EXPECT_EQ(reasons, expected);
  rusage children{};
  ASSERT_EQ(::getrusage(RUSAGE_CHILDREN, &children), 0);
  const long megabytes = children.ru_maxrss / 1024;
  std::cout << "the largest reader took " << megabytes << " MiB\n";
  EXPECT_LT(megabytes, 1'500);
}

/// Names in a folder behind which there is no document.
class HostileFolder : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::path(testing::TempDir()) / "huice-hostile-folder" / test->name();
    fs::remove_all(folder_);
    ASSERT_TRUE(write_file(folder_ / "in/good.txt", "关于某事的通知\n请认真执行。\n"));
    settings_ = load_index_settings(HUICE_SOURCE_DIR "/index").value();
  }
  void TearDown() override { fs::remove_all(folder_); }

  /// Ids of what is refused, by name, after the good file was taken.
  std::map<std::string, std::string> refused() {
    auto library = Library::open(folder_ / "library", Mode::Write, settings_);
    const std::vector<fs::path> paths = {folder_ / "in"};
    const auto report = library.value().add(paths);
    EXPECT_TRUE(report);
    EXPECT_EQ(report.value().added.size(), 1u);
    std::map<std::string, std::string> reasons;
    for (const Error& error : report.value().refused)
      reasons[fs::path(error.where.file).filename().string()] = error.id;
    return reasons;
  }

  fs::path folder_;
  IndexSettings settings_;
};

TEST_F(HostileFolder, PipesAndLinksThatLeadNowhereAreListed) {
  ASSERT_EQ(::mkfifo((folder_ / "in/pipe.txt").c_str(), 0600), 0);
  fs::create_symlink("loop.txt", folder_ / "in/loop.txt");
  fs::create_symlink("gone", folder_ / "in/gone.txt");
  fs::create_directory_symlink(".", folder_ / "in/round");
  const std::map<std::string, std::string> expected = {{"pipe.txt", "file.unreadable"},
                                                       {"loop.txt", "file.unreadable"},
                                                       {"gone.txt", "file.not-found"},
                                                       {"round", "library.folder-link"}};
  EXPECT_EQ(refused(), expected);
}

TEST_F(HostileFolder, WhatMayNotBeReadIsListed) {
  if (::geteuid() == 0) GTEST_SKIP() << "to root nothing is closed";
  ASSERT_TRUE(write_file(folder_ / "in/closed/inside.txt", "关于某事的通知\n"));
  ASSERT_TRUE(write_file(folder_ / "in/secret.txt", "关于某事的通知\n"));
  fs::permissions(folder_ / "in/closed", fs::perms::none);
  fs::permissions(folder_ / "in/secret.txt", fs::perms::none);
  const auto reasons = refused();
  fs::permissions(folder_ / "in/closed", fs::perms::owner_all);
  const std::map<std::string, std::string> expected = {{"closed", "file.unreadable"},
                                                       {"secret.txt", "file.unreadable"}};
  EXPECT_EQ(reasons, expected);
}

TEST(ReaderChild, IsReplacedByAnotherWhenItDies) {
  const auto answer = [](const std::string& request) -> std::string {
    if (request == "die") std::abort();
    return "got " + request;
  };
  auto child = ReaderChild::start(answer, {});
  ASSERT_TRUE(child);
  child.value().ask("a");
  EXPECT_EQ(child.value().take().value(), "got a");
  child.value().ask("die");
  EXPECT_EQ(child.value().take().error().id, "library.reader.died");
  child = ReaderChild::start(answer, {});
  child.value().ask(std::string(5'000'000, 'x'));
  EXPECT_EQ(child.value().take().value().size(), 5'000'004u);
}

TEST(ReaderChild, GetsNoMoreMemoryThanItsLimit) {
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
  GTEST_SKIP() << "sanitizers map more memory than any limit";
#endif
#endif
  const auto answer = [](const std::string& request) {
    return std::string(std::size_t{1} << 29, request.front());
  };
  auto child = ReaderChild::start(answer, {.memory = std::size_t{1} << 26});
  ASSERT_TRUE(child);
  child.value().ask("x");
  EXPECT_EQ(child.value().take().error().id, "library.reader.died");
}

}  // namespace
}  // namespace huice::library
