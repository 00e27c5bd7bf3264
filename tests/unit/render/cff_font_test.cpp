// Glyph programs of CFF faces: small ones by hand, those of real faces against HarfBuzz's
// subsetter.
#include "render/pdf/cff_font.h"

#include <algorithm>
#include <filesystem>

#include <gtest/gtest.h>
#include <hb-subset.h>

#include "layout/fonts.h"
#include "render/pdf/type2_program.h"

namespace huice::render::pdf {
namespace {

/// An INDEX of `objects`.
std::string index_of(const std::vector<std::string>& objects) {
  std::string index;
  append_number(index, objects.size(), 2);
  index += '\2';
  std::size_t offset = 1;
  append_number(index, offset, 2);
  for (const std::string& object : objects)
    append_number(index, offset += object.size(), 2);
  for (const std::string& object : objects)
    index += object;
  return index;
}

/// Numbers and operators: "#5" is a number, "21" an operator.
std::string program(const std::vector<std::string>& words) {
  std::string bytes;
  for (const std::string& word : words) {
    if (word.front() == '#') {
      bytes += type2_number(std::stoi(word.substr(1)));
    } else {
      bytes += static_cast<char>(std::stoi(word));
    }
  }
  return bytes;
}

/// With subroutine 0 of each kind called as #-107.
std::optional<std::string> plain(const std::vector<std::string>& words,
                                 const std::vector<std::string>& local = {},
                                 const std::vector<std::string>& global = {}) {
  const std::string locals = index_of({program(local)});
  const std::string globals = index_of({program(global)});
  return plain_program(program(words), CffIndex(globals, 0), CffIndex(locals, 0));
}

const std::vector<std::string> kMoveAndLine = {"#10", "#20", "21", "#5", "6", "14"};

TEST(PlainProgram, OfAPlainProgramIsTheSame) {
  EXPECT_EQ(plain(kMoveAndLine), program(kMoveAndLine));
}

TEST(PlainProgram, LosesItsWidthWhereverItStands) {
  EXPECT_EQ(plain({"#500", "#10", "#20", "21", "#5", "6", "14"}), program(kMoveAndLine));
  EXPECT_EQ(plain({"#500", "#1", "#2", "1", "#10", "#20", "21", "#5", "6", "14"}),
            program(kMoveAndLine));
  EXPECT_EQ(plain({"#500", "14"}), program({"14"}));
}

TEST(PlainProgram, LosesHintsAndTheirMasks) {
  // Three stems and, before the mask without an operator of their own, six: two bytes of mask.
  EXPECT_EQ(plain({"#1",  "#1",  "#1", "#1", "#1", "#1", "18", "#2", "#2", "#2", "#2",
                   "#2",  "#2",  "#2", "#2", "#2", "#2", "#2", "#2", "19", "14", "21",
                   "#10", "#20", "21", "20", "21", "14", "#5", "6",  "14"}),
            program(kMoveAndLine));
}

TEST(PlainProgram, HasItsSubroutinesInTheirPlaces) {
  EXPECT_EQ(plain({"#10", "#-107", "10", "#5", "6", "14"}, {"#20", "21", "11"}),
            program(kMoveAndLine));
  EXPECT_EQ(plain({"#10", "#-107", "10"}, {"#20", "#-107", "29", "14"}, {"21", "#5", "6", "11"}),
            program(kMoveAndLine));
}

TEST(PlainProgram, ThatNeverEndsIsRefused) {
  EXPECT_EQ(plain({"#10", "#20", "21"}), std::nullopt) << "no endchar";
  EXPECT_EQ(plain({"#-107", "10", "14"}, {"#-107", "10"}), std::nullopt) << "calls itself";
  EXPECT_EQ(plain({"#5", "10", "14"}), std::nullopt) << "no such subroutine";
}

/// Each subroutine calls the next twenty times: 20^9 calls in a few bytes.
TEST(PlainProgram, ThatGrowsWithoutBoundIsRefusedSoon) {
  std::vector<std::string> subroutines;
  for (int i = 0; i < 9; ++i) {
    std::vector<std::string> words;
    for (int call = 0; call < 20; ++call)
      words.insert(words.end(), {"#" + std::to_string(i + 1 - 107), "10"});
    subroutines.push_back(program(words));
  }
  subroutines.push_back(program({"11"}));
  const std::string locals = index_of(subroutines);
  EXPECT_EQ(plain_program(program({"#-107", "10", "14"}), CffIndex(), CffIndex(locals, 0)),
            std::nullopt);
}

TEST(PlainProgram, BeginsWithAMoveAndHasOperandsEnough) {
  EXPECT_EQ(plain({"#5", "6", "14"}), std::nullopt);
  EXPECT_EQ(plain({"#5", "21", "14"}), std::nullopt);
  EXPECT_EQ(plain({"#1", "#2", "#3", "#4", "14"}), std::nullopt) << "an accented character";
  EXPECT_EQ(plain({"#1", "#2", "12", "10", "14"}), std::nullopt) << "arithmetic";
}

/// HarfBuzz's own subset of a face: without subroutines and hints, glyph ids kept.
struct Subset {
  explicit Subset(const layout::FontFile& file, const std::vector<std::uint32_t>& glyphs) {
    hb_blob_t* blob = hb_blob_create(file.bytes.data(), static_cast<unsigned>(file.bytes.size()),
                                     HB_MEMORY_MODE_READONLY, nullptr, nullptr);
    hb_face_t* face = hb_face_create(blob, file.index);
    hb_subset_input_t* input = hb_subset_input_create_or_fail();
    for (const std::uint32_t glyph : glyphs)
      hb_set_add(hb_subset_input_glyph_set(input), glyph);
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_DESUBROUTINIZE |
                                         HB_SUBSET_FLAGS_RETAIN_GIDS);
    hb_face_t* part = hb_subset_or_fail(face, input);
    table = hb_face_reference_table(part, HB_TAG('C', 'F', 'F', ' '));
    hb_face_destroy(part);
    hb_subset_input_destroy(input);
    hb_face_destroy(face);
    hb_blob_destroy(blob);
  }
  Subset(const Subset&) = delete;
  Subset& operator=(const Subset&) = delete;
  ~Subset() { hb_blob_destroy(table); }

