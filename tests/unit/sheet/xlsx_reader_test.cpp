#include "sheet/xlsx_reader.h"

#include <string>

#include <gtest/gtest.h>

#include "package.h"
#include "sheet/number_format.h"

namespace huice::sheet {
namespace {

/// All cells of the first sheet: `A1=文字 B1=3`.
std::string cells(const Package& package) {
  const auto grids = read_xlsx(package.bytes(), "表.xlsx");
  if (!grids) return grids.error().id + " @" + grids.error().where.part;
  std::string out;
  for (const GridRow& row : grids.value().front().rows) {
    for (const GridCell& cell : row.cells) {
      out += (out.empty() ? "" : " ") + to_a1({row.number, cell.column}) + "=" + to_text(cell);
    }
  }
  return out;
}

std::string cells(std::string_view rows) {
  return cells(Package::with_rows(rows));
}

TEST(ReadXlsx, ReadsEveryKindOfCell) {
  EXPECT_EQ(cells("<row r='3'><c r='A3' t='s'><v>0</v></c>"
                  "<c r='B3' t='inlineStr'><is><r><t>富</t></r><r><t>文本</t></r>"
                  "<rPh><t>注音</t></rPh></is></c>"
                  "<c r='C3'><v>12.5</v></c><c r='D3' t='b'><v>1</v></c>"
                  "<c r='E3' t='str'><f>A1</f><v>公式</v></c><c r='F3' t='e'><v>#N/A</v></c>"
                  "<c r='AA3' t='d'><v>2026-10-30T00:00:00</v></c></row>"),
            "A3=共享 B3=富文本 C3=12.5 D3=TRUE E3=公式 F3=#N/A AA3=2026-10-30");
}

TEST(ReadXlsx, HandsOnTheSameRowsOneByOne) {
  const Package package = Package::with_rows(
      "<row r='2'><c r='A2' t='s'><v>0</v></c></row><row r='3'/>"
      "<row r='9'><c r='B9'><v>1</v></c><c r='C9' t='b'><v>1</v></c></row>");
  const auto grids = read_xlsx(package.bytes(), "表.xlsx");
  ASSERT_TRUE(grids.has_value());
  std::size_t next = 0;
  const Status read =
      read_xlsx_rows(package.bytes(), "表.xlsx", [&](const Grid& sheet, const GridRow& row) {
        EXPECT_EQ(sheet.name, "企业");
        const GridRow& wanted = grids.value().front().rows.at(next++);
        EXPECT_EQ(row.number, wanted.number);
        ASSERT_EQ(row.cells.size(), wanted.cells.size());
        for (std::size_t i = 0; i < row.cells.size(); ++i)
          EXPECT_EQ(to_text(row.cells[i]), to_text(wanted.cells[i]));
      });
  EXPECT_TRUE(read.has_value());
  EXPECT_EQ(next, 2U);
}

TEST(ReadXlsx, TakesDaysAndPercentagesFromTheFormats) {
  EXPECT_EQ(cells("<row r='1'><c r='A1' s='1'><v>42071</v></c><c r='B1' s='3'><v>42071.75</v></c>"
                  "<c r='C1' s='2'><v>3.2000000000000001E-2</v></c><c r='D1' s='0'><v>42071</v></c>"
                  "<c r='E1' s='1'><v>0.5</v></c></row>"),
            "A1=2015-03-08 B1=2015-03-08 C1=3.2% D1=42071 E1=0.5");
}

TEST(ReadXlsx, CountsDaysAsEachSystemDoes) {
  const std::string rows =
      "<row r='1'><c r='A1' s='1'><v>1</v></c><c r='B1' s='1'><v>59</v></c>"
      "<c r='C1' s='1'><v>61</v></c></row>";
  EXPECT_EQ(cells(rows), "A1=1900-01-01 B1=1900-02-28 C1=1900-03-01");
  Package package = Package::with_rows(rows);
  package.workbook.replace(package.workbook.find("<sheets>"), 0, "<workbookPr date1904='1'/>");
  EXPECT_EQ(cells(package), "A1=1904-01-02 B1=1904-02-29 C1=1904-03-02");
}

TEST(ReadXlsx, ShowsNumbersWithFifteenDigits) {
  EXPECT_EQ(cells("<row><c><v>1942.6300000000001</v></c><c><v>0.30000000000000004</v></c>"
                  "<c><v>1E-3</v></c><c><v>914305905229899443</v></c></row>"),
            "A1=1942.63 B1=0.3 C1=0.001 D1=914305905229899000");
}

TEST(ReadXlsx, CountsRowsAndCellsThatCarryNoAddress) {
  EXPECT_EQ(cells("<row/><row><c/><c><v>2</v></c></row>"), "B2=2");
}

TEST(ReadXlsx, LeavesOutEmptyCellsButNotFormulasWithoutAResult) {
  const auto grids =
      read_xlsx(Package::with_rows("<row><c s='1'/><c><f>A1*2</f></c></row>").bytes(), "表.xlsx");
  ASSERT_TRUE(grids.has_value());
  const GridRow& row = grids.value().front().rows.at(0);
  ASSERT_EQ(row.cells.size(), 1U);
  EXPECT_EQ(row.cells[0].column, 2);
  EXPECT_EQ(std::get<CellFault>(row.cells[0].content), CellFault{});
}

TEST(ReadXlsx, DecodesEscapedCharacters) {
  EXPECT_EQ(cells("<row><c t='str'><v>上_x000A_下_x005F_x000A_</v></c></row>"), "A1=上\n下_x000A_");
}

TEST(ReadXlsx, MarksHiddenSheetsAndLeavesOutCharts) {
  Package package = Package::with_rows("<row><c><v>1</v></c></row>");
  package.workbook =
      "<x:workbook xmlns:x='m' xmlns:q='r'><x:sheets><x:sheet name='甲' q:id='rId1' "
      "state='veryHidden'/><x:sheet name='图' q:id='rId9'/></x:sheets></x:workbook>";
  package.relations.replace(package.relations.find("</"), 0,
                            "<Relationship Id='rId9' Type='x/chartsheet' Target='c.xml'/>");
  const auto grids = read_xlsx(package.bytes(), "表.xlsx");
  ASSERT_TRUE(grids.has_value());
  ASSERT_EQ(grids.value().size(), 1U);
  EXPECT_EQ(grids.value()[0].name, "甲");
  EXPECT_TRUE(grids.value()[0].hidden);
}

TEST(ReadXlsx, KeepsMergedRanges) {
  Package package = Package::with_rows("<row><c><v>1</v></c></row>");
  package.sheet.replace(package.sheet.find("</worksheet>"), 0,
                        "<mergeCells><mergeCell ref='A1:C2'/></mergeCells>");
  const auto grids = read_xlsx(package.bytes(), "表.xlsx");
  ASSERT_EQ(grids.value().front().merged.size(), 1U);
  EXPECT_EQ(grids.value().front().merged[0].last, (CellAddress{2, 3}));
  package.sheet.replace(package.sheet.find("A1:C2"), 5, "C2:A1");
  EXPECT_EQ(cells(package), "xlsx.corrupt @企业!A1");
}

TEST(ReadXlsx, NamesTheCellThatIsDamaged) {
  EXPECT_EQ(cells("<row r='2'><c r='B2' t='s'><v>7</v></c></row>"), "xlsx.corrupt @企业!B2");
  EXPECT_EQ(cells("<row r='2'><c r='B2'><v>abc</v></c></row>"), "xlsx.corrupt @企业!B2");
  EXPECT_EQ(cells("<row r='2'><c r='B3'><v>1</v></c></row>"), "xlsx.corrupt @企业!A2");
  EXPECT_EQ(cells("<row r='2'><c r='B2'><v>1</v></c><c r='A2'/></row>"), "xlsx.corrupt @企业!A2");
}

TEST(ReadXlsx, RefusesAddressesBeyondTheSheet) {
  EXPECT_EQ(cells("<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"), "XFD1048576=1");
  EXPECT_EQ(cells("<row r='1'><c r='XFE1'><v>1</v></c></row>"), "xlsx.corrupt @企业!A1");
  EXPECT_EQ(cells("<row r='1'><c r='BDWGN1'><v>1</v></c></row>"), "xlsx.corrupt @企业!A1");
  EXPECT_EQ(cells("<row r='1048577'><c><v>1</v></c></row>"), "xlsx.corrupt @企业!A1");
  EXPECT_EQ(cells("<row r='99999999999999999999'/>"), "xlsx.corrupt @企业!A1");
}

TEST(ReadXlsx, RefusesRowsOutOfOrder) {
  EXPECT_EQ(cells("<row r='2'/><row r='2'/>"), "xlsx.corrupt @企业!A3");
}

TEST(ReadXlsx, RefusesASharedTextShownTooOften) {
  Package package;
  std::string text;
  for (int i = 0; text.size() < std::size_t{1} << 20; ++i)
    text += std::to_string(i);
  text.resize(std::size_t{1} << 20);
  package.strings = "<sst><si><t>" + text + "</t></si></sst>";
  std::string rows;
  for (int i = 0; i < 300; ++i)
    rows += "<row><c t='s'><v>0</v></c></row>";
  package.sheet = "<worksheet><sheetData>" + rows + "</sheetData></worksheet>";
  EXPECT_EQ(cells(package), "xlsx.too-large @企业!A257");
}

TEST(ReadXlsx, RefusesDocumentTypesInAnyPart) {
  Package package = Package::with_rows("");
  package.strings = "<!DOCTYPE sst [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><sst/>";
  EXPECT_EQ(cells(package), "xml.doctype @xl/sharedStrings.xml");
  package = Package::with_rows("");
  package.sheet = "<!DOCTYPE a>" + package.sheet;
  EXPECT_EQ(cells(package), "xml.doctype @企业");
}

TEST(ReadXlsx, RefusesDeepXml) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i)
    deep += "<row>";
  EXPECT_EQ(cells(deep), "xml.too-deep @企业");
}

