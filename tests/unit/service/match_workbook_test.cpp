// The workbook of a job against the one that is made of all enterprises at once.
#include "service/match_workbook.h"

#include <gtest/gtest.h>

#include "app/enterprises.h"
#include "app/workbook_files.h"
#include "policy/decision_sheet.h"
#include "policy/explain.h"

namespace huice::service {
namespace {

TEST(MatchWorkbookTest, PutTogetherOfSingleEnterprisesItIsByteForByteThatOfAllAtOnce) {
  const std::filesystem::path home = HUICE_SOURCE_DIR;
  const auto library = policy::load_library(home / "policies").value();
  const auto decisions = policy::read_decisions(library, home / "policies/decisions").value();
  const Date on = *Date::parse("2026-11-22");
  const auto catalogue = library.catalogue_for(on.year());
  auto profiles =
      app::read_enterprises(home / "samples/enterprises.xlsx", catalogue).value().profiles;
  ASSERT_GT(profiles.size(), 40U);
  profiles.resize(40);
  profiles.front().name = "=HYPERLINK(\"http://a\")";
  const policy::MatchOptions options{.on = on, .known_on = on, .default_region = "430590"};

  MatchWorkbook pieces(catalogue, options);
  for (const model::Profile& each : profiles) {
    ASSERT_TRUE(pieces.add(MatchWorkbook::rows_of(library, decisions, catalogue, each, options)));
  }
  auto whole =
      policy::to_workbook(policy::match_all(library, profiles, options), catalogue, options);
  const auto decided = policy::decision_sheet(library, decisions, profiles, options);
  ASSERT_TRUE(decided);
  whole.sheets.push_back(*decided);
  EXPECT_EQ(app::workbook_xlsx(std::move(pieces).finish(), on).value(),
            app::workbook_xlsx(whole, on).value());
}

TEST(MatchWorkbookTest, AWorksheetThatNobodyAddsToIsLeftOut) {
  const auto library =
      policy::load_library(std::filesystem::path(HUICE_SOURCE_DIR) / "policies").value();
  const Date on = *Date::parse("2026-11-22");
  EXPECT_EQ(MatchWorkbook(library.catalogue_for(on.year()), {.on = on, .known_on = on})
                .finish()
                .sheets.size(),
            3U);
}

}  // namespace
}  // namespace huice::service
