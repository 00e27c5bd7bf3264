// 版记 and 页码, GB/T 9704-2012, 7.4 and 7.5.
#include <algorithm>
#include <utility>

#include "layout/parts.h"

namespace huice::layout {
namespace {

/// 7.4.1: the first and last rule 0.35 mm, those between 0.25 mm.
constexpr Length kThick = Length::from_units(12600);
constexpr Length kThin = Length::from_units(9000);
/// 4号 with the standard's gap of 7/8 of a character.
constexpr Length kImprintGap = share(kSize4, 7, 8);
constexpr Length kImprintPitch = kSize4 + kImprintGap;
/// Above and below the text of a row.
constexpr Length kRowPad = half(kImprintGap);
/// 7.5: the dashes 7 mm below the 版心.
constexpr Length kNumberGap = mm(7);

/// Between a seal and the 版记, which it does not press.
constexpr Length kBelowSeal = mm(1);

/// The 版记 from its first rule at y = 0 down.
struct ImprintBox {
  std::vector<GlyphRun> runs;
  std::vector<Rule> rules;
  Length height;

  void rule(Length weight) {
    rules.push_back({Length(), height, kTypeWidth, weight, Ink::Black});
    height = height + weight;
  }
};

std::string without_stop(std::string text) {
  constexpr std::string_view kStop = "。";
  if (text.ends_with(kStop)) text.resize(text.size() - kStop.size());
  return text;
}

/// `label` one character in, the list hanging after it, one character from the right (7.4.2).
void add_list(Typesetter& setter, std::string_view label, const std::vector<std::string>& offices,
              ImprintBox& box) {
  const std::string text = std::string(label) + without_stop(joined(offices, "，")) + "。";
  const Setting setting{.size = kSize4,
                        .cell = kSize4,
                        .width = kTypeWidth - kSize4,
                        .first_indent = kSize4,
                        .rest_indent = kSize4 * 4};
  for (SetLine& line : setter.set(text, Role::FangSong, setting)) {
    move(line.runs, Length(), box.height + kRowPad);
    std::ranges::move(line.runs, std::back_inserter(box.runs));
    box.height = box.height + kImprintPitch;
  }
}

/// 印发机关 at the left and 印发日期 at the right, each one character in (7.4.3).
void add_issue(Typesetter& setter, const model::Imprint& imprint, ImprintBox& box) {
  Setting setting{.size = kSize4, .cell = kSize4, .width = kTypeWidth - kSize4};
  setting.first_indent = setting.rest_indent = kSize4;
  setting.fill = Fill::Left;
  for (SetLine& line : setter.set(imprint.office, Role::FangSong, setting)) {
    move(line.runs, Length(), box.height + kRowPad);
    std::ranges::move(line.runs, std::back_inserter(box.runs));
  }
  setting.fill = Fill::Right;
  if (!imprint.date.empty()) {
    for (SetLine& line : setter.set(imprint.date + "印发", Role::FangSong, setting)) {
      move(line.runs, Length(), box.height + kRowPad);
      std::ranges::move(line.runs, std::back_inserter(box.runs));
    }
  }
  box.height = box.height + kImprintPitch;
}

ImprintBox make_box(const Desk& desk, const model::Document& document, bool move_addressees) {
  ImprintBox box;
  const model::Imprint& imprint = document.imprint;
  const bool letter = document.format == model::Format::Letter;
  const bool moved = move_addressees && !document.addressees.empty();
  const bool lists = moved || !imprint.copies.empty();
  const bool issue = !letter && (!imprint.office.empty() || !imprint.date.empty());
  if (!lists && !issue) return box;
  if (!letter) box.rule(kThick);
  if (moved) add_list(desk.setter, "主送：", document.addressees, box);
  if (!imprint.copies.empty()) add_list(desk.setter, "抄送：", imprint.copies, box);
  if (lists && issue) box.rule(kThin);
  if (issue) add_issue(desk.setter, imprint, box);
  if (!letter) box.rule(kThick);
  return box;
}

FlowLine page_number(Typesetter& setter, int number) {
  Setting setting{.size = kSize4, .cell = kSize4, .width = kTypeWidth - kSize4};
  setting.first_indent = number % 2 != 0 ? Length() : kSize4;
  setting.fill = number % 2 != 0 ? Fill::Right : Fill::Left;
  const std::string text = "— " + std::to_string(number) + " —";
  FlowLine line;
  for (SetLine& set : setter.set(text, Role::Song, setting))
    line.runs = std::move(set.runs);
  return line;
}

/// The top of the ink of the first glyph, which is a dash.
Length dash_top(const Typesetter& setter, const std::vector<GlyphRun>& runs) {
  GlyphRun dash = runs.front();
  dash.glyphs = {dash.glyphs.front()};
  return setter.ink_of(std::span(&dash, 1)).top;
}

}  // namespace

ImprintPlace draw_imprint(const Desk& desk, const model::Document& document, bool move_addressees,
                          int first_page, PageBuilder& builder) {
  ImprintPlace place;
  ImprintBox box = make_box(desk, document, move_addressees);
  if (box.height == Length()) return place;
  place.too_tall = box.height > kTypeHeight;
  const Length last = std::max(builder.y() + kLineGap, builder.seals_bottom() + kBelowSeal);
  const bool room = last + box.height <= kTypeBottom;
  if (builder.column().quarter_turns != 0 || !room) {
    builder.new_page(upright_column());
    place.alone = true;
  }
  const auto odd = [&] { return (first_page + static_cast<int>(builder.page_count())) % 2 == 0; };
  if (document.imprint.even_page && odd()) {
    place.blank_pages = place.alone ? 1 : 0;
    builder.new_page(upright_column());
    place.alone = true;
  }
  const Length top = kTypeBottom - box.height;
  move(box.runs, kTypeLeft, top);
  for (Rule& rule : box.rules) {
    rule.x = rule.x + kTypeLeft;
    rule.y = rule.y + top;
  }
  builder.draw(std::move(box.runs), std::move(box.rules));
  return place;
}

std::vector<std::optional<int>> numbers_from(int first, std::size_t pages) {
  std::vector<std::optional<int>> numbers;
  for (std::size_t i = 0; i < pages; ++i)
    numbers.emplace_back(first + static_cast<int>(i));
  return numbers;
}

void draw_page_numbers(Typesetter& setter, const std::vector<std::optional<int>>& numbers,
                       std::vector<Page>& pages) {
  for (std::size_t i = 0; i < std::min(numbers.size(), pages.size()); ++i) {
    if (!numbers[i]) continue;
    const int number = *numbers[i];
    FlowLine line = page_number(setter, number);
    if (line.runs.empty()) continue;
    Page& page = pages[i];
    // The same place on a sheet of any size: 7 mm below a 版心 that ends 35 mm above the edge.
    const Length bottom = page.height - (kPageHeight - kTypeBottom);
    const Length right = page.width - (kPageWidth - kTypeRight);
    const Length left = number % 2 != 0 ? right - kTypeWidth : kTypeLeft;
    move(line.runs, left, bottom + kNumberGap - dash_top(setter, line.runs));
    std::ranges::move(line.runs, std::back_inserter(page.runs));
    page.label = std::to_string(number);
  }
}

}  // namespace huice::layout
