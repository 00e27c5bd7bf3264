// Whole counties at once, by the built binary: what --bulk counts is what the engine that explains
// says of each enterprise.
#include <bit>
#include <cstdint>
#include <cstring>
#include <map>
#include <sstream>

#include <gtest/gtest.h>

#include "base/decimal.h"
#include "base/files.h"
#include "command.h"
#include "notation/json.h"

namespace huice::e2e {
namespace {

using model::Value;

const std::string kOn = " --on 2026-11-22 ";

/// Of a policy: enterprises by status, and the sum of the lower ends of what the eligible get, 元.
struct Totals {
  std::map<std::string, int> counts;
  Decimal sum;

  friend bool operator==(const Totals&, const Totals&) = default;
};
using AllTotals = std::map<std::string, Totals>;

void PrintTo(const Totals& totals, std::ostream* out) {
  for (const auto& [status, count] : totals.counts)
    *out << status << " " << count << ", ";
  *out << totals.sum.to_plain();
}

Value json(const std::string& text) {
  auto value = notation::read_json(text, "out.json");
  EXPECT_TRUE(value.has_value()) << text.substr(0, 500);
  return value ? std::move(value).value() : Value();
}

std::string text(const Value& record, std::string_view key) {
  const Value* value = record.find(key);
  return value == nullptr || value->text() == nullptr ? std::string() : *value->text();
}

void add_low(const Value& amount, Decimal& sum) {
  const Value* low = amount.find("low");
  if (low == nullptr || low->number() == nullptr) return;
  sum = add(sum, *low->number()).value();
}

/// What the engine that explains says, added up.
AllTotals scalar_totals(const std::string& file) {
  const auto matched = huice("match '" + file + "'" + kOn + "--json");
  EXPECT_EQ(matched.status, 0) << matched.err;
  AllTotals all;
  const Value answers = json(matched.out);
  for (const Value& enterprise : *answers.list()) {
    for (const Value& match : *enterprise.find("matches")->list()) {
      Totals& totals = all[text(match, "policy")];
      ++totals.counts[text(match, "status")];
      if (text(match, "status") != "eligible") continue;
      for (const Value& benefit : *match.find("benefits")->list())
        add_low(*benefit.find("amount"), totals.sum);
    }
  }
  return all;
}

/// What --bulk says; where every amount is certain both ends come to the same.
AllTotals bulk_totals(const Value& report) {
  AllTotals all;
  for (const Value& policy : *report.find("policies")->list()) {
    Totals& totals = all[text(policy, "policy")];
    for (const auto& [status, count] : *policy.find("counts")->record()) {
      const int enterprises = static_cast<int>(*count.number()->to_int64());
      if (enterprises > 0) totals.counts[status] = enterprises;
    }
    for (const Value& benefit : *policy.find("benefits")->list()) {
      const bool certain = *benefit.find("intervals")->number() == Decimal(0) &&
                           *benefit.find("unbounded")->number() == Decimal(0);
      EXPECT_TRUE(!certain || *benefit.find("low") == *benefit.find("high"));
      totals.sum = add(totals.sum, *benefit.find("low")->number()).value();
    }
  }
  return all;
}

AllTotals bulk_totals(const std::string& file) {
  const auto matched = huice("match '" + file + "' --bulk --json" + kOn);
  EXPECT_EQ(matched.status, 0) << matched.err;
  return bulk_totals(json(matched.out));
}

constexpr const char* kHeading =
    "企业名称,统一社会信用代码,行政区划,行业代码,从业人数,资产总额,应纳税所得额,"
    "从事限制或禁止行业,上年度实缴失业保险费,失业保险连续缴费月数,上年度裁员率,参保人数,"
    "严重失信,成立日期\n";

/// Made-up rows on both sides of the usual limits; every seventh lacks a figure.
std::string made_rows(int first, int last) {
  std::string rows;
  for (int i = first; i < last; ++i) {
    const auto cell = [&](const std::string& value, int every) {
      rows += "," + (i % every == every - 1 ? std::string() : value);
    };
    rows += "第" + std::to_string(i) + "公司,C" + std::to_string(i);
    rows += i % 3 == 0 ? ",430590" : i % 3 == 1 ? ",430502" : ",110101";
    rows += i % 2 == 0 ? ",C3982" : ",F5211";
    cell(std::to_string(i % 601), 7);
    cell(std::to_string(i % 97 * 1'000'000), 11);
    cell(std::to_string(i % 61 * 100'000) + ".25", 13);
    cell(i % 5 == 0 ? "是" : "否", 17);
    cell(std::to_string(i % 89 * 731) + ".5", 19);
    cell(std::to_string(i % 37), 23);
    cell("0.0" + std::to_string(i % 83 + 10), 29);
    cell(std::to_string(i % 41), 31);
    cell(i % 53 == 0 ? "是" : "否", 37);
    rows += ",20" + std::to_string(10 + i % 16) + "-0" + std::to_string(1 + i % 9) + "-15\n";
  }
  return rows;
}

std::string made_file(const Scratch& scratch, const std::string& name, const std::string& rows) {
  const auto path = scratch / name;
  EXPECT_TRUE(write_file(path, kHeading + rows).has_value());
  return path.string();
}

TEST(Bulk, TheSampleCountyComesOutAsEnterpriseByEnterprise) {
  const Scratch scratch;
  const auto alone = (scratch / "alone.csv").string();
  const auto listed = (scratch / "listed/enterprises.csv").string();
  shell("mkdir '" + (scratch / "listed").string() + "'; cp samples/hires.csv '" +
        (scratch / "listed").string() + "'; head -60 samples/enterprises.csv | tee '" + listed +
        "' > '" + alone + "'");
  // With the list of new staff beside it the file goes through the reader of sheets; alone it is
  // read straight into columns.
  for (const std::string& file : {listed, alone}) {
    AllTotals bulk = bulk_totals(file);
    const AllTotals scalar = scalar_totals(file);
    ASSERT_EQ(bulk.size(), scalar.size());
    for (const auto& [policy, totals] : scalar)
      EXPECT_EQ(bulk[policy].counts, totals.counts) << policy << " in " << file;
  }
}

TEST(Bulk, MadeUpRowsComeOutAsEnterpriseByEnterpriseToTheLastFen) {
  const Scratch scratch;
  const auto file = made_file(scratch, "rows.csv", made_rows(0, 120));
  const AllTotals bulk = bulk_totals(file);
  const AllTotals scalar = scalar_totals(file);
  int eligible = 0;
  for (const auto& [policy, totals] : scalar) {
    const auto found = bulk.find(policy);
    ASSERT_NE(found, bulk.end()) << policy;
    EXPECT_EQ(found->second, totals) << policy;
    const auto count = totals.counts.find("eligible");
    eligible += count == totals.counts.end() ? 0 : count->second;
  }
  EXPECT_GT(eligible, 30);
}

TEST(Bulk, ManyAreTheSumOfTheirParts) {
  const Scratch scratch;
  constexpr int kRows = 20'000;
  const auto whole = bulk_totals(made_file(scratch, "whole.csv", made_rows(0, kRows)));
  const auto first = bulk_totals(made_file(scratch, "first.csv", made_rows(0, kRows / 3)));
  const auto rest = bulk_totals(made_file(scratch, "rest.csv", made_rows(kRows / 3, kRows)));
  for (const auto& [policy, totals] : whole) {
    int rows = 0;
    for (const auto& [status, count] : totals.counts)
      rows += count;
    EXPECT_EQ(rows, kRows) << policy;
    Totals sum = first.at(policy);
    for (const auto& [status, count] : rest.at(policy).counts)
      sum.counts[status] += count;
    sum.sum = add(sum.sum, rest.at(policy).sum).value();
    EXPECT_EQ(totals, sum) << policy;
  }
}

TEST(Bulk, TheFileOfSetsHoldsAsManyBitsAsAreCounted) {
  const Scratch scratch;
  const auto rows = made_file(scratch, "rows.csv", made_rows(0, 1000));
  const auto planes = (scratch / "sets.planes").string();
  const auto matched =
      huice("match '" + rows + "' --bulk --json --eligible '" + planes + "'" + kOn);
  ASSERT_EQ(matched.status, 0) << matched.err;
  const std::string bytes = file_text(planes);
  ASSERT_EQ(bytes.substr(0, 8), "HUICEBP1");
  std::uint64_t head[5];
  std::memcpy(head, bytes.data() + 8, sizeof head);
  const auto [count, policies, stride, start, ids] = head;
  EXPECT_EQ(count, 1000u);
  EXPECT_EQ(start % 4096, 0u);
  EXPECT_EQ(stride % 4096, 0u);
  ASSERT_EQ(bytes.size(), start + stride * policies);
  const Value report = json(matched.out);
  std::size_t policy = 0;
  for (const Value& each : *report.find("policies")->list()) {
    std::int64_t bits = 0;
    for (std::size_t i = 0; i < stride; ++i)
      bits += std::popcount(static_cast<unsigned char>(bytes[start + policy * stride + i]));
    const Value& counts = *each.find("counts");
    // Those who meet the conditions, whether the window is open or the source to be looked at.
    const auto of = [&](const char* status) { return *counts.find(status)->number()->to_int64(); };
    EXPECT_GE(bits, of("eligible")) << text(each, "policy");
    EXPECT_LE(bits, of("eligible") + of("not_open") + of("review")) << text(each, "policy");
    ++policy;
  }
}

TEST(Bulk, TotalsAreWrittenAsJsonOrCsvAndNothingElse) {
  const Scratch scratch;
  const auto rows = made_file(scratch, "rows.csv", made_rows(0, 20));
  for (const auto* name : {"totals.json", "totals.csv"}) {
    const auto out = (scratch / name).string();
    const auto matched = huice("match '" + rows + "' --bulk --out '" + out + "'" + kOn);
    ASSERT_EQ(matched.status, 0) << matched.err;
    EXPECT_NE(matched.out.find("20 家企业"), std::string::npos) << matched.out;
    EXPECT_NE(file_text(out).find("cn-small-low-profit"), std::string::npos);
  }
  const auto refused =
      huice("match '" + rows + "' --bulk --out '" + (scratch / "totals.xlsx").string() + "'" + kOn);
  EXPECT_EQ(refused.status, 1);
  EXPECT_NE(refused.err.find("match.bulk-format"), std::string::npos) << refused.err;
  EXPECT_FALSE(std::filesystem::exists(scratch / "totals.xlsx"));
}

TEST(Bulk, RefusedCellsAreListedAndStrictStopsBeforeAnythingIsWritten) {
  const Scratch scratch;
  const auto rows =
      made_file(scratch, "rows.csv", made_rows(0, 3) + "甲公司,X1,430590,C3982,许多,,,,,,,,,\n");
  const auto planes = scratch / "sets.planes";
  const std::string command =
      "match '" + rows + "' --bulk --eligible '" + planes.string() + "'" + kOn;
  const auto strict = huice(command + "--strict");
  EXPECT_EQ(strict.status, 1);
  EXPECT_NE(strict.err.find("rows.csv:5"), std::string::npos) << strict.err;
  EXPECT_FALSE(std::filesystem::exists(planes));
  const auto matched = huice(command);
  EXPECT_EQ(matched.status, 0);
  EXPECT_NE(matched.err.find("许多"), std::string::npos) << matched.err;
  EXPECT_TRUE(std::filesystem::exists(planes));
}

TEST(Bulk, BadInputIsRefusedWithItsReason) {
  const Scratch scratch;
  const auto refused = [&](const std::string& arguments, const std::string& id, int status = 1) {
    const auto matched = huice("match " + arguments + " --bulk" + kOn);
    EXPECT_EQ(matched.status, status) << arguments;
    EXPECT_NE(matched.err.find(id), std::string::npos) << matched.err;
  };
  refused("'" + (scratch / "none.csv").string() + "'", "file.not-found");
  const auto rows = made_file(scratch, "rows.csv", made_rows(0, 3));
  refused("'" + rows + "' --policy cn-no-such", "policy.unknown-policy");
  refused("'" + rows + "' --eligible '" + (scratch / "no/such/sets").string() + "'",
          "file.unwritable", 3);
  const auto plain = (scratch / "plain.csv").string();
  ASSERT_TRUE(write_file(plain, "1,2\n3,4\n").has_value());
  refused("'" + plain + "'", "sheet.no-heading");
  const auto quote = made_file(scratch, "quote.csv", "\"甲公司,X1\n" + made_rows(0, 3));
  refused("'" + quote + "'", "csv.");
  EXPECT_FALSE(std::filesystem::exists(scratch / "no"));
}

TEST(Bulk, AHeadingWithoutRowsIsNobody) {
  const Scratch scratch;
  for (const auto& [policy, totals] : bulk_totals(made_file(scratch, "rows.csv", "")))
    EXPECT_TRUE(totals.counts.empty()) << policy;
}

TEST(Bulk, OptionsThatSayNothingToItAreAUsageError) {
  for (const auto* options : {"--bulk --explain", "--bulk --nearest", "--bulk --by-policy",
                              "--bulk --compare 2025-12-31", "--eligible sets.planes"}) {
    const auto matched = huice("match samples/enterprises.csv " + std::string(options));
    EXPECT_EQ(matched.status, 2) << options;
    EXPECT_NE(matched.err.find("--bulk"), std::string::npos) << matched.err;
  }
}

using Statuses = std::map<std::string, std::string>;

Statuses statuses(const Value& policies) {
  Statuses all;
  for (const Value& policy : *policies.list())
    all[text(policy, "policy")] = text(policy, "status");
  return all;
}

TEST(Screen, SaysOfEveryEnterpriseWhatTheEngineThatExplainsSays) {
  const std::string file = "samples/enterprises.xlsx";
  const auto matched = huice("match " + file + kOn + "--json");
  const auto screened = huice("match " + file + kOn + "--screen");
  ASSERT_EQ(screened.status, 0) << screened.err;
  std::istringstream lines(screened.out);
  std::string line;
  const Value answers = json(matched.out);
  for (const Value& enterprise : *answers.list()) {
    ASSERT_TRUE(std::getline(lines, line));
    const Value own = json(line);
    EXPECT_EQ(text(own, "uscc"), text(enterprise, "uscc"));
    EXPECT_EQ(statuses(*own.find("policies")), statuses(*enterprise.find("matches")))
        << text(own, "name");
  }
  EXPECT_FALSE(std::getline(lines, line));
}

TEST(Screen, LinesFitTheirSchema) {
  const Scratch scratch;
  const std::string out = (scratch / "screened.jsonl").string();
  const auto screened =
      huice("match samples/enterprises.xlsx" + kOn + "--screen --out '" + out + "'");
  ASSERT_EQ(screened.status, 0) << screened.err;
  const auto checked = shell(
      "python3 -c 'import json,sys,jsonschema; check = jsonschema.Draft202012Validator(json.load("
      "open(\"docs/schemas/screening.schema.json\")));"
      "[check.validate(json.loads(line)) for line in open(sys.argv[1])]' '" +
      out + "'");
  EXPECT_EQ(checked.status, 0) << checked.err;
}

TEST(Screen, WhatAsksForReasonsDoesNotGoWithIt) {
  const auto refused = huice("match samples/enterprises.xlsx" + kOn + "--screen --nearest");
  EXPECT_EQ(refused.status, 2);
  EXPECT_NE(refused.err.find("--nearest"), std::string::npos) << refused.err;
}

}  // namespace
}  // namespace huice::e2e
