#include "sheet/profile_reader.h"

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/files.h"
#include "package.h"
#include "sheet/csv_reader.h"

namespace huice::sheet {
namespace {

using model::FactCatalogue;
using model::FactDefinition;
using model::FactType;
using model::Value;

const FactCatalogue& catalogue() {
  static const FactCatalogue kCatalogue{
      {{.name = "企业名称", .aliases = {"单位名称"}, .type = FactType::Text},
       {.name = "统一社会信用代码", .aliases = {"税号"}, .type = FactType::Code},
       {.name = "从业人数",
        .aliases = {"从业人员"},
        .type = FactType::Number,
        .unit = "人",
        .non_negative = true},
       {.name = "资产总额", .type = FactType::Money, .unit = "元"},
       {.name = "上年度营业收入",
        .aliases = {"2025年营业收入", "营业收入"},
        .type = FactType::Money,
        .unit = "元"},
       {.name = "前年度营业收入", .aliases = {"2024年营业收入"}, .type = FactType::Money},
       {.name = "上年度裁员率", .aliases = {"裁员率"}, .type = FactType::Ratio},
       {.name = "新招用人员",
        .aliases = {"招工名单"},
        .type = FactType::List,
        .fields = {{.name = "人员类别", .type = FactType::Text},
                   {.name = "年龄", .type = FactType::Number, .unit = "岁"}}}}};
  return kCatalogue;
}

/// A grid from rows of texts; `-` stands for an empty cell.
Grid grid(const std::vector<std::vector<std::string>>& rows, std::string name = "企业") {
  Grid grid{.file = "表.xlsx", .name = std::move(name)};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    GridRow row{.number = static_cast<int>(i) + 1};
    for (std::size_t j = 0; j < rows[i].size(); ++j) {
      if (rows[i][j] == "-") continue;
      row.cells.push_back({.column = static_cast<int>(j) + 1, .content = rows[i][j]});
    }
    if (!row.cells.empty()) grid.rows.push_back(std::move(row));
  }
  return grid;
}

ProfileImport import(const std::vector<Grid>& grids) {
  auto read = read_profiles(grids, catalogue());
  EXPECT_TRUE(read.has_value()) << read.error().message;
  return read ? std::move(read).value() : ProfileImport{};
}

std::string shown(const Value& value) {
  if (value.number() != nullptr) return value.number()->to_string();
  return value.text() == nullptr ? std::string(value.kind()) : *value.text();
}

std::string fact(const ProfileImport& read, std::size_t index, const std::string& name) {
  const auto& facts = read.profiles.at(index).facts;
  const auto found = facts.find(name);
  if (found == facts.end()) return "未知";
  return shown(found->second.value);
}

/// `id@part` of each finding.
std::vector<std::string> ids(const Findings& findings) {
  std::vector<std::string> ids;
  for (const Error& error : findings) {
    ids.push_back(error.id + "@" + error.where.part);
  }
  return ids;
}

/// `wanted` is `id@part`, or the id alone.
bool has(const Findings& findings, const std::string& wanted) {
  return std::ranges::any_of(findings, [&](const Error& error) {
    return wanted == error.id || wanted == error.id + "@" + error.where.part;
  });
}

TEST(ReadProfiles, FindsTheHeadingBelowTitlesAndReadsTheRows) {
  const auto read = import({grid({{"企业情况表"},
                                  {"填报日期：2026年10月30日", "-", "单位：万元"},
                                  {"单位名称", "从业人员\n（人）", "资产总额"},
                                  {"甲公司", "102", "1,942.63"},
                                  {"乙公司", "-", "5"}})});
  ASSERT_EQ(read.profiles.size(), 2U);
  EXPECT_EQ(read.profiles[0].name, "甲公司");
  EXPECT_EQ(fact(read, 0, "从业人数"), "102");
  EXPECT_EQ(fact(read, 0, "资产总额"), "19426300");
  EXPECT_EQ(fact(read, 1, "从业人数"), "未知");
  const model::Fact& staff = read.profiles[0].facts.at("从业人数");
  EXPECT_EQ(staff.source, "表.xlsx 企业!B4");
  EXPECT_EQ(staff.observed, Date::make(2026, 10, 30));
  EXPECT_TRUE(read.refused.empty());
}

TEST(ReadProfiles, ReadsHeadingsOfTwoMergedRows) {
  Grid table = grid({{"企业名称", "营业收入（万元）", "-", "裁员率（%）"},
                     {"-", "2025年", "2024年", "-"},
                     {"甲公司", "3", "2", "5.5"}});
  table.merged = {{{1, 1}, {2, 1}}, {{1, 2}, {1, 3}}, {{1, 4}, {2, 4}}};
  const auto read = import({table});
  EXPECT_EQ(fact(read, 0, "上年度营业收入"), "30000");
  EXPECT_EQ(fact(read, 0, "前年度营业收入"), "20000");
  EXPECT_EQ(fact(read, 0, "上年度裁员率"), "0.055");
  ASSERT_EQ(read.mapping.size(), 4U);
  EXPECT_EQ(read.mapping[1].heading, "营业收入（万元）/2025年");
  EXPECT_EQ(read.mapping[1].factor, Decimal(10000));
  EXPECT_EQ(read.mapping[1].where.part, "企业!B2");
}

TEST(ReadProfiles, KeepsTheRowOfARefusedCell) {
  const auto read = import({grid({{"企业名称", "从业人数", "资产总额（元）"},
                                  {"甲公司", "约300", "100"},
                                  {"乙公司", "-5", "200"}})});
  ASSERT_EQ(read.profiles.size(), 2U);
  EXPECT_EQ(fact(read, 0, "从业人数"), "未知");
  EXPECT_EQ(fact(read, 0, "资产总额"), "100");
  EXPECT_EQ(ids(read.refused), (std::vector<std::string>{"sheet.cell.approximate@企业!B2",
                                                         "sheet.cell.negative@企业!B3"}));
  EXPECT_EQ(read.refused[0].where.file, "表.xlsx");
  EXPECT_EQ(read.refused[0].message, "“从业人数”应为确切的数字，实为“约300”");
}

TEST(ReadProfiles, PassesOverTotalsNotesNumberLinesAndRepeatedHeadings) {
  const auto read = import({grid({{"企业名称", "从业人数", "备考"},
                                  {"甲", "1", "2"},
                                  {"甲公司", "1"},
                                  {"企业名称", "从业人数", "备考"},
                                  {"合 计", "1"},
                                  {"注：从业人数含劳务派遣。"},
                                  {"填表人：某某"}})});
  ASSERT_EQ(read.profiles.size(), 1U);
  EXPECT_EQ(read.profiles[0].name, "甲公司");
  EXPECT_TRUE(read.refused.empty());
  EXPECT_TRUE(has(read.notes, "sheet.column.unknown@企业!C1"));
}

TEST(ReadProfiles, RefusesRowsThatNameNoEnterprise) {
  const auto read = import(
      {grid({{"企业名称", "从业人数", "资产总额（元）"}, {"-", "5", "6"}, {"甲公司", "5"}})});
  EXPECT_EQ(read.profiles.size(), 1U);
  EXPECT_EQ(ids(read.refused), std::vector<std::string>{"sheet.row.nameless@企业!B2"});
}

TEST(ReadProfiles, ReportsAnEnterpriseEnteredTwice) {
  const auto read = import({grid({{"企业名称", "税号", "从业人数"},
                                  {"甲公司", "91430590MA4LR4XJ7T", "5"},
                                  {"甲公司（新）", "91430590MA4LR4XJ7T", "6"}})});
  ASSERT_EQ(read.profiles.size(), 1U);
  EXPECT_EQ(fact(read, 0, "从业人数"), "5");
  EXPECT_TRUE(has(read.notes, "sheet.row.duplicate@企业!A3"));
}

TEST(ReadProfiles, AddsTheFactsOfAnotherTable) {
  const auto read =
      import({grid({{"企业名称", "从业人数"}, {"甲公司", "5"}}, "人员"),
              grid({{"企业名称", "从业人数", "资产总额（元）"}, {"甲公司", "9", "7"}}, "财务")});
  ASSERT_EQ(read.profiles.size(), 1U);
  EXPECT_EQ(fact(read, 0, "从业人数"), "5");
  EXPECT_EQ(fact(read, 0, "资产总额"), "7");
}

TEST(ReadProfiles, GivesTheRowsOfAListSheetToTheirEnterprises) {
  const auto read = import({grid({{"招工花名册"},
                                  {"税号", "单位名称", "人员类别", "年龄（岁）"},
                                  {"91430590MA4LR4XJ7T", "甲公司", "其他", "30岁"},
                                  {"91430590MA4LR4XJ7T", "甲公司", "其他", "二十出头"},
                                  {"91430590MA4LKJBK8F", "丙公司", "其他", "21"}},
                                 "招工名单"),
                            grid({{"企业名称", "税号", "从业人数"},
                                  {"甲公司", "91430590MA4LR4XJ7T", "5"},
                                  {"乙公司", "914305905229899443", "6"}})});
  ASSERT_EQ(read.profiles.size(), 2U);
  const Value::List* hires = read.profiles[0].facts.at("新招用人员").value.list();
  ASSERT_NE(hires, nullptr);
  ASSERT_EQ(hires->size(), 2U);
  EXPECT_EQ(*hires->at(0).find("年龄")->number(), Decimal(30));
  EXPECT_EQ(hires->at(1).find("年龄"), nullptr);
  EXPECT_TRUE(read.profiles[1].facts.at("新招用人员").value.list()->empty());
  EXPECT_EQ(ids(read.refused),
            (std::vector<std::string>{"sheet.cell.number@招工名单!D4",
                                      "sheet.row.unknown-enterprise@招工名单!A5"}));
  EXPECT_TRUE(has(read.notes, "sheet.list.absent"));
}

TEST(ReadProfiles, SaysWhenAnAmountHasNoUnitOrAStrangeOne) {
  const auto read =
      import({grid({{"企业名称", "资产总额", "营业收入（万美元）"}, {"甲公司", "5", "6"}})});
  EXPECT_EQ(fact(read, 0, "资产总额"), "5");
  EXPECT_EQ(fact(read, 0, "上年度营业收入"), "未知");
  EXPECT_TRUE(has(read.notes, "sheet.column.no-unit@企业!B1"));
  EXPECT_EQ(ids(read.refused), std::vector<std::string>{"sheet.column.unit@企业!C1"});
}

TEST(ReadProfiles, ReadsTheFirstOfTwoColumnsOfOneFact) {
  const auto read =
      import({grid({{"企业名称", "从业人数", "从业人员（人）"}, {"甲公司", "5", "6"}})});
  EXPECT_EQ(fact(read, 0, "从业人数"), "5");
  EXPECT_TRUE(has(read.notes, "sheet.column.duplicate@企业!C1"));
}

TEST(ReadProfiles, SkipsHiddenSheetsAloud) {
  Grid hidden = grid({{"企业名称", "从业人数"}, {"旧公司", "5"}}, "旧数据");
  hidden.hidden = true;
  const auto read = import({hidden, grid({{"企业名称", "从业人数"}, {"甲公司", "5"}})});
  EXPECT_EQ(read.profiles.size(), 1U);
  EXPECT_TRUE(has(read.notes, "sheet.hidden@旧数据"));
}

TEST(ReadProfiles, RefusesAFileWithoutAHeading) {
  const std::vector<Grid> grids = {grid({{"企业名称"}, {"甲公司"}}), grid({{"5", "6"}})};
  const auto read = read_profiles(grids, catalogue());
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().id, "sheet.no-heading");
  EXPECT_EQ(read.error().where.file, "表.xlsx");
}

