// 版记: GB/T 9704-2012, 7.4.
#include <algorithm>

#include "base/utf8.h"
#include "measure/checker.h"

namespace huice::measure {
namespace {

using render::pdf::Paint;
using render::pdf::SeenBox;

constexpr Length kThick = Length::from_units(12600);     // 0.35 mm
constexpr Length kThin = Length::from_units(9000);       // 0.25 mm
constexpr Length kSameWeight = Length::from_units(720);  // 0.02 mm

int last_page(const Checker& checker) {
  return static_cast<int>(checker.pages.size()) - 1;
}

void check_rules(Checker& checker, int page, const std::vector<SeenBox>& rules) {
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const bool outer = i == 0 || i + 1 == rules.size();
    checker.length("7.4.1", outer ? "首末条分隔线粗" : "中间分隔线粗", page,
                   rules[i].bottom - rules[i].top, outer ? kThick : kThin, kSameWeight,
                   Strength::Advised);
    checker.length("7.4.1", "版记分隔线长", page, rules[i].right - rules[i].left,
                   layout::kTypeWidth);
    checker.length("7.4.1", "版记分隔线左端至纸边", page, rules[i].left, layout::kTypeLeft);
  }
  checker.length("7.4.1", "末条分隔线至版心下边缘", page, layout::kTypeBottom - rules.back().bottom,
                 Length());
}

/// A line of the 版记 that begins with `text`, one character of 4号 in.
void check_row(Checker& checker, std::string_view clause, std::string_view text) {
  const auto& lines = checker.lines.all();
  const std::string wanted = without_blanks(text);
  const auto line = std::ranges::find_if(lines, [&](const SeenText& each) {
    return each.size < layout::kSize3 && each.text.starts_with(wanted);
  });
  if (line == lines.end()) return checker.missing(clause, text, last_page(checker), "编排在版记");
  checker.length(clause, std::string(text) + "左空一字", line->page, line->left - layout::kTypeLeft,
                 layout::kSize4, kLoose);
  checker.size(clause, text, *line, layout::kSize4);
}

/// 7.4.3: 印发机关 left, 印发日期 right.
void check_issue(Checker& checker) {
  const model::Imprint& imprint = checker.document.imprint;
  if (!imprint.office.empty()) {
    constexpr std::size_t kEnough = 8;  // a long name wraps
    check_row(checker, "7.4.3", encode_utf8(decode_utf8(imprint.office).substr(0, kEnough)));
  }
  if (imprint.date.empty()) return;
  const auto date = checker.lines.find(imprint.date + "印发");
  if (!date) return checker.missing("7.4.3", "印发日期", last_page(checker), "右空一字");
  checker.length("7.4.3", "印发日期右空一字", date->part.page,
                 layout::kTypeRight - date->part.right, layout::kSize4, kLoose);
}

/// Above and below the lists and the issue, and between them.
std::size_t rules_wanted(const Checker& checker) {
  const model::Imprint& imprint = checker.document.imprint;
  const bool issue = !imprint.office.empty() || !imprint.date.empty();
  const bool lists = !imprint.copies.empty() || checker.lines.find_start("主送：");
  return lists && issue ? 3 : 2;
}

}  // namespace

void check_imprint(Checker& checker) {
  const model::Imprint& imprint = checker.document.imprint;
  if (imprint.copies.empty() && imprint.office.empty() && imprint.date.empty()) return;
  if (!imprint.copies.empty()) check_row(checker, "7.4.2", "抄送：");
  if (checker.document.format == model::Format::Letter) {
    const bool issued = checker.lines.find(imprint.date + "印发").has_value();
    return checker.that("10.1", "版记中的印发日期", last_page(checker), !issued,
                        issued ? "有" : "无", "不加印发机关和印发日期、分隔线");
  }
  check_issue(checker);
  // Rules of a table above them come first.
  const std::size_t wanted = rules_wanted(checker);
  for (int page = last_page(checker); page >= 0; --page) {
    auto rules = rules_of(checker.pages[static_cast<std::size_t>(page)], Paint::Black);
    const bool at_foot =
        rules.size() >= wanted && rules.back().bottom > layout::kTypeBottom - mm(15);
    if (!at_foot) continue;
    rules.erase(rules.begin(), rules.end() - static_cast<std::ptrdiff_t>(wanted));
    return check_rules(checker, page, rules);
  }
  checker.missing("7.4.1", "版记分隔线", last_page(checker), "最后一面版心下边缘");
}

}  // namespace huice::measure
