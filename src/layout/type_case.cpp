#include "layout/type_case.h"

#include <utility>

namespace huice::layout {
namespace {

constexpr std::size_t kFirstSlots = 2048;

/// Roles above the 21 bits of a code point, and never 0.
std::uint32_t key_of(Role role, char32_t character) {
  return (static_cast<std::uint32_t>(role) + 1) << 21 | static_cast<std::uint32_t>(character);
}

}  // namespace

TypeCase::TypeCase(const FontSet& fonts) : fonts_(fonts), slots_(kFirstSlots) {
  for (std::size_t font = 0; font < fonts.files().size(); ++font)
    units_per_em_.push_back(fonts.units_per_em(static_cast<int>(font)));
}

Sort TypeCase::sort(Role role, char32_t character) {
  const std::uint32_t key = key_of(role, character);
  Slot* found = &slot(key);
  if (found->key == 0) {
    if (++used_ * 2 > slots_.size()) {
      grow();
      found = &slot(key);
    }
    *found = {key, look_up(role, character)};
  }
  return found->sort;
}

TypeCase::Slot& TypeCase::slot(std::uint32_t key) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = (key * 2654435761U >> 7) & mask;  // Knuth's multiplicative hash
  while (slots_[at].key != 0 && slots_[at].key != key)
    at = (at + 1) & mask;
  return slots_[at];
}

void TypeCase::grow() {
  std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(slots_.size() * 2));
  for (Slot& each : old) {
    if (each.key != 0) slot(each.key) = each;
  }
}

Sort TypeCase::look_up(Role role, char32_t character) const {
  const auto font = fonts_.font_for(role, character);
  if (!font) return {.letter = {.character = character, .font = -1}};
  const std::uint32_t glyph = fonts_.glyph(*font, character).value_or(0);
  const int advance = fonts_.advance(*font, glyph);
  return {.letter = {character, *font, glyph, advance, advance * 10 < units_per_em(*font) * 8},
          .substituted = *font != fonts_.first_font(role, character)};
}

GlyphBox TypeCase::ink(int font, std::uint32_t glyph) {
  const auto [at, fresh] = inks_.try_emplace({font, glyph});
  if (fresh) at->second = fonts_.ink(font, glyph);
  return at->second;
}

const std::vector<ShapedGlyph>& TypeCase::shape(int font, const std::u32string& text) {
  Word word{font, text};
  const auto* known = words_.find(word);
  return known != nullptr ? *known : words_.add(std::move(word), fonts_.shape(font, text));
}

}  // namespace huice::layout
