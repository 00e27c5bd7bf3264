// The other direction: one policy, and which enterprises can have it.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "model/value.h"
#include "policy/match.h"

namespace huice::policy {

/// One enterprise on the list of a policy. Points into the matches it was made from.
struct RollEntry {
  const EnterpriseMatches* enterprise = nullptr;
  const Match* match = nullptr;
  Amount amount;  ///< of what counts as gain
};

struct Roll {
  std::string policy;  ///< id
  std::string title;
  std::map<Status, std::vector<RollEntry>> entries;  ///< in the order of the enterprises
  Amount total;                                      ///< of those who can have it now
};

/// A roll for every policy that was matched, in the order of the first enterprise's matches.
std::vector<Roll> rolls(std::span<const EnterpriseMatches> enterprises);

/// Who can have it with what amount; who lacks facts; numbers of the others.
std::string roll_text(const Roll& roll);

/// For JSON: counts by status, the total, and the enterprises by status.
model::Value to_value(const Roll& roll);

}  // namespace huice::policy
