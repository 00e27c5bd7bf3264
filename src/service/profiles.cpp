#include "service/profiles.h"

#include <algorithm>

#include "facts/record_reader.h"
#include "notation/json.h"
#include "service/values.h"

namespace huice::service {
namespace {

Result<model::Value> facts_of(Desk& desk, const Call& call) {
  const model::Value* given = call.body.find("profile");
  const std::string id = call.field("enterprise");
  if ((given == nullptr) == id.empty()) {
    return Error{.code = ErrorCode::InvalidInput,
                 .id = "match.profile",
                 .message = "enterprise（名录里的企业）与 profile（写出的事实）要写其中一个",
                 .hint = "只写一个"};
  }
  if (given != nullptr) return *given;
  HUICE_TRY(const auto record,
            store::find_record(desk.database, kEnterpriseKind, call.who.account.county, id));
  return notation::read_json(record.body, record.title);
}

}  // namespace

model::Value with_changes(const model::Value& facts, const model::Value& changes) {
  model::Value::Record record = *facts.record();
  for (const auto& [name, value] : *changes.record()) {
    const auto field = std::ranges::find(record, name, &model::Value::Field::first);
    if (value.is_null()) {
      if (field != record.end()) record.erase(field);
    } else if (field != record.end()) {
      field->second = value;
    } else {
      record.emplace_back(name, value);
    }
  }
  return model::Value(std::move(record));
}

Result<policy::MatchOptions> match_options(Desk& desk, const Call& call) {
  const std::string& county = call.who.account.county;
  policy::MatchOptions options{.on = call.day("on"), .known_on = call.day("known_on")};
  if (county != "000000") options.default_region = county;
  const auto policies = desk.site.materials.get()->policies;
  const model::Value* asked = call.body.find("policies");
  for (const model::Value& id :
       asked == nullptr || asked->list() == nullptr ? model::Value::List() : *asked->list()) {
    HUICE_TRY([[maybe_unused]] const auto* const known, policies->get(*id.text()));
    options.policies.push_back(*id.text());
  }
  return options;
}

Result<model::Profile> profile_from(const model::Value& facts,
                                    const model::FactCatalogue& catalogue) {
  return facts::read_profile(facts, catalogue, "请求");
}

Result<Question> question_of(Desk& desk, const Call& call, bool changed) {
  HUICE_TRY(auto options, match_options(desk, call));
  auto policies = desk.site.materials.get()->policies;
  const auto catalogue = desk.site.catalogue(policies, options.on.year());
  HUICE_TRY(auto facts, facts_of(desk, call));
  const model::Value* changes = call.body.find("changes");
  if (changed && changes != nullptr) facts = with_changes(facts, *changes);
  HUICE_TRY(auto profile, profile_from(facts, *catalogue));
  return Question{std::move(policies), std::move(profile), std::move(options)};
}

Result<std::vector<Listed>> listed_profiles(Desk& desk, const Call& call,
                                            const model::FactCatalogue& catalogue) {
  store::RecordQuery query{.kind = kEnterpriseKind, .county = call.who.account.county};
  query.limit = kMaxListed;
  HUICE_TRY(auto page, store::list_records(desk.database, query));
  if (page.total > kMaxListed) {
    return Error{.code = ErrorCode::TooLarge,
                 .id = "match.too-many",
                 .message = "企业超过 " + std::to_string(kMaxListed) + " 家，不能当场匹配",
                 .hint = "用命令行 huice match --bulk"};
  }
  std::vector<Listed> listed;
  for (store::Record& record : page.items) {
    HUICE_TRY(const auto facts, notation::read_json(record.body, record.title));
    HUICE_TRY(auto profile, profile_from(facts, catalogue));
    listed.push_back({std::move(record), std::move(profile)});
  }
  return listed;
}

}  // namespace huice::service
