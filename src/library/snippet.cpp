#include "library/snippet.h"

#include <algorithm>
#include <unordered_map>

#include "base/utf8.h"
#include "library/structure.h"
#include "text/normalize.h"

namespace huice::library {
namespace {

constexpr std::size_t kSnippetLetters = 140;

/// So many digits say enough by themselves.
constexpr std::size_t kTellingDigits = 3;

/// `text` up to about kSnippetLetters, whole sentences where they fit.
std::size_t window_end(std::string_view text, const std::vector<std::string_view>& sentences,
                       std::size_t first, std::size_t begin) {
  std::size_t end = begin;
  std::size_t letters = 0;
  for (std::size_t i = first; i < sentences.size(); ++i) {
    const std::size_t more = code_point_count(sentences[i]);
    if (letters > 0 && letters + more > kSnippetLetters) break;
    letters += more;
    end += sentences[i].size();
    if (letters >= kSnippetLetters) break;
  }
  if (letters <= 2 * kSnippetLetters) return end;
  const std::u32string cut = decode_utf8(text.substr(begin, end - begin));
  return begin + encode_utf8(std::u32string_view(cut).substr(0, 2 * kSnippetLetters)).size();
}

}  // namespace

Highlighter::Highlighter(const std::vector<std::string>& words, std::string_view query) {
  const std::u32string typed = decode_utf8(text::fold(query));
  for (const text::FoundNumber& found : text::find_numbers(typed))
    numbers_.push_back(number_of(found, typed));
  for (const std::string& word : words) {
    std::u32string letters = decode_utf8(word);
    if (letters.empty()) continue;
    starts_[letters.front() % kStarts] = true;
    words_.push_back(std::move(letters));
  }
  std::ranges::stable_sort(words_, std::ranges::greater{}, &std::u32string::size);
}

std::size_t Highlighter::longest_at(std::u32string_view text) const {
  if (!starts_[text.front() % kStarts]) return 0;
  for (const std::u32string& word : words_) {
    if (text.starts_with(word)) return word.size();
  }
  return 0;
}

Highlighter::Number Highlighter::number_of(const text::FoundNumber& found,
                                           std::u32string_view text) {
  const std::size_t end = found.offset + found.size;
  return {found.digits, end < text.size() ? text[end] : 0};
}

std::vector<std::size_t> Highlighter::numbers_in(std::u32string_view text) const {
  std::vector<std::size_t> sizes(text.size(), 0);
  if (numbers_.empty()) return sizes;
  for (const text::FoundNumber& found : text::find_numbers(text)) {
    const Number here = number_of(found, text);
    for (const Number& sought : numbers_) {
      if (sought.digits != here.digits) continue;
      const bool same_unit = here.behind != 0 && sought.behind == here.behind;
      if (same_unit || here.digits.size() >= kTellingDigits)
        sizes[found.offset] = found.size + (same_unit ? 1 : 0);
    }
  }
  return sizes;
}

std::vector<Highlighter::Match> Highlighter::matches_in(std::string_view passage) const {
  const text::Folded folded = text::fold_with_origin(passage);
  const std::u32string_view text = folded.text;
  const std::vector<std::size_t> numbers = numbers_in(text);
  const auto size_at = [&](std::size_t at) {
    return std::max(numbers[at], longest_at(text.substr(at)));
  };
  std::vector<Match> matches;
  std::unordered_map<std::u32string_view, std::size_t> kinds;
  for (std::size_t begin = 0; begin < text.size(); ++begin) {
    std::size_t end = begin + size_at(begin);
    if (end == begin) continue;
    // Words that overlap or touch are one match.
    for (std::size_t at = begin + 1; at <= end && at < text.size(); ++at)
      end = std::max(end, at + size_at(at));
    const auto kind = kinds.emplace(text.substr(begin, end - begin), kinds.size()).first->second;
    const std::size_t offset = folded.origin[begin];
    matches.push_back({{offset, folded.origin[end] - offset}, kind});
    begin = end - 1;
  }
  return matches;
}

Snippet Highlighter::snippet_of(std::string_view passage) const {
  const auto sentences = sentences_of(passage);
  const std::vector<Match> matches = matches_in(passage);
  // Different matches within [begin, end), and the bytes they cover.
  const auto worth = [&](std::size_t begin, std::size_t end) {
    std::vector<bool> seen(matches.size(), false);
    std::pair<std::size_t, std::size_t> found;
    for (const Match& match : matches) {
      if (match.place.offset < begin || match.place.offset + match.place.size > end) continue;
      if (!seen[match.kind]) ++found.first;
      seen[match.kind] = true;
      found.second += match.place.size;
    }
    return found;
  };
  std::size_t best_begin = 0;
  std::size_t best_end = window_end(passage, sentences, 0, 0);
  auto best = worth(best_begin, best_end);
  std::size_t begin = 0;
  for (std::size_t i = 0; i + 1 < sentences.size(); ++i) {
    begin += sentences[i].size();
    const std::size_t end = window_end(passage, sentences, i + 1, begin);
    const auto found = worth(begin, end);
    if (found <= best) continue;
    best = found;
    best_begin = begin;
    best_end = end;
  }
  const std::string_view text = text::trimmed(passage.substr(best_begin, best_end - best_begin));
  const auto start = static_cast<std::size_t>(text.data() - passage.data());
  Snippet snippet{.text = std::string(text),
                  .cut_before = best_begin > 0,
                  .cut_after = best_end < passage.size()};
  for (const auto& [place, kind] : matches) {
    if (place.offset < start || place.offset + place.size > start + text.size()) continue;
    snippet.highlights.push_back({place.offset - start, place.size});
  }
  return snippet;
}

}  // namespace huice::library
