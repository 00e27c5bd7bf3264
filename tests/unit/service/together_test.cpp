// One service asked by many at once. Under the thread sanitizer these tests find what requests,
// jobs, reloads and connections share without a lock.
#include <chrono>
#include <thread>

#include <Poco/Exception.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/StreamSocket.h>

#include "base/files.h"
#include "service/server.h"
#include "service/workers.h"
#include "site_fixture.h"

namespace huice::service {
namespace {

constexpr std::size_t kPeople = 4;
constexpr int kPatience = 3'600;  ///< seconds; nothing here is to run out on a slow machine

class TogetherTest : public SiteTest {
 protected:
  void adjust(Configuration& configuration) override {
    configuration.listen = "127.0.0.1:0";
    configuration.workers = 2;
    configuration.requests_per_second = 0;
    configuration.header_seconds = kPatience;
    configuration.request_seconds = kPatience;
    configuration.lease_seconds = kPatience;
    fill_library(configuration);
    configuration.policies = folder() / "policies";
    std::filesystem::copy(HUICE_SOURCE_DIR "/policies", configuration.policies,
                          std::filesystem::copy_options::recursive);
  }

  model::Value sample(const std::string& clerk) {
    return *json(ask({.path = "/api/v1/templates/general-notice", .session = clerk}))
                .find("sample");
  }

  /// What is worked out anew for everybody who asks.
  std::vector<Ask> questions(const std::string& clerk) {
    const std::string enterprise =
        R"({"profile":{"企业名称":"云岭精工","从业人数":120,"行业代码":"C3311"},"on":"2026-06-01"})";
    const std::string draft = notation::write_json(
        model::Value::Record{{"template", "general-notice"}, {"data", sample(clerk)}});
    const auto post = [&](const std::string& path, const std::string& body) {
      return Ask{.method = "POST", .path = "/api/v1" + path, .session = clerk, .body = body};
    };
    return {{.path = "/api/v1/facts", .session = clerk},
            {.path = "/api/v1/library/search", .query = "q=%E7%A8%B3%E5%B2%97", .session = clerk},
            post("/match", enterprise),
            post("/match/screen", enterprise),
            post("/drafts/preview", draft),
            post("/drafts/lint", draft)};
  }

  /// The path of a new job of three drafts.
  std::string add_batch(const std::string& clerk) {
    const auto title = [](const char* text) { return model::Value::Record{{"标题", text}}; };
    const model::Value request = model::Value::Record{
        {"template", "general-notice"},
        {"items",
         model::Value(model::Value::List{title("关于第一件事的通知"), title("关于第二件事的通知"),
                                         title("关于第三件事的通知")})},
        {"shared", sample(clerk)}};
    return "/api/v1/jobs/" + order(clerk, "draft-batch", request);
  }
};

TEST_F(TogetherTest, EachOfManyGetsWhatItGetsAloneWhilePoliciesAreReadAgain) {
  const std::string clerk = someone({"经办"});
  const auto asked = questions(clerk);
  std::vector<std::string> alone;
  for (const Ask& question : asked) {
    const auto answer = ask(question);
    ASSERT_EQ(outcome(answer), "200") << question.path;
    alone.push_back(answer.body);
  }
  std::vector<std::jthread> people;
  for (std::size_t person = 0; person < kPeople; ++person) {
    people.emplace_back([&, person] {
      for (std::size_t i = 0; i < 2 * asked.size(); ++i) {
        const std::size_t which = (person + i) % asked.size();
        EXPECT_EQ(ask(asked[which]).body, alone[which]) << asked[which].path;
      }
    });
  }
  const auto before = site().materials.get()->policies;
  const std::filesystem::path file = before->policies().front().where.file;
  const std::string policy = read_file(file).value();
  for (std::size_t times = 1; times <= 2; ++times) {
    ASSERT_TRUE(write_file(file, policy + std::string(times, '\n')));
    EXPECT_TRUE(site().reload());
  }
  people.clear();  // joins
  EXPECT_NE(site().materials.get()->policies, before);
}

TEST_F(TogetherTest, ManySearchAtOnce) {
  const Ask search = questions(someone({"经办"}))[1];
  const std::string alone = ask(search).body;
  std::vector<std::jthread> people;
  for (std::size_t person = 0; person < kPeople; ++person) {
    people.emplace_back([&] {
      for (int times = 0; times < 50; ++times)
        EXPECT_EQ(ask(search).body, alone);
    });
  }
}

TEST_F(TogetherTest, JobsAreDoneBySeveralWorkersBesideRequests) {
  const std::string clerk = someone({"经办"});
  std::vector<std::string> jobs;
  for (int i = 0; i < 3; ++i)
    jobs.push_back(add_batch(clerk));
  const Ask preview = questions(clerk)[4];
  Workers workers(site());
  workers.start();
  for (const std::string& job : jobs) {
    const auto look = [&] { return json(ask({.path = job, .session = clerk})); };
    while (text(look(), "state") != "done") {
      EXPECT_EQ(outcome(ask(preview)), "200");
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    EXPECT_EQ(*look().find("done")->number(), Decimal(3));
    EXPECT_TRUE(look().find("failures")->list()->empty());
  }
  workers.stop();
}

void get(Poco::Net::HTTPClientSession& session) {
  session.setKeepAlive(true);
  session.setTimeout(Poco::Timespan(kPatience, 0));
  Poco::Net::HTTPRequest request("GET", "/healthz", Poco::Net::HTTPMessage::HTTP_1_1);
  session.sendRequest(request);
  Poco::Net::HTTPResponse response;
  const std::string body{std::istreambuf_iterator<char>(session.receiveResponse(response)), {}};
  EXPECT_EQ(response.getStatus(), Poco::Net::HTTPResponse::HTTP_OK) << body;
}

/// Whether the other side has ended the connection; waits for it.
bool has_ended(Poco::Net::StreamSocket& socket) {
  char byte = 0;
  try {
    return socket.receiveBytes(&byte, 1) == 0;
  } catch (const Poco::TimeoutException&) {
    return false;
  } catch (const Poco::Exception&) {  // reset
    return true;
  }
}

TEST_F(TogetherTest, ConnectionsAreServedSideBySideAndEndWithTheServer) {
  auto router = Router::make(site());
  ASSERT_TRUE(router);
  auto server = Server::start(site(), std::move(router).value());
  ASSERT_TRUE(server) << server.error().message;
  const Poco::Net::SocketAddress address("127.0.0.1", server.value().port());
  Poco::Net::HTTPClientSession idle(address);
  get(idle);  // from now on the server has it
  std::vector<std::jthread> people;
  for (std::size_t person = 0; person < kPeople; ++person) {
    people.emplace_back([&] {
      for (int i = 0; i < 10; ++i) {
        Poco::Net::HTTPClientSession session(address);
        get(session);
      }
    });
  }
  people.clear();  // joins
  server.value().stop(5);
  EXPECT_TRUE(has_ended(idle.socket()));
}

}  // namespace
}  // namespace huice::service
