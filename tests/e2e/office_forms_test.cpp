// Inspections put together, application forms, digests: made by the binary, opened by others.
#include <filesystem>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "command.h"
#include "notation/json.h"

namespace huice::e2e {
namespace {

const std::string kApply =
    "apply samples/enterprises.csv --uscc 91430590MA4LR4XJ7T --policy yl-equipment-renewal-2026 "
    "--rules samples/acceptance/list.yaml --on 2026-11-20 ";

std::string text_of(const std::string& pdf) {
  return shell("pdftotext '" + pdf + "' - | tr -d ' \\n\\f\\r'").out;
}

TEST(Inspections, SamplePlansBecomeAnArrangementOnPaper) {
  if (!is_installed("pdftotext")) GTEST_SKIP() << "poppler-utils is not installed";
  const Scratch scratch;
  const std::string out = (scratch / "x.pdf").string();
  const auto ran = huice(
      "inspections samples/inspections/plans.csv --rules samples/inspections/rules.yaml --on "
      "2026-05-20 --out '" +
      out + "'");
  ASSERT_EQ(ran.status, 0) << ran.err;
  EXPECT_NE(ran.out.find("计划24项，重复3项，例外2项；入企10次，其中联合检查6次，避开宁静日6次"),
            std::string::npos)
      << ran.out;
  const std::string text = text_of(out);
  EXPECT_NE(text.find("县消防救援大队：安全生产（并入，原定2026-11-27）"), std::string::npos)
      << text;
  EXPECT_NE(text.find("《排污许可管理条例》第二十五条"), std::string::npos);
}

TEST(Inspections, TheWorkbookIsOpenedByOpenpyxl) {
  if (!has_module("openpyxl")) GTEST_SKIP() << "python3-openpyxl is not installed";
  const Scratch scratch;
  const std::string out = (scratch / "x.xlsx").string();
  ASSERT_EQ(huice("inspections samples/inspections/plans.csv --rules "
                  "samples/inspections/rules.yaml --on 2026-05-20 --out '" +
                  out + "'")
                .status,
            0);
  const auto seen = shell("/usr/bin/python3 -c \"import openpyxl; b = openpyxl.load_workbook('" +
                          out + "'); print([s.title for s in b.worksheets])\"");
  EXPECT_EQ(seen.out, "['入企检查安排', '重复事项', '例外']\n") << seen.err;
}

TEST(Application, SaysWhatIsMissingAndPromisesTheDay) {
  if (!is_installed("pdftotext")) GTEST_SKIP() << "poppler-utils is not installed";
  const Scratch scratch;
  const std::string out = (scratch / "x.pdf").string();
  const auto ran =
      huice(kApply + "--held 技改补助申报表 --held 设备购置合同和发票 --out '" + out + "'");
  ASSERT_EQ(ran.status, 0) << ran.err;
  // Ten working days after Friday, 20 November.
  EXPECT_EQ(ran.out.substr(0, ran.out.find('\n')),
            "匹配可享，容缺受理，欠缺：投资项目备案证明、设备安装照片，2026年12月4日前补齐");
  const std::string text = text_of(out);
  EXPECT_NE(text.find("技改补助100万元"), std::string::npos) << text;
  EXPECT_NE(text.find("承诺于2026年12月4日前补正"), std::string::npos);
  EXPECT_NE(text.find("县行政审批服务局惠企服务窗口"), std::string::npos);
}

TEST(Application, TheWorkbookPrintsAllSectionsOnOnePage) {
  if (!is_installed("soffice")) GTEST_SKIP() << "LibreOffice is not installed";
  const Scratch scratch;
  const std::string out = (scratch / "x.xlsx").string();
  ASSERT_EQ(
      huice(kApply + "--held 技改补助申报表 --held 设备购置合同和发票 --out '" + out + "'").status,
      0);
  const auto printed = shell(
      "soffice -env:UserInstallation=file://" + (scratch / "profile").string() +
      " --headless --convert-to pdf --outdir '" + scratch.path().string() + "' '" + out + "'");
  ASSERT_EQ(printed.status, 0) << printed.err;
  const std::string pdf = (scratch / "x.pdf").string();
  const auto pages = shell("pdfinfo '" + pdf + "' | grep Pages");
  EXPECT_TRUE(pages.out.ends_with(" 1\n")) << pages.out;
  const std::string text = text_of(pdf);
  for (const auto* part : {"一、企业情况", "二、申请条件", "三、申请享受", "四、申请材料",
                           "100万元", "承诺于2026年12月4日前补正", "申请人（盖章）"})
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
}

TEST(Application, WithoutAMainPaperPromisesNothing) {
  const Scratch scratch;
  const auto ran =
      huice(kApply + "--held 设备安装照片 --out '" + (scratch / "x.xlsx").string() + "'");
  ASSERT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(ran.out.find("匹配可享，不予受理，欠缺：技改补助申报表"), 0U) << ran.out;
  EXPECT_EQ(ran.out.find("前补齐"), std::string::npos);
}

TEST(Application, OfAnEnterpriseThatCannotHaveThePolicySaysWhatStandsAgainstIt) {
  const Scratch scratch;
  const auto ran = huice(
      "apply samples/enterprises.csv --uscc 91430590MA4LR4XJ7T --policy yl-first-scale-award-2026 "
      "--rules samples/acceptance/list.yaml --on 2026-11-20 --out '" +
      (scratch / "x.pdf").string() + "'");
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(ran.err.find("首次入规年度为申报当年（首次入规年度为2017年"), std::string::npos)
      << ran.err;
  EXPECT_FALSE(std::filesystem::exists(scratch / "x.pdf"));
}

/// The first forty enterprises of the county, with the heading.
std::string some_enterprises(const Scratch& scratch) {
  const auto file = (scratch / "some.csv").string();
  shell("head -n 41 samples/enterprises.csv > '" + file + "'");
  return file;
}

TEST(Digests, LieInTheOutboxAndAreTheSameWhenMadeAgain) {
  const Scratch scratch;
  const std::string command = "digest '" + some_enterprises(scratch) +
                              "' --since 2026-10-22 --on 2026-11-22 --region 430590 --sender "
                              "县科工局 --out '";
  const auto first = huice(command + (scratch / "a").string() + "'");
  ASSERT_EQ(first.status, 0) << first.err;
  const auto day = scratch / "a/2026-11-22";
  std::istringstream lines(file_text(day / "messages.jsonl"));
  int messages = 0;
  for (std::string line; std::getline(lines, line); ++messages) {
    const auto message = notation::read_json(line, "messages.jsonl");
    ASSERT_TRUE(message.has_value()) << line;
    for (const auto& [kind, path] : *message.value().find("files")->record())
      EXPECT_TRUE(std::filesystem::exists(day / *path.text())) << *path.text();
  }
  EXPECT_GT(messages, 20);
  EXPECT_NE(first.out.find("有新情况的" + std::to_string(messages) + "家"), std::string::npos);
  if (is_installed("xmllint")) {
    EXPECT_EQ(shell("xmllint --noout '" + day.string() + "'/*/feed.xml").status, 0);
  }
  ASSERT_EQ(huice(command + (scratch / "b").string() + "'").status, 0);
  EXPECT_EQ(
      shell("diff -r '" + (scratch / "a").string() + "' '" + (scratch / "b").string() + "'").status,
      0);
}

}  // namespace
}  // namespace huice::e2e
