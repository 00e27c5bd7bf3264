#include "render/pdf/content_stream.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
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

/// Appends value / `one`, a power of ten, without zeros at its end.
template <std::uint32_t one>
void append_fixed(std::string& out, std::int64_t value) {
  const std::int64_t amount = value < 0 ? -value : value;
  const std::int64_t whole = amount / one;
  auto fraction = static_cast<std::uint32_t>(amount % one);
  std::array<char, 32> text;  // NOLINT: written before it is read
  char* end = text.data();
  if (value < 0) *end++ = '-';
  end = std::to_chars(end, text.data() + text.size(), whole).ptr;
  if (fraction != 0) *end++ = '.';
  while (fraction != 0) {
    fraction *= 10;
    *end++ = static_cast<char>('0' + fraction / one);
    fraction %= one;
  }
  out.append(text.data(), end);
}

/// In 1/10000 pt, the step in which places are written.
std::int64_t to_steps(Length length) {
  return divided(length.units() * 10'000, kUnitsPerPoint);
}

void append_points(std::string& out, Length length) {
  append_fixed<10'000>(out, to_steps(length));
}

std::string_view fill_colour(layout::Ink ink, Colour colour) {
  const bool is_red = ink == layout::Ink::Red;
  if (colour == Colour::Rgb) return is_red ? "1 0 0 rg\n" : "0 g\n";
  return is_red ? "0 .8 .8 0 k\n" : "0 0 0 1 k\n";
}

/// More than the sides of a row of most tables.
constexpr std::size_t kLookBack = 40;

/// Lengthens a stretch by another that meets it; false if none does.
bool join(Length& begin, Length& size, Length other, Length other_size) {
  if (other > begin + size || other + other_size < begin) return false;
  const Length end = std::max(begin + size, other + other_size);
  begin = std::min(begin, other);
  size = end - begin;
  return true;
}

/// Makes `rule` a part of one drawn shortly before that it repeats or continues; false without one.
bool join(std::vector<layout::Rule>& rules, const layout::Rule& rule) {
  const std::size_t stop = rules.size() - std::min(rules.size(), kLookBack);
  for (std::size_t i = rules.size(); i-- > stop && rules[i].ink == rule.ink;) {
    layout::Rule& before = rules[i];
    const bool same_column = before.x == rule.x && before.width == rule.width;
    const bool same_row = before.y == rule.y && before.height == rule.height;
    if ((same_column && join(before.y, before.height, rule.y, rule.height)) ||
        (same_row && join(before.x, before.width, rule.x, rule.width))) {
      return true;
    }
  }
  return false;
}

/// Rows of a table each draw all their sides: the same rules, fewer.
std::vector<layout::Rule> joined(const std::vector<layout::Rule>& rules) {
  std::vector<layout::Rule> fewer;
  for (const layout::Rule& rule : rules) {
    if (!join(fewer, rule)) fewer.push_back(rule);
  }
  return fewer;
}

Length first_place(const layout::GlyphRun& run) {
  return run.glyphs.shared()->front().x + run.glyphs.shift();
}

Length last_place(const layout::GlyphRun& run) {
  return run.glyphs.shared()->back().x + run.glyphs.shift();
}

/// Whether the last glyph of a run may lie under the first of the next one, so that code_line() has
/// to see both: when it comes near half of the overlap that is harmless.
bool may_touch(const layout::GlyphRun& left, const layout::GlyphRun& right,
               const std::vector<GlyphCodes>& fonts) {
  constexpr std::int64_t kHarmlessPart = 33;  // of an em
  const std::uint32_t last = left.glyphs.shared()->back().glyph;
  const GlyphMeasure& face = fonts[static_cast<std::size_t>(left.font)].face();
  const Length em = Length::from_units(left.size.units() * left.stretch / 1000);
  const Length advance =
      Length::from_units(em.units() * face.advance(last) / std::max(face.units_per_em(), 1));
  return (last_place(left) + advance - first_place(right)) * kHarmlessPart >= em;
}

/// Turns runs to operators that do not depend on what was written before them.
class RunWriter {
 public:
  RunWriter(std::vector<GlyphCodes>& fonts, ContentMemory* memory)
      : fonts_(fonts), memory_(memory) {}

  /// As `use` needs it, without code_line() looking at the other runs of its line.
  template <class Use>
  void alone(const layout::GlyphRun& run, const Use& use) {
    const WrittenRun* known = memory_ == nullptr ? nullptr : memory_->find(run);
    if (known != nullptr) return use(*known);
    WrittenRun fresh = written(run, code_line(std::span(&run, 1), fonts_).front());
    // Glyphs that layout has not kept for other pages come but once; `fresh` holds them too.
    const bool is_worth_keeping = memory_ != nullptr && run.glyphs.shared().use_count() > 2;
    use(is_worth_keeping ? memory_->add(run, std::move(fresh)) : fresh);
  }

  WrittenRun written(const layout::GlyphRun& run, const std::vector<CodedGlyph>& coded) {
    const std::int64_t size = run.size.units() * run.stretch / 1000;
    // What a unit of spacing comes to on the line: it is narrowed with the text.
    const std::int64_t step = kSpacingStep * run.stretch / 1000;
    const GlyphCodes& font = fonts_[static_cast<std::size_t>(run.font)];
    WrittenRun written{.spacing = spacing_of(size, step, coded, font),
                       .first = coded.front().x - run.glyphs.shift(),
                       .glyphs = "[",
                       .shared = run.glyphs.shared()};
    append_glyphs(written.glyphs, coded, font, {size, written.spacing.value_or(0) * step});
    written.glyphs += "]TJ";
    return written;
  }

 private:
  static std::int64_t natural(const CodedGlyph& glyph, std::int64_t size, const GlyphCodes& font) {
    return font.width(glyph.code) * size * (kPenStep / 1000);
  }

  /// The spacing that most glyphs of the line have, so that only the others need moves: a cell of
  /// the grid is narrower than a character, and a justified line is wider set throughout.
  std::optional<std::int64_t> spacing_of(std::int64_t size, std::int64_t step,
                                         const std::vector<CodedGlyph>& coded,
                                         const GlyphCodes& font) {
    if (coded.size() < 2) return std::nullopt;
    gaps_.clear();
    for (std::size_t i = 0; i + 1 < coded.size(); ++i) {
      gaps_.push_back((coded[i + 1].x - coded[i].x).units() * kPenStep -
                      natural(coded[i], size, font));
    }
    const auto middle = gaps_.begin() + static_cast<std::ptrdiff_t>(gaps_.size() / 2);
    std::nth_element(gaps_.begin(), middle, gaps_.end());
    return divided(*middle, step);
  }

  /// The em on the line, and what each glyph is set apart.
  struct Advance {
    std::int64_t size = 0;
    std::int64_t spacing = 0;
  };

  /// TJ moves left by thousandths of an em.
  static void append_glyphs(std::string& out, const std::vector<CodedGlyph>& coded,
                            const GlyphCodes& font, const Advance& advance) {
    const std::int64_t start = coded.front().x.units();
    std::int64_t pen = 0;
    bool open = false;
    for (const auto& glyph : coded) {
      const std::int64_t wanted = (glyph.x.units() - start) * kPenStep;
      const std::int64_t back = divided(pen - wanted, advance.size * kMoveStep);
      if (back >= kNoticeable || back <= -kNoticeable) {
        if (open) out += '>';
        append_fixed<10>(out, back);
        open = false;
        pen -= back * advance.size * kMoveStep;
      }
      if (!open) out += '<';
      open = true;
      append_hex(out, glyph.code);
      pen += natural(glyph, advance.size, font) + advance.spacing;
    }
    if (open) out += '>';
  }

  std::vector<GlyphCodes>& fonts_;
  ContentMemory* memory_;
  std::vector<std::int64_t> gaps_;  ///< kept for its memory
};

/// Of the operators of most pages.
constexpr std::size_t kUsualBytes = 4096;

/// Writes operators; remembers what is in force so that it is set only on change.
class ContentWriter {
 public:
  ContentWriter(Length height, Colour colour) : height_(height), colour_(colour) {
    out_.reserve(kUsualBytes);
  }

  /// The operators; text that follows them is set as it was before.
  std::string take() {
    end_text();
    if (stretch_ != 1000) out_ += "100 Tz\n";
    if (spacing_ != 0) out_ += "0 Tc\n";
    return std::move(out_);
  }

  /// All rules of a page, before anything else.
  void rules(const std::vector<layout::Rule>& rules, WrittenRules* before) {
    if (rules.empty()) return;
    if (before != nullptr && before->height == height_ && before->rules == rules) {
      out_ += before->operators;
      ink_ = before->ink;
      ink_set_ = true;
      return;
    }
    for (const layout::Rule& each : joined(rules))
      rule(each);
    if (before != nullptr) *before = {height_, rules, out_, ink_};
  }

  void rule(const layout::Rule& rule) {
    end_text();
    ink(rule.ink);
    at(rule.x, height_ - rule.y - rule.height);
    at(rule.width, rule.height);
    out_ += "re f\n";
  }

  /// The band between two circles, so that it is filled like everything else.
  void ring(const layout::Ring& ring) {
    end_text();
    ink(ring.ink);
    circle(ring.x, ring.y, ring.diameter);
    circle(ring.x + ring.weight, ring.y + ring.weight, ring.diameter - ring.weight * 2);
    out_ += "f*\n";
  }

  void run(const layout::GlyphRun& run, const WrittenRun& written) {
    begin_text();
    ink(run.ink);
    if (run.stretch != stretch_) {
      append_fixed<10>(out_, run.stretch);
      out_ += " Tz\n";
      stretch_ = run.stretch;
    }
    if (written.spacing && *written.spacing != spacing_) {
      spacing_ = *written.spacing;
      append_fixed<10'000>(out_, spacing_);
      out_ += " Tc\n";
    }
    if (run.font != font_ || run.size != size_) {
      out_ += "/F" + std::to_string(run.font) + ' ';
      append_points(out_, run.size);
      out_ += " Tf\n";
      font_ = run.font;
      size_ = run.size;
    }
    go_to(to_steps(written.first + run.glyphs.shift()), to_steps(height_ - run.baseline));
    out_ += written.glyphs;
    out_ += '\n';
  }

 private:
  void begin_text() {
    if (in_text_) return;
    out_ += "BT\n";
    in_text_ = true;
    x_ = y_ = 0;
  }

  void end_text() {
    if (in_text_) out_ += "ET\n";
    in_text_ = false;
  }

  /// Moves are told from where the last run began: cells of a table move alike in every row. The
  /// differences of rounded places add up to them, so that no error does.
  void go_to(std::int64_t x, std::int64_t y) {
    append_fixed<10'000>(out_, x - x_);
    out_ += ' ';
    append_fixed<10'000>(out_, y - y_);
    out_ += " Td";
    x_ = x;
    y_ = y;
  }

  /// A pair of numbers, each with a blank behind it.
  void at(Length x, Length y) {
    append_points(out_, x);
    out_ += ' ';
    append_points(out_, y);
    out_ += ' ';
  }

  void ink(layout::Ink wanted) {
    if (ink_set_ && ink_ == wanted) return;
    out_ += fill_colour(wanted, colour_);
    ink_ = wanted;
    ink_set_ = true;
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
  Colour colour_;
  int font_ = -1;  ///< of text now
  Length size_;
  int stretch_ = 1000;        ///< thousandths of the width of text now
  std::int64_t spacing_ = 0;  ///< in force now
  layout::Ink ink_ = layout::Ink::Black;
  bool ink_set_ = false;
  bool in_text_ = false;
  std::int64_t x_ = 0;  ///< where the last run of the text began, in steps
  std::int64_t y_ = 0;
  std::string out_;
};

/// How many of `runs`, from `first` on, continue one line to the right.
std::size_t line_end(const std::vector<layout::GlyphRun>& runs, std::size_t first) {
  std::size_t end = first + 1;
  while (end < runs.size() && runs[end].baseline == runs[first].baseline &&
         !runs[end].glyphs.empty() && !runs[end - 1].glyphs.empty() &&
         first_place(runs[end]) > last_place(runs[end - 1])) {
    ++end;
  }
  return end;
}

/// Runs on one baseline.
void write_line(ContentWriter& writer, RunWriter& runs, std::span<const layout::GlyphRun> line,
                std::vector<GlyphCodes>& fonts) {
  bool touch = false;
  for (std::size_t i = 0; i + 1 < line.size(); ++i)
    touch = touch || may_touch(line[i], line[i + 1], fonts);
  if (!touch) {
    for (const layout::GlyphRun& run : line) {
      if (run.glyphs.empty()) continue;
      runs.alone(run, [&](const WrittenRun& written) { writer.run(run, written); });
    }
    return;
  }
  const auto coded = code_line(line, fonts);
  for (std::size_t i = 0; i < line.size(); ++i)
    writer.run(line[i], runs.written(line[i], coded[i]));
}

/// What a page is written with.
struct Pens {
  std::vector<GlyphCodes>& fonts;
  Colour colour;
  ContentMemory* memory;
};

std::string body(Length height, const std::vector<layout::Rule>& rules,
                 const std::vector<layout::GlyphRun>& runs, const Pens& pens) {
  ContentWriter writer(height, pens.colour);
  RunWriter run_writer(pens.fonts, pens.memory);
  writer.rules(rules, pens.memory == nullptr ? nullptr : &pens.memory->rules);
  for (std::size_t first = 0; first < runs.size();) {
    const std::size_t end = line_end(runs, first);
    write_line(writer, run_writer, std::span(runs).subspan(first, end - first), pens.fonts);
    first = end;
  }
  return writer.take();
}

std::string rings(const layout::Page& page, Colour colour) {
  if (page.rings.empty()) return {};
  ContentWriter writer(page.height, colour);
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

ContentMemory::Key ContentMemory::key_of(const layout::GlyphRun& run) {
  return {run.glyphs.shared().get(), run.size.units(), run.font, run.stretch};
}

const WrittenRun* ContentMemory::find(const layout::GlyphRun& run) {
  return runs_.find(key_of(run));
}

const WrittenRun& ContentMemory::add(const layout::GlyphRun& run, WrittenRun written) {
  return runs_.add(key_of(run), std::move(written));
}

std::string content_of(const layout::Page& page, std::vector<GlyphCodes>& fonts, Colour colour,
                       ContentMemory* memory) {
  const Pens pens{fonts, colour, memory};
  std::string content = body(page.height, page.rules, page.runs, pens) + rings(page, colour);
  if (page.quarter_turns == 0) return content;
  // The sheet on its side is as high as the page is wide.
  const std::string turn = page.quarter_turns == 1
                               ? "q 0 1 -1 0 " + points(page.width) + " 0 cm\n"
                               : "q 0 -1 1 0 0 " + points(page.height) + " cm\n";
  return content + turn + body(page.width, page.turned_rules, page.turned_runs, pens) + "Q\n";
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
