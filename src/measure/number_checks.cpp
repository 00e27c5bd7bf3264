// 页码: GB/T 9704-2012, 7.5, and 10.1 for the first page of a letter.
#include <algorithm>
#include <charconv>

#include "measure/checker.h"
#include "measure/page_number.h"

namespace huice::measure {
namespace {

constexpr std::string_view kDash = "—";
/// The blank before the ink of a dash, which fonts have more or less of.
constexpr Length kDashBlank = Length::from_units(18000);

/// Neither glyph nor rule.
bool is_empty(const Checker& checker, int page) {
  if (page < 0) return false;
  const auto& seen = checker.pages[static_cast<std::size_t>(page)];
  return seen.glyphs.empty() && seen.shapes.empty();
}

bool is_cover(const Checker& checker, int page) {
  return page == 0 && checker.document.has_cover && checker.document.format == model::Format::Plain;
}

/// Whether `page` is to show none: the front of a letter, a cover, a blank page and the 版记 behind
/// it.
bool goes_unnumbered(const Checker& checker, int page) {
  const bool letter_front = page == 0 && checker.document.format == model::Format::Letter;
  return letter_front || is_cover(checker, page) || is_empty(checker, page) ||
         is_empty(checker, page - 1);
}

void check_place(Checker& checker, const ShownNumber& shown) {
  const SeenText& line = *shown.line;
  SeenText dash{.page = line.page, .text = {}, .glyphs = {line.glyphs.front()}};
  if (const auto ink = dash.ink()) {
    checker.length("7.5", "页码一字线至版心下边缘", line.page, ink->top - layout::kTypeBottom,
                   mm(7));
  }
  if (shown.number % 2 != 0) {
    checker.length("7.5", "单页码右空一字", line.page, layout::kTypeRight - line.right,
                   layout::kSize4, kDashBlank);
  } else {
    checker.length("7.5", "双页码左空一字", line.page, line.left - layout::kTypeLeft,
                   layout::kSize4, kDashBlank);
  }
  checker.size("7.5", "页码", line, layout::kSize4);
}

}  // namespace

std::optional<ShownNumber> number_on(const SeenLines& lines, int page) {
  for (const SeenText* line : lines.of_page(page)) {
    std::string_view text = line->text;
    if (line->top < layout::kTypeBottom || text.size() <= 2 * kDash.size()) continue;
    if (!text.starts_with(kDash) || !text.ends_with(kDash)) continue;
    text.remove_prefix(kDash.size());
    text.remove_suffix(kDash.size());
    ShownNumber shown{.line = line};
    const auto read = std::from_chars(text.data(), text.data() + text.size(), shown.number);
    if (read.ec == std::errc() && read.ptr == text.data() + text.size()) return shown;
  }
  return std::nullopt;
}

void check_numbers(Checker& checker) {
  const bool apart = std::ranges::any_of(checker.document.annexes, &model::Annex::separate);
  int expected = 1;
  for (int page = 0; page < static_cast<int>(checker.pages.size()); ++page, ++expected) {
    const auto shown = number_on(checker.lines, page);
    if (goes_unnumbered(checker, page)) {
      const bool front = page == 0 && !is_cover(checker, page);
      checker.that(front ? "10.1" : "7.5", front ? "信函首页页码" : "封面、空白页和版记页的页码",
                   page, !shown, shown ? "有" : "无", "不编页码");
      continue;
    }
    if (!shown) {
      checker.missing("7.5", "页码", page, "版心下边缘之下编排页码");
      continue;
    }
    // What is bound apart counts anew.
    if (apart && shown->number == 1) expected = 1;
    checker.that("7.5", "页码连续", page, shown->number == expected, std::to_string(shown->number),
                 std::to_string(expected));
    expected = shown->number;
    check_place(checker, *shown);
  }
}

}  // namespace huice::measure