TEST(ReadXlsx, TellsOldAndForeignFilesApart) {
  EXPECT_EQ(read_xlsx("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1…", "表.xls").error().id, "xlsx.old-format");
  EXPECT_EQ(read_xlsx("企业名称,税号", "表.xlsx").error().id, "zip.not-zip");
  archive::ZipWriter docx;
  docx.add("word/document.xml", "<document/>");
  EXPECT_EQ(read_xlsx(docx.finish(), "表.xlsx").error().id, "xlsx.no-workbook");
}

TEST(ReadXlsx, NamesAMissingWorksheet) {
  Package package = Package::with_rows("");
  package.workbook.replace(package.workbook.find("rId1"), 4, "rId8");
  EXPECT_EQ(cells(package), "xlsx.corrupt @xl/workbook.xml");
  package = Package::with_rows("");
  package.relations.replace(package.relations.find("sheet1"), 6, "sheet8");
  EXPECT_EQ(cells(package), "zip.no-member @xl/worksheets/sheet8.xml");
}

TEST(NumberFormat, TellsDaysFromNumbers) {
  for (const std::string_view day :
       {"yyyy-mm-dd", "yyyy\"年\"m\"月\"", "[$-804]m/d/yy h:mm", "yyyy/m/d;@", "m\\-d", "YYYY"}) {
    EXPECT_EQ(kind_of_format(day), NumberKind::Day) << day;
  }
  for (const std::string_view plain : {"General", "G/通用格式", "0.00", "#,##0.00_);[Red]",
                                       "0\"day\"", "[h]:mm", "", "\"", "[", "\\", "0.00E+00"}) {
    EXPECT_EQ(kind_of_format(plain), NumberKind::Plain) << plain;
  }
  EXPECT_EQ(kind_of_format("0.00%"), NumberKind::Percent);
}

TEST(CellAddress, WritesAndReadsA1) {
  for (const int column : {1, 26, 27, 52, 702, 703, 16384}) {
    const CellAddress address{7, column};
    EXPECT_EQ(parse_a1(to_a1(address)), address);
  }
  EXPECT_EQ(to_a1({5, 703}), "AAA5");
  for (const std::string_view bad : {"", "A", "5", "A0", "a1", "A1B", "XFE1", "A1048577"}) {
    EXPECT_FALSE(parse_a1(bad)) << bad;
  }
}

}  // namespace
}  // namespace huice::sheet
