// Every character of 通用规范汉字表 goes onto paper and comes back; one that no font has is named.
#include <fstream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "base/utf8.h"
#include "command.h"

namespace huice::e2e {
namespace {

const std::string kSentence = "落实中的重要情况和建议，请及时报告领导小组办公室。";
constexpr std::size_t kTableSize = 8105;

/// The table as Unihan gives it (kTGH, Unicode 15): code points in the order of the code.
std::u32string table_of_2013() {
  const auto lines =
      shell("bzcat /usr/share/unicode/Unihan_OtherMappings.txt.bz2 | grep '[[:space:]]kTGH'");
  std::u32string characters;
  std::istringstream in(lines.out);
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("U+")) {
      characters += static_cast<char32_t>(std::stoul(line.substr(2), nullptr, 16));
    }
  }
  return characters;
}

/// The sample notice with `paragraphs` in place of one sentence; draws it.
Finished draw(const Scratch& scratch, const std::vector<std::string>& paragraphs) {
  std::string values = file_text(HUICE_SOURCE_DIR "/samples/notice/notice.yaml");
  const std::size_t at = values.find(kSentence);
  EXPECT_NE(at, std::string::npos);
  std::string list;
  for (const auto& each : paragraphs)
    list += (list.empty() ? "" : "\n  - ") + each;
  values.replace(at, kSentence.size(), list);
  std::ofstream(scratch / "notice.yaml") << values;
  return huice("draft notice --data '" + (scratch / "notice.yaml").string() +
               "' --campaign samples/campaign --out '" + (scratch / "notice.pdf").string() + "'");
}

TEST(Characters, AllOfTheNationalTableComeBackFromThePdf) {
  if (!is_installed("bzcat") || !is_installed("pdftotext")) GTEST_SKIP() << "no bzcat or poppler";
  const std::u32string table = table_of_2013();
  if (table.empty()) GTEST_SKIP() << "unicode-data is not installed";
  ASSERT_EQ(table.size(), kTableSize);
  std::vector<std::string> paragraphs;
  for (std::size_t i = 0; i < table.size(); i += 400)
    paragraphs.push_back(encode_utf8(std::u32string_view(table).substr(i, 400)));
  const Scratch scratch;
  const auto drawn = draw(scratch, paragraphs);
  ASSERT_EQ(drawn.status, 0) << drawn.err;
  const auto text = shell("pdftotext '" + (scratch / "notice.pdf").string() + "' -");
  const std::u32string read = decode_utf8(text.out);
  const std::set<char32_t> back(read.begin(), read.end());
  std::u32string lost;
  for (const char32_t character : table)
    if (!back.contains(character)) lost += character;
  EXPECT_EQ(encode_utf8(lost), "");
}

/// `notice.yaml:11:9: ` of the `nth` time that `character` stands in the file, from 1.
std::string place_in(const std::filesystem::path& file, char32_t character, int nth) {
  int line = 1;
  int column = 1;
  for (const char32_t each : decode_utf8(file_text(file.string()))) {
    if (each == character && --nth == 0) break;
    ++column;
    if (each == U'\n') ++line, column = 1;
  }
  return file.filename().string() + ":" + std::to_string(line) + ":" + std::to_string(column) +
         ": ";
}

TEST(Characters, OneThatNoFontHasIsNamedWithItsCodeAndItsOwnPlaceEachTime) {
  const Scratch scratch;
  const auto refused =
      draw(scratch, {"请联系周\xEE\x80\x80同志，或者\xEE\x80\x80办公室。"});  // U+E000
  for (const int nth : {1, 2}) {
    const std::string place = place_in(scratch / "notice.yaml", 0xE000, nth);
    EXPECT_NE(refused.err.find(place), std::string::npos) << place << refused.err;
  }
  EXPECT_EQ(refused.status, 1);
  EXPECT_NE(refused.err.find("U+E000"), std::string::npos) << refused.err;
  EXPECT_NE(refused.err.find("编号：font.no-glyph"), std::string::npos) << refused.err;
  EXPECT_NE(refused.err.find("notice.yaml:11:"), std::string::npos) << refused.err;
  EXPECT_FALSE(std::filesystem::exists(scratch / "notice.pdf"));
}

}  // namespace
}  // namespace huice::e2e
