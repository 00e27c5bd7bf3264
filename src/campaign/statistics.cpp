#include <algorithm>
#include <string>
#include <utility>

#include "campaign/ledger.h"

namespace huice::campaign {
namespace {

using Named = std::vector<std::pair<std::string, Tally>>;

std::optional<Decimal> rate(int part, int whole) {
  const auto quotient = divide(Decimal(part), Decimal(whole));
  return quotient ? std::optional(quotient->rounded(4, Rounding::HalfUp)) : std::nullopt;
}

Tally& tally_of(Named& tallies, const std::string& name) {
  const auto found = std::ranges::find(tallies, name, &Named::value_type::first);
  if (found != tallies.end()) return found->second;
  return tallies.emplace_back(name, Tally{}).second;
}

void count(Tally& tally, const Standing& standing, Date on) {
  ++tally.found;
  const bool solved = is_solved(standing);
  const bool suspended = standing.state == State::Suspended;
  tally.solved += solved;
  tally.suspended += suspended;
  tally.in_hand += !solved && !suspended;
  tally.closed += standing.state == State::Closed;
  tally.overdue += is_overdue(standing, on);
  tally.late += solved && standing.due && standing.finished && *standing.finished > *standing.due;
  if (!standing.view) return;
  ++tally.followed;
  tally.pleased += *standing.view != Satisfaction::Dissatisfied;
}

model::Value rate_value(const std::optional<Decimal>& rate) {
  return rate ? model::Value(*rate) : model::Value();
}

model::Value::Record tally_record(const Tally& tally) {
  return {{"发现", tally.found},
          {"化解", tally.solved},
          {"销号", tally.closed},
          {"在办", tally.in_hand},
          {"挂账", tally.suspended},
          {"逾期", tally.overdue},
          {"超期办结", tally.late},
          {"回访", tally.followed},
          {"满意", tally.pleased},
          {"化解率", rate_value(tally.solved_rate())},
          {"满意率", rate_value(tally.pleased_rate())}};
}

model::Value tallies_value(const Named& tallies) {
  model::Value::List list;
  for (const auto& [name, tally] : tallies) {
    model::Value::Record record = {{"名称", name}};
    for (auto& field : tally_record(tally))
      record.push_back(std::move(field));
    list.emplace_back(std::move(record));
  }
  return list;
}

}  // namespace

std::optional<Decimal> Tally::solved_rate() const {
  return rate(solved, found);
}
std::optional<Decimal> Tally::pleased_rate() const {
  return rate(pleased, followed);
}

Statistics statistics(const std::vector<Problem>& problems, Date on) {
  Statistics result{.on = on};
  for (const auto category : kCategories)
    result.by_category.emplace_back(category, Tally{});
  for (const auto level : kLevels)
    result.by_level.emplace_back(level, Tally{});
  for (const Problem& problem : problems) {
    const auto standing = standing_on(problem, on);
    if (!standing) continue;
    count(result.all, *standing, on);
    count(tally_of(result.by_category, problem.category), *standing, on);
    count(tally_of(result.by_level, problem.level), *standing, on);
    if (!standing->unit.empty()) count(tally_of(result.by_unit, standing->unit), *standing, on);
  }
  return result;
}

model::Value statistics_value(const Statistics& statistics) {
  return model::Value::Record{{"截至", statistics.on},
                              {"合计", tally_record(statistics.all)},
                              {"按类别", tallies_value(statistics.by_category)},
                              {"按责任单位", tallies_value(statistics.by_unit)},
                              {"按层级", tallies_value(statistics.by_level)}};
}

}  // namespace huice::campaign
