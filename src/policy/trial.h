// One enterprise as it would be: some facts changed, or some time gone by.
#pragma once

#include <map>
#include <set>
#include <string>

#include "policy/judge.h"
#include "policy/library.h"
#include "policy/match.h"
#include "policy/situation.h"

namespace huice::policy {

/// What is different from today.
struct Trial {
  std::map<std::string, model::Value> changed;  ///< facts, and numbers of items of the policy's own
  Date day;

  friend bool operator<(const Trial& a, const Trial& b);
};

/// What can be moved: a fact, or a number of items that the policy counts.
struct Lever {
  model::FactDefinition definition;
  model::Change rising = model::Change::Doable;  ///< also: becoming true, another text
  model::Change falling = model::Change::Doable;
  std::optional<model::Value> now;  ///< absent when nobody has told it
  int months_per_unit = 0;          ///< grows by one every so many months by itself; 0: does not
};

/// What a condition rests on.
struct Support {
  std::set<std::string> levers;
  bool day = false;  ///< it may change as days go by
};

/// One condition that has to come out as `wanted`.
struct Need {
  const Condition* leaf = nullptr;
  Truth wanted = Truth::True;
};

/// One policy for one enterprise, tried under changed facts. All refer to what outlives it.
class TrialGround {
 public:
  TrialGround(const Library& library, const Policy& policy, const model::Profile& profile,
              const MatchOptions& options);

  const Policy& policy() const { return policy_; }
  const MatchOptions& options() const { return options_; }
  const std::map<std::string, Lever>& levers() const { return levers_; }
  const Support& support(const Condition& leaf) const { return supports_.at(&leaf); }

  /// Leaves of which at least one must change for the conditions of the policy to hold; empty when
  /// they hold. What only a person can judge counts as well.
  std::vector<Need> needs(const Trial& trial) const;
  /// Whether the leaf comes out as it has to.
  bool comes_out(const Need& need, const Trial& trial) const;
  /// What the benefits would be.
  std::vector<BenefitOutcome> benefits(const Trial& trial) const;

 private:
  template <class Use>
  auto judged(const Trial& trial, Use use) const;
  void support_leaves(const Condition& condition);
  void rest_on(std::string_view name, Support& support);
  void add_lever(const std::string& name, const model::FactDefinition& definition,
                 const model::FactDefinition& source);

  const Library& library_;
  const Policy& policy_;
  const model::Profile& profile_;
  const MatchOptions& options_;
  std::map<std::string, Lever> levers_;
  std::map<const Condition*, Support> supports_;
};

}  // namespace huice::policy
