// What is worked out of a library before the first enterprise is there.
#include <algorithm>
#include <iterator>

#include "bulk/screener.h"
#include "notation/json.h"

namespace huice::bulk {
namespace {

using feel::NodeKind;

Verdict verdict_at(const Leaf& leaf, std::size_t passed) {
  const auto bit = [&](const Steps& steps) {
    const auto flips = std::ranges::count_if(steps.flips, [&](auto flip) { return flip < passed; });
    return steps.first != (flips % 2 != 0);
  };
  if (bit(leaf.sure)) return Verdict::True;
  if (!bit(leaf.possible)) return Verdict::False;
  return leaf.can_be_stuck && bit(leaf.stuck) ? Verdict::Stuck : Verdict::Missing;
}

/// Derived facts have no column of their own: conditions look at what they rest on.
std::vector<model::FactDefinition> told_facts(const policy::Library& library,
                                              const policy::MatchOptions& options) {
  auto facts = facts_used(library, options);
  std::erase_if(facts, [&](const model::FactDefinition& fact) {
    return library.find_derived(fact.name) != nullptr;
  });
  return facts;
}

}  // namespace

Screener::Screener(const policy::Library& library, policy::MatchOptions options)
    : library_(library),
      options_(std::move(options)),
      columns_(Columns::open_row(told_facts(library, options_))),
      plan_(Plan::make(library, columns_, options_)) {
  verdicts_.resize(plan_.leaves().leaves().size());
  told_.resize(verdicts_.size());
  compile_sources();
  compile_meanings();
  compile_places();
}

void Screener::compile_sources() {
  const auto& leaves = plan_.leaves().leaves();
  const auto& sources = plan_.leaves().sources();
  ranked_.resize(sources.size());
  code_leaves_.resize(sources.size());
  known_codes_.resize(sources.size());
  for (std::uint32_t i = 0; i < leaves.size(); ++i) {
    const Leaf& leaf = leaves[i];
    if (leaf.source == Leaf::kConstant) {
      verdicts_[i] = leaf.verdict;
    } else if (leaf.source == Leaf::kStored) {
      single_.push_back(i);
    } else if (const auto at = static_cast<std::size_t>(leaf.source);
               sources[at].kind == Source::Kind::Code) {
      code_leaves_[at].push_back(i);
    } else {
      ranked_[at].push_back(ranked(i));
      const auto& names = plan_.leaves().origins()[i].when->names();
      std::ranges::copy_if(names, std::back_inserter(quotients_), [&](const std::string& name) {
        return library_.find_derived(name) != nullptr;
      });
    }
  }
  std::ranges::sort(quotients_);
  quotients_.erase(std::unique(quotients_.begin(), quotients_.end()), quotients_.end());
}

Screener::RankedLeaf Screener::ranked(std::uint32_t number) {
  const Leaf& leaf = plan_.leaves().leaves()[number];
  std::vector<std::uint32_t> flips;
  for (const Steps* steps : {&leaf.sure, &leaf.possible, &leaf.stuck})
    flips.insert(flips.end(), steps->flips.begin(), steps->flips.end());
  std::ranges::sort(flips);
  flips.erase(std::unique(flips.begin(), flips.end()), flips.end());
  RankedLeaf ranked{.leaf = number, .first = verdict_at(leaf, 0)};
  ranked.begin = static_cast<std::uint32_t>(steps_.size());
  for (const std::uint32_t flip : flips)
    steps_.push_back({flip, verdict_at(leaf, flip + 1)});
  ranked.end = static_cast<std::uint32_t>(steps_.size());
  return ranked;
}

std::uint32_t Screener::name_index(const std::string& name) {
  const auto [found, fresh] = name_index_.emplace(name, static_cast<std::uint32_t>(names_.size()));
  if (fresh) names_.push_back({.name = name});
  return found->second;
}

void Screener::compile_meanings() {
  for (const LeafOrigin& origin : plan_.leaves().origins()) {
    meanings_.push_back(meaning(origin));
    Meaning& made = meanings_.back();
    made.fixed = add_fixed(",\"requirement\":" + notation::quoted(made.requirement));
    if (!made.comparison) continue;
    const std::string& unit = made.comparison->quantity.unit;
    made.plain_unit = notation::quoted(unit) == '"' + unit + '"';
  }
}

Piece Screener::add_fixed(std::string_view json) {
  const std::size_t begin = fixed_json_.size();
  fixed_json_.append(json);
  return fixed_json_.since(begin);
}

Screener::Meaning Screener::meaning(const LeafOrigin& origin) {
  Meaning meaning;
  if (!origin.when) return meaning;
  const auto own = policy::own_facts(*origin.policy);
  const policy::ChineseReader words([&](std::string_view name) {
    const auto found = own.find(name);
    return found != own.end() ? &found->second : library_.definition(name);
  });
  meaning.requirement = words.condition(*origin.when);
  if (own.empty()) meaning.comparison = comparison(origin, words);
  return meaning;
}

std::optional<Screener::Comparison> Screener::comparison(const LeafOrigin& origin,
                                                         const policy::ChineseReader& words) {
  const feel::Node& root = origin.when->root();
  if (root.kind != NodeKind::Compare) return std::nullopt;
  const feel::Node& left = *root.children[0];
  const feel::Node& right = *root.children[1];
  const bool plain = left.kind == NodeKind::Name && right.kind == NodeKind::Literal &&
                     !right.value.is_null() && library_.definition(left.text) != nullptr;
  if (!plain) return std::nullopt;
  return Comparison{root.op, name_index(left.text), right.value, words.quantity(left)};
}

void Screener::compile_places() {
  for (const PolicyPlan& plan : plan_.policies()) {
    first_places_.push_back(static_cast<std::uint32_t>(places_.size()));
    heads_.push_back(add_fixed(",{\"policy\":" + notation::quoted(plan.policy->id) + ",\"title\":" +
                               notation::quoted(plan.policy->title) + ",\"status\":\""));
    first_benefits_.push_back(static_cast<std::uint32_t>(benefit_heads_.size()));
    for (const BenefitPlan& benefit : plan.benefits) {
      benefit_heads_.push_back(
          add_fixed(",{\"name\":" + notation::quoted(benefit.name) + ",\"applies\":\""));
    }
    for (std::size_t i = 0; i < plan.ops.size(); ++i) {
      const policy::Condition* condition = plan.conditions[i];
      Place place{.policy = plan.policy, .condition = condition, .head = {}, .shared = true};
      std::string head = ",{\"name\":\"适用地区\"";
      if (condition != nullptr) {
        place.shared = condition->when && condition->unit.empty();
        head = ",{\"name\":" + notation::quoted(condition->name);
        if (!condition->clause.empty())
          head += ",\"clause\":" + notation::quoted(condition->clause);
      }
      place.head = add_fixed(head);
      places_.push_back(place);
      ops_.push_back(plan.ops[i]);
    }
  }
  first_places_.push_back(static_cast<std::uint32_t>(places_.size()));
  reasons_.resize(places_.size());
}

}  // namespace huice::bulk
