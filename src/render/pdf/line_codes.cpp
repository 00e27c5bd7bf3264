#include "render/pdf/line_codes.h"

#include <algorithm>

namespace huice::render::pdf {
namespace {

constexpr int kStepsPerEm = 20;
/// Below a tenth of an em readers take an overlap for kerning; Chinese characters are justified by
/// less. Above it they see a new word.
constexpr int kHarmlessPerMille = 60;
/// Only marks have this much blank beside them.
constexpr int kBlankPerMille = 200;

/// A glyph with what has been taken off it. Lengths without a unit are font units.
struct Slot {
  const layout::PlacedGlyph* placed = nullptr;
  Length x;     ///< of the glyph as placed
  Length size;  ///< an em across the line, narrowed with the run
  GlyphCodes* font = nullptr;
  int cut_left = 0;
  int advance = 0;
  bool is_cut = false;

  int units_per_em() const { return font->face().units_per_em(); }
  std::int64_t in_units(Length length) const {
    return length.units() * units_per_em() / std::max<std::int64_t>(size.units(), 1);
  }
  Length in_length(std::int64_t units) const {
    return Length::from_units(size.units() * units / units_per_em());
  }
  int in_steps(std::int64_t units) const {
    const int step = std::max(units_per_em() / kStepsPerEm, 1);
    return static_cast<int>(units / step * step);
  }
  /// What can be cut off a side that has `blank`; nothing off the narrow sides of characters.
  int spare(std::int64_t blank) const {
    return blank * 1000 < std::int64_t{kBlankPerMille} * units_per_em() ? 0 : in_steps(blank);
  }
  Length origin() const { return x + in_length(cut_left); }
};

std::vector<Slot> slots_of(std::span<const layout::GlyphRun> runs, std::vector<GlyphCodes>& fonts) {
  std::vector<Slot> slots;
  for (const auto& run : runs) {
    GlyphCodes& font = fonts[static_cast<std::size_t>(run.font)];
    if (run.glyphs.empty()) continue;
    for (const layout::PlacedGlyph& placed : *run.glyphs.shared()) {
      slots.push_back({.placed = &placed,
                       .x = placed.x + run.glyphs.shift(),
                       .size = Length::from_units(run.size.units() * run.stretch / 1000),
                       .font = &font,
                       .cut_left = 0,
                       .advance = font.face().advance(placed.glyph)});
    }
  }
  return slots;
}

/// Takes the overlap of two neighbours off the blank they have.
void part(Slot& left, Slot& right) {
  const std::int64_t room = left.in_units(right.x - left.origin());
  const std::int64_t overlap = left.advance - room;
  const int upem = left.units_per_em();
  if (overlap * 1000 < std::int64_t{kHarmlessPerMille} * upem || overlap > left.advance + upem) {
    return;
  }
  const std::int64_t nearest = left.in_steps(overlap + upem / (2 * kStepsPerEm));
  const InkSpan left_ink = left.font->ink(left.placed->glyph);
  const int trimmed = static_cast<int>(
      std::min<std::int64_t>(nearest, left.spare(left.cut_left + left.advance - left_ink.right)));
  if (trimmed > 0) {
    left.advance -= trimmed;
    left.is_cut = true;
  }
  const std::int64_t rest = right.in_units(left.in_length(nearest - trimmed));
  if (rest * kStepsPerEm < right.units_per_em()) return;
  const InkSpan right_ink = right.font->ink(right.placed->glyph);
  const int cut = std::min(right.in_steps(rest), right.spare(right_ink.left));
  if (cut <= 0) return;
  right.cut_left = cut;
  right.advance -= cut;
  right.is_cut = true;
}

}  // namespace

std::vector<std::vector<CodedGlyph>> code_line(std::span<const layout::GlyphRun> runs,
                                               std::vector<GlyphCodes>& fonts) {
  std::vector<Slot> slots = slots_of(runs, fonts);
  for (std::size_t i = 0; i + 1 < slots.size(); ++i)
    part(slots[i], slots[i + 1]);
  std::vector<std::vector<CodedGlyph>> coded;
  std::size_t next = 0;
  for (const auto& run : runs) {
    auto& line = coded.emplace_back();
    line.reserve(run.glyphs.size());
    for (const std::size_t end = next + run.glyphs.size(); next < end; ++next) {
      const Slot& slot = slots[next];
      const auto& [glyph, x, advance, text] = *slot.placed;
      const std::uint16_t code = slot.is_cut
                                     ? slot.font->code({glyph, text, slot.cut_left, slot.advance})
                                     : slot.font->code(glyph, text);
      line.push_back({code, slot.is_cut ? slot.origin() : slot.x});
    }
  }
  return coded;
}

}  // namespace huice::render::pdf
