// Assessments of the county's campaigns: scores with their evidence, rankings.
#include "app/online_draft.h"
#include "campaign/assessment.h"
#include "service/campaigns.h"
#include "service/handlers.h"
#include "service/workbook_answer.h"

namespace huice::service {
namespace {

Result<Answer> list_assessments(Desk& desk, const Call& call) {
  HUICE_TRY(const auto campaigns, campaigns_of(desk, call));
  model::Value::List items;
  for (const campaign::Campaign& each : campaigns) {
    items.emplace_back(
        model::Value::Record{{"name", each.id}, {"title", each.full_name()}, {"year", each.year}});
  }
  return json_answer(model::Value::Record{{"items", model::Value(std::move(items))}});
}

Result<Answer> get_assessment(Desk& desk, const Call& call) {
  HUICE_TRY(const auto found, campaign_of(desk, call, call.path.at("name")));
  HUICE_TRY(const auto scored, campaign::assess(found, call.day("on")));
  model::Value::List scores;
  for (const auto& group : scored.groups) {
    for (const auto& target : group.targets)
      scores.push_back(campaign::assessment_value(scored, group, target));
  }
  return json_answer(model::Value::Record{{"name", found.id},
                                          {"title", scored.title},
                                          {"ranking", campaign::ranking_value(scored)},
                                          {"scores", model::Value(std::move(scores))}});
}

Result<Answer> get_assessment_sheet(Desk& desk, const Call& call) {
  HUICE_TRY(const auto found, campaign_of(desk, call, call.path.at("name")));
  HUICE_TRY(const auto scored, campaign::assess(found, call.day("on")));
  return sheet_answer(campaign::assessment_workbook(scored), scored.on);
}

Result<Answer> get_ranking_pdf(Desk& desk, const Call& call) {
  HUICE_TRY(const auto found, campaign_of(desk, call, call.path.at("name")));
  HUICE_TRY(const auto scored, campaign::assess(found, call.day("on")));
  const auto materials = desk.site.materials.get();
  HUICE_TRY(auto typeset, app::typeset_online(call.world, materials->fonts,
                                              {.template_name = "assessment-ranking",
                                               .values = campaign::ranking_value(scored)}));
  return bytes_answer(kPdfType, std::move(typeset.pdf));
}

}  // namespace

Handlers assessment_handlers() {
  return {{"listAssessments", list_assessments},
          {"getAssessment", get_assessment},
          {"getAssessmentSheet", get_assessment_sheet},
          {"getRankingPdf", get_ranking_pdf}};
}

}  // namespace huice::service
