#include "layout/fonts.h"

#include <filesystem>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/files.h"
#include "default_fonts.h"

namespace huice::layout {
namespace {

const std::string kKai = "/usr/share/fonts/truetype/arphic-gkai00mp/gkai00mp.ttf";

/// A configuration that names one file for every role.
FontConfig only(const std::string& path, unsigned index = 0) {
  FontConfig config;
  for (auto& sources : config.roles)
    sources = {{path, index, {}, {}}};
  return config;
}

class FontDamage : public testing::Test {
 protected:
  void SetUp() override {
    auto bytes = read_file(kKai);
    if (!bytes) GTEST_SKIP() << "no " << kKai;
    bytes_ = std::move(bytes).value();
  }
  void TearDown() override { std::filesystem::remove(path_); }

  Result<FontSet> open() {
    EXPECT_TRUE(write_file(path_, bytes_));
    return FontSet::open(only(path_));
  }

  std::string bytes_;
  std::string path_ = testing::TempDir() + "huice-damaged-" + std::to_string(getpid()) + ".ttf";
};

TEST_F(FontDamage, AnIntactFileOpens) {
  EXPECT_TRUE(open());
}

TEST_F(FontDamage, ACutFileIsNamed) {
  bytes_.resize(bytes_.size() / 2);
  const auto fonts = open();
  ASSERT_FALSE(fonts);
  EXPECT_EQ(fonts.error().id, "font.damaged");
  EXPECT_NE(fonts.error().message.find(path_), std::string::npos);
}

TEST_F(FontDamage, AFlippedByteOfMetricsOrMappingIsFound) {
  const std::size_t entry = bytes_.find("hmtx");
  ASSERT_LT(entry, 400U);
  std::size_t offset = 0;
  for (std::size_t i = 8; i < 12; ++i)
    offset = offset << 8 | static_cast<unsigned char>(bytes_[entry + i]);
  bytes_[offset + 40] = static_cast<char>(bytes_[offset + 40] ^ 0x40);
  const auto fonts = open();
  ASSERT_FALSE(fonts);
  EXPECT_EQ(fonts.error().id, "font.damaged");
}

TEST_F(FontDamage, EveryLengthIsAnsweredWithoutReadingOutside) {
  const std::string whole = bytes_.substr(0, 400);
  for (std::size_t size = 0; size <= whole.size(); size += 7) {
    bytes_ = whole.substr(0, size);
    EXPECT_FALSE(open()) << size;
  }
}

TEST_F(FontDamage, TextIsNoFont) {
  bytes_ = "这不是字体，只是一段文字，长度足够读出目录。";
  const auto fonts = open();
  ASSERT_FALSE(fonts);
  EXPECT_EQ(fonts.error().id, "font.unusable");
}

TEST(FontSet, AMissingFileNamesRoleAndPathForEveryRole) {
  const auto fonts = FontSet::open(only("/nowhere/仿宋.ttf"));
  ASSERT_FALSE(fonts);
  EXPECT_EQ(fonts.error().id, "font.missing");
  EXPECT_NE(fonts.error().message.find("小标宋"), std::string::npos);
  EXPECT_NE(fonts.error().message.find("/nowhere/仿宋.ttf"), std::string::npos);
  EXPECT_NE(fonts.error().hint.find("scripts/demo"), std::string::npos);
  EXPECT_EQ(fonts.error().also.size(), kRoleCount - 1);
}

TEST(FontSet, AFaceBeyondTheCollectionIsRefused) {
  const std::string ttc = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc";
  if (!std::filesystem::exists(ttc)) GTEST_SKIP() << ttc << " is not installed";
  const auto fonts = FontSet::open(only(ttc, 77));
  ASSERT_FALSE(fonts);
  EXPECT_EQ(fonts.error().id, "font.unusable");
}

TEST(FontConfig, ReadsPathsAndIndexesRelativeToItsFolder) {
  using model::Value;
  Value::Record roles;
  for (const Role role : kRoles) {
    roles.emplace_back(
        std::string(to_chinese(role)),
        Value(Value::List{Value(Value::Record{{"file", "a.ttc"}, {"index", 2}}), "/b.ttf"}));
  }
  const auto config = font_config_from(Value(Value::Record{{"字体", Value(roles)}}), "/etc/huice");
  ASSERT_TRUE(config);
  const auto& kai = config.value().roles[static_cast<std::size_t>(Role::Kai)];
  ASSERT_EQ(kai.size(), 2U);
  EXPECT_EQ(kai[0].path, "/etc/huice/a.ttc");
  EXPECT_EQ(kai[0].index, 2U);
  EXPECT_EQ(kai[1].path, "/b.ttf");
}

TEST(FontConfig, ReportsEveryFindingAtOnce) {
  using model::Value;
  const Value roles(Value::Record{{"仿宋", Value(Value::List{})}, {"隶书", "/x.ttf"}});
  const auto config = font_config_from(Value(Value::Record{{"字体", roles}}), "");
  ASSERT_FALSE(config);
  EXPECT_EQ(config.error().id, "font.config");
  EXPECT_EQ(config.error().also.size(), 5U);  // 隶书, 小标宋, 仿宋, 楷体, 黑体, 宋体
}

FontConfig named(const std::string& name) {
  FontConfig config;
  for (auto& sources : config.roles)
    sources = {{.path = {}, .name = name}};
  return config;
}

TEST(FontNames, AFaceIsFoundByFamilyFullAndPostScriptName) {
  if (!std::filesystem::exists(kKai)) GTEST_SKIP() << kKai << " is not installed";
  for (const auto* name : {"AR PL KaitiM GB", "gbzenkai-medium", "文鼎ＰＬ简中楷"}) {
    const auto fonts = FontSet::open(named(name));
    ASSERT_TRUE(fonts) << name << ": " << fonts.error().message;
    EXPECT_EQ(fonts.value().files().front()->path, kKai);
  }
}

TEST(FontNames, OfAFamilyTheRegularFaceIsTaken) {
  const auto fonts = FontSet::open(named("Noto Serif CJK SC"));
  if (!fonts) GTEST_SKIP() << "Noto Serif CJK is not installed";
  EXPECT_EQ(fonts.value().files().front()->postscript_name, "NotoSerifCJKsc-Regular");
}

TEST(FontNames, AnUnknownNameIsToldWithTheNearest) {
  FontConfig config = named("AR PL KaitiN GB");
  const auto fonts = FontSet::open(config);
  ASSERT_FALSE(fonts);
  EXPECT_EQ(fonts.error().id, "font.unknown-name");
  if (std::filesystem::exists(kKai)) {
    EXPECT_NE(fonts.error().message.find("AR PL KaitiM GB"), std::string::npos);
  }
  config.folders = {"/nowhere"};
  EXPECT_EQ(FontSet::open(config).error().id, "font.unknown-name");
}

TEST(FontConfig, ReadsNamesAndTheirFolders) {
  using model::Value;
  Value::Record roles;
  for (const Role role : kRoles) {
    roles.emplace_back(std::string(to_chinese(role)),
                       Value(Value::List{Value(Value::Record{{"name", "仿宋_GB2312"}})}));
  }
  const auto config = font_config_from(
      Value(Value::Record{{"字体", Value(roles)}, {"字体目录", Value(Value::List{"字体", "/f"})}}),
      "/etc/huice");
  ASSERT_TRUE(config);
  EXPECT_EQ(config.value().roles[0].front().name, "仿宋_GB2312");
  EXPECT_EQ(config.value().folders, (std::vector<std::string>{"/etc/huice/字体", "/f"}));
}

using Fallback = WithFonts;

TEST_F(Fallback, TakesTheFirstFaceThatHasTheCharacter) {
  const int first = fonts().first_font(Role::FangSong);
  EXPECT_EQ(fonts().font_for(Role::FangSong, U'国'), first);
  for (const char32_t rare : U"㛃䶮𬭎") {
    if (rare == 0) break;
    const auto font = fonts().font_for(Role::FangSong, rare);
    ASSERT_TRUE(font);
    EXPECT_NE(*font, first);
  }
  EXPECT_FALSE(fonts().font_for(Role::FangSong, 0x10FFFD));
}

TEST_F(Fallback, AFaceNamedByThreeRolesIsOpenedOnce) {
  EXPECT_EQ(fonts().files().size(), 6U);
}

TEST_F(Fallback, AFaceKnowsItsNameAndOutlines) {
  const auto& fang = *fonts().files()[static_cast<std::size_t>(fonts().first_font(Role::FangSong))];
  EXPECT_EQ(fang.postscript_name, "FandolFang-Regular");
  EXPECT_TRUE(fang.is_cff);
  const auto& kai = *fonts().files()[static_cast<std::size_t>(fonts().first_font(Role::Kai))];
  EXPECT_FALSE(kai.is_cff);
}

// Of this 云 a curve's control point lies 172 units below the baseline, its ink 87.
TEST_F(Fallback, InkIsWhereTheCurveIsNotWhereItsControlPointsAre) {
  const int font = fonts().first_font(Role::XiaoBiaoSong);
  const GlyphBox ink = fonts().ink(font, fonts().glyph(font, U'云').value());
  EXPECT_EQ(ink.left, 35);
  EXPECT_EQ(ink.right, 969);
  EXPECT_EQ(ink.top, 839);
  EXPECT_EQ(ink.bottom, -87);
  const GlyphBox blank = fonts().ink(font, fonts().glyph(font, U' ').value());
  EXPECT_EQ(blank.top, blank.bottom);
}

}  // namespace
}  // namespace huice::layout
