// Who gets in: every operation of the contract against every role, counties, forgery, sessions.
#include <algorithm>
#include <thread>

#include "service/accounts.h"
#include "site_fixture.h"
#include "store/accounts.h"

namespace huice::service {
namespace {

class GateTest : public SiteTest {
 protected:
  /// A path of the operation with something in the place of its parameters.
  static std::string path_of(const Operation& operation) {
    std::string path;
    for (const std::string& segment : operation.segments)
      path += "/" + (segment.starts_with('{') ? std::string("x1") : segment);
    return path;
  }

  Answer ask_as(const Operation& operation, const std::string& session) {
    return ask({.method = operation.method, .path = path_of(operation), .session = session});
  }

  /// An account with the password `correct horse`.
  static void add_jia(store::Database& database) {
    EXPECT_TRUE(
        store::add_account(database, {.id = "u1",
                                      .login = "jia",
                                      .name = "甲",
                                      .county = kCounty,
                                      .unit = {},
                                      .roles = {"经办"},
                                      .password = Passwords().hash("correct horse").value()}));
  }

  std::string add_enterprise(const std::string& session) {
    const auto answer = ask({.method = "POST",
                             .path = "/api/v1/enterprises",
                             .session = session,
                             .body = R"({"企业名称":"云岭精工","从业人数":120})"});
    EXPECT_EQ(answer.status, 201) << answer.body;
    return text(json(answer), "id");
  }
};

TEST_F(GateTest, EveryOperationIsOpenToJustTheRolesThatTheContractNames) {
  for (const Operation& operation : site().contract.operations()) {
    if (operation.is_public() || operation.is_local()) continue;
    for (const std::string& role : roles()) {
      const bool allowed = operation.allows({role});
      const std::string got = outcome(ask_as(operation, someone({role})));
      EXPECT_EQ(got == "403 session.forbidden", !allowed)
          << operation.id << " " << role << ": " << got;
      EXPECT_FALSE(got.starts_with("401") || got.starts_with("500"))
          << operation.id << " " << role << ": " << got;
    }
  }
}

TEST_F(GateTest, NothingButWhatIsPublicIsOpenWithoutSigningIn) {
  std::vector<std::string> open;
  for (const Operation& operation : site().contract.operations()) {
    const std::string got = outcome(ask_as(operation, {}));
    if (got == "401 session.required") continue;
    if (operation.is_local()) {
      EXPECT_EQ(got, "403 session.forbidden") << operation.id;
    } else {
      open.push_back(operation.id);
    }
  }
  std::ranges::sort(open);
  EXPECT_EQ(open,
            (std::vector<std::string>{"getContract", "isAlive", "isReady", "setUp", "signIn"}));
}

TEST_F(GateTest, ARequestWithoutItsForgeryTokenIsRefusedWhateverTheOperation) {
  const std::string session = someone(roles());
  for (const Operation& operation : site().contract.operations()) {
    if (operation.method == "GET" || operation.is_public()) continue;
    const Ask forged{.method = operation.method,
                     .path = path_of(operation),
                     .session = session,
                     .headers = {{"x-csrf-token", csrf_of("another session")}}};
    EXPECT_EQ(outcome(ask(forged)), "403 session.csrf") << operation.id;
    Ask elsewhere = forged;
    elsewhere.headers = {{"origin", "https://evil.example"}};
    EXPECT_EQ(outcome(ask(elsewhere)), "403 session.csrf") << operation.id;
  }
}

TEST(ForwardedAddress, IsWhatTheProxyWroteNotWhatTheClientClaims) {
  Request request{.address = "127.0.0.1"};
  EXPECT_EQ(forwarded_address(request), "127.0.0.1");
  request.headers = {{"x-forwarded-for", "203.0.113.9"}};
  EXPECT_EQ(forwarded_address(request), "203.0.113.9");
  request.headers = {{"x-forwarded-for", "127.0.0.1, 10.0.0.1,  2001:db8::7 "}};
  EXPECT_EQ(forwarded_address(request), "2001:db8::7");
  EXPECT_FALSE(is_local(forwarded_address(request)));
}

TEST_F(GateTest, NobodySeesWhatIsOfAnotherCounty) {
  const std::string here = someone(roles());
  const std::string there = someone(roles(), kOther);
  const std::string id = add_enterprise(here);
  const auto draft =
      ask({.method = "POST",
           .path = "/api/v1/drafts",
           .session = here,
           .body = R"({"template":"general-notice","data":{"标题":"关于某事的通知"}})"});
  ASSERT_EQ(draft.status, 201) << draft.body;
  const std::string draft_id = text(json(draft), "id");
  const auto job = ask({.method = "POST",
                        .path = "/api/v1/jobs",
                        .session = here,
                        .body = R"({"kind":"match-bulk","request":{}})"});
  ASSERT_EQ(job.status, 202) << job.body;
  const std::string job_id = text(json(job), "id");
  const std::vector<std::string> paths = {"/api/v1/enterprises/" + id,
                                          "/api/v1/enterprises/" + id + "/report.pdf",
                                          "/api/v1/drafts/" + draft_id,
                                          "/api/v1/drafts/" + draft_id + "/document.pdf",
                                          "/api/v1/jobs/" + job_id,
                                          "/api/v1/jobs/" + job_id + "/events",
                                          "/api/v1/jobs/" + job_id + "/result"};
  for (const std::string& path : paths) {
    EXPECT_TRUE(outcome(ask({.path = path, .session = there})).starts_with("404")) << path;
    EXPECT_FALSE(outcome(ask({.path = path, .session = here})).starts_with("404")) << path;
  }
  for (const std::string list : {"enterprises", "drafts", "jobs"}) {
    const auto answer = json(ask({.path = "/api/v1/" + list, .session = there}));
    EXPECT_TRUE(answer.find("items")->list()->empty()) << list;
  }
  EXPECT_EQ(ask({.path = "/api/v1/audit", .session = there}).body.find("云岭精工"),
            std::string::npos);
  for (const std::string method : {"PUT", "DELETE"}) {
    const auto answer = ask({.method = method,
                             .path = "/api/v1/enterprises/" + id,
                             .session = there,
                             .body = method == "PUT" ? R"({"企业名称":"改"})" : "",
                             .headers = {{"if-match", "\"v1\""}}});
    EXPECT_EQ(outcome(answer), "404 store.no-record") << method;
  }
  const auto match = ask({.method = "POST",
                          .path = "/api/v1/match",
                          .session = there,
                          .body = R"({"enterprise":")" + id + "\"}"});
  EXPECT_EQ(outcome(match), "404 store.no-record");
  const auto users = json(ask({.path = "/api/v1/users", .session = there}));
  EXPECT_EQ(users.find("items")->list()->size(), 1U);
}

TEST_F(GateTest, AUnitSeesItsOwnDraftsOnly) {
  const std::string finance = someone({"经办"}, kCounty, "县财政局");
  const auto draft = ask({.method = "POST",
                          .path = "/api/v1/drafts",
                          .session = finance,
                          .body = R"({"template":"general-notice","data":{}})"});
  const std::string path = "/api/v1/drafts/" + text(json(draft), "id");
  EXPECT_EQ(outcome(ask({.path = path, .session = finance})), "200");
  EXPECT_EQ(outcome(ask({.path = path, .session = someone({"经办"}, kCounty, "县工信局")})),
            "404 store.no-record");
  EXPECT_EQ(outcome(ask({.path = path, .session = someone({"审核"})})), "200");
}

TEST_F(GateTest, AUnitTakesBackItsOwnInspectionPlansOnly) {
  const std::string rules = R"({"text":"county: 云岭县\nyear: 2026\nsource: 文件\nquiet_from: 1\n)"
                            R"(quiet_to: 25\ntimes_a_year: 1\nexceptions: []\ncoordinator: 县局"})";
  ASSERT_EQ(outcome(ask({.method = "PUT",
                         .path = "/api/v1/rules/inspections",
                         .session = someone({"管理"}),
                         .body = rules,
                         .headers = {{"if-match", "\"v0\""}}})),
            "200");
  const std::string finance = someone({"经办"}, kCounty, "县财政局");
  const auto plan =
      ask({.method = "POST",
           .path = "/api/v1/inspections/plans",
           .query = "filename=plan.csv",
           .session = finance,
           .body = "检查单位,企业名称,检查事项,计划日期\n县财政局,云岭精工,账目,2026-06-26\n",
           .headers = {{"content-type", "application/octet-stream"}}});
  ASSERT_EQ(plan.status, 201) << plan.body;
  const auto remove = [&](const std::string& session) {
    return outcome(ask({.method = "DELETE",
                        .path = "/api/v1/inspections/plans/" + text(json(plan), "id"),
                        .session = session,
                        .headers = {{"if-match", header(plan, "ETag")}}}));
  };
  EXPECT_EQ(remove(someone({"经办"}, kOther)), "404 store.no-record");
  EXPECT_EQ(remove(someone({"经办"}, kCounty, "县工信局")), "403 session.forbidden");
  EXPECT_EQ(remove(finance), "204");
}

