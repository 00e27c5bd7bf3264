// How a camera was held when it took a JPEG.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace huice::render::pdf {

/// The steps that set a picture up, in their order: exchange rows and columns, then mirror.
struct Turn {
  bool transposed = false;
  bool from_right = false;   ///< columns of the stored picture are taken from its right
  bool from_bottom = false;  ///< rows are taken from below

  bool none() const { return !transposed && !from_right && !from_bottom; }
};

/// What the Orientation of `jpeg` asks for; no turn where it has none that can be read.
/// Source: Exif 2.32 (CIPA DC-008-2019), 4.5.4, 4.6.2 and 4.6.4 A.
Turn turn_of(std::string_view jpeg);

/// The pixels of a picture `width` wide and `height` high, `channels` bytes each, set up.
std::string turned(std::string_view pixels, std::size_t width, std::size_t height,
                   std::size_t channels, const Turn& turn);

}  // namespace huice::render::pdf
