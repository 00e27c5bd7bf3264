// The characters of FEEL: blanks, comments, names, numbers and texts.
//
// FEEL cannot be cut into tokens before it is parsed, because names hold blanks and operators; so
// the parser walks the text with these.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/decimal.h"

namespace huice::feel {

/// Whether a name may start with, or go on with, the code point (10.3.1.2, rules 28 and 29).
/// CJK and full-width punctuation is left out: it is a slip of the keyboard, not a name.
bool is_name_start(char32_t c);
bool is_name_part(char32_t c);

/// Bytes of the one-word name at the front of `text`; 0 when there is none.
std::size_t word_size(std::string_view text);

/// Whether `name` is one word that needs no quotes as a key of a context.
bool is_plain_name(std::string_view name);

/// Bytes that `name` takes at the front of `text`, blanks between its parts counting freely; 0
/// when the text starts otherwise or goes on inside the last word.
std::size_t match_name(std::string_view text, std::string_view name);

/// `name` with runs of blanks as one blank and none around the symbols . / - ' + *.
std::string canonical_name(std::string_view name);

/// Bytes of blanks and comments at the front of `text`; an unclosed comment runs to the end.
std::size_t blank_size(std::string_view text);

/// Bytes of the number at the front of `text`; 0 when there is none.
std::size_t number_size(std::string_view text);

/// The text between quotes at the front, with its escapes resolved, and the bytes it took.
struct QuotedText {
  std::string value;
  std::size_t size = 0;
};
/// nullopt when `text` starts with no quote or the closing one is missing.
std::optional<QuotedText> quoted_text(std::string_view text);

}  // namespace huice::feel
