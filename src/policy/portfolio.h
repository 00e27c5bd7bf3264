// Which of the policies one enterprise can have it should take, where they exclude, need or cap
// each other.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/value.h"
#include "policy/library.h"
#include "policy/match.h"

namespace huice::policy {

/// One policy to take or to leave.
struct PortfolioItem {
  std::string policy;  ///< id
  std::string title;
  Status status = Status::Eligible;  ///< or NotOpen: its window comes
  Amount amount;                     ///< of what counts as gain
  bool chosen = false;
  Money price;  ///< chosen: what leaving it costs in all; else what insisting on it costs in all
  bool possible = true;             ///< false: nothing allowed holds it
  std::vector<std::string> rivals;  ///< the policies it cannot go with, and by what rule; Chinese
};

/// An amount shared by several policies (同一企业合计不超过).
struct LimitUse {
  std::string name;
  Money cap;
  Money wanted;  ///< what its chosen policies would bring without it
};

struct Alternative {
  std::vector<std::string> taken;  ///< ids, in the library's order
  Amount total;
  Money less;  ///< than the best, by the lower ends
};

struct Portfolio {
  std::vector<PortfolioItem> items;  ///< in the library's order
  Amount total;
  bool approximate = false;  ///< some of the chosen amounts are ceilings or estimates
  Amount deferred;           ///< only paid later, of the chosen; not part of the total
  std::optional<Alternative> runner_up;
  std::optional<Alternative> if_high;  ///< the best by the upper ends, when it is another
  std::vector<LimitUse> limits;
  bool proven = true;  ///< false: the search was cut short
  std::vector<std::string> notes;
};

/// The best set of what is eligible or about to open. Amounts that are intervals count with their
/// lower end; where the upper ends would choose otherwise, that is told.
/// `matches` are those of `profile` under `options`.
Portfolio best_portfolio(const Library& library, const model::Profile& profile,
                         const std::vector<Match>& matches, const MatchOptions& options);

std::string portfolio_text(const Portfolio& portfolio);
model::Value to_value(const Portfolio& portfolio);

}  // namespace huice::policy
