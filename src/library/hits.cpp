#include "library/hits.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "library/answer_book.h"
#include "library/snippet.h"
#include "library/validity.h"

namespace huice::library {
namespace {

using ByName = std::unordered_map<std::string_view, std::size_t>;

/// Most frequent first, then by name.
std::vector<FacetCount> ranked(const ByName& counts) {
  std::vector<FacetCount> list;
  for (const auto& [name, count] : counts) {
    if (!name.empty()) list.push_back({std::string(name), count});
  }
  std::ranges::sort(list, [](const FacetCount& a, const FacetCount& b) {
    return std::tie(b.count, a.name) < std::tie(a.count, b.name);
  });
  return list;
}

std::string_view name_of(Standing standing) {
  switch (standing) {
    case Standing::NotYet:
      return "未施行";
    case Standing::Lapsed:
      return "失效";
    case Standing::InForce:
      break;
  }
  return "有效";
}

/// Documents counted once each, of whatever many passages. `validity` may be absent.
Facets facets_of(const std::vector<Found>& found, const std::optional<Validity>& validity,
                 bool passages) {
  ByName issuers, genres, years, regions, standings;
  std::unordered_set<std::string_view> counted;
  for (const Found& one : found) {
    if (passages && !counted.insert(one.document).second) continue;
    const Card card = unpack_card(one.card);
    ++issuers[card.issuer];
    ++genres[card.genre];
    ++regions[card.region];
    if (validity) ++standings[name_of(validity->of(one))];
    constexpr std::size_t kYearDigits = 4;
    ++years[card.day.substr(0, kYearDigits)];
  }
  Facets facets{ranked(issuers), ranked(genres), ranked(years), ranked(regions), ranked(standings)};
  std::ranges::sort(facets.years, std::ranges::greater{}, &FacetCount::name);
  return facets;
}

/// What is shown of a found entry: the passage itself, or the first of a document.
StoredPassage shown_passage(const LibraryState& state, const Found& found,
                            const std::string& title) {
  if (auto stored = unpack_passage(state.database.get_document(found.entry).get_data()))
    return std::move(*stored);
  const auto first = state.entry_of(found.document, kText + 1);
  auto stored =
      first ? unpack_passage(state.database.get_document(*first).get_data()) : std::nullopt;
  if (!stored) return {std::string(found.document), 0, {{}, title}};
  stored->number = 0;  // it was the document that was found
  return std::move(*stored);
}

Hit hit_of(const LibraryState& state, const Found& found, const Holding& holding,
           const Highlighter& shown, const Query& query) {
  const Circular& circular = holding.circular;
  Hit hit{.id = std::string(found.document),
          .file = holding.file,
          .title = circular.title,
          .number = circular.number,
          .issuer = circular.issuer,
          .genre = circular.genre,
          .region = circular.region,
          .date = circular.date,
          .reason = found.reason,
          .score = found.score(),
          .own = state.part_of(found.entry) == state.own_part};
  if (query.today && !query.typing) add_lapses(state, holding, query.today, hit);
  StoredPassage stored = shown_passage(state, found, circular.title);
  hit.passage = stored.number;
  if (query.answers != nullptr && hit.passage > 0) {
    const auto answers = query.answers->answers_of(found.document, stored.passage);
    hit.answers.assign(answers.begin(), answers.end());
  }
  hit.headings = std::move(stored.passage.headings);
  hit.snippet = shown.snippet_of(stored.passage.text);
  return hit;
}

}  // namespace

void add_hits(const LibraryState& state, const std::vector<Found>& found,
              const std::vector<std::string>& shown, const Query& query, Hits& hits) {
  const Highlighter highlighter(shown, query.text);
  hits.total = found.size();
  std::optional<Validity> validity;
  if (query.today && !query.typing) validity.emplace(state, *query.today);
  hits.facets = facets_of(found, validity, query.passages);
  for (const Found& one : found) {
    if (hits.hits.size() >= query.limit) break;
    const auto holding = state.holding_by_id(one.document);
    if (holding) hits.hits.push_back(hit_of(state, one, *holding, highlighter, query));
  }
}

}  // namespace huice::library
