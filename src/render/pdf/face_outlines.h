// The glyphs of a face as PDF needs them, read once and shared by documents and threads.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/guarded.h"
#include "base/result.h"
#include "layout/pages.h"
#include "render/pdf/cff_font.h"
#include "render/pdf/glyph_codes.h"

namespace huice::render::pdf {

/// How one glyph is drawn. Lengths are font units.
struct Outline {
  /// TrueType: the description of `glyf` without instructions. CFF: a Type 2 program without
  /// subroutines, hints and width.
  std::string program;
  int left_bearing = 0;  ///< TrueType only
};

/// What a font descriptor tells of a whole face, in 1/1000 em.
struct FaceMetrics {
  int ascent = 0;
  int descent = 0;
  int cap_height = 0;
  int bounding_box[4] = {0, 0, 0, 0};
};

/// One face. Any number of threads may use it; outlines once read are kept up to a limit.
class FaceOutlines final : public GlyphMeasure {
 public:
  explicit FaceOutlines(std::shared_ptr<const layout::FontFile> file);
  FaceOutlines(const FaceOutlines&) = delete;
  FaceOutlines& operator=(const FaceOutlines&) = delete;
  ~FaceOutlines() override = default;

  const layout::FontFile& file() const { return *file_; }
  FaceMetrics metrics() const;
  /// A table of the face; empty when it has none of that name.
  std::string_view table(std::string_view tag) const;

  int units_per_em() const override { return units_per_em_; }
  int advance(std::uint32_t glyph) const override;
  InkSpan ink(std::uint32_t glyph) const override;

  /// The outlines of `glyphs`, in their order.
  /// Errors: InvalidInput `pdf.subset` when a glyph is not there or its outline is damaged.
  Result<std::vector<std::shared_ptr<const Outline>>> take(
      std::span<const std::uint32_t> glyphs) const;

 private:
  using Known = std::unordered_map<std::uint32_t, std::shared_ptr<const Outline>>;
  Status read(std::uint32_t glyph, Known& known) const;
  Status read_glyf(std::uint32_t glyph, Known& known) const;
  Status read_cff(std::uint32_t glyph, Known& known) const;

  std::shared_ptr<const layout::FontFile> file_;
  CffFont cff_;              ///< of a TrueType face: without glyphs
  std::string_view widths_;  ///< `hmtx`
  int units_per_em_ = 1000;
  std::uint32_t long_metrics_ = 1;
  mutable Guarded<Known> known_;
};

/// The faces that documents have used so far. Make one for a process, or one for a document.
class OutlineStore {
 public:
  /// The outlines of `file`; the same object as long as the store lives.
  std::shared_ptr<const FaceOutlines> of(const std::shared_ptr<const layout::FontFile>& file);

 private:
  Guarded<std::map<const layout::FontFile*, std::shared_ptr<const FaceOutlines>>> faces_;
};

}  // namespace huice::render::pdf
