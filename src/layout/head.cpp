// 版头, GB/T 9704-2012, 7.2, and those of 信函, 命令(令) and 纪要, clause 10.
#include <algorithm>
#include <utility>

#include "base/utf8.h"
#include "layout/parts.h"

namespace huice::layout {
namespace {

/// 7.2.4: the ink of the mark begins 35 mm below the top of the 版心; 10.2 of an order, 20 mm;
/// 10.1 of a letter, 30 mm below the top of the page.
constexpr Length kMarkTop = kTypeTop + mm(35);
constexpr Length kOrderMarkTop = kTypeTop + mm(20);
constexpr Length kLetterMarkTop = mm(30);
/// The standard leaves the size open (醒目、美观、庄重); 22 mm x 15 mm was the old upper limit.
constexpr Length kLargestMark = pt(48);
constexpr Length kMarkWidth = kTypeWidth;
/// Thousandths of its width that a character of a long mark keeps.
constexpr int kNarrowestMark = 700;
constexpr int kNarrowestJointMark = 850;
/// The mark stays on the upper part of the page however many offices issue jointly.
constexpr Length kJointMarkHeight = mm(64);
/// 7.2.7: the red rule 4 mm below the number; its weight is open.
constexpr Length kRedRuleGap = mm(4);
constexpr Length kRedRuleWeight = Length::from_units(18000);
/// From a rule or a number, which have no line of their own below, to what stands two blank lines
/// under it (7.3.1, 10.1, 10.2).
constexpr Length kTwoLinesBelow = kPitch * 2;
/// 10.1: double rules of 170 mm in the middle of the page, 4 mm below the mark and 20 mm above the
/// edge; the weights are open.
constexpr Length kLetterRuleWidth = mm(170);
/// 10.1: 7/8 of a 3号 character from the rule to 发文字号.
constexpr Length kLetterNumberGap = kLetterTextGap;
constexpr std::string_view kFileWord = "文件";

std::int64_t cells(std::string_view text) {
  return static_cast<std::int64_t>((display_width(text) + 1) / 2);
}

/// Sets a text of 3号 at `y`; what follows comes below it even if it is empty.
void put_text(const Desk& desk, std::string_view text, Role role, const Setting& setting, Length y,
              PageBuilder& builder) {
  FlowLine line{.height = kSize3};
  for (SetLine& set : desk.setter.set(text, role, setting)) {
    std::ranges::move(set.runs, std::back_inserter(line.runs));
  }
  builder.put_at(y, std::move(line));
}

/// 份号, 密级 and 紧急程度, one a line from the top left corner, those that are there (7.2.1-3).
/// Returns where the next would stand.
Length draw_corner(const Desk& desk, const model::Head& head, Length y, PageBuilder& builder) {
  const auto put = [&](const std::string& text, Role role) {
    if (text.empty()) return;
    put_text(desk, text, role, body_setting(desk.width), y, builder);
    y = y + kPitch;
  };
  put(head.copy_number, Role::FangSong);
  put(head.secrecy, Role::Hei);
  put(head.urgency, Role::Hei);
  return y;
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
Length draw_mark(const Desk& desk, std::vector<GlyphRun> runs, Length top, PageBuilder& builder) {
  if (runs.empty()) return top;
  const InkBox ink = desk.setter.ink_of(runs);
  const Length shift = top - ink.top;
  move(runs, kTypeLeft, shift);
  builder.draw(std::move(runs), {});
  return ink.bottom + shift;
}

/// Narrows glyphs to `stretch` thousandths, their left edge at 0.
void narrow(std::vector<GlyphRun>& runs, int stretch) {
  if (stretch >= 1000) return;
  for (GlyphRun& run : runs) {
    run.stretch = stretch;
    Glyphs::List glyphs = run.glyphs.list();
    for (PlacedGlyph& glyph : glyphs) {
      glyph.x = share(glyph.x, stretch, 1000);
      glyph.advance = share(glyph.advance, stretch, 1000);
    }
    run.glyphs = std::move(glyphs);
  }
}

/// The size of a mark of `across` characters that may be narrowed to fit, and how much of its width
/// is left. A long name stays on its line and looks taller than wide before it looks small.
struct MarkSize {
  Length size;
  int stretch = 1000;
};
MarkSize mark_size(std::int64_t across, Length tallest, int narrowest) {
  const Length fit = share(kMarkWidth, 1, across);
  const Length size = std::min(tallest, share(fit, 1000, narrowest));
  if (size <= fit) return {size, 1000};
  return {size, static_cast<int>(fit.units() * 1000 / size.units())};
}

/// A mark on one line: a little letter-spaced when short, narrowed when long.
std::vector<GlyphRun> single_mark(const Desk& desk, const std::string& text) {
  const std::int64_t count = std::max<std::int64_t>(cells(text), 1);
  const auto [size, stretch] = mark_size(count, kLargestMark, kNarrowestMark);
  const Length natural = size * count;
  const Length spread = std::min(kMarkWidth, natural + share(size, count - 1, 4));
  SetLine row = mark_row(desk, text, size, stretch < 1000 ? natural : spread);
  narrow(row.runs, stretch);
  move(row.runs, half(kTypeWidth - share(row.right, stretch, 1000)), Length());
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
  const auto [size, stretch] = mark_size(
      across, std::min(kLargestMark, share(kJointMarkHeight, 4, 5 * rows)), kNarrowestJointMark);
  const Length pitch = share(size, 5, 4);
  const Length names = size * longest;
  const Length left = half(kTypeWidth - share(size * across, stretch, 1000));

  std::vector<GlyphRun> runs;
  Length y;
  for (const std::string& issuer : head.issuers) {
    SetLine row = mark_row(desk, issuer, size, names);
    narrow(row.runs, stretch);
    move(row.runs, left, y);
    std::ranges::move(row.runs, std::back_inserter(runs));
    y = y + pitch;
  }
  if (head.with_file_word) {
    SetLine word = mark_row(desk, kFileWord, size, Length());
    narrow(word.runs, stretch);
    move(word.runs, left + share(names + size, stretch, 1000), half(pitch * (rows - 1)));
    std::ranges::move(word.runs, std::back_inserter(runs));
  }
  return runs;
}

/// Names of two characters are spaced to the width of three, as lists of people are.
std::string spaced_name(const std::string& name, std::int64_t widest) {
  const std::u32string characters = decode_utf8(name);
  if (characters.size() != 2 || widest != 3) return name;
  return encode_utf8(std::u32string{characters[0], U'\u3000', characters[1]});
}

/// 7.2.6: two names a row, names below each other aligned; returns the top of the last row.
Length draw_signers(const Desk& desk, const std::vector<std::string>& signers, Length y,
                    PageBuilder& builder) {
  Length widest;
  std::int64_t most = 0;
  for (const std::string& name : signers) {
    widest = std::max(widest, desk.setter.width_of(name, Role::Kai, kSize3, kCell));
    most = std::max(most, cells(name));
  }
  const std::int64_t columns = signers.size() > 1 ? 2 : 1;
  const Length step = widest + kCell;
  const Length names = kTypeWidth - kCell - step * columns + kCell;
  Setting setting = body_setting(kTypeWidth);
  const auto put = [&](std::string_view text, Role role, Length x) {
    setting.first_indent = x;
    put_text(desk, text, role, setting, y, builder);
  };
  put("签发人：", Role::FangSong, names - kCell * 4);
  for (std::size_t i = 0; i < signers.size(); ++i) {
    if (i > 0 && i % 2 == 0) y = y + kPitch;
    put(spaced_name(signers[i], most), Role::Kai, names + step * static_cast<std::int64_t>(i % 2));
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
  put_text(desk, head.number, Role::FangSong, setting, y, builder);
  return y + kSize3;
}

std::vector<GlyphRun> file_mark(const Desk& desk, const model::Head& head) {
  if (head.issuers.empty()) return {};
  if (head.issuers.size() > 1) return joint_mark(desk, head);
  return single_mark(desk,
                     head.issuers.front() + std::string(head.with_file_word ? kFileWord : ""));
}

/// The first office with the word its format ends in: 令, or none.
std::vector<GlyphRun> named_mark(const Desk& desk, const model::Head& head, std::string_view word) {
  if (head.issuers.empty()) return {};
  const std::string& name = head.issuers.front();
  return single_mark(desk, name.ends_with(word) ? name : name + std::string(word));
}

/// The office that made the minutes at the left and the day at the right, on the line below their
/// number; 10.3 leaves the form to the office.
Length draw_producer(const Desk& desk, const model::Head& head, Length bottom,
                     PageBuilder& builder) {
  if (head.producer.empty() && head.produced.empty()) return bottom;
  const Length y = bottom + gap_of(0);
  Setting setting = body_setting(desk.width - kCell);
  setting.first_indent = kCell;
  setting.fill = Fill::Left;
  put_text(desk, head.producer, Role::FangSong, setting, y, builder);
  setting.fill = Fill::Right;
  put_text(desk, head.produced, Role::FangSong, setting, y, builder);
  return y + kSize3;
}

Length draw_red_rule(Length number_bottom, PageBuilder& builder) {
  const Length rule = number_bottom + kRedRuleGap;
  builder.draw({}, {{kTypeLeft, rule, kTypeWidth, kRedRuleWeight, Ink::Red}});
  return rule + kRedRuleWeight + kTwoLinesBelow;
}

void draw_double_rule(Length y, bool thick_first, PageBuilder& builder) {
  const Length left = half(kPageWidth - kLetterRuleWidth);
  const Length first = thick_first ? kLetterThick : kLetterThin;
  const Length second = thick_first ? kLetterThin : kLetterThick;
  builder.draw({}, {{left, y, kLetterRuleWidth, first, Ink::Red},
                    {left, y + first + kLetterRuleGap, kLetterRuleWidth, second, Ink::Red}});
}

/// 7.2; 纪要 differ only in the words of the mark (10.3).
Length draw_file_head(const Desk& desk, const model::Document& document, PageBuilder& builder) {
  draw_corner(desk, document.head, kTypeTop, builder);
  std::vector<GlyphRun> mark = document.format == model::Format::Minutes
                                   ? named_mark(desk, document.head, "")
                                   : file_mark(desk, document.head);
  const Length bottom = draw_mark(desk, std::move(mark), kMarkTop, builder);
  Length last = draw_number(desk, document.head, bottom + gap_of(2), builder);
  if (document.format == model::Format::Minutes) {
    last = draw_producer(desk, document.head, last, builder);
  }
  return draw_red_rule(last, builder);
}

/// 10.1.
Length draw_letter_head(const Desk& desk, const model::Head& head, PageBuilder& builder) {
  const Length mark = draw_mark(desk, named_mark(desk, head, ""), kLetterMarkTop, builder);
  const Length rule = mark + kRedRuleGap;
  draw_double_rule(rule, true, builder);
  draw_double_rule(kPageHeight - kLetterRuleFoot - kLetterRuleHeight, false, builder);

  const Length y = rule + kLetterRuleHeight + kLetterNumberGap;
  const Length corner = draw_corner(desk, head, y, builder);
  Setting setting = body_setting(desk.width);
  setting.fill = Fill::Right;
  put_text(desk, head.number, Role::FangSong, setting, y, builder);
  const Length last = std::max(corner - kPitch, y) + kSize3;
  return last + gap_of(2);
}

/// 10.2: no rule; the body two blank lines below the number.
Length draw_order_head(const Desk& desk, const model::Head& head, PageBuilder& builder) {
  const Length mark = draw_mark(desk, named_mark(desk, head, "令"), kOrderMarkTop, builder);
  return draw_number(desk, head, mark + gap_of(2), builder) + gap_of(2);
}

}  // namespace

Length draw_head(const Desk& desk, const model::Document& document, PageBuilder& builder) {
  switch (document.format) {
    case model::Format::Document:
    case model::Format::Minutes:
      return draw_file_head(desk, document, builder);
    case model::Format::Letter:
      return draw_letter_head(desk, document.head, builder);
    case model::Format::Order:
      return draw_order_head(desk, document.head, builder);
    case model::Format::Plain:
      break;
  }
  return kTypeTop;
}

}  // namespace huice::layout
