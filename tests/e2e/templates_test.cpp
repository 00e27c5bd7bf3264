// Every template with its sample, drawn by the built binary: the pages there should be, and every
// text of the data on them.
#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/files.h"
#include "command.h"
#include "model/value.h"
#include "notation/yaml.h"

namespace huice::e2e {
namespace {

const std::string kRoot = HUICE_SOURCE_DIR "/";

using Names = std::set<std::string>;

/// Fields that steer a document rather than being printed in it, by template; "" is for all.
Names unprinted(const std::string& name) {
  static const std::map<std::string, Names> kUnprinted = {
      {"",
       {"印章", "套打", "name", "status", "applies", "truth", "kind", "requirement", "contact",
        "县"}},
      {"match-report", {"window", "materials", "actual"}},
      {"policy-table", {"材料"}},
      {"assessment-bulletin", {"行动", "期间", "标题"}},
      {"progress-bulletin", {"行动", "类别", "办理层级", "性质", "状态", "说明"}},
      // The name of who signs an order is on the 签名章 itself.
      {"order", {"姓名"}}};
  Names names = kUnprinted.at("");
  if (const auto own = kUnprinted.find(name); own != kUnprinted.end()) {
    names.insert(own->second.begin(), own->second.end());
  }
  return names;
}

/// The texts of a value that are printed as they are.
void collect_texts(const model::Value& value, const Names& without,
                   std::vector<std::string>& texts) {
  if (const auto* text = value.text()) texts.push_back(*text);
  if (const auto* list = value.list()) {
    for (const auto& each : *list)
      collect_texts(each, without, texts);
  }
  if (const auto* record = value.record()) {
    for (const auto& [name, field] : *record) {
      if (!without.contains(name)) collect_texts(field, without, texts);
    }
  }
}

std::string without_blanks(const std::string& text) {
  std::string kept;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool wide = text.compare(i, 3, "　") == 0;
    if (wide) i += 2;
    if (!wide && text[i] != ' ' && text[i] != '\n' && text[i] != '\f') kept += text[i];
  }
  return kept;
}

struct Case {
  std::string name;
  int pages = 0;
};

/// tests/suite/templates/pages.yaml: `name: pages`.
std::vector<Case> cases() {
  const auto expected = notation::read_yaml_file(kRoot + "tests/suite/templates/pages.yaml");
  std::vector<Case> all;
  if (!expected) return all;
  for (const auto& [name, pages] : *expected.value().record())
    all.push_back({name, static_cast<int>(*pages.number()->to_int64())});
  return all;
}

class TemplatesOnPaper : public testing::TestWithParam<Case> {};

TEST_P(TemplatesOnPaper, HaveTheirPagesAndAllTexts) {
  if (!is_installed("pdftotext")) GTEST_SKIP() << "poppler-utils is not installed";
  const Scratch scratch;
  const auto pdf = (scratch / "drawn.pdf").string();
  const std::string sample = "templates/" + GetParam().name + ".sample.yaml";
  const auto drawn = huice("draft " + GetParam().name + " --data " + sample + " --out '" + pdf +
                           "' --on 2026-11-22");
  ASSERT_EQ(drawn.status, 0) << drawn.err;
  EXPECT_NE(drawn.out.find("：" + std::to_string(GetParam().pages) + " 页"), std::string::npos)
      << drawn.out;
  // Page numbers stand between the two halves of a text that goes on overleaf.
  const auto read = shell("pdftotext -raw '" + pdf + "' - | sed -E 's/— ?[0-9]+ ?—//g'");
  const std::string printed = without_blanks(read.out);
  const auto data = notation::read_yaml_file(kRoot + sample);
  ASSERT_TRUE(data.has_value());
  std::vector<std::string> texts;
  collect_texts(data.value(), unprinted(GetParam().name), texts);
  EXPECT_GT(texts.size(), 5U);
  for (const std::string& text : texts)
    EXPECT_NE(printed.find(without_blanks(text)), std::string::npos) << text;
}

INSTANTIATE_TEST_SUITE_P(All, TemplatesOnPaper, testing::ValuesIn(cases()), [](const auto& test) {
  std::string name = test.param.name;
  std::ranges::replace(name, '-', '_');
  return name;
});

TEST(TemplateList, NoneIsForgotten) {
  std::set<std::string> named;
  for (const Case& each : cases())
    named.insert(each.name);
  for (const auto& entry : std::filesystem::directory_iterator(kRoot + "templates")) {
    if (entry.path().extension() != ".md" || entry.path().stem() == "notice") continue;
    EXPECT_TRUE(named.contains(entry.path().stem().string())) << entry.path();
  }
}

TEST(Handbook, ContentsAndIndexNameThePagesWhereThingsStand) {
  if (!is_installed("pdftotext")) GTEST_SKIP() << "poppler-utils is not installed";
  const Scratch scratch;
  const auto pdf = (scratch / "book.pdf").string();
  ASSERT_EQ(huice("draft policy-handbook --data templates/policy-handbook.sample.yaml --out '" +
                  pdf + "'")
                .status,
            0);
  const auto page = [&](int number) {
    const std::string n = std::to_string(number);
    return without_blanks(shell("pdftotext -f " + n + " -l " + n + " '" + pdf + "' -").out);
  };
  const auto lines =
      shell("pdftotext -layout '" + pdf + "' - | grep -E '(首次入规工业企业奖励|裁员率) *…'").out;
  std::istringstream in(lines);
  int found = 0;
  for (std::string line; std::getline(in, line); ++found) {
    const int number = std::stoi(line.substr(line.find_last_of("… ") + 1));
    const bool heading = line.find("奖励") != std::string::npos;
    EXPECT_NE(page(number).find(heading ? "首次入规工业企业奖励" : "裁员率"), std::string::npos)
        << line;
  }
  EXPECT_EQ(found, 2) << lines;
}

TEST(DraftEach, DrawsOneFileForEachItemAndGoesOnAfterAFailure) {
  const Scratch scratch;
  shell(
      "printf -- '- {文件名: 甲, 主送: [甲镇]}\\n- {文件名: 乙, 主送: 3}\\n- {主送: [丙镇]}\\n' > "
      "'" +
      (scratch / "list.yaml").string() + "'");
  const auto drawn =
      huice("draft reply --data templates/reply.sample.yaml --each '" +
            (scratch / "list.yaml").string() + "' --out '" + (scratch / "out").string() + "'");
  EXPECT_EQ(drawn.status, 1);
  EXPECT_TRUE(std::filesystem::exists(scratch / "out/甲.pdf"));
  EXPECT_FALSE(std::filesystem::exists(scratch / "out/乙.pdf"));
  EXPECT_TRUE(std::filesystem::exists(scratch / "out/3.pdf"));
  EXPECT_NE(drawn.err.find("list.yaml:2:"), std::string::npos) << drawn.err;
  EXPECT_NE(drawn.out.find("共 3 份，排印 2 份，未排印 1 份"), std::string::npos) << drawn.out;
}

TEST(DraftEach, MergesAllIntoOneFileWithABookmarkForEach) {
  if (!is_installed("qpdf")) GTEST_SKIP() << "qpdf is not installed";
  const Scratch scratch;
  shell("printf -- '- {文件名: 甲, 主送: [甲镇]}\\n- {文件名: 乙, 主送: [乙镇]}\\n' > '" +
        (scratch / "list.yaml").string() + "'");
  const auto pdf = (scratch / "all.pdf").string();
  const auto drawn = huice("draft reply --data templates/reply.sample.yaml --merge --each '" +
                           (scratch / "list.yaml").string() + "' --out '" + pdf + "'");
  EXPECT_EQ(drawn.status, 0) << drawn.err;
  EXPECT_EQ(shell("qpdf --check '" + pdf + "'").status, 0);
  EXPECT_EQ(shell("qpdf --show-npages '" + pdf + "'").out, "4\n");
  const auto text = shell("pdftotext '" + pdf + "' - | tr -d ' \\n'").out;
  EXPECT_NE(text.find("甲镇："), std::string::npos);
  EXPECT_NE(text.find("乙镇："), std::string::npos);
}

TEST(DraftEach, ANameUsedTwiceIsRefusedBeforeAnythingIsDrawn) {
  const Scratch scratch;
  shell("printf -- '- {文件名: 甲}\\n- {文件名: 甲}\\n' > '" + (scratch / "list.yaml").string() +
        "'");
  const auto drawn = huice("draft reply --each '" + (scratch / "list.yaml").string() + "' --out '" +
                           (scratch / "out").string() + "'");
  EXPECT_EQ(drawn.status, 1);
  EXPECT_NE(drawn.err.find("编号：draft.each"), std::string::npos) << drawn.err;
  EXPECT_FALSE(std::filesystem::exists(scratch / "out"));
}

}  // namespace
}  // namespace huice::e2e
