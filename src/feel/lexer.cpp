#include "feel/lexer.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/utf8.h"

namespace huice::feel {
namespace {

struct Span {
  char32_t first;
  char32_t last;
};
constexpr std::array<Span, 14> kNameStarts = {{{U'?', U'?'},
                                               {U'A', U'Z'},
                                               {U'_', U'_'},
                                               {U'a', U'z'},
                                               {0xC0, 0xD6},
                                               {0xD8, 0xF6},
                                               {0xF8, 0x2FF},
                                               {0x370, 0x37D},
                                               {0x37F, 0x1FFF},
                                               {0x200C, 0x200D},
                                               {0x2070, 0x218F},
                                               {0x2C00, 0x2FEF},
                                               {0x3005, 0xD7FF},
                                               {0xF900, 0xFFFD}}};
constexpr std::array<Span, 4> kPunctuation = {
    {{0x3008, 0x3020}, {0x3030, 0x3030}, {0xFE10, 0xFE6F}, {0xFF00, 0xFF0F}}};
constexpr std::array<Span, 4> kMorePunctuation = {
    {{0xFF1A, 0xFF20}, {0xFF3B, 0xFF40}, {0xFF5B, 0xFF65}, {0xFFE0, 0xFFEF}}};

template <std::size_t N>
bool within(const std::array<Span, N>& spans, char32_t c) {
  return std::ranges::any_of(spans, [&](Span s) { return c >= s.first && c <= s.last; });
}

bool is_blank(char32_t c) {
  return c == ' ' || (c >= 0x9 && c <= 0xD) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         c == 0x180E || (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
         c == 0x205F || c == 0x3000 || c == 0xFEFF;
}

bool is_name_symbol(char c) {
  return std::string_view("./-'+*").find(c) != std::string_view::npos;
}

std::size_t plain_blank_size(std::string_view text) {
  std::size_t size = 0;
  while (const auto next = first_code_point(text.substr(size))) {
    if (!is_blank(next->value)) break;
    size += next->size;
  }
  return size;
}

std::size_t comment_size(std::string_view text) {
  if (text.starts_with("//")) return std::min(text.find('\n'), text.size());
  if (!text.starts_with("/*")) return 0;
  const auto end = text.find("*/", 2);
  return end == std::string_view::npos ? text.size() : end + 2;
}

std::size_t digits_size(std::string_view text) {
  std::size_t size = 0;
  while (size < text.size() && text[size] >= '0' && text[size] <= '9')
    ++size;
  return size;
}

std::optional<char32_t> hex(std::string_view digits, std::size_t width) {
  if (digits.size() < width) return std::nullopt;
  unsigned value = 0;
  const char* end = digits.data() + width;
  const auto read = std::from_chars(digits.data(), end, value, 16);
  if (read.ptr != end || value > 0x10FFFF) return std::nullopt;
  return value;
}

/// `\uD83D\uDE00` or `\u4e00` or `\U01F600`; the bytes taken, 0 when it is none of these.
std::size_t append_unicode_escape(std::string_view text, std::string& out) {
  const std::size_t width = text.starts_with("\\U") ? 6 : 4;
  if (!text.starts_with("\\u") && width == 4) return 0;
  const auto first = hex(text.substr(2), width);
  if (!first) return 0;
  const std::size_t size = 2 + width;
  const bool high = *first >= 0xD800 && *first <= 0xDBFF;
  if (high && text.substr(size).starts_with("\\u")) {
    const auto low = hex(text.substr(size + 2), 4);
    if (low && *low >= 0xDC00 && *low <= 0xDFFF) {
      append_utf8(out, 0x10000 + ((*first - 0xD800) << 10) + (*low - 0xDC00));
      return size + 6;
    }
  }
  const bool surrogate = *first >= 0xD800 && *first <= 0xDFFF;
  append_utf8(out, surrogate ? char32_t{0xFFFD} : *first);
  return size;
}

}  // namespace

bool is_name_start(char32_t c) {
  if (c >= 0x10000) return c <= 0xEFFFF;
  return within(kNameStarts, c) && !within(kPunctuation, c) && !within(kMorePunctuation, c);
}

bool is_name_part(char32_t c) {
  return is_name_start(c) || (c >= '0' && c <= '9') || c == 0xB7 || (c >= 0x300 && c <= 0x36F) ||
         (c >= 0x203F && c <= 0x2040);
}

std::size_t word_size(std::string_view text) {
  std::size_t size = 0;
  while (const auto next = first_code_point(text.substr(size))) {
    if (size == 0 ? !is_name_start(next->value) : !is_name_part(next->value)) break;
    size += next->size;
  }
  return size;
}

bool is_plain_name(std::string_view name) {
  return !name.empty() && word_size(name) == name.size();
}

std::size_t match_name(std::string_view text, std::string_view name) {
  if (name.empty() || text.empty() || text.front() != name.front()) return 0;
  std::size_t at = 0;
  std::size_t i = 0;
  while (i < name.size()) {
    const std::size_t name_blank = plain_blank_size(name.substr(i));
    const std::size_t text_blank = plain_blank_size(text.substr(at));
    const bool at_symbol = i + name_blank < name.size() && (is_name_symbol(name[i + name_blank]) ||
                                                            (i > 0 && is_name_symbol(name[i - 1])));
    if (name_blank > 0 && text_blank == 0 && !at_symbol) return 0;
    if (name_blank > 0 || (text_blank > 0 && at_symbol)) {
      i += name_blank;
      at += text_blank;
    }
    if (i >= name.size()) break;
    if (at >= text.size() || text[at] != name[i]) return 0;
    ++at;
    ++i;
  }
  const auto next = first_code_point(text.substr(at));
  return next && is_name_part(next->value) ? 0 : at;
}

std::string canonical_name(std::string_view name) {
  std::string out;
  for (std::size_t i = 0; i < name.size();) {
    const std::size_t blank = plain_blank_size(name.substr(i));
    if (blank > 0) {
      i += blank;
      const bool inner = !out.empty() && i < name.size();
      if (inner && !is_name_symbol(out.back()) && !is_name_symbol(name[i])) out += ' ';
      continue;
    }
    out += name[i++];
  }
  return out;
}

std::size_t blank_size(std::string_view text) {
  std::size_t size = 0;
  while (true) {
    const std::size_t blank = plain_blank_size(text.substr(size));
    const std::size_t comment = comment_size(text.substr(size + blank));
    if (blank + comment == 0) return size;
    size += blank + comment;
  }
}

std::size_t number_size(std::string_view text) {
  std::size_t size = digits_size(text);
  const bool whole = size > 0;
  if (size < text.size() && text[size] == '.') {
    const std::size_t fraction = digits_size(text.substr(size + 1));
    if (fraction > 0) size += 1 + fraction;
  }
  if (!whole && size == 0) return 0;
  std::size_t exponent = size;
  if (exponent < text.size() && (text[exponent] == 'e' || text[exponent] == 'E')) {
    ++exponent;
    if (exponent < text.size() && (text[exponent] == '+' || text[exponent] == '-')) ++exponent;
    const std::size_t digits = digits_size(text.substr(exponent));
    if (digits > 0) size = exponent + digits;
  }
  return size;
}

std::optional<QuotedText> quoted_text(std::string_view text) {
  if (!text.starts_with('"')) return std::nullopt;
  QuotedText result;
  std::size_t at = 1;
  while (at < text.size() && text[at] != '"') {
    if (text[at] != '\\' || at + 1 >= text.size()) {
      result.value += text[at++];
      continue;
    }
    static constexpr std::string_view kEscapes = "n\nr\rt\t\"\"\\\\''";
    const auto known = [&] {
      for (std::size_t i = 0; i < kEscapes.size(); i += 2) {
        if (kEscapes[i] == text[at + 1]) return i + 1;
      }
      return std::size_t{0};
    }();
    if (known > 0) {
      result.value += kEscapes[known];
      at += 2;
    } else if (const std::size_t taken = append_unicode_escape(text.substr(at), result.value)) {
      at += taken;
    } else {  // not an escape of FEEL: both characters stand, which patterns like "\s" rely on
      result.value += text[at];
      result.value += text[at + 1];
      at += 2;
    }
  }
  if (at >= text.size()) return std::nullopt;
  result.size = at + 1;
  return result;
}

}  // namespace huice::feel
