// What the database keeps of a document and of its passages: terms, values, the text itself.
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include <xapian.h>

#include "library/library.h"
#include "library/pack.h"
#include "library/terms.h"

namespace huice::library {

/// Makes the entries of one document.
class EntryMaker {
 public:
  /// All must outlive it.
  EntryMaker(const IndexSettings& settings, const text::Segmenter& segmenter,
             const Holding& holding);

  /// The entry of the document itself. It has no terms of text, so that no search for words finds
  /// it.
  Xapian::Document record() const;

  /// The entry that keeps the whole text, to be read; no search finds it.
  Xapian::Document text() const;

  /// The entry of a passage. `answered` are questions that clerks said it answers; they count as
  /// text of it.
  Xapian::Document passage(const StoredPassage& stored, std::span<const std::string> answered = {});

 private:
  void add_shared(Xapian::Document& document, std::string_view kind) const;
  void add_initials(const Counts& counts, Xapian::Document& document) const;
  const TermCounts& heading_terms(std::size_t level, const std::string& heading);

  const IndexSettings& settings_;
  const text::Segmenter& segmenter_;
  const Holding& holding_;
  std::vector<std::string> exact_;                               ///< terms of every entry
  std::vector<std::pair<Xapian::valueno, std::string>> values_;  ///< of every entry
  TermCounts title_;                                             ///< and initials
  std::vector<std::pair<std::string, TermCounts>> headings_;     ///< of the last passage, by level
};

}  // namespace huice::library
