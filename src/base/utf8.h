// UTF-8 as a sequence of code points.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace huice {

/// One code point and the bytes it takes.
struct CodePoint {
  char32_t value = 0;
  std::size_t size = 0;
};

/// The code point that starts `utf8`; nullopt if it is empty or not well-formed UTF-8 there.
std::optional<CodePoint> first_code_point(std::string_view utf8);

/// Whether `eight` bytes, the first of them lowest, begin with two characters of three bytes each,
/// which most Chinese text is made of. False for leads whose second byte has bounds of its own.
constexpr bool begin_with_two_of_three(std::uint64_t eight) {
  constexpr std::uint64_t kMarks = 0x0000'C0C0'F0C0'C0F0;
  constexpr std::uint64_t kThreeBytes = 0x0000'8080'E080'80E0;
  constexpr unsigned kBounded = 1u << 0x0 | 1u << 0xD;  // of E0 and ED
  const auto is_free = [](std::uint64_t lead) { return (kBounded >> (lead & 0xF) & 1u) == 0; };
  return (eight & kMarks) == kThreeBytes && is_free(eight) && is_free(eight >> 24);
}

/// The offset of the first byte that is not well-formed UTF-8; nullopt when all are.
std::optional<std::size_t> first_bad_utf8(std::string_view bytes);

/// Requires well-formed UTF-8; ill-formed bytes become U+FFFD.
std::u32string decode_utf8(std::string_view utf8);
void append_utf8(std::string& utf8, char32_t code_point);
std::string encode_utf8(std::u32string_view code_points);

/// Number of code points.
std::size_t code_point_count(std::string_view utf8);

/// Cells of a terminal: 2 for Han, kana and full-width forms, else 1.
std::size_t display_width(std::string_view utf8);

/// The line and column (code points, from 1) of byte `offset` of `text`.
struct LineColumn {
  int line = 1;
  int column = 1;
};
LineColumn line_column(std::string_view text, std::size_t offset);

/// The line (from 1) of `text` without its end; empty when there is none.
std::string_view line_at(std::string_view text, int line);

}  // namespace huice
