#include "text/normalize.h"

#include <string>

#include <gtest/gtest.h>

namespace huice::text {
namespace {

TEST(Fold, MakesWidthCaseAndScriptAlike) {
  EXPECT_EQ(fold("ＡＢＣ１２３（甲）"), "abc123(甲)");
  EXPECT_EQ(fold("國務院辦公廳關於發展"), "国务院办公厅关于发展");
  EXPECT_EQ(fold("㎡"), "m2");
  EXPECT_EQ(fold("㛃䶮𬭎〔2021〕"), "㛃䶮𬭎〔2021〕");
}

TEST(Fold, KnowsWhereEachPartCameFrom) {
  const std::string text = "５㎡稅";
  const Folded folded = fold_with_origin(text);
  EXPECT_EQ(folded.text, U"5m2税");
  EXPECT_EQ(folded.origin, (std::vector<std::size_t>{0, 3, 3, 6, 9}));
}

TEST(Fold, SurvivesIllFormedBytes) {
  EXPECT_EQ(fold("a\xFF\xE4"), "a\uFFFD\uFFFD");
}

TEST(Blanks, AreCutAndJoined) {
  EXPECT_EQ(trimmed(" \u3000\u00A0甲 乙\u3000\n"), "甲 乙");
  EXPECT_EQ(trimmed(" \u3000"), "");
  EXPECT_EQ(single_spaced(" 甲 \u3000 乙\n丙"), "甲 乙 丙");
}

}  // namespace
}  // namespace huice::text
