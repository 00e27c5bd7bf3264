#include "library/hits.h"

#include <algorithm>
#include <map>
#include <unordered_set>

#include "library/structure.h"

namespace huice::library {
namespace {

std::vector<FacetCount> ranked(const std::map<std::string, std::size_t>& counts) {
  std::vector<FacetCount> list;
  for (const auto& [name, count] : counts) {
    if (!name.empty()) list.push_back({name, count});
  }
  std::ranges::stable_sort(list, std::ranges::greater{}, &FacetCount::count);
  return list;
}

Facets facets_of(const std::vector<Found>& found) {
  std::map<std::string, std::size_t> issuers, genres, years, regions;
  std::unordered_set<std::string_view> counted;
  for (const Found& one : found) {
    if (!counted.insert(one.document).second) continue;
    ++issuers[one.card.issuer];
    ++genres[one.card.genre];
    ++regions[one.card.region];
    constexpr std::size_t kYearDigits = 4;
    ++years[one.card.day.substr(0, kYearDigits)];
  }
  Facets facets{ranked(issuers), ranked(genres), ranked(years), ranked(regions)};
  std::ranges::sort(facets.years, std::ranges::greater{}, &FacetCount::name);
  return facets;
}

Hit hit_of(const LibraryState& state, const Found& found, const Holding& holding,
           const std::vector<std::string>& shown, const Query& query) {
  const Circular& circular = holding.circular;
  Hit hit{.id = found.document,
          .file = holding.file,
          .title = circular.title,
          .number = circular.number,
          .issuer = circular.issuer,
          .genre = circular.genre,
          .region = circular.region,
          .date = circular.date,
          .reason = found.reason,
          .score = found.score()};
  auto stored = unpack_passage(state.database.get_document(found.entry).get_data());
  if (!stored) {
    const auto passages = passages_of(circular);
    stored = {holding.id, 0, passages.empty() ? Passage{{}, circular.title} : passages.front()};
  }
  if (query.today && !query.typing) add_lapses(state, holding, query.today, hit);
  hit.passage = stored->number;
  hit.headings = std::move(stored->passage.headings);
  hit.snippet = snippet_of(stored->passage.text, shown);
  return hit;
}

}  // namespace

void add_hits(const LibraryState& state, const std::vector<Found>& found,
              const std::vector<std::string>& shown, const Query& query, Hits& hits) {
  hits.total = found.size();
  hits.facets = facets_of(found);
  for (const Found& one : found) {
    if (hits.hits.size() >= query.limit) break;
    const auto holding = state.holding_by_id(one.document);
    if (holding) hits.hits.push_back(hit_of(state, one, *holding, shown, query));
  }
}

}  // namespace huice::library
