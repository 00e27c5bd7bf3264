// Advice on the sample enterprises, by the built binary.
#include <gtest/gtest.h>

#include "base/files.h"
#include "command.h"
#include "notation/json.h"

namespace huice::e2e {
namespace {

const std::string kOn = " --on 2026-11-22 --known-on 2026-11-22 ";
const std::string kInnovative = "match samples/enterprises/innovative.json" + kOn;
const std::string kLossMaking = "match samples/enterprises/loss-making.json" + kOn;

TEST(Advice, EachQuestionIsAnsweredInChinese) {
  const auto asked = huice(kLossMaking + "--ask-next");
  ASSERT_EQ(asked.status, 0) << asked.err;
  EXPECT_NE(asked.out.find("先问什么"), std::string::npos) << asked.out;
  const auto nearest = huice(kLossMaking + "--nearest");
  ASSERT_EQ(nearest.status, 0) << nearest.err;
  EXPECT_NE(nearest.out.find("差在哪里"), std::string::npos) << nearest.out;
  EXPECT_NE(nearest.out.find("改不了"), std::string::npos) << nearest.out;
  const auto portfolio = huice(kInnovative + "--portfolio");
  ASSERT_EQ(portfolio.status, 0) << portfolio.err;
  EXPECT_NE(portfolio.out.find("最优组合：合计"), std::string::npos) << portfolio.out;
}

TEST(Advice, TheJsonOfAllThreeFollowsItsSchema) {
  for (const auto& enterprise : {kInnovative, kLossMaking}) {
    const auto advised = huice(enterprise + "--ask-next --nearest --portfolio --json");
    ASSERT_EQ(advised.status, 0) << advised.err;
    expect_valid(advised.out, "advice.schema.json");
  }
}

TEST(Advice, APolicyListsItsEnterprises) {
  const auto listed =
      huice("match samples/enterprises.csv --policy cn-stability-refund-2026" + kOn);
  ASSERT_EQ(listed.status, 0) << listed.err;
  EXPECT_NE(listed.out.find("家，合计"), std::string::npos) << listed.out.substr(0, 400);
}

TEST(Advice, TheWorkbookGetsASheetOfEachAndTheReportItsSections) {
  const Scratch scratch;
  const auto book = (scratch / "a.xlsx").string();
  const auto written = huice("match samples/enterprises/innovative.json --portfolio --nearest" +
                             kOn + "--out '" + book + "'");
  ASSERT_EQ(written.status, 0) << written.err;
  const auto names = shell(
      "/usr/bin/python3 -c 'import sys,zipfile; "
      "print(zipfile.ZipFile(sys.argv[1]).read(\"xl/workbook.xml\").decode())' '" +
      book + "'");
  EXPECT_NE(names.out.find("差在哪里"), std::string::npos) << names.out << names.err;
  EXPECT_NE(names.out.find("组合建议"), std::string::npos) << names.out;
  const auto report = (scratch / "a.pdf").string();
  const auto printed = huice(kInnovative + "--out '" + report + "'");
  ASSERT_EQ(printed.status, 0) << printed.err;
  if (!is_installed("pdftotext")) GTEST_SKIP() << "pdftotext is not installed";
  const auto text = shell("pdftotext '" + report + "' -");
  EXPECT_NE(text.out.find("不能同时享受的政策怎样选"), std::string::npos) << text.out;
}

TEST(Compare, TwoDaysTwoStatesOfKnowledgeTwoFiles) {
  const auto days = huice(kInnovative + "--compare 2025-12-31 --json");
  ASSERT_EQ(days.status, 0) << days.err;
  expect_valid(days.out, "difference.schema.json");
  EXPECT_NE(days.out.find("\"gained\""), std::string::npos) << days.out;
  const auto known = huice(kInnovative + "--compare known-on=2026-01-01");
  ASSERT_EQ(known.status, 0) << known.err;
  EXPECT_NE(known.out.find("新增可享"), std::string::npos) << known.out;
  const auto files = huice(kInnovative + "--compare samples/enterprises/loss-making.json");
  ASSERT_EQ(files.status, 0) << files.err;
  EXPECT_NE(files.out.find("新增企业"), std::string::npos) << files.out;
  const auto same = huice(kInnovative + "--compare policies --within 1");
  EXPECT_EQ(same.status, 0) << same.err;
}

TEST(Compare, AnUnknownBasisIsAUsageErrorWithAHint) {
  const auto refused = huice(kInnovative + "--compare 昨天");
  EXPECT_EQ(refused.status, 2);
  EXPECT_NE(refused.err.find("match.compare-basis"), std::string::npos) << refused.err;
}

TEST(Calendar, TheFeedIsReadByAnotherProgramAndIsTheSameEveryTime) {
  const Scratch scratch;
  const auto file = (scratch / "a.ics").string();
  for (const auto* name : {"a.ics", "b.ics"}) {
    const auto written = huice(kInnovative + "--out '" + (scratch / name).string() + "'");
    ASSERT_EQ(written.status, 0) << written.err;
  }
  EXPECT_EQ(file_text(scratch / "a.ics"), file_text(scratch / "b.ics"));
  if (!has_module("icalendar")) GTEST_SKIP() << "python3-icalendar is not installed";
  const auto read = shell(
      "/usr/bin/python3 -c 'import icalendar,sys; "
      "c = icalendar.Calendar.from_ical(open(sys.argv[1], \"rb\").read()); "
      "e = c.walk(\"VEVENT\"); u = [str(x[\"UID\"]) for x in e]; "
      "assert e and len(set(u)) == len(u), u; "
      "assert all(x[\"DTEND\"].dt > x[\"DTSTART\"].dt for x in e); "
      "print(len(e))' '" +
      file + "'");
  EXPECT_EQ(read.status, 0) << read.err << file_text(file);
}

TEST(Calendar, OnePolicyHasItsOwn) {
  const Scratch scratch;
  const auto out = (scratch / "p.ics").string();
  const auto written = huice("policy show cn-stability-refund-2026" + kOn + "--out '" + out + "'");
  ASSERT_EQ(written.status, 0) << written.err;
  EXPECT_NE(file_text(out).find("DTSTART;VALUE=DATE:20261231"), std::string::npos)
      << file_text(out);
  EXPECT_EQ(huice("policy show cn-stability-refund-2026 --out x.txt").status, 1);
}

}  // namespace
}  // namespace huice::e2e
