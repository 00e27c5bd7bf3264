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
#include "library/snapshot.h"
#include "text/words.h"

namespace huice::library {

struct LibraryState {
  std::filesystem::path folder;
  IndexSettings settings;
  text::Segmenter segmenter;
  /// Mode::Write only; otherwise `database` reads.
  std::optional<Xapian::WritableDatabase> writer;
  Xapian::Database database;
  std::size_t parts = 1;  ///< databases searched as one; entries are dealt out among them in turn
  /// Words that mean the same as the key, folded.
  std::map<std::string, std::vector<std::string>, std::less<>> synonyms;

  explicit LibraryState(IndexSettings index_settings);

  /// How a document of this database is known outside: its id, and in a library of several parts
  /// also the part: `12@2`.
  std::string document_of(Xapian::docid entry, std::string_view id) const;

  /// The id within its part of what document_of gives.
  static std::string_view id_in_part(std::string_view document);

  /// Runs `read`, on a newer snapshot when a writer has meanwhile overwritten the one it had.
  /// Errors: those of `read`; as index_error.
  template <class Read>
  auto reading(Read read) -> decltype(read(*this));

  /// The document found under an exact term; nullopt when there is none.
  std::optional<Xapian::docid> first_with(const std::string& term) const;
  std::optional<Holding> holding(Xapian::docid id) const;
  /// By what document_of gives.
  std::optional<Holding> holding_by_id(std::string_view id) const;
  /// An id never given before. Requires a writer.
  std::string next_id();
  /// By id, number or whole title.
  std::optional<Holding> named(std::string_view name) const;
};

/// `library.locked`, `library.not-found` or `library.index` for what Xapian throws.
Error index_error(const Xapian::Error& error, const std::filesystem::path& folder);

/// `library.read-only`.
Error read_only_error(const std::filesystem::path& folder);

template <class Read>
auto LibraryState::reading(Read read) -> decltype(read(*this)) {
  try {
    return of_a_snapshot([&] { return read(*this); }, [&] { database.reopen(); });
  } catch (const Xapian::Error& error) {
    return index_error(error, folder);
  }
}

/// Why the document no longer holds, as far as the library knows; nullopt where nothing says so.
/// The end of its own term counts where `today` is given.
std::optional<Lapse> lapse_of(const LibraryState& state, const Holding& holding,
                              const std::optional<Date>& today);

/// Fills the lapses of a hit: its own and those of what it rests on.
void add_lapses(const LibraryState& state, const Holding& holding, const std::optional<Date>& today,
                Hit& hit);

/// Piece of `passage_text` that shows most of the words (folded), beginning with a sentence.
Snippet snippet_of(std::string_view passage_text, const std::vector<std::string>& words);

}  // namespace huice::library
