// The numbers of GB/T 9704-2012 that everything else is measured by.
#pragma once

#include <cstdint>

#include "base/length.h"

namespace huice::layout {

/// `whole` * `part` / `parts`, rounded down: the one place where lengths are divided.
constexpr Length share(Length whole, std::int64_t part, std::int64_t parts) {
  const std::int64_t product = whole.units() * part;
  const std::int64_t quotient = product / parts;
  return Length::from_units(quotient - (product % parts < 0 ? 1 : 0));
}
constexpr Length half(Length whole) {
  return share(whole, 1, 2);
}

inline constexpr Length kPageWidth = mm(210);
inline constexpr Length kPageHeight = mm(297);

/// 5.2.1: 天头 37 mm, 订口 28 mm, 版心 156 mm x 225 mm.
inline constexpr Length kTypeLeft = mm(28);
inline constexpr Length kTypeTop = mm(37);
inline constexpr Length kTypeWidth = mm(156);
inline constexpr Length kTypeHeight = mm(225);
inline constexpr Length kTypeRight = kTypeLeft + kTypeWidth;
inline constexpr Length kTypeBottom = kTypeTop + kTypeHeight;

/// 字号 in points, as word processors read them.
inline constexpr Length kSize2 = pt(22);
inline constexpr Length kSize3 = pt(16);
inline constexpr Length kSize4 = pt(14);
inline constexpr Length kSizeSmall4 = pt(12);
inline constexpr Length kSize5 = half_pt(21);
inline constexpr Length kSizeSmall5 = pt(9);

/// 5.2.3: 22 lines of 28 characters that fill the 版心. The cell of a character is a little
/// narrower than its 16 pt, and the first and last line touch the edges.
inline constexpr int kCellsPerLine = 28;
inline constexpr int kLinesPerPage = 22;
inline constexpr Length kCell = share(kTypeWidth, 1, kCellsPerLine);
inline constexpr Length kPitch = share(kTypeHeight - kSize3, 1, kLinesPerPage - 1);
/// What is left between two lines of body text.
inline constexpr Length kLineGap = kPitch - kSize3;

/// The top of an em box above its baseline: 880 of 1000, the ideographic box of every CJK font.
constexpr Length ascent(Length size) {
  return share(size, 880, 1000);
}

/// From the bottom of one line to the top of the next with `blank` empty lines between.
constexpr Length gap_of(int blank_lines) {
  return kLineGap + kPitch * blank_lines;
}

/// The grid of the text. 7.3.5.5: where seal and date find no room, 行距 and 字距 give way.
struct Grid {
  Length cell = kCell;
  Length pitch = kPitch;

  constexpr Length line_gap() const { return pitch - kSize3; }
  constexpr Length gap_of(int blank_lines) const { return line_gap() + pitch * blank_lines; }
};

/// `lines` of `cells` characters that fill the 版心 like the usual 22 of 28.
constexpr Grid grid_of(int lines, int cells) {
  return {share(kTypeWidth, 1, cells), share(kTypeHeight - kSize3, 1, lines - 1)};
}

}  // namespace huice::layout
