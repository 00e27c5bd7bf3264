// Circulars that a county hands in itself: who sees them, what becomes of them, and that every node
// finds what the database has, whatever happened to its folder.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <future>
#include <thread>

#include "../library/slow_pdf.h"
#include "archive/zip_writer.h"
#include "base/files.h"
#include "library/library.h"
#include "service/profiles.h"
#include "service/workers.h"
#include "site_fixture.h"
#include "store/county_files.h"
#include "store/jobs.h"

namespace huice::service {
namespace {

constexpr const char* kNotice =
    "云岭县人民政府办公室关于做好稳岗返还工作的通知\n云政办发〔2026〕7号\n\n各乡镇人民政府：\n"
    "本县稳岗返还随失业保险费一并核定。\n\n云岭县人民政府办公室\n2026年3月5日\n";
constexpr const char* kPlan =
    "云岭县人民政府办公室关于企业用工的方案\n云政办发〔2026〕8号\n\n各乡镇人民政府：\n"
    "推行零工驿站，就近用工。\n\n云岭县人民政府办公室\n2026年4月6日\n";

class LibraryFilesTest : public SiteTest {
 protected:
  void adjust(Configuration& configuration) override {
    configuration.upload_megabytes = 1;
    configuration.county_megabytes = 2;
    configuration.lease_seconds = 8;  // a file is read within half of it
    fill_library(configuration);
  }

  static std::string encoded(const std::string& text) {
    std::string out;
    for (const char c : text) {
      char piece[4] = {};
      std::snprintf(piece, sizeof piece, "%%%02X", static_cast<unsigned char>(c));
      out += piece;
    }
    return out;
  }

  Answer hand(const std::string& session, const std::string& name, const std::string& bytes,
              const std::string& key = {}) const {
    Ask wanted{.method = "POST",
               .path = "/api/v1/library/files",
               .query = "filename=" + encoded(name),
               .session = session,
               .body = bytes,
               .headers = {{"content-type", "application/octet-stream"}}};
    if (!key.empty()) wanted.headers.emplace_back("idempotency-key", key);
    return ask(wanted);
  }

  /// Does all that is queued on this node.
  void work() {
    Workers workers(site());
    while (workers.work_once()) {
    }
  }

  /// Hands a notice in and has it taken in; its id.
  std::string taken_in(const std::string& session, const std::string& bytes = kNotice) {
    const auto answer = hand(session, "通知.txt", bytes);
    EXPECT_EQ(outcome(answer), "202") << answer.body;
    work();
    const auto handed = json(answer);
    return text(handed.find("files")->list()->front(), "id");
  }

  model::Value found(const std::string& session, const std::string& words) const {
    const auto answer =
        ask({.path = "/api/v1/library/search", .query = "q=" + encoded(words), .session = session});
    EXPECT_EQ(outcome(answer), "200") << answer.body;
    return json(answer);
  }

  /// The ids found, in any order; own ones with a mark.
  std::set<std::string> ids(const std::string& session, const std::string& words) const {
    std::set<std::string> all;
    const auto answer = found(session, words);
    for (const model::Value& hit : *answer.find("hits")->list())
      all.insert(text(hit, "id") + (hit.find("own") != nullptr ? " own" : ""));
    return all;
  }

  model::Value listed(const std::string& session, const std::string& query = {}) const {
    return json(ask({.path = "/api/v1/library/files", .query = query, .session = session}));
  }

  model::Value first(const std::string& session, const std::string& query = {}) const {
    return listed(session, query).find("items")->list()->front();
  }

  std::string refusal(const std::string& session) const {
    const auto file = first(session);
    EXPECT_EQ(text(file, "state"), "拒收");
    return text(*file.find("refusal"), "id");
  }

