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
std::vector<std::string> exact_terms_of(const Holding& holding) {
  const Circular& circular = holding.circular;
  std::vector<std::string> terms;
  const auto add = [&](std::string_view prefix, std::string_view value) {
    if (!value.empty()) terms.push_back(exact_term(prefix, value));
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
  return terms;
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

/// The first day on which a document holds: where it names none, the day of the document.
std::string first_day(const Circular& circular) {
  const auto& first = circular.effective ? circular.effective : circular.date;
  return first ? day_value(*first) : std::string(kSinceEver);
}

std::vector<std::pair<Xapian::valueno, std::string>> values_of(const Holding& holding,
                                                               int authority) {
  const Circular& circular = holding.circular;
  const auto newest = std::max(circular.date, circular.amended);
  const std::string day = newest ? day_value(*newest) : "";
  const std::string from = first_day(circular);
  const std::string until =
      circular.expires ? day_value(*circular.expires) : std::string(kWithoutEnd);
  const Card card{.authority = authority,
                  .day = day,
                  .document = holding.id,
                  .issuer = circular.issuer,
                  .genre = circular.genre,
                  .region = circular.region,
                  .from = from,
                  .until = until};
  return {{kDateSlot, day},
          {kDocumentSlot, holding.id},
          {kCardSlot, pack(card)},
          {kFromSlot, from},
          {kUntilSlot, until}};
}

/// How often a field's text counts, for a weight in hundredths.
unsigned times(int hundredths) {
  constexpr int kOnce = 100;
  return static_cast<unsigned>((hundredths + kOnce / 2) / kOnce);
}

}  // namespace

EntryMaker::EntryMaker(const IndexSettings& settings, const text::Segmenter& segmenter,
                       const Holding& holding)
    : settings_(settings),
      segmenter_(segmenter),
      holding_(holding),
      exact_(exact_terms_of(holding)),
      values_(values_of(holding, authority_of(settings, holding.circular.title))),
      title_(segmenter) {
  const Circular& circular = holding.circular;
  title_.add(circular.title, times(settings.weight("title")));
  const auto add_initials = [&](std::string_view name) {
    for (const std::string& initials : text::pinyin_initials(name, settings.readings))
      title_.add_term(prefix::kInitials, initials);
  };
  each_part(circular.region, "/", add_initials);
  each_part(circular.issuer, "、", add_initials);
}

void EntryMaker::add_shared(Xapian::Document& document, std::string_view kind) const {
  document.add_boolean_term(exact_term(prefix::kKind, kind));
  for (const std::string& term : exact_)
    document.add_boolean_term(term);
  for (const auto& [slot, value] : values_)
    document.add_value(slot, value);
}

Xapian::Document EntryMaker::record() const {
  Xapian::Document document;
  document.set_data(pack_head(holding_));
  add_shared(document, "D");
  add_citations(document, holding_.circular.citations);
  add_repeals(document, holding_.circular.repeals);
  return document;
}

Xapian::Document EntryMaker::text() const {
  Xapian::Document document;
  document.set_data(pack_text(holding_.circular));
  document.add_boolean_term(exact_term(prefix::kId, holding_.id));
  return document;
}

const TermCounts& EntryMaker::heading_terms(std::size_t level, const std::string& heading) {
  while (headings_.size() <= level)
    headings_.emplace_back("", segmenter_);
  auto& [text, terms] = headings_[level];
  if (text != heading) {
    text = heading;
    terms.clear();
    terms.add(heading, times(settings_.weight("heading")));
  }
  return terms;
}

/// Enterprises that a passage names are found by their initials, as offices are.
void EntryMaker::add_initials(const Counts& counts, Xapian::Document& document) const {
  for (const auto& [term, count] : counts) {
    if (!settings_.names.contains(term)) continue;
    for (const std::string& initials : text::pinyin_initials(term, settings_.readings))
      document.add_term(std::string(prefix::kInitials) + initials, count);
  }
}

Xapian::Document EntryMaker::passage(const StoredPassage& stored,
                                     std::span<const std::string> answered) {
  const auto& known = holding_.circular.citations;
  const Passage& passage = stored.passage;
  Xapian::Document document;
  document.set_data(pack(stored));
  add_shared(document, "P");
  if (!known.empty()) {
    std::vector<Citation> citations = citations_in(passage.text);
    std::erase_if(citations, [&](const Citation& citation) {
      return std::ranges::find(known, citation) == known.end();
    });
    add_citations(document, citations);
  }
  TermCounts terms = title_;
  for (std::size_t level = 0; level < passage.headings.size(); ++level)
    terms.add(heading_terms(level, passage.headings[level]));
  terms.add(passage.text);
  for (const std::string& question : answered)
    terms.add(question, times(settings_.weight("answered")));
  const Counts counts = terms.counts();
  for (const auto& [term, count] : counts)
    document.add_term(term, count);
  if (!settings_.names.empty()) add_initials(counts, document);
  return document;
}

}  // namespace huice::library
