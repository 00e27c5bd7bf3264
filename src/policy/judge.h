// One policy judged in one situation: conditions and benefits.
#pragma once

#include "policy/chinese.h"
#include "policy/match.h"
#include "policy/situation.h"

namespace huice::policy {

/// Judges the conditions and works out the benefits of one policy. Short-lived.
class Judge {
 public:
  Judge(const Policy& policy, Situation& situation, std::string_view default_region);

  /// The tree of conditions, the region first.
  Outcome conditions();
  /// One of them with its reasons, and where the policy applies.
  Outcome outcome(const Condition& condition);
  Outcome region();
  std::vector<BenefitOutcome> benefits();
  /// What a Test says, and a benefit's `when`: the expression, unless a rule gives no value for a
  /// name in it, which leaves it open.
  Belief settled(const feel::Expression& expression);
  /// Whether a condition holds, without its reasons. What only a person can judge counts as coming
  /// out so that the whole is as `wanted`.
  Truth holds(const Condition& condition, Truth wanted = Truth::True);
  bool in_force(const ClauseSpan& span) const;
  /// The belief about a fact or one of the policy's own names; nullptr for other names.
  const Belief* find(std::string_view name) { return reasoner_.find(name); }
  /// What the enterprise states against what the rules derive, for facts used so far.
  const std::vector<std::string>& conflicts() const { return conflicts_; }

 private:
  void define(const Definition& definition);
  Belief counted(const Definition& definition);
  Outcome test(const Condition& condition);
  Outcome group(const Condition& condition);
  void describe(const Condition& condition, Outcome& outcome);
  void measure(const feel::Node& comparison, const Condition& condition, Outcome& outcome);

  BenefitOutcome benefit(const Benefit& benefit);
  Belief raw_amount(const Benefit& benefit, BenefitOutcome& outcome);
  Amount rounded(const Belief& belief, const Benefit& benefit) const;

  SharedList<FactUse> uses(const feel::Expression& expression);
  void add_own_use(const std::string& name, SharedList<FactUse>& uses);
  const model::FactDefinition* definition(std::string_view name) const;

  const Policy& policy_;
  Situation& situation_;
  Reasoner reasoner_;
  ChineseReader chinese_;
  std::string default_region_;
  std::map<std::string, model::FactDefinition, std::less<>> own_;
  std::vector<std::string> conflicts_;
};

}  // namespace huice::policy
