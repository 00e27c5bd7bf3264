// Documents that a text names.
#include <algorithm>
#include <set>

#include "base/utf8.h"
#include "library/structure.h"
#include "text/document_number.h"
#include "text/normalize.h"

namespace huice::library {
namespace {

constexpr std::string_view kOpen = "《";
constexpr std::string_view kClose = "》";

struct Quoted {
  std::size_t begin = 0;  ///< of the title
  std::size_t end = 0;    ///< of the title
  std::size_t after = 0;  ///< behind 》
};

/// The outermost 《…》 in order. A quote that is not closed is none.
std::vector<Quoted> quoted_titles(std::string_view text) {
  std::vector<Quoted> quotes;
  std::size_t depth = 0;
  std::size_t begin = 0;
  for (std::size_t at = text.find_first_of(kOpen); at < text.size();) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with(kOpen)) {
      if (depth++ == 0) begin = at + kOpen.size();
      at += kOpen.size();
    } else if (rest.starts_with(kClose) && depth > 0) {
      if (--depth == 0) quotes.push_back({begin, at, at + kClose.size()});
      at += kClose.size();
    } else if (text[at] == '\n') {
      depth = 0;
      ++at;
    } else {
      ++at;
    }
  }
  return quotes;
}

constexpr std::size_t kLeastLetters = 4;
constexpr std::size_t kMostLetters = 120;

bool names_a_document(std::string_view title) {
  const std::size_t letters = code_point_count(title);
  return letters >= kLeastLetters && letters <= kMostLetters;
}

/// Only a bracket and blanks stand between a title and its own number.
bool follows_closely(std::string_view between) {
  for (const char32_t c : decode_utf8(between)) {
    if (std::u32string_view(U"（( [［").find(c) == std::u32string_view::npos) return false;
  }
  return true;
}

}  // namespace

std::vector<Citation> citations_in(std::string_view text) {
  auto numbers = text::find_document_numbers(text);
  std::vector<std::pair<std::size_t, Citation>> found;
  std::set<std::size_t> taken;
  for (const Quoted& quote : quoted_titles(text)) {
    Citation citation;
    const std::string_view title = text.substr(quote.begin, quote.end - quote.begin);
    if (names_a_document(title)) citation.title = text::single_spaced(title);
    for (const auto& number : numbers) {
      if (number.offset < quote.after) continue;
      if (follows_closely(text.substr(quote.after, number.offset - quote.after))) {
        citation.number = number.number.text();
        taken.insert(number.offset);
      }
      break;
    }
    if (!citation.title.empty() || !citation.number.empty()) {
      found.emplace_back(quote.begin, std::move(citation));
    }
  }
  for (const auto& number : numbers) {
    if (!taken.contains(number.offset)) {
      found.emplace_back(number.offset, Citation{"", number.number.text()});
    }
  }
  std::ranges::stable_sort(found, {}, [](const auto& entry) { return entry.first; });
  std::vector<Citation> citations;
  std::set<Citation> seen;
  for (auto& [offset, citation] : found) {
    if (seen.insert(citation).second) citations.push_back(std::move(citation));
  }
  return citations;
}

std::string title_key(std::string_view title) {
  std::string key;
  for (const char32_t c : decode_utf8(text::fold(title))) {
    const bool letter = text::is_han(c) || (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z');
    if (letter) append_utf8(key, c);
  }
  constexpr std::string_view kRepublic = "中华人民共和国";
  if (key.starts_with(kRepublic) && key.size() > kRepublic.size() + 3) {
    key.erase(0, kRepublic.size());
  }
  return key;
}

std::vector<std::string> title_keys(std::string_view title, std::string_view issuer) {
  std::set<std::string> keys = {title_key(title)};
  if (!issuer.empty() && title.starts_with(issuer)) {
    keys.insert(title_key(title.substr(issuer.size())));
  }
  const auto about = title.find("关于");
  if (about != std::string_view::npos && about > 0) keys.insert(title_key(title.substr(about)));
  for (const std::string_view passing : {"印发", "转发", "批转", "发布"}) {
    const auto at = title.find(passing);
    std::size_t end = title.rfind("的通知");
    if (end == std::string_view::npos) end = title.rfind("的函");
    if (at == std::string_view::npos || end == std::string_view::npos || end <= at) continue;
    keys.insert(title_key(title.substr(at + passing.size(), end - at - passing.size())));
  }
  constexpr std::size_t kLeastBytes = 3 * kLeastLetters;
  std::vector<std::string> long_enough;
  std::ranges::copy_if(keys, std::back_inserter(long_enough),
                       [](const std::string& key) { return key.size() >= kLeastBytes; });
  return long_enough;
}

}  // namespace huice::library
