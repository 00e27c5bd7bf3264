// The piece of a passage to show, and what to highlight in it.
#include <algorithm>
#include <set>

#include "base/utf8.h"
#include "library/state.h"
#include "library/structure.h"
#include "text/normalize.h"

namespace huice::library {
namespace {

constexpr std::size_t kSnippetLetters = 140;

/// Where any of the words stands in `text`, merged, in order.
std::vector<Highlight> matches_in(std::string_view text, const std::vector<std::string>& words) {
  const text::Folded folded = text::fold_with_origin(text);
  std::vector<bool> marked(folded.text.size(), false);
  for (const std::string& word : words) {
    const std::u32string letters = decode_utf8(word);
    if (letters.empty()) continue;
    for (auto at = folded.text.find(letters); at != std::u32string::npos;
         at = folded.text.find(letters, at + letters.size())) {
      for (std::size_t i = at; i < at + letters.size(); ++i)
        marked[i] = true;
    }
  }
  std::vector<Highlight> matches;
  for (std::size_t i = 0; i < marked.size(); ++i) {
    if (!marked[i]) continue;
    const std::size_t begin = folded.origin[i];
    const std::size_t end = folded.origin[i + 1];
    if (!matches.empty() && matches.back().offset + matches.back().size >= begin) {
      matches.back().size =
          std::max(end, matches.back().offset + matches.back().size) - matches.back().offset;
    } else {
      matches.push_back({begin, end - begin});
    }
  }
  return matches;
}

/// Different matches that lie in [begin, end), and the letters they cover.
std::pair<std::size_t, std::size_t> worth(std::string_view text,
                                          const std::vector<Highlight>& matches, std::size_t begin,
                                          std::size_t end) {
  std::set<std::string> different;
  std::size_t bytes = 0;
  for (const Highlight& match : matches) {
    if (match.offset < begin || match.offset + match.size > end) continue;
    different.insert(text::fold(text.substr(match.offset, match.size)));
    bytes += match.size;
  }
  return {different.size(), bytes};
}

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

Snippet snippet_of(std::string_view passage, const std::vector<std::string>& words) {
  const auto sentences = sentences_of(passage);
  const auto matches = matches_in(passage, words);
  std::size_t best_begin = 0;
  std::size_t best_end = window_end(passage, sentences, 0, 0);
  auto best = worth(passage, matches, best_begin, best_end);
  std::size_t begin = 0;
  for (std::size_t i = 0; i + 1 < sentences.size(); ++i) {
    begin += sentences[i].size();
    const std::size_t end = window_end(passage, sentences, i + 1, begin);
    const auto found = worth(passage, matches, begin, end);
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
  for (const Highlight& match : matches) {
    if (match.offset < start || match.offset + match.size > start + text.size()) continue;
    snippet.highlights.push_back({match.offset - start, match.size});
  }
  return snippet;
}

}  // namespace huice::library
