#include "render/pdf/exif.h"

#include <cstdint>

#include "render/pdf/big_endian.h"

namespace huice::render::pdf {
namespace {

constexpr std::uint32_t kExifSegment = 0xE1;
constexpr std::uint32_t kFirstScan = 0xDA;
constexpr std::string_view kExif("Exif\0\0", 6);
constexpr std::uint32_t kOrientation = 0x0112;
constexpr std::uint32_t kShort = 3;
constexpr std::size_t kField = 12;

/// The TIFF file that an Exif segment holds; empty without one.
std::string_view tiff_of(std::string_view jpeg) {
  for (std::size_t at = 2; at < jpeg.size();) {
    if (read_number(jpeg, at, 1) != 0xFF) return {};
    const std::uint32_t marker = read_number(jpeg, at + 1, 1);
    const std::size_t size = read_u16(jpeg, at + 2);
    if (marker == kFirstScan || size < 2 || jpeg.size() - at < 2 + size) return {};
    const std::string_view segment = jpeg.substr(at + 4, size - 2);
    if (marker == kExifSegment && segment.starts_with(kExif)) return segment.substr(kExif.size());
    at += 2 + size;
  }
  return {};
}

/// Numbers of a TIFF file, whose first bytes tell their order; 0 beyond its end.
class Tiff {
 public:
  explicit Tiff(std::string_view bytes) : bytes_(bytes), is_little_(bytes.starts_with("II")) {}

  std::uint32_t number(std::size_t at, std::size_t size) const {
    const std::uint32_t big = read_number(bytes_, at, size);
    if (!is_little_) return big;
    std::uint32_t little = 0;
    for (std::size_t i = 0; i < size; ++i)
      little |= (big >> (8 * i) & 0xFF) << (8 * (size - 1 - i));
    return little;
  }

 private:
  std::string_view bytes_;
  bool is_little_;
};

std::uint32_t orientation_of(std::string_view jpeg) {
  const Tiff tiff(tiff_of(jpeg));
  const std::size_t fields = tiff.number(4, 4);
  const std::uint32_t count = tiff.number(fields, 2);
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::size_t field = fields + 2 + kField * i;
    if (tiff.number(field, 2) == kOrientation && tiff.number(field + 2, 2) == kShort) {
      return tiff.number(field + 8, 2);
    }
  }
  return 1;
}

}  // namespace

Turn turn_of(std::string_view jpeg) {
  switch (orientation_of(jpeg)) {
    case 2:
      return {.from_right = true};
    case 3:
      return {.from_right = true, .from_bottom = true};
    case 4:
      return {.from_bottom = true};
    case 5:
      return {.transposed = true};
    case 6:
      return {.transposed = true, .from_bottom = true};
    case 7:
      return {.transposed = true, .from_right = true, .from_bottom = true};
    case 8:
      return {.transposed = true, .from_right = true};
    default:
      return {};
  }
}

std::string turned(std::string_view pixels, std::size_t width, std::size_t height,
                   std::size_t channels, const Turn& turn) {
  const std::size_t across = turn.transposed ? height : width;
  const std::size_t down = turn.transposed ? width : height;
  std::string upright;
  upright.reserve(pixels.size());
  for (std::size_t y = 0; y < down; ++y) {
    for (std::size_t x = 0; x < across; ++x) {
      const std::size_t column = turn.transposed ? y : x;
      const std::size_t row = turn.transposed ? x : y;
      const std::size_t from = (turn.from_bottom ? height - 1 - row : row) * width +
                               (turn.from_right ? width - 1 - column : column);
      upright += pixels.substr(from * channels, channels);
    }
  }
  return upright;
}

}  // namespace huice::render::pdf
