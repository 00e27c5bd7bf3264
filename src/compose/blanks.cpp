#include "compose/blanks.h"

#include "base/utf8.h"

namespace huice::compose {

bool is_blank(char32_t c) {
  return (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x20) || c == 0x85 || c == 0xA0 ||
         c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
         c == 0x205F || c == 0x3000;
}

std::string_view without_leading_blanks(std::string_view utf8) {
  for (auto next = first_code_point(utf8); next && is_blank(next->value);
       next = first_code_point(utf8)) {
    utf8.remove_prefix(next->size);
  }
  return utf8;
}

std::string_view without_trailing_blanks(std::string_view utf8) {
  while (!utf8.empty()) {
    std::size_t begin = utf8.size() - 1;
    while (begin > 0 && (utf8[begin] & 0xC0) == 0x80)
      --begin;
    const auto last = first_code_point(utf8.substr(begin));
    if (!last || !is_blank(last->value)) break;
    utf8 = utf8.substr(0, begin);
  }
  return utf8;
}

std::string_view trimmed(std::string_view utf8) {
  return without_leading_blanks(without_trailing_blanks(utf8));
}

}  // namespace huice::compose
