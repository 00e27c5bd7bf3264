// The order of what was found.
//
// The engine weighs passages by their terms (BM25). That weight is then seen in the light of the
// whole document, of its rank among documents, and of its age where the reader asks for it.
#pragma once

#include <cstdint>
#include <memory_resource>
#include <string_view>
#include <vector>

#include <xapian.h>

#include "library/query.h"
#include "library/state.h"
#include "library/terms.h"

namespace huice::library {

/// Passages that are weighed anew. More change little: what is not among them is far behind.
inline constexpr Xapian::doccount kCandidates = 1'000;
inline constexpr Xapian::doccount kCandidatesWhileTyping = 200;

/// Keeps the texts of what a search finds until it ends: a thousand candidates are sorted and
/// sifted without copying them.
class FoundTexts {
 public:
  std::string_view keep(std::string_view text);

 private:
  std::pmr::monotonic_buffer_resource memory_;
};

/// An entry found, before it is shown. Its texts are borrowed.
struct Found {
  Xapian::docid entry = 0;
  std::string_view document;  ///< as LibraryState::document_of names it
  std::string_view card;      ///< see Card
  HitReason reason = HitReason::Words;
  double weight = 0;
  int authority = 100;  ///< Card::authority

  /// For people and programs: thousandths.
  std::int64_t score() const;
};

/// Copies the card of `found` to `texts`, and sets what it tells.
void set_card(const LibraryState& state, std::string_view card, FoundTexts& texts, Found& found);

/// How BM25 is set here: as its authors do.
inline constexpr double kTermRepeats = 1.2;
inline constexpr double kLength = 0.75;
inline constexpr double kShortest = 0.5;  ///< shares of the mean length below it count as it does
Xapian::BM25Weight passage_weight();

/// The passages that match `text` best, best first, of those that pass `filter`; each passage of a
/// document. Throws Xapian::Error.
std::vector<Found> best_passages(const LibraryState& state, const Query& query,
                                 const Xapian::Query& text, const Xapian::Query& filter,
                                 FoundTexts& texts);

/// The same for the terms of a query. Where the library is so large that only the rarest of them
/// find (`postings`, see rare_query) and these find too little, all are asked.
std::vector<Found> best_passages(const LibraryState& state, const Query& query,
                                 const QueryTerms& terms, const Xapian::Query& filter,
                                 Xapian::doccount postings, FoundTexts& texts);

/// Weighs the candidates anew by document, authority and age, and sorts them.
void rank(std::vector<Found>& candidates, const IndexSettings& settings, const Query& query);

}  // namespace huice::library
