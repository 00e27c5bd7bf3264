// Queries and citations.
#include <algorithm>
#include <map>
#include <set>

#include "library/state.h"
#include "library/structure.h"
#include "library/terms.h"
#include "text/document_number.h"
#include "text/normalize.h"

namespace huice::library {
namespace {

/// Words of a query, folded: those to look up, and for each the others that mean the same.
struct QueryWords {
  std::vector<std::string> words;
  std::vector<std::string> synonyms;
  std::vector<std::string> bigrams;

  bool empty() const { return words.empty() && bigrams.empty(); }
};

void add_once(std::vector<std::string>& list, const std::string& word) {
  if (is_term(word) && std::ranges::find(list, word) == list.end()) list.push_back(word);
}

QueryWords words_of(const LibraryState& state, std::string_view query) {
  QueryWords found;
  std::vector<std::string> stopped;
  for (const text::Word& word : state.segmenter.words(query)) {
    const bool stop = state.settings.stopwords.contains(word.term);
    add_once(stop ? stopped : found.words, word.term);
  }
  if (found.words.empty()) found.words = stopped;
  // Pairs are taken from the query without its stop words, so that none reaches over one.
  std::string rest;
  for (const text::Word& word : state.segmenter.words(query))
    rest += state.settings.stopwords.contains(word.term) ? std::string(" ") : word.term;
  for (const std::string& pair : bigrams_of(rest))
    add_once(found.bigrams, pair);
  for (const std::string& word : found.words) {
    const auto others = state.synonyms.find(word);
    if (others == state.synonyms.end()) continue;
    for (const std::string& other : others->second)
      add_once(found.synonyms, other);
  }
  return found;
}

Xapian::Query weighted(const Xapian::Query& query, int hundredths) {
  return {Xapian::Query::OP_SCALE_WEIGHT, query, hundredths / 100.0};
}

/// A synonym is looked up as the words it is cut into, which must stand together.
Xapian::Query phrase(const LibraryState& state, const std::string& synonym) {
  std::vector<Xapian::Query> parts;
  for (const text::Word& word : state.segmenter.words(synonym))
    parts.emplace_back(word.term);
  return {Xapian::Query::OP_AND, parts.begin(), parts.end()};
}

Xapian::Query text_query(const LibraryState& state, const QueryWords& query) {
  std::vector<Xapian::Query> parts;
  const IndexSettings& settings = state.settings;
  for (const TextField& field : {kBodyField, kTitleField, kHeadingField}) {
    const int word_weight = settings.weight(field.name);
    for (const std::string& word : query.words)
      parts.push_back(weighted(Xapian::Query(std::string(field.words) + word), word_weight));
    const int pair_weight = settings.weight(
        field.name == kBodyField.name ? "bigram" : std::string(field.name) + "-bigram");
    for (const std::string& pair : query.bigrams)
      parts.push_back(weighted(Xapian::Query(std::string(field.bigrams) + pair), pair_weight));
  }
  for (const std::string& synonym : query.synonyms)
    parts.push_back(weighted(phrase(state, synonym), settings.weight("synonym")));
  return {Xapian::Query::OP_OR, parts.begin(), parts.end()};
}

std::string day_value(const Date& day) {
  std::string value = day.to_iso();
  std::erase(value, '-');
  return value;
}

/// Issuers whose name holds `part`, as terms.
std::vector<Xapian::Query> issuers_with(const Xapian::Database& database, const std::string& part) {
  std::vector<Xapian::Query> found;
  const std::string all(prefix::kIssuer);
  for (auto term = database.allterms_begin(all); term != database.allterms_end(all); ++term) {
    if ((*term).find(part) != std::string::npos) found.emplace_back(*term);
  }
  return found;
}

/// What every hit must satisfy: a kind of entry, and the filters of the query.
Xapian::Query filter_of(const LibraryState& state, const Query& query, std::string_view kind) {
  std::vector<Xapian::Query> all = {Xapian::Query(exact_term(prefix::kKind, kind))};
  if (!query.region.empty()) {
    all.emplace_back(exact_term(prefix::kRegion, region_name(state.settings, query.region)));
  }
  if (!query.genre.empty()) all.emplace_back(exact_term(prefix::kGenre, query.genre));
  if (!query.issuer.empty()) {
    const auto issuers = issuers_with(state.database, query.issuer);
    all.emplace_back(Xapian::Query::OP_OR, issuers.begin(), issuers.end());
  }
  if (query.since || query.until) {
    const std::string from = query.since ? day_value(*query.since) : "0";
    const std::string to = query.until ? day_value(*query.until) : "9";
    all.emplace_back(Xapian::Query::OP_VALUE_RANGE, kDateSlot, from, to);
  }
  return {Xapian::Query::OP_AND, all.begin(), all.end()};
}

struct Found {
  Xapian::docid entry = 0;
  std::string document;
  HitReason reason = HitReason::Words;
  std::int64_t score = 0;
};

/// Gathers documents, the best reason first, each once.
class Gatherer {
 public:
  Gatherer(const LibraryState& state, const Query& query) : state_(state), query_(query) {}

