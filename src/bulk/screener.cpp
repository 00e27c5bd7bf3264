#include "bulk/screener.h"

#include <algorithm>
#include <array>

namespace huice::bulk {
namespace {

using policy::Status;
using policy::Truth;

/// Codes of one source of which the verdicts are kept.
constexpr std::size_t kMaxKnownCodes = 10'000;

/// What a condition or a group comes to, as bits.
constexpr std::uint8_t kSure = 1;
constexpr std::uint8_t kPossible = 2;
constexpr std::uint8_t kMissing = 4;
/// By verdict.
constexpr std::array<std::uint8_t, 4> kBits = {0, kSure | kPossible, kPossible | kMissing,
                                               kPossible};

/// A group of conditions while its children are taken in.
struct Group {
  bool all = true;
  bool none = false;
  std::uint8_t met_mask = kSure;  ///< a child with these bits …
  std::uint8_t met_bits = kSure;  ///< … so does not stand in the way
  std::uint8_t bits = kSure | kPossible;
  std::size_t reasons = 0;  ///< before it

  void take(std::uint8_t child) {
    const auto missing = static_cast<std::uint8_t>((bits | child) & kMissing);
    bits = static_cast<std::uint8_t>((all ? bits & child & ~kMissing : bits | child) | missing);
  }
  bool is_met(std::uint8_t child) const { return (child & met_mask) == met_bits; }
};

/// Within "none of these" what holds stands in the way.
Group opened(TreeOp::Kind kind, const Group& outer, std::size_t reasons) {
  Group group{.reasons = reasons};
  group.all = kind == TreeOp::Kind::BeginAll;
  group.none = kind == TreeOp::Kind::BeginNone;
  group.bits = group.all ? kSure | kPossible : 0;
  const bool turned = (outer.met_bits == 0) != group.none;
  group.met_mask = turned ? kPossible : kSure;
  group.met_bits = turned ? 0 : kSure;
  return group;
}

std::uint8_t closed(const Group& group) {
  std::uint8_t bits = group.bits;
  if (group.none) {
    const int sure = (bits & kPossible) == 0 ? kSure : 0;
    const int possible = (bits & kSure) == 0 ? kPossible : 0;
    bits = static_cast<std::uint8_t>(sure | possible | (bits & kMissing));
  }
  const bool open = (bits & (kSure | kPossible)) == kPossible;
  return open ? bits : static_cast<std::uint8_t>(bits & ~kMissing);
}

}  // namespace

std::span<const ScreenedPolicy> Screener::judge(const model::Profile& profile) {
  profile_ = &profile;
  ++turn_;
  odd_ = is_odd(profile);
  judges_.clear();
  situation_.emplace(library_, profile, options_.on, options_.known_on, options_.default_region);
  for (Name& name : names_) {
    name.belief = nullptr;
    name.actual.clear();
  }
  told_json_.clear();
  answer_leaves();
  policies_.clear();
  reason_count_ = 0;
  benefits_.clear();
  reason_ends_.clear();
  benefit_ends_.clear();
  for (std::size_t i = 0; i < plan_.policies().size(); ++i) {
    const PolicyPlan& plan = plan_.policies()[i];
    const Status status = plan.fixed ? *plan.fixed : walk(i);
    policies_.push_back({.plan = &plan, .status = status, .reasons = {}, .benefits = {}});
    if (!plan.fixed && status != Status::Ineligible) add_benefits(plan);
    reason_ends_.push_back(static_cast<std::uint32_t>(reason_count_));
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
      if (leaves[i].source != Leaf::kConstant) verdicts_[i] = ask(i);
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
        verdicts_[ranked.leaf] = verdict;
      }
    }
    for (const std::uint32_t leaf : single_)
      verdicts_[leaf] = ask(leaf);
  }
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
    verdicts_[leaves[i]] = found->second[i];
}

Verdict Screener::ask(std::uint32_t leaf) {
  const LeafOrigin& origin = plan_.leaves().origins()[leaf];
  policy::Judge& judge = judge_of(*origin.policy);
  if (origin.when) return verdict_of(judge.settled(*origin.when));
  const Truth inside = judge.region().truth;
  return inside == Truth::True    ? Verdict::True
         : inside == Truth::False ? Verdict::False
                                  : Verdict::Missing;
}