TEST(ReadProfiles, EndsAtTheLimitOfFindings) {
  std::vector<std::vector<std::string>> rows = {{"企业名称", "从业人数"}};
  for (std::size_t i = 0; i < facts::kMaxFindings + 5; ++i) {
    rows.push_back({"公司" + std::to_string(i), "x"});
  }
  const auto read = import({grid(rows)});
  ASSERT_EQ(read.refused.size(), facts::kMaxFindings + 1);
  EXPECT_EQ(read.refused.back().message, "另有 5 处同类问题未逐一列出");
}

TEST(ReadProfiles, ReadsACsvFileAndTheListBesideIt) {
  const auto folder = std::filesystem::temp_directory_path() /
                      ("huice-profile-reader-test-" + std::to_string(getpid()));
  ASSERT_TRUE(
      write_file(folder / "企业.csv", "企业名称,税号,从业人数\n甲公司,91430590MA4LR4XJ7T,五\n"));
  ASSERT_TRUE(write_file(folder / "hires.csv", "税号,人员类别,年龄\n91430590MA4LR4XJ7T,其他,20\n"));
  const auto read = read_profiles(folder / "企业.csv", catalogue());
  std::filesystem::remove_all(folder);
  ASSERT_TRUE(read.has_value()) << read.error().message;
  EXPECT_EQ(fact(read.value(), 0, "从业人数"), "5");
  EXPECT_EQ(read.value().profiles[0].facts.at("新招用人员").value.list()->size(), 1U);
  EXPECT_EQ(read.value().profiles[0].where.line, 2);
}

