#include "render/pdf/glyf_program.h"

#include <algorithm>
#include <array>

#include "render/pdf/big_endian.h"

namespace huice::render::pdf {
namespace {

constexpr std::size_t kGlyphHeader = 10;

// Flags of a component.
constexpr std::uint32_t kWords = 0x0001;
constexpr std::uint32_t kOffsets = 0x0002;
constexpr std::uint32_t kScale = 0x0008;
constexpr std::uint32_t kMore = 0x0020;
constexpr std::uint32_t kTwoScales = 0x0040;
constexpr std::uint32_t kMatrix = 0x0080;
constexpr std::uint32_t kInstructions = 0x0100;

constexpr std::size_t kHeadSize = 54;
constexpr std::size_t kHheaSize = 36;
constexpr std::size_t kMaxpSize = 32;

std::size_t component_size(std::uint32_t flags) {
  std::size_t size = 4 + ((flags & kWords) != 0 ? 4U : 2U);
  if ((flags & kScale) != 0) size += 2;
  if ((flags & kTwoScales) != 0) size += 4;
  if ((flags & kMatrix) != 0) size += 8;
  return size;
}

/// The offsets of the components and where they end; nullopt when they run off the description.
struct Components {
  std::vector<std::size_t> offsets;
  std::size_t end = 0;
};

std::optional<Components> read_components(std::string_view description) {
  Components components;
  std::size_t at = kGlyphHeader;
  for (;;) {
    if (at + 4 > description.size()) return std::nullopt;
    const std::uint32_t flags = read_u16(description, at);
    components.offsets.push_back(at);
    at += component_size(flags);
    if (at > description.size()) return std::nullopt;
    if ((flags & kMore) == 0) break;
  }
  components.end = at;
  return components;
}

std::optional<std::string> composite_without_instructions(std::string_view description) {
  const auto components = read_components(description);
  if (!components) return std::nullopt;
  std::string kept(description.substr(0, components->end));
  for (const std::size_t at : components->offsets)
    put_u16(kept, at, read_u16(kept, at) & ~kInstructions);
  return kept;
}

std::uint32_t word_sum(std::string_view bytes) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < bytes.size(); i += 4)
    sum += read_number(bytes, i, 4);
  return sum;
}

struct NamedTable {
  std::string_view tag;
  std::string bytes;
};

/// The font file of tables in the order of their tags, each filled up to a multiple of four.
std::string font_file(std::array<NamedTable, 6>& tables) {
  std::string file("\0\1\0\0", 4);
  append_number(file, tables.size(), 2);
  append_number(file, 64, 2);                       // 16 times the largest power of two, 4
  append_number(file, 2, 2);                        // its logarithm
  append_number(file, tables.size() * 16 - 64, 2);  // the rest
  std::size_t offset = 12 + 16 * tables.size();
  for (NamedTable& table : tables) {
    const std::size_t size = table.bytes.size();
    table.bytes.resize((size + 3) / 4 * 4);
    file += table.tag;
    append_number(file, word_sum(table.bytes), 4);
    append_number(file, offset, 4);
    append_number(file, size, 4);
    offset += table.bytes.size();
  }
  for (const NamedTable& table : tables)
    file += table.bytes;
  return file;
}

}  // namespace

std::optional<std::string> without_instructions(std::string_view description) {
  if (description.empty()) return std::string();
  if (description.size() < kGlyphHeader) return std::nullopt;
  const int contours = read_i16(description, 0);
  if (contours < 0) return composite_without_instructions(description);
  const std::size_t length_at = kGlyphHeader + 2 * static_cast<std::size_t>(contours);
  if (length_at + 2 > description.size()) return std::nullopt;
  const std::size_t after = length_at + 2 + read_u16(description, length_at);
  if (after > description.size()) return std::nullopt;
  std::string kept(description.substr(0, length_at));
  kept.append(2, '\0').append(description.substr(after));
  return kept;
}

std::vector<std::size_t> component_offsets(std::string_view description) {
  if (description.size() < kGlyphHeader || read_i16(description, 0) >= 0) return {};
  auto components = read_components(description);
  if (!components) return {};
  for (std::size_t& at : components->offsets)
    at += 2;
  return std::move(components->offsets);
}

std::string moved_glyph(std::string_view description, std::uint32_t glyph, int units) {
  if (description.empty()) return {};
  std::string moved;
  append_number(moved, 0xFFFF, 2);
  for (std::size_t side = 0; side < 4; ++side) {
    const int at = read_i16(description, 2 + 2 * side) + (side % 2 == 0 ? units : 0);
    append_number(moved, static_cast<std::uint16_t>(at), 2);
  }
  append_number(moved, kWords | kOffsets, 2);
  append_number(moved, glyph, 2);
  append_number(moved, static_cast<std::uint16_t>(units), 2);
  append_number(moved, 0, 2);
  return moved;
}

std::optional<std::string> glyf_program(const GlyfSource& source,
                                        const std::vector<GlyfGlyph>& glyphs) {
  if (source.head.size() < kHeadSize || source.hhea.size() < kHheaSize ||
      source.maxp.size() < kMaxpSize) {
    return std::nullopt;
  }
  std::string glyf;
  std::string hmtx;
  std::vector<std::size_t> offsets;
  for (const GlyfGlyph& glyph : glyphs) {
    offsets.push_back(glyf.size());
    glyf += glyph.description;
    glyf.resize((glyf.size() + 1) / 2 * 2);
    append_number(hmtx, static_cast<std::uint16_t>(glyph.advance), 2);
    append_number(hmtx, static_cast<std::uint16_t>(glyph.left_bearing), 2);
  }
  offsets.push_back(glyf.size());
  const bool wide = glyf.size() > 0x1FFFE;
  std::string loca;
  for (const std::size_t offset : offsets)
    append_number(loca, wide ? offset : offset / 2, wide ? 4 : 2);

  const auto count = static_cast<std::uint32_t>(glyphs.size());
  std::string head(source.head.substr(0, kHeadSize));
  head.replace(8, 4, 4, '\0');  // the sum of the file, below
  put_u16(head, 50, wide ? 1 : 0);
  std::string hhea(source.hhea.substr(0, kHheaSize));
  put_u16(hhea, 34, count);
  std::string maxp(source.maxp.substr(0, kMaxpSize));
  put_u16(maxp, 4, count);
  put_u16(maxp, 26, 0);  // no instructions
  put_u16(maxp, 28, std::max(read_u16(maxp, 28), 1U));
  put_u16(maxp, 30, std::max(read_u16(maxp, 30), 1U) + 1);  // moved glyphs add a step

  std::array<NamedTable, 6> tables = {{{"glyf", std::move(glyf)},
                                       {"head", std::move(head)},
                                       {"hhea", std::move(hhea)},
                                       {"hmtx", std::move(hmtx)},
                                       {"loca", std::move(loca)},
                                       {"maxp", std::move(maxp)}}};
  std::string file = font_file(tables);
  const std::size_t head_at = 12 + 16 * tables.size() + tables[0].bytes.size();
  const std::uint32_t adjustment = 0xB1B0AFBAU - word_sum(file);
  put_u16(file, head_at + 8, adjustment >> 16);
  put_u16(file, head_at + 10, adjustment & 0xFFFF);
  return file;
}

}  // namespace huice::render::pdf
