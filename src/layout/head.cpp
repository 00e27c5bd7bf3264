// 版头, GB/T 9704-2012, 7.2.
#include <algorithm>
#include <utility>

#include "base/utf8.h"
#include "layout/parts.h"

namespace huice::layout {
namespace {

/// 7.2.4: the ink of the mark begins 35 mm below the top of the 版心.
constexpr Length kMarkTop = kTypeTop + mm(35);
/// The standard leaves the size open (醒目、美观、庄重); 22 mm x 15 mm was the old upper limit.
constexpr Length kLargestMark = pt(48);
constexpr Length kMarkWidth = mm(150);
/// The mark stays on the upper part of the page however many offices issue jointly.
constexpr Length kJointMarkHeight = mm(64);
/// 7.2.7: the red rule 4 mm below the number; its weight is open.
constexpr Length kRedRuleGap = mm(4);
constexpr Length kRedRuleWeight = Length::from_units(18000);
constexpr std::string_view kFileWord = "文件";

std::int64_t cells(std::string_view text) {
  return static_cast<std::int64_t>((display_width(text) + 1) / 2);
}

void put_text(const Desk& desk, std::string_view text, Role role, Length y, PageBuilder& builder) {
  for (FlowLine& line :
       lines_of(desk.setter.set(text, role, body_setting(desk.width)), kSize3, {})) {
    builder.put_at(y, std::move(line));
  }
}

/// 份号, 密级 and 紧急程度, one a line from the top left corner, those that are there (7.2.1-3).
void draw_corner(const Desk& desk, const model::Head& head, PageBuilder& builder) {
  Length y = kTypeTop;
  const auto put = [&](const std::string& text, Role role) {
    if (text.empty()) return;
    put_text(desk, text, role, y, builder);
    y = y + kPitch;
  };
  put(head.copy_number, Role::FangSong);
  put(head.secrecy, Role::Hei);
  put(head.urgency, Role::Hei);
}

/// A row of the mark, its left edge at 0 and its em box from 0, at natural width or spread over
/// `width`.
SetLine mark_row(const Desk& desk, std::string_view text, Length size, Length width) {
  const std::int64_t count = cells(text);
  const Length spare = width - size * count;
  Setting setting{
      .size = size, .cell = size, .width = kPageHeight, .fill = Fill::Left, .ink = Ink::Red};
  if (count > 1 && spare > Length()) setting.tracking = share(spare, 1, count - 1);
  std::vector<SetLine> lines = desk.setter.set(text, Role::XiaoBiaoSong, setting);
  return lines.empty() ? SetLine{} : std::move(lines.front());
}

/// Moves the runs so that their ink begins at the mark's place; returns where the ink ends.
Length draw_mark(const Desk& desk, std::vector<GlyphRun> runs, PageBuilder& builder) {
  const InkBox ink = desk.setter.ink_of(runs);
  const Length shift = kMarkTop - ink.top;
  move(runs, kTypeLeft, shift);
  builder.draw(std::move(runs), {});
  return ink.bottom + shift;
}

/// One office: name and 文件 on a line, a little letter-spaced when short.
std::vector<GlyphRun> single_mark(const Desk& desk, const model::Head& head) {
  const std::string text = head.issuers.front() + std::string(head.with_file_word ? kFileWord : "");
  const std::int64_t count = std::max<std::int64_t>(cells(text), 1);
  const Length size = std::min(kLargestMark, share(kMarkWidth, 1, count));
  const Length natural = size * count;
  const Length spread = std::min(kMarkWidth, natural + share(size, count - 1, 4));
  SetLine row = mark_row(desk, text, size, spread);
  move(row.runs, half(kTypeWidth - row.right), Length());
  return std::move(row.runs);
}

/// Several offices: names one below the other and equally wide, 文件 at their right, in the middle.
std::vector<GlyphRun> joint_mark(const Desk& desk, const model::Head& head) {
  std::int64_t longest = 1;
  for (const std::string& issuer : head.issuers)
    longest = std::max(longest, cells(issuer));
  const auto rows = static_cast<std::int64_t>(head.issuers.size());
  const std::int64_t across = longest + (head.with_file_word ? 3 : 0);
  // Rows stand a quarter of a character apart.
  const Length size =
      std::min({kLargestMark, share(kMarkWidth, 1, across), share(kJointMarkHeight, 4, 5 * rows)});
  const Length pitch = share(size, 5, 4);
  const Length names = size * longest;
  const Length left = half(kTypeWidth - size * across);

  std::vector<GlyphRun> runs;
  Length y;
  for (const std::string& issuer : head.issuers) {
    SetLine row = mark_row(desk, issuer, size, names);
    move(row.runs, left, y);
    std::ranges::move(row.runs, std::back_inserter(runs));
    y = y + pitch;
  }
  if (head.with_file_word) {
    SetLine word = mark_row(desk, kFileWord, size, Length());
    move(word.runs, left + names + size, half(pitch * (rows - 1)));
    std::ranges::move(word.runs, std::back_inserter(runs));
  }
  return runs;
}

/// 7.2.6: two names a row, names below each other aligned; returns the top of the last row.
Length draw_signers(const Desk& desk, const std::vector<std::string>& signers, Length y,
                    PageBuilder& builder) {
  Length widest;
  for (const std::string& name : signers) {
    widest = std::max(widest, desk.setter.width_of(name, Role::Kai, kSize3, kCell));
  }
  const std::int64_t columns = signers.size() > 1 ? 2 : 1;
  const Length step = widest + kCell;
  const Length names = kTypeWidth - kCell - step * columns + kCell;
  Setting setting = body_setting(kTypeWidth);
  const auto put = [&](std::string_view text, Role role, Length x) {
    setting.first_indent = x;
    for (FlowLine& line : lines_of(desk.setter.set(text, role, setting), kSize3, {})) {
      builder.put_at(y, std::move(line));
    }
  };
  put("签发人：", Role::FangSong, names - kCell * 4);
  for (std::size_t i = 0; i < signers.size(); ++i) {
    if (i > 0 && i % 2 == 0) y = y + kPitch;
    put(signers[i], Role::Kai, names + step * static_cast<std::int64_t>(i % 2));
  }
  return y;
}

/// 7.2.5: two blank lines below the mark, centred; upwards at the left, one character in, on the
/// line of the last 签发人. Returns the bottom of the line.
Length draw_number(const Desk& desk, const model::Head& head, Length y, PageBuilder& builder) {
  Setting setting = body_setting(desk.width);
  setting.fill = Fill::Centre;
  if (!head.signers.empty()) {
    y = draw_signers(desk, head.signers, y, builder);
    setting.fill = Fill::Left;
    setting.first_indent = kCell;
  }
  for (FlowLine& line :
       lines_of(desk.setter.set(head.number, Role::FangSong, setting), kSize3, {})) {
    builder.put_at(y, std::move(line));
  }
  return y + kSize3;
}

}  // namespace

Length draw_head(const Desk& desk, const model::Head& head, PageBuilder& builder) {
  draw_corner(desk, head, builder);
  Length bottom = kMarkTop;
  if (!head.issuers.empty()) {
    bottom = draw_mark(
        desk, head.issuers.size() == 1 ? single_mark(desk, head) : joint_mark(desk, head), builder);
  }
  const Length number = draw_number(desk, head, bottom + gap_of(2), builder);
  const Length rule = number + kRedRuleGap;
  builder.draw({}, {{kTypeLeft, rule, kTypeWidth, kRedRuleWeight, Ink::Red}});
  return rule + kRedRuleWeight;
}

}  // namespace huice::layout
