#include "sheet/correction.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace huice::sheet {
namespace {

/// A sheet of one row below its heading, the second cell empty.
std::vector<Grid> sheet_to_correct() {
  Grid grid{.file = "表.xlsx", .name = "企业"};
  grid.rows.push_back({.number = 1, .cells = {{.column = 1, .content = "名称"}}});
  grid.rows.push_back(
      {.number = 5,
       .cells = {{.column = 1, .content = "甲公司"}, {.column = 3, .content = Decimal(-124)}}});
  return {grid};
}

std::string said(const std::vector<Grid>& grids, int column) {
  const GridCell* cell = grids.front().rows.back().at(column);
  return cell == nullptr ? "nothing" : to_text(*cell);
}

TEST(Correction, StandsInThePlaceOfTheCellWhetherSomethingWasThereOrNot) {
  auto grids = sheet_to_correct();
  const std::vector<Correction> corrections = {
      {"企业!C5", "124"}, {"企业!B5", "云岭县"}, {"企业!A5", ""}};
  ASSERT_TRUE(correct(grids, corrections));
  EXPECT_EQ(said(grids, 3), "124");
  EXPECT_EQ(said(grids, 2), "云岭县");
  EXPECT_EQ(said(grids, 1), "nothing");
  EXPECT_EQ(grids.front().corrected.size(), 3U);
}

TEST(Correction, OfPlacesThatTheFileDoesNotHaveIsRefusedAllAtOnce) {
  auto grids = sheet_to_correct();
  const std::vector<Correction> corrections = {
      {"企业!C6", "1"}, {"别表!C5", "1"}, {"企业!5C", "1"}, {"C5", "1"}, {"企业!C5", "1"}};
  const auto corrected = correct(grids, corrections);
  ASSERT_FALSE(corrected);
  EXPECT_EQ(corrected.error().id, "sheet.correction");
  EXPECT_EQ(as_findings(corrected.error()).size(), 4U);
}

}  // namespace
}  // namespace huice::sheet
