#include "layout/typesetter.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <utility>

#include "base/utf8.h"
#include "layout/geometry.h"
#include "layout/punctuation.h"

namespace huice::layout {
namespace {

/// Marks that draw nothing and that no Chinese text needs: zero-width characters, variation
/// selectors, soft hyphens, byte order marks.
bool is_ignorable(char32_t c) {
  return (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF || c == 0xAD ||
         (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF) || c == U'\r';
}

bool is_space(char32_t c) {
  return class_of(c) == CharClass::Space;
}

constexpr std::string_view kNoGlyph = "font.no-glyph";
constexpr std::string_view kCodePoint = "U+";

std::string code_point_name(char32_t c) {
  char digits[16] = {};
  std::snprintf(digits, sizeof digits, "%04X", static_cast<unsigned>(c));
  return std::string(kCodePoint) + digits;
}

std::u32string text_of(const ItemGlyph& glyph, std::span<const Letter> letters) {
  std::u32string text;
  for (std::uint32_t i = 0; i < glyph.count; ++i)
    text += letters[glyph.first + i].character;
  return text;
}

/// The glyphs of a line in one face.
struct FaceGlyphs {
  int font = 0;
  Glyphs::List glyphs;
};

/// Adds the glyphs of an item to those of their face, new ones whenever the face changes.
/// `most` glyphs are still to come on the line.
void append(std::vector<FaceGlyphs>& faces, std::span<const ItemGlyph> glyphs,
            std::span<const Letter> letters, Length x, std::size_t most) {
  for (const ItemGlyph& glyph : glyphs) {
    if (faces.empty() || faces.back().font != glyph.font) {
      faces.push_back({.font = glyph.font, .glyphs = {}});
      faces.back().glyphs.reserve(most);
    }
    faces.back().glyphs.push_back(
        {glyph.glyph, x + glyph.x, glyph.advance, text_of(glyph, letters)});
    most -= most > 1 ? 1 : 0;
  }
}

/// Runs of the glyphs, each of which advances to the next one on its line.
std::vector<GlyphRun> runs_of(std::vector<FaceGlyphs> faces, const Setting& setting) {
  PlacedGlyph* previous = nullptr;
  for (FaceGlyphs& face : faces) {
    for (PlacedGlyph& glyph : face.glyphs) {
      if (previous) previous->advance = glyph.x - previous->x;
      previous = &glyph;
    }
  }
  std::vector<GlyphRun> runs;
  runs.reserve(faces.size());
  for (FaceGlyphs& face : faces) {
    runs.push_back({.font = face.font,
                    .size = setting.size,
                    .baseline = ascent(setting.size),
                    .ink = setting.ink,
                    .glyphs = std::move(face.glyphs)});
  }
  return runs;
}

/// Without the blanks at both ends.
std::span<const Letter> trimmed(std::span<const Letter> letters) {
  while (!letters.empty() && is_space(letters.front().character))
    letters = letters.subspan(1);
  while (!letters.empty() && is_space(letters.back().character))
    letters = letters.first(letters.size() - 1);
  return letters;
}

/// A word is broken when it takes more than half a line, or all of a narrow one: telephone numbers
/// in a column stay whole.
constexpr std::int64_t kNarrowCells = 12;

ItemScale scale_of(const Setting& setting) {
  const Length widest =
      std::max(half(setting.width), std::min(setting.width, setting.cell * kNarrowCells));
  return {setting.size, setting.cell, setting.tracking, widest};
}

constexpr std::size_t kLongestRemembered = 300;  // bytes

/// A key of numbers, then text.
template <class... Number>
void write_key(std::string& key, std::string_view text, Number... number) {
  const std::array<std::int64_t, sizeof...(number)> numbers = {
      static_cast<std::int64_t>(number)...};
  key.assign(reinterpret_cast<const char*>(numbers.data()), sizeof numbers);
  key += text;
}

/// All that decides how a text is set.
void write_key(std::string& key, std::string_view text, Role role, const Setting& setting) {
  const int manner = static_cast<int>(setting.fill) << 2 | static_cast<int>(setting.ink) << 1 |
                     static_cast<int>(setting.keeps_words);
  write_key(key, text, static_cast<int>(role) << 8 | manner, setting.size.units(),
            setting.cell.units(), setting.width.units(), setting.first_indent.units(),
            setting.rest_indent.units(), setting.tracking.units());
}

/// Of the pieces between breaks that cost less than `penalty`, the widest that is not wider than
/// `most`.
Length widest_piece(std::span<const LineItem> boxes, std::int64_t penalty, Length most) {
  Length widest;
  std::size_t first = 0;
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    const bool breaks = i + 1 == boxes.size() || boxes[i].after.penalty < penalty;
    if (!breaks) continue;
    const auto piece = boxes.subspan(first, i + 1 - first);
    const Length width = natural_width(piece) - piece.front().lead;
    if (width <= most) widest = std::max(widest, width);
    first = i + 1;
  }
  return widest;
}

/// A paragraph cut into lines.
struct Paragraph {
  const Items& items;
  std::span<const Letter> letters;
  const Setting& setting;
};

SetLine set_line(const Paragraph& paragraph, const LineSpan& span, Length indent) {
  const auto& [items, letters, setting] = paragraph;
  const bool last = span.last == items.boxes().size();
  const auto boxes = items.boxes().subspan(span.first, span.last - span.first);
  const Length width = setting.width - indent;
  const bool justify = setting.fill == Fill::Justify && !last;
  const std::vector<Length> places = place_items(boxes, width, justify);
  const Length set_width = places.back() + boxes.back().width;

  Length left = indent;
  if (setting.fill == Fill::Centre) left = indent + half(width - set_width);
  if (setting.fill == Fill::Right) left = indent + width - set_width;
  std::vector<FaceGlyphs> faces;
  for (std::size_t i = 0; i < boxes.size(); ++i)
    append(faces, items.glyphs(span.first + i), letters, left + places[i], boxes.size() - i);
  return {.runs = runs_of(std::move(faces), setting), .left = left, .right = left + set_width};
}

}  // namespace

std::optional<char32_t> missing_character(const Error& finding) {
  if (finding.id != kNoGlyph) return std::nullopt;
  const std::size_t code = finding.message.rfind(kCodePoint);
  if (code == std::string::npos) return std::nullopt;
  std::uint32_t character = 0;
  const char* first = finding.message.data() + code + kCodePoint.size();
  const char* last = finding.message.data() + finding.message.size();
  const auto read = std::from_chars(first, last, character, 16);
  if (read.ec != std::errc()) return std::nullopt;
  return static_cast<char32_t>(character);
}

void move(std::vector<GlyphRun>& runs, Length x, Length y) {
  for (GlyphRun& run : runs) {
    run.baseline = run.baseline + y;
    run.glyphs.move(x);
  }
}

std::vector<SetLine> Typesetter::set_anew(std::span<const Span> spans, const Setting& setting,
                                          const SourceSpan& where) {
  std::vector<SetLine> lines;
  Length first_indent = setting.first_indent;
  for (const Letters& letters : letters_of(spans, where)) {
    ItemScale scale = scale_of(setting);
    scale.indented = first_indent > setting.rest_indent;
    make_items(trimmed(letters), types_, scale, items_);
    if (setting.keeps_words && natural_width(items_.boxes()) > setting.width) {
      scale.keeps_words = true;
      make_items(trimmed(letters), types_, scale, items_);
    }
    const auto spans_of_lines =
        break_lines(items_.boxes(), {setting.width, first_indent, setting.rest_indent, setting.cell,
                                     setting.fill != Fill::Justify});
    const Paragraph paragraph{items_, trimmed(letters), setting};
    for (const LineSpan& span : spans_of_lines) {
      lines.push_back(
          set_line(paragraph, span, span.first == 0 ? first_indent : setting.rest_indent));
    }
    first_indent = setting.rest_indent;
  }
  return lines;
}

std::vector<SetLine> Typesetter::set(std::string_view text, Role role, const Setting& setting,
                                     const SourceSpan& where) {
  const Span span{text, role};
  return set(std::span(&span, 1), setting, where);
}

/// What `table` has under `key_`, or else the outcome of `work`. That is kept the second time, and
/// not if it led to a finding, which is to be told each time with its place.
template <class T, class Work>
T Typesetter::recall(TypeMemory::Table<T>& table, const Work& work) {
  const TypeMemory::Known<T>* known = table.find(key_);
  if (known == nullptr) {
    TypeMemory::Substituted substituted;
    std::swap(substituted, substituted_);
    const std::size_t findings = findings_.size();
    T value = work();
    std::swap(substituted, substituted_);
    if (findings_.size() > findings) return value;
    if (!table.is_asked_again(key_)) {
      add(substituted);
      return value;
    }
    known = &table.add(key_, {std::move(value), std::move(substituted)});
  }
  add(known->substituted);
  return known->value;
}

void Typesetter::add(const TypeMemory::Substituted& substituted) {
  for (const auto& [what, count] : substituted)
    substituted_[what] += count;
}

/// Of texts that documents may have in common; longer ones seldom repeat.
bool Typesetter::remembers(std::string_view text) const {
  return own_ == nullptr && text.size() <= kLongestRemembered;
}

std::vector<SetLine> Typesetter::set(std::span<const Span> spans, const Setting& setting,
                                     const SourceSpan& where) {
  if (spans.size() != 1 || !remembers(spans.front().text)) return set_anew(spans, setting, where);
  return *set_shared(spans.front().text, spans.front().role, setting, where);
}

std::shared_ptr<const std::vector<SetLine>> Typesetter::set_shared(std::string_view text, Role role,
                                                                   const Setting& setting,
                                                                   const SourceSpan& where) {
  const auto anew = [&] {
    const Span span{text, role};
    return std::make_shared<const std::vector<SetLine>>(
        set_anew(std::span(&span, 1), setting, where));
  };
  if (!remembers(text)) return anew();
  write_key(key_, text, role, setting);
  return recall(memory_.texts_, anew);
}

Length Typesetter::width_of(std::string_view text, Role role, Length size, Length cell) {
  const Span span{text, role};
  Length widest;
  for (const Letters& letters : letters_of(std::span(&span, 1), {})) {
    make_items(trimmed(letters), types_, {size, cell, Length(), kPageHeight}, items_);
    widest = std::max(widest, natural_width(items_.boxes()));
  }
  return widest;
}

Typesetter::Widths Typesetter::widths_of(std::string_view text, Role role, Length size) {
  if (!remembers(text)) return widths_anew(text, role, size);
  write_key(key_, text, role, size.units());
  return recall(memory_.widths_, [&] { return widths_anew(text, role, size); });
}

Typesetter::Widths Typesetter::widths_anew(std::string_view text, Role role, Length size) {
  const Span span{text, role};
  Widths widths;
  for (const Letters& letters : letters_of(std::span(&span, 1), {})) {
    make_items(trimmed(letters), types_, {size, size, Length(), size * 8}, items_);
    widths.most = std::max(widths.most, natural_width(items_.boxes()));
    widths.least = std::max(widths.least, widest_piece(items_.boxes(), kForbidden, kPageHeight));
  }
  return widths;
}

Length Typesetter::longest_word(std::string_view text, Role role, Length size, Length most) {
  const Span span{text, role};
  Length longest;
  for (const Letters& letters : letters_of(std::span(&span, 1), {})) {
    const ItemScale scale{
        .size = size, .cell = size, .tracking = {}, .widest = size * 8, .keeps_words = true};
    make_items(trimmed(letters), types_, scale, items_);
    longest = std::max(longest, widest_piece(items_.boxes(), kWordPenalty, most));
  }
  return longest;
}

InkBox Typesetter::ink_of(std::span<const GlyphRun> runs) const {
  InkBox box{kPageHeight, kPageHeight, Length(), Length()};
  for (const GlyphRun& run : runs) {
    const auto scaled = [&](int units) {
      return share(run.size, units, fonts_.units_per_em(run.font));
    };
    for (const PlacedGlyph& glyph : run.glyphs) {
      const GlyphBox ink = fonts_.ink(run.font, glyph.glyph);
      if (ink.top == ink.bottom) continue;
      box.left = std::min(box.left, glyph.x + share(scaled(ink.left), run.stretch, 1000));
      box.right = std::max(box.right, glyph.x + share(scaled(ink.right), run.stretch, 1000));
      box.top = std::min(box.top, run.baseline - scaled(ink.top));
      box.bottom = std::max(box.bottom, run.baseline - scaled(ink.bottom));
    }
  }
  return box;
}

std::vector<Substitution> Typesetter::substitutions() const {
  std::vector<Substitution> list;
  for (const auto& [key, count] : substituted_) {
    const auto& [character, role, font] = key;
    const FontFile& file = *fonts_.files()[static_cast<std::size_t>(font)];
    list.push_back({character, std::string(to_chinese(role)), file.postscript_name, count});
  }
  return list;
}

std::vector<Typesetter::Letters> Typesetter::letters_of(std::span<const Span> spans,
                                                        const SourceSpan& where) {
  std::vector<Letters> lines(1);
  for (const Span& span : spans) {
    lines.back().reserve(lines.back().size() + span.text.size() / 2);
    for (const char32_t character : decode_utf8(span.text)) {
      if (character == U'\n') {
        lines.emplace_back();
      } else if (!is_ignorable(character)) {
        const bool blank = character == U'\t' || character == 0xA0;
        add_letter(blank ? U' ' : character, span.role, where, lines.back());
      }
    }
  }
  std::erase_if(lines, [](const Letters& letters) { return trimmed(letters).empty(); });
  return lines;
}

void Typesetter::add_letter(char32_t character, Role role, const SourceSpan& where,
                            Letters& letters) {
  const Sort sort = types_.sort(role, character);
  if (sort.letter.font < 0) {
    report_missing(character, role, where);
    return;
  }
  if (sort.substituted && !is_space(character)) {
    ++substituted_[{character, role, sort.letter.font}];
  }
  letters.push_back(sort.letter);
}

void Typesetter::report_missing(char32_t character, Role role, const SourceSpan& where) {
  std::string shown;
  append_utf8(shown, character);
  const std::string name = code_point_name(character);
  findings_.push_back(
      {.code = ErrorCode::InvalidInput,
       .id = std::string(kNoGlyph),
       .message = std::string(to_chinese(role)) + "各字体都没有字符“" +
                  (character < 0x20 ? std::string("控制字符") : shown) + "”（" + name + "）",
       .where = where,
       .hint = "核对原文是否误写；确需此字时，在字体配置的该角色下加一个含有它的字体"});
}

}  // namespace huice::layout
