// Drafts: written, typeset, proof-read, submitted, reviewed and signed by different people.
//
// A draft is frozen while it is under review: its text cannot be changed, and what is signed is the
// very PDF that was reviewed. States: 草稿 → 待审核 → 待签发 → 已签发, and 退回 from the two
// between.
#include <algorithm>

#include "app/draft.h"
#include "app/draft_tables.h"
#include "app/lint_basis.h"
#include "app/online_draft.h"
#include "lint/lint.h"
#include "notation/json.h"
#include "service/campaigns.h"
#include "service/handlers.h"
#include "service/rules.h"
#include "service/values.h"
#include "service/workbook_answer.h"
#include "store/digest.h"

namespace huice::service {
namespace {

/// The PDF of a draft under review, its own record so that lists need not carry it.
constexpr const char* kPageKind = "文稿版面";
/// The workbook of its tables, where a campaign is in them.
constexpr const char* kTablesKind = "文稿表格";
/// How its pages keep to GB/T 9704-2012: measured against what it was made of.
constexpr const char* kMeasuresKind = "文稿版式";

std::string field_of(const model::Value& body, std::string_view name) {
  const model::Value* field = body.find(name);
  return field == nullptr || field->text() == nullptr ? std::string() : *field->text();
}

void set(model::Value& body, std::string_view name, model::Value value) {
  auto& record = std::get<model::Value::Record>(body.content());
  const auto field = std::ranges::find(record, name, &model::Value::Field::first);
  if (field != record.end()) {
    field->second = std::move(value);
  } else {
    record.emplace_back(std::string(name), std::move(value));
  }
}

/// The campaign that the data of a draft name; empty where they name none.
std::string campaign_named(const model::Value& body) {
  const model::Value* values = body.find("data");
  return values == nullptr ? std::string() : field_of(*values, "campaign");
}

/// A draft that names a campaign of its county (data.campaign, its id) has what that is now: its
/// values and its 安排表. Errors: NotFound `campaign.not-found`; those of stored_campaign.
Result<app::OnlineDraft> online(Desk& desk, const Call& call, const model::Value& body) {
  const model::Value* values = body.find("data");
  app::OnlineDraft draft{.template_name = field_of(body, "template"),
                         .values = values == nullptr ? model::Value() : *values};
  const std::string name = campaign_named(body);
  if (name.empty()) return draft;
  HUICE_TRY(const auto campaign, campaign_of(desk, call, name));
  auto& record = std::get<model::Value::Record>(draft.values.content());
  std::erase_if(record, [](const model::Value::Field& field) { return field.first == "campaign"; });
  HUICE_TRY(auto content, app::content_with(std::move(draft.values), campaign));
  draft.values = std::move(content.data);
  draft.tables = std::move(content.tables);
  return draft;
}

Result<Answer> preview_draft(Desk& desk, const Call& call) {
  const auto materials = desk.site.materials.get();
  HUICE_TRY(const auto draft, online(desk, call, call.body));
  HUICE_TRY(auto typeset, app::typeset_online(call.world, materials->fonts, draft));
  Answer answer = bytes_answer("application/pdf", std::move(typeset.pdf));
  answer.headers.emplace_back("X-Pages", std::to_string(typeset.pages));
  return answer;
}

using LintFindings = std::vector<lint::Finding>;

/// Also whether what the draft rests on still holds, as far as the circulars that the county sees
/// tell; where there are none, the rest is found all the same.
Result<LintFindings> lint_findings(Desk& desk, const Call& call) {
  HUICE_TRY(const auto draft, online(desk, call, call.body));
  lint::Choice choice;
  HUICE_TRY(choice.own_words, own_words(desk, call));
  auto found = desk.site.search.with<LintFindings>(
      desk.database, call.who.account.county, [&](const Searched& here) {
        choice.basis_of = app::basis_from(here.library, call.world.today);
        return app::lint_online(call.world, draft, choice);
      });
  if (found) return found;
  choice.basis_of = nullptr;
  return app::lint_online(call.world, draft, choice);
}

Result<Answer> lint_draft(Desk& desk, const Call& call) {
  HUICE_TRY(const auto findings, lint_findings(desk, call));
  model::Value::List list;
  for (const lint::Finding& each : findings) {
    list.emplace_back(
        model::Value::Record{{"rule", std::string(each.rule->id)},
                             {"severity", std::string(lint::strength_word(each.rule->strength))},
                             {"message", each.message},
                             {"hint", each.proposal},
                             {"source", std::string(each.rule->source)},
                             {"field", each.where.part},
                             {"text", each.excerpt}});
  }
  return json_answer(model::Value::Record{{"findings", model::Value(std::move(list))}});
}

/// A draft that the caller may see: of his county, and of his unit where he has one.
Result<store::Record> draft_of(Desk& desk, const Call& call) {
  const store::Account& account = call.who.account;
  HUICE_TRY(auto record,
            store::find_record(desk.database, kDraftKind, account.county, call.path.at("id")));
  if (account.unit.empty() || account.unit == record.unit) return record;
  return Error{.code = ErrorCode::NotFound,
               .id = "store.no-record",
               .message = "没有这一条文稿",
               .hint = "可能已被移走；刷新列表"};
}

Result<Answer> answer_with(const store::Record& record, int status = 200) {
  HUICE_TRY(const auto body, notation::read_json(record.body, record.title));
  model::Value value = draft_summary(record);
  for (const std::string_view name : {"data", "author", "steps"}) {
    const model::Value* field = body.find(name);
    set(value, name, field == nullptr ? model::Value() : *field);
  }
  return versioned_answer(value, record.version, status);
}

Result<Answer> list_drafts(Desk& desk, const Call& call) {
  auto query = record_query(call, kDraftKind);
  query.state = call.text("state");
  query.order = "-updated_at";
  if (!call.who.account.unit.empty()) query.unit = call.who.account.unit;
  HUICE_TRY(const auto page, store::list_records(desk.database, query));
  return json_answer(page_value(page, draft_summary));
}

/// What the list calls it: as asked, else the title in the text, which the template may make, else
/// what the template makes. Errors: those of online.
Result<std::string> title_of(Desk& desk, const Call& call, const model::Value& body) {
  HUICE_TRY(const auto draft, online(desk, call, body));
  std::string title = field_of(body, "title");
  const model::Value* values = body.find("data");
  if (title.empty() && values != nullptr) title = field_of(*values, "标题");
  if (title.empty()) {
    const auto document = app::compose_online(call.world, draft);
    if (document) title = document.value().title;
  }
  std::erase(title, '\n');
  if (!title.empty()) return title;
  const auto made = app::template_title(call.world, field_of(body, "template"));
  return made ? made.value() : field_of(body, "template");
}

Result<Answer> add_draft(Desk& desk, const Call& call) {
  HUICE_TRY([[maybe_unused]] const auto known,
            app::template_title(call.world, call.field("template")));
  model::Value body = call.body;
  HUICE_TRY(auto title, title_of(desk, call, body));
  set(body, "author", call.who.account.login);
  set(body, "steps", model::Value(model::Value::List()));
  store::Record record{.kind = kDraftKind,
                       .county = call.who.account.county,
                       .id = random_id(),
                       .unit = call.who.account.unit,
                       .key = {},
                       .title = std::move(title),
                       .state = "草稿",
                       .body = notation::write_json(body)};
  HUICE_TRY([[maybe_unused]] const Unit done, desk.database.transact([&]() -> Status {
    HUICE_TRY(record, store::add_record(desk.database, record, call.author(), "文稿.起草"));
    return Unit{};
  }));
  return answer_with(record, 201);
}

Result<Answer> get_draft(Desk& desk, const Call& call) {
  HUICE_TRY(const auto record, draft_of(desk, call));
  return answer_with(record);
}

Error wrong_state(const store::Record& record, const std::string& step) {
  return {.code = ErrorCode::Conflict,
          .id = "draft.state",
          .message = "文稿现在是“" + record.state + "”，不能" + step,
          .hint = record.state == "已签发" ? "另起一稿" : "送审后文字不再能改；要改的先退回"};
}

bool is_open(const store::Record& record) {
  return record.state == "草稿" || record.state == "退回";
}

Result<Answer> save(Desk& desk, const Call& call, store::Record record, const std::string& action) {
  HUICE_TRY(record.version, version_wanted(call));
  HUICE_TRY([[maybe_unused]] const Unit done, desk.database.transact([&]() -> Status {
    HUICE_TRY(record, store::change_record(desk.database, record, call.author(), action));
    return Unit{};
  }));
  return answer_with(record);
}

Result<Answer> put_draft(Desk& desk, const Call& call) {
  HUICE_TRY(auto record, draft_of(desk, call));
  if (!is_open(record)) return wrong_state(record, "改");
  HUICE_TRY(const auto before, notation::read_json(record.body, record.title));
  model::Value body = call.body;
  for (const std::string_view name : {"author", "steps"})
    set(body, name, *before.find(name));
  HUICE_TRY(record.title, title_of(desk, call, body));
  record.body = notation::write_json(body);
  return save(desk, call, std::move(record), "文稿.修改");
}

Result<Answer> delete_draft(Desk& desk, const Call& call) {
  HUICE_TRY(auto record, draft_of(desk, call));
  if (!is_open(record)) return wrong_state(record, "删");
  HUICE_TRY(record.version, version_wanted(call));
  HUICE_TRY([[maybe_unused]] const Unit done, desk.database.transact([&]() -> Status {
    // One that came back has the files of its round yet.
    for (const char* kind : {kPageKind, kTablesKind, kMeasuresKind}) {
      const auto kept = store::find_record(desk.database, kind, record.county, record.id);
      if (!kept) continue;
      HUICE_TRY([[maybe_unused]] const Unit removed,
                store::remove_record(desk.database, kept.value(), call.author(), "文稿.删去"));
    }
    return store::remove_record(desk.database, record, call.author(), "文稿.删去");
  }));
  Answer answer;
  answer.status = 204;
  return answer;
}

/// Notes who took a step; the version that was looked at must be the one that is there.
void note_step(const Call& call, model::Value& body, const std::string& step) {
  model::Value::List steps = *body.find("steps")->list();
  steps.emplace_back(model::Value::Record{{"step", step},
                                          {"by", call.who.account.login},
                                          {"at", call.world.now},
                                          {"comment", call.field("comment")}});
  set(body, "steps", model::Value(std::move(steps)));
}

/// A file of a draft as it was submitted.
struct Kept {
  const char* kind;
  const char* action;
  const std::string& bytes;
};

/// Keeps it in place of that of an earlier round.
Status keep(Desk& desk, const Call& call, const store::Record& draft, const Kept& kept) {
  store::Record record = draft;
  record.kind = kept.kind;
  record.body = to_base64(kept.bytes);
  const auto earlier = store::find_record(desk.database, kept.kind, draft.county, draft.id);
  if (earlier) {
    record.version = earlier.value().version;
    HUICE_TRY([[maybe_unused]] const auto changed,
              store::change_record(desk.database, record, call.author(), kept.action));
    return Unit{};
  }
  HUICE_TRY([[maybe_unused]] const auto added,
            store::add_record(desk.database, record, call.author(), kept.action));
  return Unit{};
}

Result<Answer> submit_draft(Desk& desk, const Call& call) {
  HUICE_TRY(auto record, draft_of(desk, call));
  if (!is_open(record)) return wrong_state(record, "送审");
  HUICE_TRY(record.version, version_wanted(call));
  HUICE_TRY(auto body, notation::read_json(record.body, record.title));
  const auto materials = desk.site.materials.get();
  HUICE_TRY(const auto draft, online(desk, call, body));
  HUICE_TRY(const auto typeset, app::typeset_online(call.world, materials->fonts, draft));
  std::string tables;  // of a campaign, which goes on while the draft is under review
  if (!draft.tables.empty()) {
    // The template need not set them into the text: then what is kept is empty.
    auto xlsx = app::tables_online(call.world, draft);
    if (!xlsx && xlsx.error().id != app::kNoTable) return xlsx.error();
    if (xlsx) tables = std::move(xlsx).value();
  }
  HUICE_TRY(const auto measures, app::measure_online(call.world, materials->fonts, draft,
                                                     typeset.pdf, record.title + ".pdf"));
  note_step(call, body, "送审");
  record.state = "待审核";
  record.body = notation::write_json(body);
  HUICE_TRY([[maybe_unused]] const Unit done, desk.database.transact([&]() -> Status {
    HUICE_TRY(record, store::change_record(desk.database, record, call.author(), "文稿.送审"));
    HUICE_TRY([[maybe_unused]] const Unit kept,
              keep(desk, call, record, {kPageKind, "文稿.定稿", typeset.pdf}));
    HUICE_TRY(
        [[maybe_unused]] const Unit measured,
        keep(desk, call, record, {kMeasuresKind, "文稿.版式", notation::write_json(measures)}));
    if (draft.tables.empty()) return Unit{};
    return keep(desk, call, record, {kTablesKind, "文稿.表格", tables});
  }));
  return answer_with(record);
}

/// Who took `step` last; empty when nobody did.
std::string last_by(const model::Value& body, std::string_view step) {
  std::string by;
  for (const model::Value& each : *body.find("steps")->list()) {
    if (field_of(each, "step") == step) by = field_of(each, "by");
  }
  return by;
}

Error same_person(std::string message) {
  return {.code = ErrorCode::Conflict,
          .id = "draft.same-person",
          .message = std::move(message),
          .hint = "请另一位同事办这一步"};
}

/// The next state after `step` (审核 or 签发), or 退回 with a comment.
Result<Answer> decide(Desk& desk, const Call& call, store::Record record, model::Value body,
                      const std::string& step) {
  const bool approved = *call.body.find("approve")->truth();
  if (!approved && call.field("comment").empty()) {
    return Error{.code = ErrorCode::InvalidInput,
                 .id = "draft.comment",
                 .message = "退回要说明理由",
                 .where = {.part = "comment"},
                 .hint = "写上哪里要改"};
  }
  note_step(call, body, approved ? step : "退回");
  record.state = !approved ? "退回" : step == "审核" ? "待签发" : "已签发";
  record.body = notation::write_json(body);
  return save(desk, call, std::move(record), "文稿." + (approved ? step : "退回"));
}

Result<Answer> review_draft(Desk& desk, const Call& call) {
  HUICE_TRY(auto record, draft_of(desk, call));
  if (record.state != "待审核") return wrong_state(record, "审核");
  HUICE_TRY(auto body, notation::read_json(record.body, record.title));
  const std::string& login = call.who.account.login;
  if (login == field_of(body, "author") || login == last_by(body, "送审")) {
    return same_person("不能审核自己起草或送审的文稿");
  }
  return decide(desk, call, std::move(record), std::move(body), "审核");
}

Result<Answer> sign_draft(Desk& desk, const Call& call) {
  HUICE_TRY(auto record, draft_of(desk, call));
  if (record.state != "待签发") return wrong_state(record, "签发");
  HUICE_TRY(auto body, notation::read_json(record.body, record.title));
  if (call.who.account.login == last_by(body, "审核")) {
    return same_person("审核与签发须是两个人");
  }
  return decide(desk, call, std::move(record), std::move(body), "签发");
}

/// As it was submitted; one that is still written, as it is now.
Result<std::string> pdf_of(Desk& desk, const Call& call, const store::Record& draft) {
  if (!is_open(draft)) {
    HUICE_TRY(const auto page,
              store::find_record(desk.database, kPageKind, draft.county, draft.id));
    return from_base64(page.body);
  }
  HUICE_TRY(const auto body, notation::read_json(draft.body, draft.title));
  const auto materials = desk.site.materials.get();
  HUICE_TRY(const auto content, online(desk, call, body));
  HUICE_TRY(auto typeset, app::typeset_online(call.world, materials->fonts, content));
  return std::move(typeset.pdf);
}

Result<Answer> get_draft_pdf(Desk& desk, const Call& call) {
  HUICE_TRY(const auto record, draft_of(desk, call));
  HUICE_TRY(auto pdf, pdf_of(desk, call, record));
  return bytes_answer("application/pdf", std::move(pdf));
}

/// The password is used and forgotten: it stands in no address, log or audit entry.
Result<Answer> get_locked_draft_pdf(Desk& desk, const Call& call) {
  HUICE_TRY(const auto record, draft_of(desk, call));
  HUICE_TRY(const auto pdf, pdf_of(desk, call, record));
  HUICE_TRY(auto locked, app::locked_pdf(pdf, call.field("password")));
  return bytes_answer("application/pdf", std::move(locked));
}

Result<Answer> get_draft_measures(Desk& desk, const Call& call) {
  HUICE_TRY(const auto record, draft_of(desk, call));
  if (!is_open(record)) {
    HUICE_TRY(const auto kept,
              store::find_record(desk.database, kMeasuresKind, record.county, record.id));
    HUICE_TRY(const auto measures, notation::read_json(from_base64(kept.body), kMeasuresKind));
    return json_answer(measures);
  }
  HUICE_TRY(const auto pdf, pdf_of(desk, call, record));
  HUICE_TRY(const auto body, notation::read_json(record.body, record.title));
  const auto materials = desk.site.materials.get();
  HUICE_TRY(const auto draft, online(desk, call, body));
  HUICE_TRY(const auto measures,
            app::measure_online(call.world, materials->fonts, draft, pdf, record.title + ".pdf"));
  return json_answer(measures);
}

/// From the same data as the pages, which are the document; nobody signs a workbook. Of a campaign
/// the tables are those of the day on which it was submitted.
Result<Answer> get_draft_tables(Desk& desk, const Call& call) {
  HUICE_TRY(const auto record, draft_of(desk, call));
  HUICE_TRY(const auto body, notation::read_json(record.body, record.title));
  if (!is_open(record) && !campaign_named(body).empty()) {
    HUICE_TRY(const auto kept,
              store::find_record(desk.database, kTablesKind, record.county, record.id));
    if (kept.body.empty()) return app::no_table();
    return bytes_answer(kXlsxType, from_base64(kept.body));
  }
  HUICE_TRY(const auto draft, online(desk, call, body));
  HUICE_TRY(auto xlsx, app::tables_online(call.world, draft));
  return bytes_answer(kXlsxType, std::move(xlsx));
}

Result<Answer> list_templates(Desk&, const Call& call) {
  HUICE_TRY(const auto templates, app::list_templates(call.world));
  return json_answer(templates);
}

Result<Answer> get_template(Desk&, const Call& call) {
  HUICE_TRY(const auto found, app::describe_template(call.world, call.path.at("name")));
  return json_answer(found);
}

}  // namespace

Handlers draft_handlers() {
  return {{"previewDraft", preview_draft},
          {"lintDraft", lint_draft},
          {"listDrafts", list_drafts},
          {"addDraft", add_draft},
          {"getDraft", get_draft},
          {"putDraft", put_draft},
          {"deleteDraft", delete_draft},
          {"submitDraft", submit_draft},
          {"reviewDraft", review_draft},
          {"signDraft", sign_draft},
          {"getDraftPdf", get_draft_pdf},
          {"getDraftTables", get_draft_tables},
          {"getLockedDraftPdf", get_locked_draft_pdf},
          {"getDraftMeasures", get_draft_measures},
          {"listTemplates", list_templates},
          {"getTemplate", get_template}};
}

}  // namespace huice::service
