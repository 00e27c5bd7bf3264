// Seals given as pictures, from the data to the printed page.
#include <fstream>

#include <gtest/gtest.h>

#include "command.h"

namespace huice::e2e {
namespace {

/// The sample of `general-notice` with `fields` added, in `scratch`.
std::string data_with(const Scratch& scratch, const std::string& fields) {
  const auto path = (scratch / "data.yaml").string();
  std::ofstream(path) << file_text(HUICE_SOURCE_DIR "/templates/general-notice.sample.yaml")
                      << fields;
  return path;
}

Finished draw(const Scratch& scratch, const std::string& fields, const std::string& options = "") {
  return huice("draft general-notice --data '" + data_with(scratch, fields) + "' --out '" +
               (scratch / "a.pdf").string() + "' --on 2026-11-22 " + options);
}

const std::string kSeal = "印章图: " HUICE_SOURCE_DIR "/samples/notice/seal.png\n";

TEST(SealPicture, IsOnThePageInTrueSizeAndTwoRunsAreAlike) {
  if (!is_installed("pdfimages")) GTEST_SKIP() << "poppler-utils is not installed";
  const Scratch scratch;
  ASSERT_EQ(draw(scratch, kSeal).status, 0);
  const std::string first = file_text(scratch / "a.pdf");
  // 709 pixels on 45 mm are 400 to the inch.
  const auto images = shell("pdfimages -list '" + (scratch / "a.pdf").string() + "'").out;
  EXPECT_NE(images.find("image     709   709  icc     3   8"), std::string::npos) << images;
  EXPECT_NE(images.find("smask     709   709  gray    1   8"), std::string::npos) << images;
  EXPECT_NE(images.find("  400   400 "), std::string::npos) << images;
  ASSERT_EQ(draw(scratch, kSeal).status, 0);
  EXPECT_EQ(file_text(scratch / "a.pdf"), first);
}

TEST(SealPicture, IsLookedForBesideTheFileThatNamesIt) {
  const Scratch scratch;
  std::filesystem::copy_file(HUICE_SOURCE_DIR "/samples/notice/seal.png", scratch / "章.png");
  const auto drawn = draw(scratch, "印章图: 章.png\n印章直径: 42\n");
  EXPECT_EQ(drawn.status, 0) << drawn.err;
}

TEST(SealPicture, ThatIsMissingOrBrokenIsToldWithItsFile) {
  const Scratch scratch;
  const auto missing = draw(scratch, "印章图: 没有.png\n");
  EXPECT_EQ(missing.status, 1);
  EXPECT_NE(missing.err.find("没有.png"), std::string::npos) << missing.err;
  EXPECT_NE(missing.err.find("file.not-found"), std::string::npos) << missing.err;
  std::ofstream(scratch / "断.png")
      << file_text(HUICE_SOURCE_DIR "/samples/notice/seal.png").substr(0, 9000);
  const auto broken = draw(scratch, "印章图: 断.png\n");
  EXPECT_EQ(broken.status, 1);
  EXPECT_NE(broken.err.find("断.png"), std::string::npos) << broken.err;
  EXPECT_NE(broken.err.find("pdf.picture"), std::string::npos) << broken.err;
  EXPECT_FALSE(std::filesystem::exists(scratch / "a.pdf"));
}

TEST(SealPicture, ThatIsNotRoundIsNotSqueezed) {
  const Scratch scratch;
  const auto drawn =
      draw(scratch, "印章图: " HUICE_SOURCE_DIR "/tests/suite/pictures/opaque.png\n");
  EXPECT_EQ(drawn.status, 1);
  EXPECT_NE(drawn.err.find("24 × 16"), std::string::npos) << drawn.err;
}

TEST(SealPicture, OnPreprintedPaperIsNotEvenRead) {
  const Scratch scratch;
  const auto drawn = draw(scratch, "印章图: 没有.png\n套打: true\n");
  EXPECT_EQ(drawn.status, 0) << drawn.err;
}

}  // namespace
}  // namespace huice::e2e
