// How well and how fast the library finds, beside other engines over the same texts.
//
// usage: huice_search_eval [--folder DIR] [--set NAME:QUESTIONS]… [--index DIR] [--ours]
//
// DIR holds a collection laid out as test_set.h says; without it the program ends with status 77.
// --index keeps the library in DIR and takes it from there next time; --ours leaves out the peers.
#include <algorithm>
#include <cstdio>
#include <iostream>
#include <unordered_map>

#include <unistd.h>
#include <xapian.h>

#include "baselines.h"
#include "library/entry.h"
#include "library/query.h"
#include "library/ranking.h"
#include "library/readers.h"
#include "library/structure.h"
#include "test_set.h"

namespace huice::eval {
namespace {

namespace fs = std::filesystem;

struct Options {
  fs::path folder = HUICE_SOURCE_DIR "/../shared/search-eval";
  std::vector<SetFiles> sets;
  fs::path index;  ///< empty: a new one each time
  bool peers = true;
};

[[noreturn]] void give_up(const std::string& reason) {
  std::cerr << reason << "\n";
  std::exit(2);
}

template <class T>
T required(Result<T> result) {
  if (!result) give_up(result.error().message);
  return std::move(result).value();
}

/// Documents with their passages, and the text that each passage is.
struct Prepared {
  std::vector<library::Prepared> documents;
  std::vector<std::vector<std::string>> texts;  ///< by document and passage: id of the text
};

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

/// Huice's library over a test set.
class Ours {
 public:
  Ours(const TestSet& set, const fs::path& folder) : settings_(read_settings()), folder_(folder) {
    passages_ = !set.texts.front().law.empty();
    prepared_ = passages_ ? statutes(set) : circulars(set, settings_);
    if (!fs::exists(folder)) build();
    open();
  }

  double index_seconds() const { return index_seconds_; }
  const fs::path& folder() const { return folder_; }
  const library::IndexSettings& settings() const { return settings_; }
  const Prepared& prepared() const { return prepared_; }

