// A service without sockets: a database of its own, the project's policies, requests by hand.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

#include "app/database.h"
#include "base/guarded.h"
#include "library/library.h"
#include "notation/json.h"
#include "service/gate.h"
#include "service/router.h"
#include "store/digest.h"

namespace huice::service {

/// A request in the making.
struct Ask {
  std::string method = "GET";
  std::string path;
  std::string query = {};
  std::string session = {};  ///< secret; the CSRF token goes along
  std::string body = {};
  std::vector<std::pair<std::string, std::string>> headers = {};
};

class SiteTest : public testing::Test {
 protected:
  static constexpr const char* kCounty = "430524";
  static constexpr const char* kOther = "430525";
  static constexpr const char* kHome = "430590";  ///< the county of samples/campaign

  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() /
              ("huice_service_" + std::to_string(::getpid()) + "_" +
               testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder_);
    Configuration configuration;
    configuration.database = (folder_ / "huice.db").string();
    configuration.library = folder_ / "library";
    configuration.requests_per_second = 0;
    configuration.sign_ins_per_minute = 0;
    configuration.page = folder_ / "page";
    adjust(configuration);
    ASSERT_TRUE(app::init_database(world(), configuration.database));
    const Outside outside{.world =
                              [this] {
                                if (on_world_) on_world_();
                                return world();
                              },
                          .seconds = [this] { return now_; },
                          .log =
                              [this](const std::string& line) {
                                log_.with([&](std::string& all) { all += line + "\n"; });
                              }};
    auto site = Site::open(configuration, outside);
    ASSERT_TRUE(site) << site.error().message;
    site_ = std::move(site).value();
    auto router = Router::make(*site_);
    ASSERT_TRUE(router) << router.error().message;
    router_ = std::make_unique<Router>(std::move(router).value());
  }
  void TearDown() override {
    router_.reset();
    site_.reset();
    std::filesystem::remove_all(folder_);
  }

  /// For tests that want another configuration.
  virtual void adjust(Configuration&) {}

  /// For adjust(): a shared library of one circular, which tells of 稳岗返还.
  static void fill_library(const Configuration& configuration) {
    auto library =
        library::Library::open(configuration.library, library::Mode::Write,
                               library::load_index_settings(HUICE_SOURCE_DIR "/index").value());
    ASSERT_TRUE(library);
    const std::vector<library::Prepared> circulars = {
        {.file = {},
         .circular = {.title = "国家稳岗返还办法"},
         .passages = {{{}, "失业保险稳岗返还免申即享。"}}}};
    ASSERT_TRUE(library.value().put(circulars));
  }

  static app::World world() {
    return {.today = *Date::make(2026, 11, 22),
            .home = HUICE_SOURCE_DIR,
            .now = "2026-11-22T08:00:00Z",
            .user = "test"};
  }

  store::Database database() {
    return std::move(store::Database::open(site_->configuration.database)).value();
  }

  /// An account with these roles and a session of it; the session's secret.
  std::string someone(std::vector<std::string> roles, const std::string& county = kCounty,
                      const std::string& unit = {}) {
    auto db = database();
    const std::string id = random_id();
    EXPECT_TRUE(store::add_account(db, {.id = id,
                                        .login = "u" + id,
                                        .name = "某人",
                                        .county = county,
                                        .unit = unit,
                                        .roles = std::move(roles),
                                        .password = "-"}));
    const std::string secret = random_secret();
    EXPECT_TRUE(store::add_session(db, {store::sha256(secret), id, now_, now_, csrf_of(secret)}));
    return secret;
  }

  Answer ask(const Ask& wanted) const {
    Request request;
    request.method = wanted.method;
    request.path = wanted.path;
    request.query = wanted.query;
    request.address = "192.0.2.7";
    request.headers["host"] = "huice.example";
    if (!wanted.session.empty()) {
      request.headers["cookie"] = std::string(kSessionCookie) + "=" + wanted.session;
      request.headers["x-csrf-token"] = csrf_of(wanted.session);
    }
    if (!wanted.body.empty()) request.headers["content-type"] = "application/json";
    for (const auto& [name, value] : wanted.headers)
      request.headers[name] = value;
    request.body = [&](std::size_t limit) -> Result<std::string> {
      if (wanted.body.size() <= limit) return wanted.body;
      return Error{.code = ErrorCode::TooLarge, .id = "service.body-too-large"};
    };
    return router_->answer(request);
  }

  /// Orders a job; its id.
  std::string order(const std::string& session, const std::string& kind,
                    const model::Value& request) const {
    const auto made = ask(
        {.method = "POST",
         .path = "/api/v1/jobs",
         .session = session,
         .body = notation::write_json(model::Value::Record{{"kind", kind}, {"request", request}})});
    EXPECT_EQ(made.status, 202) << made.body;
    return text(json(made), "id");
  }

  /// A body of the answer; null where it is no JSON.
  static model::Value json(const Answer& answer) {
    auto value = notation::read_json(answer.body, "answer");
    return value ? std::move(value).value() : model::Value();
  }
  static std::string text(const model::Value& value, std::string_view name) {
    const model::Value* field = value.find(name);
    return field == nullptr || field->text() == nullptr ? std::string() : *field->text();
  }
  /// `200`, or the status and the id of the problem: `403 session.forbidden`.
  static std::string outcome(const Answer& answer) {
    const std::string id = answer.status < 400 ? "" : " " + text(json(answer), "id");
    return std::to_string(answer.status) + id;
  }
  static std::string header(const Answer& answer, const std::string& name) {
    for (const auto& [key, value] : answer.headers) {
      if (key == name) return value;
    }
    return {};
  }

  const std::filesystem::path& folder() const { return folder_; }
  Site& site() { return *site_; }

  std::string log() {
    return log_.with([](const std::string& all) { return all; });
  }

  /// Called whenever the service asks for the world; set before others do.
  std::function<void()> on_world_;
  std::int64_t now_ = 1'795'334'400;

 private:
  Guarded<std::string> log_;
  std::filesystem::path folder_;
  std::unique_ptr<Site> site_;
  std::unique_ptr<Router> router_;
};

}  // namespace huice::service
