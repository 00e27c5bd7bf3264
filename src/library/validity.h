// Which documents hold on a day. Only this module's sources include it.
#pragma once

#include <functional>
#include <set>
#include <string>

#include "library/ranking.h"
#include "library/state.h"

namespace huice::library {

enum class Standing { NotYet, InForce, Lapsed };

/// What the library knows of one day: which documents others have repealed by then.
class Validity {
 public:
  /// Throws: Xapian::Error.
  Validity(const LibraryState& state, const Date& day)
      : day_(day_value(day)), repealed_(repealed_documents(state, day)) {}

  /// A document of which nothing says otherwise is in force.
  Standing of(const Found& found) const {
    const Card card = unpack_card(found.card);
    if (card.from > day_) return Standing::NotYet;
    const bool over = card.until < day_ || repealed_.contains(found.document);
    return over ? Standing::Lapsed : Standing::InForce;
  }

 private:
  std::string day_;
  std::set<std::string, std::less<>> repealed_;
};

}  // namespace huice::library
