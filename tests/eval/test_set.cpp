#include "test_set.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>

#include <sys/resource.h>

#include "notation/json.h"

namespace huice::eval {
namespace {

std::string unzipped(const std::filesystem::path& file) {
  const std::string command = "gzip -dc '" + file.string() + "'";
  std::FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) give_up("cannot run gzip");
  std::string bytes;
  std::array<char, 65536> buffer{};
  for (std::size_t got = 0; (got = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    bytes.append(buffer.data(), got);
  if (pclose(pipe) != 0) give_up("cannot unpack " + file.string());
  return bytes;
}

std::vector<Text> read_corpus(const std::filesystem::path& file) {
  std::vector<Text> texts;
  const std::string bytes = unzipped(file);
  for (std::size_t at = 0; at < bytes.size();) {
    const auto end = std::min(bytes.find('\n', at), bytes.size());
    const auto record = notation::read_json(bytes.substr(at, end - at), file.string());
    if (!record) give_up(file.string() + ": " + record.error().message);
    const auto field = [&](const char* name) {
      const auto* value = record.value().find(name);
      const std::string* text = value == nullptr ? nullptr : value->text();
      return text == nullptr ? std::string() : *text;
    };
    texts.push_back({field("id"), field("title"), field("law"), field("art"), field("text")});
    at = end + 1;
  }
  return texts;
}

std::vector<std::vector<std::string>> read_table(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) give_up("cannot read " + file.string());
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(in, line);) {
    std::vector<std::string> cells;
    for (std::size_t at = 0; at <= line.size();) {
      const auto end = std::min(line.find('\t', at), line.size());
      cells.push_back(line.substr(at, end - at));
      at = end + 1;
    }
    if (cells.size() < 2) give_up(file.string() + ": a line without tab");
    rows.push_back(std::move(cells));
  }
  return rows;
}

void score(const Ranking& ranking, const std::set<std::string>& answers, Quality& quality) {
  constexpr std::size_t kTop = 10;
  double gain = 0;
  double best_gain = 0;
  double found = 0;
  double found_top = 0;
  double first = 0;
  for (std::size_t i = 0; i < std::min(ranking.size(), kDepth); ++i) {
    if (!answers.contains(ranking[i])) continue;
    ++found;
    if (i >= kTop) continue;
    ++found_top;
    gain += 1 / std::log2(static_cast<double>(i) + 2);
    if (first == 0) first = 1 / static_cast<double>(i + 1);
  }
  for (std::size_t i = 0; i < std::min(answers.size(), kTop); ++i)
    best_gain += 1 / std::log2(static_cast<double>(i) + 2);
  quality.ndcg_10 += gain / best_gain;
  quality.recall_10 += found_top / static_cast<double>(answers.size());
  quality.recall_100 += found / static_cast<double>(answers.size());
  quality.mrr_10 += first;
}

}  // namespace

void give_up(const std::string& reason) {
  std::cerr << reason << "\n";
  std::exit(1);
}

TestSet read_test_set(const std::filesystem::path& folder, const SetFiles& files) {
  TestSet set{.name = files.questions,
              .texts = read_corpus(folder / (files.corpus + ".corpus.jsonl.gz")),
              .questions = {}};
  std::map<std::string, std::set<std::string>> answers;
  for (const auto& row : read_table(folder / (files.questions + ".qrels.tsv")))
    answers[row[0]].insert(row[1]);
  for (const auto& row : read_table(folder / (files.questions + ".queries.tsv"))) {
    const auto found = answers.find(row[0]);
    if (found != answers.end()) set.questions.push_back({row[1], found->second});
  }
  if (set.questions.empty()) give_up(files.questions + ": no question is judged");
  return set;
}

double Quality::percentile(double share) const {
  if (seconds.empty()) return 0;
  const auto last = static_cast<double>(seconds.size() - 1);
  return seconds[static_cast<std::size_t>(std::lround(last * share))];
}

Quality measure(const TestSet& set, const Search& search) {
  Quality quality;
  for (const Question& question : set.questions) {
    const double begin = cpu_seconds();
    const Ranking ranking = search(question.text);
    quality.seconds.push_back(cpu_seconds() - begin);
    score(ranking, question.answers, quality);
  }
  const auto count = static_cast<double>(set.questions.size());
  for (double* mean : {&quality.ndcg_10, &quality.recall_10, &quality.recall_100, &quality.mrr_10})
    *mean /= count;
  std::ranges::sort(quality.seconds);
  return quality;
}

double cpu_seconds() {
  double seconds = 0;
  for (const int who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
    rusage usage{};
    getrusage(who, &usage);
    constexpr double kMicro = 1e-6;
    seconds += static_cast<double>(usage.ru_utime.tv_sec) +
               kMicro * static_cast<double>(usage.ru_utime.tv_usec);
  }
  return seconds;
}

std::uintmax_t bytes_of(const std::filesystem::path& path) {
  if (!std::filesystem::is_directory(path)) return std::filesystem::file_size(path);
  std::uintmax_t bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
    if (entry.is_regular_file()) bytes += entry.file_size();
  }
  return bytes;
}

}  // namespace huice::eval
