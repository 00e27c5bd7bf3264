// What hostile clients ask, made from the contract: every text of every operation with texts that
// mean something to a database, a browser, a template or a file system, and every id with that of
// another county. A new operation is in these tests as soon as it is in the contract.
#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <set>

#include "app/campaign_import.h"
#include "archive/zip_writer.h"
#include "base/files.h"
#include "site_fixture.h"
#include "store/audit.h"

namespace huice::service {
namespace {

const std::vector<std::string> kEverybody = {"查看", "经办", "审核", "签发", "考核", "管理"};
constexpr const char* kCampaign = "yunling-2026-relief";
constexpr const char* kListed = "yl-hiring-subsidy-2026";  // in samples/acceptance

/// No longer than the shortest text that the contract limits by length alone.
constexpr std::array<std::string_view, 3> kHostile = {"' OR 1=1 --", R"(<b id='"x>%_{{1})",
                                                      "../../etc/passwd"};

std::string encoded(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    out += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
  }
  return out;
}

/// Every text within a value.
void collect_texts(model::Value& value, std::vector<model::Value*>& texts) {
  if (value.text() != nullptr) texts.push_back(&value);
  if (auto* list = std::get_if<model::Value::List>(&value.content())) {
    for (model::Value& each : *list)
      collect_texts(each, texts);
  }
  if (auto* record = std::get_if<model::Value::Record>(&value.content())) {
    for (auto& [name, each] : *record)
      collect_texts(each, texts);
  }
}

class HostileTest : public SiteTest {
 protected:
  /// What an operation is asked with.
  struct Question {
    std::map<std::string, std::string> parameters;  ///< by name, wherever they stand
    std::optional<model::Value> body;
    std::string file = "企业名称\nx\n";  ///< what an upload brings
  };

  void adjust(Configuration& configuration) override { fill_library(configuration); }

  void SetUp() override {
    SiteTest::SetUp();
    root_ = notation::read_json(site().contract.json(), "openapi").value();
    auto db = database();
    ASSERT_TRUE(app::import_campaign(db, HUICE_SOURCE_DIR "/samples/campaign",
                                     {.at = world().now, .name = "test", .origin = "test"}));
  }

  const model::Value& resolved(const model::Value& schema) const {
    const model::Value* reference = schema.find("$ref");
    if (reference == nullptr) return schema;
    const model::Value* at = &root_;
    const std::string& path = *reference->text();
    for (std::size_t begin = 2; begin < path.size();) {  // after `#/`
      const std::size_t end = std::min(path.find('/', begin), path.size());
      at = at->find(path.substr(begin, end - begin));
      begin = end + 1;
    }
    return resolved(*at);
  }

  bool is_sound(const model::Value& value, const model::Value& schema) const {
    return site_contract().check(value, schema).empty();
  }

  std::string sample_text(const model::Value& schema) const {
    for (const std::string text :
         {"x", "2026-11-22", "general-notice", "2026-06", "430590", "xxxxxxxxxxxx"}) {
      if (is_sound(text, schema)) return text;
    }
    ADD_FAILURE() << "no sample fits " << notation::write_json(schema);
    return {};
  }

  /// A value that the schema lets through: with all it may have, or only what it must.
  model::Value sample(const model::Value& unresolved, bool whole, int depth = 0) const {
    constexpr int kDeepest = 8;
    const model::Value& schema = resolved(unresolved);
    if (const auto* choices = schema.find("enum")) return choices->list()->front();
    const model::Value* type = schema.find("type");
    const std::string name = type == nullptr || type->text() == nullptr ? "" : *type->text();
    if (name == "string") return sample_text(schema);
    if (name == "boolean") return false;
    if (name == "integer" || name == "number") {
      const model::Value* least = schema.find("minimum");
      return least == nullptr ? model::Value(1) : *least;
    }
    if (name == "array") {
      const model::Value* items = schema.find("items");
      if (items == nullptr || depth == kDeepest) return model::Value::List{};
      return model::Value::List{sample(*items, whole, depth + 1)};
    }
    if (name != "object") return whole ? model::Value("x") : model::Value();
    model::Value::Record record;
    const model::Value* properties = schema.find("properties");
    const model::Value* required = schema.find("required");
    const auto must = [&](const std::string& field) {
      return required != nullptr &&
             std::ranges::find(*required->list(), model::Value(field)) != required->list()->end();
    };
    for (const auto& [field, each] :
         properties == nullptr ? model::Value::Record() : *properties->record()) {
      if (must(field) || (whole && depth < kDeepest))
        record.emplace_back(field, sample(each, whole, depth + 1));
    }
    if (properties == nullptr && whole) record.emplace_back("企业名称", "x");
    return record;
  }