policy::Judge& Screener::judge_of(const policy::Policy& policy) {
  return judges_.try_emplace(&policy, policy, *situation_, options_.default_region).first->second;
}

const policy::Belief* Screener::belief(std::uint32_t name) {
  Name& wanted = names_[name];
  if (wanted.belief == nullptr) wanted.belief = situation_->find(wanted.name);
  return wanted.belief;
}

std::optional<Decimal> Screener::shortfall(const Reason& reason) {
  const auto& comparison = meanings_[reason.leaf].comparison;
  if (!comparison || verdicts_[reason.leaf] != Verdict::False) return std::nullopt;
  const policy::Belief* actual = belief(comparison->name);
  const bool numbers = actual != nullptr && actual->is_known() &&
                       actual->value.number() != nullptr && comparison->limit.number() != nullptr;
  if (!numbers) return std::nullopt;
  const auto difference = subtract(*actual->value.number(), *comparison->limit.number());
  return difference ? std::optional(difference->abs()) : std::nullopt;
}

/// Reasons are put down whether they are any or not, and only then counted: which of them are is
/// not to be foreseen.
Status Screener::walk(std::size_t policy) {
  std::array<Group, kMaxGroups> outer;
  std::size_t depth = 0;
  std::size_t count = reason_count_;
  Group here{.reasons = count};
  // The first and the last step are the root's own.
  for (std::uint32_t place = first_places_[policy] + 1; place + 1 < first_places_[policy + 1];
       ++place) {
    const TreeOp& op = ops_[place];
    if (op.kind == TreeOp::Kind::Leaf) {
      const std::uint8_t bits = kBits[static_cast<std::size_t>(verdicts_[op.leaf])];
      here.take(bits);
      reasons_[count] = {place, op.leaf};
      count += here.is_met(bits) ? 0 : 1;
    } else if (op.kind != TreeOp::Kind::End) {
      outer[depth++] = here;
      here = opened(op.kind, here, count);
    } else {
      const std::uint8_t bits = closed(here);
      const std::size_t before = here.reasons;
      here = outer[--depth];
      here.take(bits);
      if (here.is_met(bits)) count = before;
    }
  }
  const std::uint8_t bits = closed(here);
  if ((bits & kSure) != 0) return plan_.policies()[policy].met;
  reason_count_ = count;
  if ((bits & kPossible) == 0) return Status::Ineligible;
  return (bits & kMissing) != 0 ? Status::Incomplete : Status::Review;
}

void Screener::add_benefits(const PolicyPlan& plan) {
  for (const BenefitPlan& benefit : plan.benefits) {
    ScreenedBenefit screened{.benefit = &benefit, .applies = Truth::True, .amount = {}};
    if (!benefit.always) {
      const Verdict verdict = verdicts_[benefit.applies];
      screened.applies = verdict == Verdict::True    ? Truth::True
                         : verdict == Verdict::False ? Truth::False
                                                     : Truth::Unknown;
    }
    if (screened.applies == Truth::True) {
      screened.amount = amount_of(plan, benefit);
    } else if (screened.applies == Truth::Unknown) {
      policy::Judge& judge = judge_of(*plan.policy);
      screened.amount = judge.benefits()[benefit.index].amount;
    }
    benefits_.push_back(std::move(screened));
  }
}

policy::Amount Screener::amount_of(const PolicyPlan& plan, const BenefitPlan& benefit) {
  if (benefit.program && !odd_) {
    const auto bits = [&](std::uint32_t leaf) {
      const Verdict verdict = verdicts_[leaf];
      return LeafBits{verdict == Verdict::True, verdict != Verdict::False,
                      plan_.leaves().leaves()[leaf].can_be_stuck};
    };
    if (auto amount = interval_amount(*benefit.program, 0, bits)) return *std::move(amount);
  }
  policy::Judge& judge = judge_of(*plan.policy);
  return judge.benefits()[benefit.index].amount;
}

}  // namespace huice::bulk
