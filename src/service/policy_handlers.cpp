// The policy library read by people: lists, single policies, who qualifies, the catalogue of facts.
#include <algorithm>
#include <map>

#include "policy/explain.h"
#include "policy/windows.h"
#include "service/handlers.h"
#include "service/policies.h"
#include "service/profiles.h"
#include "service/values.h"

namespace huice::service {
namespace {

bool concerns(const policy::Policy& policy, const Call& call) {
  const auto holds = [](const std::string& text, const std::string& part) {
    return part.empty() || text.find(part) != std::string::npos;
  };
  const std::string wanted = call.text("q");
  const bool named = holds(policy.title, wanted) || holds(policy.source.number, wanted) ||
                     holds(policy.id, wanted);
  return named && (call.text("kind").empty() || policy.kind == call.text("kind")) &&
         (call.text("level").empty() || policy.level == call.text("level"));
}

model::Value counts_value(const std::map<std::string, int>& counts) {
  model::Value::List list;
  for (const auto& [name, count] : counts)
    list.emplace_back(model::Value::Record{{"name", name}, {"count", count}});
  return model::Value(std::move(list));
}

Result<Answer> list_policies(Desk& desk, const Call& call) {
  const auto library = desk.site.materials.get()->policies;
  const Date on = call.day("on");
  const Date known_on = call.day("known_on");
  std::vector<const policy::Policy*> shown;
  if (call.flag("all_times")) {
    for (const policy::Policy& policy : library->policies())
      shown.push_back(&policy);
  } else {
    shown = library->in_force(on, known_on);
  }
  std::erase_if(shown, [&](const policy::Policy* each) { return !concerns(*each, call); });
  std::map<std::string, int> kinds;
  std::map<std::string, int> levels;
  for (const policy::Policy* policy : shown) {
    ++kinds[policy->kind];
    ++levels[policy->level];
  }
  const auto offset = static_cast<std::size_t>(call.number("offset", 0));
  const auto limit = static_cast<std::size_t>(call.number("limit", 50));
  model::Value::List items;
  for (std::size_t i = offset; i < shown.size() && items.size() < limit; ++i)
    items.push_back(policy_summary(*shown[i], on));
  return json_answer(
      model::Value::Record{{"total", number_value(static_cast<std::int64_t>(shown.size()))},
                           {"items", model::Value(std::move(items))},
                           {"kinds", counts_value(kinds)},
                           {"levels", counts_value(levels)}});
}

Result<Answer> get_policy(Desk& desk, const Call& call) {
  const auto library = desk.site.materials.get()->policies;
  HUICE_TRY(const auto* const policy, library->get(call.path.at("id")));
  const Date on = call.day("on");
  model::Value value = policy_summary(*policy, on);
  std::get<model::Value::Record>(value.content())
      .emplace_back("text", policy::show_text(*library, *policy, on, call.day("known_on")));
  return json_answer(value);
}

Result<Answer> list_qualified(Desk& desk, const Call& call) {
  const auto library = desk.site.materials.get()->policies;
  HUICE_TRY(const auto* const policy, library->get(call.path.at("id")));
  HUICE_TRY(auto options, match_options(desk, call));
  options.policies = {policy->id};
  HUICE_TRY(const auto listed,
            listed_profiles(desk, call, library->catalogue_for(options.on.year())));
  model::Value::List items;
  for (const Listed& each : listed) {
    for (const policy::Match& match : policy::match(*library, each.profile, options)) {
      model::Value amount;
      for (const auto& benefit : match.benefits) {
        if (benefit.has_amount && amount.is_null()) amount = policy::to_text(benefit.amount);
      }
      items.emplace_back(model::Value::Record{{"enterprise", each.record.id},
                                              {"title", each.record.title},
                                              {"status", std::string(policy::name(match.status))},
                                              {"amount", amount},
                                              {"missing", text_list(match.missing)}});
    }
  }
  return json_answer(
      model::Value::Record{{"policy", policy->id}, {"items", model::Value(std::move(items))}});
}

std::string type_name(model::FactType type) {
  switch (type) {
    case model::FactType::Text:
      return "文本";
    case model::FactType::Number:
      return "数字";
    case model::FactType::Money:
      return "金额";
    case model::FactType::Ratio:
      return "比例";
    case model::FactType::Boolean:
      return "是否";
    case model::FactType::Day:
      return "日期";
    case model::FactType::Code:
      return "代码";
    case model::FactType::List:
      break;
  }
  return "列表";
}

Result<Answer> list_facts(Desk& desk, const Call& call) {
  const auto library = desk.site.materials.get()->policies;
  const auto catalogue = library->catalogue_for(call.world.today.year());
  model::Value::List items;
  for (const model::FactDefinition& fact : catalogue.facts) {
    items.emplace_back(model::Value::Record{{"name", fact.name},
                                            {"type", type_name(fact.type)},
                                            {"unit", fact.unit},
                                            {"period", fact.period},
                                            {"values", text_list(fact.values)},
                                            {"aliases", text_list(fact.aliases)},
                                            {"origin", fact.origin}});
  }
  return json_answer(model::Value::Record{{"items", model::Value(std::move(items))}});
}

}  // namespace

model::Value policy_summary(const policy::Policy& policy, Date on) {
  const policy::Validity* validity = policy.validity_known_on(on);
  const policy::WindowState window =
      validity == nullptr ? policy::WindowState() : policy::window_state(policy, *validity, on);
  return model::Value::Record{
      {"id", policy.id},
      {"title", policy.title},
      {"kind", policy.kind},
      {"level", policy.level},
      {"issuers", text_list(policy.issuers)},
      {"number", policy.source.number},
      {"closes", window.kind == policy::WindowState::Kind::Open && window.closes
                     ? model::Value(*window.closes)
                     : model::Value()}};
}

Handlers policy_handlers() {
  return {{"listPolicies", list_policies},
          {"getPolicy", get_policy},
          {"listQualified", list_qualified},
          {"listFacts", list_facts}};
}

}  // namespace huice::service
