#include "layout/line_breaker.h"

#include <gtest/gtest.h>

#include "layout/geometry.h"

namespace huice::layout {
namespace {

constexpr Length kEm = pt(16);

std::vector<LineItem> han(std::size_t count) {
  return std::vector<LineItem>(count, LineItem{.width = kEm});
}

Measure cells(int count, int indent = 0) {
  return {.width = kEm * count, .first_indent = kEm * indent, .rest_indent = {}, .em = kEm};
}

TEST(LineBreaker, FillsEveryLineWithSolidCharacters) {
  const auto lines = break_lines(han(28 * 3 + 5), cells(28));
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_EQ(lines[0].last, 28U);
  EXPECT_EQ(lines[2].last, 84U);
}

TEST(LineBreaker, IndentsTheFirstLineOnly) {
  const auto lines = break_lines(han(26 + 28), cells(28, 2));
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].last, 26U);
}

TEST(LineBreaker, NeverBreaksWhereItIsForbiddenIfAnotherPlaceWillDo) {
  auto items = han(40);
  items[27].after.penalty = kForbidden;  // the 29th item may not begin a line
  const auto lines = break_lines(items, cells(28));
  EXPECT_EQ(lines[0].last, 27U);
}

TEST(LineBreaker, SqueezesBlanksToTakeInAnItem) {
  auto items = han(29);
  for (std::size_t i = 3; i < 27; i += 4) {
    items[i].width = half(kEm);
    items[i].after = {.natural = half(kEm), .shrink = half(kEm), .level = Squeeze::Pause};
  }
  const auto lines = break_lines(items, cells(28));
  EXPECT_EQ(lines.size(), 1U);
}

TEST(LineBreaker, AvoidsALastLineOfOneCharacter) {
  auto items = han(27 * 2 + 3);  // 28 and 28 and 1 solid
  for (auto& item : items)
    item.after.shrink = share(kEm, 1, 200);
  const auto lines = break_lines(items, cells(28));
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_GE(lines[2].last - lines[2].first, 2U);
}

TEST(LineBreaker, ARaggedLineGivesUpACharacterSoThatTheLastIsNotAlone) {
  Measure ragged = cells(6);
  ragged.ragged = true;
  const auto lines = break_lines(han(7), ragged);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].last, 5U);
}

TEST(LineBreaker, AnItemWiderThanTheMeasureStandsAlone) {
  std::vector<LineItem> items = han(3);
  items[1].width = kEm * 50;
  const auto lines = break_lines(items, cells(4));
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[1].last - lines[1].first, 1U);
}

TEST(PlaceItems, AJustifiedLineEndsExactlyAtTheEdge) {
  const auto items = han(27);
  const Length width = kEm * 28 - Length::from_units(7);
  const auto places = place_items(items, width, true);
  EXPECT_EQ(places.back() + kEm, width);
  EXPECT_EQ(places.front(), Length());
}

TEST(PlaceItems, SqueezesBracketsBeforeCommas) {
  auto items = han(4);
  items[0].after = {.natural = half(kEm), .shrink = half(kEm), .level = Squeeze::Pause};
  items[1].after = {.natural = half(kEm), .shrink = half(kEm), .level = Squeeze::Bracket};
  const auto places = place_items(items, kEm * 4 + half(kEm), false);
  EXPECT_EQ(places[1], kEm + half(kEm));      // the comma keeps its blank
  EXPECT_EQ(places[2], kEm * 2 + half(kEm));  // the bracket has lost its own
}

TEST(PlaceItems, GivesUpTheBlankOfAnOpeningMarkAtTheLineStartFirst) {
  auto items = han(2);
  items[0].width = half(kEm);
  items[0].lead = half(kEm);
  EXPECT_EQ(place_items(items, kEm * 2, false).front(), half(kEm));
  EXPECT_EQ(place_items(items, kEm + half(kEm), false).front(), Length());
}

TEST(LineBreaker, AnEmptyParagraphHasNoLines) {
  EXPECT_TRUE(break_lines({}, cells(28)).empty());
}

}  // namespace
}  // namespace huice::layout
