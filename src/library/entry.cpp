#include "library/entry.h"

#include <algorithm>

#include "library/structure.h"
#include "text/pinyin.h"

namespace huice::library {
namespace {

/// Calls `take` with each part of `list`.
template <class Take>
void each_part(std::string_view list, std::string_view mark, Take take) {
  while (!list.empty()) {
    const auto end = list.find(mark);
    take(list.substr(0, end));
    list.remove_prefix(end == std::string_view::npos ? list.size() : end + mark.size());
  }
}

/// What documents and passages alike are filtered, found and collapsed by.
void add_exact_terms(Xapian::Document& document, const Holding& holding) {
  const Circular& circular = holding.circular;
  const auto add = [&](std::string_view prefix, std::string_view value) {
    if (!value.empty()) document.add_boolean_term(exact_term(prefix, value));
  };
  add(prefix::kId, holding.id);
  add(prefix::kNumber, circular.number);
  add(prefix::kGenre, circular.genre);
  each_part(circular.region, "/", [&](auto part) { add(prefix::kRegion, part); });
  each_part(circular.issuer, "、", [&](auto part) { add(prefix::kIssuer, part); });
  if (!circular.title_guessed) {
    for (const std::string& key : title_keys(circular.title, circular.issuer))
      add(prefix::kTitleKey, key);
  }
}

void add_citations(Xapian::Document& document, const std::vector<Citation>& citations) {
  for (const Citation& citation : citations) {
    if (!citation.number.empty()) {
      document.add_boolean_term(exact_term(prefix::kCitedNumber, citation.number));
    }
    if (!citation.title.empty()) {
      document.add_boolean_term(exact_term(prefix::kCitedTitle, title_key(citation.title)));
    }
  }
}

void add_repeals(Xapian::Document& document, const std::vector<Citation>& repeals) {
  for (const Citation& citation : repeals) {
    if (!citation.number.empty()) {
      document.add_boolean_term(exact_term(prefix::kRepealedNumber, citation.number));
    }
    if (!citation.title.empty()) {
      document.add_boolean_term(exact_term(prefix::kRepealedTitle, title_key(citation.title)));
    }
  }
}

void add_values(Xapian::Document& document, const Holding& holding, int authority) {
  const Circular& circular = holding.circular;
  Card card{.authority = authority,
            .document = holding.id,
            .issuer = circular.issuer,
            .genre = circular.genre,
            .region = circular.region};
  if (const auto newest = std::max(circular.date, circular.amended)) {
    card.day = newest->to_iso();
    std::erase(card.day, '-');
    document.add_value(kDateSlot, card.day);
  }
  document.add_value(kDocumentSlot, holding.id);
  document.add_value(kCardSlot, pack(card));
}

/// How often a field's text counts, for a weight in hundredths.
unsigned times(int hundredths) {
  constexpr int kOnce = 100;
  return static_cast<unsigned>((hundredths + kOnce / 2) / kOnce);
}

}  // namespace

Xapian::Document EntryMaker::record(const Holding& holding) const {
  Xapian::Document document;
  document.set_data(pack(holding));
  document.add_boolean_term(exact_term(prefix::kKind, "D"));
  add_exact_terms(document, holding);
  add_citations(document, holding.circular.citations);
  add_repeals(document, holding.circular.repeals);
  add_values(document, holding, authority_of(settings_, holding.circular.title));
  return document;
}

Xapian::Document EntryMaker::passage(const Holding& holding, const StoredPassage& stored,
                                     std::span<const std::string> answered) const {
  const Circular& circular = holding.circular;
  const Passage& passage = stored.passage;
  Xapian::Document document;
  document.set_data(pack(stored));
  document.add_boolean_term(exact_term(prefix::kKind, "P"));
  add_exact_terms(document, holding);
  std::vector<Citation> citations = citations_in(passage.text);
  std::erase_if(citations, [&](const Citation& citation) {
    const auto& own = circular.citations;
    return std::ranges::find(own, citation) == own.end();
  });
  add_citations(document, citations);
  add_values(document, holding, authority_of(settings_, circular.title));

  TermCounts terms(segmenter_);
  terms.add(circular.title, times(settings_.weight("title")));
  for (const std::string& heading : passage.headings)
    terms.add(heading, times(settings_.weight("heading")));
  terms.add(passage.text);
  for (const std::string& question : answered)
    terms.add(question, times(settings_.weight("answered")));
  const auto add_initials = [&](std::string_view name) {
    terms.add_term(prefix::kInitials, text::pinyin_initials(name));
  };
  each_part(circular.region, "/", add_initials);
  each_part(circular.issuer, "、", add_initials);
  for (const auto& [term, count] : terms.counts())
    document.add_term(term, count);
  return document;
}

}  // namespace huice::library
