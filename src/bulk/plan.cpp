#include "bulk/plan.h"

#include <algorithm>
#include <set>

#include "policy/windows.h"

namespace huice::bulk {
namespace {

using policy::Condition;
using policy::Policy;
using policy::Validity;

bool in_force(const Validity& validity, Date on) {
  return validity.from <= on && (!validity.to || on <= *validity.to);
}

/// As policy::match chooses.
bool is_wanted(const Policy& policy, const Validity* validity,
               const policy::MatchOptions& options) {
  if (validity == nullptr) return false;
  if (!options.policies.empty()) {
    return std::ranges::find(options.policies, policy.id) != options.policies.end();
  }
  return options.all_times || in_force(*validity, options.on);
}

/// Follows names down to the facts an enterprise may tell.
class FactFinder {
 public:
  explicit FactFinder(const policy::Library& library) : library_(library) {}

  void add(const Policy& policy, const feel::Expression& expression) {
    for (const std::string& name : names_behind(library_, policy, expression).names)
      add(name);
  }
  void add(const Policy& policy, const Condition& condition) {
    if (condition.when) add(policy, *condition.when);
    for (const Condition& child : condition.children)
      add(policy, child);
  }
  void add(const Policy& policy, const policy::Benefit& benefit) {
    for (const auto* part :
         {&benefit.when, &benefit.amount, &benefit.baseline, &benefit.liability}) {
      if (*part) add(policy, **part);
    }
  }
  void add(const std::string& name) {
    if (library_.find_parameter(name) != nullptr || library_.definition(name) == nullptr) return;
    if (!names_.insert(name).second) return;
    if (const auto* fact = library_.definition(name); !fact->low_from.empty()) {
      add(fact->low_from);
      add(fact->high_from);
    }
    const auto* derived = library_.find_derived(name);
    if (derived == nullptr) return;
    const auto inputs = derived->formula ? derived->formula->names() : derived->table->names();
    for (const std::string& input : inputs)
      add(input);
  }

  std::vector<std::string> names() const { return {names_.begin(), names_.end()}; }

 private:
  const policy::Library& library_;
  std::set<std::string> names_;
};

std::vector<std::string> facts_of(const policy::Library& library, const Policy& policy) {
  FactFinder finder(library);
  finder.add(std::string(kRegionFact));
  finder.add(policy, policy.conditions);
  for (const auto& benefit : policy.benefits)
    finder.add(policy, benefit);
  for (const auto& definition : policy.definitions) {
    finder.add(definition.list);
    if (definition.value) finder.add(policy, *definition.value);
  }
  return finder.names();
}

class TreeBuilder {
 public:
  TreeBuilder(Leaves& leaves, const Policy& policy, PolicyPlan& plan,
              const policy::MatchOptions& options)
      : leaves_(leaves), policy_(policy), plan_(plan), options_(options) {}

  void build() {
    plan_.ops.push_back({TreeOp::Kind::BeginAll, 0});
    leaf(leaves_.region(policy_));
    for (const Condition& child : policy_.conditions.children)
      add(child);
    plan_.ops.push_back({TreeOp::Kind::End, 0});
    for (const TreeOp& op : plan_.ops) {
      const bool is_leaf = op.kind == TreeOp::Kind::Leaf;
      plan_.stuck = plan_.stuck || (is_leaf && leaves_.leaves()[op.leaf].can_be_stuck);
    }
    const bool flat = std::ranges::count(plan_.ops, TreeOp::Kind::Leaf, &TreeOp::kind) + 2 ==
                      static_cast<std::ptrdiff_t>(plan_.ops.size());
    if (!flat || plan_.stuck) return;
    for (const TreeOp& op : plan_.ops) {
      if (op.kind == TreeOp::Kind::Leaf) plan_.conjunction.push_back(op.leaf);
    }
    std::ranges::sort(plan_.conjunction);
  }

