// Every template with its sample looks the same to two programs that share no code: poppler draws
// what mupdf draws, and no page is blank.
#include <algorithm>
#include <cmath>
#include <filesystem>

#include <gtest/gtest.h>

#include "draw.h"
#include "programs.h"

namespace huice::formats {
namespace {

/// Dots are compared by squares of 12 points, which evens out how each engine smooths edges.
constexpr int kSquare = 24;
/// In steps of 255. Measured: 1.5 and 18; a single character that one engine lost makes 60.
constexpr double kMostMean = 2.5;
constexpr double kMostInOneSquare = 35;
/// The page number alone darkens a page by more than this.
constexpr double kLeastInk = 0.02;

/// The mean of each whole square, left to right and top to bottom.
std::vector<double> squares(const Picture& picture) {
  const int columns = picture.width / kSquare;
  const int rows = picture.height / kSquare;
  std::vector<double> sums(static_cast<std::size_t>(columns * rows));
  for (int y = 0; y < rows * kSquare; ++y) {
    for (int x = 0; x < columns * kSquare; ++x) {
      const auto dot = static_cast<std::size_t>(y * picture.width + x);
      const auto square = static_cast<std::size_t>(y / kSquare * columns + x / kSquare);
      sums[square] += static_cast<unsigned char>(picture.dots[dot]);
    }
  }
  for (double& sum : sums)
    sum /= kSquare * kSquare;
  return sums;
}

struct Difference {
  double mean = 0;
  double most = 0;
};

Difference difference(const Picture& one, const Picture& other) {
  const auto left = squares(one);
  const auto right = squares(other);
  Difference found;
  for (std::size_t i = 0; i < left.size(); ++i) {
    const double here = std::abs(left[i] - right[i]);
    found.mean += here / static_cast<double>(left.size());
    found.most = std::max(found.most, here);
  }
  return found;
}

double ink(const Picture& picture) {
  double sum = 0;
  for (const char dot : picture.dots)
    sum += 255 - static_cast<unsigned char>(dot);
  return sum / static_cast<double>(picture.dots.size());
}

std::vector<std::string> template_names() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(HUICE_SOURCE_DIR "/templates")) {
    if (entry.path().extension() == ".md") names.push_back(entry.path().stem().string());
  }
  std::ranges::sort(names);
  return names;
}

class Engines : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    for (const char* program : {"pdftotext", "pdftoppm", "mutool"}) {
      if (!is_installed(program)) GTEST_SKIP() << program << " is not installed";
    }
  }
};

TEST_P(Engines, DrawEveryPageOfATemplateAlike) {
  const Printed printed(draw_template(GetParam()).pdf);
  const auto by_poppler = printed.poppler_pages();
  const auto by_mupdf = printed.mupdf_pages();
  ASSERT_EQ(by_poppler.size(), by_mupdf.size());
  ASSERT_EQ(by_poppler.size(), static_cast<std::size_t>(printed.pages()));
  for (std::size_t i = 0; i < by_poppler.size(); ++i) {
    SCOPED_TRACE(GetParam() + ", page " + std::to_string(i + 1));
    ASSERT_EQ(by_poppler[i].width, by_mupdf[i].width);
    ASSERT_EQ(by_poppler[i].height, by_mupdf[i].height);
    EXPECT_GT(ink(by_poppler[i]), kLeastInk);
    EXPECT_GT(ink(by_mupdf[i]), kLeastInk);
    const Difference found = difference(by_poppler[i], by_mupdf[i]);
    EXPECT_LT(found.mean, kMostMean);
    EXPECT_LT(found.most, kMostInOneSquare);
  }
}

INSTANTIATE_TEST_SUITE_P(Templates, Engines, testing::ValuesIn(template_names()),
                         [](const auto& test) {
                           std::string name = test.param;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

/// What the comparison is for: it sees one character less.
TEST(EnginesDiffer, ByOneCharacterThatOneOfThemLost) {
  Picture page{kSquare * 4, kSquare * 4, std::string(kSquare * 4 * kSquare * 4, '\xFF')};
  Picture marked = page;
  constexpr int kSize3 = 32;  // dots; strokes darken a quarter of a character
  for (int y = 0; y < kSize3; ++y) {
    for (int x = y % 4; x < kSize3; x += 4)
      marked.dots[static_cast<std::size_t>((kSquare + y) * page.width + kSquare + x)] = '\0';
  }
  EXPECT_EQ(difference(page, page).most, 0);
  EXPECT_GT(difference(page, marked).most, kMostInOneSquare);
}

}  // namespace
}  // namespace huice::formats
