#include "layout/items.h"

#include <algorithm>
#include <string>

#include "layout/geometry.h"

namespace huice::layout {
namespace {

/// Within a word too long for its line, after a sign or between letters.
constexpr std::int64_t kSignPenalty = 500;
constexpr std::int64_t kLetterPenalty = 20'000;

/// The gap between Chinese and Latin is a sixteenth of a character at rest (clreq allows up to a
/// quarter): above a tenth, programs that take the text from a page see a word space there. For
/// the same reason a line that must be filled widens it to no more than three thirty-seconds.
constexpr std::int64_t kGapPart = 16;
constexpr std::int64_t kGapStretchPart = 32;
/// A word space shrinks to a quarter and grows to half a character.
constexpr std::int64_t kSpaceLeastPart = 4;
constexpr std::int64_t kSpaceMostPart = 2;

/// （十二） in tokens, less one.
constexpr std::size_t kLongestOrdinal = 4;

/// Marks whose right half is blank.
bool ends_blank(CharClass kind) {
  return kind == CharClass::Closing || kind == CharClass::Pause || kind == CharClass::Stop;
}

bool is_asking(char32_t character) {
  return character == U'？' || character == U'！';
}

}  // namespace

void Items::clear() {
  boxes_.clear();
  begins_.clear();
  glyphs_.clear();
}

LineItem& Items::add(const LineItem& box) {
  begins_.push_back(glyphs_.size());
  return boxes_.emplace_back(box);
}

class Itemiser {
 public:
  Itemiser(std::span<const Letter> letters, TypeCase& types, const ItemScale& scale, Items& items)
      : letters_(letters), types_(types), scale_(scale), items_(items) {}

  void run() {
    items_.clear();
    tokenise(letters_, items_.tokens_);
    price_breaks(letters_, items_.tokens_, items_.penalties_);
    if (scale_.keeps_words) price_words(letters_, items_.tokens_, items_.penalties_);
    const std::vector<Token>& tokens = items_.tokens_;
    items_.glyphs_.reserve(letters_.size());
    items_.boxes_.reserve(letters_.size());
    items_.begins_.reserve(letters_.size());
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      append(tokens[i]);
      if (i + 1 < tokens.size()) items_.boxes_.back().after = joint(i);
    }
    if (scale_.tracking == Length()) return;
    for (LineItem& box : items_.boxes_)
      box.after.natural = box.after.natural + scale_.tracking;
  }

 private:
  char32_t at(std::size_t index) const { return letters_[index].character; }

  Length scaled(int units, int font) const {
    return share(scale_.size, units, types_.units_per_em(font));
  }

  void add_glyph(const Letter& letter, std::size_t index, Length x, Length advance) {
    items_.glyphs_.push_back(
        {letter.font, letter.glyph, x, advance, static_cast<std::uint32_t>(index), 1});
  }

  void append(const Token& token) {
    switch (token.kind) {
      case CharClass::Word:
        append_word(token);
        break;
      case CharClass::Dash:
        append_dash(token);
        break;
      default:
        append_character(token);
    }
    if (token.spaces > 0) append_spaces(token);
  }

  /// GB/T 15834, 5.1: marks take half a width and the blank beside them; · no more than the half;
  /// ／ and ‐ too, where the face draws them so.
  bool is_full(CharClass kind, const Letter& letter) const {
    switch (kind) {
      case CharClass::Han:
        return true;
      case CharClass::Connector:
      case CharClass::Solidus:
        return !letter.narrow;
      default:
        return false;
    }
  }

  void append_character(const Token& token) {
    const Letter& letter = letters_[token.first];
    const Length advance = scaled(letter.advance, letter.font);
    const bool full = is_full(token.kind, letter);
    LineItem box;
    box.width = full ? scale_.cell : half(scale_.cell);
    Length x = full ? half(box.width - advance) : mark_offset(token.kind, letter);
    if (token.kind == CharClass::Opening) {
      const Length lead = half(scale_.cell);
      if (scale_.indented && token.first == 0) {
        // 左空二字 stays two characters for （1） as for （2）, however full the line.
        box.width = box.width + lead;
        x = x + lead;
      } else {
        box.lead = lead;
      }
    }
    items_.add(box);
    add_glyph(letter, token.first, x, advance);
  }

