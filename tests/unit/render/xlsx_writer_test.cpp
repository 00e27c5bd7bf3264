#include "render/xlsx/xlsx_writer.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "archive/zip_reader.h"
#include "render/xlsx/sheet_names.h"
#include "render/xlsx/sheet_plan.h"
#include "sheet/xlsx_reader.h"

namespace huice::render::xlsx {
namespace {

using model::Cell;
using model::Sheet;
using model::Table;
using model::Workbook;

const XlsxOptions kOptions{.created = *Date::make(2026, 11, 22)};

Cell text(std::string content) {
  return {.content = std::move(content)};
}

/// One sheet whose table is a heading `甲 乙` and one row of `first` and `second`.
Workbook book_of(Cell first, Cell second) {
  Sheet sheet{.name = "安排表"};
  sheet.table = {.columns = {{}, {}},
                 .header_rows = 1,
                 .rows = {{text("甲"), text("乙")}, {std::move(first), std::move(second)}}};
  return {.title = "安排表", .author = "办公室", .sheets = {std::move(sheet)}};
}

std::string written(const Workbook& book, const XlsxOptions& options = kOptions) {
  auto bytes = write(book, options);
  EXPECT_TRUE(bytes.has_value()) << bytes.error().message;
  return bytes ? std::move(bytes).value() : std::string();
}

std::string member(const std::string& bytes, const std::string& name) {
  const auto zip = archive::ZipReader::open(bytes, "表.xlsx");
  EXPECT_TRUE(zip.has_value()) << zip.error().message;
  const auto found = zip.value().read(name);
  return found ? found.value() : found.error().id;
}

std::string sheet_xml(const std::string& bytes) {
  return member(bytes, "xl/worksheets/sheet1.xml");
}

/// All cells of the first sheet as our reader sees them.
std::string cells(const std::string& bytes) {
  const auto grids = sheet::read_xlsx(bytes, "表.xlsx");
  if (!grids) return grids.error().message;
  std::string out;
  for (const auto& row : grids.value().front().rows) {
    for (const auto& cell : row.cells) {
      out +=
          (out.empty() ? "" : " ") + sheet::to_a1({row.number, cell.column}) + "=" + to_text(cell);
    }
  }
  return out;
}

TEST(XlsxWriter, WritesTitleLinesTableAndNotesOneBelowTheOther) {
  Workbook book = book_of(text("丙"), {.content = Decimal(3)});
  book.sheets[0].label = "附件1";
  book.sheets[0].title = "标题";
  book.sheets[0].subtitle = "单位：元";
  book.sheets[0].notes = {"注：一", "二"};
  EXPECT_EQ(cells(written(book)),
            "A1=附件1 A2=标题 A3=单位：元 A4=甲 B4=乙 A5=丙 B5=3 A6=注：一 A7=二");
}

TEST(XlsxWriter, WritesNumbersAmountsAndDaysAsSuch) {
  const std::string bytes = written(
      book_of({.content = Money::from_fen(123456)}, {.content = *Date::make(2026, 11, 22)}));
  EXPECT_EQ(cells(bytes), "A1=甲 B1=乙 A2=1234.56 B2=2026-11-22");
  const std::string styles = member(bytes, "xl/styles.xml");
  EXPECT_NE(styles.find("formatCode=\"#,##0.00\""), std::string::npos);
  EXPECT_NE(styles.find("formatCode=\"yyyy-mm-dd\""), std::string::npos);
}

TEST(XlsxWriter, WritesNumbersOfManyDigitsAsText) {
  EXPECT_NE(sheet_xml(written(book_of({.content = Decimal(914305905229899443)},
                                      {.content = Decimal(123456789012345)})))
                .find("<c r=\"A2\" s=\"2\" t=\"s\">"),
            std::string::npos);
}

TEST(XlsxWriter, WritesTheDecimalsThatACellAsksFor) {
  const std::string bytes =
      written(book_of({.content = *Decimal::parse("1.5"), .decimals = 3}, {.content = Decimal(2)}));
  EXPECT_NE(member(bytes, "xl/styles.xml").find("formatCode=\"0.000\""), std::string::npos);
}

TEST(XlsxWriter, WritesARateAsANumberInHundredths) {
  const std::string bytes =
      written(book_of({.content = *Decimal::parse("0.7143"), .decimals = 2, .percent = true},
                      {.content = Decimal(2)}));
  EXPECT_NE(member(bytes, "xl/styles.xml").find("formatCode=\"0.00%\""), std::string::npos);
  EXPECT_NE(sheet_xml(bytes).find("<v>0.7143</v>"), std::string::npos) << sheet_xml(bytes);
}

TEST(XlsxWriter, NeverMakesAFormulaOfText) {
  for (const std::string typed : {"=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0"}) {
    const std::string bytes = written(book_of(text(typed), text("x")));
    EXPECT_EQ(cells(bytes), "A1=甲 B1=乙 A2=" + typed + " B2=x");
    EXPECT_EQ(sheet_xml(bytes).find("<f>"), std::string::npos);
  }
}

TEST(XlsxWriter, WritesFormulasWithTheirValues) {
  const std::string xml =
      sheet_xml(written(book_of({.content = model::Formula{"SUM(A1:A1)", Decimal(7)}}, text("x"))));
  EXPECT_NE(xml.find("<f>SUM(A1:A1)</f><v>7</v>"), std::string::npos) << xml;
}

TEST(XlsxWriter, FindsReferencesBesideTextsAndInNamesWithApostrophes) {
  const std::vector<model::Sheet> sheets = {{.name = "a/b"}, {.name = "c'd/e"}, {.name = "a/b"}};
  const SheetsByName by_name(sheets, sheet_names(sheets));
  for (const auto& [from, to] :
       {std::pair{"'a/b'!A1*'c''d/e'!B2", "'a-b'!A1*'c''d-e'!B2"},
        {"IF(A1=\"it's\",'a/b'!A1,'x'!A1)", "IF(A1=\"it's\",'a-b'!A1,'x'!A1)"},
        {"\"'a/b\"&'a/b'!A1&\"!\"", "\"'a/b\"&'a-b'!A1&\"!\""},
        {"A1!'", "A1!'"}})
    EXPECT_EQ(by_name.renamed_in(from), to);
  EXPECT_EQ(by_name.find("a/b"), "a-b");
  EXPECT_EQ(by_name.find("b"), "");
}

TEST(XlsxWriter, FollowsARenamedSheetInFormulas) {
  Workbook book = book_of({.content = model::Formula{"'a/b'!A2+'c'!B2", Decimal(7)}}, text("x"));
  book.sheets.push_back(book.sheets[0]);
  book.sheets[1].name = "a/b";
  EXPECT_NE(sheet_xml(written(book)).find("<f>'a-b'!A2+'c'!B2</f>"), std::string::npos);
}

TEST(XlsxWriter, MergesCells) {
  Workbook book = book_of({.content = std::string("跨两列"), .column_span = 2}, {.covered = true});
  const std::string bytes = written(book);
  EXPECT_NE(sheet_xml(bytes).find("<mergeCell ref=\"A2:B2\"/>"), std::string::npos);
  EXPECT_EQ(cells(bytes), "A1=甲 B1=乙 A2=跨两列");
}

TEST(XlsxWriter, KeepsTheHeadingInViewAndOnEveryPage) {
  Workbook book = book_of(text("丙"), text("丁"));
  book.sheets[0].title = "标题";
  const std::string bytes = written(book);
  const std::string xml = sheet_xml(bytes);
  EXPECT_NE(xml.find("ySplit=\"2\""), std::string::npos);
  EXPECT_NE(xml.find("<autoFilter ref=\"A2:B3\"/>"), std::string::npos);
  EXPECT_NE(xml.find("orientation=\"landscape\""), std::string::npos);
  EXPECT_NE(xml.find("paperSize=\"9\""), std::string::npos);
  EXPECT_NE(xml.find("fitToHeight=\"0\""), std::string::npos);
  EXPECT_NE(xml.find("第 &amp;P 页"), std::string::npos);
  EXPECT_NE(member(bytes, "xl/workbook.xml").find("Print_Titles"), std::string::npos);
}

TEST(XlsxWriter, FiltersBelowAHeadingOfTwoRowsButNotAcrossSpans) {
  Workbook book = book_of(text("丙"), text("丁"));
  Table& table = book.sheets[0].table;
  table.header_rows = 2;
  table.rows[0][0].row_span = 2;
  table.rows[1][0] = {.covered = true};
  table.rows.push_back({text("1"), text("2")});
  table.rows.push_back({text("3"), text("4")});
  EXPECT_NE(sheet_xml(written(book)).find("<autoFilter ref=\"A2:B4\"/>"), std::string::npos);
  table.rows[2][0].row_span = 2;
  table.rows[3][0] = {.covered = true};
  EXPECT_EQ(sheet_xml(written(book)).find("<autoFilter"), std::string::npos);
}

TEST(XlsxWriter, WritesTheSameBytesEachTime) {
  const Workbook book = book_of(text("丙"), {.content = Decimal(3)});
  const std::string bytes = written(book);
  EXPECT_EQ(bytes, written(book));
  EXPECT_NE(member(bytes, "docProps/core.xml").find("2026-11-22T00:00:00Z"), std::string::npos);
  EXPECT_NE(bytes, written(book, {.created = *Date::make(2026, 11, 23)}));
}

TEST(XlsxWriter, WritesTheSameCellsInConstantMemory) {
  const Workbook book = book_of(text("丙"), {.content = Decimal(3)});
  const XlsxOptions streaming{.created = kOptions.created, .many_rows = 1};
  EXPECT_EQ(cells(written(book, streaming)), cells(written(book)));
}

TEST(XlsxWriter, KeepsRowSpansInConstantMemory) {
  Workbook book = book_of({.content = std::string("两行"), .row_span = 2}, text("一"));
  book.sheets[0].table.rows.push_back({{.covered = true}, text("二")});
  const XlsxOptions streaming{.created = kOptions.created, .many_rows = 1};
  const std::string bytes = written(book, streaming);
  EXPECT_EQ(cells(bytes), "A1=甲 B1=乙 A2=两行 B2=一 B3=二");
  EXPECT_NE(sheet_xml(bytes).find("<mergeCell ref=\"A2:A3\"/>"), std::string::npos);
}

TEST(XlsxWriter, MergesAHeadOfSeveralLevelsAlikeInBothModes) {
  Sheet sheet{.name = "台账"};
  sheet.table = {.columns = {{}, {}, {}},
                 .header_rows = 2,
                 .rows = {{{.content = std::string("序号"), .row_span = 2},
                           {.content = std::string("帮扶"), .column_span = 2},
                           {.covered = true}},
                          {{.covered = true}, text("领导"), text("单位")},
                          {text("1"), text("张三"), text("工信局")}}};
  const Workbook book{.title = "台账", .sheets = {sheet}};
  const std::string bytes = written(book);
  EXPECT_EQ(cells(bytes), "A1=序号 B1=帮扶 B2=领导 C2=单位 A3=1 B3=张三 C3=工信局");
  EXPECT_EQ(cells(written(book, {.created = kOptions.created, .many_rows = 1})), cells(bytes));
}

TEST(XlsxWriter, WritesListsColoursLinksAndNamesOfTheSheet) {
  Workbook book = book_of(text("在办"), text("去明细"));
  Sheet& sheet = book.sheets[0];
  sheet.choices.push_back({{1, 0, 1, 0}, {"在办", "办结"}});
  sheet.conditions.push_back({{1, 0, 1, 1}, "$A2=\"在办\"", model::Mark::Doubtful});
  sheet.links.push_back({1, 1, "#明细"});
  sheet.links.push_back({0, 1, "https://example.org/a?b=1"});
  sheet.names.push_back({"状态列", {1, 0, 1, 0}});
  book.sheets.push_back({.name = "明细", .table = sheet.table});
  const std::string bytes = written(book);
  const std::string xml = sheet_xml(bytes);
  EXPECT_NE(xml.find("<formula1>\"在办,办结\"</formula1>"), std::string::npos) << xml;
  EXPECT_NE(xml.find("<formula>$A2=\"在办\"</formula>"), std::string::npos) << xml;
  EXPECT_NE(xml.find("location=\"'明细'!A1\""), std::string::npos) << xml;
  EXPECT_NE(member(bytes, "xl/workbook.xml").find("状态列"), std::string::npos);
  EXPECT_EQ(cells(bytes), "A1=甲 B1=乙 A2=在办 B2=去明细");
}

TEST(XlsxWriter, RefusesALinkToNoSheetAListTooLongAndABadName) {
  const auto refused = [](auto&& change) {
    Workbook book = book_of(text("一"), text("二"));
    change(book.sheets[0]);
    const auto bytes = write(book, kOptions);
    return bytes ? "" : bytes.error().id + " @" + bytes.error().where.part;
  };
  EXPECT_EQ(refused([](Sheet& sheet) {
              sheet.links.push_back({1, 1, "#没有"});
            }),
            "xlsx.link @安排表!B2");
  EXPECT_EQ(refused([](Sheet& sheet) {
              sheet.choices.push_back({{1, 0, 1, 0}, {std::string(300, 'a')}});
            }),
            "xlsx.choices @安排表!A2");
  EXPECT_EQ(refused([](Sheet& sheet) {
              sheet.names.push_back({"a b", {1, 0, 1, 0}});
            }),
            "xlsx.name @安排表!A2");
}

TEST(XlsxWriter, RefusesSpansThatLeaveTheTableOrDisagree) {
  const auto refusal = [](Cell first, Cell second) {
    const auto bytes = write(book_of(std::move(first), std::move(second)), kOptions);
    return bytes ? "" : bytes.error().id + " @" + bytes.error().where.part;
  };
  EXPECT_EQ(refusal({.column_span = 3}, {.covered = true}), "xlsx.shape @安排表!A2");
  EXPECT_EQ(refusal({.column_span = 2}, {}), "xlsx.shape @安排表!B2");
  EXPECT_EQ(refusal({}, {.covered = true}), "xlsx.shape @安排表!B2");
  EXPECT_EQ(refusal({.row_span = 2}, {}), "xlsx.shape @安排表!A2");
  EXPECT_EQ(refusal({.column_span = 0}, {}), "xlsx.shape @安排表!A2");
}

TEST(XlsxWriter, NamesTheCellOfATextThatIsTooLong) {
  const auto bytes = write(book_of(text(std::string(32768, 'a')), text("x")), kOptions);
  ASSERT_FALSE(bytes.has_value());
  EXPECT_EQ(bytes.error().id, "xlsx.text");
  EXPECT_EQ(bytes.error().where.part, "安排表!A2");
  EXPECT_TRUE(write(book_of(text(std::string(32767, 'a')), text("x")), kOptions).has_value());
}

TEST(XlsxWriter, SurvivesTextThatXmlCannotHold) {
  const std::string bytes =
      written(book_of(text(std::string("a\0b\x01<&>", 7)), text("\xFF\xFE坏")));
  const std::string seen = cells(bytes);
  EXPECT_NE(seen.find("<&>"), std::string::npos) << seen;
  EXPECT_NE(seen.find("坏"), std::string::npos) << seen;
}

TEST(XlsxWriter, WritesAnEmptyWorkbookAndAnEmptySheet) {
  EXPECT_FALSE(written({}).empty());
  EXPECT_EQ(cells(written({.sheets = {Sheet{.name = "空", .title = "标题"}}})), "A1=标题");
}

TEST(SheetNames, MakesNamesValidAndUnique) {
  const std::vector<Sheet> sheets = {{.name = "a:b/c"},
                                     {.name = "名单"},
                                     {.name = "名单"},
                                     {.name = ""},
                                     {.name = "ABC"},
                                     {.name = "abc"},
                                     {.name = "'x'"},
                                     {.name = std::string(40, 'y')},
                                     {.name = std::string(40, 'y')}};
  EXPECT_EQ(sheet_names(sheets),
            (std::vector<std::string>{"a-b-c", "名单", "名单(2)", "表4", "ABC", "abc(2)", "x",
                                      std::string(31, 'y'), std::string(28, 'y') + "(2)"}));
}

TEST(SheetPlan, TakesWidthsFromTheColumnElseFromTheContent) {
  Workbook book = book_of(text("云岭县盛翔箱包有限公司"), text("x"));
  book.sheets[0].table.columns[1].width = 10;
  const SheetPlan plan = plan_sheet(book.sheets[0]).value();
  EXPECT_DOUBLE_EQ(plan.widths[0], 22 + 1.2);
  EXPECT_DOUBLE_EQ(plan.widths[1], 20 + 1.2);
}

TEST(SheetPlan, EveryCellWidensItsColumnWhateverStandsAboveIt) {
  const std::vector<Cell> all = {{.content = Decimal(-12345)},
                                 {.content = Decimal(123456)},
                                 {.content = *Decimal::parse("1234.5678901")},
                                 {.content = Decimal(7), .decimals = 9},
                                 {.content = Money::from_fen(-5)},
                                 {.content = Money::from_fen(1'234'567)},
                                 {.content = *Date::make(2026, 11, 22)},
                                 text("甲乙丙丁，戊"),
                                 text("abcdefghijklm"),
                                 text("甲\n乙丙丁戊己"),
                                 text("\xFF\xFE\xC3\xA9")};
  for (const Cell& above : all) {
    for (const Cell& below : all) {
      const auto width = [](const Cell& first, const Cell& second) {
        return plan_sheet(book_of(first, second).sheets[0]).value().widths;
      };
      const std::vector<double> alone = width(above, below);
      Workbook book = book_of(above, above);
      book.sheets[0].table.rows.push_back({below, below});
      const double together = plan_sheet(book.sheets[0]).value().widths[0];
      EXPECT_DOUBLE_EQ(together, std::max(alone[0], alone[1])) << to_text(above) << to_text(below);
    }
  }
}

TEST(SheetPlan, BreaksHeadingsBeforeTheirUnit) {
  Workbook book = book_of(text("x"), text("x"));
  book.sheets[0].table.rows[0][0] = text("上年度营业收入（万元）");
  EXPECT_DOUBLE_EQ(plan_sheet(book.sheets[0]).value().widths[0], 14 + 1.2);
}

TEST(SheetPlan, MakesWrappedRowsHigher) {
  Workbook book = book_of(text("一二三四五六七八九十一二三四五六七八九十"), text("x\ny\nz"));
  book.sheets[0].table.columns[0].width = 10;
  const auto height = [](int lines) { return lines * 14.5 + 5.5; };
  EXPECT_DOUBLE_EQ(plan_sheet(book.sheets[0]).value().heights[1], height(3));
  book.sheets[0].table.rows[1][1] = text("x");
  EXPECT_DOUBLE_EQ(plan_sheet(book.sheets[0]).value().heights[1], height(2));
}

TEST(SheetPlan, RowsAreAsHighAsTheirWrittenLinesWhereColumnsHoldThem) {
  const std::string ten = "一二三四五六七八九十";
  Workbook book = book_of(text(ten + ten), text("甲\n乙"));
  auto& rows = book.sheets[0].table.rows;
  rows[0][1] = text(ten + ten + ten);
  const auto heights = [&] { return plan_sheet(book.sheets[0]).value().heights; };
  const auto height = [](int lines) { return lines * 14.5 + 5.5; };
  EXPECT_EQ(heights(), (std::vector{height(4), height(2)})) << "a heading wraps at nine characters";
  rows[1][0] = text(ten + ten + ten + "一");
  EXPECT_EQ(heights()[1], height(2)) << "wider than any column";
  rows[1][0] = text(ten + ten + ten + "一\n二");
  EXPECT_EQ(heights()[1], height(3));
}

TEST(SheetPlan, GivesTheLastRowWhatATallSpanLacks) {
  Workbook book = book_of({.content = std::string("1\n2\n3\n4"), .row_span = 2}, text("一"));
  book.sheets[0].table.rows.push_back({{.covered = true}, text("二")});
  const SheetPlan plan = plan_sheet(book.sheets[0]).value();
  EXPECT_DOUBLE_EQ(plan.heights[1], 20);
  EXPECT_DOUBLE_EQ(plan.heights[1] + plan.heights[2], 4 * 14.5 + 5.5);
}

}  // namespace
}  // namespace huice::render::xlsx
