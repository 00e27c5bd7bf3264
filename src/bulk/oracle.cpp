#include "bulk/oracle.h"

#include <algorithm>

#include "policy/situation.h"

namespace huice::bulk {
namespace {

using policy::Belief;
using policy::Situation;
using policy::Truth;

void append(std::string& key, char mark, std::string_view text) {
  key += mark;
  key += std::to_string(text.size());
  key += ':';
  key += text;
}

}  // namespace

Verdict verdict_of(const Belief& belief) {
  const Truth truth = policy::truth_of(belief);
  if (truth != Truth::Unknown) return truth == Truth::True ? Verdict::True : Verdict::False;
  return belief.missing.empty() ? Verdict::Stuck : Verdict::Missing;
}

Verdict Oracle::verdict(const policy::Policy& policy, const feel::Expression& when,
                        const Assumptions& assumptions) const {
  Situation situation = this->situation(assumptions);
  policy::Judge judge(policy, situation, options_.default_region);
  return verdict_of(judge.settled(when));
}

Belief Oracle::belief(const std::string& name, const Assumptions& assumptions) const {
  Situation situation = this->situation(assumptions);
  const Belief* belief = situation.find(name);
  return belief == nullptr ? Belief() : *belief;
}

feel::Value Oracle::constant(const feel::Node& node) const {
  const Assumptions nothing;
  Situation situation = this->situation(nothing);
  const Belief belief = policy::Reasoner(situation).of(node);
  return belief.is_known() ? belief.value : feel::Value();
}

Situation Oracle::situation(const Assumptions& assumptions) const {
  Situation situation(library_, assumptions.profile, options_.on, options_.known_on,
                      options_.default_region);
  for (const auto& [name, belief] : assumptions.beliefs)
    situation.assume(name, belief);
  return situation;
}

bool Oracle::is_regional(std::string_view name) const {
  const policy::Parameter* parameter = library_.find_parameter(name);
  if (parameter == nullptr) return false;
  if (!parameter->previous_year_of.empty()) return is_regional(parameter->previous_year_of);
  return parameter->is_regional();
}

bool Oracle::is_constant(std::string_view name) const {
  if (name == policy::kToday || name == policy::kThisYear) return true;
  return library_.find_parameter(name) != nullptr && !is_regional(name);
}

bool Oracle::follow(const std::string& name, std::vector<std::string>& told) const {
  if (is_constant(name) || std::ranges::find(told, name) != told.end()) return false;
  if (library_.find_parameter(name) != nullptr) {
    told.emplace_back(kRegionFact);
    return false;
  }
  told.push_back(name);
  bool bounded = false;
  std::vector<std::string> below;
  if (const auto* derived = library_.find_derived(name)) {
    below = derived->formula ? derived->formula->names() : derived->table->names();
  } else if (const auto* fact = library_.definition(name); fact && !fact->low_from.empty()) {
    bounded = true;
    below = {fact->low_from, fact->high_from};
  }
  for (const std::string& each : below)
    bounded = follow(each, told) || bounded;
  return bounded;
}

std::vector<std::string> Oracle::inputs(const std::vector<std::string>& names) const {
  std::vector<std::string> all;
  bool bounded = false;
  for (const std::string& name : names)
    bounded = follow(name, all) || bounded;
  if (bounded) {
    std::erase_if(all, [&](const std::string& name) { return name.empty(); });
    return all;
  }
  std::vector<std::string> direct;
  for (const std::string& name : names) {
    if (is_constant(name)) continue;
    const bool regional = library_.find_parameter(name) != nullptr;
    std::string input = regional ? std::string(kRegionFact) : name;
    if (std::ranges::find(direct, input) == direct.end()) direct.push_back(std::move(input));
  }
  return direct;
}

std::string belief_key(const Belief& belief) {
  std::string key = std::to_string(static_cast<int>(belief.form));
  if (belief.is_known()) append(key, 'v', feel::to_text(belief.value));
  if (belief.low) append(key, 'l', belief.low->to_string());
  if (belief.high) append(key, 'h', belief.high->to_string());
  for (const auto& option : belief.options)
    append(key, 'o', feel::to_text(option));
  for (const auto& name : belief.missing)
    append(key, 'm', name);
  return key;
}

}  // namespace huice::bulk
