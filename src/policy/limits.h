// The values at which the conditions of a policy may change their minds.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/value.h"
#include "policy/library.h"

namespace huice::policy {

/// What a policy compares one fact with.
struct FactLimits {
  std::vector<model::Value> constants;  ///< each once, numbers in order
  /// Every use of the fact is a comparison with a constant, so that the status can change only at
  /// one of them.
  bool only_constants = true;
};

/// The facts that the conditions of `policy` rest on, derived facts followed down. Lists and
/// amounts are left out.
std::map<std::string, FactLimits> find_limits(const Library& library, const Policy& policy);

}  // namespace huice::policy
