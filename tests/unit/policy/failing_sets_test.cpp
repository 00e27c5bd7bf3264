#include "policy/failing_sets.h"

#include <gtest/gtest.h>

namespace huice::policy {
namespace {

using Kind = Condition::Kind;

Outcome leaf(const char* name, Truth truth) {
  Outcome outcome;
  outcome.name = name;
  outcome.truth = truth;
  return outcome;
}

Outcome group(Kind kind, Truth truth, std::vector<Outcome> children) {
  Outcome outcome;
  outcome.kind = kind;
  outcome.truth = truth;
  outcome.children = std::move(children);
  return outcome;
}

std::vector<std::string> names_of(const Outcome& root) {
  std::vector<std::string> texts;
  for (const FailingSet& set : failing_sets(root)) {
    std::string text;
    for (const Outcome* each : set)
      text += each->name;
    texts.push_back(text);
  }
  return texts;
}

using Names = std::vector<std::string>;

TEST(FailingSets, EveryFailingConditionOfAllIsOneByItself) {
  const Outcome root =
      group(Kind::All, Truth::False,
            {leaf("甲", Truth::False), leaf("乙", Truth::True), leaf("丙", Truth::False)});
  EXPECT_EQ(names_of(root), (Names{"甲", "丙"}));
}

TEST(FailingSets, AnAlternativeFailsByAllItsBranchesTogether) {
  const Outcome root =
      group(Kind::All, Truth::False,
            {group(Kind::Any, Truth::False, {leaf("甲", Truth::False), leaf("乙", Truth::False)}),
             leaf("丙", Truth::False)});
  EXPECT_EQ(names_of(root), (Names{"丙", "甲乙"}));
}

TEST(FailingSets, OneReasonOfEachBranchIsEnough) {
  const Outcome both =
      group(Kind::All, Truth::False, {leaf("甲", Truth::False), leaf("乙", Truth::False)});
  const Outcome root = group(Kind::Any, Truth::False, {both, leaf("丙", Truth::False)});
  EXPECT_EQ(names_of(root), (Names{"甲丙", "乙丙"}));
}

TEST(FailingSets, UnderNoneItIsWhatHoldsThatFails) {
  const Outcome root =
      group(Kind::None, Truth::False, {leaf("甲", Truth::True), leaf("乙", Truth::False)});
  EXPECT_EQ(names_of(root), (Names{"甲"}));
}

TEST(FailingSets, WhatIsUnknownIsNoReason) {
  const Outcome root =
      group(Kind::All, Truth::False, {leaf("甲", Truth::Unknown), leaf("乙", Truth::False)});
  EXPECT_EQ(names_of(root), (Names{"乙"}));
  EXPECT_TRUE(failing_sets(leaf("甲", Truth::Unknown)).empty());
}

TEST(FailingSets, TheNumberOfSetsIsLimited) {
  std::vector<Outcome> groups;
  for (int i = 0; i < 8; ++i)
    groups.push_back(
        group(Kind::All, Truth::False, {leaf("甲", Truth::False), leaf("乙", Truth::False)}));
  EXPECT_EQ(failing_sets(group(Kind::Any, Truth::False, std::move(groups))).size(),
            kMaxFailingSets);
}

}  // namespace
}  // namespace huice::policy
