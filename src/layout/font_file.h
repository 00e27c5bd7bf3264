// One face of a font file, read and checked before anything trusts its offsets.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "base/result.h"
#include "layout/fonts.h"

namespace huice::layout {

/// Larger than any CJK collection in use (Noto Serif CJK is 27 MB).
inline constexpr std::size_t kMaxFontBytes = std::size_t{192} << 20;
inline constexpr unsigned kMaxFontTables = 256;

/// Checks the face that `source` names within `bytes`, the whole file. Source: OpenType 1.9,
/// chapters otff, head, hhea, hmtx, maxp, loca, glyf.
/// Errors: InvalidInput `font.damaged`, `font.unusable`.
Result<FontFile> check_font(const FontSource& source, std::shared_ptr<const std::string> bytes);

}  // namespace huice::layout