/// The secret that an answer gives the browser for its session; empty where it gives none.
std::string renewed(const std::string& cookie) {
  const std::size_t begin = cookie.find('=') + 1;
  return cookie.substr(begin, cookie.find(';') - begin);
}

TEST_F(GateTest, ASessionEndsByIdlingAndByAge) {
  Ask me{.path = "/api/v1/session", .session = someone({"查看"})};
  for (int hour = 0; hour < 2 * 12; ++hour) {
    const auto answer = ask(me);
    EXPECT_EQ(outcome(answer), "200") << hour;
    if (hour > 0) me.session = renewed(header(answer, "Set-Cookie"));
    now_ += 1800;
  }
  now_ += 1;
  EXPECT_EQ(outcome(ask(me)), "401 session.required");
  const std::string idle = someone({"查看"});
  now_ += 30 * 60 + 1;
  EXPECT_EQ(outcome(ask({.path = "/api/v1/session", .session = idle})), "401 session.required");
}

TEST_F(GateTest, SigningInGivesASessionOfItsOwnWhateverTheBrowserCameWith) {
  auto db = database();
  add_jia(db);
  const std::string planted = someone({"查看"});
  const auto answer = ask({.method = "POST",
                           .path = "/api/v1/session",
                           .session = planted,
                           .body = R"({"login":"jia","password":"correct horse"})"});
  ASSERT_EQ(outcome(answer), "200");
  const std::string cookie = header(answer, "Set-Cookie");
  EXPECT_NE(cookie.find("HttpOnly; SameSite=Strict"), std::string::npos);
  EXPECT_EQ(cookie.find(planted), std::string::npos);
  EXPECT_EQ(outcome(ask({.path = "/api/v1/session", .session = planted})), "401 session.required");
  const std::string secret = renewed(cookie);
  EXPECT_EQ(text(*json(ask({.path = "/api/v1/session", .session = secret})).find("user"), "login"),
            "jia");
}

