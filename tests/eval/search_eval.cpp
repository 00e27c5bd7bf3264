// How well and how fast the library finds, beside other engines over the same texts.
//
// usage: huice_search_eval [--folder DIR] [--set NAME:QUESTIONS]… [--index DIR] [--ours]
//                          [--least NDCG] [--texts NUMBER] [--learning | --floor]
//
// DIR holds a collection laid out as test_set.h says; without it the program ends with status 77.
// --index keeps the library in DIR and takes it from there next time; --ours leaves out the peers.
// --least ends it with status 1 where nDCG@10 is below. --texts asks the speed of a library of so
// many texts alone: those of the set, and new ones put together from their halves. --learning asks
// in place of all this what marked answers bring, --floor how we stand against bare Xapian.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iostream>

#include <unistd.h>

#include "base/utf8.h"
#include "baselines.h"
#include "ours.h"
#include "test_set.h"

namespace huice::eval {
namespace {

namespace fs = std::filesystem;

struct Options {
  fs::path folder = HUICE_SOURCE_DIR "/../shared/search-eval";
  std::vector<SetFiles> sets;
  fs::path index;  ///< empty: a new one each time
  bool peers = true;
  bool learning = false;  ///< asks only what marked answers bring
  bool floor = false;     ///< asks only for the ratios to bare Xapian
  double least = 0;       ///< nDCG@10
  std::size_t texts = 0;  ///< 0: those of the set
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

/// CPU of what people ask: whole questions, or every beginning of some, as it is typed.
std::vector<std::string> beginnings(const TestSet& set) {
  constexpr std::size_t kMostQuestions = 60;
  std::vector<std::string> typed;
  for (std::size_t i = 0; i < std::min(set.questions.size(), kMostQuestions); ++i) {
    const std::u32string question = decode_utf8(set.questions[i].text);
    for (std::size_t end = 1; end <= question.size(); ++end)
      typed.push_back(encode_utf8(std::u32string_view(question).substr(0, end)));
  }
  return typed;
}

std::vector<std::string> questions_of(const TestSet& set) {
  std::vector<std::string> texts;
  for (const Question& question : set.questions)
    texts.push_back(question.text);
  return texts;
}

template <class Show>
Quality timed(const std::vector<std::string>& queries, Show show) {
  Quality quality;
  for (const std::string& query : queries) {
    const double begin = cpu_seconds();
    show(query);
    quality.seconds.push_back(cpu_seconds() - begin);
  }
  std::ranges::sort(quality.seconds);
  return quality;
}

/// Puts together the small pieces that were freed: whoever freed them pays, not who allocates next.
void tidy_heap() {
  constexpr std::size_t kLarge = 1u << 17;
  void* volatile piece = std::malloc(kLarge);  // volatile: else the compiler leaves both out
  std::free(piece);
}

void print_ratios(const TestSet& set, const Ours& ours, const fs::path& scratch) {
  const Floor floor(ours, set, scratch / "floor");
  double by_us = 0;
  double by_floor = 0;
  for (std::size_t i = 0; i < set.questions.size(); ++i) {  // by turns: the machine has moods
    const double begin = cpu_seconds();
    ours.show(set.questions[i].text);
    tidy_heap();
    const double middle = cpu_seconds();
    floor.show(i);
    tidy_heap();
    by_us += middle - begin;
    by_floor += cpu_seconds() - middle;
  }
  std::printf("against bare Xapian with the same terms: querying %.2f x", by_us / by_floor);
  if (ours.index_seconds() > 0) {
    std::printf(", indexing %.2f x (terms made by us, given to it)",
                ours.index_seconds() / floor.index_seconds());
  }
  std::printf("\n");
}

/// Texts of the set and, where they do not suffice, new ones of their halves.
TestSet enlarged(const TestSet& set, std::size_t count) {
  TestSet larger = set;
  constexpr std::size_t kOfOneLaw = 60;
  for (std::size_t i = 0; larger.texts.size() < count; ++i) {
    const Text& one = set.texts[i % set.texts.size()];
    const Text& other = set.texts[(i * 7919 + 1) % set.texts.size()];  // a prime: far apart
    const std::u32string begin = decode_utf8(one.text);
    const std::u32string end = decode_utf8(other.text);
    larger.texts.push_back({.id = "new-" + std::to_string(i),
                            .title = one.title,
                            .law = one.law + "·" + std::to_string(i / kOfOneLaw),
                            .article = one.article,
                            .text = encode_utf8(begin.substr(0, begin.size() / 2)) +
                                    encode_utf8(end.substr(end.size() / 2))});
  }
  larger.texts.resize(count);
  return larger;
}

void print_waits(const char* name, const Quality& whole, const Quality& typed, double index_seconds,
                 std::uintmax_t bytes) {
  constexpr double kMilli = 1000;
  constexpr double kMega = 1e6;
  std::printf("%-28s%10.2f%10.2f%10.2f%10.2f%10.1f%10.1f\n", name, kMilli * whole.percentile(0.5),
              kMilli * whole.percentile(0.99), kMilli * typed.percentile(0.5),
              kMilli * typed.percentile(0.99), index_seconds, static_cast<double>(bytes) / kMega);
}

/// What a person waits for: whole questions, and every beginning of some as it is typed.
void print_scale(const TestSet& set, const fs::path& scratch) {
  std::printf("\n%zu texts, ten hits shown with snippets, ms of CPU\n", set.texts.size());
  std::printf("%-28s%10s%10s%10s%10s%10s%10s\n", "", "p50", "p99", "typing", "p99", "index s",
              "index MB");
  const Ours ours(set, scratch / "huice");
  print_waits("Huice", timed(questions_of(set), [&](const auto& query) { ours.show(query); }),
              timed(beginnings(set), [&](const auto& query) { ours.show(query, true); }),
              ours.index_seconds(), bytes_of(ours.folder()));
  const Peer peer = sqlite_trigrams(set, scratch / "peer");
  print_waits(peer.name.c_str(), timed(questions_of(set), peer.show),
              timed(beginnings(set), peer.show), peer.index_seconds, peer.index_bytes);
  print_ratios(set, ours, scratch);
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

/// False where the quality is below what is asked.
bool evaluate(const TestSet& set, const Options& options, const fs::path& scratch) {
  if (options.texts > 0) {
    print_scale(enlarged(set, options.texts), scratch);
    return true;
  }
  print_head(set);
  const fs::path index = options.index.empty() ? scratch / "huice" : options.index / set.name;
  const Ours ours(set, index);
  if (options.learning) {
    print_learning(set, index, scratch);
    return true;
  }
  if (options.floor) {
    print_ratios(set, ours, scratch);
    return true;
  }
  const auto quality =
      measure(set, [&](const std::string& question) { return ours.search(question); });
  print_row("Huice", quality, ours.index_seconds(), bytes_of(index));
  const bool good = quality.ndcg_10 >= options.least;
  if (!good) std::printf("nDCG@10 is below %.4f\n", options.least);
  if (!options.peers) return good;
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
  print_ratios(set, ours, scratch);
  print_learning(set, index, scratch);
  return good;
}

Options read_options(int count, char** words) {
  Options options;
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    options.peers &= word != "--ours";
    options.learning |= word == "--learning";
    options.floor |= word == "--floor";
    if (word == "--ours" || word == "--learning" || word == "--floor") continue;
    if (i + 1 == count) give_up("usage: see the head of tests/eval/search_eval.cpp");
    const std::string value = words[++i];
    if (word == "--folder") {
      options.folder = value;
    } else if (word == "--index") {
      options.index = value;
    } else if (word == "--least") {
      options.least = std::strtod(value.c_str(), nullptr);
    } else if (word == "--texts") {
      options.texts = std::strtoul(value.c_str(), nullptr, 10);
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
  bool good = true;
  for (const SetFiles& files : options.sets) {
    good &= evaluate(read_test_set(options.folder, files), options, scratch);
    for (const auto& each : fs::directory_iterator(scratch))
      fs::remove_all(each);
  }
  fs::remove_all(scratch);
  return good ? 0 : 1;
}
