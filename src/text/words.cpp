#include "text/words.h"

#include <algorithm>

#include <unicode/uchar.h>

#include "base/utf8.h"
#include "text/normalize.h"
#include "text/word_ends.h"

namespace huice::text {
namespace {

bool is_word_letter(char32_t c) {
  return u_isalnum(static_cast<UChar32>(c)) != 0 || is_han(c);
}

}  // namespace

Lexicon::Lexicon(std::span<const std::string> terms) : starts_(kStarts, false) {
  for (const std::string& term : terms) {
    std::u32string letters = fold_with_origin(trimmed(term)).text;
    if (letters.size() < 2 || letters.size() > kMostTermLetters) continue;
    starts_[letters.front() % kStarts] = true;
    terms_[letters.front()].push_back(std::move(letters));
  }
  for (auto& [first, list] : terms_)
    std::ranges::stable_sort(list, std::ranges::greater{}, &std::u32string::size);
}

std::size_t Lexicon::longest_match(std::u32string_view text) const {
  if (text.empty() || terms_.empty() || !starts_[text.front() % kStarts]) return 0;
  const auto list = terms_.find(text.front());
  if (list == terms_.end()) return 0;
  for (const std::u32string& term : list->second) {
    if (text.starts_with(term)) return term.size();
  }
  return 0;
}

std::vector<Word> Segmenter::words(std::string_view utf8) const {
  return words(fold_with_origin(utf8));
}

std::vector<Word> Segmenter::words(const Folded& folded) const {
  std::vector<Word> words;
  for (const auto& [begin, end] : spans(folded.text)) {
    const std::size_t offset = folded.origin[begin];
    words.push_back({encode_utf8(std::u32string_view(folded.text).substr(begin, end - begin)),
                     offset, folded.origin[end] - offset});
  }
  return words;
}

std::vector<WordSpan> Segmenter::spans(std::u32string_view text) const {
  const std::vector<std::size_t> ends = word_ends(text);
  std::vector<WordSpan> spans;
  const auto emit = [&](std::size_t begin, std::size_t end) {
    if (begin < end && is_word_letter(text[begin])) spans.push_back({begin, end});
  };
  std::size_t start = 0;  // of the word being read
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t term_end = at + lexicon_.longest_match(text.substr(at));
    const bool longer = term_end > ends[at] || (at == start && term_end == ends[at]);
    if (term_end > at && longer) {
      emit(start, at);
      emit(at, term_end);
      at = start = term_end;
      continue;
    }
    const std::size_t word_end = ends[at];
    ++at;
    if (at == word_end) {
      emit(start, at);
      start = at;
    }
  }
  return spans;
}

}  // namespace huice::text
