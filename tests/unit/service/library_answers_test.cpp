// Which passage answered which question: what a county's marks do to its searches, and to nobody
// else's.
#include "base/files.h"
#include "library/library.h"
#include "service/workers.h"
#include "site_fixture.h"

namespace huice::service {
namespace {

constexpr const char* kQuestion = "头一回进规能拿多少钱";

class LibraryAnswersTest : public SiteTest {
 protected:
  void adjust(Configuration& configuration) override {
    put(configuration, {circular("兑现办法", "对新增入库单位一次性给予十万元。"),
                        circular("会议通知", "会上问到头一回进规能拿多少钱，请各单位准备。")});
  }

  static library::Prepared circular(std::string title, std::string passage) {
    return {.file = {},
            .circular = {.title = std::move(title)},
            .passages = {{{}, std::move(passage)}}};
  }

  static void put(const Configuration& configuration,
                  const std::vector<library::Prepared>& circulars) {
    auto library =
        library::Library::open(configuration.library, library::Mode::Write,
                               library::load_index_settings(HUICE_SOURCE_DIR "/index").value());
    ASSERT_TRUE(library);
    ASSERT_TRUE(library.value().put(circulars));
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

  Answer mark(const std::string& session, const std::string& document = "1",
              int passage = 1) const {
    return ask({.method = "POST",
                .path = "/api/v1/library/answers",
                .session = session,
                .body = notation::write_json(model::Value::Record{
                    {"question", kQuestion}, {"document", document}, {"passage", passage}})});
  }

  Answer unmark(const std::string& session, const std::string& id) const {
    return ask({.method = "DELETE", .path = "/api/v1/library/answers/" + id, .session = session});
  }

  static Request search_of(const std::string& session) {
    return {.method = "GET",
            .path = "/api/v1/library/search",
            .query = "q=" + encoded(kQuestion),
            .headers = {{"cookie", std::string(kSessionCookie) + "=" + session}}};
  }

  model::Value first(const std::string& session) const {
    const auto answer = ask(
        {.path = "/api/v1/library/search", .query = "q=" + encoded(kQuestion), .session = session});
    EXPECT_EQ(outcome(answer), "200") << answer.body;
    return json(answer).find("hits")->list()->front();
  }

  model::Value listed(const std::string& session, const std::string& query = {}) const {
    return json(ask({.path = "/api/v1/library/answers", .query = query, .session = session}));
  }
};

TEST_F(LibraryAnswersTest, AMarkPutsThePassageFirstForItsCountyAlone) {
  const std::string clerk = someone({"经办"});
  const std::string stranger = someone({"经办", "管理"}, kOther);
  EXPECT_EQ(text(first(clerk), "title"), "会议通知");
  const auto made = mark(clerk);
  ASSERT_EQ(made.status, 201) << made.body;
  const auto hit = first(clerk);
  EXPECT_EQ(text(hit, "title"), "兑现办法");
  ASSERT_NE(hit.find("answers"), nullptr);
  EXPECT_EQ(text(hit.find("answers")->list()->front(), "question"), kQuestion);
  EXPECT_EQ(text(first(stranger), "title"), "会议通知");
  EXPECT_EQ(*listed(stranger).find("total")->number(), Decimal(0));
  EXPECT_EQ(outcome(unmark(stranger, text(json(made), "id"))), "404 answers.unknown");
  EXPECT_EQ(mark(clerk).status, 200);
  EXPECT_EQ(*listed(clerk).find("total")->number(), Decimal(1));
}

TEST_F(LibraryAnswersTest, OnlyWhoMarkedItOrTheChiefTakesItBack) {
  const std::string clerk = someone({"经办"});
  const std::string id = text(json(mark(clerk)), "id");
  EXPECT_EQ(outcome(unmark(someone({"审核"}), id)), "403 session.forbidden");
  EXPECT_EQ(outcome(unmark(clerk, id)), "204");
  EXPECT_EQ(text(first(clerk), "title"), "会议通知");
  EXPECT_EQ(text(listed(clerk, "removed=true").find("items")->list()->front(), "id"), id);
  EXPECT_EQ(outcome(unmark(clerk, id)), "404 answers.unknown");
  const std::string again = text(json(mark(clerk)), "id");
  EXPECT_NE(again, id);
  EXPECT_EQ(outcome(unmark(someone({"管理"}), again)), "204");
}

TEST_F(LibraryAnswersTest, WhatCannotBeBoundIsRefused) {
  const std::string clerk = someone({"经办"});
  EXPECT_EQ(outcome(mark(clerk, "1", 2)), "404 library.no-passage");
  EXPECT_EQ(outcome(mark(clerk, "99")), "404 library.no-passage");
  EXPECT_EQ(outcome(mark(someone({"查看"}))), "403 session.forbidden");
}

TEST_F(LibraryAnswersTest, AnotherNodeTakesMarksAndTheirEndUp) {
  const std::string clerk = someone({"经办"});
  auto node = Site::open(site().configuration, site().outside);
  ASSERT_TRUE(node);
  auto router = Router::make(*node.value());
  const auto best = [&] {
    return text(json(router.value().answer(search_of(clerk))).find("hits")->list()->front(),
                "title");
  };
  EXPECT_EQ(best(), "会议通知");
  const std::string id = text(json(mark(clerk)), "id");
  EXPECT_EQ(best(), "兑现办法");
  (void)unmark(clerk, id);
  EXPECT_EQ(best(), "会议通知");
}

TEST_F(LibraryAnswersTest, AMarkOfADocumentThatIsGoneActsOnNothingAndSaysSo) {
  const std::string chief = someone({"管理", "经办"});
  const auto handed = json(ask({.method = "POST",
                                .path = "/api/v1/library/files",
                                .query = "filename=a.txt",
                                .session = chief,
                                .body = "云岭县兑现细则\n\n对新增入库单位一次性给予八万元。\n",
                                .headers = {{"content-type", "application/octet-stream"}}}));
  Workers workers(site());
  while (workers.work_once()) {
  }
  const std::string own = text(handed.find("files")->list()->front(), "id");
  ASSERT_EQ(mark(chief, own).status, 201);
  EXPECT_EQ(text(first(chief), "id"), own);
  EXPECT_TRUE(*listed(chief).find("items")->list()->front().find("acts")->truth());
  ASSERT_EQ(
      outcome(ask({.method = "DELETE", .path = "/api/v1/library/files/" + own, .session = chief})),
      "204");
  EXPECT_EQ(text(first(chief), "title"), "会议通知");
  EXPECT_FALSE(*listed(chief).find("items")->list()->front().find("acts")->truth());
}

TEST_F(LibraryAnswersTest, DocumentsNearInContentAreListedWithoutTheOneAtHand) {
  const std::string clerk = someone({"查看"});
  const auto answer = ask({.path = "/api/v1/library/documents/1/like", .session = clerk});
  ASSERT_EQ(outcome(answer), "200") << answer.body;
  const auto near = json(answer);
  for (const model::Value& hit : *near.find("hits")->list())
    EXPECT_NE(text(hit, "id"), "1");
  EXPECT_EQ(outcome(ask({.path = "/api/v1/library/documents/none/like", .session = clerk})),
            "404 library.no-document");
}

}  // namespace
}  // namespace huice::service