TEST(ReadProfiles, NamesAFormatItDoesNotKnow) {
  const auto read = read_profiles(std::filesystem::path("a.pdf"), catalogue());
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().id, "sheet.format");
}

TEST(ReadProfiles, ColumnsMayTellTheSourceAndTheDayOfAFactOrOfARow) {
  const auto read =
      import({grid({{"企业名称", "从业人数", "从业人数来源", "资产总额（元）", "资产总额（截至）",
                     "数据来源", "数据截至"},
                    {"甲公司", "120", "社保系统", "5", "2026年6月30日", "经开区填报", "2026-09-30"},
                    {"乙公司", "7", "-", "6", "很久以前", "-", "-"}})});
  const auto& told = read.profiles.at(0).facts;
  EXPECT_EQ(told.at("从业人数").source, "社保系统");
  EXPECT_EQ(told.at("从业人数").observed, Date::make(2026, 9, 30));
  EXPECT_EQ(told.at("资产总额").source, "经开区填报");
  EXPECT_EQ(told.at("资产总额").observed, Date::make(2026, 6, 30));
  EXPECT_EQ(read.profiles.at(1).facts.at("从业人数").source, "表.xlsx 企业!B3");
  EXPECT_EQ(ids(read.refused), std::vector<std::string>{"sheet.cell.day@企业!E3"});
}

