#include "app/returned_scores.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "app/returned_cells.h"
#include "base/decimal.h"
#include "base/files.h"
#include "campaign/assessment.h"
#include "notation/yaml.h"
#include "notation/yaml_text.h"
#include "sheet/comparison.h"
#include "sheet/xlsx_reader.h"
#include "text/normalize.h"

namespace huice::app {
namespace {

using campaign::Assessment;
using campaign::GroupScore;
using campaign::ItemScore;
using campaign::TargetScore;
using sheet::Change;
using sheet::ChangeKind;

// As campaign::assessment_workbook heads its columns.
constexpr std::string_view kItemColumn = "考核项目";
constexpr std::string_view kScoreColumn = "得分";
constexpr std::string_view kReasonColumn = "计分说明";

Error refusal(std::string message, SourceSpan where, std::string hint) {
  return {.code = ErrorCode::InvalidInput,
          .id = "assessment.returned",
          .message = std::move(message),
          .where = std::move(where),
          .hint = std::move(hint)};
}

/// The target whose sheet a change lies on; nullptr for the index and the rankings.
const TargetScore* target_of(const Assessment& assessment, const Change& change) {
  return assessment.find(change.where.part.substr(0, change.where.part.rfind('!')));
}

const ItemScore* item_of(const TargetScore& target, const std::string& name) {
  const auto found = std::ranges::find(target.items, name, &ItemScore::name);
  return found == target.items.end() ? nullptr : &*found;
}

/// What a workbook says that came back, sorted into scores, their reasons and what is refused.
class Returned {
 public:
  Returned(const Assessment& assessment, const ReturnedScores& request)
      : assessment_(assessment), request_(request) {}

  void take(const Change& change) {
    if (change.kind == ChangeKind::Computed) return;
    const TargetScore* target = target_of(assessment_, change);
    const ItemScore* item = target == nullptr ? nullptr : item_of(*target, change.key);
    if (item != nullptr && change.column == kReasonColumn) {
      reasons_[{target, item}] = change.wrote;
    } else if (item != nullptr && change.column == kScoreColumn) {
      take_score(change, *target, *item);
    } else {
      refuse("只收“得分”和“计分说明”两列的改动，“" + change.key + change.column + "”也改了", change,
             "改回发出时的内容；要改的是台账或考核依据的，改那些文件");
    }
  }

  /// The items of `reviews:` that come of it.
  Result<std::vector<model::Value>> reviews() {
    std::vector<model::Value> reviews;
    for (const Score& score : scores_) {
      const auto reason = reasons_.find({score.target, score.item});
      const std::string& text = reason == reasons_.end() ? request_.reason : reason->second;
      if (text.empty() && request_.stage != to_text(campaign::Stage::Self)) {
        refuse("“" + score.item->name + "”改为" + score.change->wrote + "分，没有写理由",
               *score.change, "在交回的表的“计分说明”里写明，或加 --reason");
        continue;
      }
      model::Value::Record review{
          {"target", score.target->target}, {"item", score.item->id}, {"stage", request_.stage},
          {"score", score.points},          {"on", request_.on},      {"by", request_.by}};
      if (!text.empty()) review.emplace_back("reason", text);
      reviews.emplace_back(std::move(review));
    }
    if (!findings_.empty()) return as_error(std::move(findings_));
    return reviews;
  }

  TakenScores report() const {
    TakenScores report{.taken = {}, .agreed = agreed_};
    for (const Score& score : scores_) {
      report.taken.push_back(
          {score.target->target, score.item->name, score.change->sent, score.change->wrote});
    }
    return report;
  }

 private:
  struct Score {
    const TargetScore* target;
    const ItemScore* item;
    Decimal points;
    const Change* change;
  };

  void take_score(const Change& change, const TargetScore& target, const ItemScore& item) {
    if (change.kind == ChangeKind::Agreed) {
      ++agreed_;
    } else if (change.kind == ChangeKind::Conflict) {
      refuse("“" + item.name + "”发出时“" + change.sent + "”分，现在“" + change.have +
                 "”分，交回的写“" + change.wrote + "”分",
             change, "先商定这一项，再发出、交回一次，或直接写进 entries.yaml 的 reviews");
    } else if (const auto points = Decimal::parse(text::fold(change.wrote))) {
      scores_.push_back({&target, &item, *points, &change});
    } else {
      refuse("“" + item.name + "”的得分应是数字，实为“" + change.wrote + "”", change, "写成 8.5");
    }
  }

  void refuse(std::string message, const Change& change, std::string hint) {
    findings_.push_back(refusal(std::move(message), change.where, std::move(hint)));
  }

  const Assessment& assessment_;
  const ReturnedScores& request_;
  std::vector<Score> scores_;
  std::map<std::pair<const TargetScore*, const ItemScore*>, std::string> reasons_;
  std::size_t agreed_ = 0;
  Findings findings_;
};

/// entries.yaml with the reviews at the end of its list.
std::string with_reviews(notation::YamlText entries, const std::vector<model::Value>& reviews) {
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

Status check(const ReturnedScores& request) {
  using campaign::Stage;
  constexpr std::array kStages = {Stage::Self, Stage::Review, Stage::Final};
  if (std::ranges::any_of(kStages, [&](Stage stage) { return to_text(stage) == request.stage; }))
    return Unit{};
  return refusal("评分阶段应是自评、复核或终评，实为“" + request.stage + "”", {},
                 "写 --stage 复核");
}

}  // namespace

Result<TakenScores> take_scores(const ReturnedScores& request) {
  HUICE_TRY([[maybe_unused]] const Unit sound, check(request));
  HUICE_TRY(auto source, campaign::read_sources(request.campaign.string()));
  HUICE_TRY(const auto before, campaign::make_campaign(source));
  HUICE_TRY(const auto assessment, campaign::assess(before, request.on));
  HUICE_TRY(const auto sent, sheet::read_xlsx(request.sent));
  HUICE_TRY(const auto have, grids_of(campaign::assessment_workbook(assessment), request.on));
  HUICE_TRY(const auto wrote, sheet::read_xlsx(request.wrote));
  HUICE_TRY(const auto compared, sheet::compare(sent, have, wrote, std::string(kItemColumn)));
  Returned returned(assessment, request);
  for (const Change& change : compared.changes)
    returned.take(change);

  HUICE_TRY(const auto reviews, returned.reviews());
  TakenScores report = returned.report();
  if (report.taken.empty()) return report;
  const auto file = request.campaign / "entries.yaml";
  HUICE_TRY(std::string bytes, read_file(file));
  HUICE_TRY(auto entries, notation::YamlText::read(std::move(bytes), file.string()));
  const std::string text = with_reviews(std::move(entries), reviews);
  HUICE_TRY(source.entries, notation::read_yaml(text, file.string()));
  HUICE_TRY([[maybe_unused]] const auto after, campaign::make_campaign(source));
  HUICE_TRY([[maybe_unused]] const Unit written, write_file(file, text));
  return report;
}

}  // namespace huice::app
