#include "store/county_files.h"

#include <set>

#include "engines.h"
#include "store/audit.h"
#include "store/digest.h"
#include "store/jobs.h"
#include "store/migrations.h"

namespace huice::store {
namespace {

constexpr const char* kCounty = "430524";
constexpr const char* kNeighbour = "430525";
constexpr std::int64_t kQuota = 100;
const Author kOfficer{.at = "2026-11-22T08:00:00Z", .login = "yi", .origin = "10.0.0.9"};

class CountyFilesTest : public OnBothEngines {
 protected:
  Database ready() {
    auto database = Database::open(new_address(), true);
    EXPECT_TRUE(migrate(database.value(), kOfficer.at));
    return std::move(database).value();
  }

  static NewFile file(std::string id, const std::string& bytes) {
    return {.id = std::move(id),
            .name = "通知.txt",
            .sha256 = sha256(bytes),
            .bytes = static_cast<std::int64_t>(bytes.size()),
            .content = bytes};
  }

  /// Hands files in for a job that this queues; what came of it, or the id of the error.
  static std::vector<Handed> hand(Database& database, const std::string& job,
                                  const std::vector<NewFile>& files,
                                  const std::string& county = kCounty,
                                  const std::string& expected = {}) {
    std::vector<Handed> handed;
    const auto done = database.transact([&]() -> Status {
      HUICE_TRY([[maybe_unused]] const Unit locked, lock_files(database, county));
      HUICE_TRY(handed, hand_in(database, county, files, job, kQuota, kOfficer));
      Job order{.id = job, .county = county, .owner = "yi", .kind = "ingestion", .request = "{}"};
      order.created_at = kOfficer.at;
      HUICE_TRY([[maybe_unused]] const auto queued, add_job(database, order, 100));
      return Unit{};
    });
    EXPECT_EQ(done ? "" : done.error().id, expected);
    return handed;
  }

  /// The file as a reader found it; the job is taken first.
  static bool settle(Database& database, const std::string& id, bool good = true) {
    (void)take_job(database, {.node = "a", .now = 100, .seconds = 60});
    auto read = find_file(database, kCounty, id).value();
    if (good) {
      read.title = "关于稳岗的通知";
      read.dated_on = "2026-03-05";
    } else {
      read.refusal = R"({"id":"library.empty"})";
    }
    return settle_file(database, kCounty, read, kOfficer).value();
  }

  static std::string state(Database& database, const std::string& id) {
    return find_file(database, kCounty, id).value().state;
  }

