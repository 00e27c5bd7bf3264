#include "render/pdf/tounicode.h"

#include <algorithm>
#include <cstdint>

#include "render/pdf/big_endian.h"

namespace huice::render::pdf {
namespace {

constexpr std::size_t kMostPerBlock = 100;  // ISO 32000-1:2008, 9.10.3, by way of PostScript

/// Calls `add` with each unit of UTF-16.
template <class Add>
void each_unit(std::u32string_view text, Add add) {
  for (const char32_t c : text) {
    if (c < 0x10000) {
      add(c);
    } else {
      add(0xD800 + ((c - 0x10000) >> 10));
      add(0xDC00 + ((c - 0x10000) & 0x3FF));
    }
  }
}

}  // namespace

std::string utf16be(std::u32string_view text) {
  std::string bytes;
  each_unit(text, [&](std::uint32_t unit) { append_number(bytes, unit, 2); });
  return bytes;
}

std::string to_unicode_cmap(const std::vector<std::u32string>& texts) {
  std::string cmap =
      "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
      "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
      "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
      "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n";
  std::size_t left = texts.size() - static_cast<std::size_t>(std::ranges::count(texts, U""));
  std::size_t in_block = 0;
  for (std::size_t code = 0; code < texts.size(); ++code) {
    const std::u32string& text = texts[code];
    if (text.empty()) continue;
    if (in_block == 0) {
      in_block = std::min(left, kMostPerBlock);
      cmap += std::to_string(in_block) + " beginbfchar\n";
    }
    cmap += '<';
    append_hex(cmap, static_cast<std::uint32_t>(code));
    cmap += "> <";
    each_unit(text, [&](std::uint32_t unit) { append_hex(cmap, unit); });
    cmap += ">\n";
    --left;
    if (--in_block == 0) cmap += "endbfchar\n";
  }
  return cmap + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
}

}  // namespace huice::render::pdf
