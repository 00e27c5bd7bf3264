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

void Names::add(std::string name) {
  if (find(name) == nullptr) entries_.push_back({std::move(name), nullptr});
}

void Names::add(std::string name, Names fields) {
  auto shared = std::make_shared<const Names>(std::move(fields));
  for (Entry& entry : entries_) {
    if (entry.name != name) continue;
    entry.fields = std::move(shared);
    return;
  }
  entries_.push_back({std::move(name), std::move(shared)});
}

void Names::add_field(std::string name) {
  if (std::ranges::find(loose_, name) == loose_.end()) loose_.push_back(std::move(name));
}

std::vector<std::string> Names::loose_fields() const {
  return loose_;
}

void Names::add_type(std::string name) {
  types_.push_back({std::move(name), nullptr});
}

const Names::Entry* Names::find(std::string_view name) const {
  const auto found =
      std::ranges::find_if(entries_, [&](const Entry& entry) { return entry.name == name; });
  return found == entries_.end() ? nullptr : &*found;
}

bool Names::contains(std::string_view name) const {
  return find(name) != nullptr;
}

std::shared_ptr<const Names> Names::fields(std::string_view name) const {
  const Entry* entry = find(name);
  return entry == nullptr ? nullptr : entry->fields;
}

std::vector<std::string> Names::list() const {
  std::vector<std::string> names;
  names.reserve(entries_.size());
  for (const Entry& entry : entries_)
    names.push_back(entry.name);
  return names;
}

std::optional<Names::Match> Names::longest(std::string_view text) const {
  std::optional<Match> best;
  for (const Entry& entry : entries_) {
    const std::size_t size = match_name(text, entry.name);
    if (size > 0 && (!best || size > best->size)) best = Match{entry.name, size, entry.fields};
  }
  return best;
}

std::optional<Names::Match> Names::longest_type(std::string_view text) const {
  std::optional<Match> best;
  for (const Entry& entry : types_) {
    const std::size_t size = match_name(text, entry.name);
    if (size > 0 && (!best || size > best->size)) best = Match{entry.name, size, nullptr};
  }
  return best;
}

std::optional<std::string> Names::nearest(std::string_view wrong) const {
  const std::size_t length = code_point_count(wrong);
  // A third of the word may be wrong, but at least one letter of two.
  std::size_t best_distance = std::max<std::size_t>(1, length / 3) + 1;
  std::optional<std::string> best;
  for (const Entry& entry : entries_) {
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
