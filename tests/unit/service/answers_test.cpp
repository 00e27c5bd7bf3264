// What the operations answer, and what hostile input gets.
#include <atomic>
#include <chrono>
#include <fstream>
#include <thread>

#include "archive/zip_reader.h"
#include "base/files.h"
#include "service/accounts.h"
#include "service/job_kinds.h"
#include "service/workers.h"
#include "site_fixture.h"

namespace huice::service {
namespace {

class AnswersTest : public SiteTest {
 protected:
  void adjust(Configuration& configuration) override {
    std::filesystem::create_directories(configuration.page / "assets");
    std::ofstream(configuration.page / "index.html") << "<!doctype html><title>惠策</title>";
    std::ofstream(configuration.page / "assets/app.js") << "export {};";
    std::ofstream(folder() / "secret.txt") << "secret";
  }

  std::string add_enterprise(const std::string& session, const std::string& name) {
    return text(json(ask({.method = "POST",
                          .path = "/api/v1/enterprises",
                          .session = session,
                          .body = notation::write_json(model::Value::Record{{"企业名称", name}})})),
                "id");
  }

  /// A draft from the template's own sample, by a clerk.
  std::pair<std::string, std::string> sample_draft(const std::string& clerk) {
    const auto sample = json(ask({.path = "/api/v1/templates/general-notice", .session = clerk}));
    const auto made = ask({.method = "POST",
                           .path = "/api/v1/drafts",
                           .session = clerk,
                           .body = notation::write_json(model::Value::Record{
                               {"template", "general-notice"}, {"data", *sample.find("sample")}})});
    EXPECT_EQ(made.status, 201) << made.body;
    return {"/api/v1/drafts/" + text(json(made), "id"), header(made, "ETag")};
  }

