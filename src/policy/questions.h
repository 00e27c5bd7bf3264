// What to ask an enterprise next: the missing facts, by what an answer may unlock.
#pragma once

#include <string>
#include <vector>

#include "policy/match.h"

namespace huice::policy {

/// One policy that waits for a fact.
struct Waiting {
  std::string policy;  ///< id
  std::string title;
  bool decides = false;  ///< the fact can still decide the status; else only the amount
  bool alone = false;    ///< no other fact is missing
  Amount stake;          ///< what depends on it: all of the benefit, or the width of the amount
};

/// One fact to ask for.
struct Question {
  std::string fact;
  std::string origin;  ///< where the fact usually comes from
  std::vector<Waiting> waiting;
  Money stake;               ///< the highest sums of all that wait, as far as they are known
  Money share;               ///< the stakes divided by the number of facts each waits for
  bool has_unknown = false;  ///< something that waits has no known highest sum
};

/// The facts that can still decide a status or an amount, most yuan per fact first (`share`), then
/// by the number of policies waiting, then by name. A policy that is out of reach asks nothing.
std::vector<Question> questions(const std::vector<Match>& matches,
                                const model::FactCatalogue& catalogue);

}  // namespace huice::policy