  /// Where the glyph of a mark goes so that its ink lies in its half of the cell. Faces differ:
  /// most draw “ in the right half of a full width, some as a narrow glyph, some centre ？.
  Length mark_offset(CharClass kind, const Letter& letter) const {
    const GlyphBox ink = types_.ink(letter.font, letter.glyph);
    const Length left = scaled(ink.left, letter.font);
    const Length right = scaled(ink.right, letter.font);
    const Length core = half(scale_.cell);
    const Length natural = kind == CharClass::Opening ? Length() - core : Length();
    const bool fits = natural + left >= Length() && natural + right <= core;
    if (fits && kind != CharClass::Middle && !letter.narrow) return natural;
    return half(core - left - right);
  }

  /// Adds the glyphs of a stretch of text from x = 0, each kept in its face; returns its width.
  Length add_shaped(std::size_t first, std::size_t last) {
    Length width;
    std::u32string text;
    for (std::size_t i = first; i < last;) {
      std::size_t end = i;
      text.clear();
      while (end < last && letters_[end].font == letters_[i].font)
        text += at(end++);
      width = add_shaped(types_.shape(letters_[i].font, text), i, end, width);
      i = end;
    }
    return width;
  }

  Length add_shaped(const std::vector<ShapedGlyph>& found, std::size_t first, std::size_t last,
                    Length width) {
    const int font = letters_[first].font;
    for (std::size_t i = 0; i < found.size(); ++i) {
      ItemGlyph glyph{font, found[i].glyph, width + scaled(found[i].x_offset, font),
                      scaled(found[i].advance, font)};
      if (i == 0 || found[i - 1].cluster != found[i].cluster) {
        std::size_t next = i + 1;
        while (next < found.size() && found[next].cluster == found[i].cluster)
          ++next;
        const std::size_t end = next < found.size() ? found[next].cluster : last - first;
        glyph.first = static_cast<std::uint32_t>(first + found[i].cluster);
        glyph.count = static_cast<std::uint32_t>(end - found[i].cluster);
      }
      items_.glyphs_.push_back(glyph);
      width = width + glyph.advance;
    }
    return width;
  }

  void append_dash(const Token& token) {
    const auto count = static_cast<std::int64_t>(token.last - token.first);
    const std::size_t begin = items_.glyphs_.size();
    LineItem& box = items_.add({.width = scale_.cell * count});
    const Length shift = half(box.width - add_shaped(token.first, token.last));
    for (std::size_t i = begin; i < items_.glyphs_.size(); ++i)
      items_.glyphs_[i].x = items_.glyphs_[i].x + shift;
  }

  void append_word(const Token& token) {
    const std::size_t begin = items_.glyphs_.size();
    LineItem& box = items_.add({});
    box.width = add_shaped(token.first, token.last);
    if (box.width <= scale_.widest || items_.glyphs_.size() - begin < 2) return;
    items_.boxes_.pop_back();
    items_.begins_.pop_back();
    for (std::size_t i = begin; i < items_.glyphs_.size(); ++i) {
      ItemGlyph& glyph = items_.glyphs_[i];
      const bool sign = glyph.count > 0 && !is_latin_or_digit(at(glyph.first + glyph.count - 1));
      items_.begins_.push_back(i);
      items_.boxes_.push_back(
          {.width = glyph.advance,
           .after = {.level = Squeeze::Gap, .penalty = sign ? kSignPenalty : kLetterPenalty}});
      glyph.x = Length();
    }
  }

  /// The blanks after a token become glyphs right of its last item.
  void append_spaces(const Token& token) {
    Length x = items_.boxes_.back().width;
    for (std::size_t i = token.last; i < token.last + token.spaces; ++i) {
      const Length advance = space_width(letters_[i]);
      add_glyph(letters_[i], i, x, advance);
      x = x + advance;
    }
  }

  Length space_width(const Letter& letter) const {
    return letter.character == U'　' ? scale_.cell : scaled(letter.advance, letter.font);
  }

  Joint joint(std::size_t index) const {
    const Token& left = items_.tokens_[index];
    const Token& right = items_.tokens_[index + 1];
    Joint joint;
    if (left.spaces > 0) {
      joint = spaces_between(left, right);
    } else if (holds(left, right)) {
      joint.stretch = Stretch::Never;
    } else {
      joint = blank_between(index);
    }
    joint.penalty = items_.penalties_[index];
    return joint;
  }