  std::filesystem::path own_folder() const { return folder() / "county-libraries" / kCounty; }
};

TEST_F(LibraryFilesTest, WhatACountyHandsInIsReadAndFoundBesideWhatAllShare) {
  const std::string clerk = someone({"经办"});
  const std::string id = taken_in(clerk);
  const auto file = first(clerk);
  EXPECT_EQ(text(file, "state"), "已入库");
  EXPECT_EQ(text(file, "title"), "云岭县人民政府办公室关于做好稳岗返还工作的通知");
  EXPECT_EQ(text(file, "number"), "云政办发〔2026〕7号");
  EXPECT_EQ(text(file, "date"), "2026-03-05");
  EXPECT_EQ(ids(clerk, "稳岗返还"), (std::set<std::string>{"1", id + " own"}));
  EXPECT_EQ(found(clerk, "稳岗返还").find("missing"), nullptr);
  for (const char* rest : {"", "/citations"}) {
    EXPECT_EQ(outcome(ask({.path = "/api/v1/library/documents/" + id + rest, .session = clerk})),
              "200");
  }
}

TEST_F(LibraryFilesTest, NobodyElseKnowsWhatACountyHandedIn) {
  const std::string id = taken_in(someone({"经办"}));
  const std::string stranger = someone({"管理", "经办"}, kOther);
  EXPECT_EQ(ids(stranger, "稳岗返还"), std::set<std::string>{"1"});
  EXPECT_TRUE(found(stranger, "云政办发〔2026〕7号").find("hits")->list()->empty());
  EXPECT_EQ(*listed(stranger).find("total")->number(), Decimal(0));
  for (const std::string& path :
       {"/library/documents/" + id, "/library/documents/" + id + "/citations",
        "/library/files/" + id + "/content"}) {
    EXPECT_EQ(ask({.path = "/api/v1" + path, .session = stranger}).status, 404) << path;
  }
  EXPECT_EQ(outcome(ask(
                {.method = "DELETE", .path = "/api/v1/library/files/" + id, .session = stranger})),
            "404 files.unknown");
  // The same bytes are news to another county, and stay two files.
  const std::string twin = taken_in(stranger);
  EXPECT_NE(twin, id);
  EXPECT_EQ(ids(stranger, "稳岗返还"), (std::set<std::string>{"1", twin + " own"}));
}

TEST_F(LibraryFilesTest, ADraftThatRestsOnWhatTheCountyRepealedIsTold) {
  const std::string clerk = someone({"经办"});
  (void)taken_in(clerk);
  (void)taken_in(clerk,
                 "云岭县人民政府办公室关于废止稳岗返还通知的通知\n云政办发〔2026〕9号\n\n"
                 "各乡镇人民政府：\n《云岭县人民政府办公室关于做好稳岗返还工作的通知》"
                 "（云政办发〔2026〕7号）自本通知印发之日起废止。\n\n"
                 "云岭县人民政府办公室\n2026年5月5日\n");
  const auto lapsed = [&](const std::string& session) {
    auto data =
        *json(ask({.path = "/api/v1/templates/general-notice", .session = session})).find("sample");
    data = with_changes(
        data, model::Value::Record{{"正文",
                                    "根据《云岭县人民政府办公室关于做好稳岗返还工作的通知》"
                                    "（云政办发〔2026〕7号），现将有关事项通知如下。"}});
    const auto answer = ask({.method = "POST",
                             .path = "/api/v1/drafts/lint",
                             .session = session,
                             .body = notation::write_json(model::Value::Record{
                                 {"template", "general-notice"}, {"data", data}})});
    EXPECT_EQ(outcome(answer), "200") << answer.body;
    return answer.body.find("citation-lapsed") != std::string::npos;
  };
  EXPECT_TRUE(lapsed(clerk));
  EXPECT_FALSE(lapsed(someone({"经办"}, kOther)));
}

TEST_F(LibraryFilesTest, AFileComesBackAsItWasUnderAnyName) {
  const std::string clerk = someone({"经办"});
  const auto answer = hand(clerk, "..\\通知\"; x=\r.txt", kNotice);
  EXPECT_EQ(outcome(answer), "400 service.query");  // control characters
  const auto handed = hand(clerk, "../云\"; filename=x.txt", kNotice);
  const std::string id = text(json(handed).find("files")->list()->front(), "id");
  const auto content = ask({.path = "/api/v1/library/files/" + id + "/content", .session = clerk});
  EXPECT_EQ(content.body, kNotice);
  EXPECT_EQ(content.type, "application/octet-stream");
  EXPECT_EQ(
      header(content, "Content-Disposition"),
      "attachment; filename=\"" + id + "\"; filename*=UTF-8''%E4%BA%91%22%3B%20filename%3Dx.txt");
}

TEST_F(LibraryFilesTest, NoNameReadsAsAnother) {
  const std::string clerk = someone({"经办"});
  const auto handed = json(hand(clerk, "通\u200F知\u202Etxt.\u2066exe\u2028.txt", kNotice));
  EXPECT_EQ(text(handed.find("files")->list()->front(), "name"), "通知txt.exe.txt");
  EXPECT_EQ(text(*handed.find("job"), "title"), "通知txt.exe.txt");
}

TEST_F(LibraryFilesTest, ARemovedFileIsFoundNoMoreAndStaysOnRecord) {
  const std::string chief = someone({"管理", "经办"});
  const std::string id = taken_in(chief);
  ASSERT_EQ(ids(chief, "稳岗返还").size(), 2U);
  EXPECT_EQ(
      outcome(ask({.method = "DELETE", .path = "/api/v1/library/files/" + id, .session = chief})),
      "204");
  EXPECT_EQ(ids(chief, "稳岗返还"), std::set<std::string>{"1"});
  EXPECT_EQ(*listed(chief).find("total")->number(), Decimal(0));
  EXPECT_EQ(text(first(chief, "removed=true"), "state"), "已移出");
  EXPECT_EQ(outcome(ask({.path = "/api/v1/library/files/" + id + "/content", .session = chief})),
            "404 files.no-content");
}

TEST_F(LibraryFilesTest, TheSameBytesAndTheSameOrderComeOnce) {
  const std::string clerk = someone({"经办"});
  const auto once = hand(clerk, "通知.txt", kNotice, "k1");
  const auto again = hand(clerk, "通知.txt", kNotice, "k1");
  EXPECT_EQ(text(*json(again).find("job"), "id"), text(*json(once).find("job"), "id"));
  EXPECT_EQ(outcome(hand(clerk, "通知.txt", kPlan, "k1")), "409 job.other-request");
  const auto double_answer = json(hand(clerk, "另一份.txt", kNotice));
  EXPECT_EQ(double_answer.find("job"), nullptr);
  EXPECT_EQ(*double_answer.find("files")->list()->front().find("duplicate")->truth(), true);
  work();
  EXPECT_EQ(*listed(clerk).find("total")->number(), Decimal(1));
}

TEST_F(LibraryFilesTest, AContainerIsTakenApartAndEachFileToldForItself) {
  const std::string clerk = someone({"经办"});
  archive::ZipWriter zip;
  zip.add("2026/../../通知.txt", kNotice);
  zip.add("方案.txt", kPlan);
  zip.add("旧.doc", "x");
  zip.add("空.txt", "");
  const auto handed = json(hand(clerk, "一批.ZIP", zip.finish()));
  EXPECT_EQ(handed.find("files")->list()->size(), 4U);
  work();
  std::map<std::string, std::string> states;
  const auto all = listed(clerk);
  for (const model::Value& file : *all.find("items")->list()) {
    states[text(file, "name")] = text(file, "state");
    EXPECT_EQ(text(file, "state") == "拒收", file.find("refusal") != nullptr);
  }
  EXPECT_EQ(
      states,
      (std::map<std::string, std::string>{
          {"通知.txt", "已入库"}, {"方案.txt", "已入库"}, {"旧.doc", "拒收"}, {"空.txt", "拒收"}}));
  const std::string job = text(*handed.find("job"), "id");
  const auto done = json(ask({.path = "/api/v1/jobs/" + job, .session = clerk}));
  EXPECT_EQ(text(done, "state"), "done");
  EXPECT_EQ(done.find("failures")->list()->size(), 2U);
  EXPECT_EQ(ids(clerk, "云政办发〔2026〕8号").size(), 1U);
}

TEST_F(LibraryFilesTest, AFileThatTakesLongHoldsUpNoOther) {
  auto slow = std::async(std::launch::async,
                         [&] { return site().counties.read("慢.pdf", library::slow_pdf()); });
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  const auto quick = site().counties.read("通知.txt", kNotice);
  EXPECT_EQ(slow.wait_for(std::chrono::seconds(0)), std::future_status::timeout);
  EXPECT_FALSE(quick.value().refusal);
  EXPECT_EQ(slow.get().value().refusal->id, "library.reader.slow");
}

TEST_F(LibraryFilesTest, AnOrderThatTakesLongLetsOtherCountiesGoBetween) {
  const std::string clerk = someone({"经办"});
  const std::string stranger = someone({"经办"}, kOther);
  archive::ZipWriter zip;
  zip.add("通知.txt", kNotice);
  zip.add("方案.txt", kPlan);
  ASSERT_EQ(outcome(hand(clerk, "一批.zip", zip.finish())), "202");
  now_ += 1;
  ASSERT_EQ(outcome(hand(stranger, "通知.txt", kNotice)), "202");
  Workers workers(site());
  const auto turn = [&] {
    on_world_ = [&] { now_ += 11; };  // with each file
    const bool worked = workers.work_once();
    on_world_ = nullptr;
    return worked;
  };
  const auto waiting = [&](const std::string& session) {
    const auto all = listed(session);
    return std::ranges::count_if(*all.find("items")->list(), [](const model::Value& file) {
      return text(file, "state") == "待入库";
    });
  };
  ASSERT_TRUE(turn());
  EXPECT_EQ(waiting(clerk), 1);
  EXPECT_EQ(waiting(stranger), 1);
  ASSERT_TRUE(turn());
  EXPECT_EQ(waiting(stranger), 0);
  ASSERT_TRUE(turn());
  EXPECT_EQ(waiting(clerk), 0);
  EXPECT_FALSE(turn());
}

TEST_F(LibraryFilesTest, HostileFilesAreRefusedWithTheirReasons) {
  const std::string clerk = someone({"经办"});
  archive::ZipWriter swollen;
  swollen.add("甲.txt", std::string(std::size_t{5} << 20, ' '));
  EXPECT_EQ(outcome(hand(clerk, "胀.zip", swollen.finish())), "413 zip.bomb");
  EXPECT_EQ(outcome(hand(clerk, "坏.zip", "PK not a container")), "422 zip.corrupt");
  EXPECT_EQ(outcome(hand(clerk, "大.txt", std::string((std::size_t{1} << 20) + 1, 'x'))),
            "413 service.body-too-large");
  archive::ZipWriter document;
  document.add("word/document.xml", std::string((std::size_t{256} << 20) + 1, ' '));
  const std::map<std::string, std::pair<std::string, std::string>> files = {
      {"zip.bomb", {"胀.docx", document.finish()}},
      {"library.pdf.corrupt", {"坏.pdf", "%PDF-1.4\nnothing"}},
      {"text.binary", {"甲.txt", std::string("\0\1\2\3\0\0\0\0", 8)}}};
  for (const auto& [id, file] : files) {
    now_ += 1;
    EXPECT_EQ(outcome(hand(clerk, file.first, file.second)), "202") << id;
    work();
    bool told = false;
    const auto all = listed(clerk);
    for (const model::Value& each : *all.find("items")->list()) {
      told |= text(each, "name") == file.first && text(*each.find("refusal"), "id") == id;
    }
    EXPECT_TRUE(told) << notation::write_json(all);
  }
  EXPECT_EQ(*listed(clerk).find("bytes")->number(), Decimal(0));
}

TEST_F(LibraryFilesTest, BeyondTheQuotaItIsSaidHowMuchThereIs) {
  const std::string clerk = someone({"经办"});
  const std::string large(std::size_t{900} << 10, 'x');
  EXPECT_EQ(outcome(hand(clerk, "1.txt", large + "1")), "202");
  EXPECT_EQ(outcome(hand(clerk, "2.txt", large + "2")), "202");
  EXPECT_EQ(outcome(hand(clerk, "3.txt", large + "3")), "413 files.quota");
  EXPECT_EQ(outcome(hand(someone({"经办"}, kOther), "3.txt", large + "3")), "202");
}

TEST_F(LibraryFilesTest, ACancelledOrderIsToldAndComesWithTheNextUpload) {
  const std::string clerk = someone({"经办"});
  const auto handed = json(hand(clerk, "通知.txt", kNotice));
  const std::string job = text(*handed.find("job"), "id");
  EXPECT_EQ(outcome(ask({.method = "DELETE", .path = "/api/v1/jobs/" + job, .session = clerk})),
            "200");
  work();
  EXPECT_EQ(refusal(clerk), "files.not-read");
  (void)taken_in(clerk);
  EXPECT_EQ(text(first(clerk), "state"), "已入库");
  EXPECT_EQ(*listed(clerk).find("total")->number(), Decimal(1));
}

TEST_F(LibraryFilesTest, ALostFolderIsMadeAgain) {
  const std::string clerk = someone({"经办"});
  const std::string id = taken_in(clerk);
  ASSERT_EQ(ids(clerk, "稳岗返还").size(), 2U);
  std::filesystem::remove_all(own_folder());
  EXPECT_EQ(ids(clerk, "稳岗返还"), (std::set<std::string>{"1", id + " own"}));
}

TEST_F(LibraryFilesTest, ADamagedFolderIsMadeAgain) {
  const std::string clerk = someone({"经办"});
  const std::string id = taken_in(clerk);
  ASSERT_EQ(ids(clerk, "稳岗返还").size(), 2U);
  for (const char* table : {"postlist.glass", "docdata.glass", "termlist.glass"}) {
    std::filesystem::resize_file(own_folder() / table, 0);
  }
  // What is open may still read what it has; a node that starts finds the damage.
  auto fresh = Site::open(site().configuration, site().outside);
  ASSERT_TRUE(fresh);
  auto router = Router::make(*fresh.value());
  Request request{.method = "GET",
                  .path = "/api/v1/library/documents/" + id,
                  .headers = {{"cookie", std::string(kSessionCookie) + "=" + clerk}}};
  EXPECT_EQ(router.value().answer(request).status, 200);
}

TEST_F(LibraryFilesTest, ANodeThatStartsOrFellBehindCatchesUp) {
  const std::string clerk = someone({"管理", "经办"});
  const std::string id = taken_in(clerk);
  Configuration beside = site().configuration;
  beside.county_libraries = folder() / "another-node";
  auto node = Site::open(beside, site().outside);
  ASSERT_TRUE(node);
  auto router = Router::make(*node.value());
  const auto total = [&] {
    Request request{.method = "GET",
                    .path = "/api/v1/library/search",
                    .query = "q=" + encoded("稳岗返还"),
                    .headers = {{"cookie", std::string(kSessionCookie) + "=" + clerk}}};
    return *json(router.value().answer(request)).find("total")->number();
  };
  EXPECT_EQ(total(), Decimal(2));
  (void)ask({.method = "DELETE", .path = "/api/v1/library/files/" + id, .session = clerk});
  EXPECT_EQ(total(), Decimal(1));
  (void)taken_in(clerk, std::string(kNotice) + "稳岗返还。\n");
  EXPECT_EQ(total(), Decimal(2));
}

TEST_F(LibraryFilesTest, AnIdleNodeCatchesUpUnasked) {
  (void)taken_in(someone({"经办"}));
  auto db = database();
  EXPECT_FALSE(std::filesystem::exists(own_folder()));
  EXPECT_TRUE(site().counties.catch_up(db));
  EXPECT_FALSE(site().counties.catch_up(db));
  EXPECT_TRUE(library::Library::is_sound(own_folder()));
}

TEST_F(LibraryFilesTest, ADatabaseThatWasRestoredIsFollowedToo) {
  const std::string clerk = someone({"经办"});
  const std::string id = taken_in(clerk);
  ASSERT_EQ(ids(clerk, "稳岗返还").size(), 2U);
  auto db = database();
  for (const char* table : {"county_file_content", "county_file", "county_file_list"}) {
    ASSERT_TRUE(db.run(std::string("DELETE FROM ") + table));
  }
  EXPECT_EQ(ids(clerk, "稳岗返还"), std::set<std::string>{"1"});
  const std::string other = taken_in(clerk, kPlan);
  EXPECT_EQ(ids(clerk, "稳岗返还"), std::set<std::string>{"1"});
  EXPECT_EQ(ids(clerk, "云政办发〔2026〕8号"), std::set<std::string>{other + " own"});
}

}  // namespace
}  // namespace huice::service
