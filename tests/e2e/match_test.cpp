// Matching the sample county, by the built binary.
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include <gtest/gtest.h>

#include "base/files.h"
#include "command.h"
#include "notation/json.h"

namespace huice::e2e {
namespace {

const std::string kOn = " --on 2026-11-22 ";

TEST(Match, TheCountysWorkbookGivesOneLineAnEnterprise) {
  const Scratch scratch;
  const auto out = (scratch / "match.jsonl").string();
  const auto matched = huice("match samples/enterprises.xlsx" + kOn + "--out '" + out + "'");
  ASSERT_EQ(matched.status, 0) << matched.err;
  std::istringstream lines(file_text(out));
  int enterprises = 0;
  for (std::string line; std::getline(lines, line); ++enterprises) {
    EXPECT_TRUE(notation::read_json(line, "match.jsonl").has_value()) << line;
  }
  EXPECT_GE(enterprises, 300);
}

TEST(Match, WrongCellsAreListedWithSheetAndCellAndTheRestGoesOn) {
  const auto matched = huice("match samples/enterprises.xlsx" + kOn + "--json > /dev/null");
  EXPECT_EQ(matched.status, 0);
  EXPECT_NE(matched.err.find("samples/enterprises.xlsx:"), std::string::npos) << matched.err;
  EXPECT_NE(matched.err.find(": warning: "), std::string::npos) << matched.err;
  EXPECT_NE(matched.err.find("2015-13-40"), std::string::npos) << matched.err;
  const auto strict = huice("match samples/enterprises.xlsx --strict" + kOn + "> /dev/null");
  EXPECT_EQ(strict.status, 1);
}

TEST(Match, OneEnterpriseIsExplainedConditionByCondition) {
  const auto explained = huice("match samples/enterprises/innovative.json --explain" + kOn);
  ASSERT_EQ(explained.status, 0) << explained.err;
  for (const auto* expected : {"可享", "不可享", "元"}) {
    EXPECT_NE(explained.out.find(expected), std::string::npos) << expected << explained.out;
  }
}

TEST(Match, TheSameInputGivesTheSameWorkbook) {
  const Scratch scratch;
  for (const auto* name : {"a.xlsx", "b.xlsx"}) {
    const auto matched =
        huice("match samples/enterprises.csv" + kOn + "--out '" + (scratch / name).string() + "'");
    ASSERT_EQ(matched.status, 0) << matched.err;
  }
  EXPECT_EQ(file_text(scratch / "a.xlsx"), file_text(scratch / "b.xlsx"));
}

TEST(Match, WrittenEnterpriseByEnterpriseTheFileHasTheSameBytes) {
  const Scratch scratch;
  const auto path = [&](const std::string& name) { return "'" + (scratch / name).string() + "'"; };
  shell("head -12 samples/enterprises.csv > " + path("企业.csv"));
  for (const bool lists : {false, true}) {  // with lists beside it, a table is read whole
    if (lists) shell("cp samples/hires.csv " + path("hires.csv"));
    for (const std::string ending : {"csv", "jsonl"}) {
      const std::string match = "match " + path("企业.csv") + kOn + "--out ";
      const auto written = huice(match + path("rows." + ending));
      EXPECT_EQ(written.status, 0) << written.err;
      EXPECT_NE(written.out.find("：11 家企业，"), std::string::npos) << written.out;
      EXPECT_EQ(huice(match + path("whole." + ending) + " --explain").status, 0);
      EXPECT_GT(file_text(scratch / ("rows." + ending)).size(), 5'000U);
      EXPECT_EQ(file_text(scratch / ("rows." + ending)), file_text(scratch / ("whole." + ending)));
    }
  }
}

TEST(Match, AStrictMatchOfASheetWithRefusedCellsLeavesTheOldFile) {
  const Scratch scratch;
  std::ofstream(scratch / "out.csv") << "old";
  const auto strict = huice("match samples/enterprises.xlsx --strict" + kOn + "--out '" +
                            (scratch / "out.csv").string() + "'");
  EXPECT_EQ(strict.status, 1);
  EXPECT_EQ(file_text(scratch / "out.csv"), "old");
}

TEST(Match, ACorruptWorkbookIsRefusedAndTheOldFileStays) {
  const Scratch scratch;
  shell("head -c 20000 samples/enterprises.xlsx > '" + (scratch / "cut.xlsx").string() + "'");
  shell("echo old > '" + (scratch / "out.xlsx").string() + "'");
  const auto refused = huice("match '" + (scratch / "cut.xlsx").string() + "'" + kOn + "--out '" +
                             (scratch / "out.xlsx").string() + "'");
  EXPECT_EQ(refused.status, 1);
  EXPECT_NE(refused.err.find("cut.xlsx: error: "), std::string::npos) << refused.err;
  EXPECT_NE(refused.err.find("怎么办："), std::string::npos) << refused.err;
  EXPECT_EQ(file_text(scratch / "out.xlsx"), "old\n");
}

TEST(Match, AMistypedFactInAPolicyIsPlacedAndTheRightNameOffered) {
  const Scratch scratch;
  shell("cp -r policies '" + (scratch / "policies").string() + "'");
  shell("sed -i 's/应纳税所得额 <= /应纳税所得颊 <= /' '" +
        (scratch / "policies/national/cn-small-low-profit.yaml").string() + "'");
  const auto refused = huice("match samples/enterprises/innovative.json --policies '" +
                             (scratch / "policies").string() + "'" + kOn);
  EXPECT_EQ(refused.status, 1);
  EXPECT_NE(refused.err.find("cn-small-low-profit.yaml:"), std::string::npos) << refused.err;
  EXPECT_NE(refused.err.find("应纳税所得颊"), std::string::npos) << refused.err;
  EXPECT_NE(refused.err.find("是否想写“应纳税所得额”"), std::string::npos) << refused.err;
}

/// `policy status amount…` of the first enterprise, a line each.
std::string answers(const std::string& json) {
  const auto value = notation::read_json(json, "out.json");
  EXPECT_TRUE(value.has_value());
  std::string lines;
  for (const auto& match : *value.value().list()->front().find("matches")->list()) {
    lines += *match.find("policy")->text() + " " + *match.find("status")->text();
    for (const auto& benefit : *match.find("benefits")->list()) {
      const auto* amount = benefit.find("amount")->find("text");
      lines += amount == nullptr ? " -" : " " + *amount->text();
    }
    lines += "\n";
  }
  return lines;
}

TEST(Match, RangesSourcesAndYearsMeanTheSameInJsonAndInASheet) {
  const Scratch scratch;
  const auto sheet = (scratch / "rows.csv").string();
  ASSERT_TRUE(write_file(sheet,
                         "企业名称,统一社会信用代码,行政区划,行业代码,从业人数,资产总额（万元）,"
                         "应纳税所得额（万元）,应纳税所得额来源,应纳税所得额截至,"
                         "从事限制或禁止行业,严重失信,各年营业收入2024（万元）,"
                         "2025年各年营业收入（元）\n"
                         "云岭县甲机械有限公司,91430590000000001X,430590,C3421,60..80,3000..4000,"
                         "..200,电子税务局,2026-09-30,否,否,2100,23000000\n")
                  .has_value());
  const auto from_json = huice("match tests/suite/profiles/ranges-and-sources.json --json" + kOn);
  const auto from_sheet = huice("match '" + sheet + "' --json" + kOn);
  ASSERT_EQ(from_json.status, 0) << from_json.err;
  ASSERT_EQ(from_sheet.status, 0) << from_sheet.err;
  EXPECT_EQ(answers(from_json.out), answers(from_sheet.out));
  // 60 to 80 staff and 3,000 to 4,000 万元 of assets decide; the profit bounds the amount.
  EXPECT_NE(answers(from_json.out).find("cn-small-low-profit-2023 eligible"), std::string::npos)
      << answers(from_json.out);
  EXPECT_NE(from_json.out.find("电子税务局"), std::string::npos);
  EXPECT_NE(from_json.out.find("2026-09-30"), std::string::npos);
}

TEST(Match, AProfileMustFitItsSchemaAndTheSchemaIsNotTooWide) {
  const Scratch scratch;
  const auto wrong = (scratch / "wrong.json").string();
  ASSERT_TRUE(write_file(wrong, R"([{"从业人数": {"值": 1, "来原": "社保"}}])").has_value());
  const auto checked = shell(
      "python3 -c 'import json,sys,jsonschema; jsonschema.Draft202012Validator(json.load(open("
      "\"docs/schemas/profile.schema.json\"))).validate(json.load(open(sys.argv[1])))' '" +
      wrong + "'");
  EXPECT_NE(checked.status, 0);
  EXPECT_NE(checked.err.find("ValidationError"), std::string::npos) << checked.err;
  const auto matched = huice("match '" + wrong + "'" + kOn);
  EXPECT_NE(matched.err.find("来原"), std::string::npos) << matched.err;
}

TEST(PolicyCheck, TheStarterLibraryHasNothingToReport) {
  const auto checked = huice("policy check policies");
  EXPECT_EQ(checked.status, 0) << checked.out << checked.err;
}

TEST(PolicyCheck, NoSmallWrongInTheStarterLibraryGoesUnnoticed) {
  const auto checked = huice("policy check policies --mutants");
  EXPECT_EQ(checked.status, 0) << checked.err;
  for (const auto* id : {"check.mutant", "check.unnoticeable"}) {
    const auto found = checked.out.find(id);
    EXPECT_EQ(found, std::string::npos) << checked.out.substr(found < 300 ? 0 : found - 300, 300);
  }
  EXPECT_NE(checked.out.find("注明无从察觉"), std::string::npos);
}

TEST(Usage, AnUnknownCommandOrOptionIsAUsageError) {
  EXPECT_EQ(huice("mach x").status, 2);
  EXPECT_EQ(huice("match").status, 2);
  const auto option = huice("match x --explian");
  EXPECT_EQ(option.status, 2);
  EXPECT_NE(option.err.find("explian"), std::string::npos) << option.err;
}

TEST(Usage, EveryCommandShowsItsOptionsAndAnExample) {
  const auto all = huice("--help");
  EXPECT_EQ(all.status, 0);
  for (const auto* command :
       {"library add", "library search", "library show", "library citations", "policy check",
        "policy show", "match", "draft", "schedule", "ledger", "assess"}) {
    EXPECT_NE(all.out.find(command), std::string::npos) << command;
    const auto help = huice(std::string(command) + " --help");
    EXPECT_EQ(help.status, 0) << command;
    EXPECT_NE(help.out.find("例：huice " + std::string(command)), std::string::npos) << help.out;
  }
}

TEST(Usage, TheProgramTellsItsVersion) {
  const auto said = huice("--version");
  EXPECT_EQ(said.status, 0);
  EXPECT_TRUE(std::regex_match(said.out, std::regex(R"(huice \d+\.\d+\.\d+\n)"))) << said.out;
}

TEST(Usage, TheFirstWordOfSomeCommandsListsThese) {
  const auto asked = huice("library --help");
  EXPECT_EQ(asked.status, 0);
  EXPECT_NE(asked.out.find("library citations"), std::string::npos) << asked.out;
  EXPECT_EQ(asked.out.find("policy check"), std::string::npos) << asked.out;
  const auto unfinished = huice("library");
  EXPECT_EQ(unfinished.status, 2);
  EXPECT_NE(unfinished.err.find("library citations"), std::string::npos) << unfinished.err;
}

}  // namespace
}  // namespace huice::e2e
