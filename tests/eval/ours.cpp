#include "ours.h"

#include <algorithm>
#include <span>
#include <tuple>
#include <unordered_map>

#include <xapian.h>

#include "library/entry.h"
#include "library/query.h"
#include "library/ranking.h"
#include "library/readers.h"
#include "library/structure.h"

namespace huice::eval {
namespace {

namespace fs = std::filesystem;

/// Articles of one law are passages of one document.
Prepared statutes(const TestSet& set) {
  Prepared prepared;
  std::unordered_map<std::string, std::size_t> laws;
  for (const Text& text : set.texts) {
    const auto [law, is_new] = laws.emplace(text.law, prepared.documents.size());
    if (is_new) {
      prepared.documents.push_back({.file = {}, .circular = {.title = text.law}, .passages = {}});
      prepared.texts.emplace_back();
    }
    prepared.documents[law->second].passages.push_back({{text.article}, text.text});
    prepared.texts[law->second].push_back(text.id);
  }
  return prepared;
}

/// Texts in which blanks stand where lines ended, as library::structure_of reads them.
Prepared circulars(const TestSet& set, const library::IndexSettings& settings) {
  Prepared prepared;
  for (const Text& text : set.texts) {
    std::string lines = text.title.empty() ? text.text : text.title + "\n" + text.text;
    std::ranges::replace(lines, ' ', '\n');
    const auto source = library::read_plain_text(lines);
    auto circular = library::structure_of(required(source), settings);
    auto passages = library::passages_of(circular);
    prepared.texts.emplace_back(passages.size(), text.id);
    prepared.documents.push_back(
        {.file = {}, .circular = std::move(circular), .passages = std::move(passages)});
  }
  return prepared;
}

library::IndexSettings read_settings() {
  return required(library::load_index_settings(HUICE_SOURCE_DIR "/index"));
}

}  // namespace

Ours::Ours(const TestSet& set, fs::path folder)
    : settings_(read_settings()), folder_(std::move(folder)) {
  passages_ = !set.texts.front().law.empty();
  prepared_ = passages_ ? statutes(set) : circulars(set, settings_);
  text_of_entry_.emplace_back();  // entries are counted from 1
  for (const auto& texts : prepared_.texts) {
    text_of_entry_.resize(text_of_entry_.size() + library::kText + 1);  // what is no passage
    text_of_entry_.insert(text_of_entry_.end(), texts.begin(), texts.end());
  }
  if (!fs::exists(folder_)) build();
  open();
}

void Ours::learn(const std::vector<Question>& questions) {
  std::unordered_map<std::string, std::pair<std::size_t, std::size_t>> places;
  for (std::size_t i = 0; i < prepared_.texts.size(); ++i) {
    for (std::size_t j = 0; j < prepared_.texts[i].size(); ++j)
      places.try_emplace(prepared_.texts[i][j], i + 1, j + 1);
  }
  std::vector<library::Marking> markings;
  for (const Question& question : questions) {
    for (const std::string& answer : question.answers) {
      const auto [document, passage] = places.at(answer);
      markings.push_back(
          {question.text, std::to_string(document), passage, "eval", *Date::make(2026, 1, 1)});
    }
  }
  auto writer = required(library::Library::open(folder_, library::Mode::Write, settings_));
  required(writer.mark(markings));
  open();
}

Ranking Ours::search(const std::string& question) const {
  const library::QueryParts parts = library::parts_of(question);
  const library::Query query{.text = question, .passages = passages_};
  library::FoundTexts texts;
  auto found = library::best_passages(*state_, query, library::terms_of(*state_, parts.rest),
                                      library::filter_of(*state_, query, parts.phrases),
                                      library::postings_to_find(*state_), texts);
  library::rank(found, settings_, query);
  Ranking ranking;
  for (const library::Found& one : found) {
    if (ranking.size() == kDepth) break;
    const std::string& text = text_of_entry_[one.entry];
    if (std::ranges::find(ranking, text) == ranking.end()) ranking.push_back(text);
  }
  return ranking;
}

void Ours::show(const std::string& question, bool typing) const {
  required(library_->search({.text = question, .passages = passages_, .typing = typing}));
}

void Ours::open() {
  library_.emplace(required(library::Library::open(folder_, library::Mode::Read, settings_)));
  state_ = std::make_unique<library::LibraryState>(settings_);
  state_->database = Xapian::Database(folder_.string());
}

void Ours::build() {
  const double begin = cpu_seconds();
  auto library = required(library::Library::open(folder_, library::Mode::Write, settings_));
  // A hundred at a time, as Library::add writes files: what is not written yet is kept in memory,
  // and looking things up in it costs the more the larger it is.
  constexpr std::size_t kAtATime = 100;
  const std::span<const library::Prepared> documents = prepared_.documents;
  for (std::size_t i = 0; i < documents.size(); i += kAtATime)
    required(library.put(documents.subspan(i, std::min(kAtATime, documents.size() - i))));
  index_seconds_ = cpu_seconds() - begin;
}

Floor::Floor(const Ours& ours, const TestSet& set, const fs::path& folder)
    : state_(ours.settings()) {
  std::vector<Xapian::Document> documents;
  for (const auto& each : ours.prepared().documents) {
    const library::Holding holding{.id = "1", .circular = each.circular};
    library::EntryMaker entries(state_.settings, state_.segmenter, holding);
    std::size_t number = 0;
    for (const auto& passage : each.passages)
      documents.push_back(entries.passage({holding.id, ++number, passage}));
  }
  const double begin = cpu_seconds();
  Xapian::WritableDatabase database(folder.string(), Xapian::DB_CREATE_OR_OVERWRITE);
  for (const Xapian::Document& from : documents) {
    Xapian::Document to;
    to.set_data(from.get_data());
    for (auto term = from.termlist_begin(); term != from.termlist_end(); ++term)
      to.add_term(*term, term.get_wdf());
    for (auto value = from.values_begin(); value != from.values_end(); ++value)
      to.add_value(value.get_valueno(), *value);
    database.add_document(to);
  }
  database.commit();
  index_seconds_ = cpu_seconds() - begin;
  state_.database = Xapian::Database(folder.string());
  for (const Question& question : set.questions) {
    const library::QueryTerms terms = library::terms_of(state_, question.text);
    const auto rare = library::rare_query(state_, terms, library::postings_to_find(state_));
    queries_.push_back(rare ? *rare : library::text_query(state_, terms));
  }
}

void Floor::show(std::size_t question) const {
  constexpr std::size_t kShown = 10;
  Xapian::Enquire enquire(state_.database);
  enquire.set_weighting_scheme(library::passage_weight());
  enquire.set_query(queries_[question]);
  const auto matches = enquire.get_mset(0, library::kCandidates);
  if (matches.empty()) give_up("the floor found nothing");
  std::size_t shown = 0;
  for (auto match = matches.begin(); match != matches.end() && shown < kShown; ++match, ++shown)
    std::ignore = match.get_document().get_data();
}

}  // namespace huice::eval
