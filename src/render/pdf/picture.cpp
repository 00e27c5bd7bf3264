#include "render/pdf/picture.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <span>
#include <utility>

#include <png.h>
#include <turbojpeg.h>

#include "render/pdf/exif.h"

namespace huice::render::pdf {
namespace {

/// Scans are cut by hand: this much difference between the sides is not seen.
constexpr std::int64_t kMostDistortionPerMille = 50;

Error refused(const std::string& file, const std::string& why, std::string hint) {
  return {.code = ErrorCode::InvalidInput,
          .id = "pdf.picture",
          .message = "印章的图不能使用：" + why,
          .where = {.file = file},
          .hint = std::move(hint)};
}

Error broken(const std::string& file, const std::string& format, const char* reason) {
  return refused(file, format + " 文件已损坏（" + reason + "）", "重新导出这张图");
}

Error too_large(const std::string& file, const std::string& size) {
  return {.code = ErrorCode::TooLarge,
          .id = "pdf.picture-too-large",
          .message = "印章的图太大：" + size,
          .where = {.file = file},
          .hint = "缩小到 2500 × 2500 像素、8 MiB 以内；600 dpi 的印章约 1000 像素见方"};
}

/// Requires that both are above 0.
Status check_pixels(std::size_t width, std::size_t height, const std::string& file) {
  if (width > kMaxPicturePixels / height) {
    return too_large(file, std::to_string(width) + " × " + std::to_string(height) + " 像素");
  }
  return Unit{};
}

/// libpng's simplified reader, freed on every way out.
class PngReader {
 public:
  PngReader() { image_.version = PNG_IMAGE_VERSION; }
  PngReader(const PngReader&) = delete;
  PngReader& operator=(const PngReader&) = delete;
  ~PngReader() { png_image_free(&image_); }

  bool begin(std::string_view bytes) {
    return png_image_begin_read_from_memory(&image_, bytes.data(), bytes.size()) != 0;
  }
  std::size_t width() const { return image_.width; }
  std::size_t height() const { return image_.height; }
  bool is_grey() const { return (image_.format & PNG_FORMAT_FLAG_COLOR) == 0; }
  const char* reason() const { return image_.message; }

  /// Grey or red, green and blue, each followed by opacity.
  bool read(std::string& samples) {
    image_.format = is_grey() ? PNG_FORMAT_GA : PNG_FORMAT_RGBA;
    samples.resize(PNG_IMAGE_SIZE(image_));
    return png_image_finish_read(&image_, nullptr, samples.data(), 0, nullptr) != 0;
  }

