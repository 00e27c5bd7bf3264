// Huice's library over a test set, and the engine alone with the same terms.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "library/library.h"
#include "library/state.h"
#include "test_set.h"

namespace huice::eval {

/// Ends the program with the reason where there is no value.
template <class T>
T required(Result<T> result);

/// Documents with their passages, and the text that each passage is.
struct Prepared {
  std::vector<library::Prepared> documents;
  std::vector<std::vector<std::string>> texts;  ///< by document and passage: id of the text
};

/// Huice's library over a test set.
class Ours {
 public:
  /// Takes the library that is in `folder` already.
  Ours(const TestSet& set, std::filesystem::path folder);

  double index_seconds() const { return index_seconds_; }
  const std::filesystem::path& folder() const { return folder_; }
  const library::IndexSettings& settings() const { return settings_; }
  const Prepared& prepared() const { return prepared_; }

  /// Marks the answers of questions as a clerk would.
  void learn(const std::vector<Question>& questions);

  /// As Library::search ranks, without what is shown of each hit.
  Ranking search(const std::string& question) const;

  /// All that a person gets: ten hits with snippets, facets, a suggestion.
  void show(const std::string& question, bool typing = false) const;

 private:
  void open();
  void build();

  library::IndexSettings settings_;
  std::filesystem::path folder_;
  bool passages_ = false;
  Prepared prepared_;
  std::vector<std::string> text_of_entry_;  ///< ids of texts by entry of the database
  std::optional<library::Library> library_;
  std::unique_ptr<library::LibraryState> state_;
  double index_seconds_ = 0;
};

/// A program that has nothing but the engine: the terms that Huice makes are given to it, and it
/// makes nothing of what it finds.
class Floor {
 public:
  Floor(const Ours& ours, const TestSet& set, const std::filesystem::path& folder);

  double index_seconds() const { return index_seconds_; }

  /// Asks the same query and as many candidates, and reads the texts of ten.
  void show(std::size_t question) const;

 private:
  library::LibraryState state_;
  std::vector<Xapian::Query> queries_;
  double index_seconds_ = 0;
};

template <class T>
T required(Result<T> result) {
  if (!result) give_up(result.error().message);
  return std::move(result).value();
}

}  // namespace huice::eval
