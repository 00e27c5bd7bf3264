#include "sheet/csv_reader.h"

#include <string>

#include <gtest/gtest.h>

namespace huice::sheet {
namespace {

/// All fields: `A1=甲 B1=乙`, or the refusal with its place.
std::string fields(std::string_view bytes) {
  const auto grid = read_csv(bytes, "表.csv");
  if (!grid) {
    const SourceSpan& where = grid.error().where;
    return grid.error().id + " " + std::to_string(where.line) + ":" + std::to_string(where.column);
  }
  std::string out;
  for (const GridRow& row : grid.value().rows) {
    for (const GridCell& cell : row.cells) {
      out += (out.empty() ? "" : " ") + to_a1({row.number, cell.column}) + "=" + to_text(cell);
    }
  }
  return out;
}

TEST(ReadCsv, ReadsFieldsAndLeavesOutEmptyOnes) {
  EXPECT_EQ(fields("\xEF\xBB\xBF名称,代码\r\n甲,,丙\r\n\r\n,乙"),
            "A1=名称 B1=代码 A2=甲 C2=丙 B4=乙");
}

TEST(ReadCsv, ReadsQuotedFields) {
  EXPECT_EQ(fields("\"a,b\",\"说\"\"好\"\"\",\"两\n行\"\nc,\"\""),
            "A1=a,b B1=说\"好\" C1=两\n行 A2=c");
}

TEST(ReadCsv, KnowsThePhysicalLineOfARow) {
  const auto grid = read_csv("\"两\n行\",b\nc", "表.csv");
  ASSERT_TRUE(grid.has_value());
  EXPECT_EQ(grid.value().rows[1].number, 2);
  EXPECT_EQ(grid.value().where(grid.value().rows[1], 1).line, 3);
}

TEST(ReadCsv, FindsTheSeparator) {
  EXPECT_EQ(fields("a;b;c\n1,5;2"), "A1=a B1=b C1=c A2=1,5 B2=2");
  EXPECT_EQ(fields("a\tb\n1,2"), "A1=a B1=b A2=1,2");
  EXPECT_EQ(fields("\"a;b;c\",d"), "A1=a;b;c B1=d");
}

TEST(ReadCsv, ReadsGb18030) {
  EXPECT_EQ(fields("\xC6\xF3\xD2\xB5,1"), "A1=企业 B1=1");
}

TEST(ReadCsv, GivesThePlaceOfAWrongQuote) {
  EXPECT_EQ(fields("a,b\n甲,\"乙"), "csv.quote 2:3");
  EXPECT_EQ(fields("a,b\n\"甲\"乙,c"), "csv.quote 2:4");
}

TEST(ReadCsv, KeepsItsLimits) {
  EXPECT_EQ(fields("a," + std::string(kMaxFieldBytes + 1, 'x')), "csv.too-large 1:3");
  EXPECT_EQ(fields(std::string(kMaxColumn, ',')), "csv.too-large 1:16385");
  EXPECT_EQ(fields(std::string(kMaxColumn - 1, ',')), "");
}

TEST(ReadCsv, TakesAnEmptyFile) {
  EXPECT_EQ(fields(""), "");
}

}  // namespace
}  // namespace huice::sheet
