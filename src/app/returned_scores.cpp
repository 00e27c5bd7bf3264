#include "app/returned_scores.h"

#include <algorithm>
#include <filesystem>
#include <utility>
#include <vector>

#include "app/reviews.h"
#include "base/decimal.h"
#include "base/files.h"
#include "campaign/assessment.h"
#include "notation/yaml.h"
#include "notation/yaml_text.h"
#include "store/migrations.h"
#include "text/normalize.h"

namespace huice::app {
namespace {

using campaign::Assessment;
using campaign::Campaign;
using campaign::ItemScore;
using campaign::TargetScore;
using sheet::ChangeKind;

// As campaign::assessment_workbook heads its columns.
constexpr const char* kItemColumn = "考核项目";
constexpr std::string_view kScoreColumn = "得分";
constexpr std::string_view kReasonColumn = "计分说明";

/// Digits as input methods write them are digits.
std::string meaning(const std::string& column, const std::string& text) {
  return column == kScoreColumn ? text::fold(text) : text;
}

/// Score sheets as they were compared, and the reviews that come of them.
struct ScoreComparison {
  Intake intake;
  std::vector<NewReview> reviews;
};

class ScoreReading {
 public:
  ScoreReading(const Campaign& campaign, const Assessment& assessment,
               const ReturnedScores& returned)
      : campaign_(campaign), assessment_(assessment), returned_(returned) {}

  Result<ScoreComparison> run() && {
    HUICE_TRY(const auto have, grids_of(campaign::assessment_workbook(assessment_), returned_.on));
    HUICE_TRY(cells_, changed_cells(returned_.book, have, kItemColumn, meaning));
    for (ReturnedCell& cell : cells_)
      sort_out(cell);
    for (ReturnedCell& cell : cells_)
      if (cell.fate == Fate::Taken && is_score(cell)) take(cell);
    for (ReturnedCell& cell : cells_)
      if (cell.fate == Fate::Taken && is_reason(cell) && !has_score(cell)) keep(cell);
    comparison_.intake.cells = std::move(cells_);
    return std::move(comparison_);
  }

 private:
  static bool is_reason(const ReturnedCell& cell) { return cell.change.column == kReasonColumn; }

  static bool is_beside(const ReturnedCell& a, const ReturnedCell& b) {
    return a.change.key == b.change.key && target_of(a) == target_of(b);
  }

  const ItemScore* item_of(const ReturnedCell& cell) const {
    const TargetScore* target = assessment_.find(target_of(cell));
    if (target == nullptr) return nullptr;
    const auto found = std::ranges::find(target->items, cell.change.key, &ItemScore::name);
    return found == target->items.end() ? nullptr : &*found;
  }

  /// Reasons change with whatever is recorded here, and are no conflict.
  void sort_out(ReturnedCell& cell) const {
    const bool is_conflict = cell.change.kind == ChangeKind::Conflict && cell.fate == Fate::Refused;
    if (cell.fate == Fate::Agreed || cell.fate == Fate::Kept || cell.change.column.empty()) return;
    if (item_of(cell) == nullptr || !(is_score(cell) || is_reason(cell))) {
      refuse(cell, "只收“得分”和“计分说明”两列的改动",
             "改回发出时的内容；要改的是台账或考核依据的，改那些");
    } else if (is_conflict && is_reason(cell)) {
      cell.fate = Fate::Taken;
      cell.reason.clear();
      cell.hint.clear();
    } else if (is_conflict) {
      refuse(cell,
             "发出时“" + cell.change.sent + "”分，现在“" + cell.change.have + "”分，交回的写“" +
                 cell.change.wrote + "”分",
             "商定以哪边为准，逐格选定");
    }
  }

  std::string reason_of(const ReturnedCell& score) const {
    const auto found = std::ranges::find_if(cells_, [&](const ReturnedCell& cell) {
      return is_reason(cell) && cell.fate == Fate::Taken && is_beside(cell, score);
    });
    return found == cells_.end() ? returned_.reason : found->change.wrote;
  }

  bool has_score(const ReturnedCell& reason) const {
    return std::ranges::any_of(cells_, [&](const ReturnedCell& cell) {
      return is_score(cell) && cell.fate != Fate::Agreed && is_beside(cell, reason);
    });
  }

  static void keep(ReturnedCell& cell) {
    cell.fate = Fate::Kept;
    cell.reason = "这一项没有改得分";
  }

