#include "library/library.h"

#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/files.h"
#include "base/utf8.h"

namespace huice::library {
namespace {

namespace fs = std::filesystem;

class LibraryTest : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::path(testing::TempDir()) / "huice-library" / test->name();
    fs::remove_all(folder_);
    put("a.txt",
        "云工办〔2026〕1号\n\n云岭县人民政府办公室关于支持企业研发的通知\n\n各乡镇人民政府：\n"
        "对企业研发费用给予补助，按实际支出的5%核定。\n申报期限为每年3月31日前。\n\n"
        "云岭县人民政府办公室\n2026年1月5日\n");
    put("b.txt",
        "云财发〔2026〕9号\n\n云岭县财政局关于做好奖补资金兑现工作的函\n\n县科工信局：\n"
        "根据《云岭县人民政府办公室关于支持企业研发的通知》（云工办[2026]1号）办理。\n"
        "其他事项另行通知。\n\n云岭县财政局\n2026年2月6日\n");
    put("c.txt",
        "云州市市容管理条例\n2019年3月8日 云州市第五届人民代表大会常务委员会第九次会议通过\n\n"
        "第一条 为了改善市容，制定本条例。\n第二条 禁止乱倒垃圾。\n");
  }

  fs::path put(const std::string& name, const std::string& text) {
    const fs::path file = folder_ / "in" / name;
    EXPECT_TRUE(write_file(file, text));
    return file;
  }

  Library open(Mode mode = Mode::Write) {
    auto library = Library::open(folder_ / "library", mode,
                                 load_index_settings(HUICE_SOURCE_DIR "/index").value());
    EXPECT_TRUE(library) << library.error().message;
    return std::move(library).value();
  }

  AddReport add(Library& library) {
    const std::vector<fs::path> paths = {folder_ / "in"};
    auto report = library.add(paths);
    EXPECT_TRUE(report) << report.error().message;
    return std::move(report).value();
  }

  static Hits search(const Library& library, Query query) {
    auto hits = library.search(query);
    EXPECT_TRUE(hits) << hits.error().message;
    return std::move(hits).value();
  }

  fs::path folder_;
};

TEST_F(LibraryTest, FindsADocumentByItsWords) {
  Library library = open();
  EXPECT_EQ(add(library).added.size(), 3u);
  const Hits hits = search(library, {.text = "研发费用补助"});
  ASSERT_FALSE(hits.hits.empty());
  const Hit& best = hits.hits.front();
  EXPECT_EQ(best.number, "云工办〔2026〕1号");
  EXPECT_EQ(best.date->to_iso(), "2026-01-05");
  EXPECT_TRUE(best.snippet.text.starts_with("对企业研发费用"));
  ASSERT_FALSE(best.snippet.highlights.empty());
  const Highlight first = best.snippet.highlights.front();
  EXPECT_EQ(best.snippet.text.substr(first.offset, first.size), "研发费用");
}

TEST_F(LibraryTest, FindsANumberInAnyBracketsAndThoseThatCiteIt) {
  Library library = open();
  add(library);
  const Hits hits = search(library, {.text = "云工办（2026）1号"});
  ASSERT_EQ(hits.hits.size(), 2u);
  EXPECT_EQ(hits.hits[0].reason, HitReason::Number);
  EXPECT_EQ(hits.hits[1].reason, HitReason::CitesNumber);
  EXPECT_EQ(hits.hits[1].number, "云财发〔2026〕9号");
  EXPECT_NE(hits.hits[1].snippet.text.find("云工办[2026]1号"), std::string::npos);
  EXPECT_FALSE(hits.hits[1].snippet.highlights.empty());
}

TEST_F(LibraryTest, SaysThatItLacksANumber) {
  Library library = open();
  add(library);
  const Hits hits = search(library, {.text = "国发〔2019〕4号"});
  EXPECT_TRUE(hits.hits.empty());
  ASSERT_EQ(hits.notes.size(), 1u);
}

