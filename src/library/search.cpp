// Queries and citations.
#include <algorithm>
#include <set>
#include <unordered_set>

#include "library/hits.h"
#include "library/marked_passages.h"
#include "library/query.h"
#include "library/ranking.h"
#include "library/structure.h"
#include "library/suggestion.h"
#include "library/terms.h"
#include "library/validity.h"
#include "text/document_number.h"
#include "text/normalize.h"

namespace huice::library {
namespace {

/// Gathers what is found, the best reason first: each document once, or each passage.
class Gatherer {
 public:
  Gatherer(const LibraryState& state, const Query& query, const QueryParts& parts)
      : state_(state),
        query_(query),
        parts_(parts),
        filter_(filter_of(state, query, parts.phrases)) {
    if (query.valid_on) validity_.emplace(state, *query.valid_on);
  }

  /// The best reason first; the texts stay here.
  const std::vector<Found>& found() const { return found_; }

  /// Entries under an exact term, newest document first. Passages come before the record of their
  /// document, because they can show the place.
  bool add_exact(const std::string& term, HitReason reason) {
    if (!has(term)) return false;
    std::vector<Found> all;
    for (const std::string_view kind : {"P", "D"}) {
      const Xapian::Query wanted(Xapian::Query::OP_FILTER, Xapian::Query(term), of_kind(kind));
      Xapian::Enquire enquire(state_.database);
      enquire.set_query(wanted);
      enquire.set_weighting_scheme(Xapian::BoolWeight());
      enquire.set_docid_order(Xapian::Enquire::ASCENDING);
      append(enquire, reason, all);
    }
    std::ranges::stable_sort(all, std::ranges::greater{},
                             [](const Found& found) { return unpack_card(found.card).day; });
    const std::size_t before = found_.size();
    keep(std::move(all));
    return found_.size() > before;
  }

  bool has(const std::string& term) const { return state_.database.term_exists(term); }

  /// `asked`: all terms of the query, also those that are too frequent to be looked up.
  void add_words(const QueryTerms& terms, const Counts& asked) {
    std::vector<Found> passages =
        best_passages(state_, query_, terms, filter_, postings_to_find(state_), texts_);
    add_answered(state_, query_, asked, filter_, texts_, passages);
    rank(passages, state_.settings, query_);
    keep(std::move(passages));
  }

  /// All that pass the filter, newest first.
  void add_all() {
    Xapian::Enquire enquire(state_.database);
    enquire.set_query(of_kind(query_.passages ? "P" : "D"));
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    enquire.set_sort_by_value(kDateSlot, true);
    std::vector<Found> all;
    append(enquire, HitReason::Words, all);
    keep(std::move(all));
  }

 private:
  Xapian::Query of_kind(std::string_view kind) const {
    return {Xapian::Query::OP_AND, Xapian::Query(exact_term(prefix::kKind, kind)), filter_};
  }

  void append(Xapian::Enquire& enquire, HitReason reason, std::vector<Found>& to) {
    const Xapian::MSet matches = enquire.get_mset(0, kMaxHits);
    for (auto match = matches.begin(); match != matches.end(); ++match) {
      const std::string card = match.get_document().get_value(kCardSlot);
      to.push_back({.entry = *match, .reason = reason});
      set_card(state_, card, texts_, to.back());
    }
  }

  void keep(std::vector<Found> candidates) {
    const std::size_t room = kMaxHits - found_.size();
    std::size_t kept = 0;
    std::erase_if(candidates, [&](const Found& found) {
      const bool wanted = kept < room && is_new(found) && is_valid(found) && shows_phrases(found);
      if (!wanted) return true;
      ++kept;
      if (query_.passages) {
        seen_entries_.insert(found.entry);
      } else {
        seen_documents_.insert(found.document);
      }
      return false;
    });
    if (found_.empty()) {
      found_ = std::move(candidates);
    } else {
      std::ranges::move(candidates, std::back_inserter(found_));
    }
  }

  bool is_new(const Found& found) const {
    return query_.passages ? !seen_entries_.contains(found.entry)
                           : !seen_documents_.contains(found.document);
  }

  bool is_valid(const Found& found) const {
    return !validity_ || validity_->of(found) == Standing::InForce;
  }

  /// The filter knows pairs of letters only; whether the whole phrase is there, the text tells.
  bool shows_phrases(const Found& found) const {
    if (parts_.phrases.empty()) return true;
    const auto stored = unpack_passage(state_.database.get_document(found.entry).get_data());
    const auto holding = state_.holding_by_id(found.document);
    return stored && holding && has_phrases(holding->circular.title, *stored, parts_.phrases);
  }

