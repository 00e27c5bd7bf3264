#include "feel/decision_table.h"

#include <gtest/gtest.h>

namespace huice::feel {
namespace {

using Row = model::Value::List;

Names known() {
  Names names;
  names.add("从业人数");
  names.add("营业收入");
  return names;
}

model::Value table(const char* hit, model::Value rules) {
  return model::Value::Record{{"hit", hit},
                              {"inputs", Row{"从业人数", "营业收入"}},
                              {"outputs", Row{"企业规模"}},
                              {"rules", std::move(rules)}};
}

model::Value sizes() {
  return Row{Row{">= 1000", ">= 400000000", "\"大型\""}, Row{">= 300", ">= 20000000", "\"中型\""},
             Row{"-", "-", "\"微型\""}};
}

TableOutcome outcome(const model::Value& written, const Context& facts) {
  const auto made = DecisionTable::from_model(written, known());
  EXPECT_TRUE(made.has_value()) << (made ? "" : made.error().message);
  if (!made) return {};
  return evaluate(made.value(), facts, {.today = *Date::make(2026, 11, 22)});
}

TEST(DecisionTable, FirstTakesTheFirstMatchingRule) {
  const Context facts{{"从业人数", 320}, {"营业收入", 30000000}};
  const TableOutcome result = outcome(table("F", sizes()), facts);
  EXPECT_EQ(to_text(result.value), "\"中型\"");
  EXPECT_EQ(result.matched, std::vector<std::size_t>{1});
}

TEST(DecisionTable, UniqueRefusesTwoMatches) {
  const Context facts{{"从业人数", 320}, {"营业收入", 30000000}};
  EXPECT_TRUE(outcome(table("U", sizes()), facts).value.is_null());
}

TEST(DecisionTable, MissingInputLeavesTheTableUndecided) {
  const Context facts{{"从业人数", 320}};
  const auto rules = Row{model::Value(Row{">= 300", ">= 2", "1"})};
  const TableOutcome result = outcome(table("U", rules), facts);
  EXPECT_TRUE(result.value.is_null());
  EXPECT_TRUE(result.undecided);
}

TEST(DecisionTable, CollectAddsNumbers) {
  const Context facts{{"从业人数", 5}, {"营业收入", 5}};
  const auto rules = Row{Row{"> 1", "-", 10}, Row{"> 2", "-", 20}, Row{"> 9", "-", 40}};
  EXPECT_EQ(to_text(outcome(table("C+", rules), facts).value), "30");
  EXPECT_EQ(to_text(outcome(table("C#", rules), facts).value), "2");
  EXPECT_EQ(to_text(outcome(table("R", rules), facts).value), "[10, 20]");
}

TEST(DecisionTable, AllWrongCellsAreReported) {
  const auto rules = Row{Row{">= ", "-", "1"}, Row{"-", "营业收人 > 3", "2"}};
  const auto made = DecisionTable::from_model(table("U", rules), known());
  ASSERT_FALSE(made.has_value());
  EXPECT_EQ(made.error().id, "feel.syntax");
  ASSERT_EQ(made.error().also.size(), 1U);
  EXPECT_EQ(made.error().also[0].id, "feel.unknown-name");
  EXPECT_EQ(made.error().also[0].hint, "是否应为“营业收入”？");
}

TEST(DecisionTable, RowsMustFitTheColumns) {
  const auto made = DecisionTable::from_model(table("U", Row{model::Value(Row{"-", "1"})}), known());
  ASSERT_FALSE(made.has_value());
  EXPECT_EQ(made.error().message, "第 1 条规则应有 3 格，实有 2 格");
}

}  // namespace
}  // namespace huice::feel
