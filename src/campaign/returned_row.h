// A row of the ledger's workbook that came back with cells changed: the events that it tells of.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "campaign/campaign.h"

namespace huice::campaign {

/// What was written anew in the row of a problem, as text; what was not changed is nullopt.
struct ReturnedRow {
  std::optional<std::string> state;      ///< 状态
  std::optional<std::string> unit;       ///< 责任单位
  std::optional<std::string> due;        ///< 办结期限
  std::optional<std::string> happening;  ///< 最近经过: `[日期 ][经过：]说明`
  std::optional<std::string> view;       ///< 企业评价
};

/// What the cells do not say of an event.
struct EventTerms {
  Date on;                ///< the day, unless 最近经过 begins with one
  std::string by;         ///< who records it
  std::string reason;     ///< where 最近经过 was not written anew; may be empty
  std::string agreed_by;  ///< of 延期 and 挂账; may be empty
};

/// The events that bring `problem` to where the row says it is, in the order of the life cycle. The
/// state that was written tells the kind: 办理中 is 办理, or 退回 of what was finished; another
/// unit is 交办, another due day 延期, a view 回访, and 最近经过 alone what it names, or 办理.
///
/// Errors: InvalidInput `campaign.returned`, with the column's heading in `where.part`, for a text
///         that is no state, day, office or view, and for what no event says; those of
///         check_history for a step that the life cycle does not allow, with 状态 there if that was written anew.
Result<std::vector<Event>> events_of_row(const Campaign& campaign, const Problem& problem,
                                         const ReturnedRow& row, const EventTerms& terms);

}  // namespace huice::campaign
