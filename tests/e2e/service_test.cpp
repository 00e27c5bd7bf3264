// The service from outside: a day of an office held against the contract, and what may go wrong.
#include <cstdlib>

#include <gtest/gtest.h>
#include <unistd.h>

#include "command.h"

namespace huice::e2e {
namespace {

class ServiceTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!has_module("jsonschema") || !has_module("yaml")) {
      GTEST_SKIP() << "python3-jsonschema or python3-yaml is not installed";
    }
  }

  /// Runs a script of this folder with the binary and a folder of its own.
  void run(const std::string& script, const std::string& further = {}) {
    const std::size_t blank = script.find(' ');
    const std::string name = script.substr(0, blank);
    const std::string job = blank == std::string::npos ? "" : script.substr(blank);
    const auto finished =
        shell("PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 tests/e2e/" + name + ".py" + job +
              " " HUICE_BINARY " " + scratch_.path().string() + " " + further);
    EXPECT_EQ(finished.status, 0) << finished.out << finished.err;
    EXPECT_TRUE(finished.out.starts_with("ok")) << finished.out;
  }

  Scratch scratch_;
};

/// An empty database of the PostgreSQL server for tests.
class ServerDatabase {
 public:
  ServerDatabase() {
    const char* server = std::getenv("HUICE_TEST_POSTGRES");
    if (server == nullptr) return;
    server_ = server;
    name_ = "huice_service_" + std::to_string(::getpid());
    EXPECT_EQ(sql("CREATE DATABASE " + name_), 0);
    const std::size_t path = server_.find('/', server_.find("://") + 3);
    const std::size_t query = std::min(server_.find('?'), server_.size());
    address_ = server_.substr(0, path + 1) + name_ + server_.substr(query);
  }
  ServerDatabase(const ServerDatabase&) = delete;
  ServerDatabase& operator=(const ServerDatabase&) = delete;
  ~ServerDatabase() {
    if (!address_.empty()) (void)sql("DROP DATABASE " + name_ + " WITH (FORCE)");
  }
  /// Empty where there is no server.
  const std::string& address() const { return address_; }
  const std::string& server() const { return server_; }

 private:
  int sql(const std::string& statement) const {
    return shell("psql -q -c '" + statement + "' '" + server_ + "'").status;
  }

  std::string server_;
  std::string name_;
  std::string address_;
};

/// How much of a trial is run; CI runs little, a person who asks gets all.
std::string trials(const char* variable, const char* standard) {
  const char* wanted = std::getenv(variable);
  return wanted == nullptr ? standard : wanted;
}

TEST_F(ServiceTest, ADayOfAnOfficeGoesAsTheContractSaysOnSqlite) {
  run("service_walk");
}

TEST_F(ServiceTest, ADayOfAnOfficeGoesAsTheContractSaysOnPostgresql) {
  const ServerDatabase database;
  if (database.address().empty()) GTEST_SKIP() << "HUICE_TEST_POSTGRES names no server";
  run("service_walk", "'" + database.address() + "'");
}

TEST_F(ServiceTest, ANodeThatDiesLeavesItsExportToTheOtherEachSheetOnce) {
  const ServerDatabase database;
  if (database.address().empty()) GTEST_SKIP() << "HUICE_TEST_POSTGRES names no server";
  run("service_faults nodes", "'" + database.address() + "' " + trials("HUICE_TEST_SHEETS", "200"));
}

TEST_F(ServiceTest, ANodeThatDiesLeavesFilesToReadToTheOtherEachOnce) {
  const ServerDatabase database;
  if (database.address().empty()) GTEST_SKIP() << "HUICE_TEST_POSTGRES names no server";
  run("service_faults ingestion",
      "'" + database.address() + "' " + trials("HUICE_TEST_FILES", "120"));
}

TEST_F(ServiceTest, ADatabaseServerThatIsStartedAnewIsFoundAgain) {
  const ServerDatabase database;
  if (database.address().empty()) GTEST_SKIP() << "HUICE_TEST_POSTGRES names no server";
  run("service_faults restarts", "'" + database.address() + "' '" + database.server() + "' 5");
}

TEST_F(ServiceTest, WhatWasAcknowledgedIsThereAfterEveryKill) {
  run("service_faults kills", trials("HUICE_TEST_KILLS", "20"));
}

TEST_F(ServiceTest, SlowClientsLoseTheirConnectionsAndOthersAreServed) {
  run("service_faults slow");
}

TEST_F(ServiceTest, ClientsThatNeverReadTheirAnswersHoldNoThreadForEver) {
  run("service_faults deaf");
}

TEST_F(ServiceTest, RequestsThatNoClientSendsAreRefusedAndTheServiceGoesOn) {
  run("service_faults hostile");
}

TEST_F(ServiceTest, WhoeverSendsMuchAndIsRefusedReadsWhy) {
  run("service_faults refused");
}

TEST_F(ServiceTest, WithACertificateItSpeaksModernTlsAndNothingElse) {
  if (shell("openssl version").status != 0) GTEST_SKIP() << "openssl is not installed";
  run("service_faults tls");
}

TEST_F(ServiceTest, AStopFinishesTheItemAndHandsTheJobBack) {
  run("service_faults stop");
}

}  // namespace
}  // namespace huice::e2e
