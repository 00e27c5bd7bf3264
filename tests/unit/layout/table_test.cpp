#include <gtest/gtest.h>

#include "default_fonts.h"
#include "layout/geometry.h"
#include "layout/official.h"
#include "layout/sheet_pages.h"
#include "layout/table_grid.h"
#include "page_lines.h"

namespace huice::layout {
namespace {

using model::Cell;
using model::Sheet;
using model::Table;

Cell table_cell(std::string words, int columns = 1, int rows = 1) {
  return {.content = std::move(words), .column_span = columns, .row_span = rows};
}

Cell covered() {
  return {.covered = true};
}

TEST(TableGrid, GivesEveryPlaceToOneBox) {
  Table table;
  table.rows = {{table_cell("甲", 1, 2), table_cell("乙", 2)},
                {covered(), table_cell("丙"), table_cell("丁")}};
  const TableGrid grid(table);
  EXPECT_EQ(grid.boxes().size(), 4U);
  EXPECT_TRUE(grid.joined_above(1, 0));
  EXPECT_TRUE(grid.joined_left(0, 2));
  EXPECT_FALSE(grid.joined_left(1, 2));
  EXPECT_TRUE(grid.joined_below(0));
}

TEST(TableGrid, CutsSpansThatRunIntoOthersOrOutOfTheTable) {
  Table table;
  table.rows = {{table_cell("甲", 99, 99), table_cell("乙")},
                {table_cell("丙"), table_cell("丁", -3, 0)}};
  const TableGrid grid(table);
  std::size_t area = 0;
  for (const CellBox& box : grid.boxes())
    area += box.row_span * box.column_span;
  EXPECT_EQ(area, 4U);
}

TEST(TableGrid, FillsRaggedRows) {
  Table table;
  table.columns.resize(3);
  table.rows = {{table_cell("甲")}, {}, {covered(), table_cell("乙")}};
  const TableGrid grid(table);
  EXPECT_EQ(grid.columns(), 3U);
  EXPECT_EQ(grid.boxes().size(), 9U);
}

class Tables : public WithFonts {
 protected:
  Pages lay(const Sheet& sheet) {
    auto pages = lay_out(sheet, fonts());
    EXPECT_TRUE(pages) << (pages ? "" : pages.error().message);
    return pages ? std::move(pages).value() : Pages{};
  }

