// Files that clerks wrote elsewhere, proof-read and mended: what is told, what hostile ones get,
// and that nothing of them stays.
#include "archive/zip_writer.h"
#include "base/files.h"
#include "service/workers.h"
#include "site_fixture.h"

namespace huice::service {
namespace {

constexpr const char* kFaultyNotice =
    "云岭县人民政府关于做好用工的通知\n云政发[2026]3号\n\n各乡镇人民政府:\n"
    "按照《零工驿站办法》办理。\n\n云岭县人民政府\n2026年3月5日\n";

std::string document_xml(const std::string& paragraphs) {
  return R"(<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>)" +
         paragraphs + "</w:body></w:document>";
}

std::string docx(const std::string& xml) {
  archive::ZipWriter zip;
  zip.add("[Content_Types].xml", "<Types/>");
  zip.add("word/document.xml", xml);
  return zip.finish();
}

std::string paragraph(const std::string& text) {
  return "<w:p><w:r><w:t>" + text + "</w:t></w:r></w:p>";
}

class ProofTest : public SiteTest {
 protected:
  void adjust(Configuration& configuration) override { fill_library(configuration); }

  Answer hand(const std::string& session, const std::string& place, const std::string& name,
              const std::string& bytes) const {
    return ask({.method = "POST",
                .path = "/api/v1/lint" + place,
                .query = "filename=" + name,
                .session = session,
                .body = bytes,
                .headers = {{"content-type", "application/octet-stream"}}});
  }

