#include "layout/column_widths.h"

#include <gtest/gtest.h>

namespace huice::layout {
namespace {

TEST(ColumnWidths, WhatWasAskedIsKeptWhileTheOthersStillHaveTheirLeast) {
  const auto edges =
      column_edges({{mm(10), mm(40), true}, {mm(20), mm(90)}, {mm(20), mm(50)}}, mm(110));
  EXPECT_EQ(edges[1], mm(40));
  EXPECT_EQ(edges[2], mm(40 + 20 + 21));  // 30 over, shared as 70 to 30
  EXPECT_EQ(edges[3], mm(110));
}

TEST(ColumnWidths, WhenTooMuchWasAskedAllShrinkInProportionThoughNotBelowTheirLeast) {
  const auto edges =
      column_edges({{mm(10), mm(100), true}, {mm(10), mm(100), true}, {mm(30), mm(40)}}, mm(130));
  EXPECT_EQ(edges[1], mm(50));
  EXPECT_EQ(edges[2], mm(100));
  EXPECT_EQ(edges[3], mm(130));
}

TEST(ColumnWidths, WithRoomTheOthersShareWhatIsLeft) {
  const auto edges =
      column_edges({{mm(10), mm(20), true}, {mm(5), mm(10)}, {mm(5), mm(30)}}, mm(100));
  EXPECT_EQ(edges[1], mm(20));
  EXPECT_EQ(edges[2], mm(40));
  EXPECT_EQ(edges[3], mm(100));
}

}  // namespace
}  // namespace huice::layout
