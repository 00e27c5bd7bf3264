// Several people who bring the same at the same moment: one makes it, the others are told so.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <future>
#include <latch>
#include <thread>

#include "archive/zip_writer.h"
#include "campaign/campaign.h"
#include "site_fixture.h"

namespace huice::service {
namespace {

class ConflictTest : public SiteTest, public testing::WithParamInterface<store::Engine> {
 protected:
  static constexpr std::size_t kPeople = 4;

  void SetUp() override {
    if (GetParam() == store::Engine::Postgresql && std::getenv("HUICE_TEST_POSTGRES") == nullptr)
      GTEST_SKIP() << "HUICE_TEST_POSTGRES names no server";
    SiteTest::SetUp();
  }

  void adjust(Configuration& configuration) override {
    if (GetParam() != store::Engine::Postgresql) return;
    server_ = std::getenv("HUICE_TEST_POSTGRES");
    name_ = "huice_conflict_" + std::to_string(::getpid());
    auto server = store::Database::open(server_);
    ASSERT_TRUE(server && server.value().run("CREATE DATABASE " + name_));
    const std::size_t path = server_.find('/', server_.find("://") + 3);
    const std::size_t query = std::min(server_.find('?'), server_.size());
    configuration.database = server_.substr(0, path + 1) + name_ + server_.substr(query);
  }

  void TearDown() override {
    SiteTest::TearDown();
    if (name_.empty()) return;
    (void)store::Database::open(server_).value().run("DROP DATABASE " + name_ + " WITH (FORCE)");
  }

  /// What each was told who asked this at the same moment, sorted.
  std::vector<std::string> at_once(const Ask& wanted) const {
    std::vector<std::string> told(kPeople);
    std::latch ready(kPeople);
    {
      std::vector<std::jthread> people;
      for (std::string& one : told) {
        people.emplace_back([&] {
          ready.arrive_and_wait();
          one = outcome(ask(wanted));
        });
      }
    }
    std::ranges::sort(told);
    return told;
  }

  /// One made it; to the others it was there.
  static std::vector<std::string> one_and(const std::string& made, const std::string& others) {
    std::vector<std::string> told(kPeople - 1, others);
    told.push_back(made);
    std::ranges::sort(told);
    return told;
  }

 private:
  std::string server_;
  std::string name_;
};

INSTANTIATE_TEST_SUITE_P(Service, ConflictTest,
                         testing::Values(store::Engine::Sqlite, store::Engine::Postgresql),
                         [](const auto& each) {
                           return each.param == store::Engine::Sqlite ? "Sqlite" : "Postgresql";
                         });

TEST_P(ConflictTest, OfTheSameUserOneIsMade) {
  const std::string admin = someone({"管理"});
  const Ask user{
      .method = "POST",
      .path = "/api/v1/users",
      .session = admin,
      .body =
          R"({"login":"zhang","name":"某人","password":"correct horse battery","roles":["查看"]})"};
  EXPECT_EQ(at_once(user), one_and("201", "409 account.login-taken"));
}

TEST_P(ConflictTest, OfTheSameEnterpriseOneIsMade) {
  const std::string clerk = someone({"经办"});
  for (int i = 0; i < 5; ++i) {
    const std::string name = "云岭精工" + std::to_string(i);
    EXPECT_EQ(at_once({.method = "POST",
                       .path = "/api/v1/enterprises",
                       .session = clerk,
                       .body = R"({"企业名称":")" + name + "\"}"}),
              one_and("201", "409 store.key-taken"));
  }
}

TEST_P(ConflictTest, OthersWriteWhileAFileOfEnterprisesIsRead) {
  const std::string clerk = someone({"经办"});
  std::string table = "企业名称,从业人数,营业收入,行业代码\n";
  for (int i = 0; i < 10'000; ++i)
    table += "云岭精工,120,1200万元,C3311\n";  // much to read, little to write
  auto import = std::async(std::launch::async, [&] {
    return outcome(ask({.method = "POST",
                        .path = "/api/v1/enterprises/import",
                        .query = "filename=a.csv",
                        .session = clerk,
                        .body = table,
                        .headers = {{"content-type", "application/octet-stream"}}}));
  });
  using Clock = std::chrono::steady_clock;
  const auto begun = Clock::now();
  Clock::duration longest{};
  int written = 0;
  while (import.wait_for(std::chrono::seconds(0)) == std::future_status::timeout) {
    const auto asked = Clock::now();
    EXPECT_EQ(ask({.method = "POST",
                   .path = "/api/v1/enterprises",
                   .session = clerk,
                   .body = R"({"企业名称":"云岭新)" + std::to_string(written) + "厂\"}"})
                  .status,
              201);
    longest = std::max(longest, Clock::now() - asked);
    ++written;
  }
  EXPECT_EQ(import.get(), "200");
  EXPECT_LT(2 * longest, Clock::now() - begun) << written << " written meanwhile";
}

TEST_P(ConflictTest, AnOrderThatComesTwiceIsOneJob) {
  const std::string clerk = someone({"经办"});
  (void)ask({.method = "POST",
             .path = "/api/v1/enterprises",
             .session = clerk,
             .body = R"({"企业名称":"云岭精工"})"});
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(at_once({.method = "POST",
                       .path = "/api/v1/jobs",
                       .session = clerk,
                       .body = R"({"kind":"match-bulk","request":{}})",
                       .headers = {{"idempotency-key", "k" + std::to_string(i)}}}),
              std::vector<std::string>(kPeople, "202"));
  }
  const auto jobs = json(ask({.path = "/api/v1/jobs", .session = clerk}));
  EXPECT_EQ(*jobs.find("total")->number(), Decimal(5));
}

TEST_P(ConflictTest, ACampaignThatComesTwiceIsThereOnce) {
  const std::string admin = someone({"管理"}, kHome);
  const auto texts = campaign::read_texts(HUICE_SOURCE_DIR "/samples/campaign").value();
  archive::ZipWriter zip;
  for (std::size_t i = 0; i < texts.size(); ++i)
    zip.add(std::string(campaign::kFileNames[i]), texts[i]);
  EXPECT_EQ(at_once({.method = "POST",
                     .path = "/api/v1/campaigns",
                     .session = admin,
                     .body = zip.finish(),
                     .headers = {{"content-type", "application/octet-stream"}}}),
            std::vector<std::string>(kPeople, "200"));
  auto db = database();
  const auto imports = db.ask("SELECT count(*) FROM audit WHERE action = '专项行动.导入'");
  EXPECT_EQ(store::number_of(imports.value().front().front()), 1);
}

}  // namespace
}  // namespace huice::service
