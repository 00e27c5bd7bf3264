// What a Library holds, and the ways to its database. Only this module's sources include it.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
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

/// Entries of a document, in the order in which they are written; passage n is kText + n.
inline constexpr std::size_t kRecord = 0;
inline constexpr std::size_t kText = 1;

struct LibraryState {
  std::filesystem::path folder;
  IndexSettings settings;
  text::Segmenter segmenter;
  /// Mode::Write only; otherwise `database` reads.
  std::optional<Xapian::WritableDatabase> writer;
  Xapian::Database database;
  std::size_t parts = 1;  ///< databases searched as one; entries are dealt out among them in turn
  bool remote = false;    ///< some of them on other machines
  std::size_t own_part = 0;  ///< the part opened beside the others, from 1; 0: none
  /// Words that mean the same as the key, folded.
  std::map<std::string, std::vector<std::string>, std::less<>> synonyms;

  /// Terms that people misspell, folded and as they are written; the longest first.
  std::vector<std::pair<std::u32string, std::string>> known_terms;

  explicit LibraryState(IndexSettings index_settings);

  std::size_t part_of(Xapian::docid entry) const { return (entry - 1) % parts + 1; }

  /// How a document of this database is known outside: its id, and in a library of several parts
  /// also the part: `12@2`. A part beside them changes no name, and in it the id alone is enough.
  std::string document_of(Xapian::docid entry, std::string_view id) const;

  /// The id within its part of what document_of gives.
  static std::string_view id_in_part(std::string_view document);

  /// Runs `read`, on a newer snapshot when a writer has meanwhile overwritten the one it had.
  /// Errors: those of `read`; as index_error.
  template <class Read>
  auto reading(Read read) -> decltype(read(*this));

  /// The document found under an exact term; nullopt when there is none.
  std::optional<Xapian::docid> first_with(const std::string& term) const;
  /// Runs `write` in a transaction that is kept only if it succeeds.
  /// Errors: those of `write`; `library.read-only`; as index_error.
  template <class Write>
  auto writing(Write write) -> decltype(write());

  /// Makes the 字号 of enterprises words of this library, in place of those it had.
  void know_names(std::set<std::string, std::less<>> names);
  /// Makes the segmenter and the terms to suggest from the settings.
  void learn_words();

  /// An entry of a document: kRecord, kText, or kText and the number of a passage. The document is
  /// named as by document_of.
  std::optional<Xapian::docid> entry_of(std::string_view document, std::size_t number) const;
  /// By what document_of gives; without its text, which add_text brings.
  std::optional<Holding> holding_by_id(std::string_view id) const;
  /// Reads blocks and facts.
  void add_text(Holding& holding) const;
  /// An id never given before. Requires a writer.
  std::string next_id();
  /// By id, number or whole title; without its text.
  std::optional<Holding> named(std::string_view name) const;
};

/// `library.locked`, `library.not-found` or `library.index` for what Xapian throws.
Error index_error(const Xapian::Error& error, const std::filesystem::path& folder);

/// 字号 that a database keeps, see Library::name_enterprises.
std::set<std::string, std::less<>> names_in(const Xapian::Database& database);

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

template <class Write>
auto LibraryState::writing(Write write) -> decltype(write()) {
  if (!writer) return read_only_error(folder);
  try {
    writer->begin_transaction();
    auto result = write();
    if (result) {
      writer->commit_transaction();
    } else {
      writer->cancel_transaction();
    }
    return result;
  } catch (const Xapian::Error& error) {
    return index_error(error, folder);
  }
}

/// Why the document no longer holds, as far as the library knows; nullopt where nothing says so.
/// The end of its own term counts where `today` is given.
std::optional<Lapse> lapse_of(const LibraryState& state, const Holding& holding,
                              const std::optional<Date>& today);

/// Documents that others repeal, of those that hold on `day`.
std::set<std::string, std::less<>> repealed_documents(const LibraryState& state, const Date& day);

/// Fills the lapses of a hit: its own and those of what it rests on.
void add_lapses(const LibraryState& state, const Holding& holding, const std::optional<Date>& today,
                Hit& hit);

}  // namespace huice::library
