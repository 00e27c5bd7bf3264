#include <cstdint>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "archive/zip_reader.h"
#include "archive/zip_writer.h"

namespace huice::archive {
namespace {

std::string two_members() {
  ZipWriter zip;
  zip.add("[Content_Types].xml", "<Types/>");
  zip.add("xl/Workbook.xml", std::string(5000, 'a'));
  return zip.finish();
}

std::string replaced(std::string bytes, std::string_view from, std::string_view to) {
  for (std::size_t at = bytes.find(from); at != bytes.npos; at = bytes.find(from, at + 1)) {
    bytes.replace(at, from.size(), to);
  }
  return bytes;
}

std::string patched(std::string bytes, std::size_t at, std::string_view with) {
  return bytes.replace(at, with.size(), with);
}

/// The id of the refusal; the first member's text when there is none.
std::string outcome(const std::string& bytes, const ZipLimits& limits = {}) {
  const auto zip = ZipReader::open(bytes, "表.xlsx", limits);
  if (!zip) return zip.error().id;
  const auto members = zip.value().members();
  if (members.empty()) return "";
  const auto text = zip.value().read(members.front().name);
  return text ? text.value() : text.error().id;
}

TEST(Zip, GivesBackWhatWasWritten) {
  const auto zip = ZipReader::open(two_members(), "表.xlsx");
  ASSERT_TRUE(zip.has_value()) << zip.error().message;
  ASSERT_EQ(zip.value().members().size(), 2U);
  EXPECT_EQ(zip.value().members()[1].name, "xl/Workbook.xml");
  EXPECT_EQ(zip.value().read("[Content_Types].xml").value(), "<Types/>");
  EXPECT_EQ(zip.value().read("xl/Workbook.xml").value(), std::string(5000, 'a'));
  EXPECT_LT(zip.value().members()[1].packed_bytes, 100U);
}

/// A member in pieces, or the id of the refusal.
std::string in_pieces(const std::string& bytes, std::string_view name) {
  const auto zip = ZipReader::open(bytes, "表.xlsx");
  if (!zip) return zip.error().id;
  auto pieces = zip.value().pieces(name);
  std::string all;
  while (pieces) {
    const auto piece = pieces.value().next();
    if (!piece) return piece.error().id;
    if (piece.value().empty()) return all;
    all += piece.value();
  }
  return pieces.error().id;
}

TEST(Zip, GivesMembersInPiecesThatMakeTheWhole) {
  std::string noise;
  for (std::uint32_t i = 0, x = 1; i < 200'000; ++i)
    noise += static_cast<char>('a' + (x = x * 1664525 + 1013904223) % 17);
  for (const std::string& text :
       {std::string(), std::string("a"), std::string(300'000, 'b'), noise}) {
    ZipWriter zip;
    zip.add("甲.xml", text);
    EXPECT_EQ(in_pieces(zip.finish(), "甲.xml"), text);
  }
  EXPECT_EQ(in_pieces(two_members(), "xl/styles.xml"), "zip.no-member");
}

TEST(Zip, PiecesOfADamagedMemberEndInARefusal) {
  const std::string whole = two_members();
  const std::string text(5000, 'a');
  ASSERT_EQ(in_pieces(whole, "xl/Workbook.xml"), text);
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 0x15);
    const std::string found = in_pieces(changed, "xl/Workbook.xml");
    EXPECT_TRUE(found == text || found.starts_with("zip.")) << at << ": " << found;
  }
}

TEST(Zip, WritesTheSameBytesEachTime) {
  EXPECT_EQ(two_members(), two_members());
}

TEST(Zip, FindsMembersWhateverTheCase) {
  const auto zip = ZipReader::open(two_members(), "表.xlsx");
  EXPECT_TRUE(zip.value().contains("XL/workbook.xml"));
  EXPECT_TRUE(zip.value().read("XL/workbook.xml").has_value());
}

TEST(Zip, NamesTheMissingMember) {
  const auto text = ZipReader::open(two_members(), "表.xlsx").value().read("xl/styles.xml");
  ASSERT_FALSE(text.has_value());
  EXPECT_EQ(text.error().id, "zip.no-member");
  EXPECT_EQ(text.error().where.file, "表.xlsx");
  EXPECT_EQ(text.error().where.part, "xl/styles.xml");
}

TEST(Zip, TellsForeignFilesFromDamagedOnes) {
  EXPECT_EQ(outcome("企业名称,统一社会信用代码"), "zip.not-zip");
  EXPECT_EQ(outcome(""), "zip.not-zip");
  EXPECT_EQ(outcome("PK\3\4"), "zip.corrupt");
}

TEST(Zip, RefusesEveryTruncation) {
  const std::string whole = two_members();
  for (std::size_t size = 2; size < whole.size(); ++size) {
    ASSERT_EQ(outcome(whole.substr(0, size)), "zip.corrupt") << size;
  }
}

TEST(Zip, SurvivesEveryChangedByte) {
  const std::string whole = two_members();
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const char with : {'\x00', '\x01', '\x7F', '\xFF'}) {
      const std::string bytes = patched(whole, at, std::string_view(&with, 1));
      const auto zip = ZipReader::open(bytes, "表.xlsx");
      if (!zip) continue;
      for (const ZipMember& member : zip.value().members()) {
        const auto text = zip.value().read(member.name);
        ASSERT_TRUE(!text || text.value().size() == member.bytes) << at;
      }
    }
  }
}

TEST(Zip, SeesDamagedDataByItsCheckSum) {
  EXPECT_EQ(outcome(replaced(two_members(), "<Types/>", "<Tybes/>")), "zip.corrupt");
}

TEST(Zip, RefusesNamesThatLeaveTheFolder) {
  for (const std::string_view name :
       {"../b.xml", "/abc.xml", "a/../b.x", "a\\b\\.xml", "C:/a.xml", "..", "a\xFF.xml"}) {
    ZipWriter zip;
    zip.add(name, "x");
    EXPECT_EQ(outcome(zip.finish()), "zip.unsafe-name") << name;
  }
  ZipWriter zip;
  zip.add("a..b/.c", "x");
  EXPECT_EQ(outcome(zip.finish()), "x");
}

TEST(Zip, RefusesTwoMembersOfOneName) {
  ZipWriter zip;
  zip.add("a.xml", "1");
  zip.add("a.xml", "2");
  EXPECT_EQ(outcome(zip.finish()), "zip.duplicate-member");
}

TEST(Zip, RefusesADirectoryThatDisagreesWithTheMembers) {
  const std::string whole = two_members();
  EXPECT_EQ(outcome(patched(whole, 30, "x")), "zip.corrupt");
}

TEST(Zip, RefusesEncryptedMembers) {
  const std::string whole = two_members();
  const std::size_t entry = whole.find("PK\1\2");
  EXPECT_EQ(outcome(patched(whole, entry + 8, "\x01")), "zip.encrypted");
}

TEST(Zip, RefusesOtherMethods) {
  const std::string whole = two_members();
  const std::size_t entry = whole.find("PK\1\2");
  EXPECT_EQ(outcome(patched(whole, entry + 10, "\x0C")), "zip.method");
}

TEST(Zip, KeepsItsLimits) {
  const std::string whole = two_members();
  EXPECT_EQ(outcome(whole, {.members = 2}), "<Types/>");
  EXPECT_EQ(outcome(whole, {.members = 1}), "zip.bomb");
  EXPECT_EQ(outcome(whole, {.member_bytes = 5000}), "<Types/>");
  EXPECT_EQ(outcome(whole, {.member_bytes = 4999}), "zip.bomb");
  EXPECT_EQ(outcome(whole, {.total_bytes = 5008}), "<Types/>");
  EXPECT_EQ(outcome(whole, {.total_bytes = 5007}), "zip.bomb");
}

TEST(Zip, RefusesABombByItsRatio) {
  ZipWriter zip;
  zip.add("xl/worksheets/sheet1.xml", std::string(std::size_t{20} << 20, ' '));
  const std::string bytes = zip.finish();
  ASSERT_LT(bytes.size(), 40000U);
  const auto opened = ZipReader::open(bytes, "表.xlsx");
  ASSERT_FALSE(opened.has_value());
  EXPECT_EQ(opened.error().id, "zip.bomb");
  EXPECT_EQ(opened.error().where.part, "xl/worksheets/sheet1.xml");
  EXPECT_TRUE(ZipReader::open(bytes, "表.xlsx", {.ratio = 2000}).has_value());
}

TEST(Zip, GivesNoMoreThanADeclaredSize) {
  ZipWriter zip;
  zip.add("a", std::string(5000, 'a'));
  std::string bytes = zip.finish();
  const std::size_t entry = bytes.find("PK\1\2");
  bytes = patched(bytes, entry + 24, std::string_view("\x10\0\0\0", 4));
  EXPECT_EQ(outcome(bytes), "zip.corrupt");
}

TEST(Zip, RefusesMembersThatShareBytes) {
  ZipWriter inner;
  inner.add("b", "1", ZipPacking::Stored);
  const std::string quoted = inner.finish().substr(0, 32);  // the local header of b, and its byte
  ZipWriter zip;
  zip.add("a", quoted, ZipPacking::Stored);
  zip.add("b", "1", ZipPacking::Stored);
  const std::string bytes = zip.finish();
  EXPECT_EQ(outcome(bytes), quoted);
  const std::size_t second = bytes.find("PK\1\2", bytes.find("PK\1\2") + 1);
  EXPECT_EQ(outcome(patched(bytes, second + 42, std::string_view("\x1F\0\0\0", 4))), "zip.bomb");
}

TEST(Zip, TakesAnEmptyContainer) {
  EXPECT_EQ(outcome(ZipWriter().finish()), "");
}

}  // namespace
}  // namespace huice::archive
