// A library made ready for the columns at hand: distinct conditions, trees over them, amounts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bulk/amounts.h"
#include "bulk/kernels.h"
#include "bulk/leaves.h"
#include "policy/match.h"

namespace huice::bulk {

struct BenefitPlan {
  std::string name;
  std::size_t index = 0;                 ///< among the benefits of the policy that are in force
  std::uint32_t applies = 0;             ///< the leaf of its `when`
  bool always = true;                    ///< it has none
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
  std::vector<std::uint32_t> conjunction;  ///< the leaves when all must hold and none is ever stuck
  std::vector<TreeOp> ops;                 ///< else the tree
  bool stuck = false;                      ///< some leaf may be
  std::vector<BenefitPlan> benefits;       ///< those with an amount
  std::vector<std::string> facts;          ///< all facts it may look at
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
  const Leaves& leaves() const { return *leaves_; }
  const Columns& columns() const { return leaves_->columns(); }
  const Oracle& oracle() const { return *oracle_; }

 private:
  Plan() = default;
  std::unique_ptr<Oracle> oracle_;
  std::unique_ptr<Leaves> leaves_;
  std::vector<PolicyPlan> policies_;
};

}  // namespace huice::bulk
