// The fast reader of CSV files against the reader of sheets: the same values in the same rows.
#include "bulk/csv_columns.h"

#include <fstream>

#include <gtest/gtest.h>

#include "policy/library.h"
#include "sheet/profile_reader.h"

namespace huice::bulk {
namespace {

const Date kOn = Date::make(2026, 11, 22).value();

class CsvColumnsTest : public testing::Test {
 protected:
  CsvColumnsTest() : catalogue_(shipped().catalogue_for(kOn.year())) {
    for (const auto& fact : catalogue_.facts) {
      if (fact.type != model::FactType::List) facts_.push_back(fact);
    }
  }

  std::filesystem::path file(const std::string& text) {
    const std::string name = testing::UnitTest::GetInstance()->current_test_info()->name();
    const auto path = std::filesystem::path(testing::TempDir()) / ("csv_columns_" + name + ".csv");
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }

  void expect_as_sheet(const std::filesystem::path& path) {
    const auto fast = read_csv_columns(path, catalogue_, facts_);
    ASSERT_TRUE(fast.has_value()) << fast.error().message;
    const auto slow = sheet::read_profiles(path, catalogue_);
    ASSERT_TRUE(slow.has_value()) << slow.error().message;
    const Columns& columns = fast.value().columns;
    const auto& profiles = slow.value().profiles;
    ASSERT_EQ(columns.rows(), profiles.size());
    std::vector<std::string> names;
    for (const auto& fact : facts_)
      names.push_back(fact.name);
    for (std::size_t row = 0; row < profiles.size(); ++row) {
      const auto profile = columns.profile(row, names);
      for (const std::string& name : names) {
        const auto wanted = profiles[row].facts.find(name);
        const auto found = profile.facts.find(name);
        const model::Value none;
        const model::Value& a = found == profile.facts.end() ? none : found->second.value;
        const model::Value& b = wanted == profiles[row].facts.end() ? none : wanted->second.value;
        EXPECT_TRUE(a == b) << "row " << row << ", " << name;
      }
    }
  }

  static const policy::Library& shipped() {
    static const policy::Library kLibrary =
        policy::load_library(HUICE_SOURCE_DIR "/policies").value();
    return kLibrary;
  }

  model::FactCatalogue catalogue_;
  std::vector<model::FactDefinition> facts_;
};

TEST_F(CsvColumnsTest, CellsMeanWhatTheReaderOfSheetsSays) {
  expect_as_sheet(file(
      "单位名称,统一社会信用代码,区划代码,职工人数,总资产（万元）,裁员率,成立时间,是否规上企业,"
      "行业代码,应纳税所得额,专精特新\n"
      "甲公司,914300000000000001,430590,\" 120 \",1234.5,5.5%,2015-03-08,是,C1371,-12.345,无\n"
      "乙公司,914300000000000002,430590,约三百,３００,0.055,2015年3月8日,√,1371,1亿元,小巨人\n"
      "\"丙\"\"丙\"\"公司\",914300000000000003,,0,,3,2015-02-30,大概,Z99,\"1,234.5\","
      "专精特新小巨人\n"
      "丁公司,914300000000000004,430590,-5,0.000001,,暂无,否,C13,—,创新型中小企业\r\n"
      "戊公司,914300000000000005,430590,12人,1e3,100%,2024-2-29,0,A01,99999999999999999999,\n"));
}

TEST_F(CsvColumnsTest, TotalsBlankRowsAndDoublesArePassedOver) {
  const auto path = file(
      "企业名称,统一社会信用代码,从业人数\n甲,乙,1\n"
      "甲公司,914300000000000001,1\n,,\n合计,,9\n甲公司,914300000000000001,2\n"
      "乙公司,914300000000000002,3\n企业名称,代码,从业人数\n注：单位为人,,");
  expect_as_sheet(path);
  EXPECT_EQ(read_csv_columns(path, catalogue_, facts_).value().passed_over, 6u);
}

TEST_F(CsvColumnsTest, RefusedCellsAreCountedWithTheirLines) {
  const auto import =
      read_csv_columns(file("企业名称,从业人数\n甲公司,1\n乙公司,许多\n"), catalogue_, facts_);
  ASSERT_TRUE(import.has_value());
  ASSERT_EQ(import.value().refused_cells, 1u);
  EXPECT_EQ(import.value().refusals.front().where.line, 3);
  EXPECT_EQ(import.value().refusals.front().id, "sheet.cell.number");
}

TEST_F(CsvColumnsTest, ARowWithARangeGoesToTheScalarEngineWhole) {
  const auto import = read_csv_columns(file("企业名称,从业人数,资产总额（万元）,从业人数来源\n"
                                            "甲公司,200..300,1,社保\n乙公司,5,2,社保\n"),
                                       catalogue_, facts_);
  ASSERT_TRUE(import.has_value());
  const auto& odd = import.value().columns.odd();
  ASSERT_EQ(odd.size(), 1u);
  EXPECT_EQ(odd.at(0).facts.at("从业人数").low, Decimal(200));
  EXPECT_EQ(odd.at(0).facts.at("从业人数").high, Decimal(300));
  EXPECT_EQ(odd.at(0).facts.at("资产总额").value, model::Value(10000));
}

TEST_F(CsvColumnsTest, YearsOfASeriesAreLeftToTheReaderOfSheets) {
  const auto import =
      read_csv_columns(file("企业名称,2019年营业收入（元）\n甲公司,5\n"), catalogue_, facts_);
  ASSERT_FALSE(import.has_value());
  EXPECT_EQ(import.error().id, "bulk.series");
  EXPECT_EQ(import.error().code, ErrorCode::Unsupported);
}

TEST_F(CsvColumnsTest, AFileWithoutAHeadingOrInAnotherEncodingIsRefused) {
  EXPECT_EQ(read_csv_columns(file("1,2\n3,4\n"), catalogue_, facts_).error().id,
            "sheet.no-heading");
  EXPECT_EQ(read_csv_columns(file("\xC6\xF3\xD2\xB5,2\n"), catalogue_, facts_).error().id,
            "bulk.encoding");
}

}  // namespace
}  // namespace huice::bulk
