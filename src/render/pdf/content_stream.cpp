#include "render/pdf/content_stream.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <iterator>
#include <span>
#include <string_view>
#include <vector>

#include "render/pdf/big_endian.h"
#include "render/pdf/line_codes.h"

namespace huice::render::pdf {
namespace {

constexpr std::int64_t kUnitsPerPoint = 12700;
/// Places along a line are kept in 1/100000 of a length unit, in which widths, moves and spacing
/// are whole numbers: nothing adds up, however long the line.
constexpr std::int64_t kPenStep = 100'000;
/// Moves of TJ are written in tenths of a thousandth of an em; a glyph that stands fewer than three
/// of them (at 3号 two thousandths of a millimetre) from its place is left there.
constexpr std::int64_t kMoveStep = kPenStep / 10'000;
constexpr std::int64_t kNoticeable = 3;
/// Spacing is written in 1/10000 pt.
constexpr std::int64_t kSpacingStep = kPenStep * kUnitsPerPoint / 10'000;

std::int64_t divided(std::int64_t value, std::int64_t by) {
  const std::int64_t half = by / 2;
  return value >= 0 ? (value + half) / by : -((-value + half) / by);
}

/// Appends value / 10^places without zeros at its end.
void append_fixed(std::string& out, std::int64_t value, std::size_t places) {
  std::int64_t whole = value < 0 ? -value : value;
  for (; places > 0 && whole % 10 == 0; --places)
    whole /= 10;
  char digits[24];
  const std::string_view written(digits, std::to_chars(digits, std::end(digits), whole).ptr);
  if (value < 0) out += '-';
  const std::size_t fraction = std::min(written.size(), places);
  const std::size_t before_point = written.size() - fraction;
  out += before_point > 0 ? written.substr(0, before_point) : "0";
  if (places == 0) return;
  out += '.';
  out.append(places - fraction, '0').append(written.substr(before_point));
}

void append_points(std::string& out, Length length) {
  append_fixed(out, divided(length.units() * 10'000, kUnitsPerPoint), 4);
}

std::string_view fill_colour(layout::Ink ink, Colour colour) {
  const bool is_red = ink == layout::Ink::Red;
  if (colour == Colour::Rgb) return is_red ? "1 0 0 rg\n" : "0 g\n";
  return is_red ? "0 .8 .8 0 k\n" : "0 0 0 1 k\n";
}

/// Writes operators; remembers the colour and font in force so that they are set only on change.
class ContentWriter {
 public:
  ContentWriter(Length height, std::vector<GlyphCodes>& fonts, Colour colour)
      : height_(height), fonts_(fonts), colour_(colour) {}

  /// The operators; text that follows them is set as it was before.
  std::string take() {
    if (stretch_ != 1000) out_ += "100 Tz\n";
    if (spacing_ != 0) out_ += "0 Tc\n";
    return std::move(out_);
  }

  void rule(const layout::Rule& rule) {
    ink(rule.ink);
    at(rule.x, height_ - rule.y - rule.height);
    at(rule.width, rule.height);
    out_ += "re f\n";
  }

  /// The band between two circles, so that it is filled like everything else.
  void ring(const layout::Ring& ring) {
    ink(ring.ink);
    circle(ring.x, ring.y, ring.diameter);
    circle(ring.x + ring.weight, ring.y + ring.weight, ring.diameter - ring.weight * 2);
    out_ += "f*\n";
  }

  /// Runs on one baseline.
  void line(std::span<const layout::GlyphRun> runs) {
    const auto coded = code_line(runs, fonts_);
    for (std::size_t i = 0; i < runs.size(); ++i) {
      if (!coded[i].empty()) run(runs[i], coded[i]);
    }
  }

 private:
  /// A pair of numbers, each with a blank behind it.
  void at(Length x, Length y) {
    append_points(out_, x);
    out_ += ' ';
    append_points(out_, y);
    out_ += ' ';
  }

  void run(const layout::GlyphRun& run, const std::vector<CodedGlyph>& coded) {
    const GlyphCodes& font = fonts_[static_cast<std::size_t>(run.font)];
    ink(run.ink);
    if (run.stretch != stretch_) {
      append_fixed(out_, run.stretch, 1);
      out_ += " Tz\n";
    }
    stretch_ = run.stretch;
    const std::int64_t size = run.size.units() * run.stretch / 1000;
    space(size, coded, font);
    out_ += "BT\n/F" + std::to_string(run.font) + ' ';
    append_points(out_, run.size);
    out_ += " Tf 1 0 0 1 ";
    at(coded.front().x, height_ - run.baseline);
    out_ += "Tm\n[";
    glyphs(size, coded, font);
    out_ += "] TJ\nET\n";
  }

  void ink(layout::Ink wanted) {
    if (ink_set_ && ink_ == wanted) return;
    out_ += fill_colour(wanted, colour_);
    ink_ = wanted;
    ink_set_ = true;
  }

  static std::int64_t natural(const CodedGlyph& glyph, std::int64_t size, const GlyphCodes& font) {
    return font.width(glyph.code) * size * (kPenStep / 1000);
  }

  /// What a unit of spacing comes to on the line: it is narrowed with the text.
  std::int64_t spacing_step() const { return kSpacingStep * stretch_ / 1000; }

  /// Sets the spacing that most glyphs of the line have, so that only the others need moves: a cell
  /// of the grid is narrower than a character, and a justified line is wider set throughout.
  void space(std::int64_t size, const std::vector<CodedGlyph>& coded, const GlyphCodes& font) {
    if (coded.size() < 2) return;
    gaps_.clear();
    for (std::size_t i = 0; i + 1 < coded.size(); ++i) {
      gaps_.push_back((coded[i + 1].x - coded[i].x).units() * kPenStep -
                      natural(coded[i], size, font));
    }
    const auto middle = gaps_.begin() + static_cast<std::ptrdiff_t>(gaps_.size() / 2);
    std::nth_element(gaps_.begin(), middle, gaps_.end());
    const std::int64_t spacing = divided(*middle, spacing_step());
    if (spacing == spacing_) return;
    spacing_ = spacing;
    append_fixed(out_, spacing, 4);
    out_ += " Tc\n";
  }

  /// TJ moves left by thousandths of an em.
  void glyphs(std::int64_t size, const std::vector<CodedGlyph>& coded, const GlyphCodes& font) {
    const std::int64_t start = coded.front().x.units();
    const std::int64_t spacing = spacing_ * spacing_step();
    std::int64_t pen = 0;
    bool open = false;
    for (const auto& glyph : coded) {
      const std::int64_t wanted = (glyph.x.units() - start) * kPenStep;
      const std::int64_t back = divided(pen - wanted, size * kMoveStep);
      if (back >= kNoticeable || back <= -kNoticeable) {
        if (open) out_ += '>';
        append_fixed(out_, back, 1);
        open = false;
        pen -= back * size * kMoveStep;
      }
      if (!open) out_ += '<';
      open = true;
      append_hex(out_, glyph.code);
      pen += natural(glyph, size, font) + spacing;
    }
    if (open) out_ += '>';
  }

  /// Four cubic curves, within 0.03 % of a circle.
  void circle(Length x, Length y, Length diameter) {
    const Length r = Length::from_units(diameter.units() / 2);
    const Length k = Length::from_units(r.units() * 5523 / 10'000);
    const Length cx = x + r;
    const Length cy = height_ - y - r;
    const auto off = [&](Length dx, Length dy) { at(cx + dx, cy + dy); };
    const Length none;
    const auto arc = [&](Length ax, Length ay, Length bx, Length by, Length ex, Length ey) {
      off(ax, ay);
      off(bx, by);
      off(ex, ey);
      out_ += "c\n";
    };
    off(r, none);
    out_ += "m\n";
    arc(r, k, k, r, none, r);
    arc(none - k, r, none - r, k, none - r, none);
    arc(none - r, none - k, none - k, none - r, none, none - r);
    arc(k, none - r, r, none - k, r, none);
    out_ += "h ";
  }

  Length height_;
  int stretch_ = 1000;        ///< thousandths of the width of text now
  std::int64_t spacing_ = 0;  ///< in force now
  std::vector<GlyphCodes>& fonts_;
  Colour colour_;
  layout::Ink ink_ = layout::Ink::Black;
  bool ink_set_ = false;
  std::string out_;
  std::vector<std::int64_t> gaps_;  ///< kept for its memory
};

/// How many of `runs`, from `first` on, continue one line to the right.
std::size_t line_end(const std::vector<layout::GlyphRun>& runs, std::size_t first) {
  std::size_t end = first + 1;
  while (end < runs.size() && runs[end].baseline == runs[first].baseline &&
         !runs[end].glyphs.empty() && !runs[end - 1].glyphs.empty() &&
         runs[end].glyphs.front().x > runs[end - 1].glyphs.back().x) {
    ++end;
  }
  return end;
}

std::string body(ContentWriter writer, const std::vector<layout::Rule>& rules,
                 const std::vector<layout::GlyphRun>& runs) {
  for (const auto& rule : rules)
    writer.rule(rule);
  for (std::size_t first = 0; first < runs.size();) {
    const std::size_t end = line_end(runs, first);
    writer.line(std::span(runs).subspan(first, end - first));
    first = end;
  }
  return writer.take();
}

std::string rings(ContentWriter writer, const layout::Page& page) {
  for (const auto& ring : page.rings)
    writer.ring(ring);
  return writer.take();
}

}  // namespace

std::string points(Length length) {
  std::string out;
  append_points(out, length);
  return out;
}

std::string content_of(const layout::Page& page, std::vector<GlyphCodes>& fonts, Colour colour) {
  std::string content = body({page.height, fonts, colour}, page.rules, page.runs) +
                        rings({page.height, fonts, colour}, page);
  if (page.quarter_turns == 0) return content;
  // The sheet on its side is as high as the page is wide.
  const std::string turn = page.quarter_turns == 1
                               ? "q 0 1 -1 0 " + points(page.width) + " 0 cm\n"
                               : "q 0 -1 1 0 0 " + points(page.height) + " cm\n";
  return content + turn + body({page.width, fonts, colour}, page.turned_rules, page.turned_runs) +
         "Q\n";
}

std::string content_of_pictures(const layout::Page& page, std::span<const std::size_t> numbers) {
  std::string content;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const layout::Picture& place = page.pictures[i];
    content += "q /Ink gs " + points(place.width) + " 0 0 " + points(place.height) + ' ' +
               points(place.x) + ' ' + points(page.height - place.y - place.height) + " cm /P" +
               std::to_string(numbers[i]) + " Do Q\n";
  }
  return content;
}

}  // namespace huice::render::pdf
