// The workbooks of a campaign: schedule, ledger, assessment.
#include <map>

#include <gtest/gtest.h>

#include "base/utf8.h"
#include "campaign/assessment.h"
#include "campaign/schedule.h"
#include "campaign/table_cells.h"
#include "sample_campaign.h"

namespace huice::campaign {
namespace {

/// Every row has one cell a column and spans cover exactly the cells marked covered.
void expect_well_formed(const model::Workbook& book) {
  std::map<std::string, int> names;
  for (const model::Sheet& sheet : book.sheets) {
    SCOPED_TRACE(sheet.name);
    EXPECT_EQ(++names[sheet.name], 1);
    EXPECT_LE(code_point_count(sheet.name), 31U);
    for (const auto& row : sheet.table.rows) {
      ASSERT_EQ(row.size(), sheet.table.columns.size());
      for (std::size_t i = 0; i < row.size(); ++i) {
        const bool spanned = row.front().column_span == static_cast<int>(row.size());
        EXPECT_EQ(row[i].covered, spanned && i > 0);
      }
    }
  }
}

TEST(Schedule, GroupsTheEnterprisesUnderMergedRows) {
  const model::Table table = schedule_table(sample_campaign());
  ASSERT_EQ(table.rows.size(), 1U + 3U + 47U);
  EXPECT_EQ(to_text(table.rows[1][0]), "一、亏损企业扭亏增盈、稳产增效（25家）");
  EXPECT_EQ(table.rows[1][0].column_span, 10);
  EXPECT_EQ(to_text(table.rows[27][0]), "二、规模工业企业培育（11家）");
  EXPECT_EQ(to_text(table.rows[39][0]), "三、专精特新中小企业培育（11家）");
  EXPECT_EQ(to_text(table.rows[50][0]), "47");
}

TEST(Schedule, ARowSaysWhoHelpsWhom) {
  const model::Table table = schedule_table(SmallCampaign{}.made());
  std::vector<std::string> texts;
  for (const model::Cell& cell : table.rows[2])
    texts.push_back(to_text(cell));
  EXPECT_EQ(texts,
            (std::vector<std::string>{"1", "一号厂", "扭亏", "张三（县长）", "甲局", "乙局",
                                      "李四\n0700-5550001", "缺订单", "扭亏", "2026-12-01"}));
}

TEST(Schedule, IsTheFirstAnnexAndLies) {
  const model::Workbook book = schedule(sample_campaign());
  expect_well_formed(book);
  ASSERT_EQ(book.sheets.size(), 1U);
  EXPECT_EQ(book.sheets[0].label, "附件1");
  EXPECT_EQ(book.sheets[0].title, "云岭县2026年工业企业纾困增效专项行动安排表");
  EXPECT_TRUE(book.sheets[0].landscape);
}

TEST(LedgerWorkbook, ListsEveryProblemWithItsStanding) {
  const model::Workbook book = ledger_workbook(sample_campaign(), kDemoDay);
  expect_well_formed(book);
  const model::Table& table = book.sheets[0].table;
  ASSERT_EQ(table.rows.size(), 61U);
  EXPECT_EQ(to_text(table.rows[1][1]), "WT-2026-001");
  EXPECT_EQ(to_text(table.rows[1][9]), "已销号");
}

TEST(LedgerWorkbook, SaysHowLongAProblemIsOverdue) {
  SmallCampaign small;
  small.ledger = small.ledger.substr(0, small.ledger.find("      - {on: 2026-03-20"));
  const model::Workbook book = ledger_workbook(small.made(), day("2026-04-11"));
  EXPECT_EQ(to_text(book.sheets[0].table.rows[1][9]), "办理中（逾期10天）");
  EXPECT_EQ(to_text(book.sheets[0].table.rows[1][10]), "2026-03-10 办理：对接");
}

TEST(LedgerWorkbook, LeavesOutProblemsNotYetRegistered) {
  EXPECT_EQ(ledger_workbook(SmallCampaign{}.made(), day("2026-03-01")).sheets[0].table.rows.size(),
            1U);
}

/// The worksheets by cell name, and the sums in them worked out again.
class Recalculation {
 public:
  explicit Recalculation(const model::Workbook& book) {
    for (const model::Sheet& sheet : book.sheets) {
      int number = first_table_row(sheet);
      for (const auto& row : sheet.table.rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
          cells_[sheet.name + "!" + cell_name(i, number)] = &row[i];
        }
        ++number;
      }
    }
  }

  Decimal value(const std::string& name) const {
    const auto found = cells_.find(name);
    if (found == cells_.end()) {
      ADD_FAILURE() << "no cell " << name;
      return {};
    }
    const auto& content = found->second->content;
    if (const auto* number = std::get_if<Decimal>(&content)) return *number;
    if (const auto* formula = std::get_if<model::Formula>(&content)) return formula->cached;
    return {};
  }