  Question question(const Operation& operation, bool whole) const {
    Question asked;
    for (const Parameter& each : operation.parameters) {
      const auto value = sample(each.schema, whole);
      if (each.name == "If-Match") {
        asked.parameters[each.name] = "\"v1\"";
      } else if (each.name == "policy") {
        asked.parameters[each.name] = kListed;
      } else if (each.place == Parameter::Place::Path || each.required) {
        asked.parameters[each.name] = value.text() == nullptr ? "1" : *value.text();
      }
    }
    if (operation.body) asked.body = sample(*operation.body, whole);
    return asked;
  }

  Answer put(const Operation& operation, const Question& question, const std::string& session) {
    Ask made{.method = operation.method, .session = session};
    std::string path = operation.path;
    for (const Parameter& each : operation.parameters) {
      const auto found = question.parameters.find(each.name);
      if (found == question.parameters.end()) continue;
      if (each.place == Parameter::Place::Query) {
        made.query += (made.query.empty() ? "" : "&") + each.name + "=" + encoded(found->second);
      } else if (each.place == Parameter::Place::Path) {
        const std::string mark = "{" + each.name + "}";
        path.replace(path.find(mark), mark.size(), encoded(found->second));
      } else {
        std::string name = each.name;
        std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
        made.headers.emplace_back(name, found->second);
      }
    }
    made.path = path;
    if (question.body) made.body = notation::write_json(*question.body);
    if (operation.upload && !operation.body) {
      made.body = question.file;
      made.headers.emplace_back("content-type", "application/octet-stream");
    }
    return ask(made);
  }

  /// The id of what a POST of a body to a path makes.
  std::string made(const std::string& session, const std::string& path, const std::string& body) {
    const auto answer =
        ask({.method = "POST", .path = "/api/v1" + path, .session = session, .body = body});
    EXPECT_LT(answer.status, 300) << path << answer.body;
    return text(json(answer), "id");
  }

  /// Gives the county of the session the rules of the samples.
  void add_rules(const std::string& session) {
    for (const auto& [name, file] : {std::pair{"acceptance", "/samples/acceptance/list.yaml"},
                                     std::pair{"inspections", "/samples/inspections/rules.yaml"}}) {
      const auto rules = read_file(HUICE_SOURCE_DIR + std::string(file)).value();
      const auto answer = ask({.method = "PUT",
                               .path = std::string("/api/v1/rules/") + name,
                               .session = session,
                               .body = notation::write_json(model::Value::Record{{"text", rules}}),
                               .headers = {{"if-match", "\"v0\""}}});
      EXPECT_EQ(answer.status, 200) << answer.body;
    }
  }

  const Contract& site_contract() const { return const_cast<HostileTest*>(this)->site().contract; }

