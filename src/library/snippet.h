// The piece of a passage to show, and what to highlight in it.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "library/library.h"
#include "text/numbers.h"

namespace huice::library {

/// Finds the words of one query in the passages that it found.
class Highlighter {
 public:
  /// `words` are folded; numbers are those of the query as it was typed, and found however they are
  /// written.
  Highlighter(const std::vector<std::string>& words, std::string_view query);

  /// The piece of `passage` that shows most of the words, beginning with a sentence.
  Snippet snippet_of(std::string_view passage) const;

 private:
  /// A number, and the letter behind it: without that 5 would be found on every page.
  struct Number {
    std::string digits;
    char32_t behind = 0;
  };
  /// A stretch of the passage that one or several words cover.
  struct Match {
    Highlight place;
    std::size_t kind = 0;  ///< equal for equal letters
  };

  static Number number_of(const text::FoundNumber& found, std::u32string_view text);
  std::vector<Match> matches_in(std::string_view passage) const;
  /// For every letter of a text: how many letters the number takes that is sought and begins there.
  std::vector<std::size_t> numbers_in(std::u32string_view text) const;
  /// Letters of the longest word that begins `text`; 0 when none does.
  std::size_t longest_at(std::u32string_view text) const;

  static constexpr std::size_t kStarts = 256;
  std::vector<std::u32string> words_;  ///< longest first
  std::vector<Number> numbers_;
  std::array<bool, kStarts> starts_{};  ///< whether a word begins with a letter of that low byte
};

}  // namespace huice::library
