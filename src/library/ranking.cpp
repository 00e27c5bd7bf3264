#include "library/ranking.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <utility>

namespace huice::library {
namespace {

/// Passages by which a document counts.
constexpr std::size_t kBestOfDocument = 15;

/// Each passage counts by `share` of what the best of its document weigh together too.
void add_share_of_documents(std::vector<Found>& candidates, double share) {
  struct Best {
    double weight = 0;
    std::size_t passages = 0;
  };
  std::unordered_map<std::string_view, Best> documents;
  for (const Found& found : candidates) {
    Best& best = documents[found.document];
    if (best.passages++ < kBestOfDocument) best.weight += found.weight;
  }
  for (Found& found : candidates)
    found.weight += share / double{kBestOfDocument} * documents[found.document].weight;
}

/// 1 today, 3/4 after one half-life, towards 1/2.
double recency(std::string_view day, const Query& query) {
  if (!query.today || query.half_life <= 0) return 1;
  constexpr double kLeast = 0.5;
  constexpr std::size_t kIsoDay = 10;
  std::string iso(day);
  if (iso.size() + 2 != kIsoDay) return kLeast;
  iso.insert(6, "-").insert(4, "-");
  const auto date = Date::parse(iso);
  if (!date) return kLeast;
  const auto age = std::max(*query.today - *date, 0);
  return kLeast + kLeast * std::exp2(-static_cast<double>(age) / query.half_life);
}

}  // namespace

std::int64_t Found::score() const {
  constexpr double kThousandths = 1000;
  return std::llround(weight * kThousandths);
}

Xapian::BM25Weight passage_weight() {
  constexpr double kTermRepeats = 1.2;
  constexpr double kQueryLength = 0;
  constexpr double kQueryRepeats = 1.0;
  constexpr double kLength = 0.75;
  constexpr double kShortest = 0.5;
  return {kTermRepeats, kQueryLength, kQueryRepeats, kLength, kShortest};
}

std::vector<Found> best_passages(const LibraryState& state, const Query& query,
                                 const Xapian::Query& text, const Xapian::Query& filter) {
  Xapian::Enquire enquire(state.database);
  enquire.set_weighting_scheme(passage_weight());
  const bool all = filter.serialise() == Xapian::Query::MatchAll.serialise();
  enquire.set_query(all ? text : Xapian::Query(Xapian::Query::OP_FILTER, text, filter));
  // Sorting equal weights by the card brings it along with each match, also from afar.
  enquire.set_sort_by_relevance_then_value(kCardSlot, false);
  const Xapian::MSet matches =
      enquire.get_mset(0, query.typing ? kCandidatesWhileTyping : kCandidates);
  std::vector<Found> found;
  found.reserve(matches.size());
  for (auto match = matches.begin(); match != matches.end(); ++match) {
    std::string packed = match.get_sort_key();
    const Card card = unpack_card(packed, CardPart::Head);
    std::string document = state.document_of(*match, card.document);
    found.push_back({*match, std::move(document), std::move(packed), HitReason::Words,
                     match.get_weight(), card.authority});
  }
  return found;
}

std::vector<Found> best_passages(const LibraryState& state, const Query& query,
                                 const QueryTerms& terms, const Xapian::Query& filter,
                                 Xapian::doccount postings) {
  const auto rare = query.typing ? std::nullopt : rare_query(state, terms, postings);
  if (rare) {
    auto found = best_passages(state, query, *rare, filter);
    if (found.size() == kCandidates) return found;
  }
  return best_passages(state, query, text_query(state, terms), filter);
}

void rank(std::vector<Found>& candidates, const IndexSettings& settings, const Query& query) {
  constexpr double kWhole = 100.0;
  // Among documents, each stands for itself by its best passage; a long one is not the better one.
  if (query.passages) add_share_of_documents(candidates, settings.weight("document") / kWhole);
  for (Found& found : candidates) {
    found.weight *= found.authority / kWhole;
    if (query.today) found.weight *= recency(unpack_card(found.card, CardPart::Head).day, query);
  }
  // The order first: candidates are large to move about.
  std::vector<std::pair<double, std::size_t>> order;
  for (std::size_t i = 0; i < candidates.size(); ++i)
    order.emplace_back(-candidates[i].weight, i);
  std::ranges::sort(order);
  std::vector<Found> sorted;
  sorted.reserve(candidates.size());
  for (const auto& [weight, i] : order)
    sorted.push_back(std::move(candidates[i]));
  candidates = std::move(sorted);
}

}  // namespace huice::library
