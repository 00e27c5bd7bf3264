#include "layout/pages.h"

namespace huice::layout {

Glyphs::Glyphs(List list) : list_(std::make_shared<const List>(std::move(list))) {}
Glyphs::Glyphs(std::initializer_list<PlacedGlyph> list) : Glyphs(List(list)) {}

Glyphs::List Glyphs::list() const {
  List all = list_ == nullptr ? List() : *list_;
  for (PlacedGlyph& glyph : all)
    glyph.x = glyph.x + shift_;
  return all;
}

}  // namespace huice::layout
