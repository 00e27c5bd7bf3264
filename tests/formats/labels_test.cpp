// What a reader of the PDF calls a page is the number printed on it.
#include <iterator>

#include <gtest/gtest.h>

#include "draw.h"
#include "programs.h"
#include "render/pdf/pdf_writer.h"

namespace huice::formats {
namespace {

std::vector<std::string> printed_numbers(const Printed& printed) {
  std::vector<std::string> numbers;
  for (int page = 1; page <= printed.pages(); ++page)
    numbers.push_back(printed.shown_number(page));
  return numbers;
}

class PageLabels : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    for (const char* program : {"pdftotext", "qpdf"}) {
      if (!is_installed(program)) GTEST_SKIP() << program << " is not installed";
    }
  }
};

TEST_P(PageLabels, AreTheNumbersOnThePages) {
  const Printed printed(draw(GetParam()).pdf);
  EXPECT_EQ(printed.page_labels(), printed_numbers(printed));
}

// Numbered through, a front without number, a blank page and annexes bound apart.
INSTANTIATE_TEST_SUITE_P(Documents, PageLabels,
                         testing::Values("01-down", "07-letter", "11-annexes", "14-preprinted"));

TEST(PageLabelsOfAFile, BeginAnewWithEachDocument) {
  if (!is_installed("qpdf") || !is_installed("pdftotext")) GTEST_SKIP() << "no qpdf or pdftotext";
  layout::Pages pages = draw("07-letter").pages;
  for (int copy = 0; copy < 2; ++copy) {
    auto next = draw("07-letter").pages.pages;
    std::move(next.begin(), next.end(), std::back_inserter(pages.pages));
  }
  const auto pdf = render::pdf::write(pages, {"", "", Date()});
  ASSERT_TRUE(pdf);
  const Printed printed(pdf.value());
  const auto labels = printed.page_labels();
  EXPECT_EQ(labels, printed_numbers(printed));
  EXPECT_EQ(labels.size(), pages.pages.size());
}

TEST(PageLabelsOfAFile, AreNoneWhereNothingIsNumbered) {
  if (!is_installed("qpdf")) GTEST_SKIP() << "qpdf is not installed";
  layout::Pages pages = draw("01-down").pages;
  for (layout::Page& page : pages.pages)
    page.label.clear();
  const auto pdf = render::pdf::write(pages, {"", "", Date()});
  ASSERT_TRUE(pdf);
  EXPECT_EQ(pdf.value().find("/PageLabels"), std::string::npos);
}

}  // namespace
}  // namespace huice::formats
