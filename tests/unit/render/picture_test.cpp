// Pictures that other programs made (tests/suite/pictures), whole and broken.
#include "render/pdf/picture.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "render/pdf/content_stream.h"
#include "render/pdf/pdf_writer.h"

namespace huice::render::pdf {
namespace {

constexpr std::size_t kPixels = 24 * 16;

std::string file_bytes(const std::string& name) {
  std::ifstream in(HUICE_SOURCE_DIR "/tests/suite/pictures/" + name, std::ios::binary);
  EXPECT_TRUE(in) << name;
  return {std::istreambuf_iterator<char>(in), {}};
}

Result<Raster> read(const std::string& name) {
  return read_picture(file_bytes(name), name);
}

std::string id_of(const Result<Raster>& result) {
  return result ? "no error" : result.error().id;
}

/// The sample at pixel (x, y), channels together.
std::string pixel(const Raster& raster, std::size_t x, std::size_t y) {
  const std::size_t channels = raster.is_grey ? 1 : 3;
  return raster.samples.substr((y * 24 + x) * channels, channels);
}

TEST(Picture, AnOpaquePngHasItsPixelsAndNoMask) {
  const auto raster = read("opaque.png");
  ASSERT_TRUE(raster) << raster.error().message;
  EXPECT_EQ(raster.value().width, 24);
  EXPECT_EQ(raster.value().height, 16);
  EXPECT_EQ(raster.value().samples.size(), 3 * kPixels);
  EXPECT_EQ(pixel(raster.value(), 4, 4), "\xDC\x14\x1E");
  EXPECT_EQ(pixel(raster.value(), 3, 4), "\xFF\xFF\xFF");
  EXPECT_TRUE(raster.value().opacity.empty());
}

TEST(Picture, OpacityIsPartedFromColour) {
  const auto raster = read("transparent.png");
  ASSERT_TRUE(raster) << raster.error().message;
  ASSERT_EQ(raster.value().opacity.size(), kPixels);
  EXPECT_EQ(raster.value().opacity[0], '\0');
  EXPECT_EQ(raster.value().opacity[4 * 24 + 4], '\x80');
  EXPECT_EQ(raster.value().opacity[4 * 24 + 5], '\xFF');
  EXPECT_EQ(pixel(raster.value(), 5, 4), "\xDC\x14\x1E");
}

TEST(Picture, PalettesGreysAndSixteenBitsBecomeEightBitSamples) {
  const auto palette = read("palette.png");
  ASSERT_TRUE(palette);
  EXPECT_EQ(pixel(palette.value(), 4, 4), "\xDC\x14\x1E");
  EXPECT_EQ(palette.value().opacity[0], '\0');
  const auto grey = read("grey.png");
  ASSERT_TRUE(grey);
  EXPECT_TRUE(grey.value().is_grey);
  EXPECT_EQ(grey.value().samples.size(), kPixels);
  const auto deep = read("sixteen-bit.png");
  ASSERT_TRUE(deep);
  EXPECT_EQ(deep.value().samples, std::string(kPixels, '\xFF'));
}

TEST(Picture, AJpegKeepsItsPixelsAndLosesItsComments) {
  ASSERT_NE(file_bytes("rgb.jpg").find("112.9E"), std::string::npos);
  const auto raster = read("rgb.jpg");
  ASSERT_TRUE(raster) << raster.error().message;
  EXPECT_TRUE(raster.value().is_jpeg);
  EXPECT_FALSE(raster.value().is_grey);
  EXPECT_EQ(raster.value().width, 24);
  EXPECT_EQ(raster.value().samples.find("112.9E"), std::string::npos);
  EXPECT_TRUE(raster.value().samples.starts_with("\xFF\xD8"));
  EXPECT_TRUE(raster.value().samples.ends_with("\xFF\xD9"));
  EXPECT_TRUE(read("progressive.jpg"));
  const auto grey = read("grey.jpg");
  ASSERT_TRUE(grey);
  EXPECT_TRUE(grey.value().is_grey);
}

/// Upright: red in the top left corner, blue in the top right one; stored as a camera would that
/// was held in each of the seven other ways, in either order of bytes.
TEST(Picture, AJpegTakenOnItsSideIsSetUp) {
  const auto near = [](const std::string& pixel, int red, int green, int blue) {
    const auto is = [&](std::size_t at, int wanted) {
      return std::abs(static_cast<unsigned char>(pixel[at]) - wanted) < 12;
    };
    return is(0, red) && is(1, green) && is(2, blue);
  };
  for (int orientation = 2; orientation <= 8; ++orientation) {
    const auto raster = read("turned-" + std::to_string(orientation) + ".jpg");
    ASSERT_TRUE(raster) << raster.error().message;
    SCOPED_TRACE(orientation);
    EXPECT_FALSE(raster.value().is_jpeg);
    EXPECT_EQ(raster.value().width, 24);
    EXPECT_EQ(raster.value().height, 16);
    ASSERT_EQ(raster.value().samples.size(), 3 * kPixels);
    EXPECT_TRUE(near(pixel(raster.value(), 4, 4), 220, 20, 30));
    EXPECT_TRUE(near(pixel(raster.value(), 20, 4), 30, 20, 220));
    EXPECT_TRUE(near(pixel(raster.value(), 4, 12), 255, 255, 255));
  }
}

TEST(Picture, OtherFormatsAndCmykAreRefusedByName) {
  for (const std::string bytes : {"", "GIF89a", "\x89PNG", "\xFF\xD8\xFF"}) {
    EXPECT_EQ(id_of(read_picture(bytes, "章.gif")), "pdf.picture") << bytes;
  }
  const auto cmyk = read("cmyk.jpg");
  ASSERT_FALSE(cmyk);
  EXPECT_EQ(cmyk.error().id, "pdf.picture");
  EXPECT_EQ(cmyk.error().where.file, "cmyk.jpg");
  EXPECT_NE(cmyk.error().message.find("CMYK"), std::string::npos);
}

class BrokenPicture : public testing::TestWithParam<const char*> {};

TEST_P(BrokenPicture, IsRefusedWhereverItIsCutShort) {
  const std::string whole = file_bytes(GetParam());
  // Of a PNG only the end mark may be missing, of a JPEG nothing.
  const std::size_t spare = std::string(GetParam()).ends_with(".png") ? 16 : 1;
  for (std::size_t size = 0; size + spare <= whole.size(); ++size) {
    EXPECT_EQ(id_of(read_picture(whole.substr(0, size), GetParam())), "pdf.picture") << size;
  }
}

TEST_P(BrokenPicture, NeverMakesMoreThanItsPixels) {
  const std::string whole = file_bytes(GetParam());
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const char wrong : {'\0', '\x7F', '\xFF'}) {
      std::string bytes = whole;
      bytes[at] = wrong;
      const auto raster = read_picture(bytes, GetParam());
      if (!raster || raster.value().is_jpeg) continue;
      const auto pixels = static_cast<std::size_t>(raster.value().width) *
                          static_cast<std::size_t>(raster.value().height);
      EXPECT_EQ(raster.value().samples.size(), pixels * (raster.value().is_grey ? 1 : 3));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Formats, BrokenPicture,
                         testing::Values("opaque.png", "palette.png", "rgb.jpg", "progressive.jpg",
                                         "turned-6.jpg", "turned-7.jpg"));

TEST(Picture, MorePixelsThanTheLimitAreRefusedBeforeTheyAreRead) {
  std::string jpeg = file_bytes("rgb.jpg");
  const std::size_t frame = jpeg.find("\xFF\xC0");
  ASSERT_NE(frame, std::string::npos);
  jpeg.replace(frame + 5, 4, "\xFE\x10\xFE\x10");
  EXPECT_EQ(id_of(read_picture(jpeg, "a.jpg")), "pdf.picture-too-large");
  EXPECT_EQ(id_of(read_picture(std::string(kMaxPictureBytes + 1, 'x'), "a.png")),
            "pdf.picture-too-large");
  EXPECT_EQ(id_of(read("huge.png")), "pdf.picture-too-large");
}

TEST(Picture, ASquareFitsASealAndAHalfPageDoesNot) {
  const layout::Picture seal{.width = mm(45), .height = mm(45), .name = "章.png"};
  EXPECT_TRUE(check_proportions({.width = 709, .height = 700}, seal));
  const Status wide = check_proportions({.width = 800, .height = 400}, seal);
  ASSERT_FALSE(wide);
  EXPECT_EQ(wide.error().id, "pdf.picture");
  EXPECT_NE(wide.error().message.find("800 × 400"), std::string::npos);
  EXPECT_NE(wide.error().message.find("45.0 × 45.0"), std::string::npos);
}

layout::Page page_with(const std::shared_ptr<const std::string>& bytes) {
  layout::Page page{.width = mm(210), .height = mm(297)};
  page.pictures.push_back({mm(100), mm(200), mm(45), mm(30), bytes, "章.png"});
  return page;
}

TEST(PictureInPdf, IsDrawnAtItsPlaceInTrueSizeAsInkOverInk) {
  const std::size_t numbers[] = {3};
  EXPECT_EQ(content_of_pictures(page_with(nullptr), numbers),
            "q /Ink gs 127.5591 0 0 85.0394 283.4646 189.9213 cm /P3 Do Q\n");
}

TEST(PictureInPdf, IsKeptOnceHoweverManyPagesShowIt) {
  const auto bytes = std::make_shared<const std::string>(file_bytes("transparent.png"));
  layout::Pages pages;
  pages.pages.assign(3, page_with(bytes));
  const auto pdf = write(pages, {});
  ASSERT_TRUE(pdf) << pdf.error().message;
  std::size_t images = 0;
  for (std::size_t at = 0; (at = pdf.value().find("/Subtype /Image", at)) != std::string::npos;
       ++at)
    ++images;
  EXPECT_EQ(images, 2U) << "the picture and its opacity";
  EXPECT_NE(pdf.value().find("/BM /Multiply"), std::string::npos);
  EXPECT_EQ(write(pages, {}).value(), pdf.value());
}

TEST(PictureInPdf, AJpegIsNotDeflatedAgain) {
  layout::Pages pages;
  pages.pages = {page_with(std::make_shared<const std::string>(file_bytes("rgb.jpg")))};
  const auto pdf = write(pages, {});
  ASSERT_TRUE(pdf) << pdf.error().message;
  EXPECT_NE(pdf.value().find("/Filter /DCTDecode"), std::string::npos);
  EXPECT_NE(pdf.value().find(read("rgb.jpg").value().samples), std::string::npos);
}

TEST(PictureInPdf, ThatCannotBeReadStopsTheDocument) {
  layout::Pages pages;
  pages.pages = {page_with(std::make_shared<const std::string>("no picture"))};
  const auto pdf = write(pages, {});
  ASSERT_FALSE(pdf);
  EXPECT_EQ(pdf.error().id, "pdf.picture");
  EXPECT_EQ(pdf.error().where.file, "章.png");
}

}  // namespace
}  // namespace huice::render::pdf
