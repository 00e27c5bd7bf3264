#include "library/suggestion.h"

#include <algorithm>

#include "base/utf8.h"
#include "library/terms.h"
#include "text/normalize.h"
#include "text/pinyin.h"

namespace huice::library {
namespace {

/// Terms that people misspell, in their own letters.
std::vector<std::string> known_terms(const IndexSettings& settings) {
  std::vector<std::string> terms = settings.lexicon;
  for (const auto& group : settings.synonyms)
    terms.insert(terms.end(), group.begin(), group.end());
  for (const Region& region : settings.regions)
    terms.insert(terms.end(), region.names.begin(), region.names.end());
  return terms;
}

bool has_pairs(const LibraryState& state, std::u32string_view letters) {
  const auto pairs = bigrams_of(encode_utf8(letters));
  return std::ranges::all_of(pairs, [&](const std::string& pair) {
    return state.database.term_exists(std::string(prefix::kPair) + pair);
  });
}

/// For each letter, whether the library has it nowhere together with the next.
std::vector<bool> unknown_pairs(const LibraryState& state, std::u32string_view letters) {
  std::vector<bool> unknown(letters.size(), false);
  for (std::size_t at = 0; at + 1 < letters.size(); ++at)
    unknown[at] = !has_pairs(state, letters.substr(at, 2));
  return unknown;
}

/// True when `typed` may be a slip for `term`, of the same length: spoken alike, or one letter of
/// at least four.
bool may_mean(std::u32string_view typed, std::u32string_view term) {
  constexpr std::size_t kLongTerm = 4;
  std::size_t different = 0;
  for (std::size_t i = 0; i < term.size(); ++i)
    different += typed[i] == term[i] ? 0 : 1;
  if (different == 0 || different * 2 > term.size()) return false;
  if (different == 1 && term.size() >= kLongTerm) return true;
  return text::pinyin_of(encode_utf8(typed)) == text::pinyin_of(encode_utf8(term));
}

}  // namespace

std::string suggestion_for(const LibraryState& state, std::string_view query) {
  constexpr std::size_t kMostLetters = 100;  // of a whole page, nothing is a slip
  const text::Folded folded = text::fold_with_origin(query);
  const std::u32string_view letters = folded.text;
  if (letters.size() > kMostLetters) return {};
  const std::vector<bool> unknown = unknown_pairs(state, letters);
  const auto next_unknown = [&](std::size_t at) {
    return static_cast<std::size_t>(
        std::find(unknown.begin() + static_cast<std::ptrdiff_t>(at), unknown.end(), true) -
        unknown.begin());
  };
  if (next_unknown(0) == unknown.size()) return {};
  std::vector<std::string> terms = known_terms(state.settings);
  std::ranges::stable_sort(terms, std::ranges::greater{}, &std::string::size);
  for (const std::string& written : terms) {
    const std::u32string term = text::fold_with_origin(written).text;
    for (std::size_t at = 0; at + term.size() <= letters.size(); ++at) {
      const bool odd = next_unknown(at) + 1 < at + term.size();
      if (!odd || !may_mean(letters.substr(at, term.size()), term)) continue;
      if (!has_pairs(state, term)) continue;
      const std::size_t begin = folded.origin[at];
      const std::size_t end = folded.origin[at + term.size()];
      return std::string(query.substr(0, begin)) + written + std::string(query.substr(end));
    }
  }
  return {};
}

}  // namespace huice::library
