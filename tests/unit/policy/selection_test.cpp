#include "policy/selection.h"

#include <random>

#include <gtest/gtest.h>

namespace huice::policy {
namespace {

using Chosen = std::vector<bool>;

TEST(Selection, TakesEverythingThatGoesTogether) {
  const auto best = best_selection({.values = {5, 0, 3}});
  ASSERT_TRUE(best);
  EXPECT_EQ(best->chosen, (Chosen{true, true, true}));
  EXPECT_EQ(best->value, 8);
  EXPECT_FALSE(runner_up({.values = {5, 0, 3}}, *best));
}

TEST(Selection, GivesUpOneBigThingForTwoSmallerOnes) {
  // 0 is at odds with 1 and with 2; together these bring more.
  const SelectionProblem problem{.values = {10, 6, 5}, .conflicts = {{0, 1}, {0, 2}}};
  const auto best = best_selection(problem);
  EXPECT_EQ(best->chosen, (Chosen{false, true, true}));
  EXPECT_EQ(best->value, 11);
  EXPECT_EQ(runner_up(problem, *best)->value, 10);
}

TEST(Selection, BringsAPrerequisiteEvenWhenItCostsTheRivalOfThePrerequisite) {
  // 0 needs 1; 1 is at odds with 2.
  const SelectionProblem problem{
      .values = {7, 0, 6}, .conflicts = {{1, 2}}, .requirements = {{0, 1}}};
  EXPECT_EQ(best_selection(problem)->chosen, (Chosen{true, true, false}));
  EXPECT_EQ(best_selection(problem, Settled{2, true})->value, 6);
}

TEST(Selection, CountsAPoolUpToItsCap) {
  const SelectionProblem problem{.values = {70, 60, 5}, .pools = {{.cap = 100, .members = {0, 1}}}};
  const auto best = best_selection(problem);
  EXPECT_EQ(best->value, 105);
  EXPECT_EQ(best->chosen, (Chosen{true, true, true}));
}

TEST(Selection, CountsPoolsWithinPools) {
  const SelectionProblem problem{
      .values = {70, 60, 50},
      .pools = {{.cap = 120, .members = {0, 1, 2}}, {.cap = 80, .members = {0, 1}}}};
  EXPECT_EQ(value_of(problem, {true, true, true}), 120);
  EXPECT_EQ(value_of(problem, {true, true, false}), 80);
}

TEST(Selection, HasNoAnswerForAThingThatForbidsItself) {
  const SelectionProblem problem{.values = {1, 1}, .conflicts = {{0, 1}}, .requirements = {{0, 1}}};
  EXPECT_FALSE(best_selection(problem, Settled{0, true}));
  EXPECT_EQ(best_selection(problem)->value, 1);
}

/// Tries every set.
struct BruteForce {
  explicit BruteForce(const SelectionProblem& problem) : problem(problem) {
    const std::size_t count = problem.values.size();
    for (std::size_t bits = 0; bits < (std::size_t{1} << count); ++bits) {
      Chosen chosen(count);
      for (std::size_t i = 0; i < count; ++i)
        chosen[i] = ((bits >> i) & 1U) != 0;
      if (is_allowed(problem, chosen)) allowed.push_back(std::move(chosen));
    }
  }
  std::int64_t best() const {
    std::int64_t most = 0;
    for (const Chosen& each : allowed)
      most = std::max(most, value_of(problem, each));
    return most;
  }
  /// The best of the sets that hold something `best` does not.
  std::optional<std::int64_t> second(const Chosen& best) const {
    std::optional<std::int64_t> most;
    for (const Chosen& each : allowed) {
      bool more = false;
      for (std::size_t i = 0; i < each.size(); ++i)
        more = more || (each[i] && !best[i]);
      if (more) most = std::max(most.value_or(0), value_of(problem, each));
    }
    return most;
  }
  const SelectionProblem& problem;
  std::vector<Chosen> allowed;
};

SelectionProblem random_problem(std::mt19937& random) {
  const auto below = [&](std::size_t limit) { return random() % limit; };
  SelectionProblem problem;
  const std::size_t count = 1 + below(11);
  for (std::size_t i = 0; i < count; ++i)
    problem.values.push_back(static_cast<std::int64_t>(below(4) == 0 ? 0 : below(1000)));
  for (std::size_t i = below(2 * count); i > 0; --i)
    problem.conflicts.emplace_back(below(count), below(count));
  std::erase_if(problem.conflicts, [](const auto& pair) { return pair.first == pair.second; });
  for (std::size_t i = below(count); i > 0; --i)
    problem.requirements.emplace_back(below(count), below(count));
  // An outer pool, and one within it.
  if (below(2) == 0) {
    Pool outer{.cap = static_cast<std::int64_t>(below(2000)), .members = {}};
    Pool inner{.cap = static_cast<std::int64_t>(below(1000)), .members = {}};
    for (std::size_t i = 0; i < count; ++i) {
      if (below(2) == 0) continue;
      outer.members.push_back(i);
      if (below(2) == 0) inner.members.push_back(i);
    }
    problem.pools = {outer, inner};
  }
  return problem;
}

TEST(Selection, AgreesWithTryingEverySet) {
  std::mt19937 random(20261122);
  for (int round = 0; round < 1000; ++round) {
    const SelectionProblem problem = random_problem(random);
    const BruteForce every(problem);
    const auto best = best_selection(problem);
    ASSERT_TRUE(best);
    ASSERT_TRUE(best->proven);
    ASSERT_TRUE(is_allowed(problem, best->chosen)) << round;
    ASSERT_EQ(best->value, value_of(problem, best->chosen)) << round;
    ASSERT_EQ(best->value, every.best()) << round;
    const auto second = runner_up(problem, *best);
    const auto expected = every.second(best->chosen);
    ASSERT_EQ(second.has_value(), expected.has_value()) << round;
    if (second) {
      ASSERT_EQ(second->value, *expected) << round;
    }
  }
}

}  // namespace
}  // namespace huice::policy
