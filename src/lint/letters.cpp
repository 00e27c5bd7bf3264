#include "lint/letters.h"

#include "base/utf8.h"

namespace huice::lint {

int number_of(std::u32string_view digits) {
  constexpr std::size_t kMostDigits = 9;
  int number = 0;
  for (const char32_t c : digits.substr(0, kMostDigits))
    number = number * 10 + static_cast<int>(c - U'0');
  return number;
}

std::string in_quotes(std::u32string_view text) {
  constexpr std::size_t kMost = 30;
  constexpr std::size_t kEnds = 13;
  if (text.size() <= kMost) return "“" + encode_utf8(text) + "”";
  return "“" + encode_utf8(text.substr(0, kEnds)) + "…" +
         encode_utf8(text.substr(text.size() - kEnds)) + "”";
}

std::u32string without_blanks(std::u32string_view text) {
  std::u32string kept;
  for (const char32_t c : text) {
    if (!is_blank(c)) kept += c;
  }
  return kept;
}

std::u32string_view trimmed(std::u32string_view text) {
  while (!text.empty() && is_blank(text.front()))
    text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back()))
    text.remove_suffix(1);
  return text;
}

}  // namespace huice::lint