  /// Marks the answers of questions as a clerk would.
  void learn(const std::vector<Question>& questions) {
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

  /// As Library::search ranks, without what is shown of each hit.
  Ranking search(const std::string& question) const {
    const library::QueryParts parts = library::parts_of(question);
    const library::Query query{.text = question, .passages = passages_};
    auto found = library::best_passages(
        *state_, query, library::text_query(*state_, library::terms_of(*state_, parts.rest)),
        library::filter_of(*state_, query, parts.phrases));
    library::rank(found, settings_, query);
    Ranking ranking;
    for (const library::Found& one : found) {
      if (ranking.size() == kDepth) break;
      const auto stored =
          library::unpack_passage(state_->database.get_document(one.entry).get_data());
      const std::string& text = prepared_.texts[std::stoul(one.document) - 1][stored->number - 1];
      if (std::ranges::find(ranking, text) == ranking.end()) ranking.push_back(text);
    }
    return ranking;
  }

  /// All that a person gets: ten hits with snippets, facets, a suggestion.
  void show(const std::string& question, bool typing = false) const {
    required(library_->search({.text = question, .passages = passages_, .typing = typing}));
  }

 private:
  static library::IndexSettings read_settings() {
    return required(library::load_index_settings(HUICE_SOURCE_DIR "/index"));
  }

  void open() {
    library_.emplace(required(library::Library::open(folder_, library::Mode::Read, settings_)));
    state_ = std::make_unique<library::LibraryState>(settings_);
    state_->database = Xapian::Database(folder_.string());
  }

  void build() {
    const double begin = cpu_seconds();
    auto library = required(library::Library::open(folder_, library::Mode::Write, settings_));
    required(library.put(prepared_.documents));
    index_seconds_ = cpu_seconds() - begin;
  }

  library::IndexSettings settings_;
  fs::path folder_;
  bool passages_ = false;
  Prepared prepared_;
  std::optional<library::Library> library_;
  std::unique_ptr<library::LibraryState> state_;
  double index_seconds_ = 0;
};

void print_head(const TestSet& set) {
  std::printf("\n%s: %zu texts, %zu questions\n", set.name.c_str(), set.texts.size(),
              set.questions.size());
  std::printf("%-28s%8s%8s%8s%8s%10s%10s%12s%12s\n", "", "nDCG@10", "R@10", "R@100", "MRR@10",
              "p50 ms", "p99 ms", "index s", "index MB");
}

void print_row(const std::string& name, const Quality& quality, double index_seconds,
               std::uintmax_t bytes) {
  constexpr double kMilli = 1000;
  constexpr double kMega = 1e6;
  std::printf("%-28s%8.4f%8.4f%8.4f%8.4f%10.2f%10.2f%12.1f%12.1f\n", name.c_str(), quality.ndcg_10,
              quality.recall_10, quality.recall_100, quality.mrr_10,
              kMilli * quality.percentile(0.5), kMilli * quality.percentile(0.99), index_seconds,
              static_cast<double>(bytes) / kMega);
  std::fflush(stdout);
}

/// A program that has nothing but the engine, given the terms that Huice makes.
class Floor {
 public:
  Floor(const Ours& ours, const fs::path& folder) : state_(ours.settings()) {
    const library::EntryMaker entries(state_.settings, state_.segmenter);
    std::vector<Xapian::Document> documents;
    for (const auto& each : ours.prepared().documents) {
      const library::Holding holding{.id = "1", .circular = each.circular};
      for (const auto& passage : each.passages)
        documents.push_back(entries.passage(holding, {holding.id, 1, passage}));
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
  }

  double index_seconds() const { return index_seconds_; }

  /// The same query, the same number of candidates; ten texts are read.
  double query_seconds(const TestSet& set) const {
    std::vector<Xapian::Query> queries;
    for (const Question& question : set.questions)
      queries.push_back(library::text_query(state_, library::terms_of(state_, question.text)));
    std::size_t bytes = 0;
    const double begin = cpu_seconds();
    for (const Xapian::Query& query : queries) {
      Xapian::Enquire enquire(state_.database);
      enquire.set_weighting_scheme(library::passage_weight());
      enquire.set_query(query);
      const auto matches = enquire.get_mset(0, library::kCandidates);
      std::size_t shown = 0;
      for (auto match = matches.begin(); match != matches.end() && shown < 10; ++match, ++shown)
        bytes += match.get_document().get_data().size();
    }
    if (bytes == 0) give_up("the floor found nothing");
    return cpu_seconds() - begin;
  }

 private:
  library::LibraryState state_;
  double index_seconds_ = 0;
};

/// What a person who types sees: every beginning of a question, ten hits each.
Quality typed(const TestSet& set, const Ours& ours) {
  constexpr std::size_t kMostQuestions = 60;
  Quality quality;
  for (std::size_t i = 0; i < std::min(set.questions.size(), kMostQuestions); ++i) {
    const std::string& question = set.questions[i].text;
    for (std::size_t end = 1; end <= question.size(); ++end) {
      const bool inside_letter = end < question.size() && (question[end] & 0xC0) == 0x80;
      if (inside_letter) continue;
      const double begin = cpu_seconds();
      ours.show(question.substr(0, end), true);
      quality.seconds.push_back(cpu_seconds() - begin);
    }
  }
  std::ranges::sort(quality.seconds);
  return quality;
}

void print_speed(const TestSet& set, const Ours& ours, const fs::path& scratch) {
  const Floor floor(ours, scratch / "floor");
  double query_seconds = 0;
  for (const Question& question : set.questions) {
    const double begin = cpu_seconds();
    ours.show(question.text);
    query_seconds += cpu_seconds() - begin;
  }
  const double floor_seconds = floor.query_seconds(set);
  const Quality typing = typed(set, ours);
  constexpr double kMilli = 1000;
  std::printf("against bare Xapian with the same terms: querying %.2f x",
              query_seconds / floor_seconds);
  if (ours.index_seconds() > 0) {
    std::printf(", indexing %.2f x (terms made by us, given to it)",
                ours.index_seconds() / floor.index_seconds());
  }
  std::printf("\nwhile typing: p50 %.2f ms, p99 %.2f ms of CPU\n", kMilli * typing.percentile(0.5),
              kMilli * typing.percentile(0.99));
}

/// Half of the questions with their answers marked, the other half asked.
void print_learning(const TestSet& set, const fs::path& index, const fs::path& scratch) {
  TestSet asked{.name = set.name, .texts = set.texts, .questions = {}};
  std::vector<Question> marked;
  for (std::size_t i = 0; i < set.questions.size(); ++i)
    (i % 2 == 0 ? marked : asked.questions).push_back(set.questions[i]);
  const fs::path copy = scratch / "learning";
  fs::copy(index, copy, fs::copy_options::recursive);
  Ours ours(asked, copy);
  const auto search = [&](const std::string& question) { return ours.search(question); };
  std::printf("half of the questions, before and after the answers of the others are marked\n");
  print_row("  before", measure(asked, search), 0, bytes_of(copy));
  const double begin = cpu_seconds();
  ours.learn(marked);
  const double seconds = cpu_seconds() - begin;
  print_row("  after", measure(asked, search), seconds, bytes_of(copy));
}

void evaluate(const TestSet& set, const Options& options, const fs::path& scratch) {
  print_head(set);
  const fs::path index = options.index.empty() ? scratch / "huice" : options.index / set.name;
  const Ours ours(set, index);
  const auto quality =
      measure(set, [&](const std::string& question) { return ours.search(question); });
  print_row("Huice", quality, ours.index_seconds(), bytes_of(index));
  if (!options.peers) return;
  for (const auto make : {xapian_ngrams, icu_words, jieba_words, sqlite_trigrams}) {
    const fs::path folder = scratch / "peer";
    fs::remove_all(folder);
    const Peer peer = make(set, folder);
    if (!peer.search) {
      std::printf("%-28sleft out: not installed\n", peer.name.c_str());
      continue;
    }
    print_row(peer.name, measure(set, peer.search), peer.index_seconds, peer.index_bytes);
  }
  print_speed(set, ours, scratch);
  print_learning(set, index, scratch);
}

Options read_options(int count, char** words) {
  Options options;
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    if (word == "--ours") {
      options.peers = false;
      continue;
    }
    if (i + 1 == count) give_up("usage: see the head of tests/eval/search_eval.cpp");
    const std::string value = words[++i];
    if (word == "--folder") {
      options.folder = value;
    } else if (word == "--index") {
      options.index = value;
    } else if (word == "--set" && value.find(':') != std::string::npos) {
      const auto colon = value.find(':');
      options.sets.push_back({value.substr(0, colon), value.substr(colon + 1)});
    } else {
      give_up("unknown option " + word);
    }
  }
  if (options.sets.empty()) options.sets = {{"statute", "stard-train"}, {"ncp", "ncp-dev"}};
  return options;
}

}  // namespace
}  // namespace huice::eval

int main(int count, char** words) {
  using namespace huice::eval;
  const Options options = read_options(count, words);
  if (!fs::exists(options.folder)) {
    std::cerr << "skipped: " << options.folder << " is not here\n";
    constexpr int kSkipped = 77;
    return kSkipped;
  }
  const fs::path scratch = fs::temp_directory_path() / ("huice-eval-" + std::to_string(getpid()));
  fs::create_directories(scratch);
  for (const SetFiles& files : options.sets) {
    evaluate(read_test_set(options.folder, files), options, scratch);
    for (const auto& each : fs::directory_iterator(scratch))
      fs::remove_all(each);
  }
  fs::remove_all(scratch);
  return 0;
}
