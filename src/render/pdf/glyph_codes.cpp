#include "render/pdf/glyph_codes.h"

#include <utility>

namespace huice::render::pdf {

GlyphCodes::GlyphCodes(const GlyphMeasure& face) : face_(&face) {
  append({.glyph = 0, .text = {}, .cut_left = 0, .advance = face.advance(0)});
}

std::uint16_t GlyphCodes::code(std::uint32_t glyph, const std::u32string& text) {
  if (glyph >= plain_.size()) plain_.resize(glyph + 1);
  std::uint16_t& first = plain_[glyph];
  if (first != 0 && uses_[first].text == text) return first;
  GlyphUse use{.glyph = glyph, .text = text, .cut_left = 0, .advance = face_->advance(glyph)};
  if (first != 0) return code(use);
  return first = append(std::move(use));
}

std::uint16_t GlyphCodes::code(const GlyphUse& use) {
  auto& known = others_[{use.glyph, use.cut_left, use.advance, use.text}];
  if (known == 0) known = append(use);
  return known;
}

InkSpan GlyphCodes::ink(std::uint32_t glyph) {
  const auto [at, fresh] = inks_.try_emplace(glyph);
  if (fresh) at->second = face_->ink(glyph);
  return at->second;
}

std::uint16_t GlyphCodes::append(GlyphUse use) {
  if (uses_.size() > 0xFFFF) {
    overflowed_ = true;
    return 0;
  }
  widths_.push_back(per_mille(use.advance, face_->units_per_em()));
  uses_.push_back(std::move(use));
  return static_cast<std::uint16_t>(uses_.size() - 1);
}

int per_mille(int units, int units_per_em) {
  const int doubled = 2000 * units;
  return (doubled + (doubled < 0 ? -units_per_em : units_per_em)) / (2 * units_per_em);
}

}  // namespace huice::render::pdf
