// The templates that come with the product, drawn with their sample data.
#include <algorithm>
#include <filesystem>

#include <gtest/gtest.h>

#include "compose/schema.h"
#include "drawing.h"

namespace huice::compose {
namespace {

using Lines = std::vector<std::string>;

const std::string kRoot = HUICE_SOURCE_DIR "/";

struct Sample {
  std::string name;
  std::string data;
};

/// notice has a larger sample of its own; every other template has one beside it.
std::vector<Sample> all_samples() {
  std::vector<Sample> samples = {{"notice", "samples/notice/notice.yaml"}};
  for (const auto& entry : std::filesystem::directory_iterator(kRoot + "templates")) {
    if (entry.path().extension() != ".md" || entry.path().stem() == "notice") continue;
    const std::string name = entry.path().stem().string();
    samples.push_back({name, "templates/" + name + ".sample.yaml"});
  }
  std::ranges::sort(samples, {}, &Sample::name);
  return samples;
}

std::string identifier(std::string name) {
  std::ranges::replace(name, '-', '_');
  return name;
}

class Templates : public testing::TestWithParam<Sample> {
 protected:
  std::string base() const { return kRoot + "templates/" + GetParam().name; }
  model::Value data() const { return notation::read_yaml_file(kRoot + GetParam().data).value(); }
};

TEST_P(Templates, AreDrawnWithTheirSample) {
  const auto file = load_template_file(base() + ".md");
  ASSERT_TRUE(file.has_value()) << file.error().message;
  const auto made =
      compose(file.value(), {.data = data(), .tables = {}}, FolderPartials(kRoot + "templates"));
  ASSERT_TRUE(made.has_value()) << made.error().message << made.error().where.line;
  const model::Document& document = made.value();
  EXPECT_FALSE(document.blocks.empty() && document.annexes.empty());
}

TEST_P(Templates, HaveSamplesThatFollowTheirSchema) {
  const auto schema = load_schema(base() + ".schema.yaml");
  ASSERT_TRUE(schema.has_value()) << schema.error().message;
  EXPECT_EQ(places(check_data(schema.value(), data())), Lines{});
}

TEST_P(Templates, UseOnlyNamesOfTheirSchema) {
  const auto schema = load_schema(base() + ".schema.yaml");
  ASSERT_TRUE(schema.has_value());
  std::set<std::string> known;
  for (const Shape& field : schema.value().root.fields)
    known.insert(field.name);
  for (const std::string& name : load_template_file(base() + ".md").value().body.names_used())
    EXPECT_TRUE(known.contains(name)) << name;
}

INSTANTIATE_TEST_SUITE_P(All, Templates, testing::ValuesIn(all_samples()),
                         [](const auto& test) { return identifier(test.param.name); });

constexpr const char* kCampaign = R"(
年度: 2026
全称: 云岭县2026年工业企业纾困增效专项行动
类型:
  - {名称: 扭亏稳产, 标题: 亏损企业扭亏, 家数: 25}
  - {名称: 规模企业培育, 标题: 规模工业企业培育, 家数: 11}
考核细则:
  标题: 考核细则
  对象: 各乡镇
  办法: [分组计分]
  口径: [并列同分]
  组:
    - 名称: 乡镇
      项目:
        - {序号: 1, 名称: 目标, 权重: 60, 内容: 完成的计60分。}
        - {序号: 2, 名称: 日常, 权重: 40, 内容: 正常的计40分。}
)";

model::Document campaign_notice() {
  const auto file = load_template_file(kRoot + "templates/notice.md").value();
  Content content{.data = notation::read_yaml_file(kRoot + "samples/notice/notice.yaml").value(),
                  .tables = {}};
  std::get<model::Value::Record>(content.data.content()).emplace_back("campaign", yaml(kCampaign));
  model::Table schedule;
  schedule.columns.resize(2);
  content.tables.emplace("安排表", schedule);
  return compose(file, content, FolderPartials(kRoot + "templates")).value();
}

TEST(Notice, WithACampaignCarriesScheduleAndScheme) {
  const model::Document notice = campaign_notice();
  ASSERT_EQ(notice.annexes.size(), 3U);
  EXPECT_EQ(notice.annexes[0].title, "云岭县工业企业“纾困增效”\n专项行动实施方案");
  EXPECT_EQ(notice.annexes[0].attachments,
            (Lines{"云岭县2026年工业企业纾困增效专项行动安排表", "考核细则"}));
  EXPECT_EQ(notice.annexes[1].label, "附件1");
  EXPECT_TRUE(notice.annexes[1].landscape);
  EXPECT_EQ(outline(notice.annexes[1].blocks), Lines{"table 2x0"});
  EXPECT_EQ(
      outline(notice.annexes[2].blocks),
      (Lines{"1|一、考核对象", "0|各乡镇。", "1|二、考核办法", "0|1.分组计分。", "1|三、考核内容",
             "2|（一）对乡镇的考核（总分100分）", "3|1.目标（权重60%）。|完成的计60分。",
             "3|2.日常（权重40%）。|正常的计40分。", "1|四、计分口径", "0|1.并列同分。"}));
}

TEST(Notice, UsesAllFourLevelsAndKeepsRareCharacters) {
  const model::Document notice = campaign_notice();
  std::set<int> levels;
  std::string all;
  for (const model::Block& block : notice.annexes[0].blocks) {
    if (const auto* paragraph = std::get_if<model::Paragraph>(&block)) {
      levels.insert(paragraph->level);
    } else if (const auto* table = std::get_if<model::TableBlock>(&block)) {
      for (const auto& row : table->table.rows)
        for (const model::Cell& cell : row)
          all += to_text(cell);
    }
  }
  EXPECT_EQ(levels, (std::set<int>{0, 1, 2, 3, 4}));
  for (const char* rare : {"㛃", "䶮", "𬭎"})
    EXPECT_NE(all.find(rare), std::string::npos) << rare;
  EXPECT_NE(all.find("合计"), std::string::npos);
}

TEST(Notice, ParagraphsKnowTheirPlaceInTheData) {
  const model::Document notice = campaign_notice();
  const auto& first = std::get<model::Paragraph>(notice.blocks[0]);
  EXPECT_TRUE(first.where.file.ends_with("notice.yaml")) << first.where.file;
  EXPECT_GT(first.where.line, 0);
}

}  // namespace
}  // namespace huice::compose
