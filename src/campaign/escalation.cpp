#include "campaign/escalation.h"

#include <algorithm>
#include <utility>

#include "campaign/table_cells.h"

namespace huice::campaign {
namespace {

Row due_row(int number, const Campaign& campaign, const DueProblem& due) {
  const auto centre = model::Align::Centre;
  const Assignment* assignment = campaign.find_assignment(due.problem->uscc);
  return {{.content = Decimal(number), .align = centre},
          text_cell(due.problem->id),
          text_cell(assignment != nullptr ? assignment->enterprise : due.problem->uscc),
          text_cell(due.problem->matter),
          text_cell(due.standing.unit),
          text_cell(assignment != nullptr ? assignment->leader.name : std::string(), centre),
          {.content = *due.standing.due, .align = centre},
          text_cell(urgency_text(due.days), centre),
          text_cell(std::string(to_text(due.standing.tier)), centre),
          text_cell(due.goes ? "升级到" + std::string(to_text(*due.goes)) : std::string(), centre)};
}

}  // namespace

std::string urgency_text(std::int64_t days) {
  if (days < 0) return "逾期" + std::to_string(-days) + "天";
  return days == 0 ? "今天到期" : "还有" + std::to_string(days) + "天";
}

std::optional<Tier> next_tier(const Standing& standing, Date on, int days) {
  if (!is_overdue(standing, on) || standing.tier == Tier::Superior) return std::nullopt;
  const Date since =
      standing.escalated ? std::max(*standing.due, *standing.escalated) : *standing.due;
  if (on - since < days) return std::nullopt;
  return static_cast<Tier>(static_cast<int>(standing.tier) + 1);
}

std::vector<DueProblem> due_problems(const Campaign& campaign, Date on, int days) {
  std::vector<DueProblem> found;
  for (const Problem& problem : campaign.problems) {
    auto standing = standing_on(problem, on);
    if (!standing || !standing->due || is_solved(*standing)) continue;
    if (standing->state == State::Suspended || *standing->due - on > days) continue;
    DueProblem due{.problem = &problem, .standing = std::move(*standing)};
    due.days = *due.standing.due - on;
    due.goes = next_tier(due.standing, on, campaign.days_of_tier);
    found.push_back(std::move(due));
  }
  std::ranges::stable_sort(found, {}, &DueProblem::days);
  return found;
}

std::vector<DueProblem> escalations(const Campaign& campaign, Date on) {
  auto found = due_problems(campaign, on, -1);
  std::erase_if(found, [](const DueProblem& due) { return !due.goes; });
  return found;
}

Event escalation_of(const DueProblem& due, Date on, const std::string& by) {
  return {.kind = EventKind::Escalate,
          .on = on,
          .by = by,
          .note = "办结期限" + due.standing.due->to_chinese() + "，逾期" +
                  std::to_string(-due.days) + "天，" + std::string(to_text(due.standing.tier)) +
                  "未能解决",
          .tier = due.goes};
}

model::Workbook due_workbook(const Campaign& campaign, const std::vector<DueProblem>& due,
                             Date on) {
  const auto centre = model::Align::Centre;
  model::Sheet sheet{.name = "到期和逾期",
                     .title = campaign.full_name() + "到期和逾期问题",
                     .subtitle = campaign.office + "　截至" + on.to_chinese(),
                     .table = make_table({{"序号", 2.5, centre},
                                          {"编号", 6.5},
                                          {"企业名称", 9},
                                          {"问题事项", 13},
                                          {"责任单位", 8},
                                          {"包联领导", 4.5, centre},
                                          {"办结期限", 5.5, centre},
                                          {"距期限", 5, centre},
                                          {"协调层级", 6, centre},
                                          {"处置", 7, centre}})};
  for (const DueProblem& each : due) {
    sheet.table.rows.push_back(due_row(static_cast<int>(sheet.table.rows.size()), campaign, each));
  }
  sheet.notes = {"注：逾期满" + std::to_string(campaign.days_of_tier) + "天，或者升级后满" +
                 std::to_string(campaign.days_of_tier) +
                 "天仍未办结的，按照 承办单位、县级包联领导、总调度会、上级 逐级升级。"};
  return {.title = sheet.title, .author = campaign.office, .sheets = {std::move(sheet)}};
}

}  // namespace huice::campaign