 private:
  png_image image_{};
};

/// Parts `samples`, in which each pixel ends with its opacity.
void part_opacity(std::string_view samples, std::size_t channels, Raster& raster) {
  const std::size_t pixels = samples.size() / (channels + 1);
  raster.samples.reserve(pixels * channels);
  raster.opacity.reserve(pixels);
  for (std::size_t at = 0; at < samples.size(); at += channels + 1) {
    raster.samples += samples.substr(at, channels);
    raster.opacity += samples[at + channels];
  }
  if (std::ranges::all_of(raster.opacity, [](char each) { return each == '\xFF'; })) {
    raster.opacity.clear();
  }
}

Result<Raster> read_png(std::string_view bytes, const std::string& file) {
  PngReader reader;
  if (!reader.begin(bytes)) return broken(file, "PNG", reader.reason());
  HUICE_TRY([[maybe_unused]] const Unit fits, check_pixels(reader.width(), reader.height(), file));
  Raster raster{.width = static_cast<int>(reader.width()),
                .height = static_cast<int>(reader.height()),
                .is_grey = reader.is_grey()};
  std::string samples;
  if (!reader.read(samples)) return broken(file, "PNG", reader.reason());
  part_opacity(samples, raster.is_grey ? 1 : 3, raster);
  return raster;
}

struct DestroyTurbo {
  void operator()(void* handle) const { tjDestroy(handle); }
};
struct FreeTurbo {
  void operator()(unsigned char* bytes) const { tjFree(bytes); }
};

/// The pixels of a JPEG in a file of their own, coded anew without loss: what is broken is found,
/// and where and by whom the picture was taken does not get into the document.
Result<std::string> pixels_alone(tjhandle turbo, std::span<const unsigned char> jpeg,
                                 const std::string& file) {
  tjtransform copy{};
  copy.op = TJXOP_NONE;
  copy.options = TJXOPT_COPYNONE;
  unsigned char* made = nullptr;
  unsigned long size = 0;
  const int failed = tjTransform(turbo, jpeg.data(), jpeg.size(), 1, &made, &size, &copy,
                                 TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS);
  const std::unique_ptr<unsigned char, FreeTurbo> owner(made);
  if (failed != 0) return broken(file, "JPEG", tjGetErrorStr2(turbo));
  return std::string(reinterpret_cast<const char*>(made), size);
}

/// The pixels of a JPEG that a camera took on its side, decoded and set up: coded blocks can be
/// turned only where the sides are whole blocks.
Result<Raster> set_up(tjhandle turbo, std::span<const unsigned char> jpeg, Raster raster,
                      const Turn& turn, const std::string& file) {
  const std::size_t channels = raster.is_grey ? 1 : 3;
  const auto width = static_cast<std::size_t>(raster.width);
  const auto height = static_cast<std::size_t>(raster.height);
  std::string pixels(width * height * channels, '\0');
  const int failed = tjDecompress2(turbo, jpeg.data(), jpeg.size(),
                                   reinterpret_cast<unsigned char*>(pixels.data()), raster.width, 0,
                                   raster.height, raster.is_grey ? TJPF_GRAY : TJPF_RGB,
                                   TJFLAG_ACCURATEDCT | TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS);
  if (failed != 0) return broken(file, "JPEG", tjGetErrorStr2(turbo));
  raster.samples = turned(pixels, width, height, channels, turn);
  raster.is_jpeg = false;
  if (turn.transposed) std::swap(raster.width, raster.height);
  return raster;
}

Result<Raster> read_jpeg(std::string_view bytes, const std::string& file) {
  const std::unique_ptr<void, DestroyTurbo> turbo(tjInitTransform());
  const std::span jpeg(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  Raster raster{.is_jpeg = true};
  int subsampling = 0;
  int colours = 0;
  if (turbo == nullptr || tjDecompressHeader3(turbo.get(), jpeg.data(), jpeg.size(), &raster.width,
                                              &raster.height, &subsampling, &colours) != 0) {
    return broken(file, "JPEG", tjGetErrorStr2(turbo.get()));
  }
  if (raster.width < 1 || raster.height < 1) return broken(file, "JPEG", "no image");
  HUICE_TRY([[maybe_unused]] const Unit fits,
            check_pixels(static_cast<std::size_t>(raster.width),
                         static_cast<std::size_t>(raster.height), file));
  if (colours == TJCS_CMYK || colours == TJCS_YCCK) {
    return refused(file, "它是 CMYK 的 JPEG", "另存为 RGB 的 PNG 或 JPEG");
  }
  raster.is_grey = colours == TJCS_GRAY;
  const Turn turn = turn_of(bytes);
  if (!turn.none()) return set_up(turbo.get(), jpeg, std::move(raster), turn, file);
  HUICE_TRY(raster.samples, pixels_alone(turbo.get(), jpeg, file));
  return raster;
}

}  // namespace

Result<Raster> read_picture(std::string_view bytes, const std::string& file) {
  if (bytes.size() > kMaxPictureBytes) {
    return too_large(file, std::to_string(bytes.size() >> 20) + " MiB");
  }
  if (bytes.starts_with("\x89PNG\r\n\x1A\n")) return read_png(bytes, file);
  if (bytes.starts_with("\xFF\xD8\xFF")) return read_jpeg(bytes, file);
  return refused(file, "它既不是 PNG 也不是 JPEG", "另存为 PNG（可以透明）或 JPEG");
}

Status check_proportions(const Raster& raster, const layout::Picture& place) {
  const std::int64_t across = place.width.units() * raster.height;
  const std::int64_t down = place.height.units() * raster.width;
  if (std::abs(across - down) <= std::max(across, down) / 1000 * kMostDistortionPerMille) {
    return Unit{};
  }
  const auto tenths = [](Length length) {
    const std::int64_t value = length.units() / (mm(1).units() / 10);
    return std::to_string(value / 10) + "." + std::to_string(value % 10);
  };
  return refused(place.name,
                 "图是 " + std::to_string(raster.width) + " × " + std::to_string(raster.height) +
                     " 像素，要印成 " + tenths(place.width) + " × " + tenths(place.height) +
                     " 毫米，比例不符",
                 "裁去四周的空白，或改写“印章直径”、签名章的“宽”和“高”");
}

}  // namespace huice::render::pdf
