#include "campaign/assessment.h"

#include <algorithm>
#include <utility>

#include "campaign/measuring.h"
#include "campaign/scoring.h"

namespace huice::campaign {
namespace {

/// A score that is not known counts nothing yet.
Decimal score_of(const TargetScore& target, std::string_view item) {
  const auto found = std::ranges::find(target.items, item, &ItemScore::id);
  return found == target.items.end() ? Decimal(0) : found->score.value_or(Decimal(0));
}

/// Below 0 when `a` comes before `b`.
int compare(const TargetScore& a, const TargetScore& b, const std::vector<std::string>& ties) {
  if (a.total != b.total) return a.total > b.total ? -1 : 1;
  for (const std::string& id : ties) {
    const Decimal left = score_of(a, id);
    const Decimal right = score_of(b, id);
    if (left != right) return left > right ? -1 : 1;
  }
  return 0;
}

void rank(GroupScore& group) {
  const auto before = [&](const TargetScore& a, const TargetScore& b) {
    return compare(a, b, group.ties) < 0;
  };
  std::ranges::stable_sort(group.targets, before);
  for (std::size_t i = 0; i < group.targets.size(); ++i) {
    const bool shared = i > 0 && compare(group.targets[i - 1], group.targets[i], group.ties) == 0;
    group.targets[i].rank = shared ? group.targets[i - 1].rank : static_cast<int>(i) + 1;
  }
}

std::string tie_rule(const Group& group) {
  std::string names;
  for (const std::string& id : group.ties) {
    const auto item = std::ranges::find(group.items, id, &Item::id);
    if (item != group.items.end()) names.append(names.empty() ? "" : "、").append(item->name);
  }
  if (names.empty()) return "总分相同的并列。";
  return "总分相同的，依次比较" + names + "得分，高者在前；仍相同的并列。";
}

/// The score that counts and, in words, how it came from the one by rule.
void review(ItemScore& score, const Campaign& campaign, const std::string& target, Date on) {
  for (const Review& each : campaign.reviews) {
    if (each.target == target && each.item == score.id && each.on <= on) {
      score.reviews.push_back(each);
    }
  }
  std::ranges::stable_sort(score.reviews, {}, &Review::on);
  score.ruled = score.score;
  const Review* counts = nullptr;
  for (const Review& each : score.reviews) {
    const bool same = score.score == each.score;
    const bool stands = each.stage != Stage::Self && same;
    score.reason += "；" + std::string(to_text(each.stage)) + (stands ? "维持" : "") +
                    each.score.to_plain() + "分（" + each.by + "，" + each.on.to_iso() +
                    (each.reason.empty() ? "" : "：" + each.reason) + "）";
    if (each.stage == Stage::Self || (counts != nullptr && each.stage < counts->stage)) continue;
    counts = &each;
    score.score = each.score;
  }
}

/// Total 0 where a veto's condition is true. One that cannot be told yet leaves the target
/// incomplete.
Status apply_vetoes(const Group& group, const MeasuredTarget& measured, Date on,
                    TargetScore& target) {
  for (const Veto& veto : group.vetoes) {
    feel::Warnings warnings;
    const feel::Value value = evaluate_formula(veto.condition, measured.measures, on, warnings);
    if (value.is_null()) {
      target.complete = false;
      continue;
    }
    if (value.truth() == nullptr) {
      return Error{.code = ErrorCode::InvalidInput,
                   .id = "scheme.rule",
                   .message = "一票否决的 if 应得是否，实得" +
                              std::string(feel::kind_in_chinese(value.kind())) + "：" +
                              veto.condition.text(),
                   .where = veto.condition.where()};
    }
    if (!value.is_true()) continue;
    std::string text = veto.name;
    for (const std::string& name : veto.condition.names()) {
      const auto found = std::ranges::find(measured.measures, name, &Measured::name);
      if (found != measured.measures.end()) text += "，" + name + value_text(*found);
    }
    target.vetoes.push_back(std::move(text));
    target.total = 0;
  }
  return Unit{};
}

Result<GroupScore> score_group(const AsOf& now, const Group& group) {
  std::vector<MeasuredTarget> measured;
  for (const Office& office : now.campaign.offices) {
    if (office.kind != group.targets) continue;
    HUICE_TRY(auto measures, measure_target(now, group, office));
    measured.push_back({.office = &office, .measures = std::move(measures)});
  }
  GroupScore result{.id = group.id,
                    .name = group.name,
                    .tie_rule = tie_rule(group),
                    .items = group.items,
                    .ties = group.ties};
  for (const MeasuredTarget& target : measured) {
    result.targets.push_back({.target = target.office->name});
  }
  for (const Item& item : group.items) {
    HUICE_TRY(auto scores, score_item(item, group, measured, now.on));
    for (std::size_t i = 0; i < scores.size(); ++i) {
      TargetScore& target = result.targets[i];
      review(scores[i], now.campaign, target.target, now.on);
      target.complete = target.complete && scores[i].score.has_value();
      const Decimal score = scores[i].score.value_or(Decimal(0));
      target.total = add(target.total, score).value_or(target.total).normalized();
      target.items.push_back(std::move(scores[i]));
    }
  }
  for (std::size_t i = 0; i < measured.size(); ++i) {
    HUICE_TRY([[maybe_unused]] const Unit vetoed,
              apply_vetoes(group, measured[i], now.on, result.targets[i]));
  }
  rank(result);
  return result;
}

}  // namespace

const TargetScore* Assessment::find(std::string_view target) const {
  for (const GroupScore& group : groups) {
    const auto found = std::ranges::find(group.targets, target, &TargetScore::target);
    if (found != group.targets.end()) return &*found;
  }
  return nullptr;
}

Result<Assessment> assess(const Campaign& campaign, Date on) {
  if (on < campaign.begins) {
    return Error{
        .code = ErrorCode::InvalidInput,
        .id = "campaign.date",
        .message = "考核日 " + on.to_iso() + " 早于专项行动开始的 " + campaign.begins.to_iso(),
        .hint = "用 --on 指定开始以后的日期"};
  }
  const AsOf now = as_of(campaign, on);
  Assessment result{.title = campaign.full_name() + "考核",
                    .county = campaign.county,
                    .office = campaign.office,
                    .year = campaign.year,
                    .on = on,
                    .notes = campaign.scheme.notes};
  for (const Group& group : campaign.scheme.groups) {
    HUICE_TRY(auto scored, score_group(now, group));
    result.groups.push_back(std::move(scored));
  }
  return result;
}

}  // namespace huice::campaign
