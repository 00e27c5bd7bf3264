// What rests on what, and what no longer holds.
#include <algorithm>
#include <cstring>
#include <set>

#include "library/state.h"
#include "library/structure.h"
#include "library/terms.h"

namespace huice::library {
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
    const std::string id =
        state.document_of(*entry, state.database.get_document(*entry).get_value(kDocumentSlot));
    if (auto holding = state.holding_by_id(id)) return holding;
  }
  return std::nullopt;
}

/// Other documents under terms made of the number and the titles of `holding`, each once.
std::vector<Holding> others_naming(const LibraryState& state, const Holding& holding,
                                   std::string_view number_prefix, std::string_view title_prefix) {
  const Circular& circular = holding.circular;
  std::vector<std::string> terms;
  if (!circular.number.empty()) terms.push_back(exact_term(number_prefix, circular.number));
  if (!circular.title_guessed) {
    for (const std::string& key : title_keys(circular.title, circular.issuer))
      terms.push_back(exact_term(title_prefix, key));
  }
  std::vector<Holding> found;
  std::set<std::string> seen = {holding.id};
  for (const std::string& term : terms) {
    const auto end = state.database.postlist_end(term);
    for (auto entry = state.database.postlist_begin(term); entry != end; ++entry) {
      const std::string id =
          state.document_of(*entry, state.database.get_document(*entry).get_value(kDocumentSlot));
      if (!seen.insert(id).second) continue;
      if (auto other = state.holding_by_id(id)) found.push_back(std::move(*other));
    }
  }
  return found;
}

/// Two numbers that differ are two documents, however alike their titles.
bool means(const Citation& citation, const Circular& circular) {
  if (!citation.number.empty() && !circular.number.empty())
    return citation.number == circular.number;
  const auto own = title_keys(circular.title, circular.issuer);
  return !citation.title.empty() && std::ranges::find(own, title_key(citation.title)) != own.end();
}

/// Documents that repeal `holding`, newest first; those that hold by `today`, where it is given.
std::vector<Holding> repealing(const LibraryState& state, const Holding& holding,
                               const std::optional<Date>& today) {
  auto found = others_naming(state, holding, prefix::kRepealedNumber, prefix::kRepealedTitle);
  std::erase_if(found, [&](const Holding& other) {
    const auto& since = other.circular.effective ? other.circular.effective : other.circular.date;
    if (since && today && *today < *since) return true;
    return std::ranges::none_of(other.circular.repeals, [&](const Citation& citation) {
      return means(citation, holding.circular);
    });
  });
  std::ranges::stable_sort(found, std::ranges::greater{},
                           [](const Holding& other) { return other.circular.date; });
  return found;
}

CitingDocument as_citing(const Holding& holding) {
  return {holding.id, holding.circular.title, holding.circular.number};
}

bool repeals(const Circular& circular, const Citation& citation) {
  return std::ranges::find(circular.repeals, citation) != circular.repeals.end();
}

CitedDocument as_cited(const LibraryState& state, const Holding& by, const Citation& citation,
                       const std::optional<Date>& today) {
  CitedDocument document{.citation = citation};
  const auto other = cited(state, citation);
  if (!other || other->id == by.id) return document;
  document.id = other->id;
  document.title = other->circular.title;
  document.lapse = lapse_of(state, *other, today);
  if (document.lapse && document.lapse->by == by.id) document.lapse.reset();  // it is what says so
  return document;
}

}  // namespace

std::string named(std::string title, std::string_view number) {
  for (const auto& [outer, inner] : {std::pair("《", "〈"), std::pair("》", "〉")}) {
    for (auto at = title.find(outer); at != std::string::npos; at = title.find(outer, at))
      title.replace(at, std::strlen(outer), inner);
  }
  std::string name = title.empty() ? "" : "《" + title + "》";
  if (!number.empty()) name.append("（").append(number).append("）");
  return name;
}

std::optional<Lapse> lapse_of(const LibraryState& state, const Holding& holding,
                              const std::optional<Date>& today) {
  const auto later = repealing(state, holding, today);
  if (!later.empty()) {
    const Circular& by = later.front().circular;
    return Lapse{"已被" + named(by.title, by.number) + "废止", later.front().id};
  }
  const auto& end = holding.circular.expires;
  if (end && today && *end < *today) return Lapse{"有效期已于" + end->to_chinese() + "届满", ""};
  return std::nullopt;
}

std::set<std::string, std::less<>> repealed_documents(const LibraryState& state, const Date& day) {
  std::set<std::string, std::less<>> repealed;
  const Xapian::Query records(exact_term(prefix::kKind, "D"));
  for (const auto& [named, own] : {std::pair(prefix::kRepealedNumber, prefix::kNumber),
                                   std::pair(prefix::kRepealedTitle, prefix::kTitleKey)}) {
    const std::string all(named);
    const auto end = state.database.allterms_end(all);
    for (auto term = state.database.allterms_begin(all); term != end; ++term) {
      const std::string bearing = std::string(own) + (*term).substr(all.size());
      if (!state.database.term_exists(bearing)) continue;
      Xapian::Enquire enquire(state.database);
      enquire.set_query({Xapian::Query::OP_FILTER, records, Xapian::Query(bearing)});
      enquire.set_weighting_scheme(Xapian::BoolWeight());
      const Xapian::MSet matches = enquire.get_mset(0, kMaxHits);
      for (auto match = matches.begin(); match != matches.end(); ++match) {
        const std::string own_id = match.get_document().get_value(kDocumentSlot);
        const auto holding = state.holding_by_id(state.document_of(*match, own_id));
        const auto lapse = holding ? lapse_of(state, *holding, day) : std::nullopt;
        if (lapse && !lapse->by.empty()) repealed.insert(holding->id);
      }
    }
  }
  return repealed;
}

void add_lapses(const LibraryState& state, const Holding& holding, const std::optional<Date>& today,
                Hit& hit) {
  if (const auto lapse = lapse_of(state, holding, today)) hit.lapse = lapse->text;
  for (const Citation& citation : holding.circular.citations) {
    if (repeals(holding.circular, citation)) continue;
    const auto base = cited(state, citation);
    if (!base || base->id == holding.id) continue;
    if (const auto lapse = lapse_of(state, *base, today))
      hit.lapsed_bases.push_back(named(base->circular.title, base->circular.number) + lapse->text);
  }
}

Result<CitationReport> Library::citations(std::string_view name,
                                          const std::optional<Date>& today) const {
  HUICE_TRY(const Holding holding, show(name));
  return state_->reading([&](const LibraryState& state) -> Result<CitationReport> {
    CitationReport report{
        .id = holding.id, .title = holding.circular.title, .number = holding.circular.number};
    for (const Citation& citation : holding.circular.citations) {
      auto& list = repeals(holding.circular, citation) ? report.replaces : report.rests_on;
      list.push_back(as_cited(state, holding, citation, today));
    }
    for (const Holding& other : repealing(state, holding, std::nullopt))
      report.replaced_by.push_back(as_citing(other));
    for (const Holding& other :
         others_naming(state, holding, prefix::kCitedNumber, prefix::kCitedTitle)) {
      const bool replaces = std::ranges::find(report.replaced_by, other.id, &CitingDocument::id) !=
                            report.replaced_by.end();
      if (!replaces) report.cited_by.push_back(as_citing(other));
    }
    report.lapse = lapse_of(state, holding, today);
    return report;
  });
}

}  // namespace huice::library
