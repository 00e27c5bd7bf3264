// The page and its grid, GB/T 9704-2012, 5; tables on their side, 8.
#include <algorithm>
#include <optional>

#include "measure/checker.h"
#include "measure/page_number.h"

namespace huice::measure {
namespace {

using render::pdf::Paint;
using render::pdf::SeenGlyph;
using render::pdf::SeenPage;

void check_paper(Checker& checker, int page) {
  const SeenPage& seen = checker.pages[static_cast<std::size_t>(page)];
  checker.length("5.1", "纸宽", page, seen.width, layout::kPageWidth);
  checker.length("5.1", "纸高", page, seen.height, layout::kPageHeight);
}

/// 10.1 has its own measures for the first page of a letter.
bool is_letter_front(const Checker& checker, int page) {
  return page == 0 && checker.document.format == model::Format::Letter;
}

void check_type_area(Checker& checker, int page, const std::vector<const SeenText*>& body) {
  Length left = layout::kPageWidth;
  Length right;
  Length bottom;
  for (const SeenText* line : body) {
    left = std::min(left, line->left);
    // A mark at the end of a line may have its blank half outside.
    const auto ink = line->ink();
    right = std::max(right, ink ? ink->right : line->right);
    bottom = std::max(bottom, line->bottom);
  }
  // A page of indented lines alone does not show where the margin is.
  if (left < layout::kTypeLeft + layout::kCell) {
    checker.length("5.2.1", "订口（正文左端至纸边）", page, left, layout::kTypeLeft, kLoose);
  }
  checker.between("5.2.1", "版心宽（正文右端至版心左边缘）", page, right - layout::kTypeLeft,
                  Length(), layout::kTypeWidth + kLoose);
  if (is_letter_front(checker, page)) return;
  checker.between("5.2.1", "版心高（正文下端至版心上边缘）", page, bottom - layout::kTypeTop,
                  Length(), layout::kTypeHeight);
}

/// Whatever begins a page begins at the top of the 版心, but for 版头, a 版记 alone, and a title:
/// that of an issued text stands on the third line.
void check_top(Checker& checker, int page) {
  if (page == 0 && checker.document.format != model::Format::Plain) return;
  const auto lines = checker.lines.of_page(page);
  if (lines.empty() || lines.front()->top > layout::kTypeTop + mm(60)) return;
  if (lines.front()->size > layout::kSize3) return;
  Length top = lines.front()->top;
  for (const auto& rule : rules_of(checker.pages[static_cast<std::size_t>(page)], Paint::Black))
    top = std::min(top, rule.top);
  checker.length("5.2.1", "天头（首行上边缘至纸边）", page, top, layout::kTypeTop, kLoose);
}

void check_grid(Checker& checker, int page, std::size_t lines) {
  constexpr std::size_t kEnough = 3;
  if (lines < kEnough || is_letter_front(checker, page)) return;
  const layout::Grid& grid = checker.grid(page);
  checker.length("5.2.3", "行距（每面 22 行撑满版心）", page, grid.pitch, layout::kPitch, kNear,
                 Strength::Advised);
  checker.length("5.2.3", "字距（每行 28 字撑满版心）", page, grid.cell, layout::kCell, kNear,
                 Strength::Advised);
}

void check_colour(Checker& checker, int page) {
  const auto& glyphs = checker.pages[static_cast<std::size_t>(page)].glyphs;
  if (glyphs.empty()) return;
  const auto odd = std::ranges::count(glyphs, Paint::Other, &SeenGlyph::paint);
  checker.that("5.2.4", "文字颜色", page, odd == 0,
               odd == 0 ? "黑色和红色" : std::to_string(odd) + " 字用了别的颜色", "黑色，红头红色");
}

/// Clause 8; 90 degrees: the head at the left edge of the sheet.
void check_turned(Checker& checker, int page) {
  const auto& glyphs = checker.pages[static_cast<std::size_t>(page)].glyphs;
  const auto left = std::ranges::count(glyphs, 90, &SeenGlyph::turn);
  const auto right = std::ranges::count(glyphs, 270, &SeenGlyph::turn);
  if (left + right == 0) return;
  const auto printed = number_on(checker.lines, page);
  const int number = printed ? printed->number : page + 1;
  const bool at_left = number % 2 != 0 || checker.document.turned_alike;
  checker.that("8", number % 2 != 0 ? "单页横排表头" : "双页横排表头", page,
               at_left ? right == 0 : left == 0,
               right == 0  ? "在左边"
               : left == 0 ? "在右边"
                           : "方向不一",
               at_left ? "在左边（订口）" : "在右边（切口）");
}

}  // namespace

void check_pages(Checker& checker) {
  for (int page = 0; page < static_cast<int>(checker.pages.size()); ++page) {
    check_paper(checker, page);
    const auto body = body_of_page(checker.lines, page);
    if (!body.empty()) check_type_area(checker, page, body);
    check_top(checker, page);
    check_grid(checker, page, body.size());
    check_colour(checker, page);
    check_turned(checker, page);
  }
}

}  // namespace huice::measure