TEST_F(LibraryTest, FindsATitleAndThoseThatCiteIt) {
  Library library = open();
  add(library);
  const Hits hits = search(library, {.text = "《关于支持企业研发的通知》"});
  ASSERT_GE(hits.hits.size(), 2u);
  EXPECT_EQ(hits.hits[0].reason, HitReason::Title);
  const Hits whole = search(library, {.text = "《云岭县人民政府办公室关于支持企业研发的通知》"});
  ASSERT_GE(whole.hits.size(), 2u);
  EXPECT_EQ(whole.hits[1].reason, HitReason::CitesTitle);
}

TEST_F(LibraryTest, FollowsCitationsBothWays) {
  Library library = open();
  add(library);
  const auto cited = library.citations("云工办〔2026〕1号");
  ASSERT_TRUE(cited);
  ASSERT_EQ(cited.value().cited_by.size(), 1u);
  EXPECT_EQ(cited.value().cited_by[0].number, "云财发〔2026〕9号");
  const auto citing = library.citations(cited.value().cited_by[0].id);
  ASSERT_EQ(citing.value().rests_on.size(), 1u);
  EXPECT_EQ(citing.value().rests_on[0].id, cited.value().id);
}

TEST_F(LibraryTest, TellsWhatNoLongerHolds) {
  put("d.txt",
      "云工办〔2026〕30号\n\n云岭县人民政府办公室关于支持企业研发的若干措施\n\n各乡镇人民政府：\n"
      "《云岭县人民政府办公室关于支持企业研发的通知》（云工办〔2026〕1号）同时废止。\n"
      "本措施自印发之日起施行，有效期一年。\n\n云岭县人民政府办公室\n2026年8月1日\n");
  Library library = open();
  add(library);
  const auto old = library.citations("云工办〔2026〕1号").value();
  const std::string newer = library.show("云工办〔2026〕30号").value().id;
  ASSERT_TRUE(old.lapse);
  EXPECT_EQ(old.lapse->by, newer);
  EXPECT_NE(old.lapse->text.find("云工办〔2026〕30号"), std::string::npos);
  ASSERT_EQ(old.replaced_by.size(), 1u);
  EXPECT_EQ(old.replaced_by[0].id, newer);
  ASSERT_EQ(old.cited_by.size(), 1u) << "what repeals it does not rest on it";
  EXPECT_EQ(old.cited_by[0].number, "云财发〔2026〕9号");
  const auto repealing = library.citations(newer).value();
  EXPECT_TRUE(repealing.rests_on.empty());
  ASSERT_EQ(repealing.replaces.size(), 1u);
  EXPECT_EQ(repealing.replaces[0].id, old.id);
  EXPECT_FALSE(repealing.replaces[0].lapse);
  const auto resting = library.citations("云财发〔2026〕9号").value();
  ASSERT_EQ(resting.rests_on.size(), 1u);
  EXPECT_EQ(resting.rests_on[0].lapse, old.lapse);
  EXPECT_FALSE(library.citations(newer, Date::make(2027, 7, 31)).value().lapse);
  EXPECT_TRUE(library.citations(newer, Date::make(2027, 8, 1)).value().lapse);
  const Hits hits = search(library, {.text = "云工办〔2026〕1号", .today = Date::make(2026, 9, 1)});
  ASSERT_GE(hits.hits.size(), 2u);
  EXPECT_EQ(hits.hits[0].lapse, old.lapse->text);
  std::size_t warned = 0;
  for (const Hit& hit : hits.hits)
    warned += hit.number == "云财发〔2026〕9号" ? hit.lapsed_bases.size() : 0;
  EXPECT_EQ(warned, 1u);
}

TEST_F(LibraryTest, FiltersAndCounts) {
  Library library = open();
  add(library);
  EXPECT_EQ(search(library, {.text = "企业", .genre = "函"}).hits.size(), 1u);
  EXPECT_EQ(search(library, {.region = "云岭县"}).total, 2u);
  EXPECT_EQ(search(library, {.issuer = "财政局"}).total, 1u);
  EXPECT_EQ(search(library, {.since = Date::make(2026, 1, 6)}).total, 1u);
  EXPECT_EQ(search(library, {.until = Date::make(2019, 12, 31)}).total, 1u);
  const Hits all = search(library, {});
  EXPECT_EQ(all.total, 3u);
  ASSERT_EQ(all.facets.years.size(), 2u);
  EXPECT_EQ(all.facets.years[0].name, "2026");
  EXPECT_EQ(all.facets.years[0].count, 2u);
  EXPECT_EQ(all.hits[0].number, "云财发〔2026〕9号");  // newest first
}

