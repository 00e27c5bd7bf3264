#include "text/suggest.h"

#include <algorithm>
#include <vector>

#include "base/utf8.h"

namespace huice::text {
namespace {

using Row = std::vector<std::size_t>;

std::size_t distance(std::u32string_view a, std::u32string_view b, std::size_t limit) {
  Row before_last(b.size() + 1);
  Row last(b.size() + 1);
  Row row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j)
    last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, change});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    if (*std::ranges::min_element(row) > limit) return limit + 1;
    before_last.swap(last);
    last.swap(row);
  }
  return std::min(last[b.size()], limit + 1);
}

/// Two Chinese characters are already a word: a part of that length makes a name worth offering.
constexpr std::size_t kMinSharedPart = 2;

bool one_holds_the_other(std::u32string_view a, std::u32string_view b) {
  if (std::min(a.size(), b.size()) < kMinSharedPart) return false;
  return a.find(b) != std::u32string_view::npos || b.find(a) != std::u32string_view::npos;
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  const std::u32string x = decode_utf8(a);
  const std::u32string y = decode_utf8(b);
  if (std::max(x.size(), y.size()) > kMaxSuggestLength) return limit + 1;
  return distance(x, y, limit);
}

std::optional<std::string_view> closest(std::string_view wanted,
                                        std::span<const std::string> names) {
  const std::u32string goal = decode_utf8(wanted.substr(0, 4 * (kMaxSuggestLength + 1)));
  if (goal.empty() || goal.size() > kMaxSuggestLength) return std::nullopt;
  const std::size_t allowed = std::max<std::size_t>(1, goal.size() / 3);
  std::optional<std::string_view> best;
  std::size_t best_distance = allowed + 2;
  for (const std::string& name : names) {
    const std::u32string candidate = decode_utf8(name);
    if (candidate.empty() || candidate.size() > kMaxSuggestLength) continue;
    std::size_t apart = distance(goal, candidate, allowed);
    // A single letter replaced by another one is no misspelling of it.
    if (apart >= std::max(goal.size(), candidate.size())) apart = allowed + 1;
    if (apart > allowed && !one_holds_the_other(goal, candidate)) continue;
    if (apart < best_distance) {
      best = name;
      best_distance = apart;
    }
  }
  return best;
}

}  // namespace huice::text
