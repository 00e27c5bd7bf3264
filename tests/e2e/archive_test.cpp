// PDF/A-2u of the notice: an independent validator for what part 1 has too, own looks for the rest.
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "command.h"

namespace huice::e2e {
namespace {

const char* const kNotice =
    "draft notice --data samples/notice/notice.yaml --campaign samples/campaign --on 2026-11-22";

std::string draw(const Scratch& scratch, const std::string& options) {
  const auto path = (scratch / "notice.pdf").string();
  const auto drawn = huice(std::string(kNotice) + " --out '" + path + "' " + options);
  EXPECT_EQ(drawn.status, 0) << drawn.err;
  return path;
}

std::string expanded(const std::string& path) {
  return shell("qpdf --qdf --object-streams=disable '" + path + "' -").out;
}

/// The findings of PDFBox preflight, which knows PDF/A-1b.
std::string preflight(const std::string& path) {
  std::string jars;
  for (const auto* jar : {"preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging",
                          "commons-io", "javax.activation", "jaxb-api"}) {
    jars += std::string("/usr/share/java/") + jar + ".jar:";
  }
  return shell("java -cp " + jars + " org.apache.pdfbox.preflight.Validator_A1b '" + path +
               "' | grep -E '^[0-9.]+ :|^The file'")
      .out;
}

class Archive : public testing::TestWithParam<const char*> {};

TEST_P(Archive, PreflightMissesNothingButItsOwnPartAndLevel) {
  if (!is_installed("java") || !std::filesystem::exists("/usr/share/java/preflight.jar")) {
    GTEST_SKIP() << "PDFBox preflight is not installed";
  }
  const Scratch scratch;
  const auto path = draw(scratch, GetParam());
  EXPECT_EQ(preflight(path),
            "The file notice.pdf is not a valid PDF/A-1b file, error(s) :\n"
            "7.11.1 : Error on MetaData, conformance level must be A or B\n"
            "7.11.2 : Error on MetaData, part must be 1\n");
}

INSTANTIATE_TEST_SUITE_P(Colours, Archive, testing::Values("--colour cmyk", "--colour rgb"));

/// Part 1 knows no transparency, part 2 does (6.2.10).
TEST_P(Archive, PreflightMindsOfAPictureOfASealOnlyThatItIsTransparent) {
  if (!is_installed("java") || !std::filesystem::exists("/usr/share/java/preflight.jar")) {
    GTEST_SKIP() << "PDFBox preflight is not installed";
  }
  const Scratch scratch;
  std::ofstream(scratch / "data.yaml")
      << file_text(HUICE_SOURCE_DIR "/templates/general-notice.sample.yaml")
      << "印章图: " HUICE_SOURCE_DIR "/samples/notice/seal.png\n";
  const auto path = (scratch / "seal.pdf").string();
  const auto drawn = huice("draft general-notice --data '" + (scratch / "data.yaml").string() +
                           "' --on 2026-11-22 --out '" + path + "' " + GetParam());
  ASSERT_EQ(drawn.status, 0) << drawn.err;
  std::string others;
  std::istringstream findings(preflight(path));
  for (std::string line; std::getline(findings, line);) {
    if (!line.starts_with("4.1.3 : Transparency") && line.find("Soft Mask") == line.npos)
      others += line + "\n";
  }
  EXPECT_EQ(others,
            "The file seal.pdf is not a valid PDF/A-1b file, error(s) :\n"
            "7.11.1 : Error on MetaData, conformance level must be A or B\n"
            "7.11.2 : Error on MetaData, part must be 1\n");
}

TEST(ArchiveClaims, PartTwoLevelUOneIntentAndAnIdentifier) {
  if (!is_installed("qpdf")) GTEST_SKIP() << "qpdf is not installed";
  const Scratch scratch;
  const std::string file = expanded(draw(scratch, ""));
  for (const auto* expected :
       {"<pdfaid:part>2</pdfaid:part>", "<pdfaid:conformance>U</pdfaid:conformance>",
        "/S /GTS_PDFA1", "/ID [<", "/CIDSet", "/Lang (zh-CN)"}) {
    EXPECT_NE(file.find(expected), std::string::npos) << expected;
  }
  EXPECT_EQ(file.find("/Encrypt"), std::string::npos);
}

TEST(ArchiveClaims, EveryCodeOfEveryFontHasItsCharacter) {
  if (!is_installed("mutool")) GTEST_SKIP() << "mupdf-tools is not installed";
  const Scratch scratch;
  const auto path = draw(scratch, "");
  // What has no character comes out as U+FFFD.
  const auto text = shell("mutool draw -q -F txt '" + path + "'");
  EXPECT_FALSE(text.out.empty());
  EXPECT_EQ(text.out.find("\xEF\xBF\xBD"), std::string::npos);
}

TEST(ArchiveClaims, APasswordIsAes256AndNoArchiveIsClaimed) {
  if (!is_installed("qpdf")) GTEST_SKIP() << "qpdf is not installed";
  const Scratch scratch;
  const auto path = draw(scratch, "--password 云岭2026");
  EXPECT_EQ(shell("qpdf --check '" + path + "'").status, 2);
  const auto checked = shell("qpdf --check --password=云岭2026 '" + path + "'");
  EXPECT_EQ(checked.status, 0) << checked.err;
  EXPECT_NE(checked.out.find("file encryption method: AESv3"), std::string::npos) << checked.out;
  EXPECT_EQ(shell("qpdf --decrypt --qdf --password=云岭2026 '" + path + "' -").out.find("pdfaid"),
            std::string::npos);
}

TEST(ArchiveClaims, AnUnknownColourIsAUsageError) {
  EXPECT_EQ(huice(std::string(kNotice) + " --out x.pdf --colour red").status, 2);
}

}  // namespace
}  // namespace huice::e2e