  model::Value root_;
};

TEST_F(HostileTest, TextsOfEveryOperationAreTextsWhateverTheyMeanElsewhere) {
  const std::string clerk = someone(kEverybody, kHome);
  const std::string id = made(clerk, "/enterprises", R"({"企业名称":"云岭精工","从业人数":120})");
  const std::string path = "/api/v1/enterprises/" + id;
  const std::string before = ask({.path = path, .session = clerk}).body;
  auto db = database();
  const auto tables = [&] { return db.ask("SELECT sql FROM sqlite_master ORDER BY name").value(); };
  const auto schema = tables();
  std::set<std::string> tried;    // texts, by operation and place
  std::set<std::string> reached;  // those that the contract alone does not refuse
  const auto attack = [&](const Operation& operation, const Question& question,
                          const std::string& place) {
    const auto answer = put(operation, question, someone(kEverybody, kHome));
    const std::string what = operation.id + " " + place + ": " + outcome(answer);
    EXPECT_LT(answer.status, 500) << what << answer.body;
    if (operation.is_public()) return;
    EXPECT_NE(outcome(answer), "401 session.required") << what;
    EXPECT_EQ(answer.type.find("html"), std::string::npos) << what;
    EXPECT_EQ(answer.body.find("root:"), std::string::npos) << what;
  };
  for (const Operation& operation : site().contract.operations()) {
    if (operation.is_local()) continue;
    for (const std::string_view hostile : kHostile) {
      for (const Parameter& each : operation.parameters) {
        if (sample(each.schema, true).text() == nullptr) continue;
        const std::string place = each.name;
        Question asked = question(operation, false);
        asked.parameters[each.name] = hostile;
        tried.insert(operation.id + " " + place);
        if (is_sound(std::string(hostile), each.schema)) reached.insert(operation.id + " " + place);
        attack(operation, asked, place);
      }
      if (!operation.body) continue;
      Question asked = question(operation, true);
      EXPECT_TRUE(is_sound(*asked.body, *operation.body)) << operation.id;
      std::vector<model::Value*> texts;
      collect_texts(*asked.body, texts);
      for (std::size_t i = 0; i < texts.size(); ++i) {
        const std::string place = "text " + std::to_string(i);
        const model::Value usual = std::exchange(*texts[i], model::Value(std::string(hostile)));
        tried.insert(operation.id + " " + place);
        if (is_sound(*asked.body, *operation.body)) reached.insert(operation.id + " " + place);
        attack(operation, asked, place);
        *texts[i] = usual;
      }
    }
  }
  EXPECT_GT(tried.size(), 100U);
  EXPECT_GT(reached.size(), 70U);
  EXPECT_EQ(tables(), schema);
  EXPECT_EQ(ask({.path = path, .session = clerk}).body, before);
  EXPECT_TRUE(store::check_audit(db));
}

TEST_F(HostileTest, FilesThatSwellAreRefusedByEveryUpload) {
  const std::string clerk = someone(kEverybody, kHome);
  add_rules(clerk);
  const auto workbook = [](const std::string& part) {
    archive::ZipWriter zip;
    zip.add("[Content_Types].xml", part);
    zip.add("xl/workbook.xml", part);
    zip.add("word/document.xml", part);
    return zip.finish();
  };
  constexpr std::size_t kSwollen = (std::size_t{256} << 20) + 1;
  const std::map<std::string, std::string> files = {
      {"zip.bomb", workbook(std::string(kSwollen, ' '))},
      {"xml.doctype", workbook(R"(<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;&b;&b;&b;</a>)")}};
  std::size_t uploads = 0;
  for (const Operation& operation : site().contract.operations()) {
    if (!operation.upload || operation.body) continue;
    if (operation.id == "addLibraryFiles") continue;  // read later, see library_files_test.cpp
    ++uploads;
    // Without a name to tell what it is, it is a container of a campaign's files, whose XML nobody
    // reads.
    const bool named = std::ranges::any_of(
        operation.parameters, [](const Parameter& each) { return each.name == "filename"; });
    for (const auto& [id, file] : files) {
      if (!named && id == "xml.doctype") continue;
      Question asked = question(operation, false);
      asked.parameters["filename"] = operation.id == "mendFile" ? "a.docx" : "a.xlsx";
      asked.file = file;
      const auto answer = put(operation, asked, clerk);
      EXPECT_TRUE(outcome(answer).ends_with(id)) << operation.id << outcome(answer);
      EXPECT_LT(answer.status, 500) << operation.id;
    }
  }
  EXPECT_GE(uploads, 5U);
}

TEST_F(HostileTest, WhatIsSearchedForIsNoPattern) {
  const std::string clerk = someone(kEverybody, kHome);
  (void)made(clerk, "/enterprises", R"({"企业名称":"云岭精工"})");
  const std::string draft = R"({"template":"general-notice","data":{"标题":"关于某事的通知"}})";
  (void)made(clerk, "/drafts", draft);
  std::size_t searched = 0;
  for (const Operation& operation : site().contract.operations()) {
    const auto is_words = [](const Parameter& each) { return each.name == "q"; };
    if (operation.method != "GET" || operation.id == "searchLibrary" ||
        std::ranges::none_of(operation.parameters, is_words)) {
      continue;
    }
    ++searched;
    Question all = question(operation, false);
    const auto count = [&] {
      const auto answer = json(put(operation, all, clerk));
      const model::Value* items = answer.find("items");
      return items == nullptr ? std::size_t{0} : items->list()->size();
    };
    EXPECT_GT(count(), 0U) << operation.id;
    for (const char* pattern : {"%%", "_%_", "%' OR '1'='1", "' OR 1=1 --", ".*"}) {
      all.parameters["q"] = pattern;
      EXPECT_EQ(count(), 0U) << operation.id << " " << pattern;
    }
  }
  EXPECT_GT(searched, 3U);
}

TEST_F(HostileTest, NoOperationKnowsAnIdOfAnotherCounty) {
  const std::string here = someone(kEverybody, kHome);
  const std::string there = someone(kEverybody, kOther);
  int enterprises = 0;
  const std::map<std::string, std::function<std::string()>> owned = {
      {"enterprises",
       [&] {
         return made(here, "/enterprises",
                     R"({"企业名称":"云岭)" + std::to_string(++enterprises) + "\"}");
       }},
      {"drafts",
       [&] { return made(here, "/drafts", R"({"template":"general-notice","data":{}})"); }},
      {"jobs", [&] { return made(here, "/jobs", R"({"kind":"match-bulk","request":{}})"); }},
      {"users",
       [&] {
         const std::string login = "u" + random_id();
         return made(here, "/users",
                     R"({"login":")" + login +
                         R"(","name":"某人","roles":["查看"],"password":"correct horse"})");
       }},
      {"tokens",
       [&] { return made(here, "/tokens", R"({"name":"接口","roles":["查看"],"days":2})"); }},
      {"ledger/problems",
       [&] {
         const auto all = json(ask({.path = "/api/v1/ledger/problems", .session = here}));
         return text(all.find("items")->list()->front(), "id");
       }},
      {"inspections/plans",
       [&] {
         const auto answer =
             ask({.method = "POST",
                  .path = "/api/v1/inspections/plans",
                  .query = "filename=plans.csv",
                  .session = here,
                  .body = read_file(HUICE_SOURCE_DIR "/samples/inspections/plans.csv").value(),
                  .headers = {{"content-type", "application/octet-stream"}}});
         EXPECT_EQ(answer.status, 201) << answer.body;
         return text(json(answer), "id");
       }},
      {"library/files",
       [&] {
         const auto answer = ask({.method = "POST",
                                  .path = "/api/v1/library/files",
                                  .query = "filename=a.txt",
                                  .session = here,
                                  .body = "关于第" + std::to_string(++enterprises) + "件事的通知",
                                  .headers = {{"content-type", "application/octet-stream"}}});
         EXPECT_EQ(answer.status, 202) << answer.body;
         return text(json(answer).find("files")->list()->front(), "id");
       }},
      {"library/answers",
       [&] {
         return made(here, "/library/answers",
                     R"({"document":"1","passage":1,"question":"第)" +
                         std::to_string(++enterprises) + "问\"}");
       }},
      {"assessments", [] { return std::string(kCampaign); }}};
  // The rules of each county go by the same two names; without them other ids would be unknown for
  // another reason.
  const std::set<std::string> shared = {"policies", "library/documents", "templates", "rules"};
  EXPECT_EQ(text(json(ask({.path = "/api/v1/rules/acceptance", .session = there})), "text"), "");
  add_rules(here);
  EXPECT_EQ(text(json(ask({.path = "/api/v1/rules/acceptance", .session = there})), "text"), "");
  add_rules(there);
  const auto expect_unknown = [&](const Operation& operation, const Question& asked,
                                  const std::string& what) {
    EXPECT_EQ(put(operation, asked, there).status, 404) << operation.id << " " << what;
    EXPECT_NE(put(operation, asked, here).status, 404) << operation.id << " " << what;
  };
  std::set<std::string> met;
  for (const Operation& operation : site().contract.operations()) {
    const Question usual = question(operation, false);
    std::string collection;
    for (std::size_t i = 2; i < operation.segments.size(); ++i) {  // after /api/v1
      if (!operation.segments[i].starts_with('{')) {
        collection += (collection.empty() ? "" : "/") + operation.segments[i];
        continue;
      }
      if (shared.contains(collection)) break;
      ASSERT_TRUE(owned.contains(collection)) << operation.path << ": whose is it?";
      met.insert(collection);
      Question asked = usual;
      asked.parameters[operation.segments[i].substr(1, operation.segments[i].size() - 2)] =
          owned.at(collection)();
      expect_unknown(operation, asked, "path");
      break;
    }
    for (const Parameter& each : operation.parameters) {
      if (each.name != "enterprise" && each.name != "campaign") continue;
      if (operation.path.find('{') != std::string::npos) continue;  // seen above
      met.insert("?" + each.name);
      Question asked = usual;
      asked.parameters[each.name] =
          each.name == "campaign" ? std::string(kCampaign) : owned.at("enterprises")();
      expect_unknown(operation, asked, each.name);
    }
    const model::Value* fields =
        operation.body ? resolved(*operation.body).find("properties") : nullptr;
    if (fields == nullptr || fields->find("enterprise") == nullptr) continue;
    if (operation.id == "addProblem") continue;  // its enterprise is a name
    met.insert("body");
    Question asked = usual;
    asked.body = model::Value::Record{{"enterprise", owned.at("enterprises")()}};
    for (const auto& [name, value] : *usual.body->record()) {
      if (name != "enterprise" && name != "profile")
        std::get<model::Value::Record>(asked.body->content()).emplace_back(name, value);
    }
    expect_unknown(operation, asked, "body");
  }
  EXPECT_EQ(met.size(), owned.size() + 3);
}

}  // namespace
}  // namespace huice::service
