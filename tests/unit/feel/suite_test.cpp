// Cases of tests/suite/feel: a line is an expression and what it comes to, both in FEEL.
#include <filesystem>
#include <sstream>

#include <gtest/gtest.h>

#include "base/files.h"
#include "feel/evaluate.h"
#include "feel/names.h"

namespace huice::feel {
namespace {

constexpr std::string_view kArrow = " ==> ";

std::string outcome_of(const std::string& text) {
  const auto parsed = Expression::parse(text, Names());
  if (!parsed) return parsed.error().message;
  return to_text(evaluate(parsed.value(), {}, {.today = *Date::make(2026, 11, 22)}));
}

TEST(FeelSuite, EveryExpressionComesToWhatStandsBesideIt) {
  int cases = 0;
  for (const auto& file :
       std::filesystem::directory_iterator(HUICE_SOURCE_DIR "/tests/suite/feel")) {
    std::istringstream lines(read_file(file.path()).value());
    for (std::string line; std::getline(lines, line); ++cases) {
      const std::size_t arrow = line.find(kArrow);
      ASSERT_NE(arrow, std::string::npos) << file.path() << ": " << line;
      EXPECT_EQ(outcome_of(line.substr(0, arrow)), outcome_of(line.substr(arrow + kArrow.size())))
          << file.path() << ": " << line;
    }
  }
  EXPECT_GT(cases, 400);
}

}  // namespace
}  // namespace huice::feel
