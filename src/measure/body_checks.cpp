// 标题, 主送机关, 正文, 附件说明, 附注, 附件: GB/T 9704-2012, 7.3; 10.2 and 10.3.
#include <algorithm>

#include "base/utf8.h"
#include "measure/checker.h"

namespace huice::measure {
namespace {

using layout::gap_of;
using layout::kCell;
using layout::kPitch;
using render::pdf::Paint;

/// The beginning of a text, enough to find the line it begins.
std::string opening(std::string_view text) {
  constexpr std::size_t kEnough = 6;
  return encode_utf8(decode_utf8(without_blanks(text)).substr(0, kEnough));
}

/// Body text that begins so, blanks not counted.
std::optional<SeenLines::Found> find_body(const Checker& checker, std::string_view begins) {
  auto found = checker.lines.find_start(begins);
  while (found && !is_body(found->part))
    found = checker.lines.find_start(begins, found->line + 1);
  return found;
}

/// The line above, if it is on the same page and not red.
const SeenText* line_above(const Checker& checker, std::size_t line) {
  if (line == 0) return nullptr;
  const SeenText& above = checker.lines.all()[line - 1];
  const bool same = above.page == checker.lines.all()[line].page && above.paint == Paint::Black;
  return same ? &above : nullptr;
}

/// The lines of the title on the first page.
std::vector<const SeenText*> title_lines(const Checker& checker) {
  std::vector<const SeenText*> title = checker.lines.of_page(0);
  std::erase_if(title, [](const SeenText* line) {
    return line->size <= layout::kSize3 || line->paint != Paint::Black;
  });
  return title;
}

/// 7.3.1. Where red rules are on the paper already, nothing tells how far they are.
void check_title(Checker& checker) {
  const auto title = title_lines(checker);
  if (checker.document.title.empty()) return;
  if (title.empty()) return checker.missing("7.3.1", "标题", 0, "红色分隔线下空二行");
  checker.size("7.3.1", "标题", *title.front(), layout::kSize2);
  for (const SeenText* line : title)
    checker.centred("7.3.1", "标题", 0, line->middle());
  const auto format = checker.document.format;
  const auto rules = rules_of(checker.pages.front(), Paint::Red);
  const bool ruled = format == model::Format::Document || format == model::Format::Minutes;
  if (!ruled || rules.empty()) return;
  checker.length("7.3.1", "标题与红色分隔线之间（空二行）", 0,
                 title.front()->top - rules.front().bottom, kPitch * 2);
}

/// 7.3.2. So many that the first page would show no text stand in the 版记.
void check_addressees(Checker& checker) {
  const auto& addressees = checker.document.addressees;
  if (addressees.empty()) return;
  const auto found = find_body(checker, opening(addressees.front()));
  if (!found || found->part.page != 0) {
    const auto moved = checker.lines.find_start("主送：");
    return checker.that("7.3.2", "主送机关的位置", moved ? moved->part.page : 0, moved.has_value(),
                        moved ? "移至版记" : "没有找到", "标题下空一行，或者移至版记");
  }
  const SeenText& part = found->part;
  checker.length("7.3.2", "主送机关左端至版心左边缘", 0, part.left - layout::kTypeLeft, Length(),
                 kLoose);
  checker.size("7.3.2", "主送机关", part, layout::kSize3);
  if (const auto title = title_lines(checker); !title.empty()) {
    checker.length("7.3.2", "主送机关与标题之间（空一行）", 0, part.top - title.back()->bottom,
                   gap_of(1), kLoose);
  }
}

/// The text that the body begins with, and whether it is indented like a paragraph.
std::optional<std::string> first_paragraph(const model::Document& document) {
  for (const model::Block& block : document.blocks) {
    const auto* paragraph = std::get_if<model::Paragraph>(&block);
    const bool indented = paragraph != nullptr && paragraph->align == model::Align::Auto;
    if (indented && !paragraph->runs.empty()) return opening(paragraph->runs.front().text);
  }
  return std::nullopt;
}

/// 7.3.3.
void check_text(Checker& checker) {
  const auto first = first_paragraph(checker.document);
  const auto found = first ? find_body(checker, *first) : std::nullopt;
  if (!found) return;
  const SeenText& text = found->part;
  // What has no 版头 may open with a table of contents.
  if (checker.document.format != model::Format::Plain) {
    checker.that("7.3.3", "首页显示正文", 0, text.page == 0, text.page == 0 ? "显示" : "不显示",
                 "首页必须显示正文");
  }
  checker.length("7.3.3", "正文每段左空二字", text.page, text.left - layout::kTypeLeft,
                 checker.grid(text.page).cell * 2, kLoose);
  checker.size("5.2.2", "正文", text, layout::kSize3);
  if (checker.document.format != model::Format::Order || !checker.document.title.empty()) return;
  if (const auto number = checker.lines.find(checker.document.head.number)) {
    checker.length("10.2", "正文与令号之间（空二行）", 0, text.top - number->part.bottom,
                   gap_of(2));
  }
}

/// 7.3.4: the line of 附件：, and what stands above it.
void check_attachments(Checker& checker) {
  const auto& names = checker.document.attachments;
  if (names.empty()) return;
  const auto found = find_body(checker, "附件：");
  if (!found) return checker.missing("7.3.4", "附件说明", 0, "正文下空一行");
  const SeenText& label = found->part;
  const layout::Grid& grid = checker.grid(label.page);
  checker.length("7.3.4", "附件说明左空二字", label.page, label.left - layout::kTypeLeft,
                 grid.cell * 2, kLoose);
  const SeenText* above = line_above(checker, found->line);
  if (above != nullptr && is_body(*above)) {
    checker.length("7.3.4", "附件说明与正文之间（空一行）", label.page, label.top - above->bottom,
                   grid.gap_of(1), kLoose);
  }
  const bool stopped = checker.lines.all()[found->line].text.ends_with("。");
  checker.that("7.3.4", "附件名称后的标点", label.page, !stopped, stopped ? "有" : "无",
               "附件名称后不加标点符号");
  if (names.size() < 2) return;
  const auto first = checker.lines.find("1.", found->line);
  const auto second = checker.lines.find_start("2.", found->line);
  if (!first || !second || second->part.page != label.page) return;
  checker.length("7.3.4", "附件顺序号左端之差", label.page, second->part.left - first->part.left,
                 Length());
}

/// 7.3.6: the ink of the bracket is half a character in from the place that is measured.
void check_note(Checker& checker) {
  if (checker.document.note.empty()) return;
  const auto found = find_body(checker, "（" + opening(checker.document.note));
  const int last = static_cast<int>(checker.pages.size()) - 1;
  if (!found) return checker.missing("7.3.6", "附注", last, "成文日期下一行左空二字加圆括号");
  checker.length("7.3.6", "附注左空二字", found->part.page, found->part.left - layout::kTypeLeft,
                 kCell * 2, layout::half(kCell) + kNear);
}

/// 7.3.7: on a new page, 附件 and its number on the first line, the title on the third.
void check_annex(Checker& checker, const model::Annex& annex) {
  // What lies on its side has no upright lines.
  if (annex.landscape || annex.label.empty()) return;
  const std::string label =
      annex.separate ? checker.document.head.number + annex.label : annex.label;
  const auto& lines = checker.lines.all();
  const auto line = std::ranges::find(lines, without_blanks(label), &SeenText::text);
  const int last = static_cast<int>(checker.pages.size()) - 1;
  if (line == lines.end()) return checker.missing("7.3.7", annex.label, last, "版心左上角第一行");
  checker.length("7.3.7", annex.label + "左端至版心左边缘", line->page,
                 line->left - layout::kTypeLeft, Length(), kLoose);
  checker.length("7.3.7", annex.label + "上边缘至版心上边缘", line->page,
                 line->top - layout::kTypeTop, Length());
  const auto title = std::ranges::find_if(line, lines.end(), [&](const SeenText& each) {
    return each.page == line->page && each.size > layout::kSize3;
  });
  if (title == lines.end()) return;
  checker.length("7.3.7", annex.label + "标题至版心上边缘（第三行）", line->page,
                 title->top - layout::kTypeTop, checker.grid(line->page).pitch * 2, kLoose);
  checker.centred("7.3.7", annex.label + "标题", line->page, title->middle());
}

/// 10.3: 出席, 请假 and 列席, two characters in.
void check_attendance(Checker& checker, const model::Attendance& attendance) {
  const auto found = find_body(checker, attendance.label + "：");
  const int last = static_cast<int>(checker.pages.size()) - 1;
  if (!found) return checker.missing("10.3", attendance.label, last, "左空二字编排");
  checker.length("10.3", attendance.label + "左空二字", found->part.page,
                 found->part.left - layout::kTypeLeft, kCell * 2, kLoose);
}

}  // namespace

void check_body(Checker& checker) {
  check_title(checker);
  check_addressees(checker);
  check_text(checker);
  check_attachments(checker);
  check_note(checker);
  for (const model::Attendance& attendance : checker.document.attendance)
    check_attendance(checker, attendance);
  for (const model::Annex& annex : checker.document.annexes)
    check_annex(checker, annex);
}

}  // namespace huice::measure
