// What changed for enterprises between two matches: two days, two libraries, two profiles.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "model/value.h"
#include "policy/match.h"

namespace huice::policy {

/// One thing that is different, or about to be.
struct Difference {
  enum class Kind {
    Gained,         ///< can be had now, could not before
    Lost,           ///< could be had before, cannot now
    AmountChanged,  ///< can be had before and now, for another amount
    StatusChanged,  ///< otherwise another status
    Added,          ///< matched only now, without being had
    Removed,        ///< matched only before, without being had
    Opening,        ///< the window opens within the days asked for
    Closing         ///< the window or the policy ends within the days asked for
  };
  Kind kind = Kind::StatusChanged;
  std::string policy;  ///< id
  std::string title;
  std::optional<Status> before;  ///< absent when it was not matched
  std::optional<Status> after;
  Amount amount_before;  ///< of what counts as gain
  Amount amount_after;
  std::optional<Date> day;  ///< Opening, Closing
  std::string reason;       ///< Chinese: what stands in the way now, or what stood
};
/// `新增可享`, `不再可享`, `金额变动`, `状态变动`, `新纳入`, `不再适用`, `即将开始`, `即将截止`.
std::string_view label(Difference::Kind kind);

/// The changes of one enterprise.
struct EnterpriseDifferences {
  std::string uscc;
  std::string name;
  std::optional<bool> present_only_after;  ///< an enterprise of one side only
  std::vector<Difference> changes;         ///< by kind, then in the library's order
};

/// Days ahead within which openings and closings are told, unless asked otherwise.
inline constexpr int kDaysAhead = 30;

/// Compares enterprise by enterprise (by 统一社会信用代码, else by name), policy by policy.
/// Enterprises without a change are left out.
std::vector<EnterpriseDifferences> differences(std::span<const EnterpriseMatches> before,
                                               std::span<const EnterpriseMatches> after,
                                               int days_ahead = kDaysAhead);

/// A line a change, under the name of each enterprise.
std::string changes_text(const EnterpriseDifferences& enterprise);
model::Value to_value(const EnterpriseDifferences& enterprise);

}  // namespace huice::policy
