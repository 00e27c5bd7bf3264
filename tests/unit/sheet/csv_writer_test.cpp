#include "sheet/csv_writer.h"

#include <gtest/gtest.h>

namespace huice::sheet {
namespace {

model::Cell text(std::string content) {
  return {.content = std::move(content)};
}

TEST(CsvWriter, QuotesWhatWouldBreakARow) {
  const model::Table table{.columns = {{}, {}},
                           .rows = {{text("甲,乙"), text("他说\"好\"")}, {text("一\n二"), {}}}};
  EXPECT_EQ(write_csv(table), "\xEF\xBB\xBF\"甲,乙\",\"他说\"\"好\"\"\"\r\n\"一\n二\",\r\n");
}

TEST(CsvWriter, TextNeverBecomesAFormulaAndNumbersStayNumbers) {
  const model::Table table{.columns = {{}, {}, {}},
                           .rows = {{text("=1+1"), text("@SUM(A1)"), {.content = Decimal(-5)}}}};
  EXPECT_EQ(write_csv(table), "\xEF\xBB\xBF'=1+1,'@SUM(A1),-5\r\n");
}

}  // namespace
}  // namespace huice::sheet