  static const model::Value* finding(const model::Value& list, const std::string& rule) {
    for (const model::Value& each : *list.list()) {
      if (text(each, "rule") == rule) return &each;
    }
    return nullptr;
  }
};

TEST_F(ProofTest, AFindingSaysWhatWhereAndWhatToWriteInstead) {
  const auto answer = hand(someone({"经办"}), "", "notice.txt", kFaultyNotice);
  ASSERT_EQ(outcome(answer), "200") << answer.body;
  const auto report = json(answer);
  EXPECT_EQ(text(report, "kind"), "公文");
  const auto* found = finding(*report.find("findings"), "number-brackets");
  ASSERT_NE(found, nullptr) << answer.body;
  EXPECT_EQ(text(*found, "place"), "第2行第4字");
  EXPECT_EQ(text(*found, "hint"), "〔2026〕");
  const auto& paragraphs = *report.find("paragraphs")->list();
  EXPECT_EQ(text(paragraphs[1], "role"), "发文字号");
  EXPECT_EQ(*found->find("paragraph"), model::Value(1));
  EXPECT_EQ(*found->find("begin"), model::Value(3));
}

TEST_F(ProofTest, MendingGivesTheFileBackWithWhatHasOneAnswerMended) {
  const std::string clerk = someone({"经办"});
  const auto mended = json(hand(clerk, "/fixed", "notice.txt", kFaultyNotice));
  const std::string file = from_base64(text(mended, "content"));
  EXPECT_NE(file.find("云政发〔2026〕3号\n\n各乡镇人民政府：\n"), std::string::npos) << file;
  ASSERT_NE(finding(*mended.find("mended"), "number-brackets"), nullptr);
  EXPECT_EQ(finding(*mended.find("report")->find("findings"), "number-brackets"), nullptr);
  const auto again = json(hand(clerk, "/fixed", "notice.txt", file));
  EXPECT_TRUE(again.find("mended")->list()->empty());
  EXPECT_EQ(from_base64(text(again, "content")), file);

  const auto word = docx(document_xml(paragraph("云政发[2026]3号") + paragraph("各乡镇人民政府:")));
  const auto told = json(hand(clerk, "/fixed", "notice.docx", word));
  const auto* found = finding(*told.find("mended"), "number-brackets");
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(text(*found, "place"), "第1段第4字");
  const auto left = json(hand(clerk, "", "notice.docx", from_base64(text(told, "content"))));
  EXPECT_EQ(text(left.find("paragraphs")->list()->front(), "text"), "云政发〔2026〕3号");
}

TEST_F(ProofTest, WhatIsCitedIsFollowedInTheCircularsOfTheOwnCountyOnly) {
  const std::string clerk = someone({"经办"});
  const std::string other = someone({"经办"}, kOther);
  const std::string cites =
      "各乡镇人民政府：\n按照《国家稳岗返还办法》（云政发〔2020〕1号）办理。\n";
  const auto report = json(hand(clerk, "", "a.txt", cites));
  EXPECT_EQ(finding(*report.find("findings"), "citation-mismatch"), nullptr);
  const std::string handed =
      "云岭县人民政府关于零工驿站的通知\n云政发〔2026〕9号\n\n各乡镇人民政府：\n办好驿站。\n\n"
      "云岭县人民政府\n2026年3月5日\n";
  ASSERT_EQ(outcome(ask({.method = "POST",
                         .path = "/api/v1/library/files",
                         .query = "filename=a.txt",
                         .session = clerk,
                         .body = handed,
                         .headers = {{"content-type", "application/octet-stream"}}})),
            "202");
  Workers workers(site());
  while (workers.work_once()) {
  }
  const std::string wrong =
      "各乡镇人民政府：\n按照《云岭县人民政府关于企业用电的通知》（云政发〔2026〕9号）办理。\n";
  const auto mine = json(hand(clerk, "", "a.txt", wrong));
  EXPECT_NE(finding(*mine.find("findings"), "citation-mismatch"), nullptr);
  const auto theirs = json(hand(other, "", "a.txt", wrong));
  EXPECT_EQ(finding(*theirs.find("findings"), "citation-mismatch"), nullptr);
}

TEST_F(ProofTest, TheCountysOwnWordsAreCheckedInFilesAndInDrafts) {
  const std::string admin = someone({"管理"});
  const auto put = [&](const std::string& words) {
    return ask({.method = "PUT",
                .path = "/api/v1/rules/words",
                .session = admin,
                .body = notation::write_json(model::Value::Record{{"text", words}}),
                .headers = {{"if-match", "\"v0\""}}});
  };
  EXPECT_EQ(outcome(put("驿站: 零工驿站\n")), "422 lint.words");
  ASSERT_EQ(outcome(put("劳力市场: 零工市场\n")), "200");
  const auto report = json(hand(someone({"经办"}), "", "a.txt", "到劳力市场去。\n"));
  const auto* found = finding(*report.find("findings"), "house-word");
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(text(*found, "hint"), "零工市场");
  const auto there = json(hand(someone({"经办"}, kOther), "", "a.txt", "到劳力市场去。\n"));
  EXPECT_EQ(finding(*there.find("findings"), "house-word"), nullptr);
  auto sample =
      *json(ask({.path = "/api/v1/templates/general-notice", .session = admin})).find("sample");
  for (auto& [name, value] : std::get<model::Value::Record>(sample.content())) {
    if (name == "标题") value = "云岭县关于劳力市场的通知";
  }
  const auto drafted = json(ask({.method = "POST",
                                 .path = "/api/v1/drafts/lint",
                                 .session = admin,
                                 .body = notation::write_json(model::Value::Record{
                                     {"template", "general-notice"}, {"data", sample}})}));
  EXPECT_NE(finding(*drafted.find("findings"), "house-word"), nullptr);
}

TEST_F(ProofTest, HostileFilesAreRefusedWithWhatToDoAndTheNextIsRead) {
  const std::string clerk = someone({"经办"});
  const std::string bomb = docx(document_xml(paragraph(std::string(300U << 20, 'a'))));
  const std::string deep = docx(document_xml([] {
    std::string xml;
    for (int n = 0; n < 100'000; ++n)
      xml += "<w:p>";
    return xml;
  }()));
  const std::string entities = docx(
      "<?xml version=\"1.0\"?><!DOCTYPE w [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><w>&a;</w>");
  const std::vector<std::pair<std::string, std::string>> files = {
      {"a.docx", bomb},
      {"a.docx", deep},
      {"a.docx", entities},
      {"a.docx", "PK"},
      {"a.pdf", "%PDF-1.7\nx"},
      {"a.exe", "MZ"},
      {"a.doc", "x"},
      {"a.txt", ""},
      {"..%2F..%2Fetc%2Fpasswd", "x"},
      {"a.yaml", "a: 1"},
      {"a.txt", std::string("\0\1\2", 3)}};
  for (const auto& [name, bytes] : files) {
    for (const char* place : {"", "/fixed"}) {
      const auto answer = hand(clerk, place, name, bytes);
      EXPECT_GE(answer.status, 400) << name;
      EXPECT_LT(answer.status, 500) << name << answer.body;
      EXPECT_FALSE(text(json(answer), "hint").empty()) << answer.body;
      EXPECT_EQ(answer.body.find("root:"), std::string::npos);
    }
  }
  EXPECT_EQ(outcome(hand(clerk, "", "notice.txt", kFaultyNotice)), "200");
}

TEST_F(ProofTest, NothingOfAProofReadFileIsKeptOrLogged) {
  const std::string clerk = someone({"经办"});
  hand(clerk, "", "secret-name.txt", kFaultyNotice);
  hand(clerk, "/fixed", "secret-name.txt", kFaultyNotice);
  for (const auto& each : std::filesystem::recursive_directory_iterator(folder())) {
    if (!each.is_regular_file()) continue;
    const auto kept = read_file(each.path()).value();
    EXPECT_EQ(kept.find("零工驿站"), std::string::npos) << each.path();
    EXPECT_EQ(kept.find("secret-name"), std::string::npos) << each.path();
  }
  EXPECT_EQ(log().find("secret-name"), std::string::npos);
  EXPECT_EQ(log().find("零工驿站"), std::string::npos);
}

}  // namespace
}  // namespace huice::service
