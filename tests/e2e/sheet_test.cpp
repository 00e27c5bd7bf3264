// Tables that come in: previewed, and compared after somebody filled them in.
#include <fstream>

#include <gtest/gtest.h>

#include "command.h"

namespace huice::e2e {
namespace {

TEST(SheetPreview, ShowsWhatEachColumnWasTakenForAndEveryRefusedCell) {
  const Scratch scratch;
  const auto file = scratch / "企业.csv";
  std::ofstream(file)
      << "单位：万元\n企业名称,从业人数,营业收入,备注栏\n甲厂,120,3000,\n乙厂,若干,500,\n";
  const auto seen = huice("sheet preview '" + file.string() + "' --json --on 2026-11-22");
  EXPECT_EQ(seen.status, 1) << seen.err;
  expect_valid(seen.out, "sheet-preview.schema.json");
  EXPECT_NE(seen.out.find("\"factor\": 10000"), std::string::npos) << seen.out;
  EXPECT_NE(seen.out.find("\"row\": 4"), std::string::npos) << seen.out;
  EXPECT_NE(seen.out.find("\"value\": \"若干\""), std::string::npos) << seen.out;
  EXPECT_NE(seen.out.find("\"good\": 1"), std::string::npos) << seen.out;
}

TEST(SheetPreview, RowsWithoutRefusedCellsAreWrittenOnlyWhenAskedForAndReadTheSame) {
  const Scratch scratch;
  const auto file = scratch / "企业.csv";
  std::ofstream(file) << "单位：万元\n企业名称,从业人数,营业收入\n甲厂,120,3000\n乙厂,若干,500\n";
  const auto good = scratch / "good.xlsx";
  EXPECT_EQ(huice("sheet preview '" + file.string() + "' --good '" + good.string() + "'").status,
            1);
  const auto again = huice("sheet preview '" + good.string() + "' --json");
  EXPECT_EQ(again.status, 0) << again.err;
  EXPECT_NE(again.out.find("\"rows\": 1"), std::string::npos) << again.out;
  EXPECT_NE(again.out.find("\"factor\": 10000"), std::string::npos) << again.out;
}

TEST(SheetPreview, TheSampleSheetsTenBadCellsAreAllThereIs) {
  const auto seen = huice("sheet preview samples/enterprises.xlsx --json");
  EXPECT_EQ(seen.status, 1) << seen.err;
  expect_valid(seen.out, "sheet-preview.schema.json");
  for (const auto* expected : {"\"rows\": 326", "\"good\": 318", "\"column\": \"AF\"",
                               "\"value\": \"2019年2月30日\"", "\"value\": \"#DIV/0!\""})
    EXPECT_NE(seen.out.find(expected), std::string::npos) << expected << "\n" << seen.out;
  EXPECT_EQ(huice("sheet preview samples/enterprises.csv").status, 0);
}

std::string convert(const Scratch& scratch, const std::string& file, const std::string& to,
                    const std::string& folder) {
  return "soffice -env:UserInstallation=file://" + (scratch / "profile").string() +
         " --headless --convert-to " + to + " --outdir '" + (scratch / folder).string() + "' '" +
         file + "'";
}

/// A workbook of ours, edited by LibreOffice, compared with what was sent.
void expect_only_the_edit(const std::string& command, const std::string& edit,
                          const std::string& expected) {
  if (!is_installed("soffice")) GTEST_SKIP() << "LibreOffice is not installed";
  const Scratch scratch;
  const auto sent = (scratch / "表.xlsx").string();
  ASSERT_EQ(huice(command + " --on 2026-11-22 --out '" + sent + "'").status, 0);
  const auto flat = (scratch / "flat/表.fods").string();
  const auto edited = shell(convert(scratch, sent, "fods", "flat") + " && sed -i '" + edit + "' '" +
                            flat + "' && " + convert(scratch, flat, "xlsx", "back"));
  ASSERT_EQ(edited.status, 0) << edited.err;
  const auto compared =
      huice("sheet compare '" + (scratch / "back/表.xlsx").string() + "' --sent '" + sent + "'");
  EXPECT_EQ(compared.status, 0) << compared.err;
  EXPECT_NE(compared.out.find(expected), std::string::npos) << compared.out;
  EXPECT_NE(compared.out.find("不同之处 1 处，冲突 0 处"), std::string::npos) << compared.out;
  const auto json = huice("sheet compare '" + (scratch / "back/表.xlsx").string() + "' --sent '" +
                          sent + "' --json");
  expect_valid(json.out, "sheet-comparison.schema.json");
}

TEST(SheetCompare, AScheduleEditedInLibreOfficeIsEqualButForTheEdit) {
  expect_only_the_edit("schedule samples/campaign", "0,/过桥贷款/s//过渡贷款/", "过渡贷款");
}

TEST(SheetCompare, ALedgerEditedInLibreOfficeIsEqualButForTheEdit) {
  expect_only_the_edit("ledger samples/campaign", "0,/办理中/s//已经办结/", "已经办结");
}

TEST(SheetCompare, ConflictsAreToldAndSetTheExitStatus) {
  const Scratch scratch;
  std::ofstream(scratch / "sent.csv") << "企业名称,得分\n甲厂,8\n乙厂,9\n";
  std::ofstream(scratch / "have.csv") << "企业名称,得分\n甲厂,6\n乙厂,9\n";
  std::ofstream(scratch / "wrote.csv") << "企业名称,得分\n甲厂,7\n乙厂,9\n";
  const auto compared =
      huice("sheet compare '" + (scratch / "wrote.csv").string() + "' --sent '" +
            (scratch / "sent.csv").string() + "' --have '" + (scratch / "have.csv").string() + "'");
  EXPECT_EQ(compared.status, 1);
  EXPECT_NE(compared.out.find("冲突  B2  甲厂  得分：发出“8”，现有“6”，填写“7”"), std::string::npos)
      << compared.out;
}

}  // namespace
}  // namespace huice::e2e
