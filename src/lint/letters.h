// Small questions about the letters of a Chinese text, by code point.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "text/normalize.h"

namespace huice::lint {

/// The letter at `at`; U+0000 beyond the end, so that neighbours may be asked for freely.
inline char32_t letter(std::u32string_view text, std::size_t at) {
  return at < text.size() ? text[at] : U'\0';
}

/// The letter before `at`; U+0000 at the beginning.
inline char32_t before(std::u32string_view text, std::size_t at) {
  return at == 0 ? U'\0' : letter(text, at - 1);
}

inline bool one_of(char32_t c, std::u32string_view set) {
  return c != U'\0' && set.find(c) != std::u32string_view::npos;
}

inline bool is_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}

inline bool is_latin(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
}

inline bool is_blank(char32_t c) {
  return one_of(c, U" \t\u3000\u00a0");
}

using text::is_han;

/// Han digits and the units among them.
inline bool is_numeral(char32_t c) {
  return one_of(c, U"〇零一二三四五六七八九十百");
}

inline bool begins(std::u32string_view text, std::size_t at, std::u32string_view what) {
  return at <= text.size() && text.substr(at).starts_with(what);
}

inline bool holds(std::u32string_view text, std::u32string_view what) {
  return text.find(what) != std::u32string_view::npos;
}

/// Behind the digits that begin at `at`.
inline std::size_t digits_end(std::u32string_view text, std::size_t at) {
  while (is_digit(letter(text, at)))
    ++at;
  return at;
}

/// The number that these digits write, at most nine of them.
int number_of(std::u32string_view digits);

/// `text` between “ and ”, shortened in the middle of long ones.
std::string in_quotes(std::u32string_view text);

/// Without blanks, full-width ones among them.
std::u32string without_blanks(std::u32string_view text);

/// Without blanks at either end.
std::u32string_view trimmed(std::u32string_view text);

/// The longest of `endings` with which `text` ends; empty when none.
template <class List>
std::u32string_view ending_of(std::u32string_view text, const List& endings) {
  std::u32string_view found;
  for (const std::u32string_view each : endings) {
    if (each.size() > found.size() && text.ends_with(each)) found = each;
  }
  return found;
}

}  // namespace huice::lint
