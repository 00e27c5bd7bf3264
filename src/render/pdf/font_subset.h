// The part of a font that one document uses.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "layout/pages.h"

namespace huice::render::pdf {

/// Glyph ids of the whole font, each with the characters it stands for in the document.
using UsedGlyphs = std::map<std::uint32_t, std::u32string>;

/// A subset font program with compact glyph ids, and what a CIDFont dictionary says of it.
struct FontSubset {
  std::string name;     ///< `ABCDEF+PostScriptName`; the tag depends on the glyphs alone
  std::string program;  ///< TrueType file, or a bare CFF table
  bool is_cff = false;

  /// Codes of the content stream: glyph ids for TrueType, CIDs of the charset for CFF.
  std::map<std::uint32_t, std::uint16_t> codes;   ///< by glyph id of the whole font
  std::map<std::uint16_t, int> widths;            ///< by code, in 1/1000 em
  std::map<std::uint16_t, std::u32string> texts;  ///< by code, for ToUnicode

  int ascent = 0;  ///< these four in 1/1000 em
  int descent = 0;
  int cap_height = 0;
  int bounding_box[4] = {0, 0, 0, 0};
};

/// Errors: Internal `pdf.subset` when HarfBuzz refuses the font or it has over 65535 codes.
Result<FontSubset> subset_font(const layout::FontFile& font, const UsedGlyphs& used);

}  // namespace huice::render::pdf
