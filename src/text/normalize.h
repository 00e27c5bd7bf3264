// One form for text that is the same to a searcher: width, case and script folded.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace huice::text {

/// Full and half width alike, compatibility forms resolved (NFKC), upper case lowered, traditional
/// characters simplified. Code point by code point, so that each part of the result has one origin.
/// Ill-formed bytes become U+FFFD.
std::string fold(std::string_view utf8);

/// A folded text that knows where each of its code points came from.
struct Folded {
  std::u32string text;
  /// Byte offset in the original of every code point of `text`, and one more: the original's size.
  std::vector<std::size_t> origin;
};

/// As fold(), with origins.
Folded fold_with_origin(std::string_view utf8);

/// Blanks (also full-width and no-break ones) cut from both ends.
std::string_view trimmed(std::string_view utf8);

/// Trimmed, and every run of blanks inside made one space.
std::string single_spaced(std::string_view utf8);

/// True for Han characters, the ideographic zero 〇 among them.
bool is_han(char32_t c);

}  // namespace huice::text
