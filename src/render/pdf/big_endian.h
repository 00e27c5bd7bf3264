// Numbers of a font file, high byte first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace huice::render::pdf {

/// The unsigned number of `size` bytes at `offset`; 0 where the table ends before it does.
inline std::uint32_t read_number(std::string_view table, std::size_t offset, std::size_t size) {
  if (offset > table.size() || table.size() - offset < size) return 0;
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < size; ++i)
    value = value << 8 | static_cast<unsigned char>(table[offset + i]);
  return value;
}

inline std::uint32_t read_u16(std::string_view table, std::size_t offset) {
  return read_number(table, offset, 2);
}

inline int read_i16(std::string_view table, std::size_t offset) {
  return static_cast<std::int16_t>(read_number(table, offset, 2));
}

inline void append_number(std::string& bytes, std::uint64_t value, std::size_t size) {
  for (std::size_t i = size; i > 0; --i)
    bytes += static_cast<char>(value >> (8 * (i - 1)));
}

/// Four digits of a string in hexadecimal notation.
inline void append_hex(std::string& text, std::uint32_t number) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  for (int shift = 12; shift >= 0; shift -= 4)
    text += kDigits[(number >> shift) & 0xF];
}

/// Overwrites 16 bits; requires that they are there.
inline void put_u16(std::string& bytes, std::size_t offset, std::uint32_t value) {
  bytes[offset] = static_cast<char>(value >> 8);
  bytes[offset + 1] = static_cast<char>(value);
}

}  // namespace huice::render::pdf
