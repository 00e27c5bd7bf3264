#include "cli/findings.h"

#include <sstream>

#include <gtest/gtest.h>

namespace huice::cli {
namespace {

TEST(Findings, TheWholeTextOfAFindingWithItsLine) {
  const Error error{.code = ErrorCode::InvalidInput,
                    .id = "money.format",
                    .message = "金额应形如 300万元，实为“三百万”",
                    .where = {.file = "policies/x.yaml", .line = 8, .column = 8},
                    .hint = "写阿拉伯数字",
                    .excerpt = "  金额: 三百万"};
  EXPECT_EQ(finding_text(error),
            "policies/x.yaml:8:8: error: 金额应形如 300万元，实为“三百万”\n"
            "   8 |   金额: 三百万\n"
            "     |           ^\n"
            "  怎么办：写阿拉伯数字\n"
            "  编号：money.format\n");
}

TEST(Findings, ACellOfASheetIsAPlace) {
  const Error error{.code = ErrorCode::InvalidInput,
                    .id = {},
                    .message = "日期写错",
                    .where = {.file = "a.xlsx", .part = "企业!C5"}};
  EXPECT_EQ(finding_text(error, "warning"), "a.xlsx:企业!C5: warning: 日期写错\n");
}

TEST(Findings, AColumnBeyondTheLineDoesNotOverrun) {
  const Error error{.code = ErrorCode::InvalidInput,
                    .id = {},
                    .message = "m",
                    .where = {.file = "f", .line = 1, .column = 99},
                    .excerpt = "ab"};
  EXPECT_EQ(finding_text(error), "f:1:99: error: m\n   1 | ab\n     |   ^\n");
}

TEST(Findings, TheExitStatusTellsInputFromEnvironment) {
  std::ostringstream out;
  EXPECT_EQ(report(out, {.code = ErrorCode::InvalidInput}), kRejected);
  EXPECT_EQ(report(out, {.code = ErrorCode::NotFound}), kRejected);
  EXPECT_EQ(report(out, {.code = ErrorCode::Io}), kEnvironment);
}

TEST(Findings, AllFindingsOfARunArePrinted) {
  std::ostringstream out;
  Error first{.code = ErrorCode::InvalidInput, .id = {}, .message = "甲"};
  first.also.push_back({.code = ErrorCode::InvalidInput, .id = {}, .message = "乙"});
  report(out, first);
  EXPECT_EQ(out.str(), "huice: error: 甲\nhuice: error: 乙\n");
}

}  // namespace
}  // namespace huice::cli
