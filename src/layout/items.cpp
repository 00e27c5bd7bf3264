#include "layout/items.h"

#include <algorithm>
#include <utility>

#include "layout/geometry.h"
#include "layout/punctuation.h"

namespace huice::layout {
namespace {

/// Breaking 2026年｜6月, 财政部｜〔2026〕, GB/T｜9704: allowed, but a good line avoids it.
constexpr std::int64_t kDatePenalty = 60;
constexpr std::int64_t kReferencePenalty = 300;
constexpr std::int64_t kDashPenalty = 200;
/// Within a word too long for its line, after a sign or between letters.
constexpr std::int64_t kSignPenalty = 500;
constexpr std::int64_t kLetterPenalty = 20'000;

/// The gap between Chinese and Latin is a sixteenth of a character at rest (clreq allows up to a
/// quarter): above a tenth, programs that take the text from a page see a word space there.
constexpr std::int64_t kGapPart = 16;

/// A part of the text that becomes one item.
struct Token {
  std::size_t first = 0;
  std::size_t last = 0;
  CharClass kind = CharClass::Han;
  std::size_t spaces = 0;  ///< blanks that follow it
};

bool is_latin_or_digit(char32_t c) {
  return is_digit(c) || (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z');
}

class Itemiser {
 public:
  Itemiser(std::span<const Letter> letters, const FontSet& fonts, const ItemScale& scale)
      : letters_(letters), fonts_(fonts), scale_(scale) {}

  Items run() {
    const std::vector<Token> tokens = tokenise();
    for (const Token& token : tokens)
      append(token);
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
      items_.boxes[ends_[i]].after = joint(tokens, i);
    }
    for (LineItem& box : items_.boxes) {
      box.after.natural = box.after.natural + scale_.tracking;
    }
    return std::move(items_);
  }

 private:
  char32_t at(std::size_t index) const { return letters_[index].character; }

  /// — and ’ belong to a word when they stand between letters: GB/T 9704—2012.
  bool joins_word(std::size_t index) const {
    const char32_t c = at(index);
    return (c == U'—' || c == U'’') && index > 0 && index + 1 < letters_.size() &&
           is_latin_or_digit(at(index - 1)) && is_latin_or_digit(at(index + 1));
  }

  bool is_word_at(std::size_t index) const {
    if (joins_word(index)) return true;
    const char32_t c = at(index);
    if (class_of(c) == CharClass::Word) return true;
    // Signs that the face draws as narrow as letters, such as half-width arrows.
    return class_of(c) == CharClass::Han && !is_full_width(letters_[index]);
  }

  bool is_full_width(const Letter& letter) const {
    const auto glyph = fonts_.glyph(letter.font, letter.character);
    return !glyph ||
           fonts_.advance(letter.font, *glyph) * 10 >= fonts_.units_per_em(letter.font) * 8;
  }

  std::size_t token_end(std::size_t first) const {
    std::size_t last = first + 1;
    if (is_word_at(first)) {
      while (last < letters_.size() && is_word_at(last))
        ++last;
    } else if (class_of(at(first)) == CharClass::Dash && last < letters_.size() &&
               at(last) == at(first)) {
      ++last;
    }
    return last;
  }

  std::vector<Token> tokenise() const {
    std::vector<Token> tokens;
    for (std::size_t i = 0; i < letters_.size();) {
      if (class_of(at(i)) == CharClass::Space) {
        if (!tokens.empty()) ++tokens.back().spaces;
        ++i;
        continue;
      }
      const std::size_t last = token_end(i);
      tokens.push_back({i, last, is_word_at(i) ? CharClass::Word : class_of(at(i))});
      i = last;
    }
    return tokens;
  }

  Length scaled(int units, int font) const {
    return share(scale_.size, units, fonts_.units_per_em(font));
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
    ends_.push_back(items_.boxes.size() - 1);
    if (token.spaces > 0) append_spaces(token);
  }

  void append_character(const Token& token) {
    const Letter& letter = letters_[token.first];
    const std::uint32_t glyph = fonts_.glyph(letter.font, letter.character).value_or(0);
    const Length advance = scaled(fonts_.advance(letter.font, glyph), letter.font);
    const bool full = token.kind == CharClass::Han || token.kind == CharClass::Connector;
    LineItem box;
    box.width = full ? scale_.cell : half(scale_.cell);
    if (token.kind == CharClass::Opening) box.lead = half(scale_.cell);
    if (token.kind == CharClass::Middle) box.lead = share(scale_.cell, 1, 4);
    const Length x = full ? half(box.width - advance) : mark_offset(token.kind, letter, glyph);
    items_.boxes.push_back(box);
    items_.glyphs.push_back(
        {{letter.font, glyph, x, advance, std::u32string(1, letter.character)}});
  }

  /// Where the glyph of a mark goes so that its ink lies in its half of the cell. Faces differ:
  /// most draw “ in the right half of a full width, some as a narrow glyph, some centre ？.
  Length mark_offset(CharClass kind, const Letter& letter, std::uint32_t glyph) const {
    const GlyphBox ink = fonts_.ink(letter.font, glyph);
    const Length left = scaled(ink.left, letter.font);
    const Length right = scaled(ink.right, letter.font);
    const Length core = half(scale_.cell);
    const Length natural = kind == CharClass::Opening ? Length() - core : Length();
    const bool fits = natural + left >= Length() && natural + right <= core;
    if (fits && kind != CharClass::Middle && is_full_width(letter)) return natural;
    return half(core - left - right);
  }

  /// The glyphs of a stretch of text, from x = 0, each kept in its face.
  std::vector<ItemGlyph> shaped(std::size_t first, std::size_t last, Length& width) const {
    std::vector<ItemGlyph> glyphs;
    for (std::size_t i = first; i < last;) {
      std::size_t end = i;
      std::u32string text;
      while (end < last && letters_[end].font == letters_[i].font)
        text += at(end++);
      append_shaped(text, letters_[i].font, width, glyphs);
      i = end;
    }
    return glyphs;
  }

  void append_shaped(const std::u32string& text, int font, Length& width,
                     std::vector<ItemGlyph>& glyphs) const {
    const std::vector<ShapedGlyph> found = fonts_.shape(font, text);
    for (std::size_t i = 0; i < found.size(); ++i) {
      const Length advance = scaled(found[i].advance, font);
      const Length x = width + scaled(found[i].x_offset, font);
      std::u32string stands_for;
      if (i == 0 || found[i - 1].cluster != found[i].cluster) {
        std::size_t next = i + 1;
        while (next < found.size() && found[next].cluster == found[i].cluster)
          ++next;
        const std::size_t end = next < found.size() ? found[next].cluster : text.size();
        stands_for = text.substr(found[i].cluster, end - found[i].cluster);
      }
      glyphs.push_back({font, found[i].glyph, x, advance, std::move(stands_for)});
      width = width + advance;
    }
  }

  void append_dash(const Token& token) {
    const auto count = static_cast<std::int64_t>(token.last - token.first);
    LineItem box;
    box.width = scale_.cell * count;
    Length width;
    std::vector<ItemGlyph> glyphs = shaped(token.first, token.last, width);
    for (ItemGlyph& glyph : glyphs)
      glyph.x = glyph.x + half(box.width - width);
    items_.boxes.push_back(box);
    items_.glyphs.push_back(std::move(glyphs));
  }

  void append_word(const Token& token) {
    Length width;
    std::vector<ItemGlyph> glyphs = shaped(token.first, token.last, width);
    if (width <= scale_.widest) {
      LineItem box;
      box.width = width;
      items_.boxes.push_back(box);
      items_.glyphs.push_back(std::move(glyphs));
      return;
    }
    for (ItemGlyph& glyph : glyphs) {
      LineItem box;
      box.width = glyph.advance;
      const bool sign = !glyph.text.empty() && !is_latin_or_digit(glyph.text.back());
      box.after.penalty = sign ? kSignPenalty : kLetterPenalty;
      glyph.x = Length();
      items_.boxes.push_back(box);
      items_.glyphs.push_back({std::move(glyph)});
    }
  }

  /// The blanks after a token become glyphs right of its last item.
  void append_spaces(const Token& token) {
    Length x = items_.boxes.back().width;
    std::size_t left = token.spaces;
    for (std::size_t i = token.last; left > 0; ++i, --left) {
      const Letter& letter = letters_[i];
      const std::uint32_t glyph = fonts_.glyph(letter.font, letter.character).value_or(0);
      const Length advance = space_width(letter);
      items_.glyphs.back().push_back(
          {letter.font, glyph, x, advance, std::u32string(1, letter.character)});
      x = x + advance;
    }
  }

  Length space_width(const Letter& letter) const {
    if (letter.character == U'　') return scale_.cell;
    const std::uint32_t glyph = fonts_.glyph(letter.font, letter.character).value_or(0);
    return scaled(fonts_.advance(letter.font, glyph), letter.font);
  }

  Joint joint(const std::vector<Token>& tokens, std::size_t index) const {
    const Token& left = tokens[index];
    const Token& right = tokens[index + 1];
    Joint joint = blank_between(left, right);
    for (std::size_t i = 0; i < left.spaces; ++i) {
      joint.natural = joint.natural + space_width(letters_[left.last + i]);
      joint.shrink = share(joint.natural, 1, 4);
      joint.level = Squeeze::Space;
    }
    joint.penalty = penalty(tokens, index);
    return joint;
  }

  static bool ends_blank(CharClass kind) {
    return kind == CharClass::Closing || kind == CharClass::Pause || kind == CharClass::Stop;
  }

  Joint blank_between(const Token& left, const Token& right) const {
    const Length core = half(scale_.cell);
    if (ends_blank(left.kind) && ends_blank(right.kind)) return {};
    if (left.kind == CharClass::Opening && right.kind == CharClass::Opening) return {};
    if (right.kind == CharClass::Opening && left.kind != CharClass::Middle) {
      return {.natural = core, .shrink = core, .level = Squeeze::Bracket};
    }
    if (left.kind == CharClass::Closing) {
      return {.natural = core, .shrink = core, .level = Squeeze::Bracket};
    }
    if (left.kind == CharClass::Pause) {
      return {.natural = core, .shrink = core, .level = Squeeze::Pause};
    }
    if (left.kind == CharClass::Stop) {
      return {.natural = core, .shrink = core, .level = Squeeze::Stop};
    }
    if (left.kind == CharClass::Middle || right.kind == CharClass::Middle) {
      const Length quarter = share(scale_.cell, 1, 4);
      return {.natural = quarter, .shrink = quarter, .level = Squeeze::Space};
    }
    return left.spaces == 0 ? gap_between(left, right) : Joint{};
  }

  /// Between Chinese and Latin; none after the point of an ordinal (1.加强…).
  Joint gap_between(const Token& left, const Token& right) const {
    const bool into = left.kind == CharClass::Han && right.kind == CharClass::Word;
    const bool out_of =
        left.kind == CharClass::Word && right.kind == CharClass::Han && at(left.last - 1) != U'.';
    if (!into && !out_of) return {};
    const Length gap = share(scale_.cell, 1, kGapPart);
    return {.natural = gap, .shrink = gap, .level = Squeeze::Gap};
  }

  std::int64_t penalty(const std::vector<Token>& tokens, std::size_t index) const {
    const Token& left = tokens[index];
    const Token& right = tokens[index + 1];
    if (left.kind == CharClass::Opening || begins_no_line(right, left.spaces > 0)) {
      return kForbidden;
    }
    if (right.kind == CharClass::Dash) {
      return at(right.first) == U'…' ? kForbidden : kDashPenalty;
    }
    const char32_t before = at(left.last - 1);
    const char32_t after = at(right.first);
    if (left.kind == CharClass::Word && forbidden_at_end(before)) return kForbidden;
    if (left.kind == CharClass::Connector) return is_digit(after) ? kForbidden : 0;
    if (after == U'〔') return kReferencePenalty;
    return number_penalty(tokens, index, before, after);
  }

  bool begins_no_line(const Token& token, bool after_space) const {
    switch (token.kind) {
      case CharClass::Closing:
      case CharClass::Pause:
      case CharClass::Stop:
      case CharClass::Middle:
      case CharClass::Connector:
        return true;
      case CharClass::Word:
        return !after_space && forbidden_at_start(at(token.first));
      case CharClass::Han:
        return at(token.first) == U'％' || at(token.first) == U'℃' || at(token.first) == U'‰';
      default:
        return false;
    }
  }

  /// A number stays with what it counts: 第3条, 300万元, 2026年, 〔2026〕12号.
  std::int64_t number_penalty(const std::vector<Token>& tokens, std::size_t index, char32_t before,
                              char32_t after) const {
    const Token& left = tokens[index];
    const Token& right = tokens[index + 1];
    if (is_digit(before) && right.kind == CharClass::Han && follows_number(after)) {
      return kForbidden;
    }
    if (is_digit(after) && (before == U'第' || before == U'〕' || before == U'￥')) {
      return kForbidden;
    }
    const bool counted = index > 0 && is_digit(at(tokens[index - 1].last - 1));
    if (counted && left.kind == CharClass::Han && follows_number(before)) {
      if (is_digit(after)) return kDatePenalty;
      if (before == U'万' || before == U'亿') return follows_number(after) ? kForbidden : 0;
    }
    const bool standard = left.kind == CharClass::Word && right.kind == CharClass::Word;
    return standard && !is_digit(before) && is_digit(after) ? kReferencePenalty : 0;
  }

  std::span<const Letter> letters_;
  const FontSet& fonts_;
  const ItemScale& scale_;
  Items items_;
  std::vector<std::size_t> ends_;  ///< of each token, the index of its last item
};

}  // namespace

Items make_items(std::span<const Letter> letters, const FontSet& fonts, const ItemScale& scale) {
  return Itemiser(letters, fonts, scale).run();
}

}  // namespace huice::layout