TEST(ReadProfiles, ARangeInACellIsAFactWithoutAValue) {
  const auto read = import(
      {grid({{"企业名称", "从业人数", "资产总额（万元）"}, {"甲公司", "200..300", "1..2"}})});
  const auto& told = read.profiles.at(0).facts;
  EXPECT_EQ(told.at("从业人数").low, Decimal(200));
  EXPECT_EQ(told.at("从业人数").high, Decimal(300));
  EXPECT_EQ(told.at("资产总额").high, Decimal(20000));
}

TEST(ReadProfiles, YearsOfASeriesMayBeColumns) {
  FactCatalogue facts = catalogue();
  facts.facts.push_back({.name = "各年营业收入",
                         .type = FactType::List,
                         .fields = {{.name = "年度", .type = FactType::Number},
                                    {.name = "值", .type = FactType::Money, .unit = "元"}},
                         .yearly = true});
  Grid table = grid({{"企业名称", "2025年营业收入（万元）", "2023年营业收入（万元）",
                      "各年营业收入2022", "各年营业收入（元）"},
                     {"-", "-", "-", "-", "2021年度"},
                     {"甲公司", "3", "2", "10000", "5000"}});
  table.merged = {{{1, 1}, {2, 1}}, {{1, 2}, {2, 2}}, {{1, 3}, {2, 3}}, {{1, 4}, {2, 4}}};
  const auto read = read_profiles(std::vector<Grid>{table}, facts);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(fact(read.value(), 0, "上年度营业收入"), "30000");
  const auto& years = *read.value().profiles[0].facts.at("各年营业收入").value.list();
  ASSERT_EQ(years.size(), 3U);
  EXPECT_EQ(*years[0].find("年度"), Value(2023));
  EXPECT_EQ(*years[0].find("值"), Value(20000));
  EXPECT_EQ(*years[1].find("年度"), Value(2022));
  EXPECT_EQ(*years[2].find("年度"), Value(2021));
  EXPECT_EQ(*years[2].find("值"), Value(5000));
}

/// Everything an import says, `profiles` being told apart from it.
std::vector<std::string> said(const ProfileImport& import,
                              const std::vector<model::Profile>& profiles) {
  std::vector<std::string> lines;
  for (const auto& profile : profiles) {
    std::string line = profile.where.part + " " + profile.uscc + " " + profile.name;
    for (const auto& [name, fact] : profile.facts)
      line += " " + name + "=" + shown(fact.value) + "@" + fact.source;
    lines.push_back(line);
  }
  for (const auto& column : import.mapping)
    lines.push_back(column.heading + "→" + column.fact + "×" + column.factor.to_plain());
  for (const auto* findings : {&import.refused, &import.notes}) {
    for (const Error& finding : *findings)
      lines.push_back(finding.where.part + " " + finding.id + " " + finding.message);
  }
  return lines;
}

