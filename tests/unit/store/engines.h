// Every test of the store runs on both engines.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

#include "store/database.h"

namespace huice::store {

/// An address where nothing is yet. PostgreSQL: the server that HUICE_TEST_POSTGRES names (its
/// administrator's address); without it those tests are skipped.
class OnBothEngines : public testing::TestWithParam<Engine> {
 protected:
  void SetUp() override {
    const std::string name = "huice_test_" + std::to_string(::getpid());
    folder_ = std::filesystem::temp_directory_path() / name;
    std::filesystem::create_directories(folder_);
    if (GetParam() == Engine::Sqlite) return;
    const char* server = std::getenv("HUICE_TEST_POSTGRES");
    if (server == nullptr) GTEST_SKIP() << "HUICE_TEST_POSTGRES names no server";
    server_ = server;
  }

  void TearDown() override {
    std::filesystem::remove_all(folder_);
    for (const std::string& name : databases_)
      (void)administrator().run("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
  }

  /// A new address; in PostgreSQL that of an empty database.
  std::string new_address() {
    const std::string name = "t" + std::to_string(::getpid()) + "_" + std::to_string(count_++);
    if (GetParam() == Engine::Sqlite) return (folder_ / (name + ".db")).string();
    const auto made = administrator().run("CREATE DATABASE " + name);
    EXPECT_TRUE(made) << (made ? "" : made.error().message);
    databases_.push_back(name);
    const std::size_t query = server_.find('?');
    const std::size_t path = server_.find('/', server_.find("://") + 3);
    return server_.substr(0, path + 1) + name +
           (query == std::string::npos ? "" : server_.substr(query));
  }

  const std::filesystem::path& folder() const { return folder_; }

 private:
  Database administrator() { return std::move(Database::open(server_)).value(); }

  std::filesystem::path folder_;
  std::string server_;
  std::vector<std::string> databases_;
  int count_ = 0;
};

}  // namespace huice::store