  /// `SUM(C5:C9)` or `SUM(C5:G5)` on `sheet`.
  Decimal sum(const std::string& sheet, const std::string& formula) const {
    const std::size_t colon = formula.find(':');
    const std::string first = formula.substr(4, colon - 4);
    const std::string last = formula.substr(colon + 1, formula.size() - colon - 2);
    Decimal total;
    for (char column = first[0]; column <= last[0]; ++column) {
      for (int row = std::stoi(first.substr(1)); row <= std::stoi(last.substr(1)); ++row) {
        total = add(total, value(sheet + "!" + column + std::to_string(row))).value();
      }
    }
    return total;
  }

  /// Counts the sums and references and expects each to give its cached value.
  int expect_cached(const model::Workbook& book) const {
    int formulas = 0;
    for (const model::Sheet& sheet : book.sheets) {
      for (const auto& row : sheet.table.rows) {
        for (const model::Cell& cell : row) {
          const auto* formula = std::get_if<model::Formula>(&cell.content);
          if (formula == nullptr || formula->text.starts_with("1+")) continue;
          ++formulas;
          std::string text = formula->text;
          std::erase(text, '\'');
          const Decimal again = text.starts_with("SUM(") ? sum(sheet.name, text) : value(text);
          EXPECT_EQ(again, formula->cached) << sheet.name << ": " << formula->text;
        }
      }
    }
    return formulas;
  }

 private:
  std::map<std::string, const model::Cell*> cells_;
};

TEST(LedgerWorkbook, TotalsAreSumsThatGiveTheCachedValues) {
  const model::Workbook book = ledger_workbook(sample_campaign(), kDemoDay);
  EXPECT_EQ(Recalculation(book).expect_cached(book), 7 * 9);  // seven sums for each way of parting
}

TEST(LedgerWorkbook, OverdueProblemsStandOutAndSatisfactionIsPicked) {
  const model::Workbook book = ledger_workbook(sample_campaign(), kDemoDay);
  const model::Sheet& sheet = book.sheets[0];
  ASSERT_EQ(sheet.conditions.size(), 1U);
  EXPECT_EQ(sheet.conditions[0].formula, "ISNUMBER(SEARCH(\"逾期\",$J4))");
  EXPECT_EQ(to_text(sheet.table.rows[0][9]), "状态");
  ASSERT_EQ(sheet.choices.size(), 1U);
  EXPECT_EQ(to_text(sheet.table.rows[0][11]), "企业评价");
  EXPECT_EQ(sheet.choices[0].texts, (std::vector<std::string>{"满意", "基本满意", "不满意"}));
}

TEST(AssessmentWorkbook, FormulasGiveTheCachedScoresAndTotals) {
  const auto assessment = assess(sample_campaign(), kDemoDay);
  ASSERT_TRUE(assessment.has_value());
  const model::Workbook book = assessment_workbook(assessment.value());
  expect_well_formed(book);
  ASSERT_EQ(book.sheets.size(), 1U + 2U + 27U);
  EXPECT_EQ(book.sheets[0].name, "目录");
  EXPECT_EQ(book.sheets[0].links.size(), 2U + 27U);
  // Rankings: 12 × (5 + 1) and 15 × (4 + 1); each sheet of a target: two sums.
  EXPECT_EQ(Recalculation(book).expect_cached(book), 72 + 75 + 27 * 2);
}

TEST(AssessmentWorkbook, RanksAreFormulasOverTotalAndDecidingItems) {
  const auto assessment = assess(SmallCampaign{}.made(), kDemoDay);
  ASSERT_TRUE(assessment.has_value());
  const model::Workbook book = assessment_workbook(assessment.value());
  const auto& formula = std::get<model::Formula>(book.sheets[1].table.rows[1][0].content);
  EXPECT_EQ(formula.text,
            "1+SUMPRODUCT(1*(($F$4:$F$5>F4)+($F$4:$F$5=F4)*(($C$4:$C$5>C4)+($C$4:$C$5=C4)*"
            "($D$4:$D$5>D4))))");
  EXPECT_EQ(formula.cached, dec("1"));
}

TEST(AssessmentWorkbook, AnUnknownScoreIsAnEmptyCellWithARemark) {
  SmallCampaign small;
  small.entries = replaced(small.entries, "企业数: 4, 亏损数: 2", "企业数: 4");
  const auto assessment = assess(small.made(), kDemoDay);
  ASSERT_TRUE(assessment.has_value());
  const model::Workbook book = assessment_workbook(assessment.value());
  const auto& row = book.sheets[2].table.rows[3];
  EXPECT_EQ(to_text(row[1]), "南镇");
  EXPECT_EQ(to_text(row[2]), "");
  EXPECT_EQ(to_text(row[4]), "亏损面待补");
}

}  // namespace
}  // namespace huice::campaign
