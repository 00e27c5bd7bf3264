// One enterprise against a whole library in well under a millisecond: statuses, amounts and what
// stands in the way.
//
// The library is compiled once, as for many enterprises, but against a row of which nothing is
// known. For each enterprise every distinct condition is then looked at once (numbers by their rank
// among the limits, codes by what was said of the same code before), then the trees. The scalar
// engine is asked for what is no such condition, and for enterprises that no column holds.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "bulk/plan.h"
#include "bulk/text_buffer.h"
#include "policy/chinese.h"
#include "policy/judge.h"

namespace huice::bulk {

/// A condition that is not met, or of which it is open whether it is.
struct Reason {
  std::uint32_t place = 0;  ///< among the conditions of all policies
  std::uint32_t leaf = 0;
};

struct ScreenedBenefit {
  const BenefitPlan* benefit = nullptr;
  policy::Truth applies = policy::Truth::True;
  policy::Amount amount;  ///< unknown when it surely does not apply
};

struct ScreenedPolicy {
  const PolicyPlan* plan = nullptr;
  policy::Status status = policy::Status::Ineligible;
  std::span<const Reason> reasons;
  std::span<const ScreenedBenefit> benefits;  ///< none of those who are surely refused
};

/// A reason in the words of the scalar engine.
struct ReasonText {
  std::string name;
  std::string clause;
  std::string requirement;
  std::string actual;
  std::string shortfall;
  std::vector<std::string> missing;
  std::vector<std::string> notes;
};

/// Not for use by several threads: each has its own.
class Screener {
 public:
  /// The library must outlive it. Policies as policy::match chooses them; those out of force on the
  /// day have a status and nothing else. Cost: as Plan::make.
  Screener(const policy::Library& library, policy::MatchOptions options);
  Screener(const Screener&) = delete;
  Screener& operator=(const Screener&) = delete;

  /// In the library's order. The answers live until the next call; the profile must live as long.
  std::span<const ScreenedPolicy> judge(const model::Profile& profile);

  Verdict verdict(const Reason& reason) const { return verdicts_[reason.leaf]; }
  /// How far the number is from the limit, in the unit of the fact; of comparisons that fail.
  std::optional<Decimal> shortfall(const Reason& reason);
  /// nullptr for the region.
  const policy::Condition* condition(const Reason& reason) const {
    return places_[reason.place].condition;
  }
  ReasonText text(const Reason& reason);
  /// All of the last answers with reasons, as docs/schemas/screening.schema.json has it; lives
  /// until the next call.
  std::string_view json();

 private:
  /// A comparison of one name with a constant.
  struct Comparison {
    feel::Operator op = feel::Operator::Eq;
    std::uint32_t name = 0;  ///< among `names_`
    feel::Value limit;
    policy::Quantity quantity;
  };
  struct Meaning {
    std::string requirement;
    std::optional<Comparison> comparison;
    bool plain_unit = false;  ///< what is said of it needs no escape in JSON
    Piece fixed;              ///< the requirement as JSON, in `fixed_json_`
  };
  /// What there is to say of a leaf.
  struct Told {
    Piece piece;             ///< in `told_json_`
    std::uint64_t turn = 0;  ///< of which enterprise
  };
  /// A condition at its place in a tree.
  struct Place {
    const policy::Policy* policy = nullptr;
    const policy::Condition* condition = nullptr;
    Piece head;           ///< a comma, then name and clause as JSON, in `fixed_json_`
    bool shared = false;  ///< what there is to say is the same wherever the leaf stands
  };
  /// A name and what is known of it in the enterprise at hand.
  struct Name {
    std::string name;
    const policy::Belief* belief = nullptr;
    std::string actual;
    std::string json;
  };
  /// Verdicts of a leaf by rank: `first`, then one from each of its steps on.
  struct RankedLeaf {
    std::uint32_t leaf = 0;
    Verdict first = Verdict::False;
    std::uint32_t begin = 0;  ///< among `steps_`
    std::uint32_t end = 0;
  };
  struct RankStep {
    std::uint32_t flip = 0;
    Verdict verdict = Verdict::False;
  };
  /// What all leaves of a source of codes say of one belief.
  using CodeVerdicts = std::unordered_map<std::string, std::vector<Verdict>>;

  void compile_sources();
  RankedLeaf ranked(std::uint32_t number);
  bool is_odd(const model::Profile& profile);
  void compile_meanings();
  Meaning meaning(const LeafOrigin& origin);
  std::optional<Comparison> comparison(const LeafOrigin& origin,
                                       const policy::ChineseReader& words);
  void compile_places();
  std::uint32_t name_index(const std::string& name);

  void answer_leaves();
  void answer_codes(std::size_t source);
  Verdict ask(std::uint32_t leaf);
  const policy::Belief* belief(std::uint32_t name);
  /// The scalar engine on a policy and the enterprise at hand: its own names are worked out once,
  /// however many of its conditions are asked.
  policy::Judge& judge_of(const policy::Policy& policy);
  policy::Status walk(std::size_t policy);
  void add_benefits(const PolicyPlan& plan);
  policy::Amount amount_of(const PolicyPlan& plan, const BenefitPlan& benefit);
  void link();
  ReasonText scalar_text(const Place& place);
  bool is_plain(const Reason& reason) const;
  Name& told_name(const Comparison& comparison);
  Piece add_fixed(std::string_view json);
  void tell(const Reason& reason);
  void tell_comparison(const Meaning& meaning, Verdict verdict);
  void append_policy(std::size_t place);
  void append_benefits(std::size_t place);

  const policy::Library& library_;
  policy::MatchOptions options_;
  Columns columns_;
  Plan plan_;
  std::vector<std::vector<RankedLeaf>> ranked_;  ///< by source of numbers
  std::vector<RankStep> steps_;
  std::vector<std::vector<std::uint32_t>> code_leaves_;  ///< by source of codes
  std::vector<CodeVerdicts> known_codes_;                ///< by source of codes
  std::vector<std::uint32_t> single_;                    ///< what only the scalar engine answers
  std::vector<std::string> quotients_;                   ///< derived facts taken for their formula
  std::vector<Meaning> meanings_;                        ///< by leaf
  std::vector<Name> names_;
  std::map<std::string, std::uint32_t, std::less<>> name_index_;
  std::vector<Place> places_;
  std::vector<TreeOp> ops_;                    ///< by place
  std::vector<std::uint32_t> first_places_;    ///< by policy, and the end
  std::vector<Piece> heads_;                   ///< by policy
  std::vector<std::uint32_t> first_benefits_;  ///< by policy, among `benefit_heads_`
  std::vector<Piece> benefit_heads_;
  TextBuffer fixed_json_;

  const model::Profile* profile_ = nullptr;
  std::optional<policy::Situation> situation_;
  std::unordered_map<const policy::Policy*, policy::Judge> judges_;  ///< those asked so far
  bool odd_ = false;
  std::uint64_t turn_ = 0;
  TextBuffer told_json_, json_;
  std::vector<Verdict> verdicts_;  ///< by leaf
  std::vector<Told> told_;         ///< by leaf
  std::vector<ScreenedPolicy> policies_;
  std::vector<Reason> reasons_;  ///< room for all places
  std::size_t reason_count_ = 0;
  std::vector<ScreenedBenefit> benefits_;
  std::vector<std::uint32_t> reason_ends_, benefit_ends_;  ///< by policy
};

}  // namespace huice::bulk
