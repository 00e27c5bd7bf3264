#include "library/query.h"

#include <algorithm>

#include "base/utf8.h"
#include "library/structure.h"
#include "library/terms.h"
#include "text/document_number.h"
#include "text/normalize.h"

namespace huice::library {
namespace {

/// Quotation marks that ask for the very letters between them.
constexpr std::pair<std::string_view, std::string_view> kQuotes[] = {
    {"“", "”"}, {"\"", "\""}, {"「", "」"}, {"『", "』"}};

std::string without_blanks(std::string_view utf8) {
  std::string letters;
  for (const char32_t c : decode_utf8(text::fold(utf8))) {
    if (c != U' ' && c != U'\n' && c != U'\t' && c != U'\r') append_utf8(letters, c);
  }
  return letters;
}

/// Takes the quoted parts out of `text`; the marks become blanks, what they hold stays.
std::vector<std::string> take_phrases(std::string& text) {
  std::vector<std::string> phrases;
  for (const auto& [open, close] : kQuotes) {
    for (auto at = text.find(open); at != std::string::npos; at = text.find(open, at)) {
      const auto start = at + open.size();
      const auto end = text.find(close, start);
      if (end == std::string::npos) break;
      std::string phrase = without_blanks(std::string_view(text).substr(start, end - start));
      if (!phrase.empty()) phrases.push_back(std::move(phrase));
      text.replace(end, close.size(), " ");
      text.replace(at, open.size(), " ");
    }
  }
  return phrases;
}

Xapian::Query weighted(const Xapian::Query& query, int hundredths) {
  constexpr double kWhole = 100.0;
  return {Xapian::Query::OP_SCALE_WEIGHT, query, hundredths / kWhole};
}

Xapian::Query any_of(const std::vector<Xapian::Query>& queries) {
  return {Xapian::Query::OP_OR, queries.begin(), queries.end()};
}

/// A synonym is looked up as the words it is cut into, which must stand together.
Xapian::Query together(const LibraryState& state, const std::string& synonym) {
  std::vector<Xapian::Query> parts;
  for (const text::Word& word : state.segmenter.words(synonym))
    parts.emplace_back(word.term);
  return {Xapian::Query::OP_AND, parts.begin(), parts.end()};
}

bool is_latin(std::string_view word) {
  return std::ranges::all_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
}

/// Names of which the initials begin so.
Xapian::Query spoken(const std::string& initials) {
  constexpr Xapian::termcount kMostNames = 64;
  return {Xapian::Query::OP_WILDCARD, std::string(prefix::kInitials) + initials, kMostNames,
          Xapian::Query::WILDCARD_LIMIT_MOST_FREQUENT};
}

/// What the query means beside its letters: synonyms, and names by their initials.
Xapian::Query otherwise_said(const LibraryState& state, const QueryTerms& terms) {
  std::vector<Xapian::Query> others, names;
  for (const std::string& synonym : terms.synonyms)
    others.push_back(together(state, synonym));
  for (const std::string& initials : terms.initials)
    names.push_back(spoken(initials));
  return any_of({weighted(any_of(names), state.settings.weight("word")),
                 weighted(any_of(others), state.settings.weight("synonym"))});
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

void add_once(std::vector<std::string>& list, const std::string& word) {
  if (std::ranges::find(list, word) == list.end()) list.push_back(word);
}

/// Words that other people use for one of the query's.
std::vector<std::string> synonyms_of(const LibraryState& state,
                                     const std::vector<std::string>& words) {
  std::vector<std::string> found;
  for (const std::string& word : words) {
    const auto others = state.synonyms.find(word);
    if (others == state.synonyms.end()) continue;
    for (const std::string& other : others->second) {
      if (std::ranges::find(words, other) == words.end()) add_once(found, other);
    }
  }
  return found;
}

}  // namespace

QueryParts parts_of(std::string_view query) {
  QueryParts parts;
  if (const auto whole = text::parse_document_number(query)) {
    parts.numbers.push_back(whole->text());
    return parts;
  }
  parts.rest = query;
  const auto numbers = text::find_document_numbers(query);
  for (auto number = numbers.rbegin(); number != numbers.rend(); ++number) {
    parts.numbers.insert(parts.numbers.begin(), number->number.text());
    parts.rest.replace(number->offset, number->size, " ");
  }
  for (const Citation& citation : citations_in(query)) {
    if (!citation.title.empty()) parts.titles.push_back(citation.title);
  }
  parts.phrases = take_phrases(parts.rest);
  return parts;
}

QueryTerms terms_of(const LibraryState& state, std::string_view query) {
  const text::Folded folded = text::fold_with_origin(query);
  TermCounts counts(state.segmenter);
  QueryTerms terms;
  std::vector<std::string> silent;
  for (const text::Word& word : state.segmenter.words(folded)) {
    if (!is_term(word.term)) continue;
    counts.add_term({}, word.term);
    const bool says_nothing = state.settings.stopwords.contains(word.term);
    add_once(says_nothing ? silent : terms.words, word.term);
    constexpr std::size_t kFewestInitials = 2;
    if (word.term.size() >= kFewestInitials && is_latin(word.term)) {
      add_once(terms.initials, word.term);
    }
  }
  if (terms.words.empty()) terms.words = std::move(silent);
  counts.add_letters(folded.text);
  counts.add_numbers(folded.text);
  terms.counts = counts.counts();
  terms.synonyms = synonyms_of(state, terms.words);
  return terms;
}

void keep_rarest(const LibraryState& state, QueryTerms& terms) {
  using Rarity = std::pair<Xapian::doccount, std::pair<std::string, unsigned>>;
  std::vector<Rarity> by_rarity;
  for (auto& count : terms.counts) {
    const auto frequency = state.database.get_termfreq(count.first);
    if (frequency > 0) by_rarity.emplace_back(frequency, std::move(count));
  }
  std::ranges::sort(by_rarity);
  terms.synonyms.clear();
  Counts kept;
  Xapian::doccount postings = 0;
  for (auto& [frequency, count] : by_rarity) {
    postings += frequency;
    if (postings > kPostingsWhileTyping && !kept.empty()) break;
    kept.push_back(std::move(count));
  }
  std::ranges::sort(kept);
  terms.counts = std::move(kept);
}

Xapian::Query text_query(const LibraryState& state, const QueryTerms& terms) {
  std::vector<Xapian::Query> words, pairs, letters;
  for (const auto& [term, count] : terms.counts) {
    const bool pair = term.starts_with(prefix::kPair);
    const bool letter = term.starts_with(prefix::kLetter);
    (pair ? pairs : letter ? letters : words).emplace_back(term, count);
  }
  const IndexSettings& settings = state.settings;
  return any_of({weighted(any_of(words), settings.weight("word")),
                 weighted(any_of(pairs), settings.weight("bigram")),
                 weighted(any_of(letters), settings.weight("letter")),
                 otherwise_said(state, terms)});
}

std::optional<Xapian::Query> rare_query(const LibraryState& state, const QueryTerms& terms,
                                        Xapian::doccount postings) {
  std::vector<std::pair<Xapian::doccount, Xapian::Query>> by_rarity;
  for (const auto& [term, count] : terms.counts) {
    const std::string_view kind = term.starts_with(prefix::kPair)     ? "bigram"
                                  : term.starts_with(prefix::kLetter) ? "letter"
                                                                      : "word";
    by_rarity.emplace_back(state.database.get_termfreq(term),
                           weighted(Xapian::Query(term, count), state.settings.weight(kind)));
  }
  std::ranges::stable_sort(by_rarity, {}, [](const auto& term) { return term.first; });
  std::vector<Xapian::Query> finding, weighing;
  Xapian::doccount read = 0;
  for (const auto& [frequency, term] : by_rarity) {
    read += frequency;
    (read <= postings || finding.empty() ? finding : weighing).push_back(term);
  }
  if (weighing.empty()) return std::nullopt;
  finding.push_back(otherwise_said(state, terms));
  return Xapian::Query(Xapian::Query::OP_AND_MAYBE, any_of(finding), any_of(weighing));
}

Xapian::doccount postings_to_find(const LibraryState& state) {
  constexpr Xapian::doccount kFewest = 10'000;
  constexpr Xapian::doccount kShare = 2;
  return std::max(kFewest, state.database.get_doccount() / kShare);
}

Xapian::Query filter_of(const LibraryState& state, const Query& query,
                        const std::vector<std::string>& phrases) {
  std::vector<Xapian::Query> all;
  if (!query.region.empty()) {
    all.emplace_back(exact_term(prefix::kRegion, region_name(state.settings, query.region)));
  }
  if (!query.genre.empty()) all.emplace_back(exact_term(prefix::kGenre, query.genre));
  if (!query.issuer.empty()) all.push_back(any_of(issuers_with(state.database, query.issuer)));
  if (query.since || query.until) {
    const std::string from = query.since ? day_value(*query.since) : "0";
    const std::string to = query.until ? day_value(*query.until) : "9";
    all.emplace_back(Xapian::Query::OP_VALUE_RANGE, kDateSlot, from, to);
  }
  if (query.valid_on) {
    const std::string day = day_value(*query.valid_on);
    all.emplace_back(Xapian::Query::OP_VALUE_LE, kFromSlot, day);
    all.emplace_back(Xapian::Query::OP_VALUE_GE, kUntilSlot, day);
  }
  for (const std::string& phrase : phrases) {
    for (const std::string& pair : bigrams_of(phrase))
      all.emplace_back(std::string(prefix::kPair) + pair);
  }
  if (all.empty()) return match_all();
  return {Xapian::Query::OP_AND, all.begin(), all.end()};
}

bool has_phrases(std::string_view title, const StoredPassage& stored,
                 const std::vector<std::string>& phrases) {
  std::string letters = without_blanks(title) + "\n";
  for (const std::string& heading : stored.passage.headings)
    letters += without_blanks(heading) + "\n";
  letters += without_blanks(stored.passage.text);
  return std::ranges::all_of(phrases, [&](const std::string& phrase) {
    return letters.find(phrase) != std::string::npos;
  });
}

}  // namespace huice::library
