#include "policy/belief.h"

#include <gtest/gtest.h>

namespace huice::policy {
namespace {

using feel::Operator;
using feel::Value;

Belief number(int value) {
  return Belief::known(Value(value));
}
Belief at_least(int low, const char* missing) {
  Belief belief = Belief::between(Decimal(low), std::nullopt);
  belief.missing = {missing};
  return belief;
}
Belief text_of(std::vector<Value> options, const char* missing) {
  Belief belief = Belief::one_of(std::move(options));
  belief.missing = {missing};
  return belief;
}

TEST(Belief, ComparisonWithAnOpenTextStaysOpen) {
  const Belief size = text_of({"大型", "中型"}, "从业人数");
  const Belief same = compare(Operator::Eq, size, Belief::known("大型"));
  EXPECT_EQ(truth_of(same), Truth::Unknown);
  EXPECT_EQ(same.missing, std::vector<std::string>{"从业人数"});
}

TEST(Belief, ComparisonIsSettledWhenEveryOptionAgrees) {
  const Belief size = text_of({"中型", "小型"}, "从业人数");
  EXPECT_EQ(truth_of(compare(Operator::Eq, size, Belief::known("大型"))), Truth::False);
  EXPECT_EQ(truth_of(compare(Operator::Ne, size, Belief::known("大型"))), Truth::True);
}

TEST(Belief, NonNegativeNumberIsNotBelowZero) {
  EXPECT_EQ(truth_of(compare(Operator::Ge, at_least(0, "人数"), number(0))), Truth::True);
  EXPECT_EQ(truth_of(compare(Operator::Lt, at_least(0, "人数"), number(0))), Truth::False);
  EXPECT_EQ(truth_of(compare(Operator::Gt, at_least(0, "人数"), number(0))), Truth::Unknown);
}

TEST(Belief, FalseSettlesAConjunctionWhateverIsMissing) {
  Belief open = Belief::truth(Truth::Unknown);
  open.missing = {"资产总额"};
  const Belief both = all_of({open, Belief::truth(Truth::False)});
  EXPECT_EQ(truth_of(both), Truth::False);
  EXPECT_TRUE(both.missing.empty());
}

TEST(Belief, TrueSettlesADisjunctionWhateverIsMissing) {
  Belief open = Belief::truth(Truth::Unknown);
  open.missing = {"资产总额"};
  EXPECT_EQ(truth_of(any_of({open, Belief::truth(Truth::True)})), Truth::True);
  const Belief still = any_of({open, Belief::truth(Truth::False)});
  EXPECT_EQ(truth_of(still), Truth::Unknown);
  EXPECT_EQ(still.missing, std::vector<std::string>{"资产总额"});
}

TEST(Belief, ProductOfBoundsTurnsAroundWithTheSign) {
  const Belief x = Belief::between(Decimal(2), Decimal(3));
  const Belief y = Belief::between(Decimal(-5), Decimal(4));
  const Belief product = calculate(Operator::Multiply, x, y);
  EXPECT_EQ(*product.low, Decimal(-15));
  EXPECT_EQ(*product.high, Decimal(12));
}

TEST(Belief, DivisionByWhatMayBeZeroClaimsNothing) {
  const Belief quotient = calculate(Operator::Divide, number(1), at_least(0, "从业人数"));
  EXPECT_EQ(quotient.form, Belief::Form::Open);
  EXPECT_EQ(quotient.missing, std::vector<std::string>{"从业人数"});
}

TEST(Belief, CapBoundsAnUnknownAmountFromAbove) {
  const Belief capped = least({at_least(0, "投资额"), number(100)});
  EXPECT_EQ(*capped.low, Decimal(0));
  EXPECT_EQ(*capped.high, Decimal(100));
}

TEST(Belief, GreatestOfAnUnboundedLossAndZeroIsNotNegative) {
  const Belief profit = Belief::open({"应纳税所得额"});
  EXPECT_EQ(greatest({profit, number(0)}).form, Belief::Form::Open);
  const Belief bounded = greatest({Belief::between(std::nullopt, Decimal(9)), number(0)});
  EXPECT_EQ(*bounded.low, Decimal(0));
  EXPECT_EQ(*bounded.high, Decimal(9));
}

TEST(Belief, JoinOfNumbersIsTheirHullOrTheirList) {
  const Belief rate =
      join(Belief::known(Decimal::scaled(3, -1)), Belief::known(Decimal::scaled(6, -1)));
  EXPECT_EQ(rate.form, Belief::Form::OneOf);
  const Belief product = calculate(Operator::Multiply, rate, number(100));
  EXPECT_EQ(*product.low, Decimal(30));
  EXPECT_EQ(*product.high, Decimal(60));
}

TEST(Belief, TooManyOptionsAreOpen) {
  std::vector<Value> options;
  for (int i = 0; i <= static_cast<int>(kMaxOptions); ++i)
    options.emplace_back(i);
  EXPECT_EQ(Belief::one_of(options).form, Belief::Form::Open);
  options.pop_back();
  EXPECT_EQ(Belief::one_of(options).form, Belief::Form::OneOf);
}

}  // namespace
}  // namespace huice::policy
