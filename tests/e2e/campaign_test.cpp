// Schedule, ledger and assessment of the sample campaign, opened by other people's programs.
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "command.h"

namespace huice::e2e {
namespace {

const std::string kOn = " --on 2026-11-22 ";

bool has_openpyxl() {
  return shell("/usr/bin/python3 -c 'import openpyxl'").status == 0;
}

/// Runs a Python script with openpyxl and gives what it prints.
std::string python(const Scratch& scratch, const std::string& script) {
  std::ofstream(scratch / "read.py") << script;
  const auto ran = shell("/usr/bin/python3 '" + (scratch / "read.py").string() + "'");
  EXPECT_EQ(ran.status, 0) << ran.err;
  return ran.out;
}

std::string write(const Scratch& scratch, const std::string& command, const std::string& name) {
  const auto path = (scratch / name).string();
  const auto written = huice(command + " samples/campaign" + kOn + "--out '" + path + "'");
  EXPECT_EQ(written.status, 0) << written.err;
  return path;
}

TEST(Schedule, OpenpyxlReadsEveryHelpedEnterpriseBack) {
  if (!has_openpyxl()) GTEST_SKIP() << "python3-openpyxl is not installed";
  const Scratch scratch;
  const auto path = write(scratch, "schedule", "schedule.xlsx");
  const auto missing = python(scratch, R"(
import csv, openpyxl
sheet = openpyxl.load_workbook(')" + path + R"(').worksheets[0]
cells = {str(c.value) for row in sheet.iter_rows() for c in row if c.value is not None}
names = [r[1] for r in csv.reader(open('samples/enterprises.csv', encoding='utf-8-sig'))][1:48]
print([n for n in names if n not in cells], len(names)))");
  EXPECT_EQ(missing, "[] 47\n");
}

TEST(Schedule, LibreOfficeReadsTheSameTextAsOpenpyxl) {
  if (!has_openpyxl() || !is_installed("soffice")) {
    GTEST_SKIP() << "python3-openpyxl or LibreOffice is not installed";
  }
  const Scratch scratch;
  const auto path = write(scratch, "schedule", "schedule.xlsx");
  const auto converted =
      shell("soffice -env:UserInstallation=file://" + (scratch / "profile").string() +
            " --headless --convert-to csv:'Text - txt - csv (StarCalc)':44,34,76 --outdir '" +
            scratch.path().string() + "' '" + path + "'");
  ASSERT_EQ(converted.status, 0) << converted.err;
  const auto different = python(scratch, R"(
import csv, datetime, openpyxl
sheet = openpyxl.load_workbook(')" + path + R"(').worksheets[0]
def text(v):
    if isinstance(v, datetime.datetime): return v.strftime('%Y-%m-%d')
    return '' if v is None else str(v)
ours = [[text(c.value) for c in row] for row in sheet.iter_rows()]
theirs = list(csv.reader(open(')" + (scratch / "schedule.csv").string() +
                                             R"(', encoding='utf-8')))
same = sum(a == b for x, y in zip(ours, theirs) for a, b in zip(x, y) if a)
total = sum(1 for x in ours for a in x if a)
print(total - same, total > 400))");
  EXPECT_EQ(different, "0 True\n");
}

TEST(Schedule, PdfHoldsTheSameEnterprises) {
  if (!is_installed("pdftotext")) GTEST_SKIP() << "poppler-utils is not installed";
  const Scratch scratch;
  const auto path = write(scratch, "schedule", "schedule.pdf");
  const auto text = shell("pdftotext '" + path + "' - | tr -d ' \\n\\f'");
  EXPECT_NE(text.out.find("牵头"), std::string::npos);
  EXPECT_EQ(shell("qpdf --check '" + path + "'").status, 0);
}

TEST(Assess, TheFolderHoldsWorkbookRankingAndSheets) {
  const Scratch scratch;
  const auto folder = write(scratch, "assess", "assessment");
  for (const auto* name : {"assessment.xlsx", "ranking.pdf", "sheets.pdf"}) {
    EXPECT_TRUE(std::filesystem::exists(std::filesystem::path(folder) / name)) << name;
  }
  if (!is_installed("qpdf")) GTEST_SKIP() << "qpdf is not installed";
  EXPECT_EQ(shell("qpdf --check '" + folder + "/sheets.pdf'").status, 0);
  EXPECT_EQ(shell("qpdf --check '" + folder + "/ranking.pdf'").status, 0);
}

TEST(Assess, FormulasRecomputeToTheCachedTotals) {
  if (!has_openpyxl() || !is_installed("soffice")) {
    GTEST_SKIP() << "python3-openpyxl or LibreOffice is not installed";
  }
  const Scratch scratch;
  const auto path = write(scratch, "assess", "assessment.xlsx");
  const auto different = shell("/usr/bin/python3 tests/e2e/recalculated.py '" + path + "' '" +
                               scratch.path().string() + "'");
  EXPECT_EQ(different.out, "228 formulas, 0 differ\n") << different.err;
}

TEST(Campaign, AWrongStepOfTheLifeCycleIsPlaced) {
  const Scratch scratch;
  shell("cp -r samples/campaign '" + (scratch / "campaign").string() + "'");
  shell("sed -i '0,/event: 办结/s//event: 销号/' '" + (scratch / "campaign/ledger.yaml").string() +
        "'");
  const auto refused = huice("ledger '" + (scratch / "campaign").string() + "' --out '" +
                             (scratch / "x.xlsx").string() + "'");
  EXPECT_EQ(refused.status, 1);
  EXPECT_NE(refused.err.find("ledger.yaml:13:"), std::string::npos) << refused.err;
  EXPECT_FALSE(std::filesystem::exists(scratch / "x.xlsx"));
}

TEST(Ledger, ItsJsonKeepsTheSchemas) {
  const auto statistics = huice("ledger statistics samples/campaign --json" + kOn);
  expect_valid(statistics.out, "ledger-statistics.schema.json");
  const auto list = huice("ledger list samples/campaign --count 在办 --json" + kOn);
  expect_valid(list.out, "ledger-lines.schema.json");
  const auto due = huice("ledger due samples/campaign --within 30 --json" + kOn);
  expect_valid(due.out, "ledger-lines.schema.json");
  const auto read = huice("ledger due samples/campaign --within 30" + kOn);
  EXPECT_NE(read.out.find("　逾期"), std::string::npos) << read.out;
  const auto history = huice("ledger history samples/campaign WT-2026-003 --json" + kOn);
  expect_valid(history.out, "ledger-problem.schema.json");
}

TEST(Ledger, ListsAsManyProblemsAsTheFigureSays) {
  const auto list =
      huice("ledger list samples/campaign --count 逾期 --part 责任单位=县财政局" + kOn);
  EXPECT_EQ(list.status, 0) << list.err;
  EXPECT_NE(list.out.find("WT-2026-050"), std::string::npos) << list.out;
  EXPECT_NE(list.out.find("共1件"), std::string::npos) << list.out;
  const auto wrong = huice("ledger list samples/campaign --count 逾期了" + kOn);
  EXPECT_EQ(wrong.status, 2);
}

TEST(Ledger, InFilesIsNotRecordedIntoByCommands) {
  const auto refused =
      huice("ledger record samples/campaign WT-2026-050 办理 --by 县财政局 --note x");
  EXPECT_EQ(refused.status, 1);
  EXPECT_NE(refused.err.find("ledger.no-database"), std::string::npos) << refused.err;
}

}  // namespace
}  // namespace huice::e2e
