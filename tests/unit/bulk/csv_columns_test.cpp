// The fast reader of CSV files against the reader of sheets: the same values in the same rows.
#include "bulk/csv_columns.h"

#include <array>
#include <fstream>
#include <random>

#include <gtest/gtest.h>

#include "bulk/csv_records.h"
#include "bulk/text_set.h"
#include "facts/cell_value.h"
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

/// Cells of every form, plain ones among them, made up by rule.
class OddCells {
 public:
  std::string make() {
    switch (roll(6)) {
      case 0:
        return pick(kNumbers);
      case 1:
        return pick(kDays);
      case 2:
        return pick(kTexts);
      default:
        return number();
    }
  }

 private:
  static constexpr std::array<std::string_view, 34> kNumbers = {
      "0",        "-0",     "7",    "00012",  "12.50", "0.1589", "12.",   ".5",  "-.5",
      "-",        "--5",    "+5",   "1e3",    "0x10",  "1,234",  "1,23",  "５",  "12 ",
      " 3",       "3人",    "5%",   "120%",   "1亿元", "3.5万",  "1.2.3", "1-2", "..5",
      "200..300", "300..2", "1..1", "约三百", "12:30", "9/10",   "1_000"};
  static constexpr std::array<std::string_view, 14> kDays = {
      "2015-03-08", "2015-3-8",     "2015-02-30", "2024-02-29", "2023-02-29",
      "0000-01-01", "0001-01-01",   "9999-12-31", "2015/03/08", "2015-03-0a",
      "2015-13-01", "2015年3月8日", "20150308",   "-015-03-08"};
  static constexpr std::array<std::string_view, 16> kTexts = {
      "是",
      "否",
      "√",
      "TRUE",
      "大概",
      "C13",
      "c1371",
      "Z99",
      "无",
      "暂无",
      "小微",
      "专精特新 小巨人",
      "三十二个字节长的一个词语加\"引号",
      "一个比任何一种说法都长得多而且谁也没有见过的说法，还带逗号",
      "两\n行",
      "430590"};

  std::uint64_t roll(std::uint64_t below) { return engine_() % below; }
  template <class Items>
  std::string pick(const Items& items) {
    return std::string(items[roll(items.size())]);
  }
  /// One to twenty digits, with a sign and a point at times.
  std::string number() {
    std::string text = roll(6) == 0 ? "-" : "";
    const std::uint64_t digits = 1 + roll(roll(4) == 0 ? 20 : 9);
    for (std::uint64_t i = 0; i < digits; ++i)
      text += static_cast<char>('0' + roll(10));
    if (roll(2) == 0) text.insert(roll(text.size() + 1), ".");
    return text;
  }

  std::mt19937_64 engine_{7};
};

std::string quoted_cell(const std::string& cell) {
  std::string text = "\"";
  for (const char c : cell)
    text += c == '"' ? std::string("\"\"") : std::string(1, c);
  return text + "\"";
}

TEST_F(CsvColumnsTest, PlainCellsReadAtOnceMeanWhatTheReaderOfCellsSays) {
  constexpr std::size_t kRows = 60;
  std::erase_if(facts_, [](const auto& fact) {
    return fact.name == "企业名称" || fact.name == "统一社会信用代码";
  });
  std::string text = "企业名称";
  for (const auto& fact : facts_)
    text += "," + fact.name;
  OddCells made;
  std::vector<std::vector<std::string>> rows(kRows);
  for (std::size_t row = 0; row < kRows; ++row) {
    text += "\n企业" + std::to_string(row) + "号";
    for (std::size_t i = 0; i < facts_.size(); ++i) {
      const std::string& cell = rows[row].emplace_back(made.make());
      const bool plain = cell.find_first_of("\",\n") == cell.npos;
      text += "," + (plain && (row + i) % 5 != 0 ? cell : quoted_cell(cell));
    }
  }
  const auto import = read_csv_columns(file(text), catalogue_, facts_);
  ASSERT_TRUE(import.has_value()) << import.error().message;
  ASSERT_EQ(import.value().columns.rows(), kRows);
  std::vector<std::string> names;
  for (const auto& fact : facts_)
    names.push_back(fact.name);
  std::size_t refused = 0;
  for (std::size_t row = 0; row < kRows; ++row) {
    auto profile = import.value().columns.profile(row, names);
    for (std::size_t i = 0; i < facts_.size(); ++i) {
      const auto wanted = facts::read_cell({.content = rows[row][i]}, facts_[i], {});
      refused += wanted.refusal ? 1 : 0;
      const model::Fact& found = profile.facts[names[i]];
      EXPECT_TRUE(found.value == wanted.value.value_or(model::Value()) && found.low == wanted.low &&
                  found.high == wanted.high)
          << names[i] << ": " << rows[row][i];
    }
  }
  EXPECT_EQ(import.value().refused_cells, refused);
}

TEST_F(CsvColumnsTest, RecordsAreWholeWhereverThePiecesOfAFileEnd) {
  const std::string long_cell(50'000, 'x');
  std::string text;
  for (int i = 0; i < 40; ++i)
    text += std::to_string(i) + ",\"a,\n\"\"b\"," + long_cell.substr(static_cast<std::size_t>(i)) +
            "\r\n\n";
  CsvRecords records(file(text + "last,"));
  for (int i = 0; i < 40; ++i) {
    ASSERT_TRUE(records.next());
    EXPECT_EQ(records.line(), 1 + 3 * i);
    const std::vector<std::string_view> wanted = {
        records.cells().front(), "a,\n\"b",
        std::string_view(long_cell).substr(static_cast<std::size_t>(i))};
    EXPECT_EQ(records.cells(), wanted);
    EXPECT_EQ(records.cells().front(), std::to_string(i));
    ASSERT_TRUE(records.next());
    EXPECT_TRUE(records.cells().empty());
  }
  ASSERT_TRUE(records.next());
  EXPECT_EQ(records.cells(), (std::vector<std::string_view>{"last", ""}));
  EXPECT_FALSE(records.next());
  EXPECT_FALSE(records.is_broken());
}

TEST_F(CsvColumnsTest, ARecordTooLongIsNotReadToItsEnd) {
  CsvRecords open_quote(file("a,\"" + std::string(kMaxRowBytes + 1, '\n')));
  EXPECT_FALSE(open_quote.next());
  EXPECT_TRUE(open_quote.is_broken());
  CsvRecords long_line(file(std::string(kMaxRowBytes + 1, 'x') + "\n"));
  EXPECT_FALSE(long_line.next());
  EXPECT_TRUE(long_line.is_broken());
}

TEST_F(CsvColumnsTest, ASetOfTextsKnowsEachOfThem) {
  TextSet texts;
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 5'000; ++i)
      EXPECT_EQ(texts.insert("示例企业" + std::to_string(i)), round == 0) << i;
  }
  EXPECT_TRUE(texts.insert(""));
  EXPECT_FALSE(texts.insert(""));
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