TEST_F(LibraryTest, LeavesUnchangedFilesAloneAndReplacesChangedOnes) {
  Library library = open();
  add(library);
  EXPECT_EQ(add(library).unchanged.size(), 3u);
  const std::string id = library.show("云工办〔2026〕1号").value().id;
  put("a.txt",
      "云工办〔2026〕1号\n\n云岭县人民政府办公室关于停止补助的通知\n\n各乡镇：\n停止执行。\n");
  const AddReport report = add(library);
  EXPECT_EQ(report.updated.size(), 1u);
  EXPECT_EQ(report.unchanged.size(), 2u);
  EXPECT_EQ(library.size().value(), 3u);
  EXPECT_EQ(library.show("云工办〔2026〕1号").value().id, id);
  for (const Hit& hit : search(library, {.text = "研发费用补助按实际支出核定"}).hits)
    EXPECT_EQ(hit.snippet.text.find("实际支出"), std::string::npos);
}

TEST_F(LibraryTest, KeepsOneOfEqualFiles) {
  Library library = open();
  fs::copy_file(folder_ / "in/a.txt", folder_ / "in/z.txt");
  EXPECT_EQ(add(library).duplicates.size(), 1u);
  EXPECT_EQ(library.size().value(), 3u);
}

TEST_F(LibraryTest, RefusesBadFilesByNameAndKeepsTheGoodOnes) {
  put("bad.docx", "PK\x03\x04 this is no container");
  put("old.doc", "\xD0\xCF\x11\xE0");
  put("empty.txt", "\n");
  Library library = open();
  std::vector<fs::path> paths = {folder_ / "in", folder_ / "missing.txt"};
  const AddReport report = library.add(paths).value();
  EXPECT_EQ(report.added.size(), 3u);
  ASSERT_EQ(report.refused.size(), 4u);
  for (const Error& error : report.refused) {
    EXPECT_NE(error.where.file, "");
    EXPECT_NE(error.id, "");
    EXPECT_NE(error.message, "");
  }
}

TEST_F(LibraryTest, KeepsWhatWasAddedForLaterReaders) {
  {
    Library library = open();
    add(library);
  }
  const Library reader = open(Mode::Read);
  EXPECT_EQ(reader.size().value(), 3u);
  EXPECT_FALSE(search(reader, {.text = "市容"}).hits.empty());
}

TEST_F(LibraryTest, AdmitsOneWriterAndNeedsALibraryToRead) {
  const auto settings = load_index_settings(HUICE_SOURCE_DIR "/index").value();
  const auto nothing = Library::open(folder_ / "none", Mode::Read, settings);
  ASSERT_FALSE(nothing);
  EXPECT_EQ(nothing.error().id, "library.not-found");
  const Library first = open();
  const auto second = Library::open(folder_ / "library", Mode::Write, settings);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().id, "library.locked");
}

TEST_F(LibraryTest, WhatIsGoneFromItsFolderLeavesWhereAsked) {
  Library library = open();
  add(library);
  const std::vector<fs::path> paths = {folder_ / "in"};
  fs::copy_file(folder_ / "in" / "c.txt", folder_ / "in" / "d.txt");
  fs::remove(folder_ / "in" / "a.txt");
  fs::remove(folder_ / "in" / "c.txt");
  EXPECT_TRUE(library.add(paths).value().pruned.empty());
  EXPECT_EQ(library.size().value(), 3u);
  const AddReport report = library.add(paths, {}, {.limits = {}, .prune = true}).value();
  EXPECT_EQ(report.pruned, (std::vector<std::string>{(folder_ / "in" / "a.txt").string(),
                                                     (folder_ / "in" / "c.txt").string()}));
  // Its double takes the place of the file that is gone.
  EXPECT_EQ(report.added, std::vector<std::string>{(folder_ / "in" / "d.txt").string()});
  EXPECT_EQ(library.size().value(), 2u);
  EXPECT_TRUE(search(library, {.text = "研发费用补助", .genre = "通知"}).hits.empty());
}

