// A campaign brought by an administrator of its county, as a container of its files.
#include <array>

#include "archive/zip_writer.h"
#include "base/files.h"
#include "campaign/campaign.h"
#include "site_fixture.h"

namespace huice::service {
namespace {

class CampaignImportTest : public SiteTest {
 protected:
  void SetUp() override {
    SiteTest::SetUp();
    texts_ = campaign::read_texts(HUICE_SOURCE_DIR "/samples/campaign").value();
  }

  /// The files in a container, each below `folder`; those without text are left out.
  std::string packed(const std::string& folder = {}) const {
    archive::ZipWriter zip;
    for (std::size_t i = 0; i < texts_.size(); ++i) {
      if (!texts_[i].empty()) zip.add(folder + std::string(campaign::kFileNames[i]), texts_[i]);
    }
    return zip.finish();
  }
  Answer bring(const std::string& session, const std::string& bytes, const std::string& to = {}) {
    return ask({.method = "POST",
                .path = "/api/v1/campaigns" + to,
                .session = session,
                .body = bytes,
                .headers = {{"content-type", "application/octet-stream"}}});
  }
  std::size_t campaigns(const std::string& session) {
    return json(ask({.path = "/api/v1/campaigns", .session = session}))
        .find("items")
        ->list()
        ->size();
  }
  static std::string first_field(const Answer& answer) {
    return text(json(answer).find("errors")->list()->front(), "field");
  }

  campaign::CampaignTexts texts_;
};

TEST_F(CampaignImportTest, APreviewWritesNothingAndTheImportBringsWhatItTold) {
  const std::string admin = someone({"管理"}, kHome);
  const auto told = bring(admin, packed(), "/preview");
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(campaigns(admin), 0U);
  const auto done = bring(admin, packed());
  EXPECT_EQ(done.body, told.body);
  EXPECT_EQ(campaigns(admin), 1U);
  const auto ledger = ask({.path = "/api/v1/ledger", .session = admin});
  EXPECT_EQ(text(json(ledger), "title"), text(json(done), "title"));
  const auto again = json(bring(admin, packed("云岭县/")));  // a folder as a clerk packs it
  EXPECT_EQ(again.find("fresh")->content(), model::Value(false).content());
  EXPECT_TRUE(again.find("growth")->list()->empty());
  EXPECT_TRUE(again.find("files")->list()->empty());
}

TEST_F(CampaignImportTest, NoOtherCountyBringsOrSeesIt) {
  const std::string there = someone({"管理"}, kOther);
  const auto foreign = bring(there, packed());
  EXPECT_EQ(outcome(foreign), "422 campaign.other-county");
  EXPECT_TRUE(first_field(foreign).starts_with("campaign.yaml:")) << foreign.body;
  ASSERT_EQ(bring(someone({"管理"}, kHome), packed()).status, 200);
  EXPECT_EQ(campaigns(there), 0U);
  std::string& plan = texts_.front();
  plan.replace(plan.find(kHome), std::string(kHome).size(), kOther);
  EXPECT_EQ(outcome(bring(there, packed())), "409 campaign.taken");
  EXPECT_EQ(campaigns(there), 0U);
}

TEST_F(CampaignImportTest, AnIdThatReadsAsAnotherCountysOpensNoAuditLog) {
  const std::string there = someone({"管理"}, kOther);
  ASSERT_EQ(ask({.method = "POST",
                 .path = "/api/v1/enterprises",
                 .session = someone({"经办"}, kOther),
                 .body = R"({"企业名称":"云岭精工"})"})
                .status,
            201);
  const std::string admin = someone({"管理"}, kHome);
  const std::string sound = texts_.front();
  const std::string id = "id: yunling-2026-relief";
  for (const std::string& taken : {std::string("\"") + kOther + "\"", std::string("a/b")}) {
    texts_.front() = sound;
    texts_.front().replace(sound.find(id), id.size(), "id: " + taken);
    const auto refused = bring(admin, packed());
    EXPECT_EQ(outcome(refused), "422 campaign.id") << taken;
    EXPECT_TRUE(first_field(refused).starts_with("campaign.yaml:2:")) << refused.body;
  }
  EXPECT_EQ(ask({.path = "/api/v1/audit", .session = admin}).body.find("云岭精工"),
            std::string::npos);
  EXPECT_NE(ask({.path = "/api/v1/audit", .session = there}).body.find("云岭精工"),
            std::string::npos);
}

TEST_F(CampaignImportTest, EachFaultIsNamedWithItsFileLineAndColumn) {
  const std::string admin = someone({"管理"}, kHome);
  texts_[2] = "problems: [\n";
  const auto broken = bring(admin, packed());
  EXPECT_EQ(outcome(broken), "422 yaml.syntax");
  EXPECT_EQ(first_field(broken).substr(0, 14), "ledger.yaml:2:");
  texts_[2].clear();
  const auto lacking = bring(admin, packed());
  EXPECT_EQ(outcome(lacking), "422 upload.campaign");
  EXPECT_NE(lacking.body.find("ledger.yaml"), std::string::npos);
  EXPECT_EQ(outcome(bring(admin, "no container")), "422 zip.not-zip");
  EXPECT_EQ(campaigns(admin), 0U);
}

TEST_F(CampaignImportTest, AHistoryThatSaysOtherwiseIsAConflict) {
  const std::string admin = someone({"管理"}, kHome);
  ASSERT_EQ(bring(admin, packed()).status, 200);
  std::string& ledger = texts_[2];
  const std::size_t note = ledger.find("note: ");
  ledger.insert(note + 6, "另");
  const auto refused = bring(admin, packed());
  EXPECT_EQ(outcome(refused), "409 ledger.differs");
  EXPECT_TRUE(first_field(refused).starts_with("ledger.yaml:")) << refused.body;
}

}  // namespace
}  // namespace huice::service
