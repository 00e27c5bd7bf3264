// What a month, a quarter or the year brought: the figures and lists of a 通报.
#pragma once

#include <string>
#include <string_view>

#include "base/date.h"
#include "base/result.h"
#include "campaign/statistics.h"
#include "model/value.h"

namespace huice::campaign {

/// A month, a quarter or a year of the calendar.
struct Period {
  Date from;
  Date to;           ///< its last day
  std::string name;  ///< `2026年5月`, `2026年第二季度`, `2026年`
};

/// Reads `2026-05`, `2026Q2` and `2026`. Errors: InvalidInput `campaign.period`.
Result<Period> parse_period(std::string_view text);

/// The ledger before and after a period, and what led from one to the other:
///
///   before.found + registered = after.found
///   before.solved + solved − reopened = after.solved
struct Progress {
  Period period;
  Tally before;        ///< at the end of the day before it
  Statistics after;    ///< at its end
  int registered = 0;  ///< in the period
  int solved = 0;      ///< solved at its end by a result of the period
  int closed = 0;      ///< 已销号 at its end, closed in the period
  int reopened = 0;    ///< results that were sent back
  int escalated = 0;   ///< problems that went a tier up in the period
};

Progress progress(const Campaign& campaign, const Period& period);

/// For templates and JSON: `期间`, `止`, `上期`, `本期`, `累计`, `按类别`, `按协调层级`,
/// `按责任单位` (by 化解率), `逾期问题`, `挂账问题`. See templates/progress-bulletin.schema.yaml.
model::Value progress_value(const Campaign& campaign, const Progress& progress);

/// A problem in lists: `编号`, `企业`, `类别`, `事项`, `单位`, `协调层级`, `状态`, `期限`,
/// `逾期天数`, `登记`, `说明` (of the last event); what is not known is null.
model::Value problem_line(const Campaign& campaign, const Problem& problem, Date on);

}  // namespace huice::campaign
