#include "base/utf8.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>

namespace huice {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

bool is_wide(char32_t c) {
  return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0x303E) ||
         (c >= 0x3041 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE4F) ||
         (c >= 0xFF01 && c <= 0xFF60) || (c >= 0xFFE0 && c <= 0xFFE6) ||
         (c >= 0x20000 && c <= 0x3FFFD) || c == 0x2014 || c == 0x2026 ||
         (c >= 0x2018 && c <= 0x201D);
}

/// Whether the eight bytes at `at` begin with two of the Han characters of is_han().
bool are_two_han(std::string_view utf8, std::size_t at) {
  constexpr std::uint64_t kMarks = 0x0000'C0C0'F0C0'C0F0;
  constexpr std::uint64_t kThreeBytes = 0x0000'8080'E080'80E0;
  static_assert(std::endian::native == std::endian::little);
  if (utf8.size() - at < sizeof(std::uint64_t)) return false;
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, utf8.data() + at, sizeof bytes);
  const auto is_lead = [&](int shift) { return ((bytes >> shift) & 0xF) - 4 <= 5; };
  return (bytes & kMarks) == kThreeBytes && is_lead(0) && is_lead(24);
}

/// Whether one of the Han characters of three bytes, which most Chinese text is made of, begins at
/// `at`: they need no decoding.
bool is_han(std::string_view utf8, std::size_t at) {
  const auto lead = static_cast<unsigned char>(utf8[at]);
  return utf8.size() - at >= 3 && lead >= 0xE4 && lead <= 0xE9 && (utf8[at + 1] & 0xC0) == 0x80 &&
         (utf8[at + 2] & 0xC0) == 0x80;
}

}  // namespace

std::optional<CodePoint> first_code_point(std::string_view utf8) {
  if (utf8.empty()) return std::nullopt;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(utf8[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return CodePoint{lead, 1};
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || utf8.size() < size) return std::nullopt;
  char32_t value = lead & (0x7Fu >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return std::nullopt;
    value = (value << 6) | (byte(i) & 0x3Fu);
  }
  const bool overlong = (size == 3 && value < 0x800) || (size == 4 && value < 0x10000);
  if (overlong || (value >= 0xD800 && value <= 0xDFFF) || value > 0x10FFFF) return std::nullopt;
  return CodePoint{value, size};
}

std::optional<std::size_t> first_bad_utf8(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    std::uint64_t eight = 0;
    if (bytes.size() - at >= sizeof eight) {
      std::memcpy(&eight, bytes.data() + at, sizeof eight);
      constexpr std::uint64_t kHighBits = 0x8080'8080'8080'8080;
      const std::size_t sound = begin_with_two_of_three(eight) ? 6
                                : (eight & kHighBits) == 0     ? 8
                                                               : 0;
      at += sound;
      if (sound > 0) continue;
    }
    if ((bytes[at] & 0x80) == 0 || is_han(bytes, at)) {
      at += (bytes[at] & 0x80) == 0 ? 1 : 3;
      continue;
    }
    const auto next = first_code_point(bytes.substr(at));
    if (!next) return at;
    at += next->size;
  }
  return std::nullopt;
}

std::u32string decode_utf8(std::string_view utf8) {
  std::u32string code_points;
  code_points.reserve(utf8.size() / 2);
  while (!utf8.empty()) {
    const auto next = first_code_point(utf8).value_or(CodePoint{kReplacement, 1});
    code_points.push_back(next.value);
    utf8.remove_prefix(next.size);
  }
  return code_points;
}

void append_utf8(std::string& utf8, char32_t c) {
  const auto tail = [](char32_t bits) { return static_cast<char>(0x80 | (bits & 0x3F)); };
  if (c < 0x80) {
    utf8 += static_cast<char>(c);
  } else if (c < 0x800) {
    utf8 += {static_cast<char>(0xC0 | (c >> 6)), tail(c)};
  } else if (c < 0x10000) {
    utf8 += {static_cast<char>(0xE0 | (c >> 12)), tail(c >> 6), tail(c)};
  } else {
    utf8 += {static_cast<char>(0xF0 | (c >> 18)), tail(c >> 12), tail(c >> 6), tail(c)};
  }
}

std::string encode_utf8(std::u32string_view code_points) {
  std::string utf8;
  utf8.reserve(code_points.size() * 3);
  for (const char32_t c : code_points)
    append_utf8(utf8, c);
  return utf8;
}

std::size_t code_point_count(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::ranges::count_if(utf8, [](char c) { return (c & 0xC0) != 0x80; }));
}

namespace {

/// Of text without ASCII.
std::size_t wide_width(std::string_view utf8) {
  std::size_t cells = 0;
  for (std::size_t at = 0; at < utf8.size();) {
    if (are_two_han(utf8, at)) {
      cells += 4;
      at += 6;
      continue;
    }
    if (is_han(utf8, at)) {
      cells += 2;
      at += 3;
      continue;
    }
    const auto next = first_code_point(utf8.substr(at)).value_or(CodePoint{kReplacement, 1});
    cells += is_wide(next.value) ? 2 : 1;
    at += next.size;
  }
  return cells;
}

}  // namespace

std::size_t display_width(std::string_view utf8) {
  std::size_t cells = 0;
  while (!utf8.empty()) {
    const std::size_t plain = static_cast<std::size_t>(
        std::ranges::find_if(utf8, [](char c) { return (c & 0x80) != 0; }) - utf8.begin());
    cells += plain;
    utf8.remove_prefix(plain);
    const std::size_t other = static_cast<std::size_t>(
        std::ranges::find_if(utf8, [](char c) { return (c & 0x80) == 0; }) - utf8.begin());
    cells += wide_width(utf8.substr(0, other));
    utf8.remove_prefix(other);
  }
  return cells;
}

LineColumn line_column(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const auto newline = before.rfind('\n');
  const auto last_line = newline == std::string_view::npos ? before : before.substr(newline + 1);
  return {static_cast<int>(std::ranges::count(before, '\n')) + 1,
          static_cast<int>(code_point_count(last_line)) + 1};
}

std::string_view line_at(std::string_view text, int line) {
  for (; line > 1; --line) {
    const auto newline = text.find('\n');
    if (newline == std::string_view::npos) return {};
    text.remove_prefix(newline + 1);
  }
  text = text.substr(0, std::min(text.find('\n'), text.size()));
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

}  // namespace huice
