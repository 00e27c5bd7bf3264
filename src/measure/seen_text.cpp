#include "measure/seen_text.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/utf8.h"
#include "layout/geometry.h"

namespace huice::measure {
namespace {

using render::pdf::SeenBox;
using render::pdf::SeenGlyph;
using render::pdf::SeenPage;

bool is_blank(char32_t c) {
  return c == U' ' || c == 0xA0 || c == 0x3000 || c == U'\t' || c == U'\n';
}

SeenText text_of(int page, std::vector<SeenGlyph> glyphs) {
  const SeenGlyph& first = glyphs.front();
  SeenText seen{.page = page, .text = {}, .size = first.size, .paint = first.paint, .glyphs = {}};
  seen.left = first.x;
  seen.top = first.baseline - layout::ascent(first.size);
  seen.bottom = seen.top + first.size;
  for (const SeenGlyph& glyph : glyphs) {
    seen.text += glyph.text;
    seen.left = std::min(seen.left, glyph.x);
    seen.right = std::max(seen.right, glyph.x + glyph.advance);
  }
  seen.glyphs = std::move(glyphs);
  return seen;
}

/// Positions in a PDF are rounded; what is nearer than a hundredth of a millimetre is one.
std::int64_t rounded(Length length) {
  return (length.units() + 180) / 360;
}

std::vector<SeenText> lines_of(int page, const SeenPage& seen) {
  std::map<std::pair<std::int64_t, std::int64_t>, std::vector<SeenGlyph>> rows;
  for (const SeenGlyph& each : seen.glyphs) {
    SeenGlyph glyph = each;
    glyph.text = without_blanks(each.text);
    if (glyph.text.empty() || glyph.turn != 0) continue;
    rows[{rounded(glyph.baseline), rounded(glyph.size)}].push_back(std::move(glyph));
  }
  std::vector<SeenText> lines;
  for (auto& [place, glyphs] : rows) {
    std::ranges::stable_sort(glyphs, {}, &SeenGlyph::x);
    lines.push_back(text_of(page, std::move(glyphs)));
  }
  return lines;
}

/// The glyphs that make the bytes [begin, begin + size) of the line.
SeenText cut(const SeenText& line, std::size_t begin, std::size_t size) {
  std::vector<SeenGlyph> part;
  std::size_t at = 0;
  for (const SeenGlyph& glyph : line.glyphs) {
    if (at >= begin && at < begin + size) part.push_back(glyph);
    at += glyph.text.size();
  }
  return part.empty() ? line : text_of(line.page, std::move(part));
}

}  // namespace

std::string without_blanks(std::string_view text) {
  std::string kept;
  for (const char32_t c : decode_utf8(text)) {
    if (!is_blank(c)) append_utf8(kept, c);
  }
  return kept;
}

SeenBox joined(const SeenBox& a, const SeenBox& b) {
  return {std::min(a.left, b.left), std::min(a.top, b.top), std::max(a.right, b.right),
          std::max(a.bottom, b.bottom)};
}

Length SeenText::middle() const {
  return layout::half(left + right);
}

std::optional<SeenBox> SeenText::ink() const {
  std::optional<SeenBox> all;
  for (const SeenGlyph& glyph : glyphs) {
    if (glyph.ink) all = all ? joined(*all, *glyph.ink) : *glyph.ink;
  }
  return all;
}

SeenLines::SeenLines(const std::vector<SeenPage>& pages) {
  for (std::size_t i = 0; i < pages.size(); ++i) {
    for (SeenText& line : lines_of(static_cast<int>(i), pages[i]))
      lines_.push_back(std::move(line));
  }
}

std::vector<const SeenText*> SeenLines::of_page(int page) const {
  std::vector<const SeenText*> lines;
  for (const SeenText& line : lines_) {
    if (line.page == page) lines.push_back(&line);
  }
  return lines;
}

std::optional<SeenLines::Found> SeenLines::find(std::string_view text, std::size_t from) const {
  const std::string wanted = without_blanks(text);
  for (std::size_t i = from; i < lines_.size() && !wanted.empty(); ++i) {
    const std::size_t at = lines_[i].text.find(wanted);
    if (at != std::string::npos) return Found{cut(lines_[i], at, wanted.size()), i};
  }
  return std::nullopt;
}

std::optional<SeenLines::Found> SeenLines::find_start(std::string_view text,
                                                      std::size_t from) const {
  const std::string wanted = without_blanks(text);
  for (std::size_t i = from; i < lines_.size() && !wanted.empty(); ++i) {
    if (lines_[i].text.starts_with(wanted)) return Found{cut(lines_[i], 0, wanted.size()), i};
  }
  return std::nullopt;
}

}  // namespace huice::measure
