// Which CID each glyph of a CFF font program has.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace huice::render::pdf {

/// The CIDs of glyphs 0, 1, 2 … of a bare CFF table; empty when the font is not CID-keyed (there
/// a CID is the glyph id). nullopt when the table is damaged.
/// Source: Adobe Technical Note #5176, The Compact Font Format, clauses 5, 9 and 13.
std::optional<std::vector<std::uint16_t>> cff_cids(std::string_view cff);

}  // namespace huice::render::pdf
