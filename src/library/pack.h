// How documents and passages lie in the database: every field as `length:bytes`, in a fixed order.
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

std::string pack(const Holding& holding);
std::string pack(const StoredPassage& stored);
std::string pack(const Answer& answer);

/// nullopt when the bytes are not what pack() made.
std::optional<Holding> unpack_holding(std::string_view bytes);
std::optional<StoredPassage> unpack_passage(std::string_view bytes);
std::optional<Answer> unpack_answer(std::string_view bytes);

}  // namespace huice::library
