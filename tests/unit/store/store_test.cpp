#include <fstream>
#include <future>
#include <set>
#include <thread>

#include "engines.h"
#include "store/audit.h"
#include "store/backup.h"
#include "store/digest.h"
#include "store/migrations.h"
#include "store/pool.h"

// Poco's connector does not free what libpq gives it for a connection that failed.
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libPocoDataPostgreSQL.so\n";
}

namespace huice::store {
namespace {

std::string problem(const Error& error) {
  return error.id + "：" + error.message;
}
template <class T>
std::string problem(const Result<T>& result) {
  return result ? "" : problem(result.error());
}

class StoreTest : public OnBothEngines {
 protected:
  /// A database with all migrations.
  Database ready(const std::string& address) {
    auto database = Database::open(address, true);
    EXPECT_EQ(problem(database), "");
    EXPECT_EQ(problem(migrate(database.value(), "2026-11-22T08:00:00Z")), "");
    return std::move(database).value();
  }

  static Status log(Database& database, const std::string& subject) {
    return database.transact([&] {
      return append(database, {.at = "2026-11-22T08:00:00Z",
                               .actor = "经办甲",
                               .origin = "10.0.0.8",
                               .action = "问题.交办",
                               .subject = subject,
                               .after = R"({"责任单位":"县财政局"})"});
    });
  }