  std::vector<Found> take() { return std::move(found_); }

  /// Entries under an exact term, newest document first. Passages come before the record of their
  /// document, because they can show the place.
  bool add_exact(const std::string& term, HitReason reason) {
    const std::size_t before = found_.size();
    for (const std::string_view kind : {"P", "D"}) {
      const Xapian::Query query(Xapian::Query::OP_FILTER, Xapian::Query(term),
                                filter_of(state_, query_, kind));
      Xapian::Enquire enquire(state_.database);
      enquire.set_query(query);
      enquire.set_weighting_scheme(Xapian::BoolWeight());
      enquire.set_collapse_key(kDocumentSlot);
      enquire.set_docid_order(Xapian::Enquire::ASCENDING);
      gather(enquire, reason);
    }
    const auto newest_first = [this](const Found& a, const Found& b) { return day(a) > day(b); };
    std::stable_sort(found_.begin() + static_cast<std::ptrdiff_t>(before), found_.end(),
                     newest_first);
    return found_.size() > before;
  }

  void add_words(const QueryWords& words) {
    Xapian::Enquire enquire(state_.database);
    const Xapian::Query text =
        words.empty() ? Xapian::Query(Xapian::Query::MatchAll) : text_query(state_, words);
    enquire.set_query({Xapian::Query::OP_FILTER, text, filter_of(state_, query_, "P")});
    enquire.set_collapse_key(kDocumentSlot);
    if (words.empty()) {
      enquire.set_weighting_scheme(Xapian::BoolWeight());
      enquire.set_sort_by_value(kDateSlot, true);
    }
    gather(enquire, HitReason::Words);
  }

 private:
  std::string day(const Found& found) const {
    return state_.database.get_document(found.entry).get_value(kDateSlot);
  }

  void gather(Xapian::Enquire& enquire, HitReason reason) {
    const Xapian::MSet matches = enquire.get_mset(0, kMaxHits);
    for (auto match = matches.begin(); match != matches.end(); ++match) {
      std::string document = match.get_document().get_value(kDocumentSlot);
      if (found_.size() >= kMaxHits || !seen_.insert(document).second) continue;
      constexpr double kThousandths = 1000;
      found_.push_back({*match, std::move(document), reason,
                        static_cast<std::int64_t>(match.get_weight() * kThousandths)});
    }
  }

  const LibraryState& state_;
  const Query& query_;
  std::vector<Found> found_;
  std::set<std::string> seen_;
};

std::vector<FacetCount> ranked(const std::map<std::string, std::size_t>& counts) {
  std::vector<FacetCount> list;
  for (const auto& [name, count] : counts) {
    if (!name.empty()) list.push_back({name, count});
  }
  std::ranges::stable_sort(list, std::ranges::greater{}, &FacetCount::count);
  return list;
}

/// Facets of the documents found, read from the values beside their terms.
class FacetCounter {
 public:
  void add(const Xapian::Document& entry) {
    ++issuers_[entry.get_value(kIssuerSlot)];
    ++genres_[entry.get_value(kGenreSlot)];
    ++regions_[entry.get_value(kRegionSlot)];
    constexpr std::size_t kYearDigits = 4;
    ++years_[entry.get_value(kDateSlot).substr(0, kYearDigits)];
  }