  const LibraryState& state_;
  const Query& query_;
  const QueryParts& parts_;
  Xapian::Query filter_;
  std::optional<Validity> validity_;
  FoundTexts texts_;
  std::vector<Found> found_;
  std::unordered_set<std::string_view> seen_documents_;
  std::unordered_set<Xapian::docid> seen_entries_;
};

/// What to highlight: the words as typed, and what the query names.
std::vector<std::string> shown_words(const IndexSettings& settings, const QueryTerms& terms,
                                     const Query& query, const QueryParts& parts) {
  std::vector<std::string> shown = parts.phrases;
  constexpr std::size_t kLeastBytes = 4;  // one Han letter alone marks too much
  for (const auto* list : {&terms.words, &terms.synonyms}) {
    for (const std::string& word : *list) {
      if (word.size() >= kLeastBytes || terms.words.size() == 1) shown.push_back(word);
    }
  }
  for (const auto& [term, count] : terms.counts) {
    if (!term.starts_with(prefix::kPair)) continue;
    std::string pair = term.substr(prefix::kPair.size());
    if (!settings.stopwords.contains(pair)) shown.push_back(std::move(pair));
  }
  for (const std::string& title : parts.titles)
    shown.push_back(text::fold(title));
  if (!parts.numbers.empty()) shown.push_back(text::fold(text::trimmed(query.text)));
  // A number is written with any brackets; its parts are what can be seen.
  for (const std::string& number : parts.numbers) {
    if (const auto pieces = text::parse_document_number(number)) {
      const std::string year = std::to_string(pieces->year);
      const std::string serial = std::to_string(pieces->serial);
      for (const auto& [open, close] :
           {std::pair{"〔", "〕"}, {"[", "]"}, {"(", ")"}, {"【", "】"}}) {
        shown.push_back(pieces->agency + open + year + close + serial + "号");
      }
    }
  }
  return shown;
}

/// What the query names, before what its words find.
void gather_named(Gatherer& gatherer, const Query& query, const QueryParts& parts, Hits& hits) {
  for (const std::string& number : parts.numbers) {
    const std::string term = exact_term(prefix::kNumber, number);
    if (!gatherer.add_exact(term, HitReason::Number)) {
      const bool held = gatherer.has(term);
      hits.notes.push_back(held ? number + " 在库中，但不合筛选条件"
                                : "文件库中没有 " + number + " 的原文");
    }
    gatherer.add_exact(exact_term(prefix::kCitedNumber, number), HitReason::CitesNumber);
  }
  std::vector<std::string> titles = parts.titles;
  titles.push_back(query.text);
  for (const std::string& title : titles) {
    const std::string key = title_key(title);
    if (key.empty()) continue;
    gatherer.add_exact(exact_term(prefix::kTitleKey, key), HitReason::Title);
    gatherer.add_exact(exact_term(prefix::kCitedTitle, key), HitReason::CitesTitle);
  }
}

Hits found_by(const LibraryState& state, const Query& query) {
  const QueryParts parts = parts_of(query.text);
  const bool only_number = text::trimmed(parts.rest).empty() && !parts.numbers.empty();
  QueryTerms terms = terms_of(state, only_number ? "" : parts.rest);
  Hits hits{.query = query.text};
  Gatherer gatherer(state, query, parts);
  gather_named(gatherer, query, parts, hits);
  const auto shown = shown_words(state.settings, terms, query, parts);
  const Counts asked = terms.counts;
  if (query.typing) keep_rarest(state, terms);
  // Terms of which none is in the library find nothing; no terms at all find everything.
  if (!only_number && asked.empty()) {
    gatherer.add_all();
  } else if (!only_number) {
    gatherer.add_words(terms, asked);
  }
  add_hits(state, gatherer.found(), shown, query, hits);
  if (!query.typing && !only_number) hits.suggestion = suggestion_for(state, query.text);
  return hits;
}

}  // namespace

Result<Hits> Library::search(const Query& query) const {
  if (query.text.size() > kMaxQueryBytes) {
    return Error{.code = ErrorCode::InvalidInput,
                 .id = "library.query",
                 .message = "查询超过 4096 字节",
                 .hint = "请写关键词、发文字号或标题"};
  }
  return state_->reading(
      [&](const LibraryState& state) -> Result<Hits> { return found_by(state, query); });
}

}  // namespace huice::library
