#include "library/suggestion.h"

#include <algorithm>
#include <unordered_map>

#include "base/utf8.h"
#include "library/terms.h"
#include "text/normalize.h"
#include "text/pinyin.h"

namespace huice::library {
namespace {

bool has_pairs(const LibraryState& state, std::u32string_view letters) {
  const auto pairs = bigrams_of(encode_utf8(letters));
  return std::ranges::all_of(pairs, [&](const std::string& pair) {
    return state.database.term_exists(std::string(prefix::kPair) + pair);
  });
}

/// For each letter, how many before it the library has nowhere together with their next.
std::vector<std::size_t> unknown_before(const LibraryState& state, std::u32string_view letters) {
  std::vector<std::size_t> unknown(letters.size() + 1, 0);
  for (std::size_t at = 0; at < letters.size(); ++at) {
    const bool odd = at + 1 < letters.size() && !has_pairs(state, letters.substr(at, 2));
    unknown[at + 1] = unknown[at] + (odd ? 1 : 0);
  }
  return unknown;
}

/// How letters are spoken, each looked up once; there are no more than letters.
class Sounds {
 public:
  bool are_alike(char32_t a, char32_t b) { return a == b || of(a) == of(b); }

 private:
  const std::vector<std::string>& of(char32_t letter) {
    const auto [sound, is_new] = sounds_.try_emplace(letter);
    if (is_new) sound->second = text::pinyin_of(encode_utf8(std::u32string(1, letter)));
    return sound->second;
  }

  std::unordered_map<char32_t, std::vector<std::string>> sounds_;
};

/// True when `typed` may be a slip for `term`, of the same length: spoken alike, or one letter of
/// at least four.
bool may_mean(std::u32string_view typed, std::u32string_view term, Sounds& sounds) {
  constexpr std::size_t kLongTerm = 4;
  std::size_t different = 0;
  for (std::size_t i = 0; i < term.size(); ++i)
    different += typed[i] == term[i] ? 0 : 1;
  if (different == 0 || different * 2 > term.size()) return false;
  if (different == 1 && term.size() >= kLongTerm) return true;
  for (std::size_t i = 0; i < term.size(); ++i) {
    if (!sounds.are_alike(typed[i], term[i])) return false;
  }
  return true;
}

}  // namespace

std::string suggestion_for(const LibraryState& state, std::string_view query) {
  constexpr std::size_t kMostLetters = 100;  // of a whole page, nothing is a slip
  const text::Folded folded = text::fold_with_origin(query);
  const std::u32string_view letters = folded.text;
  if (letters.size() > kMostLetters) return {};
  const std::vector<std::size_t> unknown = unknown_before(state, letters);
  if (unknown.back() == 0) return {};
  thread_local Sounds sounds;
  for (const auto& [term, written] : state.known_terms) {
    for (std::size_t at = 0; at + term.size() <= letters.size(); ++at) {
      const bool odd = term.size() > 1 && unknown[at + term.size() - 1] > unknown[at];
      if (!odd || !may_mean(letters.substr(at, term.size()), term, sounds)) continue;
      if (!has_pairs(state, term)) continue;
      const std::size_t begin = folded.origin[at];
      const std::size_t end = folded.origin[at + term.size()];
      return std::string(query.substr(0, begin)) + written + std::string(query.substr(end));
    }
  }
  return {};
}

}  // namespace huice::library
