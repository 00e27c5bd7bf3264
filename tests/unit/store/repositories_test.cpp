#include <atomic>
#include <set>
#include <thread>

#include "base/guarded.h"
#include "engines.h"
#include "store/accounts.h"
#include "store/audit.h"
#include "store/jobs.h"
#include "store/migrations.h"
#include "store/records.h"

namespace huice::store {
namespace {

const Author kClerk{.at = "2026-11-22T08:00:00Z", .login = "jia", .origin = "10.0.0.8"};

class RepositoriesTest : public OnBothEngines {
 protected:
  Database ready(const std::string& address) {
    auto database = Database::open(address, true);
    EXPECT_TRUE(migrate(database.value(), kClerk.at));
    return std::move(database).value();
  }

  static std::string id_of(const Status& status) { return status ? "" : status.error().id; }

  static Record enterprise(std::string id, std::string county = "430524") {
    return {.kind = "企业",
            .county = std::move(county),
            .id = std::move(id),
            .unit = {},
            .key = "91430524MA00000017",
            .title = "云岭精工",
            .state = {},
            .body = R"({"从业人数":120})"};
  }

  static Status add(Database& database, const Record& record) {
    return database.transact([&]() -> Status {
      HUICE_TRY([[maybe_unused]] const auto added,
                add_record(database, record, kClerk, "企业.登记"));
      return Unit{};
    });
  }

  static Status change(Database& database, const Record& record) {
    return database.transact([&]() -> Status {
      HUICE_TRY([[maybe_unused]] const auto changed,
                change_record(database, record, kClerk, "企业.修改"));
      return Unit{};
    });
  }

