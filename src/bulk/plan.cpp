#include "bulk/plan.h"

#include <algorithm>
#include <set>

#include "base/money.h"
#include "policy/windows.h"

namespace huice::bulk {
namespace {

using policy::Condition;
using policy::Policy;
using policy::Validity;

/// Tiles have fewer rows than 2^12.
constexpr double kLargestTermFen = 2e15;

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
    push({TreeOp::Kind::BeginAll, 0}, nullptr);
    push({TreeOp::Kind::Leaf, leaves_.region(policy_)}, nullptr);
    for (const Condition& child : policy_.conditions.children)
      add(child);
    push({TreeOp::Kind::End, 0}, nullptr);
    for (const TreeOp& op : plan_.ops) {
      const bool is_leaf = op.kind == TreeOp::Kind::Leaf;
      plan_.stuck = plan_.stuck || (is_leaf && leaves_.leaves()[op.leaf].can_be_stuck);
    }
    const bool flat = std::ranges::count(plan_.ops, TreeOp::Kind::Leaf, &TreeOp::kind) + 2 ==
                      static_cast<std::ptrdiff_t>(plan_.ops.size());
    if (!flat) return;
    for (const TreeOp& op : plan_.ops) {
      if (op.kind == TreeOp::Kind::Leaf) plan_.conjunction.push_back(op.leaf);
    }
    std::ranges::sort(plan_.conjunction);
  }

 private:
  void push(TreeOp op, const Condition* condition) {
    plan_.ops.push_back(op);
    plan_.conditions.push_back(condition);
  }

  void add(const Condition& condition) {
    if (!condition.span.applies(options_.on, options_.known_on)) return;
    using Kind = Condition::Kind;
    if (condition.kind == Kind::Test) {
      return push({TreeOp::Kind::Leaf, leaves_.test(policy_, *condition.when)}, &condition);
    }
    if (condition.kind == Kind::Human) {
      return push({TreeOp::Kind::Leaf, leaves_.constant(Verdict::Stuck)}, &condition);
    }
    const auto begin = condition.kind == Kind::Any    ? TreeOp::Kind::BeginAny
                       : condition.kind == Kind::None ? TreeOp::Kind::BeginNone
                                                      : TreeOp::Kind::BeginAll;
    push({begin, 0}, &condition);
    for (const Condition& child : condition.children)
      add(child);
    push({TreeOp::Kind::End, 0}, &condition);
  }

  Leaves& leaves_;
  const Policy& policy_;
  PolicyPlan& plan_;
  const policy::MatchOptions& options_;
};

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

void Plan::add_benefits(const Policy& policy, PolicyPlan& plan) {
  const auto& options = oracle_->options();
  std::size_t index = 0;
  for (const policy::Benefit& benefit : policy.benefits) {
    if (!benefit.span.applies(options.on, options.known_on)) continue;
    const std::size_t own = index++;
    if (!benefit.amount && !benefit.baseline) continue;
    BenefitPlan part;
    part.name = benefit.name;
    part.index = own;
    part.always = !benefit.when;
    if (benefit.when) part.applies = leaves_->test(policy, *benefit.when);
    part.program = compile_amount(*leaves_, policy, benefit);
    if (part.program) {
      part.untold = untold_amount(*part.program);
      part.fixed_fen = constant_fen(*part.program);
      share_amount(policy, benefit, part);
    }
    FactFinder finder(oracle_->library());
    finder.add(std::string(kRegionFact));
    finder.add(policy, benefit);
    part.facts = finder.names();
    plan.benefits.push_back(std::move(part));
  }
}

/// Rounding never turns the order of two amounts round, so that the cap, rounded by itself, may be
/// put on rounded amounts.
void Plan::share_amount(const Policy& policy, const policy::Benefit& benefit, BenefitPlan& part) {
  if (part.fixed_fen) return;
  auto program = compile_amount(*leaves_, policy, benefit, false);
  if (!program || program->largest_fen > kLargestTermFen) return;
  if (benefit.cap) {
    const auto cap = money_from_yuan(*benefit.cap, benefit.rounding);
    if (!cap) return;
    part.cap_fen = cap.value().fen();
  }
  const auto yes = branch_of(*program, true);
  const auto no = branch_of(*program, false);
  const auto is_null = [](const AmountOp& op) { return op.kind == AmountOp::Kind::Null; };
  const bool choice = yes && no && std::ranges::none_of(program->ops, is_null);
  if (!choice) {
    part.shared = {.term = term_of(*std::move(program)), .untold = part.untold};
    return;
  }
  const auto untold = [&](bool taken) { return untold_amount(*branch_of(*part.program, taken)); };
  const auto select = std::ranges::find(program->ops, AmountOp::Kind::Select, &AmountOp::kind);
  part.choice = {.leaf = select->leaf,
                 .yes = {.term = term_of(*yes), .untold = untold(true)},
                 .no = {.term = term_of(*no), .untold = untold(false)}};
}

std::uint32_t Plan::term_of(AmountProgram program) {
  const auto [found, fresh] =
      term_index_.emplace(program.key(), static_cast<std::uint32_t>(terms_.size()));
  if (fresh) {
    terms_.push_back({.program = std::move(program), .linear = {}});
    terms_.back().linear = linear_amount(terms_.back().program);
  }
  ++terms_[found->second].uses;
  return found->second;
}

void Plan::set_order() {
  for (std::uint32_t i = 0; i < policies_.size(); ++i) {
    if (!policies_[i].fixed) order_.push_back(i);
  }
  std::ranges::stable_sort(order_, {}, [&](std::uint32_t i) {
    const auto& benefits = policies_[i].benefits;
    if (benefits.empty()) return std::optional<std::uint32_t>();
    const BenefitPlan& first = benefits.front();
    return first.choice   ? std::optional(first.choice->no.term)
           : first.shared ? std::optional(first.shared->term)
                          : std::nullopt;
  });
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
      plan.add_benefits(policy, part);
    }
    plan.policies_.push_back(std::move(part));
  }
  plan.leaves_->seal();
  plan.set_order();
  return plan;
}

}  // namespace huice::bulk
