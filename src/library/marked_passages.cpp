#include "library/marked_passages.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <unordered_map>

#include "library/answer_book.h"
#include "library/answers.h"

namespace huice::library {
namespace {

/// Passages whose questions are the likest; those far behind add next to nothing.
constexpr std::size_t kMostAnswered = 50;

constexpr double kWhole = 100.0;

/// A term of the query, as BM25 weighs it (Xapian::BM25Weight with the parameters of ranking.h).
struct Weighed {
  const std::string* term = nullptr;
  double weight = 0;  ///< at most, in a passage that is full of it
};

class Scale {
 public:
  Scale(const LibraryState& state, const AnswerBook& book, const Counts& asked)
      : state_(state), length_(std::max(1.0, double{state.database.get_avlength()})) {
    for (const auto& [term, count] : asked)
      terms_.push_back({&term, most(book, term, count)});
  }

  const std::vector<Weighed>& terms() const { return terms_; }

  /// What the passage weighs with the questions in it, and how much of that is due to them. It
  /// does not count as longer for them: a mark never takes from what the passage itself says.
  std::pair<double, double> of(Xapian::docid entry, const Counts& questions) const {
    const double length = state_.database.get_doclength(entry) / length_;
    const double saturation = kTermRepeats * (1 - kLength + kLength * std::max(length, kShortest));
    const auto part = [&](double weight, double count) {
      return weight * count / (saturation + count);
    };
    const double times = std::round(state_.settings.weight("answered") / kWhole);
    auto term = state_.database.termlist_begin(entry);
    const auto end = state_.database.termlist_end(entry);
    double with = 0;
    double without = 0;
    for (const Weighed& each : terms_) {  // in the order of the terms, as they lie
      if (term != end) term.skip_to(*each.term);
      const double count = term != end && *term == *each.term ? term.get_wdf() : 0;
      without += part(each.weight, count);
      with += part(each.weight, count + times * count_in(questions, *each.term));
    }
    return {with, with - without};
  }

 private:
  static unsigned count_in(const Counts& counts, const std::string& term) {
    const auto found = std::ranges::lower_bound(
        counts, term, {}, [](const auto& count) -> const std::string& { return count.first; });
    return found != counts.end() && found->first == term ? found->second : 0;
  }

  /// Words of questions that no passage has count as if the marked passages had them.
  double most(const AnswerBook& book, const std::string& term, unsigned count) const {
    const double all = state_.database.get_doccount();
    const double having = std::max<double>(state_.database.get_termfreq(term),
                                           static_cast<double>(book.with(term).size()));
    const double rarity = (std::max(all - having, 0.0) + 0.5) / (having + 0.5);
    const std::string_view kind = term.starts_with(prefix::kPair)     ? "bigram"
                                  : term.starts_with(prefix::kLetter) ? "letter"
                                                                      : "word";
    return state_.settings.weight(kind) / kWhole * 2 * count / (1 + count) *
           std::log(rarity < 2 ? rarity / 2 + 1 : rarity) * (kTermRepeats + 1);
  }

  const LibraryState& state_;
  double length_;
  std::vector<Weighed> terms_;
};

/// The passages whose questions are the likest to what is asked, best first.
std::vector<const AnswerBook::Answered*> likest(const AnswerBook& book, const Scale& scale) {
  std::unordered_map<std::size_t, double> weights;
  for (const Weighed& each : scale.terms()) {
    for (const std::size_t place : book.with(*each.term))
      weights[place] += each.weight;
  }
  std::vector<std::pair<double, std::size_t>> sorted;
  for (const auto& [place, weight] : weights)
    sorted.emplace_back(-weight, place);
  std::ranges::sort(sorted);
  if (sorted.size() > kMostAnswered) sorted.resize(kMostAnswered);
  std::vector<const AnswerBook::Answered*> all;
  for (const auto& [weight, place] : sorted)
    all.push_back(&book.passages()[place]);
  return all;
}

bool passes(const LibraryState& state, std::string_view document, Xapian::docid entry,
            const Xapian::Query& filter) {
  if (filter.get_type() == Xapian::Query::LEAF_MATCH_ALL) return true;
  const std::string id = exact_term(prefix::kId, LibraryState::id_in_part(document));
  Xapian::Enquire enquire(state.database);
  enquire.set_query({Xapian::Query::OP_FILTER, Xapian::Query(id), filter});
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  const Xapian::MSet matches = enquire.get_mset(0, state.database.get_termfreq(id));
  return std::find(matches.begin(), matches.end(), entry) != matches.end();
}

}  // namespace

void add_answered(const LibraryState& state, const Query& query, const Counts& asked,
                  const Xapian::Query& filter, FoundTexts& texts, std::vector<Found>& candidates) {
  if (query.answers == nullptr || asked.empty()) return;
  const Scale scale(state, *query.answers, asked);
  for (const AnswerBook::Answered* answered : likest(*query.answers, scale)) {
    const auto entry = entry_reading(state, answered->document, answered->passage, answered->key);
    if (!entry) continue;
    const auto [weight, added] = scale.of(*entry, answered->questions);
    const auto found = std::ranges::find(candidates, *entry, &Found::entry);
    if (found != candidates.end()) {
      found->weight += added;
    } else if (passes(state, answered->document, *entry, filter)) {
      candidates.push_back({.entry = *entry, .weight = weight});
      set_card(state, state.database.get_document(*entry).get_value(kCardSlot), texts,
               candidates.back());
    }
  }
}

}  // namespace huice::library
