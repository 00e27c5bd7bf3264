// Advice as worksheets.
#include "policy/advice.h"
#include "policy/sheet_parts.h"
#include "policy/wording.h"

namespace huice::policy {
namespace {

using model::Align;

void append_portfolio(model::Table& table, const Advice& advice) {
  for (const PortfolioItem& item : advice.portfolio->items) {
    if (item.rivals.empty()) continue;
    table.rows.push_back({text_cell(advice.name), text_cell(item.title),
                          money_cell(item.amount.low), money_cell(item.amount.high),
                          text_cell(item.chosen ? "选" : "舍", Align::Centre),
                          money_cell(item.price), text_cell(joined(item.rivals, "；"))});
  }
}

std::string steps_text(const NearestMiss& miss) {
  std::vector<std::string> parts;
  for (const Step& step : miss.steps) {
    const bool day = step.fact == kToday;
    std::string text = std::string(label(step.kind)) + "：";
    text += day ? step.to + "起" : step.fact + "从" + step.from + "到" + step.to;
    parts.push_back(std::move(text));
  }
  return joined(parts, "；");
}

std::string blockers_text(const NearestMiss& miss) {
  std::vector<std::string> parts;
  for (const Blocker& blocker : miss.blockers)
    parts.push_back(blocker.condition + (blocker.actual.empty() ? "" : "：" + blocker.actual));
  return joined(parts, "；");
}

void append_nearest(model::Table& table, const Advice& advice) {
  for (const NearestMiss& miss : *advice.nearest) {
    model::Cell day;
    if (miss.day) day.content = *miss.day;
    table.rows.push_back({text_cell(advice.name), text_cell(miss.title),
                          text_cell(miss.reachable ? "可以" : "改不了", Align::Centre),
                          text_cell(miss.reachable ? steps_text(miss) : blockers_text(miss)),
                          std::move(day), money_cell(miss.has_gain ? miss.gain.low : std::nullopt),
                          money_cell(miss.has_gain ? miss.gain.high : std::nullopt)});
  }
}

void append_questions(model::Table& table, const Advice& advice) {
  for (const Question& question : *advice.questions) {
    std::vector<std::string> titles;
    for (const Waiting& waiting : question.waiting)
      titles.push_back(waiting.title);
    table.rows.push_back({text_cell(advice.name), text_cell(question.fact),
                          text_cell(question.origin), money_cell(question.stake),
                          count_cell(question.waiting.size()), text_cell(joined(titles, "；"))});
  }
}

}  // namespace

std::vector<model::Sheet> advice_sheets(std::span<const Advice> advice,
                                        const MatchOptions& options) {
  model::Sheet portfolio = sheet("组合建议", "不能同享的政策怎样选", options,
                                 {{"企业名称", 24},
                                  {"政策", 30},
                                  {"金额下限", 14},
                                  {"金额上限", 14},
                                  {"建议", 6},
                                  {"另选则合计减少", 14},
                                  {"不能同享", 50}});
  model::Sheet nearest = sheet("差在哪里", "不可享政策的差距和最省的办法", options,
                               {{"企业名称", 24},
                                {"政策", 30},
                                {"能否做到", 8},
                                {"办法或症结", 60},
                                {"最早日期", 12},
                                {"之后可得下限", 14},
                                {"之后可得上限", 14}});
  model::Sheet questions = sheet("先问什么", "待补事实按牵动金额排序", options,
                                 {{"企业名称", 24},
                                  {"事实", 20},
                                  {"通常来源", 30},
                                  {"牵动金额", 14},
                                  {"政策项数", 8},
                                  {"政策", 60}});
  std::vector<model::Sheet> sheets;
  for (const Advice& each : advice) {
    if (each.portfolio) append_portfolio(portfolio.table, each);
    if (each.nearest) append_nearest(nearest.table, each);
    if (each.questions) append_questions(questions.table, each);
  }
  for (model::Sheet* each : {&portfolio, &nearest, &questions}) {
    if (each->table.rows.size() > 1) sheets.push_back(std::move(*each));
  }
  return sheets;
}

}  // namespace huice::policy