  std::string_view cff() const {
    unsigned size = 0;
    const char* bytes = hb_blob_get_data(table, &size);
    return {bytes, size};
  }

  hb_blob_t* table = nullptr;
};

class RealFaces : public testing::TestWithParam<layout::FontSource> {};

TEST_P(RealFaces, HaveTheProgramsThatHarfBuzzMakes) {
  if (!std::filesystem::exists(GetParam().path)) GTEST_SKIP() << GetParam().path << " is missing";
  layout::FontConfig config;
  config.roles.fill({GetParam()});
  const auto fonts = layout::FontSet::open(config);
  ASSERT_TRUE(fonts);
  const layout::FontFile& file = *fonts.value().files().front();
  std::vector<std::uint32_t> glyphs;
  for (char32_t c = 0x21; c < 0xFF00; c += c < 0x400 ? 1 : 31) {
    if (const auto glyph = fonts.value().glyph(0, c)) glyphs.push_back(*glyph);
  }
  ASSERT_GT(glyphs.size(), 200U);
  const Subset subset(file, glyphs);
  const CffFont theirs(subset.cff());
  const auto cff = std::ranges::find(file.tables, "CFF ", &layout::FontTable::tag);
  const CffFont ours(cff->bytes);
  for (const std::uint32_t glyph : glyphs) {
    ASSERT_TRUE(ours.program(glyph).has_value()) << glyph;
    EXPECT_EQ(ours.program(glyph), theirs.program(glyph)) << glyph;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Installed, RealFaces,
    testing::Values(
        layout::FontSource{"/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", 2, {}},
        layout::FontSource{"/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc", 2, {}},
        layout::FontSource{"/usr/local/share/fonts/huice/FandolFang-Regular.otf", 0, {}}));

TEST(CffFont, ThatIsDamagedHasNoGlyphs) {
  for (const std::string& bytes : {std::string(), std::string(3, '\1'), std::string(200, '\xFF')})
    EXPECT_EQ(CffFont(bytes).program(0), std::nullopt);
}

}  // namespace
}  // namespace huice::render::pdf