  void take(ReturnedCell& cell) {
    const std::string target = target_of(cell);
    const auto points = Decimal::parse(text::fold(cell.change.wrote));
    if (!points) return refuse(cell, "得分应是数字", "写成 8.5");
    const std::string reason = reason_of(cell);
    if (reason.empty() && returned_.stage != to_text(campaign::Stage::Self))
      return refuse(cell, "没有写理由", "在交回的表的“计分说明”里写明，或另写一个理由");
    if (const Status may = returned_.may ? returned_.may(target) : Unit{}; !may)
      return refuse(cell, may.error().message, may.error().hint);
    const ItemScore& item = *item_of(cell);
    model::Value::Record review{{"target", target},         {"item", item.id},
                                {"stage", returned_.stage}, {"score", *points},
                                {"on", returned_.on},       {"by", returned_.by}};
    if (!reason.empty()) review.emplace_back("reason", reason);
    auto made = campaign::make_review(model::Value(std::move(review)), campaign_);
    if (!made) return refuse(cell, made.error().message, made.error().hint);
    cell.becomes = returned_.stage + points->to_plain() + "分" +
                   (reason.empty() ? std::string() : "：" + reason);
    comparison_.reviews.push_back({.review = std::move(made).value(), .before = item.score});
  }

  const Campaign& campaign_;
  const Assessment& assessment_;
  const ReturnedScores& returned_;
  std::vector<ReturnedCell> cells_;
  ScoreComparison comparison_;
};

Result<ScoreComparison> compare_scores(const Campaign& campaign, const ReturnedScores& returned) {
  if (!campaign::parse_stage(returned.stage)) {
    return Error{.code = ErrorCode::InvalidInput,
                 .id = "assessment.stage",
                 .message = "评分阶段应是自评、复核或终评，实为“" + returned.stage + "”",
                 .hint = "写 --stage 复核"};
  }
  HUICE_TRY(const auto assessment, campaign::assess(campaign, returned.on));
  return ScoreReading(campaign, assessment, returned).run();
}

/// entries.yaml with the reviews at the end of its list.
std::string with_reviews(notation::YamlText entries, const std::vector<NewReview>& added) {
  model::Value::List reviews;
  for (const NewReview& each : added)
    reviews.push_back(campaign::review_value(each.review));
  const model::Value* list = entries.root().find("reviews");
  if (list == nullptr) {
    entries.add(entries.root(), "reviews", reviews);
  } else if (list->list() == nullptr) {
    entries.replace(*list, reviews);
  } else {
    for (const model::Value& review : reviews)
      entries.append(*list, review);
  }
  return entries.edited();
}

}  // namespace

bool is_score(const ReturnedCell& cell) {
  return cell.change.column == kScoreColumn;
}

std::string target_of(const ReturnedCell& cell) {
  return cell.change.where.part.substr(0, cell.change.where.part.rfind('!'));
}

Result<Intake> take_scores(store::Database& database, const std::string& campaign,
                           const ReturnedScores& returned, const Actor& actor,
                           std::optional<std::int64_t> version) {
  HUICE_TRY(const auto current, scores_version(database, campaign));
  HUICE_TRY(const Campaign made, stored_campaign(database, campaign));
  HUICE_TRY(auto compared, compare_scores(made, returned));
  Intake& intake = compared.intake;
  intake.version = current;
  if (!returned.accept || !intake.is_sound() || compared.reviews.empty()) return std::move(intake);
  HUICE_TRY([[maybe_unused]] const Unit done,
            record_reviews(database, campaign, compared.reviews, actor, version.value_or(current)));
  intake.accepted = true;
  return std::move(intake);
}

Result<Intake> take_scores(const World& world, const CampaignPlace& place,
                           const ReturnedScores& returned) {
  if (place.database) {
    HUICE_TRY(auto database, store::Database::open(*place.database));
    HUICE_TRY([[maybe_unused]] const Unit current, store::check_schema(database));
    return take_scores(database, place.name, returned, actor_of(world));
  }
  HUICE_TRY(auto source, campaign::read_sources(place.name));
  HUICE_TRY(const Campaign before, campaign::make_campaign(source));
  HUICE_TRY(auto compared, compare_scores(before, returned));
  Intake& intake = compared.intake;
  if (!returned.accept || !intake.is_sound() || compared.reviews.empty()) return std::move(intake);
  const auto file = std::filesystem::path(place.name) / "entries.yaml";
  HUICE_TRY(std::string bytes, read_file(file));
  HUICE_TRY(auto entries, notation::YamlText::read(std::move(bytes), file.string()));
  const std::string text = with_reviews(std::move(entries), compared.reviews);
  HUICE_TRY(source.entries, notation::read_yaml(text, file.string()));
  HUICE_TRY([[maybe_unused]] const Campaign after, campaign::make_campaign(source));
  HUICE_TRY([[maybe_unused]] const Unit written, write_file(file, text));
  intake.accepted = true;
  return std::move(intake);
}

}  // namespace huice::app
