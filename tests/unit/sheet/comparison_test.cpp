#include "sheet/comparison.h"

#include <gtest/gtest.h>

#include "sheet/csv_reader.h"

namespace huice::sheet {
namespace {

constexpr const char* kSent =
    "云岭县安排表\n序号,企业名称,得分,备注\n1,甲厂,8,\n2,乙厂,9.0,已报\n注：县办制表\n";

Grid grid(const std::string& csv) {
  auto read = read_csv(csv, "表.csv");
  EXPECT_TRUE(read.has_value());
  return std::move(read).value();
}

std::string compared(const std::string& have, const std::string& wrote,
                     const std::string& key = "") {
  const std::vector<Grid> sent = {grid(kSent)};
  const std::vector<Grid> ours = {grid(have)};
  const std::vector<Grid> theirs = {grid(wrote)};
  const auto result = compare(sent, ours, theirs, key);
  if (!result) return result.error().id;
  std::string text;
  for (const Change& change : result.value().changes) {
    text += std::string(to_chinese(change.kind)) + " " + change.key;
    if (!change.column.empty()) {
      text += " " + change.column + " " + change.sent + "|" + change.have + "|" + change.wrote;
    }
    text += " @" + change.where.part + "\n";
  }
  return text;
}

std::string with(std::string_view from, std::string_view to) {
  std::string csv = kSent;
  return csv.replace(csv.find(from), from.size(), to);
}

TEST(Comparison, FindsNothingInASheetThatCameBackAsItWasSent) {
  EXPECT_EQ(compared(kSent, kSent), "");
}

TEST(Comparison, NumbersAreEqualByValueAndTextsWithoutOuterBlanks) {
  EXPECT_EQ(compared(kSent, with("9.0,已报", "9, 已报 ")), "");
}

TEST(Comparison, TellsWhatTheyChangedAloneTogetherAndAgainstUs) {
  const std::string wrote = with("甲厂,8,", "甲厂,7,病");
  EXPECT_EQ(compared(kSent, wrote), "改动 甲厂 得分 8|8|7 @C3\n改动 甲厂 备注 ||病 @D3\n");
  EXPECT_EQ(compared(with("甲厂,8,", "甲厂,7,"), wrote),
            "一致 甲厂 得分 8|7|7 @C3\n改动 甲厂 备注 ||病 @D3\n");
  EXPECT_EQ(compared(with("甲厂,8,", "甲厂,6,"), with("甲厂,8,", "甲厂,7,")),
            "冲突 甲厂 得分 8|6|7 @C3\n");
}

TEST(Comparison, WhatAFormulaGivesAnewIsNobodysChangeUnlessANumberTookItsPlace) {
  std::vector<Grid> sent = {grid(kSent)};
  std::vector<Grid> wrote = {grid(with("甲厂,8,", "甲厂,7,"))};
  sent[0].rows[2].cells[2].computed = true;
  const auto kind = [&] { return compare(sent, sent, wrote, "").value().changes.at(0).kind; };
  EXPECT_EQ(kind(), ChangeKind::Changed);
  wrote[0].rows[2].cells[2].computed = true;
  EXPECT_EQ(kind(), ChangeKind::Computed);
}

TEST(Comparison, WhatOnlyWeChangedIsNoChangeOfTheirs) {
  EXPECT_EQ(compared(with("甲厂,8,", "甲厂,6,"), kSent), "");
}

TEST(Comparison, RowsAndColumnsMayComeBackInAnotherOrder) {
  EXPECT_EQ(compared(kSent, "企业名称,备注,序号,得分\n乙厂,已报,2,9\n甲厂,,1,5\n"),
            "改动 甲厂 得分 8|8|5 @D3\n");
}

TEST(Comparison, RowsThatCameOrWentAreTold) {
  EXPECT_EQ(compared(kSent, with("1,甲厂,8,", "3,丙厂,1,")), "新增 丙厂 @B3\n删去 甲厂 @B3\n");
}

TEST(Comparison, RefusesRowsThatNothingTellsApart) {
  EXPECT_EQ(compared(kSent, with("乙厂", "甲厂")), "sheet.compare-key");
  EXPECT_EQ(compared(kSent, with("乙厂", "甲厂"), "企业名称"), "sheet.compare-key");
  EXPECT_EQ(compared(kSent, kSent, "地址"), "sheet.compare-key");
  EXPECT_EQ(compared(kSent, "无表头\n"), "sheet.compare-heading");
}

TEST(Comparison, AColumnMayBeNamedThatTellsRowsApart) {
  EXPECT_EQ(compared(kSent, with("甲厂", "甲公司"), "序号"),
            "改动 1 企业名称 甲厂|甲厂|甲公司 @B3\n");
}

TEST(Comparison, RowsThatNothingNamesAreComparedByTheirPlaces) {
  const std::vector<Grid> sent = {grid("日期,数\n五月,1\n五月,2\n")};
  const std::vector<Grid> wrote = {grid("日期,数\n五月,1\n五月,3\n")};
  const auto result = compare(sent, sent, wrote, "");
  ASSERT_TRUE(result.has_value()) << result.error().message;
  ASSERT_EQ(result.value().changes.size(), 1U);
  EXPECT_EQ(result.value().changes[0].key, "第2行");
}

TEST(Comparison, ColumnsOfOneHeadingAreToldApartByTheirOrder) {
  const std::vector<Grid> sent = {grid("企业,备注,备注\n甲厂,一,二\n")};
  const std::vector<Grid> wrote = {grid("企业,备注,备注\n甲厂,一,三\n")};
  const auto result = compare(sent, sent, wrote, "");
  ASSERT_TRUE(result.has_value()) << result.error().message;
  ASSERT_EQ(result.value().changes.size(), 1U);
  EXPECT_EQ(result.value().changes[0].column, "备注（2）");
}

TEST(Comparison, AHeadingOfTwoLevelsIsOne) {
  Grid sheet = grid("序号,帮扶,,得分\n,领导,单位,\n1,张三,工信局,8\n2,李四,财政局,9\n");
  sheet.merged = {{{1, 1}, {2, 1}}, {{1, 2}, {1, 3}}, {{1, 4}, {2, 4}}};
  Grid changed = sheet;
  changed.rows[2].cells[2].content = std::string("税务局");
  const std::vector<Grid> sent = {sheet};
  const std::vector<Grid> wrote = {changed};
  const auto result = compare(sent, sent, wrote, "");
  ASSERT_TRUE(result.has_value()) << result.error().message;
  ASSERT_EQ(result.value().changes.size(), 1U);
  EXPECT_EQ(result.value().changes[0].column, "帮扶/单位");
  EXPECT_EQ(result.value().changes[0].key, "张三");
}

}  // namespace
}  // namespace huice::sheet
