// Cells in the forms that nearly all cells of a large file have, read a word at a time: plain
// numbers, ISO days, short texts. What is in any other form is left to facts::read_cell.
//
// A cell stands in memory where the kCellRoom bytes before its end may be read, whatever they are.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "base/date.h"
#include "bulk/int128.h"

namespace huice::bulk {

inline constexpr std::size_t kCellRoom = 32;

static_assert(std::endian::native == std::endian::little, "the first digit is the lowest byte");

__extension__ using UInt128 = unsigned __int128;

/// -1250 and 2 stand for -12.50.
struct PlainNumber {
  std::int64_t digits = 0;
  int places = 0;
};

/// `byte` in every byte.
template <class Window>
constexpr Window repeated(std::uint8_t byte) {
  return ~Window{0} / 0xFF * byte;
}

/// The number that eight digits, a byte each, make; the first is the lowest byte. Neighbours are
/// put together: digits to pairs, pairs to fours, fours to all eight.
constexpr std::uint64_t eight_digits(std::uint64_t digits) {
  digits = (digits * 10 + (digits >> 8)) & 0x00FF00FF00FF00FF;
  digits = (digits * 100 + (digits >> 16)) & 0x0000FFFF0000FFFF;
  return (digits * 10'000 + (digits >> 32)) & 0xFFFFFFFF;
}

constexpr int lowest_bit(std::uint64_t window) {
  return std::countr_zero(window);
}
constexpr int lowest_bit(UInt128 window) {
  const auto low = static_cast<std::uint64_t>(window);
  return low != 0 ? lowest_bit(low) : 64 + lowest_bit(static_cast<std::uint64_t>(window >> 64));
}

/// Of the highest `size` bytes of the window, which is all that belongs to the cell; the size is at
/// least one.
template <class Window>
bool parse_window(Window window, std::size_t size, PlainNumber& number) {
  constexpr int kBytes = sizeof(Window);
  constexpr std::uint8_t kPoint = '.' ^ '0';
  const int first = kBytes - static_cast<int>(size);
  Window digits = (window ^ repeated<Window>('0')) >> (8 * first) << (8 * first);
  // The highest bit of every byte above nine; beyond the lowest such byte it may be wrong.
  const auto others = [](Window bytes) -> Window {
    return ((bytes + repeated<Window>(0x80 - 10)) | bytes) & repeated<Window>(0x80);
  };
  number.places = 0;
  if (const Window found = others(digits); found != 0) {
    const int point = lowest_bit(found) / 8;
    const bool plain = static_cast<std::uint8_t>(digits >> (8 * point)) == kPoint &&
                       point > first && point + 1 < kBytes;
    if (!plain) return false;
    // What stands before the point moves up into its place.
    const Window before = digits & ((Window{1} << (8 * point)) - 1);
    digits = (digits >> (8 * point + 8) << (8 * point + 8)) | before << 8;
    if (others(digits) != 0) return false;
    number.places = kBytes - 1 - point;
  }
  std::uint64_t value = eight_digits(static_cast<std::uint64_t>(digits >> (8 * kBytes - 64)));
  if constexpr (kBytes > 8) {
    value += eight_digits(static_cast<std::uint64_t>(digits)) * 100'000'000;
  }
  number.digits = static_cast<std::int64_t>(value);
  return true;
}

/// `-12.50`: a sign or none, digits, perhaps a point between two of them; at most sixteen
/// characters behind the sign. False for anything else.
inline bool parse_plain_number(std::string_view cell, PlainNumber& number) {
  const bool negative = cell.front() == '-';
  const std::size_t size = cell.size() - (negative ? 1 : 0);
  const char* end = cell.data() + cell.size();
  bool plain = false;
  if (size - 1 < sizeof(std::uint64_t)) {
    std::uint64_t window = 0;
    std::memcpy(&window, end - sizeof window, sizeof window);
    plain = parse_window(window, size, number);
  } else if (size - 1 < sizeof(UInt128)) {
    UInt128 window = 0;
    std::memcpy(&window, end - sizeof window, sizeof window);
    plain = parse_window(window, size, number);
  }
  if (negative) number.digits = -number.digits;
  return plain;
}

/// `2015-03-08` as days since 1970; false for anything else.
inline bool parse_plain_day(std::string_view cell, std::int64_t& day) {
  constexpr std::size_t kIsoSize = 10;
  if (cell.size() != kIsoSize || cell[4] != '-' || cell[7] != '-') return false;
  const auto digit = [&](std::size_t at) { return static_cast<unsigned>(cell[at] - '0'); };
  unsigned worst = 0;
  for (const std::size_t at : {0u, 1u, 2u, 3u, 5u, 6u, 8u, 9u})
    worst |= digit(at) > 9 ? 1u : 0u;
  if (worst != 0) return false;
  const auto year = static_cast<int>(1000 * digit(0) + 100 * digit(1) + 10 * digit(2) + digit(3));
  const auto date = Date::make(year, 10 * digit(5) + digit(6), 10 * digit(8) + digit(9));
  if (date) day = *date - Date();
  return date.has_value();
}

/// A text of no more than kCellRoom bytes as words that are compared at once.
struct ShortText {
  static constexpr std::size_t kWords = kCellRoom / 8;
  std::uint64_t words[kWords] = {};

  /// `cell` is not empty. The same words mean the same text for cells of the same size.
  explicit ShortText(std::string_view cell) {
    const char* end = cell.data() + cell.size();
    const auto size = static_cast<int>(cell.size());
    for (int i = 0; i < static_cast<int>(kWords); ++i) {
      std::memcpy(&words[i], end - 8 * (i + 1), 8);
      const int missing = 8 * (i + 1) - size;
      words[i] = missing >= 8 ? 0 : missing <= 0 ? words[i] : words[i] >> (8 * missing);
    }
  }
  ShortText() = default;

  std::uint64_t hash() const {
    constexpr std::uint64_t kFactors[kWords] = {0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F,
                                                0x165667B19E3779F9, 0x27D4EB2F165667C5};
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < kWords; ++i)
      sum += words[i] * kFactors[i];
    return sum ^ sum >> 32;
  }
  friend bool operator==(const ShortText& a, const ShortText& b) {
    std::uint64_t difference = 0;
    for (std::size_t i = 0; i < kWords; ++i)
      difference |= a.words[i] ^ b.words[i];
    return difference == 0;
  }
};

}  // namespace huice::bulk
