// A library of somebody's own beside one that all share.
#include "archive/zip_writer.h"
#include "library/bundle.h"
#include "library_fixture.h"

namespace huice::library {
namespace {

class OwnLibraryTest : public LibraryFixture {
 protected:
  static IndexSettings settings() { return load_index_settings(HUICE_SOURCE_DIR "/index").value(); }

  static Holding holding(std::string id, std::string title, std::string text) {
    Holding made{.id = std::move(id), .file = title + ".txt", .encoding = {}, .circular = {}};
    made.circular.title = std::move(title);
    made.circular.blocks.push_back({.text = std::move(text)});
    return made;
  }

  static Status follow(Library& library, const std::vector<Holding>& come,
                       const std::vector<std::string>& gone, const std::string& mark) {
    return library.follow(come, gone, mark);
  }

  Library beside() const {
    auto both = Library::open_beside(folder_ / "library", folder_ / "own", settings());
    EXPECT_TRUE(both) << both.error().message;
    return std::move(both).value();
  }
};

TEST_F(OwnLibraryTest, DocumentsKeepTheirIdsAndOwnOnesAreMarked) {
  Library shared = open();
  const auto ids = put(shared, {document("国家稳岗返还办法", "失业保险稳岗返还的标准")});
  Library own = open(Mode::Write, "own");
  ASSERT_TRUE(
      follow(own, {holding("ab12", "云岭县稳岗返还细则", "本县稳岗返还的标准另行规定")}, {}, "m1"));
  const Library both = beside();
  const Hits hits = found(both, {.text = "稳岗返还标准"});
  ASSERT_EQ(hits.total, 2u);
  for (const Hit& hit : hits.hits) {
    EXPECT_EQ(hit.own, hit.id == "ab12") << hit.id;
    EXPECT_EQ(both.show(hit.id).value().circular.title, hit.title);
  }
  EXPECT_EQ(both.show(ids.front()).value().circular.title, "国家稳岗返还办法");
  EXPECT_EQ(both.citations("ab12").value().title, "云岭县稳岗返还细则");
}

TEST_F(OwnLibraryTest, TheOwnOneAloneIsReadWhereThereIsNoOther) {
  Library own = open(Mode::Write, "own");
  ASSERT_TRUE(follow(own, {holding("ab12", "云岭县稳岗返还细则", "本县稳岗返还的标准")}, {}, "m1"));
  EXPECT_EQ(found(beside(), {.text = "稳岗返还"}).total, 1u);
}

TEST_F(OwnLibraryTest, WhatIsFollowedComesOnceAndGoesWithItsMark) {
  Library own = open(Mode::Write, "own");
  const auto rule = holding("a", "云岭县稳岗返还细则", "本县稳岗返还的标准");
  ASSERT_TRUE(follow(own, {rule, holding("b", "云岭县用工细则", "本县用工的办法")}, {}, "m1"));
  ASSERT_TRUE(follow(own, {rule}, {"b"}, "m2"));
  EXPECT_EQ(own.ids().value(), std::set<std::string>{"a"});
  EXPECT_EQ(own.followed().value(), "m2");
  EXPECT_EQ(own.size().value(), 1u);
  EXPECT_FALSE(open(Mode::Read, "own").show("云岭县用工细则"));
}

TEST_F(OwnLibraryTest, ADamagedLibraryIsNotSound) {
  {
    Library own = open(Mode::Write, "own");
    ASSERT_TRUE(follow(own, {holding("a", "细则", "本县稳岗返还的标准")}, {}, "m1"));
  }
  EXPECT_TRUE(Library::is_sound(folder_ / "own"));
  std::filesystem::resize_file(folder_ / "own" / "postlist.glass", 100);
  EXPECT_FALSE(Library::is_sound(folder_ / "own"));
}

std::vector<std::string> names_of(const std::string& zip) {
  const auto files = files_of_bundle(zip, "一批.zip", std::size_t{1} << 20);
  EXPECT_TRUE(files) << files.error().message;
  std::vector<std::string> names;
  for (const BundledFile& file : files.value())
    names.push_back(file.name);
  return names;
}

TEST_F(OwnLibraryTest, NamesInABundleAreLabelsInWhateverEncoding) {
  archive::ZipWriter zip;
  zip.add("../../etc/passwd", "x");
  zip.add("2026\\通知\\甲.txt", "x");
  zip.add("\xCD\xA8\xD6\xAA.txt", "x");  // 通知.txt in GB18030
  zip.add("__MACOSX/._甲.txt", "x");
  zip.add("~$甲.docx", "x");
  EXPECT_EQ(names_of(zip.finish()), (std::vector<std::string>{"passwd", "甲.txt", "通知.txt"}));
}

TEST_F(OwnLibraryTest, ABundleThatSwellsIsRefused) {
  archive::ZipWriter zip;
  zip.add("甲.txt", std::string(std::size_t{600} << 10, ' '));
  zip.add("乙.txt", std::string(std::size_t{600} << 10, ' '));
  const auto files = files_of_bundle(zip.finish(), "一批.zip", std::size_t{1} << 20);
  ASSERT_FALSE(files);
  EXPECT_EQ(files.error().id, "zip.bomb");
  EXPECT_EQ(files_of_bundle(archive::ZipWriter().finish(), "空.zip", 10).error().id,
            "library.bundle-empty");
}

}  // namespace
}  // namespace huice::library
