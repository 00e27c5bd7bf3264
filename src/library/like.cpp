// Documents that speak of the same as one at hand.
#include <cctype>
#include <unordered_set>

#include "library/hits.h"
#include "library/query.h"
#include "library/terms.h"

namespace huice::library {
namespace {

/// Words that tell documents apart: whole words of the text, no numbers.
class TellingWords : public Xapian::ExpandDecider {
 public:
  explicit TellingWords(const IndexSettings& settings) : settings_(settings) {}

  bool operator()(const std::string& term) const override {
    constexpr std::size_t kLeastBytes = 4;  // a word of one Han letter says little
    const auto first = static_cast<unsigned char>(term.front());
    return term.size() >= kLeastBytes && std::isupper(first) == 0 && std::isdigit(first) == 0 &&
           !settings_.stopwords.contains(term);
  }

 private:
  const IndexSettings& settings_;
};

/// The words by which the passages of a document stand out.
std::vector<std::string> words_of(const LibraryState& state, const std::string& document) {
  const std::string_view own = LibraryState::id_in_part(document);
  const std::string term = exact_term(prefix::kId, own);
  Xapian::RSet passages;
  const auto end = state.database.postlist_end(term);
  for (auto entry = state.database.postlist_begin(term); entry != end; ++entry) {
    if (state.document_of(*entry, own) == document) passages.add_document(*entry);
  }
  constexpr Xapian::termcount kMostWords = 40;
  Xapian::Enquire enquire(state.database);
  enquire.set_query(Xapian::Query(term));
  const TellingWords telling(state.settings);
  const Xapian::ESet expanded = enquire.get_eset(kMostWords, passages, &telling);
  return {expanded.begin(), expanded.end()};
}

}  // namespace

Result<Hits> Library::like(std::string_view name, std::size_t limit) const {
  HUICE_TRY(const Holding holding, show(name));
  return state_->reading([&](const LibraryState& state) -> Result<Hits> {
    const std::vector<std::string> words = words_of(state, holding.id);
    Hits hits{.query = holding.circular.title};
    const Query query{.limit = limit};
    FoundTexts texts;
    auto passages = best_passages(state, query, {Xapian::Query::OP_OR, words.begin(), words.end()},
                                  match_all(), texts);
    rank(passages, state.settings, query);
    std::unordered_set<std::string_view> seen = {holding.id};
    std::erase_if(passages,
                  [&](const Found& found) { return !seen.insert(found.document).second; });
    add_hits(state, passages, words, {.limit = limit}, hits);
    return hits;
  });
}

}  // namespace huice::library
