// What is due, what is overdue, and which tier it therefore goes to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "campaign/campaign.h"
#include "model/table.h"

namespace huice::campaign {

/// A problem that somebody has to look at on a day.
struct DueProblem {
  const Problem* problem = nullptr;
  Standing standing;
  int days = 0;              ///< until the due day; below 0: overdue by so many
  std::optional<Tier> goes;  ///< the tier it is to go to now; nullopt: it stays where it is
};

/// `还有3天`, `今天到期`, `逾期3天`; `days` as in DueProblem.
std::string urgency_text(std::int64_t days);

/// Where an overdue problem is to go on day `on`: one tier up once it was overdue for `days`
/// days at its tier. nullopt: nowhere (yet), or it is with the highest tier already.
std::optional<Tier> next_tier(const Standing& standing, Date on, int days);

/// The unsolved, not suspended problems that are due within `days` days after `on` or overdue, the
/// most urgent first, then in the order of the ledger.
std::vector<DueProblem> due_problems(const Campaign& campaign, Date on, int days);

/// Those of the overdue problems that are to go one tier up on day `on`, in the same order.
std::vector<DueProblem> escalations(const Campaign& campaign, Date on);

/// The event that carries a due problem one tier up. Requires `due.goes`.
Event escalation_of(const DueProblem& due, Date on, const std::string& by);

/// The list for 月调度: one row a problem.
model::Workbook due_workbook(const Campaign& campaign, const std::vector<DueProblem>& due, Date on);

}  // namespace huice::campaign
