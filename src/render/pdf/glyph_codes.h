// Which two-byte code stands for which glyph in the text of one document.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace huice::render::pdf {

/// Where the ink of a glyph begins and ends from its origin, in font units.
struct InkSpan {
  int left = 0;
  int right = 0;
};

/// The widths of a face. Lengths are font units.
class GlyphMeasure {
 public:
  virtual ~GlyphMeasure() = default;
  virtual int units_per_em() const = 0;
  virtual int advance(std::uint32_t glyph) const = 0;
  virtual InkSpan ink(std::uint32_t glyph) const = 0;
};

/// A glyph of the face as a document uses it.
struct GlyphUse {
  std::uint32_t glyph = 0;
  std::u32string text;  ///< what it stands for
  int cut_left = 0;     ///< blank taken off its left side; the ink moves left by as much
  int advance = 0;      ///< what is left of its width
};

/// Codes in the order of first use; code 0 is .notdef. One glyph has several codes where it stands
/// for several texts, and where squeezed marks lose blank: a reader then sees no overlap.
class GlyphCodes {
 public:
  explicit GlyphCodes(const GlyphMeasure& face);

  /// The code for `glyph` at its full width.
  std::uint16_t code(std::uint32_t glyph, const std::u32string& text);
  std::uint16_t code(const GlyphUse& use);

  const GlyphMeasure& face() const { return *face_; }
  /// As the face says, which is asked once for each glyph: only a few marks are, but again and
  /// again.
  InkSpan ink(std::uint32_t glyph);
  /// In 1/1000 em.
  int width(std::uint16_t code) const { return widths_[code]; }
  const std::vector<GlyphUse>& uses() const { return uses_; }
  bool empty() const { return uses_.size() == 1; }
  /// Whether more than 65535 codes were asked for; the surplus has code 0.
  bool overflowed() const { return overflowed_; }

 private:
  std::uint16_t append(GlyphUse use);

  const GlyphMeasure* face_;
  std::vector<GlyphUse> uses_;
  std::vector<int> widths_;
  std::vector<std::uint16_t> plain_;  ///< by glyph: its first code at full width, or 0
  std::map<std::tuple<std::uint32_t, int, int, std::u32string>, std::uint16_t> others_;
  std::map<std::uint32_t, InkSpan> inks_;
  bool overflowed_ = false;
};

/// `units` of the em in thousandths, rounded.
int per_mille(int units, int units_per_em);

}  // namespace huice::render::pdf
