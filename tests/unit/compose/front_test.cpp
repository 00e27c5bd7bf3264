#include "compose/front.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "compose/compose.h"

namespace huice::compose {
namespace {

Result<model::Document> read(std::string_view front) {
  auto file = parse_template_file("---\n" + std::string(front) + "---\n正文。\n", "模板.md");
  if (!file) return std::move(file).error();
  return compose(file.value(), Content{.data = model::Value::Record{}, .tables = {}}, NoPartials());
}

model::Document document(std::string_view front) {
  auto result = read(front);
  EXPECT_TRUE(result) << (result ? "" : result.error().message);
  return result ? std::move(result).value() : model::Document{};
}

std::vector<std::string> ids(std::string_view front) {
  std::vector<std::string> all;
  auto result = read(front);
  if (result) return all;
  for (const Error& each : as_findings(std::move(result).error()))
    all.push_back(each.id);
  return all;
}

using Seal = model::Signature::Seal;

TEST(Front, AnOrderHas令号AndANameSeal) {
  const auto order = document(
      "格式: 命令\n版头: {发文机关标志: 云岭县人民政府, 发文字号: 第12号}\n"
      "签名章: [{职务: 县长, 姓名: 周明远, 图: 章.png, 宽: 36.5}]\n成文日期: 2026-05-07\n");
  EXPECT_EQ(order.format, model::Format::Order);
  EXPECT_EQ(order.head.number, "第12号");
  EXPECT_EQ(order.signature.seal, Seal::NameSeal);
  ASSERT_EQ(order.signature.stamps.size(), 1U);
  EXPECT_EQ(order.signature.stamps[0].position, "县长");
  EXPECT_EQ(order.signature.stamps[0].image, "章.png");
  EXPECT_EQ(order.signature.stamps[0].where.file, "模板.md");
  EXPECT_EQ(order.signature.stamps[0].width, Length::from_units(1'314'000));
  EXPECT_EQ(order.signature.stamps[0].height, model::kNameSealHeight);
}

TEST(Front, MinutesNameWhoCameAndMayBeCountedBy期) {
  const auto minutes = document(
      "格式: 纪要\n版头: {发文机关标志: 云岭县人民政府专题会议纪要, 发文字号: 第3期, "
      "制发机关: 云岭县人民政府办公室, 制发日期: 2026-05-07}\n"
      "出席: [周明远, 林䶮]\n列席: 陈思源\n");
  ASSERT_EQ(minutes.attendance.size(), 2U);
  EXPECT_EQ(minutes.attendance[0].label, "出席");
  EXPECT_EQ(minutes.attendance[0].names.size(), 2U);
  EXPECT_EQ(minutes.attendance[1].label, "列席");
  EXPECT_EQ(minutes.head.produced, "2026年5月7日");
}

TEST(Front, EverySignedOfficeHasASealOfItsOwnSize) {
  const auto joint = document(
      "格式: 文件\n署名: [县财政局, 县税务局, 县统计局]\n成文日期: 2026-05-07\n"
      "印章直径: [42, 40.5]\n印章图: a.png\n画出印章位: 是\n套打: true\n"
      "封面: true\n横排同向: true\n版记: {偶数页: true}\n");
  const auto& stamps = joint.signature.stamps;
  ASSERT_EQ(stamps.size(), 3U);
  EXPECT_EQ(stamps[0].width, mm(42));
  EXPECT_EQ(stamps[1].width, Length::from_units(1'458'000));
  EXPECT_EQ(stamps[2].width, stamps[1].width);
  EXPECT_EQ(stamps[0].image, "a.png");
  EXPECT_EQ(stamps[1].image, "");
  EXPECT_TRUE(joint.signature.outlined);
  EXPECT_TRUE(joint.preprinted);
  EXPECT_TRUE(joint.has_cover);
  EXPECT_TRUE(joint.turned_alike);
  EXPECT_TRUE(joint.imprint.even_page);
}

TEST(Front, ASealThatCannotBeIsRefused) {
  const std::string head = "格式: 文件\n署名: 县财政局\n";
  EXPECT_EQ(ids(head + "印章直径: 450\n"), std::vector<std::string>{"document.seal"});
  EXPECT_EQ(ids(head + "印章直径: 大\n"), std::vector<std::string>{"document.seal"});
  EXPECT_EQ(ids(head + "印章图: [a.png, b.png]\n"), std::vector<std::string>{"document.seal"});
  EXPECT_EQ(ids(head + "印章: 签名章\n"), std::vector<std::string>{"document.seal"});
  EXPECT_EQ(ids(head + "签名章: [{职务: 县长}]\n印章: 签名章\n").front(), "document.seal");
  EXPECT_EQ(ids(head + "签名章: [{职位: 县长}]\n"),
            std::vector<std::string>{"template.unknown-key"});
  EXPECT_EQ(ids(head + "印章: 盖\n"), std::vector<std::string>{"document.value"});
}

TEST(Front, AFileHasNo令号) {
  EXPECT_EQ(ids("格式: 文件\n版头: {发文字号: 第12号}\n"),
            std::vector<std::string>{"document.number"});
  EXPECT_TRUE(ids("格式: 文件\n版头: {发文字号: 云政〔2026〕12号}\n").empty());
  EXPECT_FALSE(ids("格式: 文件\n版头: {发文字号: 云政〔2026〕012号}\n").empty());
  EXPECT_FALSE(ids("格式: 命令\n版头: {发文字号: 第012号}\n").empty());
}

TEST(Front, AnAnnexMayLieAndBeBoundApart) {
  auto file = parse_template_file(
      "---\n格式: 文件\n---\n正文。\n\n# 附件 安排表 {横排} {另装}\n\n正文。\n", "模板.md");
  ASSERT_TRUE(file);
  const auto read =
      compose(file.value(), Content{.data = model::Value::Record{}, .tables = {}}, NoPartials());
  ASSERT_TRUE(read) << read.error().message;
  ASSERT_EQ(read.value().annexes.size(), 1U);
  EXPECT_EQ(read.value().annexes[0].title, "安排表");
  EXPECT_TRUE(read.value().annexes[0].landscape);
  EXPECT_TRUE(read.value().annexes[0].separate);
}

}  // namespace
}  // namespace huice::compose