TEST_F(GateTest, TheSecretOfASessionChangesWithUseAndTheFormerOneIsSoonRefused) {
  const std::string first = someone({"经办"});
  const auto me = [&](const std::string& secret) {
    return ask({.path = "/api/v1/session", .session = secret});
  };
  EXPECT_EQ(header(me(first), "Set-Cookie"), "");
  now_ += 15 * 60;
  const auto changed = me(first);
  const std::string second = renewed(header(changed, "Set-Cookie"));
  EXPECT_NE(header(changed, "Set-Cookie").find("HttpOnly; SameSite=Strict"), std::string::npos);
  ASSERT_FALSE(second.empty());
  EXPECT_NE(second, first);
  // Another window asked before the answer came: the same session, and no third secret.
  const auto beside = me(first);
  EXPECT_EQ(outcome(beside), "200");
  EXPECT_EQ(header(beside, "Set-Cookie"), "");
  EXPECT_EQ(outcome(me(second)), "200");
  now_ += 10;
  EXPECT_EQ(outcome(me(first)), "200");
  now_ += 1;
  EXPECT_EQ(outcome(me(first)), "401 session.required");
  EXPECT_EQ(outcome(me(second)), "200");  // what somebody stole does not end it
}

TEST_F(GateTest, WhatGuardsAgainstForgeryStaysWhenTheSecretChanges) {
  const std::string first = someone({"经办"});
  now_ += 15 * 60;
  const std::string second =
      renewed(header(ask({.path = "/api/v1/session", .session = first}), "Set-Cookie"));
  const auto add = [&](const std::string& csrf) {
    return outcome(ask({.method = "POST",
                        .path = "/api/v1/enterprises",
                        .session = second,
                        .body = R"({"企业名称":"云岭精工"})",
                        .headers = {{"x-csrf-token", csrf}}}));
  };
  EXPECT_EQ(add(csrf_of(second)), "403 session.csrf");  // as a thief of the cookie would make it
  EXPECT_EQ(add(csrf_of(first)), "201");                // a window that was opened before
}

