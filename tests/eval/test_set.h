// A retrieval test set: texts, questions, and which texts answer which question.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace huice::eval {

/// Ends the program with the reason.
[[noreturn]] void give_up(const std::string& reason);

/// A text to be found. `law` and `article` are empty where the set does not know them.
struct Text {
  std::string id;
  std::string title;
  std::string law;
  std::string article;
  std::string text;
};

struct Question {
  std::string text;
  std::set<std::string> answers;  ///< ids of texts
};

struct TestSet {
  std::string name;
  std::vector<Text> texts;
  std::vector<Question> questions;
};

/// Files of a test set, in the layout of shared/search-eval: `<corpus>.corpus.jsonl.gz`,
/// `<questions>.queries.tsv`, `<questions>.qrels.tsv`.
struct SetFiles {
  std::string corpus;
  std::string questions;
};

/// Questions without a judgement are left out. Ends the program with the reason when a file is
/// missing or malformed.
TestSet read_test_set(const std::filesystem::path& folder, const SetFiles& files);

/// Ids of texts, best first.
using Ranking = std::vector<std::string>;
using Search = std::function<Ranking(const std::string& question)>;

/// Texts that a ranking goes down to.
inline constexpr std::size_t kDepth = 100;

/// Means over the questions.
struct Quality {
  double ndcg_10 = 0;
  double recall_10 = 0;
  double recall_100 = 0;
  double mrr_10 = 0;
  std::vector<double> seconds;  ///< CPU of each question, ascending

  /// The time that `share` of the questions stay below.
  double percentile(double share) const;
};

Quality measure(const TestSet& set, const Search& search);

/// User CPU seconds of this process and of the children it has waited for.
double cpu_seconds();

/// Bytes of all files below a folder, or of a file.
std::uintmax_t bytes_of(const std::filesystem::path& path);

}  // namespace huice::eval
