// The part of a face that one document uses, as a font program.
#pragma once

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "render/pdf/face_outlines.h"
#include "render/pdf/glyph_codes.h"

namespace huice::render::pdf {

/// A font program, and what a CIDFont dictionary says of it.
struct EmbeddedFont {
  std::string name;     ///< `ABCDEF+PostScriptName`; the tag depends on the program alone
  std::string program;  ///< TrueType file, or a bare CFF table; a code is a glyph id or CID
  bool is_cff = false;
  FaceMetrics metrics;
  std::vector<int> widths;            ///< by code, in 1/1000 em
  std::vector<std::u32string> texts;  ///< by code, for ToUnicode; empty for none
};

/// Errors: InvalidInput `pdf.subset` when an outline is damaged or there are too many codes.
Result<EmbeddedFont> embed_font(const FaceOutlines& face, const GlyphCodes& codes);

}  // namespace huice::render::pdf
