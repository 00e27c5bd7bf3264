// What a finished PDF shows, read back from its bytes: the only way to know what was printed.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/length.h"
#include "base/result.h"

namespace huice::render::pdf {

enum class Paint { Black, Red, Other };

/// A box on a page, its sides counted from the left and top of the page.
struct SeenBox {
  Length left;
  Length top;
  Length right;
  Length bottom;
};

/// One character, or the few that one glyph stands for. Of a turned glyph `x` and `baseline` are
/// those of its origin.
struct SeenGlyph {
  std::string text;  ///< UTF-8; empty where the PDF does not say
  Length x;
  Length baseline;
  Length advance;
  Length size;                 ///< of the font as drawn
  std::optional<SeenBox> ink;  ///< by the embedded outline; a blank has none
  std::string font;            ///< PostScript name without the tag of the subset
  Paint paint = Paint::Black;
  int turn = 0;  ///< degrees counter-clockwise from upright: 0, 90, 180 or 270
};

/// A filled or stroked shape by its box: a rule, or the band of a ring.
struct SeenShape {
  SeenBox box;
  Paint paint = Paint::Black;
};

struct SeenPage {
  Length width;
  Length height;
  std::vector<SeenGlyph> glyphs;
  std::vector<SeenShape> shapes;
};

inline constexpr int kMaxFormDepth = 8;                   ///< forms drawn within forms
inline constexpr std::size_t kMaxSavedStates = 1'000;     ///< open `q`
inline constexpr std::size_t kMaxSeenOnPage = 2'000'000;  ///< glyphs and shapes of one page

/// Interprets the pages of a PDF: fonts of type 0 by their W, ToUnicode and outlines, paths by
/// their boxes, forms in their place. Pictures and clipping are not looked at, nor text in other
/// fonts.
class PageReader {
 public:
  /// `password` opens `pdf`, which outlives this. Errors: InvalidInput `pdf.unreadable`.
  static Result<PageReader> open(std::string_view pdf, const std::string& password = {});
  PageReader(PageReader&& other) noexcept;
  PageReader& operator=(PageReader&& other) noexcept;
  ~PageReader();

  std::size_t count() const;
  /// `count` pages from `first` on, or as many of them as there are.
  /// Errors: TooLarge `pdf.too-much`.
  Result<std::vector<SeenPage>> read(std::size_t first, std::size_t count);

 private:
  struct State;
  explicit PageReader(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// All pages. Errors: those of PageReader.
Result<std::vector<SeenPage>> read_pages(std::string_view pdf, const std::string& password = {});

}  // namespace huice::render::pdf
