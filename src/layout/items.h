// Characters into the items that the line breaker works on.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "layout/line_breaker.h"
#include "layout/tokens.h"
#include "layout/type_case.h"

namespace huice::layout {

/// A glyph within an item; `x` counts from the left edge of the item. It stands for the `count`
/// letters from `first` on: none for a later glyph of a cluster.
struct ItemGlyph {
  int font = 0;
  std::uint32_t glyph = 0;
  Length x;
  Length advance;
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

/// A paragraph ready to be broken. Blanks the author wrote are glyphs of the item before them, so
/// that they can be copied from the page.
class Items {
 public:
  std::span<const LineItem> boxes() const { return boxes_; }
  /// The glyphs that fill boxes()[index].
  std::span<const ItemGlyph> glyphs(std::size_t index) const {
    const std::size_t end = index + 1 < boxes_.size() ? begins_[index + 1] : glyphs_.size();
    return {glyphs_.data() + begins_[index], end - begins_[index]};
  }

 private:
  friend class Itemiser;
  void clear();
  LineItem& add(const LineItem& box);

  std::vector<LineItem> boxes_;
  std::vector<std::size_t> begins_;  ///< of each box, the index of its first glyph
  std::vector<ItemGlyph> glyphs_;
  // Kept for their memory.
  std::vector<Token> tokens_;
  std::vector<std::int64_t> penalties_;
};

/// What items are measured by.
struct ItemScale {
  Length size;
  Length cell;
  Length tracking;
  Length widest;             ///< words longer than this may be broken anywhere
  bool indented = false;     ///< begins a paragraph, so that a first （ keeps its blank half
  bool keeps_words = false;  ///< words of the dictionary rather stay whole
};

/// Fills `items`, whose memory is used again.
void make_items(std::span<const Letter> letters, TypeCase& types, const ItemScale& scale,
                Items& items);

}  // namespace huice::layout
