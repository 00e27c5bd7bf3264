#include "cli/arguments.h"

#include <gtest/gtest.h>

namespace huice::cli {
namespace {

const std::vector<Option> kOptions = {{"out", "文件", ""},
                                      {"policy", "编号", "", "", true},
                                      {"json", "", ""},
                                      {"on", "日期", ""},
                                      {"limit", "条数", ""}};

TEST(Arguments, OptionsAndFilesMayMix) {
  const auto parsed = parse_arguments(kOptions, {"a.xlsx", "--out", "b.xlsx", "--json", "c"});
  ASSERT_TRUE(parsed.has_value()) << parsed.error().message;
  EXPECT_EQ(parsed.value().files(), (std::vector<std::string>{"a.xlsx", "c"}));
  EXPECT_EQ(parsed.value().value("out"), "b.xlsx");
  EXPECT_TRUE(parsed.value().has("json"));
  EXPECT_FALSE(parsed.value().has("on"));
}

TEST(Arguments, AnOptionMayCarryItsValueAfterAnEqualsSign) {
  EXPECT_EQ(parse_arguments(kOptions, {"--out=b.xlsx"}).value().value("out"), "b.xlsx");
}

TEST(Arguments, RepeatableOptionsKeepEveryValue) {
  const auto parsed = parse_arguments(kOptions, {"--policy", "a", "--policy", "b"});
  ASSERT_TRUE(parsed.has_value());
  EXPECT_EQ(parsed.value().values("policy"), (std::vector<std::string>{"a", "b"}));
}

TEST(Arguments, TwoDashesEndTheOptions) {
  const auto parsed = parse_arguments(kOptions, {"--", "--json"});
  ASSERT_TRUE(parsed.has_value());
  EXPECT_EQ(parsed.value().files(), (std::vector<std::string>{"--json"}));
}

TEST(Arguments, UnknownDoubledAndIncompleteOptionsAreErrors) {
  EXPECT_FALSE(parse_arguments(kOptions, {"--oout", "x"}).has_value());
  EXPECT_FALSE(parse_arguments(kOptions, {"--out", "a", "--out", "b"}).has_value());
  EXPECT_FALSE(parse_arguments(kOptions, {"--out"}).has_value());
}

TEST(Arguments, DaysAndCountsAreChecked) {
  const auto parsed = parse_arguments(kOptions, {"--on", "2026-13-01", "--limit", "0"});
  ASSERT_TRUE(parsed.has_value());
  EXPECT_EQ(parsed.value().day("on").error().id, "usage.date");
  EXPECT_EQ(parsed.value().count("limit", 100).error().id, "usage.number");
  EXPECT_FALSE(parsed.value().day("json").value().has_value());
}

}  // namespace
}  // namespace huice::cli