TEST_F(GateTest, ASessionThatHasNoCsrfTokenChangesNothing) {
  const std::string secret = someone({"经办"});
  auto db = database();
  const auto session = store::find_session(db, store::sha256(secret));
  ASSERT_TRUE(session && session.value());
  const std::string bare = random_secret();  // as a node of a former version begins it
  ASSERT_TRUE(
      store::add_session(db, {store::sha256(bare), session.value()->account, now_, now_, ""}));
  EXPECT_EQ(outcome(ask({.method = "POST",
                         .path = "/api/v1/enterprises",
                         .session = bare,
                         .body = R"({"企业名称":"云岭精工"})",
                         .headers = {{"x-csrf-token", ""}}})),
            "403 session.csrf");
}

TEST_F(GateTest, AnAnswerThatIsLostWithTheNewSecretEndsNoSession) {
  const std::string first = someone({"经办"});
  const Ask me{.path = "/api/v1/session", .session = first};
  now_ += 15 * 60;
  const std::string lost = renewed(header(ask(me), "Set-Cookie"));
  now_ += 61;
  const std::string third = renewed(header(ask(me), "Set-Cookie"));
  ASSERT_FALSE(third.empty());
  EXPECT_EQ(outcome(ask({.path = "/api/v1/session", .session = third})), "200");
  EXPECT_EQ(outcome(ask({.path = "/api/v1/session", .session = lost})), "401 session.required");
}

TEST_F(GateTest, AnAnswerThatComesTooLateDoesNotBringBackASecretThatWasReplaced) {
  const std::string first = someone({"经办"});
  auto router = Router::make(site());
  ASSERT_TRUE(router);
  std::string third;
  Request slow{.method = "POST", .path = "/api/v1/enterprises", .address = "192.0.2.7"};
  slow.headers = {{"cookie", std::string(kSessionCookie) + "=" + first},
                  {"x-csrf-token", csrf_of(first)},
                  {"content-type", "application/json"}};
  slow.body = [&](std::size_t) -> Result<std::string> {
    now_ += 61;  // meanwhile another window asks
    third = renewed(header(ask({.path = "/api/v1/session", .session = first}), "Set-Cookie"));
    return std::string(R"({"企业名称":"云岭精工"})");
  };
  now_ += 15 * 60;
  const auto answer = router.value().answer(slow);
  EXPECT_EQ(outcome(answer), "201");
  EXPECT_FALSE(third.empty());
  EXPECT_EQ(header(answer, "Set-Cookie"), "");
}

TEST_F(GateTest, ManyRequestsAtTheTimeOfTheChangeGetOneNewSecretBetweenThem) {
  const std::string first = someone({"查看"});
  now_ += 15 * 60;
  Guarded<std::vector<std::string>> cookies;
  std::vector<std::jthread> windows;
  for (int i = 0; i < 6; ++i) {
    windows.emplace_back([&] {
      const auto answer = ask({.path = "/api/v1/session", .session = first});
      EXPECT_EQ(outcome(answer), "200");
      const std::string cookie = header(answer, "Set-Cookie");
      if (!cookie.empty()) cookies.with([&](auto& all) { all.push_back(cookie); });
    });
  }
  windows.clear();
  cookies.with([](const auto& all) { EXPECT_EQ(all.size(), 1U); });
}

TEST_F(GateTest, SigningOutEndsASessionWhoseSecretJustChanged) {
  const std::string first = someone({"查看"});
  now_ += 15 * 60;
  const auto out = ask({.method = "DELETE", .path = "/api/v1/session", .session = first});
  EXPECT_EQ(out.status, 204);
  EXPECT_EQ(renewed(header(out, "Set-Cookie")), "");
  EXPECT_EQ(outcome(ask({.path = "/api/v1/session", .session = first})), "401 session.required");
}

