// What is said while facts are missing must hold for every way of filling them in.
#include <algorithm>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "policy/limits.h"
#include "shipped.h"

namespace huice::policy {
namespace {

using model::FactType;
using model::Value;

/// A small deterministic generator (Knuth's MMIX constants).
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::size_t below(std::size_t count) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::size_t>(state_ >> 33) % count;
  }

 private:
  std::uint64_t state_;
};

std::vector<Value> hires() {
  std::vector<Value> lists = {Value(Value::List{})};
  const auto hire = [](const char* kind, int age, bool contract, int months) {
    return Value(Value::Record{{"人员类别", kind},
                               {"年龄", Value(age)},
                               {"合同签订", Value(contract)},
                               {"参保月数", Value(months)}});
  };
  lists.push_back(Value::List{hire("其他", 40, true, 6), hire("登记失业青年", 24, true, 3)});
  lists.push_back(Value::List{hire("登记失业青年", 25, true, 3), hire("其他", 30, false, 9)});
  return lists;
}

/// Values worth trying: around each limit, and some plain ones.
std::vector<Value> values_of(const model::FactDefinition& fact, const FactLimits* limits) {
  std::vector<Value> values;
  if (fact.type == FactType::Boolean) return {Value(true), Value(false)};
  if (fact.type == FactType::List) return hires();
  if (fact.type == FactType::Day) {
    return {Value(day("2014-05-20")), Value(day("2026-11-21")), Value(day("2026-11-22"))};
  }
  for (const std::string& text : fact.values)
    values.emplace_back(text);
  if (fact.type == FactType::Code) return {"C3525", "F5165", "J6621", "E4710", "430590"};
  if (!values.empty() || fact.type == FactType::Text) return values;
  values = {Value(0), Value(1), Value(7), Value(5000000)};
  for (const Value& limit : limits == nullptr ? std::vector<Value>() : limits->constants) {
    values.push_back(limit);
    values.emplace_back(*add(*limit.number(), Decimal(1)));
  }
  return values;
}

void fill(model::Profile& profile, const Policy& policy, Dice& dice) {
  const auto limits = find_limits(shipped(), policy);
  for (const model::FactDefinition& fact : shipped().catalogue().facts) {
    if (shipped().find_derived(fact.name) != nullptr || profile.facts.contains(fact.name)) continue;
    const auto found = limits.find(fact.name);
    const auto values = values_of(fact, found == limits.end() ? nullptr : &found->second);
    if (!values.empty()) profile.facts[fact.name] = {values[dice.below(values.size())], "", {}};
  }
}

bool allows(Status partial, Status complete) {
  if (partial == Status::Incomplete || partial == Status::Review) return true;
  // A rule that gives no value for a trade leaves the answer to a person.
  return partial == complete || complete == Status::Review;
}

void expect_within(const Match& partial, const Match& complete) {
  for (std::size_t i = 0; i < partial.benefits.size(); ++i) {
    const Amount& bounds = partial.benefits[i].amount;
    const Amount& exact = complete.benefits[i].amount;
    if (!exact.is_exact()) continue;
    EXPECT_LE(bounds.low.value_or(*exact.low), *exact.low) << partial.benefits[i].name;
    EXPECT_GE(bounds.high.value_or(*exact.high), *exact.high) << partial.benefits[i].name;
  }
}

TEST(Completion, NothingSaidWithFactsMissingIsOverturnedByAnyOfTheirValues) {
  Dice dice(20261122);
  const MatchOptions options = as_of("2026-11-22");
  for (const Policy* policy : shipped().in_force(options.on, options.known_on)) {
    SCOPED_TRACE(policy->id);
    for (int round = 0; round < 20; ++round) {
      model::Profile partial;
      fill(partial, *policy, dice);
      std::erase_if(partial.facts, [&](const auto&) { return dice.below(3) == 0; });
      const Match said = *match_policy(shipped(), *policy, partial, options);
      for (int way = 0; way < 4; ++way) {
        model::Profile complete = partial;
        fill(complete, *policy, dice);
        const Match truth = *match_policy(shipped(), *policy, complete, options);
        EXPECT_TRUE(allows(said.status, truth.status))
            << name(said.status) << " then " << name(truth.status);
        EXPECT_NE(truth.status, Status::Incomplete);
        expect_within(said, truth);
      }
    }
  }
}

}  // namespace
}  // namespace huice::policy
