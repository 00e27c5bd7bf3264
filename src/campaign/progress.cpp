#include "campaign/progress.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace huice::campaign {
namespace {

using model::Value;

constexpr std::string_view kQuarters[] = {"一", "二", "三", "四"};
constexpr int kMonthsOfQuarter = 3;

Error unknown_period(std::string_view text) {
  return {.code = ErrorCode::InvalidInput,
          .id = "campaign.period",
          .message = "期间应写成 2026-05、2026Q2 或 2026，实为“" + std::string(text) + "”"};
}

/// The whole of `text` as a number; 0 when it is none.
int number_of(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? number : 0;
}

bool is_within(const std::optional<Date>& day, const Period& period) {
  return day && *day >= period.from && *day <= period.to;
}

bool went_up(const Problem& problem, const Period& period) {
  return std::ranges::any_of(problem.events, [&](const Event& event) {
    return event.kind == EventKind::Escalate && is_within(event.on, period);
  });
}

Value day_value(const std::optional<Date>& day) {
  return day ? Value(*day) : Value();
}

Value lines(const Campaign& campaign, Date on, Count count) {
  Value::List list;
  for (const Problem* problem : problems_behind(campaign, on, {.count = count}))
    list.push_back(problem_line(campaign, *problem, on));
  return list;
}

/// Units by 化解率, the best first; problems without a unit last.
Parts ranked_units(const Statistics& statistics) {
  Parts units = statistics.by(Dimension::Unit);
  std::ranges::stable_sort(units, [](const auto& a, const auto& b) {
    if ((a.first == kNoUnit) != (b.first == kNoUnit)) return b.first == kNoUnit;
    const auto left = a.second.solved_rate().value_or(Decimal(0));
    const auto right = b.second.solved_rate().value_or(Decimal(0));
    return left != right ? left > right : a.second.solved > b.second.solved;
  });
  return units;
}

}  // namespace

Result<Period> parse_period(std::string_view text) {
  constexpr std::size_t kYearDigits = 4;
  const int year = number_of(text.substr(0, kYearDigits));
  if (text.size() == kYearDigits && year > 0) {
    return Period{Date::make(year, 1, 1).value_or(Date()),
                  Date::make(year, 12, 31).value_or(Date()), std::to_string(year) + "年"};
  }
  if (text.size() < kYearDigits + 2) return unknown_period(text);
  const bool quarter = text[kYearDigits] == 'Q';
  if (!quarter && text[kYearDigits] != '-') return unknown_period(text);
  const int number = number_of(text.substr(kYearDigits + 1));
  if (number < 1 || (quarter && number > 4)) return unknown_period(text);
  const int month = quarter ? (number - 1) * kMonthsOfQuarter + 1 : number;
  const auto from = Date::make(year, static_cast<unsigned>(month), 1);
  if (!from) return unknown_period(text);
  const std::string name =
      std::to_string(year) + "年" +
      (quarter ? "第" + std::string(kQuarters[number - 1]) + "季度" : std::to_string(month) + "月");
  return Period{*from, from->plus_months(quarter ? kMonthsOfQuarter : 1).plus_days(-1), name};
}

Progress progress(const Campaign& campaign, const Period& period) {
  Progress result{.period = period,
                  .before = statistics(campaign, period.from.plus_days(-1)).all,
                  .after = statistics(campaign, period.to)};
  for (const Problem& problem : campaign.problems) {
    const auto standing = standing_on(problem, period.to);
    if (!standing) continue;
    result.registered += is_within(standing->registered, period);
    result.solved += is_solved(*standing) && is_within(standing->finished, period);
    result.closed += is_within(standing->closed, period);
    result.escalated += went_up(problem, period);
  }
  result.reopened = result.before.solved + result.solved - result.after.all.solved;
  return result;
}

Value problem_line(const Campaign& campaign, const Problem& problem, Date on) {
  const auto standing = standing_on(problem, on);
  if (!standing) return {};
  const Assignment* assignment = campaign.find_assignment(problem.uscc);
  const Event* last = &problem.events.front();
  for (const Event& event : problem.events) {
    if (event.on <= on && !event.note.empty()) last = &event;
  }
  const bool late = is_overdue(*standing, on);
  return Value::Record{{"编号", problem.id},
                       {"企业", assignment != nullptr ? assignment->enterprise : problem.uscc},
                       {"类别", problem.category},
                       {"办理层级", problem.level},
                       {"性质", problem.scope},
                       {"事项", problem.matter},
                       {"单位", standing->unit.empty() ? std::string(kNoUnit) : standing->unit},
                       {"协调层级", std::string(to_text(standing->tier))},
                       {"状态", std::string(to_text(standing->state))},
                       {"登记", day_value(standing->registered)},
                       {"期限", day_value(standing->due)},
                       {"逾期天数", late ? on - *standing->due : 0},
                       {"说明", last->note}};
}

Value progress_value(const Campaign& campaign, const Progress& progress) {
  const Date on = progress.period.to;
  Value::Record record = {{"期间", progress.period.name},
                          {"止", on},
                          {"行动", campaign.name},
                          {"全称", campaign.full_name()},
                          {"升级天数", campaign.days_of_tier},
                          {"上期", tally_record(progress.before)},
                          {"本期", Value::Record{{"登记", progress.registered},
                                                 {"化解", progress.solved},
                                                 {"销号", progress.closed},
                                                 {"退回重办", progress.reopened},
                                                 {"升级", progress.escalated}}}};
  record.emplace_back("累计", tally_record(progress.after.all));
  record.emplace_back("按类别", parts_value(progress.after.by(Dimension::Category)));
  record.emplace_back("按协调层级", parts_value(progress.after.by(Dimension::Tier)));
  record.emplace_back("按责任单位", parts_value(ranked_units(progress.after)));
  record.emplace_back("逾期问题", lines(campaign, on, Count::Overdue));
  record.emplace_back("挂账问题", lines(campaign, on, Count::Suspended));
  return record;
}

}  // namespace huice::campaign
