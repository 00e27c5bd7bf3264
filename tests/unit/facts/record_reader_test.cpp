#include "facts/record_reader.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace huice::facts {
namespace {

using model::FactCatalogue;
using model::FactType;
using model::Value;

const FactCatalogue& catalogue() {
  static const FactCatalogue kCatalogue{
      {{.name = "企业名称", .aliases = {"单位名称"}, .type = FactType::Text},
       {.name = "统一社会信用代码", .type = FactType::Code},
       {.name = "从业人数", .type = FactType::Number, .unit = "人", .non_negative = true},
       {.name = "资产总额", .type = FactType::Money, .unit = "元"},
       {.name = "新招用人员",
        .type = FactType::List,
        .fields = {{.name = "人员类别", .type = FactType::Text},
                   {.name = "年龄", .type = FactType::Number, .unit = "岁"}}},
       {.name = "各年营业收入",
        .type = FactType::List,
        .fields = {{.name = "年度", .type = FactType::Number},
                   {.name = "值", .type = FactType::Money, .unit = "元", .non_negative = true}},
        .yearly = true}}};
  return kCatalogue;
}

std::string printed(const Value& value) {
  if (const Decimal* number = value.number()) return number->to_string();
  return value.text() == nullptr ? std::string(value.kind()) : *value.text();
}

std::string fact(const ProfileImport& read, std::size_t index, const std::string& name) {
  const auto& facts = read.profiles.at(index).facts;
  const auto found = facts.find(name);
  return found == facts.end() ? "未知" : printed(found->second.value);
}

/// `id@part` of each finding.
std::vector<std::string> ids(const Findings& findings) {
  std::vector<std::string> ids;
  for (const Error& error : findings)
    ids.push_back(error.id + "@" + error.where.part);
  return ids;
}

ProfileImport import(const Value& value) {
  auto read = profiles_from_value(value, catalogue(), "企业.json");
  EXPECT_TRUE(read.has_value());
  return read ? std::move(read).value() : ProfileImport{};
}

TEST(ProfilesFromValue, ReadsRecordsByTheRulesOfCells) {
  const auto read = import(Value::List{
      Value::Record{{"单位名称", "甲公司"},
                    {"资产总额", "300万元"},
                    {"从业人数", Value()},
                    {"新招用人员", Value::List{Value::Record{{"年龄", 20}, {"人员类别", "其他"}}}}},
      Value::Record{{"企业名称", "乙公司"}, {"从业人数", -1}, {"从业人员数", 5}}});
  ASSERT_EQ(read.profiles.size(), 2U);
  EXPECT_EQ(fact(read, 0, "资产总额"), "3000000");
  EXPECT_EQ(fact(read, 0, "从业人数"), "未知");
  EXPECT_EQ(read.profiles[0].facts.at("新招用人员").value.list()->size(), 1U);
  EXPECT_EQ(read.profiles[0].facts.at("资产总额").source, "企业.json [1].资产总额");
  EXPECT_EQ(ids(read.refused),
            (std::vector<std::string>{"sheet.cell.negative@[2].从业人数",
                                      "sheet.record.unknown-fact@[2].从业人员数"}));
  EXPECT_EQ(read.refused[1].hint, "是否为“从业人数”？");
}

TEST(ProfilesFromValue, RefusesOtherShapes) {
  for (const Value& wrong : {Value(5), Value(Value::List{Value(5)})}) {
    EXPECT_EQ(profiles_from_value(wrong, catalogue(), "a.json").error().id, "sheet.record");
  }
  const auto read = import(Value::Record{
      {"企业名称", "甲公司"}, {"从业人数", Value::List{}}, {"新招用人员", Value::List{Value(1)}}});
  EXPECT_EQ(ids(read.refused), (std::vector<std::string>{"sheet.record.shape@从业人数",
                                                         "sheet.record.shape@新招用人员[1]"}));
}

TEST(ProfilesFromValue, ARangeIsAFactWithoutAValue) {
  const auto read = import(Value::Record{{"企业名称", "甲公司"}, {"从业人数", "200..300"}});
  const model::Fact& staff = read.profiles.at(0).facts.at("从业人数");
  EXPECT_TRUE(staff.is_range());
  EXPECT_EQ(staff.low, Decimal(200));
  EXPECT_EQ(staff.high, Decimal(300));
}

TEST(ProfilesFromValue, AFactMayTellItsSourceAndItsDay) {
  const auto read = import(Value::Record{
      {"企业名称", "甲公司"},
      {"从业人数",
       Value::Record{{"值", 120}, {"来源", "社保系统"}, {"截至", Date::make(2026, 9, 30).value()}}},
      {"资产总额", Value::Record{{"值", "..500万元"}, {"截至", "2026年6月30日"}}}});
  const model::Fact& staff = read.profiles.at(0).facts.at("从业人数");
  EXPECT_EQ(printed(staff.value), "120");
  EXPECT_EQ(staff.source, "社保系统");
  EXPECT_EQ(staff.observed, Date::make(2026, 9, 30));
  const model::Fact& assets = read.profiles[0].facts.at("资产总额");
  EXPECT_EQ(assets.high, Decimal(5'000'000));
  EXPECT_EQ(assets.source, "企业.json 资产总额");
  EXPECT_EQ(assets.observed, Date::make(2026, 6, 30));
}

TEST(ProfilesFromValue, AWrongSourceOrDayIsRefusedAndTheValueStays) {
  const auto read = import(Value::Record{
      {"企业名称", "甲公司"},
      {"从业人数", Value::Record{{"值", 120}, {"截止", "2026-09-30"}, {"截至", "9月"}}}});
  EXPECT_EQ(fact(read, 0, "从业人数"), "120");
  EXPECT_EQ(ids(read.refused), (std::vector<std::string>{"sheet.record.unknown-fact@从业人数.截止",
                                                         "sheet.cell.day@从业人数.截至"}));
}

TEST(ProfilesFromValue, AYearSeriesMayBeWrittenYearByYear) {
  const auto read = import(Value::Record{
      {"企业名称", "甲公司"},
      {"各年营业收入", Value::Record{{"2024", "500万元"}, {"2025年", 6'100'000}, {"去年", 1}}}});
  const auto& years = *read.profiles.at(0).facts.at("各年营业收入").value.list();
  ASSERT_EQ(years.size(), 2U);
  EXPECT_EQ(printed(*years[0].find("年度")), "2024");
  EXPECT_EQ(printed(*years[0].find("值")), "5000000");
  EXPECT_EQ(printed(*years[1].find("年度")), "2025");
  EXPECT_EQ(ids(read.refused), std::vector<std::string>{"sheet.record.shape@各年营业收入.去年"});
}

TEST(ProfilesFromValue, AnItemOfAListHasNoRanges) {
  const auto read = import(Value::Record{
      {"企业名称", "甲公司"}, {"新招用人员", Value::List{Value::Record{{"年龄", "20..30"}}}}});
  EXPECT_EQ(ids(read.refused), std::vector<std::string>{"sheet.record.shape@新招用人员[1].年龄"});
}

TEST(ReadProfile, WhatWouldBeRefusedIsAnError) {
  const auto read = read_profile(Value::Record{{"企业名称", "甲公司"}, {"从业人数", "许多"}},
                                 catalogue(), "a.json");
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().id, "sheet.cell.number");
  EXPECT_EQ(read_profile(Value(1), catalogue(), "a.json").error().id, "sheet.record");
}

}  // namespace
}  // namespace huice::facts
