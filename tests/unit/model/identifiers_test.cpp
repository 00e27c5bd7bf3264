#include "model/identifiers.h"

#include <gtest/gtest.h>

namespace huice::model {
namespace {

TEST(Uscc, TheLastCharacterChecksTheOthers) {
  EXPECT_TRUE(is_uscc("91430590MA4LR4XJ7T"));
  EXPECT_TRUE(is_uscc("914305905229899443"));
  EXPECT_FALSE(is_uscc("91430590MA4LR4XJ7U"));
  EXPECT_FALSE(is_uscc("91430590MA4LR4XJT7"));
}

TEST(Uscc, LengthAndLettersAreThoseOfTheStandard) {
  EXPECT_FALSE(is_uscc(""));
  EXPECT_FALSE(is_uscc("91430590MA4LR4XJ7"));
  EXPECT_FALSE(is_uscc("91430590MA4LR4XJ7TT"));
  EXPECT_FALSE(is_uscc("91430590ma4lr4xj7t"));
  EXPECT_FALSE(is_uscc("9143059OMA4LR4XJ7T"));  // the letter O
}

}  // namespace
}  // namespace huice::model