 private:
  void leaf(std::uint32_t number) { plan_.ops.push_back({TreeOp::Kind::Leaf, number}); }

  void add(const Condition& condition) {
    if (!condition.span.applies(options_.on, options_.known_on)) return;
    using Kind = Condition::Kind;
    if (condition.kind == Kind::Test) return leaf(leaves_.test(policy_, *condition.when));
    if (condition.kind == Kind::Human) return leaf(leaves_.constant(Verdict::Stuck));
    const auto begin = condition.kind == Kind::Any    ? TreeOp::Kind::BeginAny
                       : condition.kind == Kind::None ? TreeOp::Kind::BeginNone
                                                      : TreeOp::Kind::BeginAll;
    plan_.ops.push_back({begin, 0});
    for (const Condition& child : condition.children)
      add(child);
    plan_.ops.push_back({TreeOp::Kind::End, 0});
  }

  Leaves& leaves_;
  const Policy& policy_;
  PolicyPlan& plan_;
  const policy::MatchOptions& options_;
};

void add_benefits(Leaves& leaves, const Policy& policy, const policy::MatchOptions& options,
                  PolicyPlan& plan) {
  std::size_t index = 0;
  for (const policy::Benefit& benefit : policy.benefits) {
    if (!benefit.span.applies(options.on, options.known_on)) continue;
    const std::size_t own = index++;
    if (!benefit.amount && !benefit.baseline) continue;
    BenefitPlan part;
    part.name = benefit.name;
    part.index = own;
    part.always = !benefit.when;
    if (benefit.when) part.applies = leaves.test(policy, *benefit.when);
    part.program = compile_amount(leaves, policy, benefit);
    if (part.program) part.untold = untold_amount(*part.program);
    FactFinder finder(leaves.oracle().library());
    finder.add(std::string(kRegionFact));
    finder.add(policy, benefit);
    part.facts = finder.names();
    plan.benefits.push_back(std::move(part));
  }
}

}  // namespace

std::vector<model::FactDefinition> facts_used(const policy::Library& library,
                                              const policy::MatchOptions& options) {
  std::set<std::string> names;
  for (const Policy& policy : library.policies()) {
    if (!is_wanted(policy, policy.validity_known_on(options.known_on), options)) continue;
    for (std::string& name : facts_of(library, policy))
      names.insert(std::move(name));
  }
  std::vector<model::FactDefinition> facts;
  for (const std::string& name : names) {
    if (const auto* fact = library.definition(name)) facts.push_back(*fact);
  }
  return facts;
}

Plan Plan::make(const policy::Library& library, const Columns& columns,
                const policy::MatchOptions& options) {
  Plan plan;
  plan.oracle_ = std::make_unique<Oracle>(library, options);
  plan.leaves_ = std::make_unique<Leaves>(columns, *plan.oracle_);
  for (const Policy& policy : library.policies()) {
    const Validity* validity = policy.validity_known_on(options.known_on);
    if (!is_wanted(policy, validity, options)) continue;
    PolicyPlan part;
    part.policy = &policy;
    part.facts = facts_of(library, policy);
    if (validity->to && *validity->to < options.on) {
      part.fixed = policy::Status::Expired;
    } else if (options.on < validity->from) {
      part.fixed = policy::Status::NotOpen;
    } else {
      const auto window = policy::window_state(policy, *validity, options.on).kind;
      const bool closed =
          window == policy::WindowState::Kind::Before || window == policy::WindowState::Kind::After;
      part.met = closed                                     ? policy::Status::NotOpen
                 : policy.source.is_stale(options.known_on) ? policy::Status::Review
                                                            : policy::Status::Eligible;
      TreeBuilder(*plan.leaves_, policy, part, options).build();
      add_benefits(*plan.leaves_, policy, options, part);
    }
    plan.policies_.push_back(std::move(part));
  }
  plan.leaves_->seal();
  return plan;
}

}  // namespace huice::bulk