  static Sheet schedule(int rows) {
    Sheet sheet{.name = "安排表", .label = "附件1", .title = "企业包联安排表"};
    sheet.table.header_rows = 1;
    sheet.table.rows.push_back({table_cell("序号"), table_cell("企业名称"), table_cell("任务")});
    for (int i = 0; i < rows; ++i) {
      sheet.table.rows.push_back({{.content = Decimal(i + 1)},
                                  table_cell("云岭县某某有限公司"),
                                  table_cell("走访企业，协调解决问题")});
    }
    return sheet;
  }
};

TEST_F(Tables, ALandscapeSheetIsALyingPage) {
  const Pages pages = lay(schedule(3));
  EXPECT_EQ(pages.pages.at(0).width, mm(297));
  EXPECT_EQ(pages.pages.at(0).height, mm(210));
  EXPECT_EQ(pages.pages.at(0).quarter_turns, 0);
  EXPECT_NE(text_of(pages.pages[0]).find("企业包联安排表"), std::string::npos);
}

TEST_F(Tables, TheHeaderIsRepeatedOnEveryPage) {
  const Pages pages = lay(schedule(80));
  ASSERT_GT(pages.pages.size(), 2U);
  for (const Page& page : pages.pages) {
    EXPECT_NE(text_of(page).find("序号企业名称任务"), std::string::npos);
  }
}

TEST_F(Tables, EveryRowIsPrintedOnce) {
  const Pages pages = lay(schedule(80));
  std::string all;
  for (const Page& page : pages.pages)
    all += text_of(page);
  for (int i = 1; i <= 80; ++i) {
    const std::string row = "\n" + std::to_string(i) + "云岭县";
    const auto at = all.find(row);
    EXPECT_NE(at, std::string::npos) << i;
    EXPECT_EQ(all.find(row, at + 1), std::string::npos) << i;
  }
}

TEST_F(Tables, TextAndRulesStayWithinThePage) {
  Sheet sheet = schedule(30);
  sheet.landscape = false;
  sheet.table.rows.push_back({table_cell("合计", 2), covered(), table_cell(std::string(300, 'x'))});
  for (const Page& page : lay(sheet).pages) {
    for (const PageLine& line : lines_of(page.runs)) {
      EXPECT_GE(line.left, 27.9);
      EXPECT_LE(line.right, 184.1);
    }
    for (const Rule& rule : page.rules) {
      EXPECT_GE(in_mm(rule.x), 27.8);
      EXPECT_LE(in_mm(rule.x + rule.width), 184.2);
      EXPECT_LE(in_mm(rule.y + rule.height), 262.2);
    }
  }
}

TEST_F(Tables, ARowHigherThanAPageIsCutBetweenLines) {
  Sheet sheet = schedule(1);
  std::string longest;
  for (int i = 0; i < 3000; ++i)
    longest += "协调解决问题。";
  sheet.table.rows.push_back({table_cell("长"), table_cell("甲"), table_cell(longest)});
  const Pages pages = lay(sheet);
  ASSERT_GT(pages.pages.size(), 3U);
  std::size_t stops = 0;
  for (const Page& page : pages.pages) {
    const std::string text = text_of(page);
    for (auto at = text.find("。"); at != text.npos; at = text.find("。", at + 1))
      ++stops;
    for (const PageLine& line : lines_of(page.runs)) {
      EXPECT_TRUE(line.size >= 14 || line.bottom <= 184) << line.bottom;
    }
  }
  EXPECT_EQ(stops, 3000U);
}

TEST_F(Tables, RowsOfOneSpanStayOnOnePage) {
  Sheet sheet = schedule(0);
  for (int i = 0; i < 20; ++i) {
    sheet.table.rows.push_back(
        {table_cell("组" + std::to_string(i) + "。", 1, 3), table_cell("甲"), table_cell("一")});
    sheet.table.rows.push_back({covered(), table_cell("乙"), table_cell("二")});
    sheet.table.rows.push_back({covered(), table_cell("丙"), table_cell("三")});
  }
  for (const Page& page : lay(sheet).pages) {
    std::size_t first = 0;
    std::size_t last = 0;
    for (const PageLine& line : lines_of(page.runs)) {
      first += line.text.find("甲一") != std::string::npos ? 1 : 0;
      last += line.text.find("丙三") != std::string::npos ? 1 : 0;
    }
    EXPECT_EQ(first, last);
  }
}

TEST_F(Tables, HintsSetTheProportionsOfColumns) {
  Sheet sheet{.name = "表"};
  sheet.table.columns = {{.width = 5}, {.width = 15}};
  sheet.table.rows = {{table_cell("甲"), table_cell("乙")}};
  const Pages pages = lay(sheet);
  std::vector<double> verticals;
  for (const Rule& rule : pages.pages[0].rules) {
    if (rule.width < rule.height) verticals.push_back(in_mm(rule.x));
  }
  std::ranges::sort(verticals);
  ASSERT_EQ(verticals.size(), 3U);
  const double ratio = (verticals[2] - verticals[1]) / (verticals[1] - verticals[0]);
  EXPECT_NEAR(ratio, (15 * 25.4 / 6 + 3) / (5 * 25.4 / 6 + 3), 0.01);  // 12 pt and 3 mm of padding
}

/// The widths of the columns as millimetres, from the vertical rules of a page.
std::vector<double> column_widths(const Page& page) {
  std::vector<double> edges;
  for (const Rule& rule : page.rules) {
    if (rule.width < rule.height) edges.push_back(in_mm(rule.x));
  }
  std::ranges::sort(edges);
  std::vector<double> widths;
  for (std::size_t i = 1; i < edges.size(); ++i) {
    if (edges[i] - edges[i - 1] > 0.01) widths.push_back(edges[i] - edges[i - 1]);
  }
  return widths;
}

TEST_F(Tables, AColumnGetsTheWidthItAsksForAndTheOthersShareTheRest) {
  Sheet sheet{.name = "表"};
  sheet.table.columns = {{}, {.width = 12.5}, {}};
  sheet.table.rows = {{table_cell("甲"), table_cell("主要困难"), table_cell("乙")}};
  const auto widths = column_widths(lay(sheet).pages[0]);
  ASSERT_EQ(widths.size(), 3U);
  EXPECT_NEAR(widths[1], 12.5 * 25.4 / 6 + 3, 0.01);
  EXPECT_NEAR(widths[0], widths[2], 0.01);
}

TEST_F(Tables, AskedWidthsThatDoNotFitShrinkInProportion) {
  Sheet sheet{.name = "表"};
  for (int i = 0; i < 10; ++i)
    sheet.table.columns.push_back({.width = i == 7 ? 12.5 : 6.5});
  sheet.table.rows.emplace_back();
  for (int i = 0; i < 10; ++i)
    sheet.table.rows[0].push_back(table_cell("用工用地用能融资等困难，需要协调解决"));
  const auto widths = column_widths(lay(sheet).pages[0]);
  ASSERT_EQ(widths.size(), 10U);
  const double size = 25.4 / 6;
  EXPECT_NEAR(widths[7] / widths[0], (12.5 * size + 3) / (6.5 * size + 3), 0.01);
}

/// Whether a horizontal rule of the page covers x at y, both in millimetres.
bool ruled(const Page& page, double x, double y) {
  return std::ranges::any_of(page.rules, [&](const Rule& rule) {
    return rule.height < rule.width && in_mm(rule.x) <= x && x <= in_mm(rule.x + rule.width) &&
           std::abs(in_mm(rule.y + half(rule.height)) - y) < 0.11;
  });
}

double table_end(const Page& page, bool top) {
  double end = top ? 1000 : 0;
  for (const Rule& rule : page.rules) {
    if (rule.width > rule.height) continue;
    end = top ? std::min(end, in_mm(rule.y)) : std::max(end, in_mm(rule.y + rule.height));
  }
  return end;
}

TEST_F(Tables, ASpanHigherThanAPageKeepsItsBordersOnEveryPage) {
  Sheet sheet = schedule(0);
  sheet.table.rows.push_back(
      {table_cell("县科技和工业信息化局", 1, 90), table_cell("甲"), table_cell("一")});
  for (int i = 1; i < 90; ++i)
    sheet.table.rows.push_back({covered(), table_cell("甲" + std::to_string(i)), table_cell("一")});
  const Pages pages = lay(sheet);
  ASSERT_GT(pages.pages.size(), 2U);
  for (const Page& page : pages.pages) {
    const double top = table_end(page, true);
    const double bottom = table_end(page, false);
    for (const double x : {26.0, 120.0, 270.0}) {
      EXPECT_TRUE(ruled(page, x, top)) << x;
      EXPECT_TRUE(ruled(page, x, bottom)) << x;
    }
    EXPECT_LE(bottom, 210 - 35 + 0.2);
    for (const PageLine& line : lines_of(page.runs))
      EXPECT_TRUE(line.size >= 14 || line.bottom <= bottom) << line.text;
  }
  EXPECT_NE(text_of(pages.pages[0]).find("县科技和工业信息化局"), std::string::npos);
}

TEST_F(Tables, TheNumberOfALyingPageStandsBelowItsTable) {
  const Pages pages = lay(schedule(40));
  ASSERT_GT(pages.pages.size(), 1U);
  for (const Page& page : pages.pages)
    EXPECT_GT(line_with(page.runs, "— ").top, table_end(page, false));
}

TEST_F(Tables, ASpanDrawsNoLineThroughItselfWithinAPage) {
  Sheet sheet = schedule(0);
  sheet.table.rows.push_back({table_cell("局", 1, 2), table_cell("甲"), table_cell("一")});
  sheet.table.rows.push_back({covered(), table_cell("乙"), table_cell("二")});
  const Page page = lay(sheet).pages.at(0);
  const PageLine line = line_with(page.runs, "乙");
  const double between = line.top - in_mm(Length::from_units(57600));
  EXPECT_FALSE(ruled(page, 26, between));
  EXPECT_TRUE(ruled(page, 270, between));
}

TEST_F(Tables, AGroupRowAndTheTotalAreNeverAlone) {
  for (int rows = 8; rows < 40; ++rows) {
    Sheet sheet = schedule(rows);
    sheet.table.rows.push_back({table_cell("第二组", 3), covered(), covered()});
    sheet.table.rows.push_back({table_cell("甲"), table_cell("乙"), table_cell("丙")});
    sheet.table.rows.push_back({table_cell("合计", 2), covered(), table_cell("99")});
    for (const Page& page : lay(sheet).pages) {
      const std::string text = text_of(page);
      const bool group = text.find("第二组") != std::string::npos;
      const bool row = text.find("甲乙丙") != std::string::npos;
      EXPECT_TRUE(group == row && row == (text.find("合计") != std::string::npos)) << rows;
    }
  }
}

TEST_F(Tables, AMergedCellWithALongNumberWidensItsColumns) {
  Sheet sheet{.name = "表"};
  sheet.table.rows.push_back({table_cell("0700-5551029", 2), covered()});
  sheet.table.rows.push_back({table_cell("甲"), table_cell("乙")});
  for (int i = 0; i < 12; ++i) {
    sheet.table.rows[0].push_back(table_cell("协调解决用工用地等问题，督促达产"));
    sheet.table.rows[1].push_back(table_cell("协调解决用工用地等问题，督促达产"));
  }
  EXPECT_NE(text_of(lay(sheet).pages[0]).find("0700-5551029"), std::string::npos);
}

TEST(TableGrid, CutsSpansOfTheHeadAtItsEnd) {
  Table table;
  table.header_rows = 1;
  table.rows = {{table_cell("甲", 1, 2), table_cell("乙")}, {covered(), table_cell("丙")}};
  const TableGrid grid(table);
  EXPECT_FALSE(grid.joined_above(1, 0));
}

TEST_F(Tables, ATableOfAHundredColumnsStillFits) {
  Sheet sheet{.name = "宽"};
  sheet.table.rows.resize(3);
  for (auto& row : sheet.table.rows)
    row.assign(100, table_cell("数据很多"));
  for (const Page& page : lay(sheet).pages) {
    for (const Rule& rule : page.rules)
      EXPECT_LE(in_mm(rule.x + rule.width), 297 - 23.8);
  }
}

TEST_F(Tables, ATelephoneNumberInANarrowColumnStaysWhole) {
  Sheet sheet{.name = "表"};
  sheet.table.rows.push_back({});
  for (int i = 0; i < 9; ++i) {
    sheet.table.rows[0].push_back(table_cell("协调解决用工用地等问题，督促达产"));
  }
  sheet.table.rows[0].push_back(table_cell("贺某 0700-5551029"));
  EXPECT_NE(text_of(lay(sheet).pages[0]).find("0700-5551029"), std::string::npos);
}

TEST_F(Tables, TwoCharactersInANarrowColumnStayOnOneLine) {
  Sheet sheet{.name = "表"};
  sheet.table.columns.push_back({.width = 1});
  sheet.table.rows.push_back({table_cell("序号")});
  for (int i = 0; i < 9; ++i) {
    sheet.table.columns.push_back({.width = 12});
    sheet.table.rows[0].push_back(table_cell("协调解决用工用地等问题，督促达产"));
  }
  EXPECT_NE(text_of(lay(sheet).pages[0]).find("序号"), std::string::npos);
}

/// The lines of a page without its number.
std::vector<std::string> lines_of_cell(const Page& page) {
  std::vector<std::string> lines;
  for (const PageLine& line : lines_of(page.runs)) {
    if (line.text.find("—") == line.text.npos) lines.push_back(line.text);  // the page's number
  }
  return lines;
}

/// A sheet with a column so many characters wide, which holds `text`, and a blank one.
Sheet narrow_cell(int characters, std::string text) {
  constexpr double kTogether = 51.7;
  Sheet sheet{.name = "表"};
  sheet.table.columns = {{.width = characters + 0.1}, {.width = kTogether - characters}};
  sheet.table.rows = {{table_cell(std::move(text)), table_cell("")}};
  return sheet;
}

TEST_F(Tables, ANarrowCellBreaksBetweenWordsWhereThatIsNear) {
  const Pages pages = lay(narrow_cell(5, "县人力资源和社会保障局"));
  std::string joined;
  for (const std::string& line : lines_of_cell(pages.pages[0]))
    joined += line + "|";
  EXPECT_EQ(joined, "县人力|资源和社会|保障局|");
}

TEST_F(Tables, AWordLongerThanItsCellIsStillBroken) {
  const Pages pages = lay(narrow_cell(3, "中华人民共和国"));
  EXPECT_EQ(lines_of_cell(pages.pages[0]).size(), 3U);
}

TEST_F(Tables, ANarrowColumnGrowsToTheLongestNameAndLeavesAskedWidthsAlone) {
  const auto table_of = [](std::string word) {
    Sheet sheet{.name = "表"};
    sheet.table.columns.resize(22);
    sheet.table.columns[0].width = 6;
    sheet.table.rows.push_back({table_cell("甲")});
    sheet.table.rows[0].resize(21, table_cell("甲、乙、丙、丁、戊、己、庚"));
    sheet.table.rows[0].push_back(table_cell(std::move(word)));
    return sheet;
  };
  const auto with_letters = column_widths(lay(table_of("丙，丁，戊，己，庚")).pages[0]);
  const auto with_name = column_widths(lay(table_of("周明远，林志强")).pages[0]);
  ASSERT_EQ(with_name.size(), with_letters.size());
  EXPECT_NEAR(with_name.front(), with_letters.front(), 0.01);
  constexpr double kThreeLetters = 3 * 3.175 + 3;  // 9 pt and the padding
  EXPECT_GT(with_name.back(), kThreeLetters - 0.01);
  EXPECT_LT(with_letters.back(), kThreeLetters - 0.01);
}

TEST_F(Tables, AnEmptyTableIsNoError) {
  EXPECT_EQ(lay(Sheet{.name = "空"}).pages.size(), 1U);
  Sheet rows{.name = "空行"};
  rows.table.rows.resize(5);
  EXPECT_EQ(lay(rows).pages.size(), 1U);
}

TEST_F(Tables, SheetsOfAWorkbookAreNumberedThrough) {
  Sheet upright = schedule(2);
  upright.landscape = false;
  const auto pages =
      lay_out(model::Workbook{.sheets = {schedule(2), upright}}, fonts(), LayoutOptions{});
  ASSERT_TRUE(pages);
  ASSERT_EQ(pages.value().pages.size(), 2U);
  EXPECT_EQ(pages.value().pages[1].label, "2");
  EXPECT_EQ(pages.value().pages[1].width, mm(210));
}

}  // namespace
}  // namespace huice::layout
