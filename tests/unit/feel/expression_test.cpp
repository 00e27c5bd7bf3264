#include "feel/expression.h"

#include <gtest/gtest.h>

namespace huice::feel {
namespace {

Names facts() {
  Names hire;
  hire.add("毕业年度");
  hire.add("参保月数");
  Names names;
  names.add("应纳税所得额");
  names.add("从业人数");
  names.add("新招用人员", hire);
  return names;
}

Error error_of(std::string_view text, const SourceSpan& at = {}) {
  const auto parsed = Expression::parse(text, facts(), at);
  EXPECT_FALSE(parsed.has_value()) << text;
  return parsed ? Error{} : parsed.error();
}

TEST(Expression, UnknownNameIsToldWithItsPlaceInTheFile) {
  const Error error = error_of("从业人数 <= 300 and 应纳税所的额 > 0",
                               {.file = "policies/a.yaml", .line = 8, .column = 11, .part = {}});
  EXPECT_EQ(error.id, "feel.unknown-name");
  EXPECT_EQ(error.where.file, "policies/a.yaml");
  EXPECT_EQ(error.where.line, 8);
  EXPECT_EQ(error.where.column, 27);
  EXPECT_EQ(error.hint, "是否应为“应纳税所得额”？");
}

TEST(Expression, AllUnknownNamesAreReported) {
  EXPECT_EQ(error_of("甲 + 乙 + 丙").also.size(), 2U);
}

TEST(Expression, PlaceOnALaterLineCountsFromItsStart) {
  const Error error =
      error_of("从业人数 > 1\n  and 某某 > 2", {.file = "a", .line = 3, .column = 9, .part = {}});
  EXPECT_EQ(error.where.line, 4);
  EXPECT_EQ(error.where.column, 7);
}

TEST(Expression, SyntaxErrorSaysWhatWasExpectedAndFound) {
  const Error error = error_of("(从业人数 + 1");
  EXPECT_EQ(error.id, "feel.syntax");
  EXPECT_EQ(error.message, "此处应为“)”，表达式却已结束");
}

TEST(Expression, FullWidthMarkIsNamedWithItsCure) {
  const Error error = error_of("count（新招用人员）");
  EXPECT_NE(error.message.find("全角符号“（”"), std::string::npos) << error.message;
  EXPECT_EQ(error.hint, "改用半角符号 (");
}

TEST(Expression, DoubleEqualsIsRefusedWithAHint) {
  EXPECT_EQ(error_of("从业人数 == 3").hint, "把“==”改为“=”");
}

TEST(Expression, FieldsOfKnownListsAreChecked) {
  EXPECT_EQ(error_of("新招用人员[参保月 >= 3]").hint, "是否应为“参保月数”？");
  EXPECT_EQ(error_of("新招用人员.参保月").id, "feel.unknown-name");
}

TEST(Expression, FreeNamesLeaveOutFieldsFunctionsAndLocals) {
  const auto parsed = Expression::parse(
      "for x in 新招用人员[毕业年度] return x.参保月数 + count([从业人数])", facts());
  ASSERT_TRUE(parsed.has_value());
  EXPECT_EQ(parsed.value().names(), (std::vector<std::string>{"新招用人员", "从业人数"}));
}

TEST(Expression, TreeTellsOperatorsAndSourceRanges) {
  const auto parsed = Expression::parse("从业人数 <= 300 and 应纳税所得额 > 0", facts());
  ASSERT_TRUE(parsed.has_value());
  const Node& root = parsed.value().root();
  ASSERT_EQ(root.kind, NodeKind::And);
  ASSERT_EQ(root.children.size(), 2U);
  EXPECT_EQ(root.children[0]->op, Operator::Le);
  EXPECT_EQ(parsed.value().text_of(*root.children[0]), "从业人数 <= 300");
}

TEST(Expression, NestingBeyondTheLimitIsAnError) {
  const auto nested = [](int depth) {
    return std::string(static_cast<std::size_t>(depth), '(') + "1" +
           std::string(static_cast<std::size_t>(depth), ')');
  };
  EXPECT_TRUE(Expression::parse(nested(kMaxExpressionDepth - 1), Names()).has_value());
  EXPECT_EQ(error_of(nested(kMaxExpressionDepth)).id, "feel.too-deep");
}

TEST(Expression, TextBeyondTheLimitIsAnError) {
  EXPECT_EQ(error_of(std::string(kMaxExpressionBytes + 1, ' ')).id, "feel.too-large");
}

TEST(Expression, BrokenUtf8IsAnError) {
  EXPECT_EQ(error_of("\xE6\x83").id, "feel.syntax");
}

TEST(Names, LongestNameWinsAndEndsAtAWordBoundary) {
  Names names;
  names.add("研发");
  names.add("研发费用");
  EXPECT_EQ(names.longest("研发费用 / 2")->name, "研发费用");
  EXPECT_FALSE(names.longest("研发人员").has_value());
}

TEST(Names, DistanceCountsSwapsOnce) {
  EXPECT_EQ(edit_distance("从业人数", "从人业数"), 1U);
  EXPECT_EQ(edit_distance("", "abc"), 3U);
}

}  // namespace
}  // namespace huice::feel
