// Blanks as Python's str.strip() sees them; U+3000, the full-width blank, is one.
#pragma once

#include <string_view>

namespace huice::compose {

bool is_blank(char32_t c);
std::string_view without_leading_blanks(std::string_view utf8);
std::string_view without_trailing_blanks(std::string_view utf8);
std::string_view trimmed(std::string_view utf8);

}  // namespace huice::compose
