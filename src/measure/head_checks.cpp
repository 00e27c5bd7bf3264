// 版头: GB/T 9704-2012, 7.2, and those of clause 10.
#include <algorithm>

#include "base/utf8.h"
#include "layout/parts.h"
#include "measure/checker.h"

namespace huice::measure {
namespace {

using layout::gap_of;
using layout::kCell;
using layout::kPitch;
using render::pdf::Paint;
using render::pdf::SeenBox;

/// Where 发文机关标志 of a format stands, and which clause says so.
struct MarkPlace {
  std::string_view clause;
  std::string_view what;
  Length origin;  ///< what is measured from
  Length below;
};

MarkPlace mark_place(model::Format format) {
  constexpr std::string_view kFromType = "发文机关标志上边缘至版心上边缘";
  switch (format) {
    case model::Format::Letter:
      return {"10.1", "发文机关标志上边缘至上页边", Length(), mm(30)};
    case model::Format::Order:
      return {"10.2", kFromType, layout::kTypeTop, mm(20)};
    case model::Format::Minutes:
      return {"10.3", kFromType, layout::kTypeTop, mm(35)};
    default:
      return {"7.2.4", kFromType, layout::kTypeTop, mm(35)};
  }
}

/// The ink of the red text of the first page; a name that holds the place of a 签名章 is 3号.
std::optional<SeenBox> mark_ink(const Checker& checker) {
  std::optional<SeenBox> all;
  for (const SeenText* line : checker.lines.of_page(0)) {
    const auto ink = line->ink();
    if (line->paint != Paint::Red || line->size <= layout::kSize3 || !ink) continue;
    all = all ? joined(*all, *ink) : *ink;
  }
  return all;
}

void check_mark(Checker& checker, const MarkPlace& place, const SeenBox& ink) {
  checker.length(place.clause, place.what, 0, ink.top - place.origin, place.below);
  checker.centred(place.clause, "发文机关标志", 0, layout::half(ink.left + ink.right));
  checker.between(place.clause, "发文机关标志宽", 0, ink.right - ink.left, Length(),
                  layout::kTypeWidth);
}

/// 7.2.1 to 7.2.3; in a letter from its rule down (10.1).
void check_corner(Checker& checker) {
  const model::Head& head = checker.document.head;
  const struct {
    const std::string& text;
    std::string_view clause;
    std::string_view what;
  } rows[] = {{head.copy_number, "7.2.1", "份号"},
              {head.secrecy, "7.2.2", "密级和保密期限"},
              {head.urgency, "7.2.3", "紧急程度"}};
  const bool letter = checker.document.format == model::Format::Letter;
  Length row;
  for (const auto& [text, clause, what] : rows) {
    if (text.empty()) continue;
    const auto found = checker.lines.find_start(text);
    if (!found || found->part.page != 0) {
      checker.missing(clause, what, 0, "首页左上角");
      continue;
    }
    const SeenText& part = found->part;
    checker.length(clause, std::string(what) + "左端至版心左边缘", 0, part.left - layout::kTypeLeft,
                   Length(), kLoose);
    checker.size(clause, what, part, layout::kSize3);
    if (!letter) {
      checker.length(clause, std::string(what) + "上边缘至版心上边缘", 0,
                     part.top - layout::kTypeTop, row);
    }
    row = row + kPitch;
  }
  if (!head.copy_number.empty()) {
    const std::size_t digits = code_point_count(head.copy_number);
    checker.that("7.2.1", "份号位数", 0, digits == 6, std::to_string(digits) + " 位", "6 位",
                 Strength::Advised);
  }
}

/// 7.2.5 and 10.2. The number of upward documents stands on the line of the last 签发人.
void check_number(Checker& checker, const SeenText& number, Length mark_bottom) {
  const model::Head& head = checker.document.head;
  const bool order = checker.document.format == model::Format::Order;
  const std::string_view clause = order ? "10.2" : "7.2.5";
  const std::string what = order ? "令号" : "发文字号";
  checker.size(clause, what, number, layout::kSize3);
  const auto rows = static_cast<std::int64_t>((head.signers.size() + 1) / 2);
  const Length lower = rows > 1 ? kPitch * (rows - 1) : Length();
  checker.length(clause, what + "与发文机关标志之间（空二行）", 0, number.top - lower - mark_bottom,
                 gap_of(2));
  if (head.signers.empty()) return checker.centred(clause, what, 0, number.middle());
  checker.length(clause, what + "左空一字", 0, number.left - layout::kTypeLeft, kCell, kLoose);
}

/// 7.2.6: names end one character from the right, wrapped rows begin below the first name.
void check_signers(Checker& checker, const SeenText& number) {
  const auto& signers = checker.document.head.signers;
  if (signers.empty()) return;
  const auto label = checker.lines.find("签发人：");
  if (!label) return checker.missing("7.2.6", "签发人", 0, "上行文标注签发人");
  checker.size("7.2.6", "“签发人”", label->part, layout::kSize3);
  const auto name = [&](std::size_t index) {
    return checker.lines.find(signers[index], label->line);
  };
  if (const auto last = name(signers.size() - 1)) {
    checker.length("7.2.6", "最后一个签发人与发文字号的行差", 0, last->part.top - number.top,
                   Length());
  } else {
    checker.missing("7.2.6", "签发人姓名", 0, signers.back());
  }
  if (const auto right = name(signers.size() > 1 ? 1 : 0)) {
    checker.length("7.2.6", "签发人姓名右空一字", 0, layout::kTypeRight - right->part.right, kCell,
                   kLoose);
  }
  if (signers.size() < 3) return;
  const auto first = name(0);
  const auto third = name(2);
  if (!first || !third) return;
  checker.length("7.2.6", "回行姓名与上一行第一个姓名左端之差", 0,
                 third->part.left - first->part.left, Length());
}

void check_red_rule(Checker& checker, Length above) {
  const auto rules = rules_of(checker.pages.front(), Paint::Red);
  if (rules.empty()) return checker.missing("7.2.7", "红色分隔线", 0, "发文字号之下 4 mm");
  const SeenBox& rule = rules.front();
  checker.length("7.2.7", "红色分隔线至发文字号", 0, rule.top - above, mm(4));
  checker.length("7.2.7", "红色分隔线长", 0, rule.right - rule.left, layout::kTypeWidth);
  checker.centred("7.2.7", "红色分隔线", 0, layout::half(rule.left + rule.right));
}

/// 10.1: 上粗下细 above, 上细下粗 below, 170 mm, in the middle.
void check_letter_rules(Checker& checker, const std::vector<SeenBox>& rules, Length mark_bottom) {
  checker.length("10.1", "首条双线至发文机关标志", 0, rules[0].top - mark_bottom, mm(4));
  checker.length("10.1", "末条双线至下页边", 0, layout::kPageHeight - rules[3].bottom, mm(20));
  for (const SeenBox& rule : rules) {
    checker.length("10.1", "双线长", 0, rule.right - rule.left, mm(170));
    checker.length("10.1", "双线偏离居中", 0,
                   layout::half(rule.left + rule.right - layout::kPageWidth), Length());
  }
  const auto weight = [](const SeenBox& rule) { return rule.bottom - rule.top; };
  const bool first = weight(rules[0]) > weight(rules[1]);
  const bool last = weight(rules[3]) > weight(rules[2]);
  checker.that("10.1", "首条双线", 0, first, first ? "上粗下细" : "不是上粗下细", "上粗下细");
  checker.that("10.1", "末条双线", 0, last, last ? "上细下粗" : "不是上细下粗", "上细下粗");
}

void check_letter(Checker& checker, Length mark_bottom) {
  const auto rules = rules_of(checker.pages.front(), Paint::Red);
  if (rules.size() != 4) {
    return checker.that("10.1", "红色双线", 0, false, std::to_string(rules.size()) + " 条线",
                        "两条双线");
  }
  check_letter_rules(checker, rules, mark_bottom);
  if (const auto number = checker.lines.find(checker.document.head.number)) {
    checker.length("10.1", "发文字号右端至版心右边缘", 0, layout::kTypeRight - number->part.right,
                   Length(), kLoose);
    checker.length("10.1", "发文字号至首条双线（3号字高的 7/8）", 0,
                   number->part.top - rules[1].bottom, layout::kLetterTextGap);
  }
  Length lowest;
  for (const SeenText* line : body_of_page(checker.lines, 0)) {
    if (line->bottom < rules[2].top) lowest = std::max(lowest, line->bottom);
  }
  const Length gap = rules[2].top - lowest;
  // A letter that ends on its first page stops where it ends.
  if (checker.pages.size() == 1 || gap > kPitch * 2) {
    checker.that("10.1", "末条双线与其上文字", 0, gap >= layout::kLetterTextGap - kNear,
                 in_millimetres(gap).to_string() + " mm", "不小于 3号字高的 7/8");
  } else {
    checker.length("10.1", "末条双线与其上文字（3号字高的 7/8）", 0, gap, layout::kLetterTextGap);
  }
}

}  // namespace

void check_head(Checker& checker) {
  const model::Document& document = checker.document;
  if (document.format == model::Format::Plain) return;
  check_corner(checker);
  // 套打: the red parts are on the paper already.
  if (document.preprinted) return;
  const MarkPlace place = mark_place(document.format);
  const auto ink = mark_ink(checker);
  if (!ink) return checker.missing(place.clause, "发文机关标志", 0, "红色");
  check_mark(checker, place, *ink);
  if (document.format == model::Format::Letter) return check_letter(checker, ink->bottom);
  const auto number = checker.lines.find(document.head.number);
  if (!number) return;
  check_number(checker, number->part, ink->bottom);
  check_signers(checker, number->part);
  if (document.format == model::Format::Order) return;
  Length above = number->part.bottom;
  const auto produced = checker.lines.find(document.head.produced, number->line);
  if (produced && produced->part.page == 0) above = std::max(above, produced->part.bottom);
  check_red_rule(checker, above);
}

}  // namespace huice::measure
