#include "render/pdf/content_stream.h"

#include <array>
#include <cstdint>
#include <span>

#include "render/pdf/line_codes.h"

namespace huice::render::pdf {
namespace {

constexpr std::int64_t kUnitsPerPoint = 12700;

std::int64_t divided(std::int64_t value, std::int64_t by) {
  const std::int64_t half = by / 2;
  return value >= 0 ? (value + half) / by : -((-value + half) / by);
}

/// value / 10^places without trailing zeros.
std::string fixed(std::int64_t value, std::size_t places) {
  std::string digits = std::to_string(value < 0 ? -value : value);
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  digits.insert(digits.size() - places, 1, '.');
  digits.erase(digits.find_last_not_of('0') + 1);
  if (digits.ends_with('.')) digits.pop_back();
  return value < 0 && digits != "0" ? "-" + digits : digits;
}

void append_hex(std::string& out, std::uint16_t code) {
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  for (int shift = 12; shift >= 0; shift -= 4)
    out += kDigits[(code >> shift) & 0xF];
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

  /// The operators; text that follows them is as wide as it was before.
  std::string take() {
    if (stretch_ != 1000) out_ += "100 Tz\n";
    return std::move(out_);
  }

  void rule(const layout::Rule& rule) {
    ink(rule.ink);
    out_ += points(rule.x) + ' ' + points(height_ - rule.y - rule.height) + ' ' +
            points(rule.width) + ' ' + points(rule.height) + " re f\n";
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
  void run(const layout::GlyphRun& run, const std::vector<CodedGlyph>& coded) {
    ink(run.ink);
    if (run.stretch != stretch_) out_ += fixed(run.stretch, 1) + " Tz\n";
    stretch_ = run.stretch;
    out_ += "BT\n/F" + std::to_string(run.font) + ' ' + points(run.size) + " Tf 1 0 0 1 " +
            points(coded.front().x) + ' ' + points(height_ - run.baseline) + " Tm\n[";
    glyphs(run.size.units() * run.stretch / 1000, coded,
           fonts_[static_cast<std::size_t>(run.font)]);
    out_ += "] TJ\nET\n";
  }

  void ink(layout::Ink wanted) {
    if (ink_set_ && ink_ == wanted) return;
    out_ += fill_colour(wanted, colour_);
    ink_ = wanted;
    ink_set_ = true;
  }

  /// TJ moves left by thousandths of an em, here to two decimals. The pen is kept exactly, in
  /// 1/100000 of a length unit per em, so that no error adds up along the line.
  void glyphs(std::int64_t size, const std::vector<CodedGlyph>& coded, const GlyphCodes& font) {
    const std::int64_t start = coded.front().x.units();
    std::int64_t pen = 0;
    bool open = false;
    for (const auto& glyph : coded) {
      const std::int64_t wanted = (glyph.x.units() - start) * 100'000;
      if (const std::int64_t back = divided(pen - wanted, size); back != 0) {
        out_ += open ? ">" : "";
        out_ += fixed(back, 2);
        open = false;
        pen -= back * size;
      }
      out_ += open ? "" : "<";
      open = true;
      append_hex(out_, glyph.code);
      pen += font.width(glyph.code) * size * 100;
    }
    out_ += open ? ">" : "";
  }

  /// Four cubic curves, within 0.03 % of a circle.
  void circle(Length x, Length y, Length diameter) {
    const Length r = Length::from_units(diameter.units() / 2);
    const Length k = Length::from_units(r.units() * 5523 / 10'000);
    const Length cx = x + r;
    const Length cy = height_ - y - r;
    const auto at = [&](Length dx, Length dy) {
      out_ += points(cx + dx) + ' ' + points(cy + dy) + ' ';
    };
    const Length none;
    const auto arc = [&](Length ax, Length ay, Length bx, Length by, Length ex, Length ey) {
      at(ax, ay);
      at(bx, by);
      at(ex, ey);
      out_ += "c\n";
    };
    at(r, none);
    out_ += "m\n";
    arc(r, k, k, r, none, r);
    arc(none - k, r, none - r, k, none - r, none);
    arc(none - r, none - k, none - k, none - r, none, none - r);
    arc(k, none - r, r, none - k, r, none);
    out_ += "h ";
  }

  Length height_;
  int stretch_ = 1000;  ///< thousandths of the width of text now
  std::vector<GlyphCodes>& fonts_;
  Colour colour_;
  layout::Ink ink_ = layout::Ink::Black;
  bool ink_set_ = false;
  std::string out_;
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
  return fixed(divided(length.units() * 10'000, kUnitsPerPoint), 4);
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
