#include "app/reviews.h"

#include "app/ledger_rows.h"
#include "notation/json.h"
#include "store/audit.h"

namespace huice::app {
namespace {

campaign::Review review_of(const store::Row& row) {
  return {.target = store::text_of(row[0]),
          .item = store::text_of(row[1]),
          .stage = campaign::parse_stage(store::text_of(row[2])).value_or(campaign::Stage::Self),
          .score = Decimal::parse(store::text_of(row[3])).value_or(Decimal()),
          .on = Date::parse(store::text_of(row[4])).value_or(Date()),
          .by = store::text_of(row[5]),
          .reason = store::text_of(row[6]),
          .where = {}};
}

Status insert_review(store::Database& database, const std::string& campaign, const NewReview& added,
                     const Actor& actor) {
  const campaign::Review& review = added.review;
  const std::string stage(to_text(review.stage));
  HUICE_TRY(
      [[maybe_unused]] const auto inserted,
      database.run("INSERT INTO campaign_review (campaign, step, target, item, stage, score, "
                   "day, actor, reason, recorded_at, recorded_by) "
                   "SELECT ?, count(*) + 1, ?, ?, ?, ?, ?, ?, ?, ?, ? "
                   "FROM campaign_review WHERE campaign = ?",
                   {campaign, review.target, review.item, stage, review.score.to_plain(),
                    review.on.to_iso(), review.by, review.reason, actor.at, actor.name, campaign}));
  const model::Value before =
      model::Value::Record{{"score", added.before ? model::Value(*added.before) : model::Value()}};
  return store::append(database, {.at = actor.at,
                                  .actor = actor.name,
                                  .origin = actor.origin,
                                  .action = "考核." + stage,
                                  .subject = campaign + "/" + review.target + "/" + review.item,
                                  .before = notation::write_json(before),
                                  .after = notation::write_json(campaign::review_value(review))});
}

}  // namespace

Result<std::vector<campaign::Review>> read_reviews(store::Database& database,
                                                   const std::string& campaign) {
  HUICE_TRY(const auto rows, database.ask("SELECT target, item, stage, score, day, actor, reason "
                                          "FROM campaign_review WHERE campaign = ? ORDER BY step",
                                          {campaign}));
  std::vector<campaign::Review> reviews;
  for (const store::Row& row : rows)
    reviews.push_back(review_of(row));
  return reviews;
}

Result<std::int64_t> scores_version(store::Database& database, const std::string& campaign) {
  HUICE_TRY(const auto rows,
            database.ask("SELECT revision + "
                         "(SELECT count(*) FROM problem_event WHERE campaign = kept.id) + "
                         "(SELECT count(*) FROM campaign_review WHERE campaign = kept.id) "
                         "FROM campaign AS kept WHERE id = ?",
                         {campaign}));
  if (rows.empty()) {
    return Error{.code = ErrorCode::NotFound,
                 .id = "campaign.not-found",
                 .message = "数据库里没有专项行动“" + campaign + "”",
                 .hint = "先运行 huice campaign import"};
  }
  return store::number_of(rows.front()[0]);
}

Status record_reviews(store::Database& database, const std::string& campaign,
                      const std::vector<NewReview>& reviews, const Actor& actor,
                      std::optional<std::int64_t> version) {
  return database.transact([&]() -> Status {
    HUICE_TRY([[maybe_unused]] const Unit locked,
              lock_rows(database, "SELECT id FROM campaign WHERE id = ?", {campaign}));
    HUICE_TRY(const auto now, scores_version(database, campaign));
    if (version && *version != now) {
      return Error{.code = ErrorCode::Conflict,
                   .id = "campaign.changed",
                   .message = "看过以后，考核依据或评分又变过",
                   .hint = "重新看过再评"};
    }
    for (const NewReview& each : reviews) {
      HUICE_TRY([[maybe_unused]] const Unit added, insert_review(database, campaign, each, actor));
    }
    return Unit{};
  });
}

}  // namespace huice::app
