#include "text/words.h"

#include <algorithm>
#include <memory>

#include <unicode/brkiter.h>
#include <unicode/uchar.h>

#include "base/utf8.h"
#include "text/normalize.h"

namespace huice::text {
namespace {

std::u16string utf16(std::u32string_view text) {
  std::u16string units;
  units.reserve(text.size());
  for (const char32_t c : text) {
    if (c < 0x10000) {
      units += static_cast<char16_t>(c);
    } else {
      units += U16_LEAD(c);
      units += U16_TRAIL(c);
    }
  }
  return units;
}

/// Opened once; nullptr without ICU's data. Text is broken by clones of it, one for each thread,
/// since a clone costs as much as a sentence.
const icu::BreakIterator* dictionary() {
  static const auto kBreaks = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<const icu::BreakIterator> breaks(
        icu::BreakIterator::createWordInstance(icu::Locale::getChina(), status));
    return U_FAILURE(status) ? nullptr : std::move(breaks);
  }();
  return kBreaks.get();
}

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

std::vector<std::size_t> word_ends(std::u32string_view text) {
  // Without ICU's data every letter is a word.
  std::vector<std::size_t> ends(text.size());
  for (std::size_t i = 0; i < text.size(); ++i)
    ends[i] = i + 1;
  if (dictionary() == nullptr) return ends;
  thread_local const std::unique_ptr<icu::BreakIterator> own(dictionary()->clone());
  const std::u16string units = utf16(text);
  const icu::UnicodeString borrowed(false, units.data(), static_cast<int32_t>(units.size()));
  own->setText(borrowed);
  std::size_t at = 0;
  int32_t unit = 0;
  own->first();
  for (int32_t end = own->next(); end != icu::BreakIterator::DONE; end = own->next()) {
    const std::size_t start = at;
    for (; unit < end; ++at)
      unit += U16_LENGTH(static_cast<UChar32>(text[at]));
    std::fill(ends.begin() + static_cast<std::ptrdiff_t>(start),
              ends.begin() + static_cast<std::ptrdiff_t>(at), at);
  }
  return ends;
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
