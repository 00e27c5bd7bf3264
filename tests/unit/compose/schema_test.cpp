#include "compose/schema.h"

#include <gtest/gtest.h>

#include "drawing.h"

namespace huice::compose {
namespace {

using Lines = std::vector<std::string>;

constexpr const char* kSchema = R"(
字段:
  标题: {类型: 文本, 必填: 是, 说明: 通知的标题}
  日期: {类型: 日期}
  印章: {类型: 文本, 取值: [加盖, 不加盖]}
  单位:
    类型: 列表
    项: {类型: 记录, 字段: {名称: {类型: 文本, 必填: 是}, 电话: {类型: 文本}}}
)";

Findings checked(const std::string& data) {
  return check_data(parse_schema(kSchema, "s.yaml").value(), yaml(data));
}

TEST(Schema, GoodDataPasses) {
  EXPECT_TRUE(checked("标题: 甲\n日期: 2026-05-07\n印章: 加盖\n单位: [{名称: 乙}]\n").empty());
  EXPECT_TRUE(checked("标题: 甲\n日期: 2026年5月7日\n印章:\n").empty());
}

TEST(Schema, EveryFaultIsReportedWithPathAndPlace) {
  const auto findings =
      checked("日期: 明天\n印章: 盖\n单位:\n  - {名称: 1, 电活: 'x'}\n  - {电话: 'x'}\n");
  EXPECT_EQ(places(findings),
            (Lines{"data.yaml:1:1 data.missing", "data.yaml:1:5 data.type",
                   "data.yaml:2:5 data.choice", "data.yaml:4:10 data.type",
                   "data.yaml:4:17 data.unknown-field", "data.yaml:5:5 data.missing"}));
  EXPECT_EQ(findings[0].hint, "通知的标题");
  EXPECT_EQ(findings[2].hint, "可以写：加盖、不加盖");
  EXPECT_EQ(findings[3].where.part, "单位[0].名称");
  EXPECT_EQ(findings[4].hint, "是不是想写“电话”？");
  EXPECT_EQ(findings[5].message, "缺少“单位[1].名称”");
}

TEST(Schema, DataThatIsNoRecordIsRefused) {
  EXPECT_EQ(places(checked("[1]")), Lines{"data.yaml:1:1 data.type"});
  EXPECT_EQ(checked("").size(), 1U);
}

TEST(Schema, ABrokenSchemaIsRefusedWithPlaces) {
  const auto schema = parse_schema(
      "字段:\n  甲: {类型: 字符}\n  乙: {类型: 文本, 必须: 是}\n其他字段: 可以\n", "s.yaml");
  ASSERT_FALSE(schema.has_value());
  EXPECT_EQ(
      places(as_findings(schema.error())),
      (Lines{"s.yaml:4:7 schema.format", "s.yaml:2:6 schema.format", "s.yaml:3:19 schema.format"}));
}

}  // namespace
}  // namespace huice::compose