class EachProfile : public testing::Test {
 protected:
  EachProfile() { std::filesystem::create_directories(folder_); }
  ~EachProfile() override { std::filesystem::remove_all(folder_); }

  /// What each_profile says of a file, after checking that read_profiles says the same.
  std::vector<std::string> of(const std::string& name, const std::string& bytes) const {
    EXPECT_TRUE(write_file(folder_ / name, bytes));
    std::vector<model::Profile> taken;
    const auto streamed = each_profile(folder_ / name, catalogue(), [&](model::Profile profile) {
      taken.push_back(std::move(profile));
    });
    const auto whole = read_profiles(folder_ / name, catalogue());
    EXPECT_EQ(streamed.has_value(), whole.has_value());
    if (!streamed || !whole) return {};
    EXPECT_TRUE(streamed.value().profiles.empty());
    EXPECT_EQ(said(streamed.value(), taken), said(whole.value(), whole.value().profiles));
    return said(streamed.value(), taken);
  }

 private:
  std::filesystem::path folder_ = std::filesystem::temp_directory_path() /
                                  ("huice-each-profile-test-" + std::to_string(getpid()));
};

constexpr const char* kCsv =
    "2026年企业情况\n企业名称,税号,从业人数,备注\n甲公司,91430590MA4LR4XJ7T,五,a\n"
    "乙公司,,很多,b\n甲公司,91430590MA4LR4XJ7T,6,c\n合计,,11,\n注：月报\n";

TEST_F(EachProfile, SaysOfATextFileWhatReadProfilesSays) {
  const auto lines = of("企业.csv", kCsv);
  EXPECT_TRUE(std::ranges::any_of(lines, [](const std::string& line) {
    return line.find("sheet.row.duplicate") != line.npos && line.find("A3") != line.npos;
  }));
  EXPECT_TRUE(of("空.csv", "企业名称,税号,从业人数\n").size() == 3);
}

TEST_F(EachProfile, KnowsAHeadingOfMergedCellsThatAreToldAfterTheRows) {
  const auto cell = [](const std::string& at, const std::string& text) {
    return "<c r='" + at + "' t='inlineStr'><is><t>" + text + "</t></is></c>";
  };
  std::string rows = "<row r='1'>" + cell("A1", "企业名称") + cell("B1", "营业收入（万元）") +
                     "</row><row r='2'>" + cell("B2", "2025年") + cell("C2", "2024年") + "</row>";
  for (int row = 3; row < 60; ++row) {
    const std::string number = std::to_string(row);
    rows += "<row r='" + number + "'>" + cell("A" + number, "企业" + number) +
            cell("B" + number, number) + cell("C" + number, "１２") + "</row>";
  }
  Package package = Package::with_rows(rows);
  package.sheet.insert(package.sheet.rfind("</worksheet>"),
                       "<mergeCells><mergeCell ref='A1:A2'/><mergeCell ref='B1:C1'/></mergeCells>");
  const auto lines = of("企业.xlsx", package.bytes());
  EXPECT_EQ(
      std::ranges::count_if(lines, [](const auto& line) { return line.starts_with("企业!A"); }),
      57);
}

TEST_F(EachProfile, ListsBesideAreGivenToTheirEnterprises) {
  of("hires.csv", "税号,人员类别,年龄\n91430590MA4LR4XJ7T,其他,20\n");
  const auto lines = of("企业.csv", kCsv);
  ASSERT_FALSE(lines.empty());
  EXPECT_NE(lines[0].find("新招用人员"), std::string::npos) << lines[0];
}

TEST_F(EachProfile, RefusesWhatReadProfilesRefuses) {
  EXPECT_TRUE(of("无.csv", "甲,乙\n1,2\n").empty());
  EXPECT_TRUE(of("坏.csv", "企业名称,税号\n\"甲,2\n").empty());
  EXPECT_TRUE(of("a.pdf", "").empty());
}

}  // namespace
}  // namespace huice::sheet
