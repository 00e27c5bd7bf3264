// The lines of text on finished pages, found again by what they say.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "render/pdf/page_reader.h"

namespace huice::measure {

/// Some characters side by side, by the box of their em squares.
struct SeenText {
  int page = 0;      ///< counts from 0
  std::string text;  ///< without blanks
  Length left;
  Length right;
  Length top;
  Length bottom;
  Length size;
  render::pdf::Paint paint = render::pdf::Paint::Black;  ///< of the first character
  std::vector<render::pdf::SeenGlyph> glyphs;            ///< those that are not blank

  Length middle() const;  ///< between left and right
  /// The box of the ink; nullopt where the PDF tells none.
  std::optional<render::pdf::SeenBox> ink() const;
};

/// All upright lines, from the top of the first page down. A line has one size.
class SeenLines {
 public:
  explicit SeenLines(const std::vector<render::pdf::SeenPage>& pages);

  const std::vector<SeenText>& all() const { return lines_; }
  std::vector<const SeenText*> of_page(int page) const;

  /// The characters of a text that was found, alone, and the index of its line in all().
  struct Found {
    SeenText part;
    std::size_t line = 0;
  };
  /// The first line at or after line `from` that has `text`, blanks not counted.
  std::optional<Found> find(std::string_view text, std::size_t from = 0) const;
  /// The same, of lines that begin with `text`.
  std::optional<Found> find_start(std::string_view text, std::size_t from = 0) const;

 private:
  std::vector<SeenText> lines_;
};

/// Without blanks of any kind.
std::string without_blanks(std::string_view text);

/// The smallest box round both.
render::pdf::SeenBox joined(const render::pdf::SeenBox& a, const render::pdf::SeenBox& b);

}  // namespace huice::measure
