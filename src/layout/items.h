// Characters into the items that the line breaker works on.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "layout/fonts.h"
#include "layout/line_breaker.h"

namespace huice::layout {

/// A character and the face that sets it.
struct Letter {
  char32_t character = 0;
  int font = 0;
};

/// A glyph within an item; `x` counts from the left edge of the item.
struct ItemGlyph {
  int font = 0;
  std::uint32_t glyph = 0;
  Length x;
  Length advance;
  std::u32string text;
};

/// A paragraph ready to be broken. glyphs[i] fill boxes[i]; blanks the author wrote are glyphs of
/// the item before them, so that they can be copied from the page.
struct Items {
  std::vector<LineItem> boxes;
  std::vector<std::vector<ItemGlyph>> glyphs;
};

/// What items are measured by.
struct ItemScale {
  Length size;
  Length cell;
  Length tracking;
  Length widest;  ///< words longer than this may be broken anywhere
};

Items make_items(std::span<const Letter> letters, const FontSet& fonts, const ItemScale& scale);

}  // namespace huice::layout
