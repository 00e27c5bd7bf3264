// The type case of a document: every character it has used so far with its face and measures, and
// every word as it was shaped, so that nothing is asked of the fonts twice.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/recent.h"
#include "layout/fonts.h"

namespace huice::layout {

/// A character and the glyph that sets it.
struct Letter {
  char32_t character = 0;
  int font = 0;
  std::uint32_t glyph = 0;
  int advance = 0;      ///< font units
  bool narrow = false;  ///< drawn clearly narrower than a Chinese character
};

/// What a role makes of a character. `font` of the letter is negative when no face has it.
struct Sort {
  Letter letter;
  bool substituted = false;  ///< not by the face that is meant to
};

/// Grows as it is asked, and forgets words that were not asked for of late. Cost of a question
/// asked before: a look into a table.
class TypeCase {
 public:
  explicit TypeCase(const FontSet& fonts);

  Sort sort(Role role, char32_t character);
  GlyphBox ink(int font, std::uint32_t glyph);
  /// The glyphs are there until the next word is asked for.
  const std::vector<ShapedGlyph>& shape(int font, const std::u32string& text);
  int units_per_em(int font) const { return units_per_em_[static_cast<std::size_t>(font)]; }

 private:
  struct Slot {
    std::uint32_t key = 0;  ///< 0: empty
    Sort sort;
  };
  struct Word {
    int font = 0;
    std::u32string text;
    bool operator==(const Word&) const = default;
  };
  struct WordHash {
    std::size_t operator()(const Word& word) const {
      return std::hash<std::u32string>()(word.text) ^ static_cast<std::size_t>(word.font);
    }
  };
  static constexpr std::size_t kMostWords = 2'000;
  Slot& slot(std::uint32_t key);
  void grow();
  Sort look_up(Role role, char32_t character) const;

  const FontSet& fonts_;
  std::vector<int> units_per_em_;
  std::vector<Slot> slots_;  ///< open addressing; the size is a power of two
  std::size_t used_ = 0;
  std::map<std::pair<int, std::uint32_t>, GlyphBox> inks_;
  Recent<Word, std::vector<ShapedGlyph>, WordHash> words_{kMostWords};
};

}  // namespace huice::layout
