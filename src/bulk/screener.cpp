#include "bulk/screener.h"

#include <algorithm>
#include <array>

namespace huice::bulk {
namespace {

using policy::Status;
using policy::Truth;

/// Codes of one source of which the verdicts are kept.
constexpr std::size_t kMaxKnownCodes = 10'000;

/// A group of conditions while its children are taken in.
struct Group {
  TreeOp::Kind kind = TreeOp::Kind::BeginAll;
  bool turned = false;  ///< what holds in it stands in the way
  bool sure = true;
  bool possible = true;
  bool missing = false;
  std::size_t reasons = 0;  ///< before it

  void take(bool child_sure, bool child_possible, bool child_missing) {
    const bool all = kind == TreeOp::Kind::BeginAll;
    sure = all ? sure && child_sure : sure || child_sure;
    possible = all ? possible && child_possible : possible || child_possible;
    missing = missing || child_missing;
  }
  bool is_met(bool child_sure, bool child_possible) const {
    return turned ? !child_possible : child_sure;
  }
};

Group opened(TreeOp::Kind kind, const Group* outer, std::size_t reasons) {
  const bool all = kind == TreeOp::Kind::BeginAll;
  const bool turned = outer != nullptr && outer->turned;
  return {.kind = kind,
          .turned = turned != (kind == TreeOp::Kind::BeginNone),
          .sure = all,
          .possible = all,
          .missing = false,
          .reasons = reasons};
}

void close(Group& group) {
  if (group.kind == TreeOp::Kind::BeginNone) {
    const bool sure = group.sure;
    group.sure = !group.possible;
    group.possible = !sure;
  }
  group.missing = group.missing && group.possible && !group.sure;
}

}  // namespace

std::span<const ScreenedPolicy> Screener::judge(const model::Profile& profile) {
  profile_ = &profile;
  ++turn_;
  odd_ = is_odd(profile);
  situation_.emplace(library_, profile, options_.on, options_.known_on, options_.default_region);
  for (Name& name : names_) {
    name.belief = nullptr;
    name.actual.clear();
  }
  answer_leaves();
  policies_.clear();
  reasons_.clear();
  benefits_.clear();
  reason_ends_.clear();
  benefit_ends_.clear();
  for (std::size_t i = 0; i < plan_.policies().size(); ++i) {
    const PolicyPlan& plan = plan_.policies()[i];
    const Status status = plan.fixed ? *plan.fixed : walk(plan, first_places_[i]);
    policies_.push_back({.plan = &plan, .status = status, .reasons = {}, .benefits = {}});
    if (!plan.fixed && status != Status::Ineligible) add_benefits(plan);
    reason_ends_.push_back(static_cast<std::uint32_t>(reasons_.size()));
    benefit_ends_.push_back(static_cast<std::uint32_t>(benefits_.size()));
  }
  link();
  return policies_;
}

/// Whether the profile holds what columns cannot, or states itself what is taken for a quotient.
bool Screener::is_odd(const model::Profile& profile) {
  const bool fits = columns_.restate(profile, options_.on);
  return !fits || std::ranges::any_of(quotients_, [&](const std::string& name) {
    return profile.facts.contains(name);
  });
}

/// Spans into what no longer grows.
void Screener::link() {
  std::size_t reason = 0;
  std::size_t benefit = 0;
  for (std::size_t i = 0; i < policies_.size(); ++i) {
    policies_[i].reasons = std::span(reasons_).subspan(reason, reason_ends_[i] - reason);
    policies_[i].benefits = std::span(benefits_).subspan(benefit, benefit_ends_[i] - benefit);
    reason = reason_ends_[i];
    benefit = benefit_ends_[i];
  }
}

void Screener::answer_leaves() {
  const auto& leaves = plan_.leaves().leaves();
  if (odd_) {
    for (std::uint32_t i = 0; i < leaves.size(); ++i) {
      if (leaves[i].source != Leaf::kConstant) answers_[i].verdict = ask(i);
    }
  } else {
    for (std::size_t source = 0; source < ranked_.size(); ++source) {
      if (!code_leaves_[source].empty()) answer_codes(source);
      if (ranked_[source].empty()) continue;
      std::uint32_t rank = 0;
      plan_.leaves().sources()[source].ranks(0, std::span(&rank, 1));
      for (const RankedLeaf& ranked : ranked_[source]) {
        Verdict verdict = ranked.first;
        for (std::uint32_t i = ranked.begin; i < ranked.end && steps_[i].flip < rank; ++i)
          verdict = steps_[i].verdict;
        answers_[ranked.leaf].verdict = verdict;
      }
    }
    for (const std::uint32_t leaf : single_)
      answers_[leaf].verdict = ask(leaf);
  }
  for (std::uint32_t i = 0; i < leaves.size(); ++i)
    measure(i);
}

void Screener::answer_codes(std::size_t source) {
  const auto& leaves = code_leaves_[source];
  const policy::Belief* belief = situation_->find(plan_.leaves().sources()[source].name);
  CodeVerdicts& known = known_codes_[source];
  std::string key = belief == nullptr ? std::string() : belief_key(*belief);
  auto found = known.find(key);
  if (found == known.end()) {
    std::vector<Verdict> verdicts;
    for (const std::uint32_t leaf : leaves)
      verdicts.push_back(ask(leaf));
    if (known.size() >= kMaxKnownCodes) known.clear();
    found = known.emplace(std::move(key), std::move(verdicts)).first;
  }
  for (std::size_t i = 0; i < leaves.size(); ++i)
    answers_[leaves[i]].verdict = found->second[i];
}

Verdict Screener::ask(std::uint32_t leaf) {
  const LeafOrigin& origin = plan_.leaves().origins()[leaf];
  policy::Judge judge(*origin.policy, *situation_, options_.default_region);
  if (origin.when) return verdict_of(judge.settled(*origin.when));
  const Truth inside = judge.region().truth;
  return inside == Truth::True    ? Verdict::True
         : inside == Truth::False ? Verdict::False
                                  : Verdict::Missing;
}

const policy::Belief* Screener::belief(std::uint32_t name) {
  Name& wanted = names_[name];
  if (wanted.belief == nullptr) wanted.belief = situation_->find(wanted.name);
  return wanted.belief;
}

void Screener::measure(std::uint32_t leaf) {
  LeafAnswer& answer = answers_[leaf];
  answer.shortfall.reset();
  const auto& comparison = meanings_[leaf].comparison;
  if (answer.verdict != Verdict::False || !comparison) return;
  const Decimal* limit = comparison->limit.number();
  const policy::Belief* actual = limit == nullptr ? nullptr : belief(comparison->name);
  if (actual == nullptr || !actual->is_known() || actual->value.number() == nullptr) return;
  const auto difference = subtract(*actual->value.number(), *limit);
  if (difference) answer.shortfall = difference->abs();
}

Status Screener::walk(const PolicyPlan& plan, std::uint32_t first_place) {
  std::array<Group, kMaxGroups> groups;
  std::size_t depth = 0;
  const std::size_t before = reasons_.size();
  for (std::size_t i = 0; i < plan.ops.size(); ++i) {
    const TreeOp& op = plan.ops[i];
    if (op.kind == TreeOp::Kind::Leaf) {
      Group& group = groups[depth - 1];
      const Verdict verdict = answers_[op.leaf].verdict;
      const bool sure = verdict == Verdict::True;
      const bool possible = verdict != Verdict::False;
      group.take(sure, possible, verdict == Verdict::Missing);
      if (group.is_met(sure, possible)) continue;
      reasons_.push_back({first_place + static_cast<std::uint32_t>(i), op.leaf});
    } else if (op.kind != TreeOp::Kind::End) {
      groups[depth] = opened(op.kind, depth == 0 ? nullptr : &groups[depth - 1], reasons_.size());
      ++depth;
    } else {
      Group& group = groups[--depth];
      close(group);
      if (depth == 0) break;
      Group& outer = groups[depth - 1];
      outer.take(group.sure, group.possible, group.missing);
      if (outer.is_met(group.sure, group.possible)) reasons_.resize(group.reasons);
    }
  }
  const Group& root = groups[0];
  if (root.sure) reasons_.resize(before);
  if (root.sure) return plan.met;
  if (!root.possible) return Status::Ineligible;
  return root.missing ? Status::Incomplete : Status::Review;
}

void Screener::add_benefits(const PolicyPlan& plan) {
  for (const BenefitPlan& benefit : plan.benefits) {
    ScreenedBenefit screened{.benefit = &benefit, .applies = Truth::True, .amount = {}};
    if (!benefit.always) {
      const Verdict verdict = answers_[benefit.applies].verdict;
      screened.applies = verdict == Verdict::True    ? Truth::True
                         : verdict == Verdict::False ? Truth::False
                                                     : Truth::Unknown;
    }
    if (screened.applies == Truth::True) {
      screened.amount = amount_of(plan, benefit);
    } else if (screened.applies == Truth::Unknown) {
      policy::Judge judge(*plan.policy, *situation_, options_.default_region);
      screened.amount = judge.benefits()[benefit.index].amount;
    }
    benefits_.push_back(std::move(screened));
  }
}

policy::Amount Screener::amount_of(const PolicyPlan& plan, const BenefitPlan& benefit) {
  if (benefit.program && !odd_) {
    const auto bits = [&](std::uint32_t leaf) {
      const Verdict verdict = answers_[leaf].verdict;
      return LeafBits{verdict == Verdict::True, verdict != Verdict::False,
                      plan_.leaves().leaves()[leaf].can_be_stuck};
    };
    if (auto amount = interval_amount(*benefit.program, 0, bits)) return *std::move(amount);
  }
  policy::Judge judge(*plan.policy, *situation_, options_.default_region);
  return judge.benefits()[benefit.index].amount;
}

}  // namespace huice::bulk
