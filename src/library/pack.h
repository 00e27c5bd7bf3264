// How documents and passages lie in the database, and readings travel from the processes that make
// them: every field as `length:bytes`, in a fixed order.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "library/circular.h"
#include "library/library.h"

namespace huice::library {

/// A passage, as the database keeps it beside its terms.
struct StoredPassage {
  std::string document;    ///< id
  std::size_t number = 0;  ///< from 1, in the order of the document
  Passage passage;

  friend bool operator==(const StoredPassage&, const StoredPassage&) = default;
};

/// A file to read. One whose fingerprint is still `known` need not be.
struct ReadRequest {
  std::string path;
  std::string known;
};

/// What a file holds, or why it is refused.
struct Reading {
  std::string fingerprint;  ///< empty where the bytes could not be read
  bool unchanged = false;   ///< the fingerprint is the known one; nothing else was read
  std::optional<Error> refusal;
  std::string encoding;
  Circular circular;
};

/// A document without its text, and its text (blocks and facts) apart: a search reads the heads of
/// what it shows, not whole laws.
std::string pack_head(const Holding& holding);
std::string pack_text(const Circular& circular);
std::string pack(const StoredPassage& stored);
std::string pack(const Answer& answer);
std::string pack(const ReadRequest& request);
std::string pack(const Reading& reading);

/// nullopt when the bytes are not what pack() made.
std::optional<Holding> unpack_head(std::string_view bytes);
/// Fills the blocks and facts of `circular`; false when the bytes are not what pack_text made.
bool unpack_text(std::string_view bytes, Circular& circular);
std::optional<StoredPassage> unpack_passage(std::string_view bytes);
std::optional<Answer> unpack_answer(std::string_view bytes);
std::optional<ReadRequest> unpack_request(std::string_view bytes);
std::optional<Reading> unpack_reading(std::string_view bytes);

}  // namespace huice::library
