// One face of a font file, read and checked before anything trusts its offsets.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "base/result.h"
#include "layout/fonts.h"

namespace huice::layout {

/// Larger than any CJK collection in use (Noto Serif CJK is 27 MB).
inline constexpr std::size_t kMaxFontBytes = std::size_t{192} << 20;
inline constexpr unsigned kMaxFontTables = 256;

/// Checks the face that `source` names within `bytes`, the whole file, which `owner` keeps: every
/// table lies in the file, the tables agree, and the small ones have the checksum they claim. The
/// outlines are not read: a hundred megabytes of which a document uses one. They are checked glyph
/// by glyph when they are taken. Source: OpenType 1.9, otff, head, hhea, hmtx, maxp, loca, glyf.
/// Errors: InvalidInput `font.damaged`, `font.unusable`.
Result<FontFile> check_font(const FontSource& source, std::string_view bytes,
                            std::shared_ptr<const void> owner);

}  // namespace huice::layout