  static std::string remove(Database& database, const std::string& id,
                            const std::string& county = kCounty) {
    const auto done =
        database.transact([&] { return remove_file(database, county, id, kOfficer); });
    return done ? "" : done.error().id;
  }
};

INSTANTIATE_TEST_SUITE_P(Store, CountyFilesTest,
                         testing::Values(Engine::Sqlite, Engine::Postgresql), [](const auto& each) {
                           return each.param == Engine::Sqlite ? "Sqlite" : "Postgresql";
                         });

TEST_P(CountyFilesTest, AFileIsTakenInOnceAndStampsTheList) {
  auto database = ready();
  ASSERT_EQ(hand(database, "j1", {file("a", "one")}).size(), 1U);
  EXPECT_EQ(file_list(database, kCounty).value().stamp, "");
  EXPECT_TRUE(settle(database, "a"));
  EXPECT_FALSE(settle(database, "a"));  // whoever was slower
  const auto found = find_file(database, kCounty, "a").value();
  EXPECT_EQ(found.state, "已入库");
  EXPECT_EQ(found.title, "关于稳岗的通知");
  EXPECT_EQ(found.dated_on, "2026-03-05");
  EXPECT_EQ(content_of(database, kCounty, "a").value(), "one");
  EXPECT_EQ(files_taken_in(database, kCounty).value(), std::set<std::string>{"a"});
  const auto stamps = file_stamps(database).value();
  ASSERT_EQ(stamps.size(), 1U);
  EXPECT_EQ(stamps.front().second, file_list(database, kCounty).value().stamp);
  EXPECT_EQ(list_audit(database, {.county = kCounty}).value().items.front().entry.action,
            "文件.入库");
}

TEST_P(CountyFilesTest, TheSameBytesAreKeptOnceInACounty) {
  auto database = ready();
  (void)hand(database, "j1", {file("a", "one"), file("b", "one"), file("c", "two")});
  const auto again = hand(database, "j2", {file("d", "two")});
  ASSERT_EQ(again.size(), 1U);
  EXPECT_TRUE(again.front().duplicate);
  EXPECT_EQ(again.front().file.id, "c");
  EXPECT_EQ(list_files(database, {.county = kCounty}).value().total, 2);
  EXPECT_EQ(file_list(database, kCounty).value().bytes, 6);
  EXPECT_FALSE(hand(database, "j3", {file("e", "two")}, kNeighbour).front().duplicate);
}

TEST_P(CountyFilesTest, BeyondTheQuotaNothingOfAnOrderIsKept) {
  auto database = ready();
  (void)hand(database, "j1", {file("a", std::string(60, 'a'))});
  (void)hand(database, "j2", {file("b", "small"), file("c", std::string(60, 'c'))}, kCounty,
             "files.quota");
  EXPECT_EQ(list_files(database, {.county = kCounty}).value().total, 1);
  EXPECT_EQ(file_list(database, kCounty).value().bytes, 60);
  EXPECT_EQ(remove(database, "a"), "");
  EXPECT_EQ(file_list(database, kCounty).value().bytes, 0);
  EXPECT_EQ(hand(database, "j3", {file("c", std::string(60, 'c'))}).size(), 1U);
}

TEST_P(CountyFilesTest, ARefusedFileIsToldWithoutItsBytesAndMayComeAgain) {
  auto database = ready();
  (void)hand(database, "j1", {file("a", "one")});
  EXPECT_TRUE(settle(database, "a", false));
  EXPECT_EQ(state(database, "a"), "拒收");
  EXPECT_EQ(find_file(database, kCounty, "a").value().refusal, R"({"id":"library.empty"})");
  EXPECT_EQ(content_of(database, kCounty, "a").value(), "");
  EXPECT_EQ(file_list(database, kCounty).value().bytes, 0);
  EXPECT_EQ(file_list(database, kCounty).value().stamp, "");
  EXPECT_FALSE(hand(database, "j2", {file("b", "one")}).front().duplicate);
}

TEST_P(CountyFilesTest, ACancelledOrderTakesNothingInAndIsOrderedAnew) {
  auto database = ready();
  (void)hand(database, "j1", {file("a", "one")});
  ASSERT_TRUE(cancel_job(database, "j1"));
  EXPECT_FALSE(settle(database, "a"));
  EXPECT_TRUE(is_stranded(find_file(database, kCounty, "a").value()));
  const auto again = hand(database, "j2", {file("b", "one")});
  EXPECT_FALSE(again.front().duplicate);
  EXPECT_EQ(again.front().file.id, "a");
  EXPECT_EQ(file_list(database, kCounty).value().bytes, 3);
  EXPECT_TRUE(settle(database, "a"));
}

TEST_P(CountyFilesTest, ARemovedFileLeavesItsRecord) {
  auto database = ready();
  (void)hand(database, "j1", {file("a", "one")});
  ASSERT_TRUE(settle(database, "a"));
  const std::string before = file_list(database, kCounty).value().stamp;
  EXPECT_EQ(remove(database, "a", kNeighbour), "files.unknown");
  EXPECT_EQ(remove(database, "a"), "");
  EXPECT_EQ(remove(database, "a"), "files.unknown");
  EXPECT_NE(file_list(database, kCounty).value().stamp, before);
  EXPECT_TRUE(files_taken_in(database, kCounty).value().empty());
  EXPECT_EQ(list_files(database, {.county = kCounty}).value().total, 0);
  const auto removed = list_files(database, {.county = kCounty, .removed = true}).value();
  ASSERT_EQ(removed.total, 1);
  EXPECT_EQ(removed.items.front().removed_by, "yi");
  EXPECT_EQ(content_of(database, kCounty, "a").value(), "");
  EXPECT_TRUE(check_audit(database));
}

}  // namespace
}  // namespace huice::store
