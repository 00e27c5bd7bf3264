// Assessments of the county's campaigns: scores with their evidence, rankings.
#include <algorithm>

#include "app/online_draft.h"
#include "app/reviews.h"
#include "campaign/assessment.h"
#include "service/campaigns.h"
#include "service/handlers.h"
#include "service/problems.h"
#include "service/scorers.h"
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

Result<Answer> assessment_answer(Desk& desk, const Call& call, Date on, int status = 200) {
  // Before the scores: what somebody writes meanwhile makes it stale, and is not overwritten
  // unseen.
  const auto version = app::scores_version(desk.database, call.path.at("name"));
  HUICE_TRY(const auto found, campaign_of(desk, call, call.path.at("name")));
  if (!version) return version.error();
  HUICE_TRY(const auto scored, campaign::assess(found, on));
  model::Value::List scores;
  for (const auto& group : scored.groups) {
    for (const auto& target : group.targets)
      scores.push_back(campaign::assessment_value(scored, group, target));
  }
  return versioned_answer(model::Value::Record{{"name", found.id},
                                               {"title", scored.title},
                                               {"ranking", campaign::ranking_value(scored)},
                                               {"scores", model::Value(std::move(scores))}},
                          version.value(), status);
}

Result<Answer> get_assessment(Desk& desk, const Call& call) {
  return assessment_answer(desk, call, call.day("on"));
}

Error no_score(const std::string& what, const char* field) {
  return {.code = ErrorCode::InvalidInput,
          .id = "assessment.item",
          .message = what,
          .where = {.part = field},
          .hint = "照考核页上的名称写"};
}

/// The score of an item as it counts by now. Errors: InvalidInput `assessment.item`.
Result<campaign::ItemScore> item_of(const campaign::Assessment& scored, const Call& call) {
  const auto* target = scored.find(call.field("target"));
  if (target == nullptr) return no_score("考核对象里没有“" + call.field("target") + "”", "target");
  const auto item =
      std::ranges::find(target->items, call.field("item"), &campaign::ItemScore::name);
  if (item != target->items.end()) return *item;
  return no_score("“" + target->target + "”没有“" + call.field("item") + "”这一项", "item");
}

Result<Answer> add_review(Desk& desk, const Call& call) {
  HUICE_TRY(const auto version, version_wanted(call));
  HUICE_TRY(const auto found, campaign_of(desk, call, call.path.at("name")));
  HUICE_TRY(const auto scored, campaign::assess(found, call.world.today));
  HUICE_TRY(const auto item, item_of(scored, call));
  HUICE_TRY([[maybe_unused]] const Unit may,
            check_scorer(call, call.field("stage"), call.field("target")));
  model::Value::Record review{{"target", call.field("target")}, {"item", item.id},
                              {"stage", call.field("stage")},   {"score", *call.body.find("score")},
                              {"on", call.world.today},         {"by", recorder_of(call)}};
  if (const std::string reason = call.field("reason"); !reason.empty())
    review.emplace_back("reason", reason);
  HUICE_TRY(auto made, campaign::make_review(model::Value(std::move(review)), found));
  const std::vector<app::NewReview> reviews = {{.review = std::move(made), .before = item.score}};
  HUICE_TRY([[maybe_unused]] const Unit done,
            app::record_reviews(desk.database, found.id, reviews, actor_of(call), version));
  return assessment_answer(desk, call, call.world.today, 201);
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

Status check_scorer(const Call& call, const std::string& stage, const std::string& target) {
  const bool is_self = stage == to_text(campaign::Stage::Self);
  const bool is_own = call.who.account.unit == target;
  if (is_self && is_own) return Unit{};
  if (is_own) {
    return Error{.code = ErrorCode::InvalidInput,
                 .id = "session.forbidden",
                 .message = target + "的分不由本单位" + stage,
                 .hint = "请考核组别的单位的同事评"};
  }
  if (call.who.has("考核") || call.who.has("管理")) return Unit{};
  return Error{.code = ErrorCode::InvalidInput,
               .id = "session.forbidden",
               .message = is_self ? target + "的自评由该单位的账号或考核组记"
                                  : "“" + stage + "”要有“考核”的角色",
               .hint = "请考核组的同事评"};
}

Handlers assessment_handlers() {
  return {{"listAssessments", list_assessments},
          {"getAssessment", get_assessment},
          {"addReview", add_review},
          {"getAssessmentSheet", get_assessment_sheet},
          {"getRankingPdf", get_ranking_pdf}};
}

}  // namespace huice::service
