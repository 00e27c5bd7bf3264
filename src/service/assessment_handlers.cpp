// Campaigns whose files lie in the folder that the configuration names: scores and rankings.
#include <algorithm>
#include <filesystem>

#include "campaign/assessment.h"
#include "campaign/campaign.h"
#include "service/handlers.h"

namespace huice::service {
namespace {

namespace fs = std::filesystem;

Error unknown() {
  return {.code = ErrorCode::NotFound,
          .id = "assessment.unknown",
          .message = "没有这项考核",
          .hint = "从考核列表里选"};
}

/// A campaign of the caller's county. Errors: NotFound `assessment.unknown`; those of
/// load_campaign.
Result<campaign::Campaign> load(Desk& desk, const Call& call, const std::string& name) {
  const fs::path folder = desk.site.configuration.campaigns / name;
  std::error_code error;
  const bool named = !desk.site.configuration.campaigns.empty() &&
                     fs::is_regular_file(folder / "campaign.yaml", error);
  if (!named) return unknown();
  HUICE_TRY(auto found, campaign::load_campaign(folder.string()));
  if (found.region != call.who.account.county) return unknown();
  return found;
}

Result<Answer> list_assessments(Desk& desk, const Call& call) {
  std::vector<std::string> names;
  std::error_code error;
  if (!desk.site.configuration.campaigns.empty()) {
    for (const auto& entry : fs::directory_iterator(desk.site.configuration.campaigns, error))
      names.push_back(entry.path().filename().string());
  }
  std::ranges::sort(names);
  model::Value::List items;
  for (const std::string& name : names) {
    const auto found = load(desk, call, name);
    if (!found) continue;
    items.emplace_back(model::Value::Record{{"name", name}, {"title", found.value().full_name()}});
  }
  return json_answer(model::Value::Record{{"items", model::Value(std::move(items))}});
}

Result<Answer> get_assessment(Desk& desk, const Call& call) {
  const std::string& name = call.path.at("name");
  HUICE_TRY(const auto found, load(desk, call, name));
  HUICE_TRY(const auto scored, campaign::assess(found, call.world.today));
  model::Value::List scores;
  for (const auto& group : scored.groups) {
    for (const auto& target : group.targets)
      scores.push_back(campaign::assessment_value(scored, group, target));
  }
  return json_answer(model::Value::Record{
      {"name", name},
      {"title", scored.title},
      {"ranking", model::Value(model::Value::List{campaign::ranking_value(scored)})},
      {"scores", model::Value(std::move(scores))}});
}

}  // namespace

Handlers assessment_handlers() {
  return {{"listAssessments", list_assessments}, {"getAssessment", get_assessment}};
}

}  // namespace huice::service
