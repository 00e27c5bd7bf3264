// A paragraph as tokens: what becomes one item of a line, and what a break between two costs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "layout/punctuation.h"
#include "layout/type_case.h"

namespace huice::layout {

/// A part of the text that becomes one item: a character, a word, —— .
struct Token {
  std::size_t first = 0;
  std::size_t last = 0;
  CharClass kind = CharClass::Han;
  std::size_t spaces = 0;  ///< blanks that follow it
};

/// Cuts a line of the author's into tokens; blanks at its beginning are dropped.
void tokenise(std::span<const Letter> letters, std::vector<Token>& tokens);

/// For every token, what it costs to break after it: 0 is free, kForbidden never right. What
/// stands between holds by rule (禁则, numbers with their units) or by preference (dates, names,
/// short titles in 《》).
void price_breaks(std::span<const Letter> letters, std::span<const Token> tokens,
                  std::vector<std::int64_t>& penalties);

/// What it costs to cut a word of the dictionary: as much as a ragged line that is half empty.
inline constexpr std::int64_t kWordPenalty = 100;

/// Raises the price of breaks within words of the dictionary to kWordPenalty.
void price_words(std::span<const Letter> letters, std::span<const Token> tokens,
                 std::vector<std::int64_t>& penalties);

}  // namespace huice::layout