  /// Nothing comes between a sign and its number, or beside a connector.
  bool holds(const Token& left, const Token& right) const {
    const auto joins = [](CharClass kind) {
      return kind == CharClass::Connector || kind == CharClass::Solidus;
    };
    if (ends_blank(left.kind) || right.kind == CharClass::Opening) return false;
    if (joins(left.kind) || joins(right.kind)) return true;
    const char32_t before = at(left.last - 1);
    const char32_t after = at(right.first);
    if (is_digit(after)) return before == U'￥' || before == U'±' || before == U'＋';
    return is_digit(before) && (after == U'％' || after == U'‰' || after == U'℃');
  }

  /// Blanks the author wrote, beside the blank half of a mark if there is one. Those as wide as a
  /// character are set apart on purpose (第一条　为了…): they stay so wide.
  Joint spaces_between(const Token& left, const Token& right) const {
    Joint joint;
    if (ends_blank(left.kind) || right.kind == CharClass::Opening) {
      joint.natural = half(scale_.cell);
    }
    Length wide;
    for (std::size_t i = left.last; i < left.last + left.spaces; ++i) {
      joint.natural = joint.natural + space_width(letters_[i]);
      if (letters_[i].character == U'　') wide = wide + scale_.cell;
    }
    joint.level = Squeeze::Space;
    const Length least = std::max(wide, share(scale_.cell, 1, kSpaceLeastPart));
    const Length most = share(scale_.cell, 1, kSpaceMostPart);
    joint.shrink = std::max(Length(), joint.natural - least);
    joint.growth = std::max(Length(), most - joint.natural);
    joint.stretch = Stretch::Space;
    return joint;
  }

  /// Of two marks that meet, with a bracket among them, one gives up its blank half.
  Joint blank_between(std::size_t index) const {
    const Token& left = items_.tokens_[index];
    const Token& right = items_.tokens_[index + 1];
    if (left.kind == CharClass::Middle || right.kind == CharClass::Middle) return {};
    if (left.kind == CharClass::Opening || !needs_blank(index, right)) return {};
    const Length core = half(scale_.cell);
    if (ends_ordinal(index)) return {.natural = core, .shrink = core, .level = Squeeze::Stop};
    if (right.kind == CharClass::Opening || left.kind == CharClass::Closing) {
      return {.natural = core, .shrink = core, .level = Squeeze::Bracket};
    }
    if (left.kind == CharClass::Pause) {
      return {.natural = core, .shrink = core, .level = Squeeze::Pause};
    }
    if (left.kind == CharClass::Stop) {
      return {.natural = core, .shrink = core, .level = Squeeze::Stop};
    }
    return gap_between(left, right);
  }

  /// （1） or （一） at the beginning: lists look alike when its blank gives last.
  bool ends_ordinal(std::size_t index) const {
    const std::vector<Token>& tokens = items_.tokens_;
    return scale_.indented && index >= 2 && index <= kLongestOrdinal &&
           tokens[index].kind == CharClass::Closing && tokens[0].kind == CharClass::Opening;
  }

  /// Not between two marks whose blanks lie right of them; nor after ？！, which take one width
  /// together, while three of them take two (GB/T 15834, 5.1.3).
  bool needs_blank(std::size_t index, const Token& right) const {
    const Token& left = items_.tokens_[index];
    if (!ends_blank(left.kind)) return true;
    if (ends_blank(right.kind)) return false;
    std::size_t run = 0;
    while (run <= index && is_asking(at(items_.tokens_[index - run].first)))
      ++run;
    return run == 0 || run % 2 == 1 || right.kind == CharClass::Opening;
  }

  /// Between Chinese and Latin; none after the point of an ordinal (1.加强…).
  Joint gap_between(const Token& left, const Token& right) const {
    const bool into = left.kind == CharClass::Han && right.kind == CharClass::Word;
    const bool out_of =
        left.kind == CharClass::Word && right.kind == CharClass::Han && at(left.last - 1) != U'.';
    if (!into && !out_of) return {};
    const Length gap = share(scale_.cell, 1, kGapPart);
    return {.natural = gap,
            .shrink = half(gap),
            .level = Squeeze::Gap,
            .growth = share(scale_.cell, 1, kGapStretchPart),
            .stretch = Stretch::Gap};
  }

  std::span<const Letter> letters_;
  TypeCase& types_;
  const ItemScale& scale_;
  Items& items_;
};

void make_items(std::span<const Letter> letters, TypeCase& types, const ItemScale& scale,
                Items& items) {
  Itemiser(letters, types, scale, items).run();
}

}  // namespace huice::layout