TEST_F(GateTest, WrongPasswordsLockANameWhetherSomebodyHasItOrNot) {
  auto db = database();
  add_jia(db);
  for (const std::string login : {"jia", "nobody"}) {
    const auto attempt = [&](const std::string& password) {
      return outcome(
          ask({.method = "POST",
               .path = "/api/v1/session",
               .body = R"({"login":")" + login + R"(","password":")" + password + "\"}"}));
    };
    for (int i = 0; i < kFreeFailures; ++i)
      EXPECT_EQ(attempt("wrong"), "401 session.credentials") << login << i;
    EXPECT_EQ(attempt("wrong"), "429 session.locked") << login;
    EXPECT_EQ(attempt("correct horse"), "429 session.locked") << login;
    now_ += 31;
    EXPECT_EQ(attempt("correct horse"), login == "jia" ? "200" : "401 session.credentials");
  }
}

TEST_F(GateTest, PasswordsTriedSideBySideAreNoMoreThanThoseTriedOneAfterAnother) {
  auto db = database();
  add_jia(db);
  constexpr std::size_t kAtOnce = 16;
  std::vector<std::string> outcomes(kAtOnce);
  {
    std::vector<std::jthread> people;
    for (std::string& outcome_of_one : outcomes) {
      people.emplace_back([&] {
        outcome_of_one = outcome(ask({.method = "POST",
                                      .path = "/api/v1/session",
                                      .body = R"({"login":"jia","password":"wrong"})"}));
      });
    }
  }
  EXPECT_EQ(std::ranges::count(outcomes, "401 session.credentials"), kFreeFailures);
  EXPECT_EQ(std::ranges::count(outcomes, "429 session.locked"),
            static_cast<std::ptrdiff_t>(kAtOnce) - kFreeFailures);
}

TEST_F(GateTest, ATokenHasOnlyTheRolesGivenToItAndMakesNoOther) {
  const std::string session = someone({"经办", "管理"});
  const auto made = ask({.method = "POST",
                         .path = "/api/v1/tokens",
                         .session = session,
                         .body = R"({"name":"接口","roles":["经办"],"days":2})"});
  ASSERT_EQ(made.status, 201);
  const std::string secret = text(json(made), "secret");
  const std::vector<std::pair<std::string, std::string>> bearer = {
      {"authorization", "Bearer " + secret}};
  EXPECT_EQ(outcome(ask({.path = "/api/v1/enterprises", .headers = bearer})), "200");
  EXPECT_EQ(outcome(ask({.path = "/api/v1/users", .headers = bearer})), "403 session.forbidden");
  EXPECT_EQ(outcome(ask({.method = "POST",
                         .path = "/api/v1/tokens",
                         .body = R"({"name":"又一个","roles":["经办"],"days":2})",
                         .headers = bearer})),
            "403 session.forbidden");
  EXPECT_EQ(outcome(ask({.path = "/api/v1/calendar.ics",
                         .headers = {{"authorization", "Basic " + to_base64("x:" + secret)}}})),
            "200");
  now_ += 3 * 86'400;
  EXPECT_EQ(outcome(ask({.path = "/api/v1/enterprises", .headers = bearer})),
            "401 session.required");
}

TEST_F(GateTest, TheFirstAdministratorMakesHimselfOnceByInvitation) {
  auto db = database();
  const std::string secret = invite(db, now_).value();
  const Ask setup{
      .method = "POST",
      .path = "/api/v1/setup",
      .body = R"({"token":")" + secret +
              R"(","login":"admin","name":"管理员","password":"0123456789","county":"430524"})"};
  EXPECT_EQ(outcome(ask(setup)), "201");
  EXPECT_EQ(outcome(ask(setup)), "403 setup.invitation");
}

TEST_F(GateTest, TakingARoleAwayEndsTheSessions) {
  const std::string admin = someone({"管理"});
  const std::string clerk = someone({"经办"});
  const auto me = json(ask({.path = "/api/v1/session", .session = clerk}));
  const std::string id = text(*me.find("user"), "id");
  const auto changed = ask({.method = "PUT",
                            .path = "/api/v1/users/" + id,
                            .session = admin,
                            .body = R"({"name":"某人","unit":"","roles":["查看"],"enabled":true})",
                            .headers = {{"if-match", "\"v1\""}}});
  ASSERT_EQ(outcome(changed), "200") << changed.body;
  EXPECT_EQ(outcome(ask({.path = "/api/v1/session", .session = clerk})), "401 session.required");
}

}  // namespace
}  // namespace huice::service
