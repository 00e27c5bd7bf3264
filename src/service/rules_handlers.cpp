// The rules of a county: read, and replaced by an administrator once they are sound.
#include "lint/lint.h"
#include "notation/json.h"
#include "notation/yaml.h"
#include "service/handlers.h"
#include "service/rules.h"
#include "service/values.h"

namespace huice::service {
namespace {

constexpr const char* kAcceptance = "acceptance";
constexpr const char* kInspections = "inspections";
constexpr const char* kWords = "words";

std::string title_of_rules(const std::string& name) {
  if (name == kWords) return "公文用词表";
  return name == kAcceptance ? "容缺受理清单" : "入企检查规则";
}

Status check_rules(const std::string& name, const std::string& text) {
  HUICE_TRY(const auto source, notation::read_yaml(text, title_of_rules(name)));
  if (name == kAcceptance) {
    HUICE_TRY([[maybe_unused]] const auto sound, campaign::read_acceptance_rules(source));
  } else if (name == kWords) {
    HUICE_TRY([[maybe_unused]] const auto sound, lint::read_own_words(source));
  } else {
    HUICE_TRY([[maybe_unused]] const auto sound, campaign::read_inspection_rules(source));
  }
  return Unit{};
}

/// The record of the rules; an empty text of version 0 where nobody has entered any.
Result<store::Record> record_of_rules(Desk& desk, const Call& call, const std::string& name) {
  auto found = store::find_record(desk.database, kRulesKind, call.who.account.county, name);
  if (found || found.error().id != "store.no-record") return found;
  store::Record none{.kind = kRulesKind,
                     .county = call.who.account.county,
                     .id = name,
                     .unit = {},
                     .key = {},
                     .title = title_of_rules(name),
                     .state = {},
                     .body = R"({"text":""})"};
  none.version = 0;
  return none;
}

Result<Answer> rules_answer(const store::Record& record) {
  HUICE_TRY(auto value, notation::read_json(record.body, record.title));
  auto& fields = std::get<model::Value::Record>(value.content());
  fields.emplace_back("title", record.title);
  fields.emplace_back("updated_at", record.updated_at);
  fields.emplace_back("updated_by", record.updated_by);
  return versioned_answer(value, record.version);
}

Result<Answer> get_rules(Desk& desk, const Call& call) {
  HUICE_TRY(const auto record, record_of_rules(desk, call, call.path.at("name")));
  return rules_answer(record);
}

Result<Answer> put_rules(Desk& desk, const Call& call) {
  const std::string& name = call.path.at("name");
  HUICE_TRY([[maybe_unused]] const Unit sound, check_rules(name, call.field("text")));
  HUICE_TRY(auto record, record_of_rules(desk, call, name));
  const bool made = record.version > 0;
  HUICE_TRY(record.version, version_wanted(call));
  record.body = notation::write_json(call.body);
  HUICE_TRY([[maybe_unused]] const Unit done, desk.database.transact([&]() -> Status {
    if (made) {
      HUICE_TRY(record, store::change_record(desk.database, record, call.author(), "规则.修改"));
    } else {
      HUICE_TRY(record, store::add_record(desk.database, record, call.author(), "规则.修改"));
    }
    return Unit{};
  }));
  return rules_answer(record);
}

/// The rules as YAML says them. Errors: NotFound `rules.none`.
Result<model::Value> source_of_rules(Desk& desk, const Call& call, const std::string& name) {
  HUICE_TRY(const auto record, record_of_rules(desk, call, name));
  if (record.version == 0) {
    return Error{.code = ErrorCode::NotFound,
                 .id = "rules.none",
                 .message = "本县还没有" + record.title,
                 .hint = "请管理员在“系统—本县规则”里填写"};
  }
  HUICE_TRY(const auto body, notation::read_json(record.body, record.title));
  return notation::read_yaml(*body.find("text")->text(), record.title);
}

}  // namespace

Result<campaign::AcceptanceRules> acceptance_rules(Desk& desk, const Call& call) {
  HUICE_TRY(const auto source, source_of_rules(desk, call, kAcceptance));
  return campaign::read_acceptance_rules(source);
}

Result<campaign::InspectionRules> inspection_rules(Desk& desk, const Call& call) {
  HUICE_TRY(const auto source, source_of_rules(desk, call, kInspections));
  return campaign::read_inspection_rules(source);
}

Result<lint::OwnWords> own_words(Desk& desk, const Call& call) {
  const auto source = source_of_rules(desk, call, kWords);
  if (!source && source.error().id == "rules.none") return lint::OwnWords{};
  if (!source) return source.error();
  return lint::read_own_words(source.value());
}

Handlers rules_handlers() {
  return {{"getRules", get_rules}, {"putRules", put_rules}};
}

}  // namespace huice::service
