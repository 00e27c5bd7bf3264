// Where the ink of a glyph is, by its outline.
#pragma once

#include <cstdint>

#include "layout/fonts.h"

struct hb_font_t;

namespace huice::layout {

/// The smallest box round the outline, to a font unit; all zero of a glyph without one. HarfBuzz's
/// own extents of CFF glyphs take in the control points of curves, which lie up to a tenth of an em
/// beyond the ink.
GlyphBox outline_box(hb_font_t* font, std::uint32_t glyph);

}  // namespace huice::layout
