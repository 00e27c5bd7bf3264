#include "store/library_answers.h"

#include "engines.h"
#include "store/audit.h"
#include "store/migrations.h"

namespace huice::store {
namespace {

constexpr const char* kHere = "430524";
constexpr const char* kThere = "430525";
const Author kMarker{.at = "2026-11-22T08:00:00Z", .login = "yi", .origin = "10.0.0.9"};

class LibraryAnswersTest : public OnBothEngines {
 protected:
  Database ready() {
    auto database = Database::open(new_address(), true);
    EXPECT_TRUE(migrate(database.value(), kMarker.at));
    return std::move(database).value();
  }

  static LibraryAnswer add(Database& database, const std::string& id,
                           const std::string& county = kHere) {
    LibraryAnswer added;
    EXPECT_TRUE(database.transact([&]() -> Status {
      HUICE_TRY(added, add_answer(database, county,
                                  {.id = id,
                                   .question = "奖多少",
                                   .document = "1",
                                   .title = "兑现办法",
                                   .passage = 3,
                                   .reading = "abc"},
                                  kMarker));
      return Unit{};
    }));
    return added;
  }

  static std::string take_back(Database& database, const std::string& id,
                               const std::string& county = kHere) {
    const auto done =
        database.transact([&] { return remove_answer(database, county, id, kMarker); });
    return done ? "" : done.error().id;
  }
};

INSTANTIATE_TEST_SUITE_P(Store, LibraryAnswersTest,
                         testing::Values(Engine::Sqlite, Engine::Postgresql), [](const auto& each) {
                           return each.param == Engine::Sqlite ? "Sqlite" : "Postgresql";
                         });

TEST_P(LibraryAnswersTest, TheSameMarkIsMadeOnceInACounty) {
  auto database = ready();
  EXPECT_EQ(add(database, "a").added_by, "yi");
  EXPECT_EQ(add(database, "b").id, "a");
  EXPECT_EQ(add(database, "b", kThere).id, "b");
  EXPECT_EQ(answers_that_count(database, kHere).value().size(), 1U);
  EXPECT_EQ(find_answer(database, kThere, "a").error().id, "answers.unknown");
}

TEST_P(LibraryAnswersTest, OneTakenBackCountsNoMoreAndStaysOnRecord) {
  auto database = ready();
  (void)add(database, "a");
  EXPECT_EQ(take_back(database, "a", kThere), "answers.unknown");
  EXPECT_EQ(take_back(database, "a"), "");
  EXPECT_EQ(take_back(database, "a"), "answers.unknown");
  EXPECT_TRUE(answers_that_count(database, kHere).value().empty());
  EXPECT_EQ(list_answers(database, {.county = kHere}).value().total, 0);
  const auto kept = list_answers(database, {.county = kHere, .removed = true}).value();
  ASSERT_EQ(kept.total, 1);
  EXPECT_EQ(kept.items.front().removed_by, "yi");
  EXPECT_EQ(add(database, "b").id, "b");
  EXPECT_EQ(list_audit(database, {.county = kHere}).value().total, 3);
  EXPECT_TRUE(check_audit(database));
}

TEST_P(LibraryAnswersTest, TheStampOfACountyChangesWithItsMarksAlone) {
  auto database = ready();
  EXPECT_EQ(answers_stamp(database, kHere).value(), "");
  (void)add(database, "a");
  const auto once = answers_stamp(database, kHere).value();
  EXPECT_NE(once, "");
  (void)add(database, "b", kThere);
  EXPECT_EQ(answers_stamp(database, kHere).value(), once);
  EXPECT_EQ(take_back(database, "a"), "");
  const auto after = answers_stamp(database, kHere).value();
  EXPECT_NE(after, once);
  (void)take_back(database, "a");
  EXPECT_EQ(answers_stamp(database, kHere).value(), after);
}

}  // namespace
}  // namespace huice::store
