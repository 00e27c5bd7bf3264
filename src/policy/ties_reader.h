// What ties a policy to the calendar and to other policies: windows, exclusions, relations.
#pragma once

#include <optional>

#include "policy/fields.h"
#include "policy/policy.h"

namespace huice::policy {

/// nullopt when its days cannot be told; the reason is in `findings`.
std::optional<Window> read_window(const model::Value& item, Findings& findings);
Exclusion read_exclusion(const model::Value& item, Findings& findings);
Relation read_relation(const model::Value& item, Findings& findings);
/// The record under `valid` of a condition or benefit; everything absent when there is none.
ClauseSpan read_span(const Fields& owner, Findings& findings);

}  // namespace huice::policy