  static Job job(std::string id) {
    Job made{.id = std::move(id), .county = "430524", .owner = "jia", .kind = "draft-batch"};
    made.request = "{}";
    made.total = 3;
    made.created_at = kClerk.at;
    return made;
  }
};

INSTANTIATE_TEST_SUITE_P(Store, RepositoriesTest,
                         testing::Values(Engine::Sqlite, Engine::Postgresql), [](const auto& each) {
                           return each.param == Engine::Sqlite ? "Sqlite" : "Postgresql";
                         });

TEST_P(RepositoriesTest, TwoClerksNeverOverwriteEachOther) {
  auto database = ready(new_address());
  ASSERT_EQ(id_of(add(database, enterprise("a"))), "");
  auto first = find_record(database, "企业", "430524", "a").value();
  auto second = first;
  first.body = R"({"从业人数":121})";
  EXPECT_EQ(id_of(change(database, first)), "");
  second.body = R"({"从业人数":119})";
  EXPECT_EQ(id_of(change(database, second)), "store.stale");
  const auto kept = find_record(database, "企业", "430524", "a").value();
  EXPECT_EQ(kept.body, R"({"从业人数":121})");
  EXPECT_EQ(kept.version, 2);
}

TEST_P(RepositoriesTest, EveryChangeIsOnTheAuditLogWithBeforeAndAfter) {
  auto database = ready(new_address());
  ASSERT_EQ(id_of(add(database, enterprise("a"))), "");
  auto record = find_record(database, "企业", "430524", "a").value();
  record.body = R"({"从业人数":121})";
  ASSERT_EQ(id_of(change(database, record)), "");
  const auto page = list_audit(database, {.county = "430524"}).value();
  ASSERT_EQ(page.total, 2);
  const AuditEntry& last = page.items.front().entry;
  EXPECT_EQ(last.action, "企业.修改");
  EXPECT_EQ(last.subject, "430524/企业/a");
  EXPECT_EQ(last.before, R"({"从业人数":120})");
  EXPECT_EQ(last.after, R"({"从业人数":121})");
  EXPECT_TRUE(check_audit(database));
  EXPECT_EQ(list_audit(database, {.county = "430525"}).value().total, 0);
}

TEST_P(RepositoriesTest, ARecordOfAnotherCountyIsNotThere) {
  auto database = ready(new_address());
  ASSERT_EQ(id_of(add(database, enterprise("a"))), "");
  const auto found = find_record(database, "企业", "430525", "a");
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().id, "store.no-record");
  EXPECT_EQ(list_records(database, {.kind = "企业", .county = "430525"}).value().total, 0);
}

TEST_P(RepositoriesTest, AKeyIsTakenOnceInACounty) {
  auto database = ready(new_address());
  ASSERT_EQ(id_of(add(database, enterprise("a"))), "");
  EXPECT_EQ(id_of(add(database, enterprise("b"))), "store.key-taken");
  EXPECT_EQ(id_of(add(database, enterprise("b", "430525"))), "");
}

TEST_P(RepositoriesTest, WordsOfAQueryAreNoPatterns) {
  auto database = ready(new_address());
  auto record = enterprise("a");
  record.title = "百分之100%满意";
  ASSERT_EQ(id_of(add(database, record)), "");
  const auto found = [&](const std::string& text) {
    return list_records(database, {.kind = "企业", .county = "430524", .unit = {}, .text = text})
        .value()
        .total;
  };
  EXPECT_EQ(found("100%"), 1);
  EXPECT_EQ(found("1%0"), 0);
  EXPECT_EQ(found("' OR 1=1 --"), 0);
}

TEST_P(RepositoriesTest, AnInvitationIsUsedOnce) {
  auto database = ready(new_address());
  ASSERT_TRUE(replace_invitation(database, "h1", 200));
  ASSERT_TRUE(replace_invitation(database, "h2", 200));
  EXPECT_FALSE(use_invitation(database, "h1", 100).value());
  EXPECT_FALSE(use_invitation(database, "h2", 200).value());
  EXPECT_TRUE(use_invitation(database, "h2", 100).value());
  EXPECT_FALSE(use_invitation(database, "h2", 100).value());
}

TEST_P(RepositoriesTest, AnAccountThatGoesTakesItsSessionsAlong) {
  auto database = ready(new_address());
  const Account account{.id = "u1",
                        .login = "jia",
                        .name = "甲",
                        .county = "430524",
                        .unit = "工信局",
                        .roles = {"经办", "考核"},
                        .password = "x"};
  ASSERT_TRUE(add_account(database, account));
  EXPECT_EQ(id_of(add_account(database, account)), "account.login-taken");
  EXPECT_EQ(find_account(database, "u1").value().roles, account.roles);
  ASSERT_TRUE(add_session(database, {"s1", "u1", 100, 100}));
  ASSERT_TRUE(database.run("DELETE FROM account WHERE id = 'u1'"));
  EXPECT_FALSE(find_session(database, "s1").value());
}

TEST_P(RepositoriesTest, ACountyKnowsItsOwnPeopleAndThoseOfAllCountiesAndNoOthers) {
  auto database = ready(new_address());
  const auto add = [&](std::string login, std::string county) {
    ASSERT_TRUE(add_account(database, {.id = login,
                                       .login = login,
                                       .name = login + "某",
                                       .county = std::move(county),
                                       .unit = {},
                                       .roles = {"经办"},
                                       .password = "x"}));
  };
  add("yi", "430524");
  add("jia", "430524");
  add("bing", "430525");
  add("root", "000000");
  const auto people = people_of(database, "430524");
  ASSERT_TRUE(people);
  std::string known;
  for (const Person& each : people.value())
    known += each.login + "=" + each.name + " ";
  EXPECT_EQ(known, "jia=jia某 root=root某 yi=yi某 ");
}

TEST_P(RepositoriesTest, ASessionIsRotatedByOneRequestAndEndsByEitherOfItsSecrets) {
  auto database = ready(new_address());
  ASSERT_TRUE(add_account(database, {.id = "u1",
                                     .login = "jia",
                                     .name = "甲",
                                     .county = "430524",
                                     .unit = {},
                                     .roles = {"经办"},
                                     .password = "x"}));
  ASSERT_TRUE(add_session(database, {"s1", "u1", 100, 100, "csrf"}));
  const Session read = *find_session(database, "s1").value();
  EXPECT_TRUE(rotate_session(database, read, "s2", "s1", 200).value());
  EXPECT_FALSE(rotate_session(database, read, "s3", "s1", 200).value());
  const Session rotated = *find_session(database, "s1").value();
  EXPECT_EQ(rotated.hash, "s2");
  EXPECT_EQ(rotated.csrf, "csrf");
  EXPECT_EQ(rotated.began, 100);
  ASSERT_TRUE(end_session(database, "s1"));  // as a request that had read it before would
  EXPECT_FALSE(find_session(database, "s2").value());
}

TEST_P(RepositoriesTest, AJobIsTakenByOneNodeAndByAnotherOnlyWhenThatFallsSilent) {
  auto database = ready(new_address());
  ASSERT_TRUE(add_job(database, job("j1"), 100));
  const Lease first{"n1", 100, 60};
  ASSERT_TRUE(take_job(database, first).value());
  EXPECT_FALSE(take_job(database, {"n2", 120, 60}).value());
  const auto taken = take_job(database, {"n2", 161, 60}).value();
  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->attempts, 2);
}

