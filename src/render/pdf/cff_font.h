// The glyphs of a Compact Font Format table, read one by one.
// Source: Adobe Technical Note #5176, The Compact Font Format Specification.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "render/pdf/cff_index.h"

namespace huice::render::pdf {

/// A table read in place: what no glyph asks for is not looked at, so that opening a face of 65,535
/// glyphs costs no more than opening a small one.
class CffFont {
 public:
  /// `cff` must live as long as the font. A damaged table has no glyphs that can be drawn.
  explicit CffFont(std::string_view cff);

  /// The program of `glyph` as plain_program makes it; nullopt also when there is no such glyph.
  std::optional<std::string> program(std::uint32_t glyph) const;

 private:
  std::size_t font_dict_of(std::uint32_t glyph) const;

  std::string_view cff_;
  CffIndex programs_;
  CffIndex global_;
  std::vector<CffIndex> local_;  ///< subroutines, by Font DICT
  std::size_t select_ = 0;       ///< of FDSelect; 0: there is one Font DICT
};

}  // namespace huice::render::pdf
