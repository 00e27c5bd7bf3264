// Breaking a paragraph into lines: the whole paragraph at once, so that no line is bought with a
// worse one after it.
//
// Chinese is set solid, so a line is mostly a count of cells. What gives is the blank half of
// punctuation marks, which is why marks are half-width items here and their blank halves belong
// to the joints: a joint at the end of a line vanishes, and with it the blank half of the last
// mark, as GB/T 15834-2011, 5.1.10 wants it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/length.h"

namespace huice::layout {

/// In the order in which blanks are given up (clreq, 行内调整: 挤压). What stands at the end of a
/// line has given up its own before.
enum class Squeeze : std::uint8_t { Space, Bracket, Pause, Gap, Stop };
inline constexpr std::size_t kSqueezeLevels = 5;

/// How a joint helps to fill a line (clreq, 行内调整: 拉伸): first word spaces and then the gaps
/// between Chinese and Latin grow up to their limits, then all joints alike but those of Never.
enum class Stretch : std::uint8_t { Space, Gap, Any, Never };

/// Breaking here is never right; it happens only where a line could not be filled otherwise.
inline constexpr std::int64_t kForbidden = 1'000'000'000;

/// What lies between an item and the next one.
struct Joint {
  Length natural;  ///< may be zero, as between two characters
  Length shrink;   ///< how much of it may go
  Squeeze level = Squeeze::Gap;
  std::int64_t penalty = 0;  ///< of breaking here; 0 is free
  Length growth = {};        ///< how much Space and Gap grow before the others
  Stretch stretch = Stretch::Any;
};

/// Something that is never divided: a character, half a mark with its ink, a word, ——.
struct LineItem {
  Length width;
  Length lead;  ///< the blank half of an opening mark when it begins a line; all of it may go
  Joint after;
};

/// How wide lines are.
struct Measure {
  Length width;
  Length first_indent;
  Length rest_indent;
  Length em;            ///< of the text: what looks tight or loose is judged by it
  bool ragged = false;  ///< lines are not stretched, so that short ones hardly matter
};

/// Items first (inclusive) to last (exclusive) make a line.
struct LineSpan {
  std::size_t first = 0;
  std::size_t last = 0;
};

/// Where to break. Every line fits unless a single item is wider than the measure.
/// Cost: items times the few places where their line may reasonably begin.
std::vector<LineSpan> break_lines(std::span<const LineItem> items, const Measure& measure);

/// Natural width of a line: its items and the joints between them.
Length natural_width(std::span<const LineItem> line);

/// The places of the items of a line, from its left edge: natural, squeezed to `width` when it is
/// wider, and, if `justify`, stretched until it ends exactly there.
std::vector<Length> place_items(std::span<const LineItem> line, Length width, bool justify);

}  // namespace huice::layout
