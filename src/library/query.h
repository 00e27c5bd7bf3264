// What a person typed, as terms to look up.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <xapian.h>

#include "library/state.h"
#include "library/terms.h"

namespace huice::library {

/// The parts of a query.
struct QueryParts {
  std::vector<std::string> numbers;  ///< 发文字号, as DocumentNumber::text writes them
  std::vector<std::string> titles;   ///< in 《》
  std::vector<std::string> phrases;  ///< in “”, "" or 「」: folded, to be found letter by letter
  std::string rest;                  ///< all but numbers and the quotes themselves
};

QueryParts parts_of(std::string_view query);

/// Terms to look up, with how often the query holds them.
struct QueryTerms {
  /// In the order of the query, each once; without those that say nothing, unless there is no
  /// other.
  std::vector<std::string> words;
  std::vector<std::string> synonyms;  ///< of words, folded
  std::vector<std::string> initials;  ///< words that may be pinyin initials
  Counts counts;                      ///< terms as in the index, words and all

  bool empty() const { return counts.empty(); }
};

/// Also words that say nothing are looked up: they weigh little, and leaving them out found less
/// of questions of everyday life (tests/eval).
QueryTerms terms_of(const LibraryState& state, std::string_view query);

/// Keeps the rarest of the terms, which say most, as many as can be looked up while somebody types;
/// synonyms can wait until the query is whole.
void keep_rarest(const LibraryState& state, QueryTerms& terms);

/// Postings that may be read for one stroke. About ten nanoseconds each on a small machine.
inline constexpr Xapian::doccount kPostingsWhileTyping = 20'000;

/// Any of the terms, weighed as `fields.txt` says.
Xapian::Query text_query(const LibraryState& state, const QueryTerms& terms);

/// As text_query, but only the rarest terms find, as many as `postings` hold; the others, which
/// stand in much of the library, weigh what is found. nullopt where all terms are rare enough.
std::optional<Xapian::Query> rare_query(const LibraryState& state, const QueryTerms& terms,
                                        Xapian::doccount postings);

/// Postings of the terms that find in a library of this size: half as many as it has entries, in a
/// small one all. At half, tests/eval finds what all terms find; at a third a little less.
Xapian::doccount postings_to_find(const LibraryState& state);

/// Every entry. Not Query::MatchAll: all threads would count the references to that one object,
/// which Xapian does without a lock.
inline Xapian::Query match_all() {
  return Xapian::Query(std::string());
}

/// What every entry must satisfy: the filters of `query`, and the pairs of letters of `phrases`.
/// Matches all when there is nothing to satisfy.
Xapian::Query filter_of(const LibraryState& state, const Query& query,
                        const std::vector<std::string>& phrases);

/// True when every phrase stands in the title, a heading or the text of a passage, blanks apart.
bool has_phrases(std::string_view title, const StoredPassage& stored,
                 const std::vector<std::string>& phrases);

}  // namespace huice::library
