// The lines of a page as text with measures, for tests.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "layout/pages.h"

namespace huice::layout {

struct PageLine {
  std::string text;
  double left = 0;  ///< millimetres, as all below
  double right = 0;
  double top = 0;  ///< of the em box
  double bottom = 0;
  double size = 0;  ///< points
  Ink ink = Ink::Black;
};

inline double in_mm(Length length) {
  return static_cast<double>(length.units()) / 36000.0;
}

/// Glyphs on one baseline in order of x.
inline std::vector<PageLine> lines_of(const std::vector<GlyphRun>& runs) {
  struct Glyph {
    Length x;
    Length right;
    std::u32string text;
  };
  std::map<std::pair<Length, Length>, std::pair<std::vector<Glyph>, Ink>> rows;
  for (const GlyphRun& run : runs) {
    auto& row = rows[{run.baseline, run.size}];
    row.second = run.ink;
    for (const PlacedGlyph& glyph : run.glyphs) {
      row.first.push_back({glyph.x, glyph.x + glyph.advance, glyph.text});
    }
  }
  std::vector<PageLine> lines;
  for (auto& [place, row] : rows) {
    std::ranges::stable_sort(row.first, {}, &Glyph::x);
    PageLine line{.left = in_mm(row.first.front().x), .ink = row.second};
    for (const Glyph& glyph : row.first) {
      line.text += encode_utf8(glyph.text);
      line.right = std::max(line.right, in_mm(glyph.right));
    }
    const double size = in_mm(place.second);
    line.size = place.second.to_pt();
    line.top = in_mm(place.first) - 0.88 * size;
    line.bottom = line.top + size;
    lines.push_back(line);
  }
  return lines;
}

/// The first line that has `text` in it; an empty line when none has.
inline PageLine line_with(const std::vector<GlyphRun>& runs, const std::string& text) {
  for (const PageLine& line : lines_of(runs)) {
    if (line.text.find(text) != std::string::npos) return line;
  }
  return {};
}

inline std::string text_of(const Page& page) {
  std::string text;
  for (const PageLine& line : lines_of(page.runs))
    text += line.text + "\n";
  for (const PageLine& line : lines_of(page.turned_runs))
    text += line.text + "\n";
  return text;
}

}  // namespace huice::layout
