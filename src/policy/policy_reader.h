// One policy file.
#pragma once

#include <optional>
#include <string_view>

#include "policy/expressions.h"
#include "policy/policy.h"

namespace huice::policy {

/// Reads one policy; whatever is wrong is added to `findings`. nullopt when it has no id.
std::optional<Policy> read_policy(const model::Value& root, std::string_view file_text,
                                  const Vocabulary& vocabulary, Findings& findings);

}  // namespace huice::policy
