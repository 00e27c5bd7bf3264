// Pictures of seals as PDF holds them. The files come from strangers: read under limits, wholly,
// by libpng and libjpeg-turbo, and never passed on as they are.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"
#include "layout/pages.h"

namespace huice::render::pdf {

inline constexpr std::size_t kMaxPictureBytes = std::size_t{8} << 20;
/// 2500 × 2500: five centimetres at 1200 dots an inch.
inline constexpr std::size_t kMaxPicturePixels = 6'250'000;

/// Samples of eight bits, as an image XObject takes them.
struct Raster {
  int width = 0;   ///< pixels
  int height = 0;  ///< pixels
  bool is_grey = false;
  bool is_jpeg = false;  ///< `samples` is a JPEG of pixels alone; otherwise rows from the top
  std::string samples;
  std::string opacity;  ///< a byte for each pixel; empty where all are opaque
};

/// A PNG (any kind; turned to sRGB or grey) or a JPEG (RGB or grey; its pixels are kept as they
/// are coded unless Exif says that they lie on their side, its metadata is dropped). `file` is for
/// messages.
/// Errors: InvalidInput `pdf.picture` for other formats and broken files, TooLarge
///         `pdf.picture-too-large`.
Result<Raster> read_picture(std::string_view bytes, const std::string& file);

/// Whether `raster` can be drawn at the size of `place` without looking squeezed.
/// Errors: InvalidInput `pdf.picture`.
Status check_proportions(const Raster& raster, const layout::Picture& place);

}  // namespace huice::render::pdf
