// Chinese text as words, as a dictionary and the terms of the trade see them.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "text/normalize.h"

namespace huice::text {

/// Terms that stay whole: 专精特新, 纾困增效, 规模以上工业企业. Folded on the way in.
class Lexicon {
 public:
  Lexicon() = default;
  /// Terms of one letter and of more than kMostTermLetters are left out.
  explicit Lexicon(std::span<const std::string> terms);

  static constexpr std::size_t kMostTermLetters = 32;

  /// Letters of the longest term that starts `text`; 0 when none does.
  std::size_t longest_match(std::u32string_view text) const;

 private:
  static constexpr std::size_t kStarts = 0x10000;
  /// By first letter, longest term first.
  std::unordered_map<char32_t, std::vector<std::u32string>> terms_;
  std::vector<bool> starts_;  ///< false where no term begins with a letter of that lower half
};

/// A word and where it stands; punctuation and blanks are no words.
struct Word {
  std::string term;        ///< folded
  std::size_t offset = 0;  ///< bytes, in the text as given
  std::size_t size = 0;
};

/// A word by the code points of a folded text that it takes.
struct WordSpan {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Cuts text into words: ICU's dictionary, overruled by the longest term of the lexicon, unless
/// the term lies wholly inside a longer dictionary word. Safe to use from several threads.
class Segmenter {
 public:
  explicit Segmenter(Lexicon lexicon) : lexicon_(std::move(lexicon)) {}

  std::vector<Word> words(std::string_view utf8) const;
  /// The same of a text folded already.
  std::vector<Word> words(const Folded& folded) const;
  /// The same without their texts, for who makes something else of the letters.
  std::vector<WordSpan> spans(std::u32string_view folded) const;

 private:
  Lexicon lexicon_;
};

}  // namespace huice::text
