// The `source` of a rule, as facts and policies write it alike.
#pragma once

#include "policy/fields.h"
#include "policy/policy.h"

namespace huice::policy {

/// Reads the record under `source`. Its absence is `policy.missing-source`.
Source read_source(Fields& owner, Findings& findings);

/// `primary`, `secondary`, `memory`, `sample` in the order of Confidence.
const std::vector<std::string>& confidence_words();

}  // namespace huice::policy
