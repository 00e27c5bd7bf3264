// What the database keeps of a document and of its passages: terms, values, the text itself.
#pragma once

#include <span>
#include <string>

#include <xapian.h>

#include "library/library.h"
#include "library/pack.h"
#include "library/terms.h"

namespace huice::library {

/// Makes entries of the database; usable from several threads at once.
class EntryMaker {
 public:
  /// Both must outlive it.
  EntryMaker(const IndexSettings& settings, const text::Segmenter& segmenter)
      : settings_(settings), segmenter_(segmenter) {}

  /// The entry of a document itself. It has no terms of text, so that no search for words finds it.
  Xapian::Document record(const Holding& holding) const;

  /// The entry of a passage. `answered` are questions that clerks said it answers; they count as
  /// text of it.
  Xapian::Document passage(const Holding& holding, const StoredPassage& stored,
                           std::span<const std::string> answered = {}) const;

 private:
  const IndexSettings& settings_;
  const text::Segmenter& segmenter_;
};

}  // namespace huice::library