  Facets take() const {
    Facets facets{ranked(issuers_), ranked(genres_), ranked(years_), ranked(regions_)};
    std::ranges::sort(facets.years, std::ranges::greater{}, &FacetCount::name);
    return facets;
  }

 private:
  std::map<std::string, std::size_t> issuers_, genres_, years_, regions_;
};

Hit hit_of(const LibraryState& state, const Found& found, const Holding& holding,
           const std::vector<std::string>& shown) {
  const Circular& circular = holding.circular;
  Hit hit{.id = holding.id,
          .file = holding.file,
          .title = circular.title,
          .number = circular.number,
          .issuer = circular.issuer,
          .genre = circular.genre,
          .region = circular.region,
          .date = circular.date,
          .reason = found.reason,
          .score = found.score};
  auto stored = unpack_passage(state.database.get_document(found.entry).get_data());
  if (!stored) {
    const auto passages = passages_of(circular);
    stored = {holding.id, passages.empty() ? Passage{{}, circular.title} : passages.front()};
  }
  hit.headings = std::move(stored->passage.headings);
  hit.snippet = snippet_of(stored->passage.text, shown);
  return hit;
}

/// The exact things that a query names.
struct Named {
  std::vector<std::string> numbers;
  std::vector<std::string> titles;
  std::string rest;  ///< the query without them
};

Named named_in(std::string_view query) {
  Named named;
  std::string rest(query);
  if (const auto whole = text::parse_document_number(query)) {
    named.numbers.push_back(whole->text());
    return named;
  }
  const auto numbers = text::find_document_numbers(query);
  for (auto number = numbers.rbegin(); number != numbers.rend(); ++number) {
    named.numbers.insert(named.numbers.begin(), number->number.text());
    rest.replace(number->offset, number->size, " ");
  }
  for (const Citation& citation : citations_in(query)) {
    if (!citation.title.empty()) named.titles.push_back(citation.title);
  }
  named.rest = rest;
  return named;
}

/// What to highlight: the words as typed, and what the query names.
std::vector<std::string> shown_words(const QueryWords& words, const Query& query,
                                     const Named& named) {
  std::vector<std::string> shown;
  constexpr std::size_t kLeastBytes = 4;  // one Han letter alone marks too much
  for (const auto* list : {&words.words, &words.synonyms, &words.bigrams}) {
    for (const std::string& word : *list) {
      if (word.size() >= kLeastBytes || words.words.size() == 1) shown.push_back(word);
    }
  }
  for (const std::string& title : named.titles)
    shown.push_back(text::fold(title));
  if (!named.numbers.empty()) shown.push_back(text::fold(text::trimmed(query.text)));
  // A number is written with any brackets; its parts are what can be seen.
  for (const std::string& number : named.numbers) {
    if (const auto parts = text::parse_document_number(number)) {
      const std::string year = std::to_string(parts->year);
      const std::string serial = std::to_string(parts->serial);
      for (const auto& [open, close] :
           {std::pair{"〔", "〕"}, {"[", "]"}, {"(", ")"}, {"【", "】"}}) {
        shown.push_back(parts->agency + open + year + close + serial + "号");
      }
    }
  }
  return shown;
}

}  // namespace

Result<Hits> Library::search(const Query& query) const {
  if (query.text.size() > kMaxQueryBytes) {
    return Error{.code = ErrorCode::InvalidInput,
                 .id = "library.query",
                 .message = "查询超过 4096 字节",
                 .hint = "请写关键词、发文字号或标题"};
  }
  try {
    const LibraryState& state = *state_;
    const Named named = named_in(query.text);
    const bool only_number = named.rest.empty() && !named.numbers.empty();
    const QueryWords words = words_of(state, only_number ? "" : named.rest);
    Hits hits{.query = query.text};
    Gatherer gatherer(state, query);
    for (const std::string& number : named.numbers) {
      if (!gatherer.add_exact(exact_term(prefix::kNumber, number), HitReason::Number)) {
        hits.notes.push_back("资料库中没有 " + number + " 的原文");
      }
      gatherer.add_exact(exact_term(prefix::kCitedNumber, number), HitReason::CitesNumber);
    }
    std::vector<std::string> titles = named.titles;
    titles.push_back(query.text);
    for (const std::string& title : titles) {
      const std::string key = title_key(title);
      if (key.empty()) continue;
      gatherer.add_exact(exact_term(prefix::kTitleKey, key), HitReason::Title);
      gatherer.add_exact(exact_term(prefix::kCitedTitle, key), HitReason::CitesTitle);
    }
    if (!only_number) gatherer.add_words(words);
    const std::vector<Found> found = gatherer.take();
    hits.total = found.size();
    FacetCounter facets;
    const std::vector<std::string> shown = shown_words(words, query, named);
    for (const Found& one : found) {
      facets.add(state.database.get_document(one.entry));
      if (hits.hits.size() >= query.limit) continue;
      const auto holding = state.holding_by_id(one.document);
      if (holding) hits.hits.push_back(hit_of(state, one, *holding, shown));
    }
    hits.facets = facets.take();
    return hits;
  } catch (const Xapian::Error& error) {
    return index_error(error, state_->folder);
  }
}

namespace {

/// The other document that bears the number or the title of a citation.
std::optional<Holding> cited(const LibraryState& state, const Citation& citation) {
  std::vector<std::string> terms;
  if (!citation.number.empty()) terms.push_back(exact_term(prefix::kNumber, citation.number));
  if (!citation.title.empty()) {
    terms.push_back(exact_term(prefix::kTitleKey, title_key(citation.title)));
  }
  for (const std::string& term : terms) {
    const auto entry = state.first_with(term);
    if (!entry) continue;
    const std::string id = state.database.get_document(*entry).get_value(kDocumentSlot);
    if (auto holding = state.holding_by_id(id)) return holding;
  }
  return std::nullopt;
}

std::vector<CitingDocument> citing(const LibraryState& state, const Holding& holding) {
  const Circular& circular = holding.circular;
  std::vector<std::string> terms;
  if (!circular.number.empty()) {
    terms.push_back(exact_term(prefix::kCitedNumber, circular.number));
  }
  for (const std::string& key : title_keys(circular.title, circular.issuer))
    terms.push_back(exact_term(prefix::kCitedTitle, key));
  std::vector<CitingDocument> found;
  std::set<std::string> seen = {holding.id};
  for (const std::string& term : terms) {
    const auto end = state.database.postlist_end(term);
    for (auto entry = state.database.postlist_begin(term); entry != end; ++entry) {
      const std::string id = state.database.get_document(*entry).get_value(kDocumentSlot);
      if (!seen.insert(id).second) continue;
      const auto other = state.holding_by_id(id);
      if (other) found.push_back({id, other->circular.title, other->circular.number});
    }
  }
  return found;
}

}  // namespace

Result<CitationReport> Library::citations(std::string_view name) const {
  HUICE_TRY(const Holding holding, show(name));
  try {
    CitationReport report{
        .id = holding.id, .title = holding.circular.title, .number = holding.circular.number};
    for (const Citation& citation : holding.circular.citations) {
      const auto other = cited(*state_, citation);
      const bool known = other && other->id != holding.id;
      report.rests_on.push_back(
          {citation, known ? other->id : "", known ? other->circular.title : ""});
    }
    report.cited_by = citing(*state_, holding);
    return report;
  } catch (const Xapian::Error& error) {
    return index_error(error, state_->folder);
  }
}

}  // namespace huice::library
