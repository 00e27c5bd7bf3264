// Questions marked as answered that are kept outside of the library, and act on a search that
// brings them along.
//
// A library that several counties share cannot hold the marks of each. What Library::mark writes
// into the index is here added to the weight of the passage while it is searched: the passage
// weighs as if the question stood in it. A question is bound to what its passage says: where the
// document is gone, or reads otherwise by now, it acts on nothing.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "library/library.h"
#include "library/terms.h"

namespace huice::library {

/// Immutable; for any number of threads. Questions that were taken back do not belong in it.
class AnswerBook {
 public:
  /// A passage, and what it is said to answer.
  struct Answered {
    std::string document;
    std::size_t passage = 0;           ///< where it stood when it was marked
    std::string key;                   ///< of what it says
    Counts questions;                  ///< their terms, all together
    std::vector<std::size_t> answers;  ///< places in the list the book was made of
  };

  /// Cuts the questions into words as `segmenter` does.
  AnswerBook(const text::Segmenter& segmenter, std::span<const Answer> answers);

  const std::vector<Answered>& passages() const { return passages_; }
  /// Places in passages() of those whose questions have the term.
  std::span<const std::size_t> with(std::string_view term) const;
  /// What a passage of a document answers; empty: nothing that somebody marked.
  std::span<const std::size_t> answers_of(std::string_view document, const Passage& passage) const;

 private:
  std::vector<Answered> passages_;  ///< by document
  std::map<std::string, std::vector<std::size_t>, std::less<>> by_term_;
};

}  // namespace huice::library
