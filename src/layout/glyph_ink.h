// Where the ink of a glyph is, by its outline.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "layout/fonts.h"

struct hb_font_t;

namespace huice::layout {

/// The ink of the glyphs of a face. Threads may share it; an outline is walked once.
class GlyphInk {
 public:
  explicit GlyphInk(std::shared_ptr<hb_font_t> font) : font_(std::move(font)) {}

  /// The smallest box round the outline, to a font unit; all zero of a glyph without one.
  /// HarfBuzz's own extents of CFF glyphs take in the control points of curves, which lie up to a
  /// tenth of an em beyond the ink.
  GlyphBox of(std::uint32_t glyph) const;

 private:
  std::shared_ptr<hb_font_t> font_;
  mutable std::mutex guard_;
  mutable std::unordered_map<std::uint32_t, GlyphBox> known_;
};

}  // namespace huice::layout
