// From measures to the points of one item, with the working in words.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "base/result.h"
#include "campaign/assessment.h"
#include "campaign/scheme.h"

namespace huice::campaign {

/// A target of a group with its measures.
struct MeasuredTarget {
  const Office* office = nullptr;
  std::vector<Measured> measures;
};

/// The scores of one item for all targets of the group, in their order: rankings need them all.
/// Errors: InvalidInput `scheme.rule` with the rule's place.
Result<std::vector<ItemScore>> score_item(const Item& item, const Group& group,
                                          const std::vector<MeasuredTarget>& targets, Date on);

}  // namespace huice::campaign