TEST_F(LibraryTest, AnEmptyFolderTakesNothingOut) {
  Library library = open();
  add(library);
  for (const char* name : {"a.txt", "b.txt", "c.txt"})
    fs::remove(folder_ / "in" / name);
  const std::vector<fs::path> paths = {folder_ / "in"};
  EXPECT_TRUE(library.add(paths, {}, {.limits = {}, .prune = true}).value().pruned.empty());
  EXPECT_EQ(library.size().value(), 3u);
}

TEST_F(LibraryTest, ADocumentLeavesByItsName) {
  Library library = open();
  add(library);
  const auto removed = library.remove("云工办〔2026〕1号");
  ASSERT_TRUE(removed) << removed.error().message;
  EXPECT_EQ(removed.value().circular.number, "云工办〔2026〕1号");
  EXPECT_EQ(library.size().value(), 2u);
  EXPECT_EQ(library.show(removed.value().id).error().id, "library.no-document");
  EXPECT_EQ(library.remove("云工办〔2026〕1号").error().id, "library.no-document");
  EXPECT_EQ(open(Mode::Read).remove("2").error().id, "library.read-only");
}

TEST_F(LibraryTest, BookMarksWithinATitleAreSingleWhereItIsNamed) {
  put("old.txt",
      "云财发〔2020〕7号\n\n云岭县财政局关于贯彻《奖补资金管理办法》的通知\n\n各乡镇人民政府：\n请"
      "贯彻执行。\n\n"
      "云岭县财政局\n2020年1月5日\n");
  put("new.txt",
      "云财发〔2026〕8号\n\n云岭县财政局关于印发《奖补资金实施细则》的通知\n\n各乡镇人民政府：\n"
      "《云岭县财政局关于贯彻〈奖补资金管理办法〉的通知》（云财发〔2020〕7号）同时废止。\n\n"
      "云岭县财政局\n2026年1月6日\n");
  Library library = open();
  add(library);
  const auto report = library.citations("云财发〔2020〕7号").value();
  ASSERT_TRUE(report.lapse);
  EXPECT_EQ(report.lapse->text,
            "已被《云岭县财政局关于印发〈奖补资金实施细则〉的通知》（云财发〔2026〕8号）废止");
}

TEST_F(LibraryTest, StopsWhenAskedAndKeepsWhatItTook) {
  Library library = open();
  const std::vector<fs::path> paths = {folder_ / "in"};
  const auto report =
      library.add(paths, [](const AddProgress& progress) { return progress.done < 1; });
  EXPECT_TRUE(report.value().stopped);
  EXPECT_EQ(library.size().value(), 1u);
}

TEST_F(LibraryTest, AnswersStrangeQueries) {
  Library library = open();
  add(library);
  for (const char* text :
       {"", "   ", "？！", "的", "《", "〔2026〕", "a AND (", "\xFF\xFE", "𬭎"})
    EXPECT_TRUE(library.search({.text = text})) << text;
  EXPECT_EQ(library.search({.text = std::string(5'000, 'x')}).error().id, "library.query");
  EXPECT_EQ(library.show("999").error().id, "library.no-document");
}

TEST_F(LibraryTest, GivesMachineOutput) {
  Library library = open();
  const model::Value report = to_value(add(library));
  EXPECT_EQ(report.find("added")->list()->size(), 3u);
  const model::Value hits = to_value(search(library, {.text = "云工办〔2026〕1号"}));
  const model::Value& first = hits.find("hits")->list()->front();
  EXPECT_EQ(*first.find("reason")->text(), "number");
  EXPECT_EQ(*first.find("number")->text(), "云工办〔2026〕1号");
  const model::Value shown = to_value(library.show("云工办〔2026〕1号").value());
  EXPECT_EQ(*shown.find("genre")->text(), "通知");
}

}  // namespace
}  // namespace huice::library
