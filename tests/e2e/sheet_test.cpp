// Tables that come in: previewed, and compared after somebody filled them in.
#include <algorithm>
#include <filesystem>
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

/// A reviewer lowers a score while the office has settled on another one.
TEST(SheetCompare, AScoreSheetEditedInLibreOfficeMeetsTheScoreOfTodayAndIsTakenIn) {
  if (!is_installed("soffice")) GTEST_SKIP() << "LibreOffice is not installed";
  const Scratch scratch;
  const auto path = [&](const char* name) { return "'" + (scratch / name).string() + "'"; };
  const std::string campaign = (scratch / "campaign").string();
  const auto assess = [&](const std::string& from, const char* to) {
    return huice("assess '" + from + "' --on 2026-12-31 --out " + path(to)).status;
  };
  ASSERT_EQ(assess("samples/campaign", "表.xlsx"), 0);
  std::filesystem::copy(HUICE_SOURCE_DIR "/samples/campaign", campaign);
  std::ofstream(campaign + "/entries.yaml", std::ios::app)
      << "reviews:\n  - {target: 县税务局, item: A3, stage: 复核, score: 2, on: 2026-12-30, "
         "by: 考核组, reason: 一次不属推广}\n";
  ASSERT_EQ(assess(campaign, "现有.xlsx"), 0);
  // The score of 4 becomes 3; without their saved results, formulas are worked out anew.
  const std::string edit =
      "/table:name=\"县税务局\"/,/<.table:table>/s/office:value=\"4\" /office:value=\"3\" /;"
      "/table:formula=/s/office:value=\"[^\"]*\"//";
  const auto flat = (scratch / "flat/表.fods").string();
  const auto edited =
      shell(convert(scratch, (scratch / "表.xlsx").string(), "fods", "flat") + " && sed -i '" +
            edit + "' '" + flat + "' && " + convert(scratch, flat, "xlsx", "back"));
  ASSERT_EQ(edited.status, 0) << edited.err;
  const std::string compare =
      "sheet compare " + path("back/表.xlsx") + " --sent " + path("表.xlsx");
  const auto alone = huice(compare);
  EXPECT_EQ(alone.status, 0) << alone.err;
  EXPECT_NE(alone.out.find("得分：发出“4”，现有“4”，填写“3”"), std::string::npos) << alone.out;
  EXPECT_NE(alone.out.find("不同之处 1 处，冲突 0 处；公式随之重算 3 处"), std::string::npos)
      << alone.out;
  const auto against = huice(compare + " --have " + path("现有.xlsx"));
  EXPECT_EQ(against.status, 1) << against.err;
  EXPECT_NE(against.out.find("冲突  县税务局!D6  典型经验推广  得分：发出“4”，现有“2”，填写“3”"),
            std::string::npos)
      << against.out;
  expect_valid(huice(compare + " --json").out, "sheet-comparison.schema.json");

  // Carried out: refused where the score has changed here, taken as a review where it has not.
  const std::string returned = " --returned " + path("back/表.xlsx") + " --sent " +
                               path("表.xlsx") + " --stage 复核 --by 考核组 --on 2026-12-31";
  const std::string entries = file_text(campaign + "/entries.yaml");
  const auto refused = huice("assess review '" + campaign + "' --reason 一次重复" + returned);
  EXPECT_EQ(refused.status, 1);
  EXPECT_NE(refused.err.find("县税务局!D6"), std::string::npos) << refused.err;
  EXPECT_NE(refused.err.find("发出时“4”分，现在“2”分，交回的写“3”分"), std::string::npos)
      << refused.err;
  EXPECT_EQ(file_text(campaign + "/entries.yaml"), entries);
  std::filesystem::copy(HUICE_SOURCE_DIR "/samples/campaign", scratch / "campaign2");
  const std::string review = "assess review " + path("campaign2") + returned;
  const auto unreasoned = huice(review);
  EXPECT_EQ(unreasoned.status, 1);
  EXPECT_NE(unreasoned.err.find("没有写理由"), std::string::npos) << unreasoned.err;
  const auto taken = huice(review + " --reason 一次重复");
  EXPECT_EQ(taken.status, 0) << taken.err;
  EXPECT_EQ(taken.out, "县税务局　典型经验推广：4 → 3\n记入复核 1 项；与现有一致的 0 项\n");
  ASSERT_EQ(assess(campaign + "2", "现有.xlsx"), 0);
  const auto agreed = huice(compare + " --have " + path("现有.xlsx"));
  EXPECT_EQ(agreed.status, 0) << agreed.err;
  EXPECT_NE(agreed.out.find("一致  县税务局!D6  典型经验推广  得分"), std::string::npos)
      << agreed.out;
  EXPECT_EQ(huice(review + " --reason 一次重复").out, "记入复核 0 项；与现有一致的 1 项\n");
}

