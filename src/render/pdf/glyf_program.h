// A TrueType font file of the glyphs one document uses.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace huice::render::pdf {

/// A description of `glyf` without its instructions; nullopt when it is cut short or malformed.
/// Source: OpenType 1.9, glyf.
std::optional<std::string> without_instructions(std::string_view description);

/// Where the glyph ids of a composite glyph stand in its description; empty for a simple one.
std::vector<std::size_t> component_offsets(std::string_view description);

/// A composite that draws `glyph` moved right by `units`; `description` is that of the glyph.
std::string moved_glyph(std::string_view description, std::uint32_t glyph, int units);

struct GlyfGlyph {
  std::string description;
  int advance = 0;
  int left_bearing = 0;
};

/// The tables of the face that a subset starts from.
struct GlyfSource {
  std::string_view head;
  std::string_view hhea;
  std::string_view maxp;
};

/// glyf, head, hhea, hmtx, loca and maxp of `glyphs`, which are numbered from 0; nullopt when a
/// table of the source is too short.
std::optional<std::string> glyf_program(const GlyfSource& source,
                                        const std::vector<GlyfGlyph>& glyphs);

}  // namespace huice::render::pdf
