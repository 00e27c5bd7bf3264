#include "feel/names.h"

#include <algorithm>

#include "base/utf8.h"
#include "feel/lexer.h"

namespace huice::feel {

Names Names::open() {
  Names names;
  names.closed_ = false;
  return names;
}

std::size_t Names::Index::place(std::string_view name) const {
  const auto less = [this](std::uint32_t entry, std::string_view wanted) {
    return entries[entry].name < wanted;
  };
  return static_cast<std::size_t>(std::lower_bound(sorted.begin(), sorted.end(), name, less) -
                                  sorted.begin());
}

std::optional<std::size_t> Names::Index::find(std::string_view name) const {
  const std::size_t at = place(name);
  if (at == sorted.size() || entries[sorted[at]].name != name) return std::nullopt;
  return sorted[at];
}

void Names::Index::add(Entry entry) {
  const auto at = sorted.begin() + static_cast<std::ptrdiff_t>(place(entry.name));
  sorted.insert(at, static_cast<std::uint32_t>(entries.size()));
  entries.push_back(std::move(entry));
}

std::optional<Names::Match> Names::Index::longest(std::string_view text) const {
  const auto first = first_code_point(text);
  if (!first) return std::nullopt;
  const std::string_view start = text.substr(0, first->size);
  std::optional<std::uint32_t> best;
  std::size_t best_size = 0;
  for (std::size_t at = place(start); at < sorted.size(); ++at) {
    const std::uint32_t entry = sorted[at];
    if (!entries[entry].name.starts_with(start)) break;
    const std::size_t size = match_name(text, entries[entry].name);
    // Of two spellings of one name the one added first counts.
    if (size == 0 || size < best_size || (size == best_size && entry > *best)) continue;
    best = entry;
    best_size = size;
  }
  if (!best) return std::nullopt;
  return Match{entries[*best].name, best_size, entries[*best].fields};
}

void Names::add(std::string name) {
  if (!known_.find(name)) known_.add({std::move(name), nullptr});
}

void Names::add(std::string name, Names fields) {
  auto shared = std::make_shared<const Names>(std::move(fields));
  if (const auto entry = known_.find(name)) {
    known_.entries[*entry].fields = std::move(shared);
  } else {
    known_.add({std::move(name), std::move(shared)});
  }
}

void Names::add_field(std::string name) {
  if (std::ranges::find(loose_, name) == loose_.end()) loose_.push_back(std::move(name));
}

std::vector<std::string> Names::loose_fields() const {
  return loose_;
}

void Names::add_type(std::string name) {
  types_.add({std::move(name), nullptr});
}

bool Names::contains(std::string_view name) const {
  return known_.find(name).has_value();
}

std::shared_ptr<const Names> Names::fields(std::string_view name) const {
  const auto entry = known_.find(name);
  return entry ? known_.entries[*entry].fields : nullptr;
}

std::vector<std::string> Names::list() const {
  std::vector<std::string> names;
  names.reserve(known_.entries.size());
  for (const Entry& entry : known_.entries)
    names.push_back(entry.name);
  return names;
}

std::optional<Names::Match> Names::longest(std::string_view text) const {
  return known_.longest(text);
}

std::optional<Names::Match> Names::longest_type(std::string_view text) const {
  return types_.longest(text);
}

std::optional<std::string> Names::nearest(std::string_view wrong) const {
  const std::size_t length = code_point_count(wrong);
  // A third of the word may be wrong, but at least one letter of two.
  std::size_t best_distance = std::max<std::size_t>(1, length / 3) + 1;
  std::optional<std::string> best;
  for (const Entry& entry : known_.entries) {
    const std::size_t distance = edit_distance(wrong, entry.name);
    if (distance >= best_distance || distance >= length) continue;
    best_distance = distance;
    best = entry.name;
  }
  return best;
}

std::size_t edit_distance(std::string_view wrong, std::string_view right) {
  const std::u32string a = decode_utf8(wrong);
  const std::u32string b = decode_utf8(right);
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> above(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j)
    above[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, change});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(above);
    above.swap(row);
  }
  return above[b.size()];
}

}  // namespace huice::feel
