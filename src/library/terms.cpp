#include "library/terms.h"

#include "base/utf8.h"
#include "library/sha256.h"
#include "text/normalize.h"

namespace huice::library {

std::string exact_term(std::string_view prefix, std::string_view value) {
  constexpr std::size_t kMostBytes = 200;  // Xapian's own limit is 245
  std::string term(prefix);
  return term.append(value.size() <= kMostBytes ? std::string(value) : sha256(value));
}

std::vector<std::string> bigrams_of(std::string_view folded) {
  std::vector<std::string> bigrams;
  const std::u32string letters = decode_utf8(folded);
  for (std::size_t i = 0; i + 1 < letters.size(); ++i) {
    if (text::is_han(letters[i]) && text::is_han(letters[i + 1])) {
      bigrams.push_back(encode_utf8(std::u32string_view(letters).substr(i, 2)));
    }
  }
  return bigrams;
}

bool is_term(std::string_view word) {
  constexpr std::size_t kMostBytes = 100;
  return !word.empty() && word.size() <= kMostBytes;
}

}  // namespace huice::library
