#include "render/pdf/cff_font.h"

#include <array>

#include "render/pdf/type2_program.h"

namespace huice::render::pdf {
namespace {

/// Operators of DICTs; 12 and a second byte are written as one number.
constexpr std::uint32_t kCharStrings = 17;
constexpr std::uint32_t kPrivate = 18;
constexpr std::uint32_t kSubroutines = 19;
constexpr std::uint32_t kFontDicts = 0x0C24;
constexpr std::uint32_t kSelect = 0x0C25;

/// The last two operands of an operator, the last one second.
using Operands = std::array<std::size_t, 2>;

/// Clause 4: operands precede their operator. Zeros where `dict` has no such operator; negative
/// numbers, which no offset is, become offsets that lie in no table.
Operands operands_of(std::string_view dict, std::uint32_t wanted) {
  Operands operands{};
  const auto push = [&](std::int64_t value) {
    operands = {operands[1], static_cast<std::size_t>(value)};
  };
  for (std::size_t at = 0; at < dict.size();) {
    const auto b0 = read_number(dict, at, 1);
    const auto b1 = read_number(dict, at + 1, 1);
    if (b0 <= 21) {
      const std::uint32_t op = b0 == 12 ? 0x0C00 | b1 : b0;
      if (op == wanted) return operands;
      operands = {};
      at += b0 == 12 ? 2 : 1;
    } else if (b0 == 28) {
      push(read_i16(dict, at + 1));
      at += 3;
    } else if (b0 == 29) {
      push(static_cast<std::int32_t>(read_number(dict, at + 1, 4)));
      at += 5;
    } else if (b0 == 30) {  // a real number: half bytes until one is f
      push(0);
      while (++at < dict.size() && (read_number(dict, at, 1) & 0x0F) != 0x0F)
        ;
      ++at;
    } else if (b0 <= 246) {
      push(std::int64_t{b0} - 139);
      at += 1;
    } else {
      const std::int64_t high = b0 <= 250 ? std::int64_t{b0} - 247 : std::int64_t{251} - b0;
      push(b0 <= 250 ? high * 256 + b1 + 108 : high * 256 - b1 - 108);
      at += 2;
    }
  }
  return {};
}

/// The local subroutines that the Private DICT of `dict` names; their offset counts from it.
CffIndex subroutines_of(std::string_view cff, std::string_view dict) {
  const auto [size, at] = operands_of(dict, kPrivate);
  if (at == 0 || at > cff.size() || size > cff.size() - at) return {};
  const std::size_t offset = operands_of(cff.substr(at, size), kSubroutines)[1];
  return offset == 0 || offset > cff.size() ? CffIndex() : CffIndex(cff, at + offset);
}

}  // namespace

CffFont::CffFont(std::string_view cff) : cff_(cff) {
  const CffIndex names(cff, read_number(cff, 2, 1));  // the header says how long it is
  const CffIndex top_dicts(cff, names.end());
  const CffIndex strings(cff, top_dicts.end());
  global_ = CffIndex(cff, strings.end());
  const std::string_view top = top_dicts[0];
  const std::size_t programs = operands_of(top, kCharStrings)[1];
  if (programs != 0) programs_ = CffIndex(cff, programs);
  select_ = operands_of(top, kSelect)[1];
  if (select_ == 0) {
    local_ = {subroutines_of(cff, top)};
    return;
  }
  const CffIndex dicts(cff, operands_of(top, kFontDicts)[1]);
  for (std::size_t i = 0; i < dicts.size(); ++i)
    local_.push_back(subroutines_of(cff, dicts[i]));
}

/// Clause 19: format 0 has a byte for each glyph, format 3 ranges, each with its first glyph.
std::size_t CffFont::font_dict_of(std::uint32_t glyph) const {
  if (select_ == 0) return 0;
  if (read_number(cff_, select_, 1) == 0) return read_number(cff_, select_ + 1 + glyph, 1);
  constexpr std::size_t kRange = 3;
  const std::size_t ranges = select_ + 3;
  std::size_t low = 0;
  std::size_t high = read_u16(cff_, select_ + 1);
  while (low + 1 < high) {
    const std::size_t middle = (low + high) / 2;
    (read_u16(cff_, ranges + kRange * middle) <= glyph ? low : high) = middle;
  }
  return read_number(cff_, ranges + kRange * low + 2, 1);
}

std::optional<std::string> CffFont::program(std::uint32_t glyph) const {
  const std::size_t dict = font_dict_of(glyph);
  if (dict >= local_.size()) return std::nullopt;
  return plain_program(programs_[glyph], global_, local_[dict]);
}

}  // namespace huice::render::pdf