  static std::string id_of(const Status& status) { return status ? "" : status.error().id; }
};

INSTANTIATE_TEST_SUITE_P(Store, StoreTest, testing::Values(Engine::Sqlite, Engine::Postgresql),
                         [](const auto& each) {
                           return each.param == Engine::Sqlite ? "Sqlite" : "Postgresql";
                         });

TEST_P(StoreTest, WhatIsThereAlreadyIsAConflict) {
  auto database = ready(new_address());
  ASSERT_TRUE(database.run("CREATE TABLE t (id bigint PRIMARY KEY, s varchar UNIQUE)"));
  ASSERT_TRUE(database.run("INSERT INTO t VALUES (1, '甲')"));
  for (const char* twin : {"INSERT INTO t VALUES (1, '乙')", "INSERT INTO t VALUES (2, '甲')"}) {
    const auto refused = database.run(twin);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::Conflict);
    EXPECT_EQ(refused.error().id, "store.taken");
  }
  const auto other = database.run("INSERT INTO t VALUES (NULL, NULL, NULL)");
  EXPECT_EQ(other.error().id, "store.statement");
}

TEST_P(StoreTest, AConnectionThatBrokeIsNotLentAgain) {
  const std::string address = new_address();
  auto other = ready(address);
  Pool pool(address);
  {
    auto loan = pool.borrow();
    ASSERT_TRUE(loan.value()->run("BEGIN"));  // and nobody ends it
  }
  ASSERT_TRUE(pool.borrow().value()->transact([] { return Status(Unit{}); }));
  if (GetParam() != Engine::Postgresql) return;
  // The server is started anew: whoever works is told, whoever comes later notices nothing.
  auto working = pool.borrow();
  (void)pool.borrow();
  ASSERT_TRUE(
      other.ask("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE "
                "datname = current_database() AND pid <> pg_backend_pid()"));
  EXPECT_FALSE(working.value()->ask("SELECT 1"));
  { const auto given_back = std::move(working); }
  for (int i = 0; i < 2; ++i)
    EXPECT_EQ(problem(pool.borrow().value()->ask("SELECT 1")), "");
}

TEST_P(StoreTest, CellsComeBackAsTheyWent) {
  auto database = ready(new_address());
  ASSERT_TRUE(database.run("CREATE TABLE t (n bigint, s varchar)"));
  const std::vector<Row> rows = {{std::int64_t{9'007'199'254'740'993}, std::string("扭亏'；--")},
                                 {std::int64_t{-1}, std::string()},
                                 {Cell(), Cell()}};
  for (const Row& row : rows)
    ASSERT_EQ(problem(database.run("INSERT INTO t (n, s) VALUES (?, ?)", row)), "");
  const auto back = database.ask("SELECT n, s FROM t");
  ASSERT_EQ(problem(back), "");
  EXPECT_EQ(back.value(), rows);
}

TEST_P(StoreTest, AStatementAskedAgainSeesNewValuesAndTheTableAsItIsNow) {
  auto database = ready(new_address());
  ASSERT_TRUE(database.run("CREATE TABLE t (n bigint, s varchar)"));
  constexpr std::string_view kAdd = "INSERT INTO t (n, s) VALUES (?, ?)";
  constexpr std::string_view kAsk = "SELECT * FROM t WHERE n = ?";
  for (const std::int64_t n : {1, 2})
    ASSERT_EQ(problem(database.run(kAdd, {n, std::to_string(n)})), "");
  EXPECT_EQ(database.ask(kAsk, {std::int64_t{1}}).value(),
            std::vector<Row>({{std::int64_t{1}, std::string("1")}}));
  EXPECT_FALSE(database.run(kAdd, {std::int64_t{3}}));  // nothing of the last time is left
  ASSERT_TRUE(database.run("ALTER TABLE t ADD COLUMN more varchar"));
  EXPECT_EQ(database.ask("SELECT n, s, more FROM t WHERE n = ?", {std::int64_t{2}}).value(),
            std::vector<Row>({{std::int64_t{2}, std::string("2"), Cell()}}));
  EXPECT_EQ(database.run("DELETE FROM t WHERE n = ?", {std::int64_t{2}}).value(), 1);
  EXPECT_EQ(database.ask(kAsk, {std::int64_t{2}}).value().size(), 0u);
}

TEST_P(StoreTest, AnAnsweredQuestionHoldsNoSnapshot) {
  const std::string address = new_address();
  auto reader = ready(address);
  ASSERT_TRUE(reader.run("CREATE TABLE t (n bigint)"));
  auto writer = Database::open(address);
  ASSERT_EQ(problem(writer), "");
  for (const std::size_t n : {1u, 2u, 3u}) {
    ASSERT_TRUE(writer.value().run("INSERT INTO t VALUES (1)"));
    EXPECT_EQ(reader.ask("SELECT n FROM t").value().size(), n);
  }
}

TEST_P(StoreTest, ATransactionThatFailsLeavesNothing) {
  auto database = ready(new_address());
  ASSERT_TRUE(database.run("CREATE TABLE t (n bigint)"));
  const auto failed = database.transact([&]() -> Status {
    HUICE_TRY([[maybe_unused]] const auto added, database.run("INSERT INTO t VALUES (1)"));
    return Error{.id = "test.refused"};
  });
  EXPECT_EQ(id_of(failed), "test.refused");
  EXPECT_EQ(database.ask("SELECT n FROM t").value().size(), 0u);
  EXPECT_EQ(problem(database.transact([&]() -> Status {
              HUICE_TRY([[maybe_unused]] const auto added,
                        database.run("INSERT INTO t VALUES (2)"));
              return Unit{};
            })),
            "");
  EXPECT_EQ(database.ask("SELECT n FROM t").value().size(), 1u);
}

TEST_P(StoreTest, ATransactionThatIsThrownOutOfLeavesNothingAndHoldsNobodyOff) {
  const std::string address = new_address();
  auto database = ready(address);
  auto other = ready(address);
  ASSERT_TRUE(database.run("CREATE TABLE t (n bigint)"));
  EXPECT_THROW((void)database.transact([&]() -> Status {
    HUICE_TRY([[maybe_unused]] const auto added, database.run("INSERT INTO t VALUES (1)"));
    throw std::bad_alloc();
  }),
               std::bad_alloc);
  EXPECT_TRUE(other.run("INSERT INTO t VALUES (2)"));
  EXPECT_TRUE(database.transact([]() -> Status { return Unit{}; }));
  EXPECT_EQ(database.ask("SELECT n FROM t").value().size(), 1u);
}

TEST_P(StoreTest, MigrationsRunOnceAndInOrder) {
  static constexpr Step kFirst[] = {{"CREATE TABLE a (n bigint)"}};
  static constexpr Step kSecond[] = {{"ALTER TABLE a ADD COLUMN s varchar"}};
  const Migration both[] = {{1, "a", kFirst}, {2, "s", kSecond}};
  auto database = std::move(Database::open(new_address(), true)).value();
  EXPECT_EQ(migrate(database, "t", std::span(both).first(1)).value(),
            std::vector<std::string>{"a"});
  EXPECT_EQ(id_of(check_schema(database, both)), "store.schema-older");
  EXPECT_EQ(migrate(database, "t", both).value(), std::vector<std::string>{"s"});
  EXPECT_TRUE(migrate(database, "t", both).value().empty());
  EXPECT_EQ(problem(check_schema(database, both)), "");
  EXPECT_EQ(id_of(check_schema(database, std::span(both).first(1))), "store.schema-newer");
}

TEST_P(StoreTest, AMigrationEditedAfterItRanIsFound) {
  static constexpr Step kAsRun[] = {{"CREATE TABLE a (n bigint)"}};
  static constexpr Step kEdited[] = {{"CREATE TABLE a (n bigint, s varchar)"}};
  const Migration as_run[] = {{1, "a", kAsRun}};
  const Migration edited[] = {{1, "a", kEdited}};
  auto database = std::move(Database::open(new_address(), true)).value();
  ASSERT_TRUE(migrate(database, "t", as_run));
  EXPECT_EQ(id_of(check_schema(database, edited)), "store.schema-changed");
  const auto again = migrate(database, "t", edited);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().id, "store.schema-changed");
}

TEST_P(StoreTest, AMigrationThatFailsHalfWayLeavesNothing) {
  static constexpr Step kBroken[] = {{"CREATE TABLE a (n bigint)"}, {"CREATE NONSENSE"}};
  const Migration broken[] = {{1, "a", kBroken}};
  auto database = std::move(Database::open(new_address(), true)).value();
  EXPECT_FALSE(migrate(database, "t", broken));
  EXPECT_EQ(problem(database.run("CREATE TABLE a (n bigint)")), "");
}

TEST_P(StoreTest, TheAuditLogIsChained) {
  auto database = ready(new_address());
  for (int i = 1; i <= 3; ++i)
    ASSERT_EQ(problem(log(database, "WT-" + std::to_string(i))), "");
  const auto chain = check_audit(database);
  ASSERT_EQ(problem(chain), "");
  EXPECT_EQ(chain.value().entries, 3);
  EXPECT_EQ(chain.value().head.size(), 64u);
}

TEST_P(StoreTest, TheAuditLogTakesNoChanges) {
  auto database = ready(new_address());
  ASSERT_TRUE(log(database, "WT-1"));
  EXPECT_FALSE(database.run("UPDATE audit SET actor = 'x'"));
  EXPECT_FALSE(database.run("DELETE FROM audit"));
  EXPECT_EQ(check_audit(database).value().entries, 1);
}

/// What somebody with all rights could do to an entry, and what is said of it.
TEST_P(StoreTest, AnEntryChangedBehindTheProgramIsNamed) {
  const bool sqlite = GetParam() == Engine::Sqlite;
  const std::vector<std::pair<std::string, std::string>> attacks = {
      {"UPDATE audit SET subject = 'WT-9' WHERE seq = 2", "审计日志第2条被改动过"},
      {"UPDATE audit SET before = '' WHERE seq = 2", "审计日志第2条被改动过"},
      {"DELETE FROM audit WHERE seq = 2", "审计日志第2条缺失"},
      {"UPDATE audit SET seq = seq - 3 WHERE seq = 3", "审计日志第0条是多出来的"},
      {"UPDATE audit SET previous = hash WHERE seq = 3", "审计日志第3条与前一条接不上"}};
  for (const auto& [attack, said] : attacks) {
    auto database = ready(new_address());
    for (int i = 1; i <= 3; ++i)
      ASSERT_TRUE(log(database, "WT-" + std::to_string(i)));
    if (sqlite) {
      ASSERT_TRUE(database.run("DROP TRIGGER audit_is_not_updated"));
      ASSERT_TRUE(database.run("DROP TRIGGER audit_is_not_deleted"));
    } else {
      ASSERT_TRUE(database.run("DROP TRIGGER audit_is_append_only ON audit"));
    }
    ASSERT_EQ(problem(database.run(attack)), "") << attack;
    const auto chain = check_audit(database);
    ASSERT_FALSE(chain) << attack;
    EXPECT_EQ(chain.error().message, said) << attack;
  }
}

TEST_P(StoreTest, ManyWritersMakeOneChain) {
  const std::string address = new_address();
  (void)ready(address);
  std::vector<std::future<std::string>> writers;
  for (int writer = 0; writer < 4; ++writer) {
    writers.push_back(std::async(std::launch::async, [&address, writer]() -> std::string {
      auto database = Database::open(address);
      if (!database) return problem(database);
      for (int i = 0; i < 25; ++i) {
        const auto done = log(database.value(), std::to_string(writer * 100 + i));
        if (!done) return problem(done);
      }
      return "";
    }));
  }
  for (auto& writer : writers)
    EXPECT_EQ(writer.get(), "");
  auto database = std::move(Database::open(address)).value();
  const auto chain = check(database);
  ASSERT_EQ(problem(chain), "");
  EXPECT_EQ(chain.value().entries, 100);
}

TEST_P(StoreTest, ABackupWhileOthersWriteIsOneMomentAndComesBack) {
  const std::string address = new_address();
  auto database = ready(address);
  for (int i = 0; i < 20; ++i)
    ASSERT_TRUE(log(database, "before"));
  auto writer = std::async(std::launch::async, [&address] {
    auto other = std::move(Database::open(address)).value();
    for (int i = 0; i < 30; ++i)
      if (const auto done = log(other, "meanwhile"); !done) return problem(done);
    return std::string();
  });
  const auto file = folder() / "backup";
  EXPECT_EQ(problem(backup(database, address, file)), "");
  EXPECT_EQ(writer.get(), "");
  EXPECT_EQ(id_of(backup(database, address, file)), "store.exists");

  const std::string restored = new_address();
  ASSERT_EQ(problem(restore(file, restored)), "");
  auto copy = std::move(Database::open(restored)).value();
  const auto chain = check(copy);
  ASSERT_EQ(problem(chain), "");
  EXPECT_GE(chain.value().entries, 20);
  EXPECT_LE(chain.value().entries, 50);
  EXPECT_EQ(id_of(restore(file, restored)), "store.exists");
}

TEST_P(StoreTest, ABackupThatWasCutShortIsRefused) {
  const std::string address = new_address();
  auto database = ready(address);
  for (int i = 0; i < 200; ++i)
    ASSERT_TRUE(log(database, "WT-" + std::to_string(i)));
  const auto file = folder() / "backup";
  ASSERT_EQ(problem(backup(database, address, file)), "");
  std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2);
  const std::string target = new_address();
  EXPECT_FALSE(restore(file, target));
  if (GetParam() == Engine::Sqlite) {
    EXPECT_FALSE(std::filesystem::exists(target));
    for (const auto& entry : std::filesystem::directory_iterator(folder()))
      EXPECT_EQ(entry.path().string().find(".part-"), std::string::npos) << entry.path();
  } else {
    auto empty = std::move(Database::open(target)).value();
    EXPECT_FALSE(empty.ask("SELECT count(*) FROM audit"));
  }
}

TEST(Store, ADatabaseThatIsNotThereIsNamed) {
  const auto database = Database::open("/nowhere/huice.db");
  ASSERT_FALSE(database);
  EXPECT_EQ(database.error().id, "store.no-database");
  EXPECT_NE(database.error().message.find("/nowhere/huice.db"), std::string::npos);
}

TEST(Store, AnErrorNeverShowsThePassword) {
  const auto database = Database::open("postgresql://huice:geheim@127.0.0.1:1/huice");
  ASSERT_FALSE(database);
  EXPECT_EQ(database.error().id, "store.unreachable");
  EXPECT_EQ(database.error().message, "连不上数据库 postgresql://127.0.0.1:1/huice");
}

TEST(Store, AFileThatIsNoDatabaseIsRefused) {
  const auto file = std::filesystem::temp_directory_path() / "huice_not_a_database.db";
  std::ofstream(file) << std::string(5000, 'x');
  EXPECT_FALSE(Database::open(file.string()));
  std::filesystem::remove(file);
}

// FIPS 180-4's example of one block.
TEST(Digest, IsSha256) {
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace huice::store
