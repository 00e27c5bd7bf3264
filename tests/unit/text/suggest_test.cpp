#include "text/suggest.h"

#include <array>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace huice::text {
namespace {

const std::vector<std::string> kFacts = {"企业名称", "从业人数", "资产总额", "研发费用",
                                         "近三年研发费用"};

TEST(Suggest, OffersTheNameWithOneWrongLetter) {
  EXPECT_EQ(closest("从业人员", kFacts), "从业人数");
  EXPECT_EQ(closest("资产总额度", kFacts), "资产总额");
}

TEST(Suggest, CountsSwappedNeighboursAsOneChange) {
  EXPECT_EQ(edit_distance("研发用费", "研发费用", 4), 1u);
  EXPECT_EQ(closest("研发用费", kFacts), "研发费用");
}

TEST(Suggest, OffersTheNameThatHoldsWhatWasTyped) {
  EXPECT_EQ(closest("人数", kFacts), "从业人数");
}

TEST(Suggest, StaysSilentWhenNothingIsNear) {
  EXPECT_EQ(closest("水电气", kFacts), std::nullopt);
  EXPECT_EQ(closest("", kFacts), std::nullopt);
  EXPECT_EQ(closest("甲", std::array<std::string, 1>{"乙"}), std::nullopt);
}

TEST(Suggest, GivesUpOnTextsNobodyTypes) {
  const std::string endless(100'000, 'a');
  EXPECT_EQ(closest(endless, kFacts), std::nullopt);
  EXPECT_EQ(edit_distance(endless, endless, 3), 4u);
}

}  // namespace
}  // namespace huice::text
