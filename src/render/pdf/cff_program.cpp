#include "render/pdf/cff_program.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "render/pdf/big_endian.h"
#include "render/pdf/type2_program.h"

namespace huice::render::pdf {
namespace {

constexpr int kAdobe = 391;  // the first two strings of our own String INDEX
constexpr int kIdentity = 392;

/// Operators of DICTs; 12 and a second byte are written as one number.
enum class Op : std::uint16_t {
  FontBBox = 5,
  Charset = 15,
  CharStrings = 17,
  Private = 18,
  DefaultWidthX = 20,
  FontMatrix = 0x0C07,
  Ros = 0x0C1E,
  CidCount = 0x0C22,
  FdArray = 0x0C24,
  FdSelect = 0x0C25
};

void append_operator(std::string& dict, Op op) {
  const auto code = static_cast<std::uint16_t>(op);
  append_number(dict, code, code > 0xFF ? 2 : 1);
}

/// An offset always takes five bytes, so that a DICT's size is known before its offsets are.
void append_offset(std::string& dict, std::size_t offset, Op op) {
  dict += '\x1D';
  append_number(dict, offset, 4);
  append_operator(dict, op);
}

/// An INDEX of objects of these sizes, up to where the first object begins.
std::string index_head(std::span<const std::size_t> sizes) {
  std::string index;
  append_number(index, sizes.size(), 2);
  if (sizes.empty()) return index;
  std::size_t total = 1;
  for (const std::size_t size : sizes)
    total += size;
  const std::size_t offset_size = total <= 0xFF       ? 1
                                  : total <= 0xFFFF   ? 2
                                  : total <= 0xFFFFFF ? 3
                                                      : 4;
  index.reserve(3 + (sizes.size() + 1) * offset_size + total);
  append_number(index, offset_size, 1);
  std::size_t offset = 1;
  append_number(index, offset, offset_size);
  for (const std::size_t size : sizes)
    append_number(index, offset += size, offset_size);
  return index;
}

std::string index_of(std::span<const std::string> objects) {
  std::vector<std::size_t> sizes;
  for (const std::string& object : objects)
    sizes.push_back(object.size());
  std::string index = index_head(sizes);
  for (const std::string& object : objects)
    index += object;
  return index;
}

/// The programs, each after its width where that is not the usual one: most of a font.
std::string char_strings_of(const CffFace& face, const std::vector<CffGlyph>& glyphs) {
  const auto width = [&](const CffGlyph& glyph) {
    return glyph.advance == face.units_per_em ? std::string() : type2_number(glyph.advance);
  };
  std::vector<std::size_t> sizes;
  sizes.reserve(glyphs.size());
  for (const CffGlyph& glyph : glyphs)
    sizes.push_back(width(glyph).size() + glyph.program.size());
  std::string index = index_head(sizes);
  for (const CffGlyph& glyph : glyphs)
    index.append(width(glyph)).append(glyph.program);
  return index;
}

/// 1 / units as a real number of a DICT: digits in half bytes, a is the point, f the end.
std::string reciprocal(int units) {
  std::string digits = std::to_string(1'000'000'000'000LL / units);
  digits.insert(0, 12 - digits.size(), '0');
  std::string nibbles = "\xA" + digits.substr(0, 11);
  for (char& nibble : nibbles)
    if (nibble >= '0') nibble = static_cast<char>(nibble - '0');
  nibbles += nibbles.size() % 2 == 0 ? "\xF\xF" : "\xF";
  std::string real = "\x1E";
  for (std::size_t i = 0; i < nibbles.size(); i += 2)
    real += static_cast<char>(nibbles[i] << 4 | nibbles[i + 1]);
  return real;
}

struct Places {
  std::size_t charset = 0;
  std::size_t fd_select = 0;
  std::size_t char_strings = 0;
  std::size_t fd_array = 0;
};

std::string top_dict(const CffFace& face, std::size_t glyphs, const Places& places) {
  std::string dict = type2_number(kAdobe) + type2_number(kIdentity) + type2_number(0);
  append_operator(dict, Op::Ros);
  if (face.units_per_em != 1000) {
    const std::string zero = type2_number(0);
    const std::string scale = reciprocal(face.units_per_em);
    dict += scale + zero + zero + scale + zero + zero;
    append_operator(dict, Op::FontMatrix);
  }
  for (const int side : face.bounding_box)
    dict += type2_number(side);
  append_operator(dict, Op::FontBBox);
  append_offset(dict, glyphs, Op::CidCount);
  append_offset(dict, places.charset, Op::Charset);
  append_offset(dict, places.fd_select, Op::FdSelect);
  append_offset(dict, places.char_strings, Op::CharStrings);
  append_offset(dict, places.fd_array, Op::FdArray);
  return dict;
}

/// CIDs 1, 2, 3 …: one range of format 2. Glyph 0 is not in the charset.
std::string charset(std::size_t glyphs) {
  std::string bytes(1, '\2');
  if (glyphs < 2) return std::string(1, '\0');
  append_number(bytes, 1, 2);
  append_number(bytes, glyphs - 2, 2);
  return bytes;
}

/// Every glyph is of Font DICT 0: one range of format 3.
std::string fd_select(std::size_t glyphs) {
  std::string bytes("\3\0\1\0\0\0", 6);
  append_number(bytes, glyphs, 2);
  return bytes;
}

}  // namespace

std::string cff_program(const CffFace& face, const std::vector<CffGlyph>& glyphs) {
  const std::string names[] = {face.name};
  const std::string strings[] = {"Adobe", "Identity"};
  const std::string char_strings = char_strings_of(face, glyphs);
  const std::string before = std::string("\1\0\4\4", 4) + index_of(names);
  const std::string between = index_of(strings) + index_of({});

  Places places;
  const std::string empty_top[] = {top_dict(face, glyphs.size(), places)};
  places.charset = before.size() + index_of(empty_top).size() + between.size();
  places.fd_select = places.charset + charset(glyphs.size()).size();
  places.char_strings = places.fd_select + fd_select(glyphs.size()).size();
  places.fd_array = places.char_strings + char_strings.size();
  const std::string top[] = {top_dict(face, glyphs.size(), places)};

  std::string private_dict = type2_number(face.units_per_em);
  append_operator(private_dict, Op::DefaultWidthX);
  const auto font_dict = [&](std::size_t private_at) {
    std::string dict = type2_number(static_cast<int>(private_dict.size()));
    append_offset(dict, private_at, Op::Private);
    return dict;
  };
  const std::string empty_font[] = {font_dict(0)};
  const std::string font[] = {font_dict(places.fd_array + index_of(empty_font).size())};
  return before + index_of(top) + between + charset(glyphs.size()) + fd_select(glyphs.size()) +
         char_strings + index_of(font) + private_dict;
}

}  // namespace huice::render::pdf
