#include "render/pdf/haru_document.h"

#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "base/files.h"
#include "render/pdf/page_reader.h"

namespace huice::render::pdf {
namespace {

int times(const std::string& text, const std::string& part) {
  int count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++count;
  return count;
}

/// Three pages, the second lying; 甲 with 子 and 丑 below it, then 乙.
void fill(HaruDocument& document) {
  const HaruPage first = document.add_page(pt(595), pt(842), "0 0 9 9 re f");
  const HaruPage second = document.add_page(pt(842), pt(595), "");
  const HaruPage third = document.add_page(pt(595), pt(842), "");
  HaruOutline* top = document.add_outline(nullptr, "甲", first, pt(0));
  document.add_outline(top, "子", first, pt(100));
  document.add_outline(top, "丑", second, pt(0));
  document.add_outline(nullptr, "乙", third, pt(0));
}

std::string filled() {
  HaruDocument document;
  fill(document);
  auto bytes = document.take_bytes();
  EXPECT_TRUE(bytes) << bytes.error().message;
  return bytes ? std::move(bytes).value() : std::string();
}

TEST(HaruDocument, PagesSayTheirSizeOnlyWhereItIsNotThatOfTheFirst) {
  const std::string bytes = filled();
  EXPECT_EQ(times(bytes, "/MediaBox"), 2);
  const auto pages = read_pages(bytes);
  ASSERT_TRUE(pages) << pages.error().message;
  ASSERT_EQ(pages.value().size(), 3U);
  EXPECT_EQ(pages.value()[0].height, pt(842));
  EXPECT_EQ(pages.value()[1].height, pt(595));
  EXPECT_EQ(pages.value()[2].height, pt(842));
}

TEST(HaruDocument, AnEntryOfTheOutlineCountsThoseBelowItAtAllLevels) {
  const std::string bytes = filled();
  const auto outlines = bytes.find("/Type /Outlines");
  ASSERT_NE(outlines, std::string::npos);
  const std::string root = bytes.substr(outlines, bytes.find(">>", outlines) - outlines);
  EXPECT_EQ(times(root, "/Count 4"), 1) << root;
  EXPECT_EQ(times(bytes, "/Count 2"), 1);  // 甲; the entries below it say none
  EXPECT_EQ(times(bytes, "/First "), 2);
  EXPECT_EQ(times(bytes, "/Last "), 2);
  EXPECT_EQ(times(bytes, "/Prev "), 2);
  EXPECT_EQ(times(bytes, "/Next "), 2);
}

TEST(HaruDocument, AFileSavedHasTheBytesOfADocumentTaken) {
  const auto path = std::filesystem::path(testing::TempDir()) / "huice_haru_document.pdf";
  {
    auto file = GrowingFile::open(path);
    ASSERT_TRUE(file) << file.error().message;
    ASSERT_TRUE(file.value().cut(0));
    HaruDocument document(file.value());
    fill(document);
    ASSERT_TRUE(document.save());
  }
  const auto saved = read_file(path);
  ASSERT_TRUE(saved) << saved.error().message;
  EXPECT_EQ(saved.value(), filled());
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace huice::render::pdf
