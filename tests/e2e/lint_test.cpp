// Proof-reading of drafts, templates and data by the built binary.
#include <filesystem>
#include <fstream>
#include <map>

#include <gtest/gtest.h>

#include "command.h"
#include "notation/json.h"

namespace huice::e2e {
namespace {

std::string written(const Scratch& scratch, const std::string& name, const std::string& text) {
  const auto path = scratch / name;
  std::ofstream(path) << text;
  return path.string();
}

const char* const kDraft =
    "云岭县人民政府关于报送材料的通知\r\n"
    "云政发[2026]3号\r\n"
    "各乡镇:\r\n"
    "请于2026年05月20号前报送.\r\n"
    "云岭县人民政府\r\n"
    "二〇二六年五月七日\r\n";

TEST(Lint, FaultsAreToldWithPlaceSourceAndProposal) {
  const Scratch scratch;
  const auto file = written(scratch, "draft.txt", kDraft);
  const auto linted = huice("lint '" + file + "'");
  EXPECT_EQ(linted.status, 1);
  EXPECT_NE(linted.out.find(file + ":2:4: 必须 [number-brackets] "), std::string::npos)
      << linted.out;
  EXPECT_NE(linted.out.find("改为：〔2026〕"), std::string::npos);
  EXPECT_NE(linted.out.find("依据：GB/T 9704—2012 7.2.5"), std::string::npos);
}

TEST(Lint, FixingMakesTheDraftCleanAndKeepsItsLineEnds) {
  const Scratch scratch;
  const auto file = written(scratch, "draft.txt", kDraft);
  const auto fixed = huice("lint --fix '" + file + "'");
  EXPECT_EQ(fixed.status, 0) << fixed.out;
  EXPECT_EQ(file_text(file),
            "云岭县人民政府关于报送材料的通知\r\n"
            "云政发〔2026〕3号\r\n"
            "各乡镇：\r\n"
            "请于2026年5月20日前报送。\r\n"
            "云岭县人民政府\r\n"
            "2026年5月7日\r\n");
  const auto again = huice("lint --fix '" + file + "'");
  EXPECT_NE(again.out.find("没有发现问题"), std::string::npos) << again.out;
}

TEST(Lint, JsonHoldsWhatItsSchemaNames) {
  const Scratch scratch;
  const auto linted = huice("lint --json '" + written(scratch, "draft.txt", kDraft) + "'");
  EXPECT_EQ(linted.status, 1);
  const auto value = notation::read_json(linted.out, "out");
  ASSERT_TRUE(value) << linted.out;
  const auto schema =
      notation::read_json(file_text(HUICE_SOURCE_DIR "/docs/schemas/lint.schema.json"), "schema");
  ASSERT_TRUE(schema);
  for (const auto& name : *schema.value().find("required")->list())
    EXPECT_NE(value.value().find(*name.text()), nullptr) << *name.text();
  const auto* item = schema.value().find("properties")->find("findings")->find("items");
  const auto& findings = *value.value().find("findings")->list();
  ASSERT_FALSE(findings.empty());
  for (const auto& [name, field] : *findings.front().record())
    EXPECT_NE(item->find("properties")->find(name), nullptr) << name;
  EXPECT_EQ(findings.front().record()->size(), item->find("required")->list()->size());
}

TEST(Lint, TheSampleNoticeIsClean) {
  const auto linted =
      huice("lint notice --data samples/notice/notice.yaml --campaign samples/campaign");
  EXPECT_EQ(linted.status, 0) << linted.out << linted.err;
}

TEST(Lint, TemplatesWithASampleAreClean) {
  const auto names = shell("ls templates/*.sample.yaml").out;
  std::istringstream lines(names);
  int templates = 0;
  for (std::string sample; std::getline(lines, sample);) {
    const auto name = sample.substr(0, sample.find(".sample.yaml")) + ".md";
    if (shell("test -f " + name).status != 0) continue;
    const auto linted = huice("lint " + name);
    EXPECT_EQ(linted.status, 0) << name << "\n" << linted.out << linted.err;
    ++templates;
  }
  EXPECT_GT(templates, 2);
}

TEST(Lint, TheSampleCircularsAreClean) {
  int circulars = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(HUICE_SOURCE_DIR "/samples/circulars")) {
    const auto linted = huice("lint '" + entry.path().string() + "'");
    EXPECT_NE(linted.out.find("没有发现问题"), std::string::npos) << linted.out << linted.err;
    ++circulars;
  }
  EXPECT_EQ(circulars, 12);
}

TEST(Lint, FaultsPlantedInASampleCircularAreFound) {
  std::string text =
      file_text(HUICE_SOURCE_DIR "/samples/circulars/12-企业规模类型划分工作的通知.md");
  for (const auto& [right, wrong] : std::map<std::string, std::string>{
           {"经县人民政府同意，", ""}, {"云科工发〔2026〕5号", "云科工发[2026]05号"}}) {
    const std::size_t at = text.find(right);
    ASSERT_NE(at, std::string::npos) << right;
    text.replace(at, right.size(), wrong);
  }
  const Scratch scratch;
  const auto linted = huice("lint '" + written(scratch, "planted.md", text) + "'");
  EXPECT_EQ(linted.status, 1);
  for (const char* rule : {"[department-commands]", "[number-brackets]", "[number-serial]"})
    EXPECT_NE(linted.out.find(rule), std::string::npos) << rule << "\n" << linted.out;
}

TEST(Lint, DataIsReadTextByText) {
  const auto linted = huice("lint samples/notice/notice.yaml");
  EXPECT_EQ(linted.status, 0) << linted.out << linted.err;
}

TEST(Lint, WhatIsCitedIsFollowedIntoTheLibrary) {
  const Scratch scratch;
  const auto old =
      written(scratch, "old.txt",
              "云岭县人民政府关于扶持工业企业的意见\n云政发〔2020〕1号\n"
              "各乡镇人民政府：\n对工业企业给予扶持。\n云岭县人民政府\n2020年3月2日\n");
  const auto later = written(
      scratch, "later.txt",
      "云岭县人民政府关于印发《支持工业企业办法》的通知\n云政发〔2025〕9号\n各乡镇人民政府：\n"
      "本办法自印发之日起施行，《云岭县人民政府关于扶持工业企业的意见》（云政发〔2020〕1号）同时"
      "废止。\n云岭县人民政府\n2025年3月2日\n");
  const auto library = (scratch / "library").string();
  const auto added = huice("library add '" + old + "' '" + later + "' --library '" + library + "'");
  ASSERT_EQ(added.status, 0) << added.err;
  const auto draft = written(scratch, "draft.txt", "按照云政发〔2020〕1号文件办理。\n");
  EXPECT_EQ(huice("lint '" + draft + "'").status, 0);
  const auto linted = huice("lint '" + draft + "' --library '" + library + "'");
  EXPECT_EQ(linted.status, 1) << linted.out << linted.err;
  EXPECT_NE(linted.out.find("[citation-lapsed]"), std::string::npos) << linted.out;
  EXPECT_NE(linted.out.find("云政发〔2025〕9号"), std::string::npos) << linted.out;
}

TEST(Lint, BadInputIsAnsweredWell) {
  const Scratch scratch;
  EXPECT_EQ(huice("lint").status, 2);
  EXPECT_NE(huice("lint no-such.txt").err.find("file.not-found"), std::string::npos);
  const auto empty = huice("lint '" + written(scratch, "empty.txt", "\n \n") + "'");
  EXPECT_EQ(empty.status, 1);
  EXPECT_NE(empty.err.find("lint.empty"), std::string::npos) << empty.err;
  const auto binary = huice("lint '" + written(scratch, "b.txt", std::string(64, '\0')) + "'");
  EXPECT_NE(binary.err.find("b.txt: error: "), std::string::npos) << binary.err;
  EXPECT_NE(huice("lint notice").err.find("lint.no-data"), std::string::npos);
  const auto refused = huice("lint --rule half-width '" + written(scratch, "a.txt", "甲") + "'");
  EXPECT_EQ(refused.status, 1);
  EXPECT_NE(refused.err.find("half-width-mark"), std::string::npos) << refused.err;
  const auto pdf = huice("lint --fix samples/circulars/08-云州市优化营商环境条例.pdf");
  EXPECT_NE(pdf.err.find("lint.cannot-fix"), std::string::npos) << pdf.err;
}

}  // namespace
}  // namespace huice::e2e
