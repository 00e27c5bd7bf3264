#include "policy/nearest.h"

#include <random>

#include <gtest/gtest.h>

#include "small_library.h"

namespace huice::policy {
namespace {

constexpr const char* kFacts = R"(facts:
  - {name: 人数, type: number, unit: 人, non_negative: true, falling: 改不了, effort: 2}
  - {name: 资产, type: money, unit: 元, non_negative: true, effort: 3}
  - {name: 研发费用, type: money, unit: 元, non_negative: true, effort: 2}
  - {name: 收入, type: money, unit: 元, non_negative: true, effort: 5}
  - {name: 占比, type: ratio}
  - {name: 有证, type: boolean, effort: 1}
  - {name: 行业, type: text, values: [工业, 农业], change: 改不了}
  - {name: 成立日期, type: day, change: 改不了}
  - {name: 缴费月数, type: number, unit: 月, non_negative: true, change: 等得到}
  - name: 新招人员
    type: list
    effort: 1
    fields: [{name: 参保月数, type: number, unit: 月}]
derived:
  - {name: 研发占比, type: ratio, formula: 研发费用 / 收入, source: {number: 测试, checked_on: 2026-01-01, confidence: sample}}
)";

constexpr const char* kBenefit = "benefits:\n  - {name: 补助, amount: 1000, nature: 确定}\n";

struct Case {
  Case(const std::string& conditions, const std::string& profile_text, const std::string& head = "")
      : library(small_library(kFacts,
                              {policy_file("p", head + "conditions:\n" + conditions + kBenefit)})),
        profile(small_profile(library, profile_text)),
        options(on_day("2026-06-30")),
        match(*match_policy(library, library.policies().front(), profile, options)),
        miss(nearest_miss(library, profile, match, options)) {}
  Library library;
  model::Profile profile;
  MatchOptions options;
  Match match;
  std::optional<NearestMiss> miss;
};

std::string when(const std::string& text) {
  return "  - {name: 条件, when: '" + text + "'}\n";
}

TEST(Nearest, ANumberMovesToTheLimitAndNoFurther) {
  const Case one(when("资产 <= 50000000"), "{资产: 51000000.37}");
  ASSERT_TRUE(one.miss && one.miss->reachable);
  ASSERT_EQ(one.miss->steps.size(), 1u);
  EXPECT_EQ(one.miss->steps[0].to, "5000万元");
  EXPECT_EQ(one.miss->steps[0].difference, "减少1000000.37元");
  EXPECT_EQ(one.miss->steps[0].kind, StepKind::Act);
  EXPECT_EQ(one.miss->gain.low, Money::from_fen(100'000));
}

TEST(Nearest, AStrictLimitIsPassedByTheSmallestUnit) {
  EXPECT_EQ(Case(when("人数 > 20"), "{人数: 18}").miss->steps[0].to, "21人");
  EXPECT_EQ(Case(when("占比 > 0.6"), "{占比: 0.5}").miss->steps[0].to, "60.01%");
  EXPECT_EQ(Case(when("资产 < 100"), "{资产: 150}").miss->steps[0].to, "99.99元");
}

TEST(Nearest, ALimitOnAShareIsSolvedForTheFactBeneath) {
  // 5 % of 1,000,000.01 is 50,000.0005: the next whole 分 above is needed.
  const Case one(when("研发占比 >= 0.05"), "{研发费用: 40000, 收入: 1000000.01}");
  ASSERT_TRUE(one.miss && one.miss->reachable);
  EXPECT_EQ(one.miss->steps[0].fact, "研发费用");
  EXPECT_EQ(one.miss->steps[0].to, "50000.01元");
}

TEST(Nearest, TheEasierAlternativeIsTaken) {
  const Case one(
      "  - name: 任一\n    any:\n      - {name: 甲, when: 资产 <= 100}\n"
      "      - {name: 乙, when: 有证}\n",
      "{资产: 101, 有证: false}");
  ASSERT_EQ(one.miss->steps.size(), 1u);
  EXPECT_EQ(one.miss->steps[0].fact, "有证");
  EXPECT_EQ(one.miss->steps[0].to, "是");
}

TEST(Nearest, AllThatStandsInTheWayIsChangedTogether) {
  const Case one(when("人数 >= 20") + when("有证") + when("资产 <= 100"),
                 "{人数: 18, 有证: false, 资产: 7}");
  ASSERT_TRUE(one.miss && one.miss->reachable);
  EXPECT_EQ(one.miss->steps.size(), 2u);
}

TEST(Nearest, WhatCannotBeChangedIsSaid) {
  const Case fixed(when("行业 = \"工业\""), "{行业: 农业}");
  ASSERT_TRUE(fixed.miss);
  EXPECT_FALSE(fixed.miss->reachable);
  ASSERT_EQ(fixed.miss->blockers.size(), 1u);
  EXPECT_EQ(fixed.miss->blockers[0].facts, std::vector<std::string>{"行业"});
  // Nobody is advised to dismiss people.
  EXPECT_FALSE(Case(when("人数 <= 300"), "{人数: 301}").miss->reachable);
}

TEST(Nearest, TimeIsWaitedForToTheDay) {
  const Case age(when("当日 >= 成立日期 + duration(\"P1Y\")"), "{成立日期: 2025-10-15}");
  ASSERT_TRUE(age.miss && age.miss->reachable);
  EXPECT_EQ(age.miss->steps[0].kind, StepKind::Wait);
  EXPECT_EQ(age.miss->day, Date::parse("2026-10-15"));
  // Nine months paid by 30 June: the twelfth is full on 30 September.
  const Case months(when("缴费月数 >= 12"), "{缴费月数: 9}");
  ASSERT_TRUE(months.miss && months.miss->reachable);
  EXPECT_EQ(months.miss->day, Date::parse("2026-09-30"));
}

TEST(Nearest, WaitingBeyondTheEndOfThePolicyIsNoWay) {
  EXPECT_FALSE(Case(when("缴费月数 >= 120"), "{缴费月数: 9}").miss->reachable);
}

TEST(Nearest, AWindowToComeIsWaitedFor) {
  const Case one(when("有证"), "{有证: true}",
                 "windows: [{batch: 一, opens: 2026-09-01, closes: 2026-09-30}]\n");
  ASSERT_TRUE(one.miss && one.miss->reachable);
  EXPECT_EQ(one.miss->day, Date::parse("2026-09-01"));
}

TEST(Nearest, AFactNobodyToldIsToBeConfirmed) {
  const Case one(when("人数 >= 20") + when("资产 <= 100"), "{人数: 18}");
  ASSERT_TRUE(one.miss && one.miss->reachable);
  ASSERT_EQ(one.miss->steps.size(), 2u);
  EXPECT_EQ(one.miss->steps[0].kind, StepKind::Confirm);
  EXPECT_EQ(one.miss->steps[0].from, "未知");
}

TEST(Nearest, OneMorePersonOnAListIsAStep) {
  const Case one(
      when("合格人数 >= 2"), "{新招人员: [{参保月数: 6}, {参保月数: 1}]}",
      "define:\n  - {name: 合格人数, count: 新招人员, unit: 人, where: 参保月数 >= 3}\n");
  ASSERT_TRUE(one.miss && one.miss->reachable);
  EXPECT_EQ(one.miss->steps[0].fact, "合格人数");
  EXPECT_EQ(one.miss->steps[0].difference, "增加1人");
}

TEST(Nearest, WhatOnlyAPersonJudgesIsTakenForGrantedAndNoted) {
  const Case one(when("人数 >= 20") + "  - {name: 评审, review: 专家评审}\n", "{人数: 18}");
  ASSERT_TRUE(one.miss && one.miss->reachable);
  EXPECT_EQ(one.miss->notes, std::vector<std::string>{"还须人工核验：专家评审"});
}

TEST(Nearest, WhoIsEligibleNeedsNoAdvice) {
  EXPECT_FALSE(Case(when("人数 >= 20"), "{人数: 20}").miss);
}

// Random policies over four whole numbers against trying every combination of values.

constexpr int kNumbers = 4;
constexpr int kMostValue = 11;
constexpr const char* kNames[kNumbers] = {"甲", "乙", "丙", "丁"};

struct Tree {
  enum class Kind { All, Any, None, Compare, Sum, Less } kind = Kind::Compare;
  std::vector<Tree> children;
  int a = 0;
  int b = 0;
  int limit = 0;
  bool at_least = true;

  bool holds(const std::array<int, kNumbers>& v) const {
    const auto truth = [&](const Tree& child) { return child.holds(v); };
    const auto number = [&](int value) { return at_least ? value >= limit : value <= limit; };
    const auto at = [&](int index) { return v[static_cast<std::size_t>(index)]; };
    switch (kind) {
      case Kind::All:
        return std::ranges::all_of(children, truth);
      case Kind::Any:
        return std::ranges::any_of(children, truth);
      case Kind::None:
        return std::ranges::none_of(children, truth);
      case Kind::Compare:
        return number(at(a));
      case Kind::Sum:
        return number(at(a) + at(b));
      case Kind::Less:
        return at_least ? at(a) >= at(b) : at(a) <= at(b);
    }
    return false;
  }

  std::string text(int depth) const {
    const std::string margin(static_cast<std::size_t>(depth) * 2, ' ');
    const std::string op = at_least ? " >= " : " <= ";
    const std::string line = margin + "- name: x\n" + margin + "  ";
    if (kind == Kind::Compare)
      return line + "when: " + kNames[a] + op + std::to_string(limit) + "\n";
    if (kind == Kind::Less) return line + "when: " + kNames[a] + op + kNames[b] + "\n";
    if (kind == Kind::Sum) {
      return line + "when: " + kNames[a] + " + " + kNames[b] + op + std::to_string(limit) + "\n";
    }
    std::string all = line + (kind == Kind::All   ? "all:\n"
                              : kind == Kind::Any ? "any:\n"
                                                  : "none:\n");
    for (const Tree& child : children)
      all += child.text(depth + 2);
    return all;
  }
};

Tree random_tree(std::mt19937& random, int depth, bool pairs) {
  const auto below = [&](unsigned limit) { return static_cast<int>(random() % limit); };
  Tree tree;
  tree.a = below(kNumbers);
  tree.b = below(kNumbers);
  tree.limit = 1 + below(5);
  tree.at_least = below(2) == 0;
  if (depth == 0 || below(3) == 0) {
    if (pairs && tree.a != tree.b)
      tree.kind = below(3) == 0 ? Tree::Kind::Sum : Tree::Kind::Compare;
    return tree;
  }
  tree.kind = below(8) == 0 ? Tree::Kind::None : below(2) == 0 ? Tree::Kind::All : Tree::Kind::Any;
  for (int i = 1 + below(3); i >= 0; --i)
    tree.children.push_back(random_tree(random, depth - 1, pairs));
  return tree;
}

struct Efforts {
  std::array<int, kNumbers> effort{};
  std::array<bool, kNumbers> up{};
  std::array<bool, kNumbers> down{};
};

std::optional<std::int64_t> cost_between(const std::array<int, kNumbers>& from,
                                         const std::array<int, kNumbers>& to,
                                         const Efforts& efforts) {
  std::int64_t cost = 0;
  for (std::size_t i = 0; i < kNumbers; ++i) {
    if (from[i] == to[i]) continue;
    if (to[i] > from[i] ? !efforts.up[i] : !efforts.down[i]) return std::nullopt;
    cost += change_cost(efforts.effort[i], from[i], to[i]);
  }
  return cost;
}

/// The cheapest of all combinations.
std::optional<std::int64_t> cheapest(const Tree& tree, const std::array<int, kNumbers>& from,
                                     const Efforts& efforts) {
  std::optional<std::int64_t> best;
  std::array<int, kNumbers> to{};
  for (to[0] = 0; to[0] <= kMostValue; ++to[0])
    for (to[1] = 0; to[1] <= kMostValue; ++to[1])
      for (to[2] = 0; to[2] <= kMostValue; ++to[2])
        for (to[3] = 0; to[3] <= kMostValue; ++to[3]) {
          const auto cost = cost_between(from, to, efforts);
          if (!cost || (best && *best <= *cost) || !tree.holds(to)) continue;
          best = cost;
        }
  return best;
}

struct RandomCase {
  RandomCase(std::mt19937& random, bool pairs) : tree(random_tree(random, 2, pairs)) {
    for (std::size_t i = 0; i < kNumbers; ++i) {
      now[i] = static_cast<int>(random() % 8);
      efforts.effort[i] = 1 + static_cast<int>(random() % 4);
      efforts.up[i] = random() % 6 != 0;
      efforts.down[i] = random() % 6 != 0;
      const auto word = [](bool free) { return free ? "做得到" : "改不了"; };
      facts += std::string("  - {name: ") + kNames[i] +
               ", type: number, non_negative: true, change: " + word(efforts.up[i]) +
               ", falling: " + word(efforts.down[i]) +
               ", effort: " + std::to_string(efforts.effort[i]) + "}\n";
      profile += std::string(kNames[i]) + ": " + std::to_string(now[i]) + "\n";
    }
  }
  Tree tree;
  std::array<int, kNumbers> now{};
  Efforts efforts;
  std::string facts = "facts:\n";
  std::string profile;
};

void compare_with_every_combination(unsigned seed, int rounds, bool pairs) {
  std::mt19937 random(seed);
  int refused = 0;
  for (int round = 0; round < rounds; ++round) {
    const RandomCase each(random, pairs);
    const Library library = small_library(
        each.facts, {policy_file("p", "conditions:\n" + each.tree.text(1) + kBenefit)});
    const model::Profile profile = small_profile(library, each.profile);
    const MatchOptions options = on_day("2026-06-30");
    const Match match = *match_policy(library, library.policies().front(), profile, options);
    ASSERT_EQ(match.conditions.truth == Truth::True, each.tree.holds(each.now));
    if (match.conditions.truth == Truth::True) continue;
    ++refused;
    const auto miss = nearest_miss(library, profile, match, options);
    ASSERT_TRUE(miss);
    const auto best = cheapest(each.tree, each.now, each.efforts);
    ASSERT_EQ(miss->reachable, best.has_value()) << each.tree.text(1) << each.facts << each.profile;
    if (best) {
      ASSERT_EQ(miss->cost, *best)
          << each.tree.text(1) << each.facts << each.profile << nearest_text(*miss);
    }
  }
  EXPECT_GT(refused, rounds / 4);
}

TEST(Nearest, AgreesWithTryingEveryCombination) {
  compare_with_every_combination(20261122, 150, false);
}

TEST(Nearest, AgreesWithTryingEveryCombinationWhereFactsAreAddedUp) {
  compare_with_every_combination(20261123, 120, true);
}

TEST(Nearest, TheChangesReallyMakeItEligibleAndNoSingleOneIsCheaper) {
  std::mt19937 random(7);
  for (int round = 0; round < 60; ++round) {
    const RandomCase each(random, true);
    const Library library = small_library(
        each.facts, {policy_file("p", "conditions:\n" + each.tree.text(1) + kBenefit)});
    model::Profile profile = small_profile(library, each.profile);
    const MatchOptions options = on_day("2026-06-30");
    const Policy& policy = library.policies().front();
    const auto miss =
        nearest_miss(library, profile, *match_policy(library, policy, profile, options), options);
    if (!miss || !miss->reachable) continue;
    for (std::size_t i = 0; i < kNumbers; ++i) {
      for (int value = 0; value <= kMostValue; ++value) {
        auto other = each.now;
        other[i] = value;
        const auto cost = cost_between(each.now, other, each.efforts);
        if (cost && *cost < miss->cost) {
          EXPECT_FALSE(each.tree.holds(other)) << each.tree.text(1);
        }
      }
    }
    for (const Step& step : miss->steps)
      profile.facts[step.fact].value = model::Value(*Decimal::parse(step.to));
    EXPECT_EQ(match_policy(library, policy, profile, options)->status, Status::Eligible);
  }
}

}  // namespace
}  // namespace huice::policy
