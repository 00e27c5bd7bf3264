// A library made ready for the columns at hand: distinct conditions, trees over them, amounts.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "bulk/amounts.h"
#include "bulk/kernels.h"
#include "bulk/leaves.h"
#include "policy/match.h"

namespace huice::bulk {

/// An amount that several benefits come to but for their caps, none so large that 64 bits could
/// not hold the sum of a tile.
struct AmountTerm {
  AmountProgram program;
  std::optional<LinearAmount> linear;  ///< where it is as simple as that
  std::uint32_t uses = 0;
};

/// An amount before the cap, shared with others.
struct SharedAmount {
  std::uint32_t term = 0;
  std::optional<policy::Amount> untold;  ///< with the cap, of all rows for which it is open
};
/// The one amount where the leaf holds, the other where it does not.
struct AmountChoice {
  std::uint32_t leaf = 0;
  SharedAmount yes;
  SharedAmount no;
};

struct BenefitPlan {
  static constexpr std::int64_t kNoCap = INT64_MAX;
  std::uint32_t applies = 0;  ///< the leaf of its `when`
  bool always = true;         ///< it has none
  std::int64_t cap_fen = kNoCap;
  std::optional<std::int64_t> fixed_fen;  ///< the same for everybody
  std::optional<SharedAmount> shared;
  std::optional<AmountChoice> choice;
  std::string name;
  std::size_t index = 0;                 ///< among the benefits of the policy that are in force
  std::optional<AmountProgram> program;  ///< else the scalar engine works it out
  std::optional<policy::Amount> untold;  ///< of all rows for which the program is open
  std::vector<std::string> facts;        ///< what the amount rests on, for the scalar engine
};

struct PolicyPlan {
  const policy::Policy* policy = nullptr;
  /// The status of everyone: out of force on the day.
  std::optional<policy::Status> fixed;
  /// The status of those who meet the conditions: NotOpen before a closed window, Review when the
  /// source must be looked at again.
  policy::Status met = policy::Status::Eligible;
  std::vector<std::uint32_t> conjunction;  ///< the leaves, when all must hold
  std::vector<TreeOp> ops;                 ///< the tree
  std::vector<const policy::Condition*>
      conditions;                     ///< of the steps; nullptr for the root and the region
  bool stuck = false;                 ///< some leaf may be
  std::vector<BenefitPlan> benefits;  ///< those with an amount
  std::vector<std::string> facts;     ///< all facts it may look at
};

/// The facts that any policy in question may look at: what must be read of the enterprises.
std::vector<model::FactDefinition> facts_used(const policy::Library& library,
                                              const policy::MatchOptions& options);

class Plan {
 public:
  /// The library, the columns and the options must outlive the plan. Cost: a few microseconds for
  /// each distinct condition and cut; derived facts once for each row.
  static Plan make(const policy::Library& library, const Columns& columns,
                   const policy::MatchOptions& options);

  /// In the library's order, as policy::match would list them.
  const std::vector<PolicyPlan>& policies() const { return policies_; }
  const std::vector<AmountTerm>& terms() const { return terms_; }
  /// The places of those that are in force, in an order in which neighbours share amounts.
  const std::vector<std::uint32_t>& order() const { return order_; }
  const Leaves& leaves() const { return *leaves_; }
  const Columns& columns() const { return leaves_->columns(); }
  const Oracle& oracle() const { return *oracle_; }

 private:
  Plan() = default;
  void add_benefits(const policy::Policy& policy, PolicyPlan& part);
  void share_amount(const policy::Policy& policy, const policy::Benefit& benefit,
                    BenefitPlan& part);
  std::uint32_t term_of(AmountProgram program);
  void set_order();
  std::unique_ptr<Oracle> oracle_;
  std::unique_ptr<Leaves> leaves_;
  std::vector<PolicyPlan> policies_;
  std::vector<AmountTerm> terms_;
  std::map<std::string, std::uint32_t> term_index_;
  std::vector<std::uint32_t> order_;
};

}  // namespace huice::bulk
