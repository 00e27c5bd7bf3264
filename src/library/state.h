// What a Library holds, and the ways to its database. Only this module's sources include it.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <xapian.h>

#include "library/library.h"
#include "library/pack.h"
#include "text/words.h"

namespace huice::library {

struct LibraryState {
  std::filesystem::path folder;
  IndexSettings settings;
  text::Segmenter segmenter;
  /// Mode::Write only; otherwise `database` reads.
  std::optional<Xapian::WritableDatabase> writer;
  Xapian::Database database;
  /// Words that mean the same as the key, folded.
  std::map<std::string, std::vector<std::string>, std::less<>> synonyms;

  explicit LibraryState(IndexSettings index_settings);

  /// The document found under an exact term; nullopt when there is none.
  std::optional<Xapian::docid> first_with(const std::string& term) const;
  std::optional<Holding> holding(Xapian::docid id) const;
  std::optional<Holding> holding_by_id(std::string_view id) const;
  /// By id, number or whole title.
  std::optional<Holding> named(std::string_view name) const;
};

/// `library.locked`, `library.not-found` or `library.index` for what Xapian throws.
Error index_error(const Xapian::Error& error, const std::filesystem::path& folder);

/// Piece of `passage_text` that shows most of the words (folded), beginning with a sentence.
Snippet snippet_of(std::string_view passage_text, const std::vector<std::string>& words);

}  // namespace huice::library
