// Other ways to search the same texts, for comparison in the same run.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "test_set.h"

namespace huice::eval {

/// A way to search, its index made.
struct Peer {
  std::string name;
  Search search;
  Search show = {};          ///< ten texts with snippets; only of SQLite
  double index_seconds = 0;  ///< CPU
  std::uintmax_t index_bytes = 0;
};

/// Xapian as it comes: any of the terms of its TermGenerator with FLAG_CJK_NGRAM.
Peer xapian_ngrams(const TestSet& set, const std::filesystem::path& folder);

/// Words by ICU's dictionary alone, BM25 by Xapian.
Peer icu_words(const TestSet& set, const std::filesystem::path& folder);

/// Words by jieba's search mode, BM25 by Xapian. Without a search where python3-jieba is missing.
Peer jieba_words(const TestSet& set, const std::filesystem::path& folder);

/// SQLite FTS5 with its trigram tokenizer, trigrams joined by OR, its bm25().
Peer sqlite_trigrams(const TestSet& set, const std::filesystem::path& folder);

}  // namespace huice::eval
