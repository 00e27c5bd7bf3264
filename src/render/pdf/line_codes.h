// The glyphs of a line as codes, with nothing overlapping that need not.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/length.h"
#include "layout/pages.h"
#include "render/pdf/glyph_codes.h"

namespace huice::render::pdf {

struct CodedGlyph {
  std::uint16_t code = 0;
  Length x;  ///< of its origin
};

/// The glyphs of `runs`, which lie on one baseline from left to right, run by run; `fonts` has the
/// codes of each font by the number that runs use.
///
/// Where a mark is squeezed, layout lets its blank half lie under its neighbour. Programs that take
/// text from a page break words and lines there, so such a mark gets a code of its own with less
/// width: blank is taken off the right of the first glyph or the left of the second, to the nearest
/// twentieth of an em, and no ink moves.
std::vector<std::vector<CodedGlyph>> code_line(std::span<const layout::GlyphRun> runs,
                                               std::vector<GlyphCodes>& fonts);

}  // namespace huice::render::pdf
