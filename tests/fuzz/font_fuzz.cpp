// A real font with some of its bytes changed: refused, or set and written without harm.
//
// Bit 0 of the first byte picks the font, bit 1 has the sums made right again; then come edits of
// four bytes: a table of the directory (255: the directory itself), an offset of 16 bits into it,
// and what its byte is combined with by xor. Machines without the fonts replay nothing.
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include <sys/mman.h>
#include <unistd.h>

#include "base/files.h"
#include "layout/fonts.h"
#include "render/pdf/pdf_writer.h"

namespace {

using namespace huice;

const std::array<std::string, 2> kFonts = {"/usr/share/fonts/truetype/arphic-gkai00mp/gkai00mp.ttf",
                                           "/usr/local/share/fonts/huice/FandolFang-Regular.otf"};

std::size_t u32(std::string_view bytes, std::size_t at) {
  std::size_t value = 0;
  for (std::size_t i = at; i < at + 4; ++i)
    value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

void edit(std::string& changed, std::string_view font, std::size_t table, std::size_t offset,
          unsigned char change) {
  const std::size_t tables = static_cast<unsigned char>(font[5]);
  const std::size_t entry = 12 + 16 * (table % tables);
  const std::size_t start = table == 255 ? 0 : u32(font, entry + 8);
  const std::size_t size = table == 255 ? 12 + 16 * tables : u32(font, entry + 12);
  const std::size_t at = start + offset % size;
  changed[at] = static_cast<char>(static_cast<unsigned char>(changed[at]) ^ change);
}

std::uint32_t word_sum(std::string_view bytes) {
  std::string words(bytes);
  words.resize((words.size() + 3) / 4 * 4);
  std::uint32_t sum = 0;
  for (std::size_t at = 0; at < words.size(); at += 4)
    sum += static_cast<std::uint32_t>(u32(words, at));
  return sum;
}

/// Makes the sums right again, so that edits get past them.
void mend_sums(std::string& font) {
  const std::size_t tables = static_cast<unsigned char>(font[5]);
  for (std::size_t entry = 12; entry < 12 + 16 * tables; entry += 16) {
    const std::size_t offset = u32(font, entry + 8);
    const std::size_t size = u32(font, entry + 12);
    if (offset > font.size() || size > font.size() - offset) continue;
    const std::uint32_t sum = word_sum(std::string_view(font).substr(offset, size));
    for (std::size_t i = 0; i < 4; ++i)
      font[entry + 4 + i] = static_cast<char>(sum >> (24 - 8 * i));
  }
}

/// `font` with the edits that `data` spells; its tables are where they were for every one of them.
std::string edited(const std::string& font, const unsigned char* data, std::size_t size) {
  std::string changed = font;
  for (std::size_t i = 1; i + 4 <= size; i += 4) {
    const std::size_t offset = std::size_t{data[i + 1]} << 8 | data[i + 2];
    edit(changed, font, data[i], offset, data[i + 3]);
  }
  if ((data[0] & 2) != 0) mend_sums(changed);
  return changed;
}

void set_and_write(const layout::FontSet& fonts) {
  layout::Glyphs::List glyphs;
  Length x = mm(20);
  for (const char32_t character : std::u32string_view(U"中国，。《政》（A1）、“企”")) {
    const auto glyph = fonts.glyph(0, character);
    if (!glyph) continue;
    const auto shaped = fonts.shape(0, std::u32string(1, character));
    const auto ink = fonts.ink(0, *glyph);
    glyphs.push_back({*glyph, x, pt(fonts.advance(0, *glyph) + ink.left - ink.left),
                      std::u32string(1, character)});
    x = x + pt(static_cast<std::int64_t>(8 + shaped.size() % 2));
  }
  const layout::GlyphRun run{
      .font = 0, .size = pt(16), .baseline = mm(100), .glyphs = std::move(glyphs)};
  const layout::Pages pages{.fonts = fonts.files(),
                            .pages = {{.width = mm(210), .height = mm(297), .runs = {run}}}};
  const auto written = render::pdf::write(pages, {.title = "x", .author = "y"});
  if (!written && written.error().message.empty()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size == 0) return 0;
  const auto whole = read_file(kFonts[data[0] % 2]);
  if (!whole) return 0;
  const std::string font = edited(whole.value(), data, size);
  const int file = ::memfd_create("font", 0);
  if (file < 0 || ::write(file, font.data(), font.size()) < 0) return 0;
  layout::FontConfig config;
  for (auto& role : config.roles)
    role = {{.path = "/proc/self/fd/" + std::to_string(file)}};
  const auto fonts = layout::FontSet::open(config);
  if (fonts) set_and_write(fonts.value());
  if (!fonts && fonts.error().id.empty()) std::abort();
  ::close(file);
  return 0;
}
