#include "campaign/scoring.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "campaign/measuring.h"

namespace huice::campaign {
namespace {

/// `10 * 未销号解决程度` as a sheet prints it: `10×未销号解决程度`.
std::string in_signs(std::string formula) {
  for (const auto& [sign, printed] : {std::pair{" * ", "×"}, std::pair{" / ", "÷"}}) {
    for (auto at = formula.find(sign); at != std::string::npos; at = formula.find(sign)) {
      formula.replace(at, 3, printed);
    }
  }
  return formula;
}

/// What one rule gives one target.
struct Points {
  std::optional<Decimal> points;
  std::string reason;
};

struct Evaluated {
  feel::Value value;
  std::string why_null;
};

const Measured* find_measure(const MeasuredTarget& target, std::string_view name) {
  const auto found = std::ranges::find(target.measures, name, &Measured::name);
  return found == target.measures.end() ? nullptr : &*found;
}

/// `牵头企业数8家，达标企业数7家`: what the formula was fed with.
std::string inputs_text(const Rule& rule, const MeasuredTarget& target) {
  std::string text;
  for (const std::string& name : rule.formula.names()) {
    const Measured* measured = find_measure(target, name);
    if (measured == nullptr) continue;
    text.append(text.empty() ? "" : "，").append(name).append(value_text(*measured));
  }
  return text;
}

/// `（尚缺：甲公司、乙公司）`: whom the counts of the formula leave out; empty when nobody.
std::string lacking_text(const Rule& rule, const MeasuredTarget& target) {
  std::string names;
  for (const std::string& name : rule.formula.names()) {
    const Measured* measured = find_measure(target, name);
    if (measured == nullptr) continue;
    for (const std::string& enterprise : measured->lacking) {
      names.append(names.empty() ? "（尚缺：" : "、").append(enterprise);
    }
  }
  return names.empty() ? names : names + "）";
}

Evaluated evaluate_rule(const Rule& rule, const MeasuredTarget& target, Date on) {
  Evaluated result;
  feel::Warnings warnings;
  result.value = evaluate_formula(rule.formula, target.measures, on, warnings);
  if (!result.value.is_null()) return result;
  for (const std::string& name : rule.formula.names()) {
    const Measured* measured = find_measure(target, name);
    if (measured == nullptr || measured->value) continue;
    result.why_null.append(result.why_null.empty() ? "" : "；").append(measured->missing);
  }
  if (result.why_null.empty() && !warnings.empty()) result.why_null = warnings.front().message;
  return result;
}

Error wrong_result(const Rule& rule, std::string_view wanted, const feel::Value& value) {
  return {.code = ErrorCode::InvalidInput,
          .id = "scheme.rule",
          .message = "规则应得" + std::string(wanted) + "，实得" +
                     std::string(feel::kind_in_chinese(value.kind())) + "：" + rule.formula.text(),
          .where = rule.formula.where(),
          .hint = "达标计分的 if 写条件，其余写数值"};
}

Points unknown(const std::string& why) {
  return {.reason = "待补：" + why};
}

/// Points never fall below 0 nor above the rule's cap; `working` is the sum so far in words.
Points bounded(const Rule& rule, const std::optional<Decimal>& points, std::string working) {
  if (!points) return unknown("数值超出可计算的范围");
  if (points->is_negative()) return {.points = Decimal(0), .reason = working + "，不计负分，计0分"};
  if (rule.cap && *points > *rule.cap) {
    const std::string cap = rule.cap->to_plain();
    return {.points = *rule.cap, .reason = working + "，按上限计" + cap + "分"};
  }
  return {.points = *points, .reason = working + "，计" + short_number(*points) + "分"};
}

/// Points off, at most the rule's cap.
Points deducted(const Rule& rule, const std::optional<Decimal>& points, std::string working) {
  if (!points) return unknown("数值超出可计算的范围");
  if (points->is_negative()) return {.points = Decimal(0), .reason = working + "，不扣分"};
  if (rule.cap && *points > *rule.cap) {
    return {.points = -*rule.cap, .reason = working + "，按上限扣" + rule.cap->to_plain() + "分"};
  }
  return {.points = -*points, .reason = std::move(working)};
}

Result<Points> full_points(const Rule& rule, const MeasuredTarget& target, Date on) {
  const Evaluated evaluated = evaluate_rule(rule, target, on);
  if (evaluated.value.is_null()) return unknown(evaluated.why_null);
  if (evaluated.value.truth() == nullptr) return wrong_result(rule, "是否", evaluated.value);
  const std::string inputs = inputs_text(rule, target);
  if (evaluated.value.is_true()) {
    return Points{rule.points, inputs + "，达到要求，计" + rule.points.to_plain() + "分"};
  }
  return Points{Decimal(0), inputs + "，未达到要求，不计分" + lacking_text(rule, target)};
}

Result<Points> counted_points(const Rule& rule, const MeasuredTarget& target, Date on) {
  const Evaluated evaluated = evaluate_rule(rule, target, on);
  if (evaluated.value.is_null()) return unknown(evaluated.why_null);
  const Decimal* number = evaluated.value.number();
  if (number == nullptr) return wrong_result(rule, "数字", evaluated.value);
  const std::string inputs = inputs_text(rule, target);
  if (rule.kind == Rule::Kind::Points) {
    return bounded(rule, *number,
                   inputs + "，" + in_signs(rule.formula.text()) + "=" + short_number(*number));
  }
  const auto product = multiply(*number, rule.points);
  const bool off = rule.kind == Rule::Kind::Deduct;
  std::string working =
      inputs + (off ? "，扣" : "，") + short_number(*number) + "×" + rule.points.to_plain() + "分";
  if (product) working += "=" + short_number(*product) + "分";
  if (off) return deducted(rule, product, std::move(working));
  return bounded(rule, product, std::move(working));
}

/// What a ranking goes by.
struct Standings {
  std::vector<Decimal> known;  ///< from the best on
  std::size_t unreported = 0;  ///< targets whose value is not known
};

Standings standings_of(const std::vector<std::optional<Decimal>>& values, Rule::Order order) {
  Standings standings;
  for (const auto& value : values) {
    if (value) standings.known.push_back(*value);
  }
  standings.unreported = values.size() - standings.known.size();
  std::ranges::sort(standings.known);
  if (order == Rule::Order::HighFirst) std::ranges::reverse(standings.known);
  return standings;
}

Points ranked_points(const Rule& rule, const Group& group, const MeasuredTarget& target,
                     const Decimal& value, const Standings& standings) {
  const auto& known = standings.known;
  const auto [first, last] =
      rule.order == Rule::Order::LowFirst
          ? std::equal_range(known.begin(), known.end(), value)
          : std::equal_range(known.begin(), known.end(), value, std::greater());
  const auto behind = static_cast<std::int64_t>(first - known.begin());
  const auto loss = multiply(Decimal(behind), rule.step);
  const auto points = loss ? subtract(rule.points, *loss) : std::nullopt;
  std::string working = inputs_text(rule, target) + "，在" + std::to_string(known.size()) + "个" +
                        group.name + "中" + (last - first > 1 ? "并列" : "排") + "第" +
                        std::to_string(behind + 1) + "名";
  if (standings.unreported > 0) {
    working += "（另有" + std::to_string(standings.unreported) + "个未报数据，名次暂定）";
  }
  if (behind > 0) {
    working +=
        "，" + rule.points.to_plain() + "−" + std::to_string(behind) + "×" + rule.step.to_plain();
  }
  return bounded(rule, points, std::move(working));
}

Result<std::vector<Points>> ranking_points(const Rule& rule, const Group& group,
                                           const std::vector<MeasuredTarget>& targets, Date on) {
  std::vector<std::optional<Decimal>> values;
  std::vector<std::string> why;
  for (const MeasuredTarget& target : targets) {
    const Evaluated evaluated = evaluate_rule(rule, target, on);
    const Decimal* number = evaluated.value.number();
    if (number == nullptr && !evaluated.value.is_null()) {
      return wrong_result(rule, "数字", evaluated.value);
    }
    values.push_back(number != nullptr ? std::optional(*number) : std::nullopt);
    why.push_back(evaluated.why_null);
  }
  const Standings standings = standings_of(values, rule.order);
  std::vector<Points> points;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    points.push_back(values[i] ? ranked_points(rule, group, targets[i], *values[i], standings)
                               : unknown(why[i]));
  }
  return points;
}

Result<std::vector<Points>> rule_points(const Rule& rule, const Group& group,
                                        const std::vector<MeasuredTarget>& targets, Date on) {
  if (rule.kind == Rule::Kind::Ranking) return ranking_points(rule, group, targets, on);
  std::vector<Points> all;
  for (const MeasuredTarget& target : targets) {
    auto points = rule.kind == Rule::Kind::FullIf ? full_points(rule, target, on)
                                                  : counted_points(rule, target, on);
    if (!points.has_value()) return std::move(points).error();
    all.push_back(std::move(points).value());
  }
  return all;
}

/// The measures that the item's rules name, and those their formulas are made of.
std::vector<Measured> used_measures(const Item& item, const Group& group,
                                    const MeasuredTarget& target) {
  std::vector<std::string> wanted;
  for (const Rule& rule : item.rules) {
    wanted.insert(wanted.end(), rule.formula.names().begin(), rule.formula.names().end());
  }
  for (auto measure = group.measures.rbegin(); measure != group.measures.rend(); ++measure) {
    if (!measure->formula || std::ranges::find(wanted, measure->name) == wanted.end()) continue;
    const auto& names = measure->formula->names();
    wanted.insert(wanted.end(), names.begin(), names.end());
  }
  std::vector<Measured> used;
  for (const Measured& measured : target.measures) {
    if (std::ranges::find(wanted, measured.name) != wanted.end()) used.push_back(measured);
  }
  return used;
}

/// Adds one rule's points to the score; one unknown rule leaves the whole item unknown.
void add_points(ItemScore& score, const Points& points) {
  score.reason.append(score.reason.empty() ? "" : "；").append(points.reason);
  if (!points.points) score.score.reset();
  if (score.score) score.score = add(*score.score, *points.points);
}

}  // namespace

Result<std::vector<ItemScore>> score_item(const Item& item, const Group& group,
                                          const std::vector<MeasuredTarget>& targets, Date on) {
  std::vector<ItemScore> scores;
  for (const MeasuredTarget& target : targets) {
    scores.push_back({.id = item.id,
                      .name = item.name,
                      .weight = item.weight,
                      .score = Decimal(0),
                      .measures = used_measures(item, group, target)});
  }
  for (const Rule& rule : item.rules) {
    HUICE_TRY(const auto points, rule_points(rule, group, targets, on));
    for (std::size_t i = 0; i < targets.size(); ++i)
      add_points(scores[i], points[i]);
  }
  for (ItemScore& score : scores) {
    if (score.score && score.score->is_negative()) {
      score.reason += "；扣完为止，计0分";
      score.score = 0;
    }
    if (score.score) score.score = score.score->normalized();  // 16, not the 16.0 of 10 × 0.6
    if (!score.score || *score.score <= item.weight) continue;
    score.reason +=
        "；合计" + short_number(*score.score) + "分，按本项权重计" + item.weight.to_plain() + "分";
    score.score = item.weight;
  }
  return scores;
}

}  // namespace huice::campaign
