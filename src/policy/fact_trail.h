// A fact as reasons show it: its value, who says so, and what it was derived from.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "model/profile.h"
#include "policy/chinese.h"
#include "policy/shared_list.h"

namespace huice::policy {

/// A fact that a condition or an amount used.
struct FactUse {
  std::string name;
  std::string text;    ///< its value in Chinese: `285万元`
  std::string source;  ///< who says so; for derived facts the rule
  std::optional<Date> observed;
};

/// A fact with those it rests on, each once, itself first.
struct FactTrail {
  SharedList<FactUse> uses;  ///< those of which anything is known
  /// What the enterprise states against what the rules derive, as sentences.
  std::vector<std::string> conflicts;
};

/// Adds what is not there yet.
void add_uses(SharedList<FactUse>& into, const SharedList<FactUse>& from);

/// What the profile tells of a fact of which only a range is known; nullptr when it is known or
/// nothing is told.
const model::Fact* stated_range(const model::Profile& profile, std::string_view name);
/// `60人至80人`, `不超过200万元`.
std::string range_text(const model::Fact& fact, const Quantity& quantity);

}  // namespace huice::policy
