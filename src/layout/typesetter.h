// Text into lines of placed glyphs.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/recent.h"
#include "base/result.h"
#include "layout/fonts.h"
#include "layout/items.h"
#include "layout/line_breaker.h"
#include "layout/pages.h"

namespace huice::layout {

/// A stretch of a paragraph in one typeface.
struct Span {
  std::string_view text;
  Role role = Role::FangSong;
};

enum class Fill { Justify, Left, Centre, Right };

/// How a paragraph is set.
struct Setting {
  Length size;
  Length cell;  ///< what a Chinese character takes: the size, or a little less on the body grid
  Length width;
  Length first_indent;
  Length rest_indent;
  Fill fill = Fill::Justify;
  Ink ink = Ink::Black;
  Length tracking;           ///< added between any two items
  bool keeps_words = false;  ///< words of the dictionary rather stay whole
};

/// A line whose em box has its top at 0; x counts from the left edge of the measure.
struct SetLine {
  std::vector<GlyphRun> runs;
  Length left;
  Length right;  ///< end of the last item; the blank half of a last mark is not counted
};

/// The smallest box round ink; y counts downwards.
struct InkBox {
  Length left;
  Length top;
  Length right;
  Length bottom;
};

/// The character that a finding `font.no-glyph` is about; nullopt of other errors.
std::optional<char32_t> missing_character(const Error& finding);

/// Moves runs by (x, y).
void move(std::vector<GlyphRun>& runs, Length x, Length y);

/// What typesetters have worked out before: characters, words, and short texts as lines. Kept for
/// many documents in the same faces, it saves setting anew what they have in common; what they look
/// like does not depend on it. For one thread.
class TypeMemory {
 public:
  explicit TypeMemory(const FontSet& fonts) : types_(fonts) {}

  /// How often a character was set by another face than the one that is meant to.
  using Substituted = std::map<std::tuple<char32_t, Role, int>, int>;
  struct Widths {
    Length least;
    Length most;
  };

 private:
  friend class Typesetter;
  template <class T>
  struct Known {
    T value;
    Substituted substituted;  ///< while it was worked out
  };
  template <class T>
  using Table = Recent<std::string, Known<T>>;
  static constexpr std::size_t kMost = 2'000;
  TypeCase types_;
  Table<std::shared_ptr<const std::vector<SetLine>>> texts_{kMost};  ///< by text and setting
  Table<Widths> widths_{kMost};                                      ///< by text and size
};

/// Sets paragraphs and keeps account of substituted and of missing characters. One per document.
class Typesetter {
 public:
  /// `memory`, of the same faces, outlives this; without one, texts are not remembered.
  explicit Typesetter(const FontSet& fonts, TypeMemory* memory = nullptr)
      : fonts_(fonts),
        own_(memory == nullptr ? std::make_unique<TypeMemory>(fonts) : nullptr),
        memory_(memory == nullptr ? *own_ : *memory),
        types_(memory_.types_) {}

  /// Lines of a paragraph; a line break in the text begins a new line without indent. A character
  /// that no face has is left out and becomes a finding. No lines for an empty text.
  std::vector<SetLine> set(std::span<const Span> spans, const Setting& setting,
                           const SourceSpan& where);
  /// The same for text of one typeface.
  std::vector<SetLine> set(std::string_view text, Role role, const Setting& setting,
                           const SourceSpan& where = {});
  /// As set(), shared with whoever sets the same.
  std::shared_ptr<const std::vector<SetLine>> set_shared(std::string_view text, Role role,
                                                         const Setting& setting,
                                                         const SourceSpan& where = {});
  /// The width of a text on one line, set naturally.
  Length width_of(std::string_view text, Role role, Length size, Length cell);
  /// The natural widths of the narrowest and of the only line of a text: what cannot be broken,
  /// and the whole.
  using Widths = TypeMemory::Widths;
  Widths widths_of(std::string_view text, Role role, Length size);
  /// The widest of what rather stays whole, words among it, and is no wider than `most`.
  Length longest_word(std::string_view text, Role role, Length size, Length most);

  /// The box round the ink of `runs`, in the coordinates of the runs.
  InkBox ink_of(std::span<const GlyphRun> runs) const;

  const FontSet& fonts() const { return fonts_; }
  const Findings& findings() const { return findings_; }
  std::vector<Substitution> substitutions() const;

 private:
  using Letters = std::vector<Letter>;
  /// The lines of text as the author broke them, each character with the face that sets it.
  std::vector<Letters> letters_of(std::span<const Span> spans, const SourceSpan& where);
  void add_letter(char32_t character, Role role, const SourceSpan& where, Letters& letters);
  void report_missing(char32_t character, Role role, const SourceSpan& where);

  std::vector<SetLine> set_anew(std::span<const Span> spans, const Setting& setting,
                                const SourceSpan& where);
  Widths widths_anew(std::string_view text, Role role, Length size);
  bool remembers(std::string_view text) const;
  template <class T, class Work>
  T recall(TypeMemory::Table<T>& table, const Work& work);
  void add(const TypeMemory::Substituted& substituted);

  const FontSet& fonts_;
  std::unique_ptr<TypeMemory> own_;
  TypeMemory& memory_;
  TypeCase& types_;
  std::string key_;  ///< of the text being looked up; kept for its memory
  Items items_;      ///< of the paragraph being set; kept for its memory
  Findings findings_;
  TypeMemory::Substituted substituted_;
};

}  // namespace huice::layout
