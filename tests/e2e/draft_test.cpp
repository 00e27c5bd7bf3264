// The notice and its kin, drawn by the built binary and read back by other people's programs.
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "command.h"

namespace huice::e2e {
namespace {

const std::string kNotice =
    "draft notice --data samples/notice/notice.yaml --campaign samples/campaign --on 2026-11-22";

std::string draw_notice(const Scratch& scratch, const std::string& name) {
  const auto path = (scratch / name).string();
  const auto drawn = huice(kNotice + " --out '" + path + "'");
  EXPECT_EQ(drawn.status, 0) << drawn.err;
  return path;
}

TEST(Draft, TheNoticeIsSoundForQpdf) {
  if (!is_installed("qpdf")) GTEST_SKIP() << "qpdf is not installed";
  const Scratch scratch;
  const auto checked = shell("qpdf --check '" + draw_notice(scratch, "notice.pdf") + "'");
  EXPECT_EQ(checked.status, 0) << checked.out << checked.err;
}

TEST(Draft, EveryFontIsEmbeddedSubsetAndMappedToUnicode) {
  if (!is_installed("pdffonts")) GTEST_SKIP() << "poppler-utils is not installed";
  const Scratch scratch;
  const auto fonts = shell("pdffonts '" + draw_notice(scratch, "notice.pdf") + "' | tail -n +3");
  EXPECT_FALSE(fonts.out.empty());
  std::istringstream lines(fonts.out);
  for (std::string line; std::getline(lines, line);) {
    EXPECT_NE(line.find("yes yes yes"), std::string::npos) << line;
  }
}

TEST(Draft, TheTextComesBackRareCharactersAndAll) {
  if (!is_installed("pdftotext")) GTEST_SKIP() << "poppler-utils is not installed";
  const Scratch scratch;
  const auto text =
      shell("pdftotext -layout '" + draw_notice(scratch, "notice.pdf") + "' - | tr -d ' \\n\\f'");
  for (const auto* expected :
       {"㛃", "䶮", "𬭎", "工业企业", "实施方案", "附件：1.", "附件1", "附件2", "印发"}) {
    EXPECT_NE(text.out.find(expected), std::string::npos) << expected;
  }
  EXPECT_EQ(text.err, "");
}

TEST(Draft, NoLibraryOfOtherCommandsIsLoaded) {
  const auto loaded = shell("ldd '" HUICE_BINARY "'");
  EXPECT_NE(loaded.out.find("libharfbuzz"), std::string::npos) << loaded.out << loaded.err;
  for (const auto* library : {"libpoppler", "libPocoNet", "libPocoData", "libpq", "libxapian"})
    EXPECT_EQ(loaded.out.find(library), std::string::npos) << library;
}

TEST(Draft, EqualInputGivesEqualBytes) {
  const Scratch scratch;
  const auto first = draw_notice(scratch, "a.pdf");
  const auto second = draw_notice(scratch, "b.pdf");
  EXPECT_EQ(file_text(first), file_text(second));
}

TEST(Draft, TheReportHoldsTheFinishedPagesAgainstTheStandard) {
  const Scratch scratch;
  const auto out = " --out '" + (scratch / "notice.pdf").string() + "'";
  const auto report = scratch / "report.json";
  const auto drawn = huice(kNotice + out + " --report '" + report.string() + "'");
  ASSERT_EQ(drawn.status, 0) << drawn.err;
  EXPECT_NE(drawn.out.find("不符合 0 项"), std::string::npos) << drawn.out << drawn.err;
  const auto json = file_text(report);
  expect_valid(json, "report.schema.json");
  for (const auto* clause : {"\"5.2.1\"", "\"7.2.4\"", "\"7.3.5.1\"", "\"7.5\"", "\"8\""})
    EXPECT_NE(json.find(clause), std::string::npos) << clause;
  // The same pages under a password measure the same.
  const auto locked = scratch / "locked.json";
  ASSERT_EQ(huice(kNotice + out + " --password 云岭2026 --report '" + locked.string() + "'").status,
            0);
  EXPECT_EQ(file_text(locked), json);
}

TEST(Draft, TheSampleOfEveryTemplateKeepsTheStandard) {
  const Scratch scratch;
  std::istringstream samples(shell("ls templates/*.sample.yaml").out);
  int drawn = 0;
  for (std::string sample; std::getline(samples, sample);) {
    const auto name = sample.substr(0, sample.find(".sample.yaml")) + ".md";
    if (shell("test -f " + name).status != 0) continue;
    const auto draft =
        huice("draft " + name + " --data " + sample + " --out '" + (scratch / "a.pdf").string() +
              "' --report '" + (scratch / "a.json").string() + "'");
    EXPECT_EQ(draft.status, 0) << name << "\n" << draft.err;
    EXPECT_NE(draft.out.find("不符合 0 项"), std::string::npos) << name << "\n" << draft.err;
    ++drawn;
  }
  EXPECT_GT(drawn, 15);
}

/// Three letters, the second of which cannot be drawn.
std::string write_letters(const Scratch& scratch) {
  const auto list = (scratch / "list.yaml").string();
  std::ofstream(list) << "- {文件名: 青溪镇, 主送: [青溪镇人民政府]}\n"
                         "- {文件名: 坏, 标题: []}\n"
                         "- {文件名: 白石镇, 主送: [白石镇人民政府]}\n";
  return list;
}

TEST(Draft, EachOfManyIsMeasuredWhereItWasWritten) {
  const Scratch scratch;
  const auto draw = [&](const std::string& out) {
    const auto report = scratch / "reports.json";
    const auto drawn = huice(
        "draft letter --data templates/letter.sample.yaml --on 2026-11-22 --each '" +
        write_letters(scratch) + "' --out '" + (scratch / out).string() + "' --report '" +
        report.string() + "'" + (out.ends_with(".pdf") ? " --merge --password 云岭2026" : ""));
    EXPECT_EQ(drawn.status, 1) << drawn.err;
    EXPECT_NE(drawn.out.find("不符合 0 项"), std::string::npos) << drawn.out << drawn.err;
    return file_text(report);
  };
  const auto in_folder = draw("letters");
  std::vector<std::string> lines;
  std::istringstream text(in_folder);
  for (std::string line; std::getline(text, line);)
    lines.push_back(line);
  ASSERT_EQ(lines.size(), 4U) << in_folder;
  EXPECT_TRUE(lines[1].starts_with(R"({"file":"青溪镇.pdf")")) << lines[1];
  EXPECT_TRUE(lines[2].starts_with(R"({"file":"白石镇.pdf")")) << lines[2];
  expect_valid(lines[1].substr(0, lines[1].size() - 1), "report.schema.json");
  expect_valid(lines[2], "report.schema.json");
  EXPECT_EQ(draw("letters.zip"), in_folder);
  EXPECT_EQ(draw("letters.pdf"), in_folder);
}

TEST(Draft, AnUnknownTemplateIsNamedAndNothingIsWritten) {
  const Scratch scratch;
  const auto refused = huice("draft notise --data samples/notice/notice.yaml --out '" +
                             (scratch / "x.pdf").string() + "'");
  EXPECT_EQ(refused.status, 1);
  EXPECT_NE(refused.err.find("没有名为“notise”的模板，是否想写“notice”？"), std::string::npos)
      << refused.err;
  EXPECT_FALSE(std::filesystem::exists(scratch / "x.pdf"));
}

TEST(Draft, BrokenDataIsPlacedAndTheOldFileStays) {
  const Scratch scratch;
  shell("printf '标题: 甲\\n主送: \"未完\\n' > '" + (scratch / "bad.yaml").string() + "'");
  shell("echo old > '" + (scratch / "x.pdf").string() + "'");
  const auto refused = huice("draft notice --data '" + (scratch / "bad.yaml").string() +
                             "' --out '" + (scratch / "x.pdf").string() + "'");
  EXPECT_EQ(refused.status, 1);
  EXPECT_NE(refused.err.find("bad.yaml:3:1: error: "), std::string::npos) << refused.err;
  EXPECT_NE(refused.err.find("编号：yaml.syntax"), std::string::npos) << refused.err;
  EXPECT_EQ(file_text(scratch / "x.pdf"), "old\n");
}

TEST(Draft, AMissingFontIsNamedWithItsPlaceInTheConfiguration) {
  const Scratch scratch;
  shell("sed 's#FandolFang-Regular.otf#Nowhere.otf#' templates/fonts.yaml > '" +
        (scratch / "fonts.yaml").string() + "'");
  const auto refused = huice(kNotice + " --fonts '" + (scratch / "fonts.yaml").string() +
                             "' --out '" + (scratch / "x.pdf").string() + "'");
  EXPECT_EQ(refused.status, 1);
  EXPECT_NE(refused.err.find("fonts.yaml:"), std::string::npos) << refused.err;
  EXPECT_NE(refused.err.find("Nowhere.otf"), std::string::npos) << refused.err;
  EXPECT_NE(refused.err.find("编号：font.missing"), std::string::npos) << refused.err;
  EXPECT_FALSE(std::filesystem::exists(scratch / "x.pdf"));
}

TEST(Draft, AHeadOfTwoLevelsIsRepeatedOnEachPageAndStandsInTheWorkbook) {
  if (!is_installed("pdftotext")) GTEST_SKIP() << "poppler-utils is not installed";
  const Scratch scratch;
  const std::string draft =
      "draft samples/schedule/schedule.md --data samples/schedule/schedule.yaml --on 2026-05-20 "
      "--out '" +
      (scratch / "表").string();
  const auto pdf = huice(draft + ".pdf'");
  ASSERT_EQ(pdf.status, 0) << pdf.err;
  const auto text = shell("pdftotext '" + (scratch / "表.pdf").string() + "' - | tr -d ' \\n'");
  std::size_t heads = 0;
  for (auto at = text.out.find("帮扶力量"); at != std::string::npos;
       at = text.out.find("帮扶力量", at + 1))
    ++heads;
  const auto pages = shell("pdfinfo '" + (scratch / "表.pdf").string() + "' | grep Pages");
  EXPECT_GT(heads, 1U) << text.out;
  EXPECT_TRUE(pages.out.ends_with(" " + std::to_string(heads) + "\n")) << pages.out;
  ASSERT_EQ(huice(draft + ".xlsx'").status, 0);
  if (!has_module("openpyxl")) GTEST_SKIP() << "python3-openpyxl is not installed";
  const auto sheet = shell("/usr/bin/python3 -c \"import openpyxl; s = openpyxl.load_workbook('" +
                           (scratch / "表.xlsx").string() +
                           "').active; print(s.print_title_rows, sorted(str(r) for r in "
                           "s.merged_cells.ranges if r.min_row "
                           "< 4))\"");
  EXPECT_NE(sheet.out.find("'D2:F2'"), std::string::npos) << sheet.out << sheet.err;
  EXPECT_NE(sheet.out.find("'A2:A3'"), std::string::npos) << sheet.out;
  EXPECT_NE(sheet.out.find("$2:$3"), std::string::npos) << sheet.out;
  EXPECT_EQ(huice(draft + ".xlsx' --password x").status, 1);
}

}  // namespace
}  // namespace huice::e2e
