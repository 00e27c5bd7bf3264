#include "library/ranking.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <unordered_map>

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

/// The cards of all, in one pass over the values in the order in which they lie.
void read_cards(const LibraryState& state, std::vector<Found>& found, FoundTexts& texts) {
  std::vector<Found*> in_order;
  in_order.reserve(found.size());
  for (Found& each : found)
    in_order.push_back(&each);
  std::ranges::sort(in_order, {}, [](const Found* each) { return each->entry; });
  auto card = state.database.valuestream_begin(kCardSlot);
  const auto end = state.database.valuestream_end(kCardSlot);
  for (Found* each : in_order) {
    if (card != end) card.skip_to(each->entry);
    if (card != end && card.get_docid() == each->entry) set_card(state, *card, texts, *each);
  }
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

std::string_view FoundTexts::keep(std::string_view text) {
  const std::span<char> room(static_cast<char*>(memory_.allocate(text.size(), 1)), text.size());
  std::ranges::copy(text, room.begin());
  return {room.data(), room.size()};
}

void set_card(const LibraryState& state, std::string_view card, FoundTexts& texts, Found& found) {
  found.card = texts.keep(card);
  const Card head = unpack_card(found.card, CardPart::Head);
  found.document =
      state.parts > 1 ? texts.keep(state.document_of(found.entry, head.document)) : head.document;
  found.authority = head.authority;
}

Xapian::BM25Weight passage_weight() {
  constexpr double kQueryLength = 0;
  constexpr double kQueryRepeats = 1.0;
  return {kTermRepeats, kQueryLength, kQueryRepeats, kLength, kShortest};
}

std::vector<Found> best_passages(const LibraryState& state, const Query& query,
                                 const Xapian::Query& text, const Xapian::Query& filter,
                                 FoundTexts& texts) {
  Xapian::Enquire enquire(state.database);
  enquire.set_weighting_scheme(passage_weight());
  const bool all = filter.get_type() == Xapian::Query::LEAF_MATCH_ALL;
  enquire.set_query(all ? text : Xapian::Query(Xapian::Query::OP_FILTER, text, filter));
  // A remote database sends the card with a match only as what equal weights are sorted by.
  if (state.remote) enquire.set_sort_by_relevance_then_value(kCardSlot, false);
  const Xapian::MSet matches =
      enquire.get_mset(0, query.typing ? kCandidatesWhileTyping : kCandidates);
  std::vector<Found> found;
  found.reserve(matches.size());
  for (auto match = matches.begin(); match != matches.end(); ++match) {
    found.push_back({.entry = *match, .weight = match.get_weight()});
    if (state.remote) set_card(state, match.get_sort_key(), texts, found.back());
  }
  if (!state.remote) read_cards(state, found, texts);
  return found;
}

std::vector<Found> best_passages(const LibraryState& state, const Query& query,
                                 const QueryTerms& terms, const Xapian::Query& filter,
                                 Xapian::doccount postings, FoundTexts& texts) {
  const auto rare = query.typing ? std::nullopt : rare_query(state, terms, postings);
  if (rare) {
    auto found = best_passages(state, query, *rare, filter, texts);
    if (found.size() == kCandidates) return found;
  }
  return best_passages(state, query, text_query(state, terms), filter, texts);
}

void rank(std::vector<Found>& candidates, const IndexSettings& settings, const Query& query) {
  constexpr double kWhole = 100.0;
  // Among documents, each stands for itself by its best passage; a long one is not the better one.
  if (query.passages) add_share_of_documents(candidates, settings.weight("document") / kWhole);
  for (Found& found : candidates) {
    found.weight *= found.authority / kWhole;
    if (query.today) found.weight *= recency(unpack_card(found.card, CardPart::Head).day, query);
  }
  std::ranges::stable_sort(candidates, std::ranges::greater{}, &Found::weight);
}

}  // namespace huice::library
