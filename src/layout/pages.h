// Finished pages: every glyph, rule and box at its place. What layout hands to render.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/length.h"

namespace huice::layout {

/// The smallest box round the outline of a glyph, in font units; y counts upwards.
struct GlyphBox {
  int left = 0;
  int right = 0;
  int bottom = 0;
  int top = 0;
};

struct FontTable {
  std::string_view tag;
  std::string_view bytes;
};

/// One face of a font file, whole in memory, its tables in place. Shared by all documents.
struct FontFile {
  std::string path;
  unsigned index = 0;  ///< of the face within a collection
  std::string postscript_name;
  std::string_view bytes;             ///< of the whole file
  std::shared_ptr<const void> owner;  ///< keeps `bytes` in memory
  bool is_cff = false;                ///< CFF outlines; otherwise glyf
  std::vector<FontTable> tables;      ///< of this face
  /// Asks the face as layout opened it, so that render need not open it again. Any thread may.
  std::function<GlyphBox(std::uint32_t glyph)> ink;
};

enum class Ink { Black, Red };  ///< 6.2: black BL100 %; red Y80 % M80 %

/// A glyph by its id in the whole font. `x` and `baseline` count from the left and top of the page.
struct PlacedGlyph {
  std::uint32_t glyph = 0;
  Length x;
  Length advance;       ///< as set, after squeezing and justification
  std::u32string text;  ///< the characters it stands for; empty for a later glyph of a cluster
};

/// Placed glyphs that are never changed, only moved along their line, all together: documents that
/// say the same share them. They read like a vector that hands out copies.
class Glyphs {
 public:
  using List = std::vector<PlacedGlyph>;

  Glyphs() = default;
  Glyphs(List list);  // NOLINT: by design
  Glyphs(std::initializer_list<PlacedGlyph> list);

  std::size_t size() const { return list_ == nullptr ? 0 : list_->size(); }
  bool empty() const { return size() == 0; }
  PlacedGlyph operator[](std::size_t index) const { return moved((*list_)[index]); }
  PlacedGlyph front() const { return moved(list_->front()); }
  PlacedGlyph back() const { return moved(list_->back()); }

  class Iterator {
   public:
    Iterator(const Glyphs& glyphs, std::size_t index) : glyphs_(&glyphs), index_(index) {}
    PlacedGlyph operator*() const { return (*glyphs_)[index_]; }
    Iterator& operator++() {
      ++index_;
      return *this;
    }
    bool operator==(const Iterator& other) const { return index_ == other.index_; }

   private:
    const Glyphs* glyphs_;
    std::size_t index_;
  };
  Iterator begin() const { return {*this, 0}; }
  Iterator end() const { return {*this, size()}; }

  void move(Length x) { shift_ = shift_ + x; }
  /// All of them, to be changed and given back.
  List list() const;

  /// Before they were moved by shift(); null without any. Who has the same has the same glyphs.
  const std::shared_ptr<const List>& shared() const { return list_; }
  Length shift() const { return shift_; }

 private:
  PlacedGlyph moved(PlacedGlyph glyph) const {
    glyph.x = glyph.x + shift_;
    return glyph;
  }

  std::shared_ptr<const List> list_;
  Length shift_;
};

/// Glyphs of one font, size and colour on one baseline, from left to right.
struct GlyphRun {
  int font = 0;  ///< index into Pages::fonts
  Length size;
  Length baseline;
  Ink ink = Ink::Black;
  Glyphs glyphs;
  int stretch = 1000;  ///< thousandths of the natural width; x and advance have it already
};

/// A filled rectangle: a rule, or a line of a table.
struct Rule {
  Length x;
  Length y;  ///< of its top
  Length width;
  Length height;
  Ink ink = Ink::Black;

  friend bool operator==(const Rule&, const Rule&) = default;
};

/// A thin circle, drawn within its box: where a seal goes.
struct Ring {
  Length x;
  Length y;  ///< of the top of the box
  Length diameter;
  Length weight;
  Ink ink = Ink::Red;
};

/// A PNG or JPEG at its true size, over text and rules. The bytes are as the user gave them.
struct Picture {
  Length x;
  Length y;  ///< of its top
  Length width;
  Length height;
  std::shared_ptr<const std::string> bytes;
  std::string name;  ///< the file, for messages
};

/// The content of a page in its own upright coordinates.
struct Page {
  Length width;
  Length height;
  std::vector<GlyphRun> runs;
  std::vector<Rule> rules;
  std::vector<Ring> rings;
  std::vector<Picture> pictures;
  /// GB/T 9704-2012, 8: a landscape table on an upright sheet. Runs and rules in `turned` are given
  /// as if the sheet lay on its side; quarter_turns (1 counter-clockwise, 3 clockwise) sets it up.
  std::vector<GlyphRun> turned_runs;
  std::vector<Rule> turned_rules;
  int quarter_turns = 0;
  std::string label;  ///< the page number printed; empty on an unnumbered page
};

struct Bookmark {
  std::string title;
  int level = 1;  ///< 1 is outermost
  int page = 0;   ///< index into Pages::pages
  Length y;
};

/// A character that its role's first font does not have, and the font that set it instead.
struct Substitution {
  char32_t character = 0;
  std::string role;
  std::string font;
  int count = 0;
};

/// Where an 印章 or a 签名章 goes, whether drawn or not.
struct SealPlace {
  std::string name;  ///< the office, or 职务 and 姓名
  int page = 0;      ///< index into Pages::pages
  Length x;
  Length y;
  Length width;
  Length height;
};

struct Pages {
  std::vector<std::shared_ptr<const FontFile>> fonts;
  std::vector<Page> pages;
  std::vector<Bookmark> bookmarks;
  std::vector<Substitution> substitutions;
  std::vector<SealPlace> seals;
};

}  // namespace huice::layout