TEST_P(RepositoriesTest, ANodeThatLostItsLeaseDeliversNothing) {
  auto database = ready(new_address());
  ASSERT_TRUE(add_job(database, job("j1"), 100));
  const Lease first{"n1", 100, 60};
  const auto old = take_job(database, first).value();
  const Lease second{"n2", 161, 60};
  const auto now = take_job(database, second).value();
  const std::vector<JobItem> items = {{1, "1.pdf", std::nullopt, "甲"}};
  EXPECT_FALSE(deliver(database, *old, first, items).value());
  EXPECT_TRUE(delivered(database, "j1").value().empty());
  EXPECT_TRUE(deliver(database, *now, second, items).value());
  EXPECT_TRUE(deliver(database, *now, second, items).value());
  EXPECT_EQ(delivered(database, "j1").value(), std::vector<std::int64_t>{1});
  EXPECT_EQ(find_job(database, "430524", "j1").value().done, 1);
  EXPECT_FALSE(finish_job(database, *old, first, std::nullopt).value());
  EXPECT_TRUE(finish_job(database, *now, second, std::nullopt).value());
  EXPECT_EQ(find_job(database, "430524", "j1").value().state, "done");
}

TEST_P(RepositoriesTest, ACancelledJobTakesNoMoreItems) {
  auto database = ready(new_address());
  ASSERT_TRUE(add_job(database, job("j1"), 100));
  const Lease lease{"n1", 100, 60};
  const auto taken = take_job(database, lease).value();
  ASSERT_TRUE(cancel_job(database, "j1"));
  const std::vector<JobItem> items = {{1, "1.pdf", std::nullopt, "甲"}};
  EXPECT_FALSE(deliver(database, *taken, lease, items).value());
  EXPECT_FALSE(take_job(database, {"n2", 500, 60}).value());
}

TEST_P(RepositoriesTest, AFailingJobWaitsLongerEachTimeAndIsGivenUp) {
  auto database = ready(new_address());
  ASSERT_TRUE(add_job(database, job("j1"), 0));
  std::int64_t now = 0;
  std::vector<std::int64_t> waits;
  for (std::int64_t attempt = 1; attempt <= kMaxAttempts; ++attempt) {
    const Lease lease{"n1", now, 60};
    const auto taken = take_job(database, lease).value();
    ASSERT_TRUE(taken) << attempt;
    ASSERT_TRUE(hand_back(database, *taken, lease, false));
    std::int64_t wait = 0;
    while (wait < 1000 && number_of(database.ask("SELECT due FROM job").value()[0][0]) > now + wait)
      ++wait;
    waits.push_back(wait);
    now += wait;
  }
  EXPECT_EQ(waits, (std::vector<std::int64_t>{10, 20, 40, 80, 160}));
  EXPECT_FALSE(take_job(database, {"n1", now, 60}).value());
  EXPECT_EQ(find_job(database, "430524", "j1").value().state, "failed");
}

TEST_P(RepositoriesTest, TheSameKeyQueuesOneJob) {
  auto database = ready(new_address());
  Job first = job("j1");
  first.idempotency = "k";
  Job again = job("j2");
  again.idempotency = "k";
  EXPECT_EQ(add_job(database, first, 0).value().id, "j1");
  EXPECT_EQ(add_job(database, again, 0).value().id, "j1");
  again.request = R"({"other":1})";
  const auto other = add_job(database, again, 0);
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().id, "job.other-request");
}

TEST_P(RepositoriesTest, ManyTakersGetEachJobOnce) {
  const std::string address = new_address();
  auto database = ready(address);
  constexpr int kJobs = 24;
  for (int i = 0; i < kJobs; ++i)
    ASSERT_TRUE(add_job(database, job("j" + std::to_string(i)), 0));
  Guarded<std::multiset<std::string>> taken;
  std::vector<std::jthread> takers;
  for (int i = 0; i < 4; ++i) {
    takers.emplace_back([&, i] {
      auto own = std::move(Database::open(address)).value();
      while (true) {
        const auto got = take_job(own, {"n" + std::to_string(i), 1, 60});
        if (!got || !got.value()) return;
        taken.with([&](auto& all) { all.insert(got.value()->id); });
      }
    });
  }
  takers.clear();
  taken.with([&](const auto& all) {
    EXPECT_EQ(all.size(), kJobs);
    EXPECT_EQ((std::set<std::string>(all.begin(), all.end()).size()), kJobs);
  });
}

TEST_P(RepositoriesTest, ProgramsThatMigrateAtOnceRunEachStepOnce) {
  const std::string address = new_address();
  { auto made = Database::open(address, true); }
  std::atomic<std::size_t> steps = 0;
  std::vector<std::jthread> programs;
  for (int i = 0; i < 4; ++i) {
    programs.emplace_back([&] {
      auto database = Database::open(address);
      ASSERT_TRUE(database);
      const auto done = migrate(database.value(), kClerk.at);
      ASSERT_TRUE(done) << done.error().message;
      steps += done.value().size();
    });
  }
  programs.clear();
  EXPECT_EQ(steps, migrations().size());
  auto database = std::move(Database::open(address)).value();
  EXPECT_TRUE(check_schema(database));
}

}  // namespace
}  // namespace huice::store