/// The workbook `name` after LibreOffice has opened it, `edit` (of sed) was made and it was saved.
std::string edited_in_libreoffice(const Scratch& scratch, const std::string& name,
                                  const std::string& edit) {
  const auto flat = (scratch / ("flat/" + name + ".fods")).string();
  const auto edited = shell(
      convert(scratch, (scratch / (name + ".xlsx")).string(), "fods", "flat") + " && sed -i '" +
      edit + "' '" + flat + "' && " + convert(scratch, flat, "xlsx", "back"));
  EXPECT_EQ(edited.status, 0) << edited.err;
  return "'" + (scratch / ("back/" + name + ".xlsx")).string() + "'";
}

TEST(Returned, AScheduleEditedInLibreOfficeComesInAndGoesOutEqualButForTheEdit) {
  if (!is_installed("soffice")) GTEST_SKIP() << "LibreOffice is not installed";
  const Scratch scratch;
  const auto path = [&](const char* name) { return "'" + (scratch / name).string() + "'"; };
  std::filesystem::copy(HUICE_SOURCE_DIR "/samples/campaign", scratch / "campaign");
  const auto file = scratch / "campaign/assignments.yaml";
  const std::string before = file_text(file);
  ASSERT_EQ(huice("schedule " + path("campaign") + " --out " + path("表.xlsx")).status, 0);
  const std::string back = edited_in_libreoffice(
      scratch, "表",
      "0,/过桥贷款/s//过渡贷款/;0,/0700-5551029/s//0700-5551030/;"
      "0,/office:date-value=\"2026-12-20\"/s//office:date-value=\"2026-12-18\"/");
  const std::string take =
      "schedule take " + path("campaign") + " --returned " + back + " --sent " + path("表.xlsx");
  const auto looked = huice(take + " --json");
  EXPECT_EQ(looked.status, 0) << looked.err;
  expect_valid(looked.out, "returned-sheet.schema.json");
  EXPECT_EQ(file_text(file), before);
  const auto taken = huice(take + " --accept");
  EXPECT_EQ(taken.status, 0) << taken.err;
  EXPECT_NE(taken.out.find("已收 3 处，不收 0 处"), std::string::npos) << taken.out;
  const auto changed = shell("diff '" + file.string() + "' samples/campaign/assignments.yaml");
  EXPECT_EQ(std::ranges::count(changed.out, '<'), 3) << changed.out;  // lines, comments and all
  EXPECT_EQ(std::ranges::count(changed.out, '>'), 3) << changed.out;
  ASSERT_EQ(huice("schedule " + path("campaign") + " --out " + path("再发.xlsx")).status, 0);
  const auto again = huice("sheet compare " + back + " --sent " + path("再发.xlsx"));
  EXPECT_NE(again.out.find("不同之处 0 处"), std::string::npos) << again.out;
}

TEST(Returned, ALedgerEditedInLibreOfficeIsRecordedInTheDatabase) {
  if (!is_installed("soffice")) GTEST_SKIP() << "LibreOffice is not installed";
  const Scratch scratch;
  const auto path = [&](const char* name) { return "'" + (scratch / name).string() + "'"; };
  const std::string place = " yunling-2026-relief --database " + path("huice.db");
  ASSERT_EQ(huice("db init --database " + path("huice.db")).status, 0);
  ASSERT_EQ(huice("campaign import samples/campaign --database " + path("huice.db")).status, 0);
  const std::string day = " --on 2026-11-22";
  ASSERT_EQ(huice("ledger" + place + day + " --out " + path("台账.xlsx")).status, 0);
  const std::string back =
      edited_in_libreoffice(scratch, "台账", "0,/<text:p>办理中</s//<text:p>已办结</");
  const std::string take = "ledger take" + place + day + " --by 县财政局 --returned " + back +
                           " --sent " + path("台账.xlsx") + " --accept";
  const auto unreasoned = huice(take);
  EXPECT_EQ(unreasoned.status, 1);
  EXPECT_NE(unreasoned.err.find("填写“已办结”：“办结”没有写说明"), std::string::npos)
      << unreasoned.err;
  const auto taken = huice(take + " --reason 资金到位");
  EXPECT_EQ(taken.status, 0) << taken.err;
  EXPECT_NE(taken.out.find("记 2026-11-22 办结：资金到位\n已收 1 处"), std::string::npos)
      << taken.out;
  EXPECT_NE(huice("db check --database " + path("huice.db")).out.find("前后相接"),
            std::string::npos);
  const auto twice = huice(take + " --reason 资金到位");
  EXPECT_NE(twice.out.find("一致 1 处"), std::string::npos) << twice.out << twice.err;
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
