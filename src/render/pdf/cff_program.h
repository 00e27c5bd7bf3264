// A bare CFF font program of the glyphs one document uses.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace huice::render::pdf {

struct CffGlyph {
  std::string_view program;  ///< Type 2, without width
  int advance = 0;
};

/// What a whole CFF program says of its face. Lengths are font units.
struct CffFace {
  std::string name;
  int units_per_em = 1000;
  int bounding_box[4] = {0, 0, 0, 0};
};

/// A CID-keyed program in which the CID of a glyph is its place in `glyphs`. There are no
/// subroutines and no hints, so one Private DICT serves all.
/// Source: Adobe Technical Note #5176, The Compact Font Format Specification.
std::string cff_program(const CffFace& face, const std::vector<CffGlyph>& glyphs);

}  // namespace huice::render::pdf