  Answer step(const std::string& session, const std::string& path, const std::string& tag,
              const std::string& body = {}) {
    return ask({.method = "POST",
                .path = path,
                .session = session,
                .body = body,
                .headers = {{"if-match", tag}}});
  }
};

TEST_F(AnswersTest, AnErrorIsAProblemInChineseWithTheFieldAndTheNumberOfTheRequest) {
  const auto answer = ask({.method = "POST",
                           .path = "/api/v1/tokens",
                           .session = someone({"经办"}),
                           .body = R"({"name":"","roles":["皇帝"],"days":0,"extra":1})"});
  EXPECT_EQ(outcome(answer), "400 service.field");
  EXPECT_EQ(answer.type, "application/problem+json; charset=utf-8");
  const auto problem = json(answer);
  EXPECT_EQ(text(problem, "request"), header(answer, "X-Request-Id"));
  std::vector<std::string> fields;
  for (const auto& each : *problem.find("errors")->list())
    fields.push_back(text(each, "field"));
  EXPECT_EQ(fields, (std::vector<std::string>{"name", "roles[0]", "days", "extra"}));
}

TEST_F(AnswersTest, AChangeMustNameTheVersionItWasMadeOf) {
  const std::string clerk = someone({"经办"});
  const std::string path = "/api/v1/enterprises/" + add_enterprise(clerk, "云岭精工");
  const auto put = [&](std::vector<std::pair<std::string, std::string>> headers) {
    return ask({.method = "PUT",
                .path = path,
                .session = clerk,
                .body = R"({"企业名称":"云岭精工","从业人数":5})",
                .headers = std::move(headers)});
  };
  EXPECT_EQ(outcome(put({})), "428 service.if-match-missing");
  EXPECT_EQ(outcome(put({{"if-match", "*"}})), "400 service.if-match");
  const auto changed = put({{"if-match", "\"v1\""}});
  EXPECT_EQ(outcome(changed), "200");
  EXPECT_EQ(header(changed, "ETag"), "\"v2\"");
  EXPECT_EQ(outcome(put({{"if-match", "\"v1\""}})), "412 store.stale");
}

TEST_F(AnswersTest, WhatHasNotChangedIsNotSentAgain) {
  const std::string session = someone({"查看"});
  const auto first = ask({.path = "/api/v1/facts", .session = session});
  const auto again = ask({.path = "/api/v1/facts",
                          .session = session,
                          .headers = {{"if-none-match", header(first, "ETag")}}});
  EXPECT_EQ(again.status, 304);
  EXPECT_TRUE(again.body.empty());
}

TEST_F(AnswersTest, ADraftIsReviewedAndSignedByDifferentPeopleAndFrozenBetween) {
  const std::string clerk = someone({"经办", "审核"});
  const std::string reviewer = someone({"审核", "签发"});
  const std::string signer = someone({"签发"});
  const auto [path, tag] = sample_draft(clerk);
  const auto submitted = step(clerk, path + "/submit", tag);
  ASSERT_EQ(outcome(submitted), "200") << submitted.body;
  const std::string yes = R"({"approve":true})";
  const std::string v2 = header(submitted, "ETag");
  const auto edit = ask({.method = "PUT",
                         .path = path,
                         .session = clerk,
                         .body = R"({"template":"general-notice","data":{"标题":"改"}})",
                         .headers = {{"if-match", v2}}});
  EXPECT_EQ(outcome(edit), "409 draft.state");
  EXPECT_EQ(outcome(step(signer, path + "/sign", v2, yes)), "409 draft.state");
  EXPECT_EQ(outcome(step(clerk, path + "/review", v2, yes)), "409 draft.same-person");
  const std::string reviewed_pages =
      ask({.path = path + "/document.pdf", .session = reviewer}).body;
  const auto reviewed = step(reviewer, path + "/review", v2, yes);
  ASSERT_EQ(outcome(reviewed), "200");
  const std::string v3 = header(reviewed, "ETag");
  EXPECT_EQ(outcome(step(reviewer, path + "/sign", v3, yes)), "409 draft.same-person");
  EXPECT_EQ(outcome(step(signer, path + "/sign", v3, R"({"approve":false})")), "422 draft.comment");
  const auto signed_draft = step(signer, path + "/sign", v3, yes);
  EXPECT_EQ(text(json(signed_draft), "state"), "已签发");
  const auto pages = ask({.path = path + "/document.pdf", .session = clerk});
  EXPECT_TRUE(pages.body.starts_with("%PDF-"));
  EXPECT_EQ(pages.body, reviewed_pages);
  EXPECT_EQ(outcome(ask({.method = "DELETE",
                         .path = path,
                         .session = clerk,
                         .headers = {{"if-match", header(signed_draft, "ETag")}}})),
            "409 draft.state");
}

TEST_F(AnswersTest, DataFromTheNetworkNameNoFilesOfTheServer) {
  const std::string clerk = someone({"经办"});
  const auto sample = json(ask({.path = "/api/v1/templates/general-notice", .session = clerk}));
  for (const std::string picture : {"/etc/passwd", "../samples/notice/seal.png", "seal.png"}) {
    model::Value values = *sample.find("sample");
    std::get<model::Value::Record>(values.content()).emplace_back("印章图", picture);
    const auto answer = ask({.method = "POST",
                             .path = "/api/v1/drafts/preview",
                             .session = clerk,
                             .body = notation::write_json(model::Value::Record{
                                 {"template", "general-notice"}, {"data", values}})});
    EXPECT_EQ(outcome(answer), "422 draft.picture") << picture;
  }
  const auto other = ask({.method = "POST",
                          .path = "/api/v1/drafts/preview",
                          .session = clerk,
                          .body = R"({"template":"../templates/general-notice","data":{}})"});
  EXPECT_EQ(outcome(other), "400 service.field");
}

TEST_F(AnswersTest, OnlyFilesOfThePageAreServed) {
  EXPECT_EQ(ask({.path = "/assets/app.js"}).body, "export {};");
  EXPECT_EQ(ask({.path = "/enterprises/some-place"}).type, "text/html; charset=utf-8");
  for (const std::string path :
       {"/../secret.txt", "/%2e%2e/secret.txt", "/assets/../../secret.txt", "/..%2fsecret.txt",
        "/assets/%2e%2e%5c%2e%2e/secret.txt", "/secret.txt", "//etc/passwd.txt", "/%00.txt"}) {
    EXPECT_EQ(outcome(ask({.path = path})), "404 service.no-path") << path;
  }
}

TEST_F(AnswersTest, HostileTextIsKeptAsTextEverywhere) {
  const std::string clerk = someone(roles());
  for (const std::string evil : {"'; DROP TABLE record; --", "<script>alert(1)</script>",
                                 "{{7*7}}{% include '/etc/passwd' %}", "%' OR '1'='1"}) {
    const std::string id = add_enterprise(clerk, evil);
    const auto found = json(ask({.path = "/api/v1/enterprises/" + id, .session = clerk}));
    EXPECT_EQ(text(found, "title"), evil);
    const auto listed =
        ask({.path = "/api/v1/enterprises", .query = "q=%27%20OR%201%3D1", .session = clerk});
    EXPECT_EQ(listed.status, 200);
  }
  EXPECT_EQ(ask({.path = "/api/v1/enterprises", .session = clerk}).type,
            "application/json; charset=utf-8");
}

TEST_F(AnswersTest, AParameterThatIsUnknownDoubledOrOutOfRangeIsRefused) {
  const std::string session = someone({"查看"});
  for (const std::string query : {"limit=0", "limit=501", "limit=x", "limit=1&limit=2", "other=1",
                                  "sort=body", "q=%zz", "q=%ff"}) {
    EXPECT_EQ(ask({.path = "/api/v1/enterprises", .query = query, .session = session}).status, 400)
        << query;
  }
}

TEST_F(AnswersTest, AnUploadIsTakenByItsContentNotItsName) {
  const std::string clerk = someone({"经办"});
  const auto upload = [&](const std::string& name, const std::string& bytes) {
    return outcome(ask({.method = "POST",
                        .path = "/api/v1/enterprises/import",
                        .query = "filename=" + name,
                        .session = clerk,
                        .body = bytes,
                        .headers = {{"content-type", "application/octet-stream"}}}));
  };
  EXPECT_EQ(upload("a.exe", "MZ"), "415 upload.format");
  EXPECT_EQ(upload("..%2F..%2Fa.csv", "企业名称,从业人数\n云岭精工,120\n"), "200");
  EXPECT_TRUE(upload("a.xlsx", "no zip at all").starts_with("4"));
  const std::string deep(20'000, '[');
  EXPECT_TRUE(upload("a.json", deep).starts_with("4"));
  const auto page = json(ask({.path = "/api/v1/enterprises", .session = clerk}));
  EXPECT_EQ(page.find("items")->list()->size(), 1U);
}

TEST_F(AnswersTest, CellsMendedOnTheWayInAreTakenAsMendedAndSaySo) {
  const std::string clerk = someone({"经办"});
  const auto import = [&](const std::string& cells) {
    return ask({.method = "POST",
                .path = "/api/v1/enterprises/import",
                .query = "filename=a.csv" + cells,
                .session = clerk,
                .body = "企业名称,从业人数\n云岭精工,-120\n",
                .headers = {{"content-type", "application/octet-stream"}}});
  };
  EXPECT_EQ(json(import("")).find("refused")->list()->size(), 1U);
  EXPECT_EQ(json(import("&cells=%7B%22B2%22:%22120%22%7D")).find("refused")->list()->size(), 0U);
  EXPECT_EQ(outcome(import("&cells=%7B%22C9%22:%22120%22%7D")), "422 sheet.correction");
  EXPECT_EQ(outcome(import("&cells=%5B%5D")), "422 upload.cells");
  const auto page = json(ask({.path = "/api/v1/enterprises", .session = clerk}));
  const std::string id = text(page.find("items")->list()->front(), "id");
  const auto answer = ask({.path = "/api/v1/enterprises/" + id, .session = clerk});
  EXPECT_NE(answer.body.find(R"("从业人数":{"值":120,"来源":"a.csv)"), std::string::npos)
      << answer.body;
  EXPECT_NE(answer.body.find("导入时改填"), std::string::npos);
}

TEST_F(AnswersTest, ABodyBeyondItsLimitIsRefused) {
  const auto answer = ask({.method = "POST",
                           .path = "/api/v1/match",
                           .session = someone({"查看"}),
                           .body = R"({"enterprise":")" + std::string(2 << 20, 'x') + "\"}"});
  EXPECT_EQ(outcome(answer), "413 service.body-too-large");
}

TEST_F(AnswersTest, NamesOfPeopleAreHiddenFromThoseWhoOnlyLook) {
  const std::string clerk = someone({"经办"});
  const auto made = ask({.method = "POST",
                         .path = "/api/v1/enterprises",
                         .session = clerk,
                         .body = R"({"企业名称":"云岭精工","新招用人员":[{"姓名":"张三丰"}]})"});
  ASSERT_EQ(made.status, 201) << made.body;
  const std::string path = "/api/v1/enterprises/" + text(json(made), "id");
  EXPECT_NE(ask({.path = path, .session = clerk}).body.find("张三丰"), std::string::npos);
  EXPECT_EQ(ask({.path = path, .session = someone({"查看"})}).body.find("张三丰"),
            std::string::npos);
}

TEST_F(AnswersTest, TheLogTellsTheOperationAndNeitherPathNorSecret) {
  const std::string clerk = someone({"经办"});
  const std::string id = add_enterprise(clerk, "云岭精工");
  (void)ask({.path = "/api/v1/enterprises/" + id, .session = clerk});
  EXPECT_NE(log().find("\"operation\":\"getEnterprise\""), std::string::npos);
  EXPECT_EQ(log().find(id), std::string::npos);
  EXPECT_EQ(log().find("云岭精工"), std::string::npos);
  EXPECT_EQ(log().find(clerk), std::string::npos);
}

TEST_F(AnswersTest, WhatIsMatchedIsWhatTheSameFactsMatchElsewhere) {
  const std::string clerk = someone({"经办"});
  const std::string id = add_enterprise(clerk, "云岭精工");
  const std::string facts = R"({"企业名称":"云岭精工","从业人数":120})";
  const auto by_profile = ask({.method = "POST",
                               .path = "/api/v1/match",
                               .session = clerk,
                               .body = R"({"profile":)" + facts + R"(,"on":"2026-06-01"})"});
  const auto by_change = ask(
      {.method = "POST",
       .path = "/api/v1/match",
       .session = clerk,
       .body = R"({"enterprise":")" + id + R"(","changes":{"从业人数":120},"on":"2026-06-01"})"});
  ASSERT_EQ(outcome(by_profile), "200") << by_profile.body;
  EXPECT_EQ(by_profile.body, by_change.body);
  const auto unchanged = ask({.method = "POST",
                              .path = "/api/v1/match",
                              .session = clerk,
                              .body = R"({"enterprise":")" + id + R"(","on":"2026-06-01"})"});
  EXPECT_NE(unchanged.body, by_change.body);
  const auto both = ask({.method = "POST",
                         .path = "/api/v1/match",
                         .session = clerk,
                         .body = R"({"enterprise":"x","profile":)" + facts + "}"});
  EXPECT_EQ(outcome(both), "422 match.profile");
}

TEST_F(AnswersTest, ScreeningSaysOfEachPolicyWhatMatchingSays) {
  const std::string clerk = someone({"经办"});
  const auto statuses = [&](const std::string& path, const std::string& list,
                            const std::string& facts) {
    const auto answer = ask({.method = "POST",
                             .path = path,
                             .session = clerk,
                             .body = R"({"profile":)" + facts + R"(,"on":"2026-06-01"})"});
    EXPECT_EQ(outcome(answer), "200") << answer.body;
    std::vector<std::string> all;
    const auto value = json(answer);
    for (const model::Value& each : *value.find(list)->list())
      all.push_back(text(each, "policy") + " " + text(each, "status"));
    return all;
  };
  // Twice: the screener that is kept has nothing left of the enterprise before.
  for (const std::string facts : {R"({"企业名称":"云岭精工","从业人数":120,"行业代码":"C3311"})",
                                  R"({"企业名称":"云岭小店","从业人数":3})",
                                  R"({"企业名称":"云岭精工","从业人数":120,"行业代码":"C3311"})"}) {
    const auto matched = statuses("/api/v1/match", "matches", facts);
    EXPECT_GT(matched.size(), 40U);
    EXPECT_EQ(statuses("/api/v1/match/screen", "policies", facts), matched);
  }
}

TEST_F(AnswersTest, AJobDeliversEachItemAndNamesThoseThatFailed) {
  const std::string clerk = someone({"经办"});
  const auto sample = json(ask({.path = "/api/v1/templates/general-notice", .session = clerk}));
  const model::Value bad = model::Value::Record{{"成文日期", "某日"}};
  const model::Value good = model::Value::Record{{"标题", "关于第二件事的通知"}};
  const model::Value named =
      model::Value::Record{{"文件名", "第三份"}, {"标题", "关于第三件事的通知"}};
  const model::Value request =
      model::Value::Record{{"template", "general-notice"},
                           {"items", model::Value(model::Value::List{good, bad, named})},
                           {"shared", *sample.find("sample")}};
  const std::string path = "/api/v1/jobs/" + order(clerk, "draft-batch", request);
  EXPECT_EQ(outcome(ask({.path = path + "/result", .session = clerk})), "409 job.not-done");
  Workers workers(site());
  EXPECT_TRUE(workers.work_once());
  EXPECT_FALSE(workers.work_once());
  const auto job = json(ask({.path = path, .session = clerk}));
  EXPECT_EQ(text(job, "state"), "done");
  EXPECT_EQ(*job.find("done")->number(), Decimal(3));
  EXPECT_EQ(job.find("failures")->list()->size(), 1U);
  const auto result = ask({.path = path + "/result", .session = clerk});
  std::ostringstream zip;
  result.stream(zip, [] { return false; });
  EXPECT_TRUE(zip.str().starts_with("PK"));
  EXPECT_NE(zip.str().find("1.pdf"), std::string::npos);
  EXPECT_NE(zip.str().find("3-第三份.pdf"), std::string::npos);
  EXPECT_EQ(zip.str().find("2.pdf"), std::string::npos);
}

TEST_F(AnswersTest, AWholeCountyIsMatchedAsOneTable) {
  const std::string clerk = someone({"经办"});
  add_enterprise(clerk, "云岭精工");
  add_enterprise(clerk, "云岭小店");
  const auto rows = [&](const char* policy) {
    const std::string path =
        "/api/v1/jobs/" +
        order(clerk, "match-bulk",
              model::Value(model::Value::Record{
                  {"format", "csv"}, {"policies", model::Value(model::Value::List{policy})}}));
    Workers workers(site());
    EXPECT_TRUE(workers.work_once());
    std::ostringstream table;
    const auto result = ask({.path = path + "/result", .session = clerk});
    EXPECT_EQ(result.type, "text/csv");
    result.stream(table, [] { return false; });
    std::vector<std::string> lines;
    std::istringstream in(table.str());
    for (std::string line; std::getline(in, line);)
      lines.push_back(line);
    return lines;
  };
  const auto lines = rows("cn-stability-refund-2026");
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_TRUE(lines[0].starts_with("\xEF\xBB\xBF")) << lines[0];
  std::vector<std::string> names = {lines[1].substr(0, lines[1].find(',')),
                                    lines[2].substr(0, lines[2].find(','))};
  std::ranges::sort(names);
  EXPECT_EQ(names, (std::vector<std::string>{"云岭小店", "云岭精工"}));
  const auto refused = ask({.method = "POST",
                            .path = "/api/v1/jobs",
                            .session = clerk,
                            .body = R"({"kind":"match-bulk","request":{"format":"ods"}})"});
  EXPECT_EQ(outcome(refused), "422 job.request");
}

TEST_F(AnswersTest, JobsOfOneKindAreToldApartAndFoundByKindAndState) {
  const std::string clerk = someone({"经办"});
  const auto batch = [&](const char* title, bool merged) {
    model::Value::Record request = {
        {"template", "general-notice"},
        {"items", model::Value(model::Value::List{model::Value(model::Value::Record{})})}};
    if (title != nullptr) request.emplace_back("title", title);
    request.emplace_back("merged", merged);
    return order(clerk, "draft-batch", model::Value(std::move(request)));
  };
  const auto titles = [&](const std::string& query) {
    std::vector<std::string> found;
    const auto page = json(ask({.path = "/api/v1/jobs", .query = query, .session = clerk}));
    for (const model::Value& job : *page.find("items")->list())
      found.push_back(text(job, "title"));
    std::ranges::sort(found);
    return found;
  };
  batch(nullptr, false);
  batch("上半年评分表", true);
  order(clerk, "match-bulk", model::Value(model::Value::Record{}));
  EXPECT_EQ(titles("kind=draft-batch"),
            (std::vector<std::string>{"上半年评分表，合成一个 PDF", "通知"}));
  EXPECT_EQ(titles("kind=match-bulk"), std::vector<std::string>{"按 2026-11-22 的规定，全部政策"});
  EXPECT_TRUE(titles("state=done").empty());
  Workers workers(site());
  EXPECT_TRUE(workers.work_once());
  EXPECT_EQ(titles("state=done").size(), 1U);
  EXPECT_EQ(titles("").size(), 3U);
}

TEST_F(AnswersTest, NoJobIsCalledByMoreThanATitle) {
  const std::string request =
      R"({"template":"general-notice","items":[{}],"title":")" + std::string(201, 'x') + "\"}";
  EXPECT_EQ(outcome(ask({.method = "POST",
                         .path = "/api/v1/jobs",
                         .session = someone({"经办"}),
                         .body = R"({"kind":"draft-batch","request":)" + request + "}"})),
            "422 job.request");
}

TEST_F(AnswersTest, EnterprisesWithoutNewsAreCountedApartAndGetNoDigest) {
  const std::string clerk = someone({"经办"});
  for (const std::string name : {"甲厂", "乙厂"}) {
    ASSERT_EQ(ask({.method = "POST",
                   .path = "/api/v1/enterprises",
                   .session = clerk,
                   .body = R"({"企业名称":")" + name + "\"}"})
                  .status,
              201);
  }
  const std::string path =
      "/api/v1/jobs/" +
      order(clerk, "digest",
            model::Value(model::Value::Record{{"since", "2026-11-21"}, {"within", 1}}));
  Workers workers(site());
  EXPECT_TRUE(workers.work_once());
  const auto job = json(ask({.path = path, .session = clerk}));
  EXPECT_EQ(*job.find("done")->number(), Decimal(2));
  EXPECT_EQ(*job.find("empty")->number(), Decimal(2));
  const auto result = ask({.path = path + "/result", .session = clerk});
  std::ostringstream zip;
  result.stream(zip, [] { return false; });
  const auto outbox = archive::ZipReader::open(zip.str(), "outbox");
  ASSERT_TRUE(outbox) << outbox.error().message;
  ASSERT_EQ(outbox.value().members().size(), 1U);
  EXPECT_EQ(outbox.value().members().front().name, "2026-11-22/messages.jsonl");
}

TEST_F(AnswersTest, OnePdfOfManyIsTheSameWhicheverNodesMadeItsPages) {
  const std::string clerk = someone({"经办"});
  const auto sample = json(ask({.path = "/api/v1/templates/general-notice", .session = clerk}));
  model::Value::List items;
  for (const std::string title : {"关于甲事的通知", "关于乙事的通知", "关于㛃䶮之事的通知"})
    items.emplace_back(model::Value::Record{{"文件名", "书签" + title}, {"标题", title}});
  items.emplace_back(model::Value::Record{{"成文日期", "某日"}});
  const model::Value request = model::Value::Record{{"template", "general-notice"},
                                                    {"merged", true},
                                                    {"items", model::Value(std::move(items))},
                                                    {"shared", *sample.find("sample")}};
  auto db = database();
  const auto whole = [&](const std::string& id) {
    const auto result = ask({.path = "/api/v1/jobs/" + id + "/result", .session = clerk});
    EXPECT_EQ(result.status, 200) << result.body;
    std::ostringstream pdf;
    if (result.stream) result.stream(pdf, [] { return false; });
    return pdf.str();
  };
  Workers workers(site());
  const std::string alone = order(clerk, "draft-batch", request);
  ASSERT_TRUE(workers.work_once());
  const std::string shared = order(clerk, "draft-batch", request);
  // Another node makes the first two and dies: its lease runs out.
  const store::Lease lease{.node = "another", .now = now_, .seconds = 60};
  const auto job = store::take_job(db, lease).value().value();
  const auto plan = plan_job(site(), job).value();
  const std::vector<store::JobItem> made = {plan.make(1), plan.make(2)};
  ASSERT_TRUE(store::deliver(db, job, lease, made).value());
  now_ += 61;
  ASSERT_TRUE(workers.work_once());
  const std::string pdf = whole(alone);
  EXPECT_TRUE(pdf.starts_with("%PDF-"));
  EXPECT_EQ(whole(shared), pdf);
  const auto told = json(ask({.path = "/api/v1/jobs/" + shared, .session = clerk}));
  EXPECT_EQ(told.find("failures")->list()->size(), 1U);
}

TEST_F(AnswersTest, AJobOfAKindThatANewerNodeTookIsLeftToTheOthers) {
  auto db = database();
  const store::Job unknown{
      .id = "j1", .county = kCounty, .owner = "u", .kind = "of tomorrow", .request = "{}"};
  ASSERT_TRUE(store::add_job(db, unknown, now_));
  Workers workers(site());
  ASSERT_TRUE(workers.work_once());
  EXPECT_EQ(store::find_job(db, kCounty, "j1").value().state, "queued");
  EXPECT_NE(log().find("of tomorrow"), std::string::npos);
}

class ReloadTest : public SiteTest {
 protected:
  void adjust(Configuration& configuration) override {
    configuration.policies = folder() / "policies";
    std::filesystem::copy(HUICE_SOURCE_DIR "/policies", configuration.policies,
                          std::filesystem::copy_options::recursive);
  }
};

TEST_F(ReloadTest, AChangedPolicyIsTakenInAndAnUnsoundOneLeavesWhatWasThere) {
  const auto before = site().materials.get()->policies;
  const policy::Policy& policy = before->policies().front();
  const std::filesystem::path file = policy.where.file;
  const std::string text = read_file(file).value();
  ASSERT_TRUE(write_file(file, text + "unheard: of\n"));
  EXPECT_FALSE(site().reload());
  EXPECT_EQ(site().materials.get()->policies, before);
  ASSERT_TRUE(write_file(file, text + "\n"));
  ASSERT_TRUE(site().reload());
  const auto after = site().materials.get()->policies;
  EXPECT_NE(after->find(policy.id), &policy);
  EXPECT_EQ(&after->policies()[1], &before->policies()[1]);
}

TEST_F(ReloadTest, WhatWasReadFirstIsNotPutInLast) {
  const policy::Policy& policy = site().materials.get()->policies->policies().front();
  const std::filesystem::path file = policy.where.file;
  const std::string text = read_file(file).value();
  std::atomic<bool> first_has_read = false;
  std::atomic<bool> second_is_done = false;
  const auto wait_for = [](const std::atomic<bool>& mark) {
    for (int i = 0; i < 100 && !mark; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
  };
  // A reload asks for the world between reading policies and putting them in: the first one lets
  // the second overtake it there, if that can be.
  on_world_ = [&] {
    if (!first_has_read.exchange(true)) wait_for(second_is_done);
  };
  ASSERT_TRUE(write_file(file, text + "# older\n"));
  std::jthread first([&] { EXPECT_TRUE(site().reload()); });
  wait_for(first_has_read);
  ASSERT_TRUE(write_file(file, text + "# newer\n"));
  EXPECT_TRUE(site().reload());
  const auto newest = site().materials.get()->policies;
  second_is_done = true;
  first.join();
  EXPECT_EQ(site().materials.get()->policies, newest);
}

}  // namespace
}  // namespace huice::service
