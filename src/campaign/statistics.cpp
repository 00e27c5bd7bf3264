#include "campaign/statistics.h"

#include <algorithm>
#include <string>
#include <utility>

namespace huice::campaign {
namespace {

constexpr std::array<std::string_view, kCounts> kCountNames = {
    "发现", "化解", "销号", "在办", "挂账", "逾期", "超期办结", "回访", "满意"};
constexpr std::array<int Tally::*, kCounts> kCountFields = {
    &Tally::found,   &Tally::solved, &Tally::closed,   &Tally::in_hand, &Tally::suspended,
    &Tally::overdue, &Tally::late,   &Tally::followed, &Tally::pleased};
constexpr std::array<std::string_view, kDimensions> kDimensionNames = {
    "类别", "专班", "办理层级", "性质", "协调层级", "责任单位", "帮扶类型", "包联领导", "登记月份"};

template <class Enum, std::size_t size>
std::optional<Enum> named(const std::array<std::string_view, size>& names, std::string_view text) {
  const auto found = std::ranges::find(names, text);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

/// So many that what is shown of a rate is rounded as the rate itself would be: 35/44 is 79.5 %, but
/// by way of four places 79.6.
constexpr int kRatePlaces = 10;

std::optional<Decimal> rate(int part, int whole) {
  const auto quotient = divide(Decimal(part), Decimal(whole));
  return quotient ? std::optional(quotient->rounded(kRatePlaces, Rounding::HalfUp)) : std::nullopt;
}

Tally& tally_of(Parts& parts, const std::string& name) {
  const auto found = std::ranges::find(parts, name, &Parts::value_type::first);
  if (found != parts.end()) return found->second;
  return parts.emplace_back(name, Tally{}).second;
}

model::Value rate_value(const std::optional<Decimal>& rate) {
  return rate ? model::Value(*rate) : model::Value();
}

std::string month_text(Date day) {
  return std::to_string(day.year()) + "年" + std::to_string(day.month()) + "月";
}

std::string force_of(const Campaign& campaign, const std::string& category) {
  for (const TaskForce& force : campaign.task_forces) {
    const auto& own = force.categories;
    if (std::ranges::find(own, category) != own.end()) return force.name;
  }
  return std::string(kNoForce);
}

/// The parts that are there even where nothing is counted.
std::array<Parts, kDimensions> known_parts(const Campaign& campaign) {
  std::array<Parts, kDimensions> parts;
  const auto of = [&](Dimension dimension) -> Parts& {
    return parts[static_cast<std::size_t>(dimension)];
  };
  for (const auto name : kCategories)
    of(Dimension::Category).emplace_back(name, Tally{});
  for (const TaskForce& force : campaign.task_forces)
    of(Dimension::Force).emplace_back(force.name, Tally{});
  for (const auto name : kLevels)
    of(Dimension::Level).emplace_back(name, Tally{});
  for (const auto name : kScopes)
    of(Dimension::Scope).emplace_back(name, Tally{});
  for (int tier = 0; tier <= static_cast<int>(Tier::Superior); ++tier)
    of(Dimension::Tier).emplace_back(to_text(static_cast<Tier>(tier)), Tally{});
  for (const SupportKind& kind : campaign.kinds)
    of(Dimension::Kind).emplace_back(kind.name, Tally{});
  return parts;
}

/// The months from the first in which a problem was registered to that of `on`.
Parts months_until(const Campaign& campaign, Date on) {
  std::optional<Date> first;
  for (const Problem& problem : campaign.problems) {
    if (problem.events.empty()) continue;
    const Date day = problem.events.front().on;
    if (day <= on && (!first || day < *first)) first = day;
  }
  Parts months;
  if (!first) return months;
  const auto start = Date::make(first->year(), first->month(), 1);
  for (Date month = start.value_or(*first); month <= on; month = month.plus_months(1))
    months.emplace_back(month_text(month), Tally{});
  return months;
}

}  // namespace

std::string_view to_text(Count count) {
  return kCountNames[static_cast<std::size_t>(count)];
}
std::string_view to_text(Dimension dimension) {
  return kDimensionNames[static_cast<std::size_t>(dimension)];
}
std::optional<Count> parse_count(std::string_view text) {
  return named<Count>(kCountNames, text);
}
std::optional<Dimension> parse_dimension(std::string_view text) {
  return named<Dimension>(kDimensionNames, text);
}

bool is_counted(Count count, const Standing& standing, Date on) {
  const bool solved = is_solved(standing);
  const bool suspended = standing.state == State::Suspended;
  switch (count) {
    case Count::Found:
      return true;
    case Count::Solved:
      return solved;
    case Count::Closed:
      return standing.state == State::Closed;
    case Count::InHand:
      return !solved && !suspended;
    case Count::Suspended:
      return suspended;
    case Count::Overdue:
      return is_overdue(standing, on);
    case Count::Late:
      return solved && standing.due && standing.finished && *standing.finished > *standing.due;
    case Count::Followed:
      return standing.view.has_value();
    case Count::Pleased:
      return standing.view && *standing.view != Satisfaction::Dissatisfied;
  }
  return false;
}

std::string part_of(Dimension dimension, const Campaign& campaign, const Problem& problem,
                    const Standing& standing) {
  switch (dimension) {
    case Dimension::Category:
      return problem.category;
    case Dimension::Force:
      return force_of(campaign, problem.category);
    case Dimension::Level:
      return problem.level;
    case Dimension::Scope:
      return problem.scope;
    case Dimension::Tier:
      return std::string(to_text(standing.tier));
    case Dimension::Unit:
      return standing.unit.empty() ? std::string(kNoUnit) : standing.unit;
    case Dimension::Month:
      return month_text(standing.registered.value_or(Date()));
    case Dimension::Kind:
    case Dimension::Leader:
      break;
  }
  const Assignment* assignment = campaign.find_assignment(problem.uscc);
  if (assignment == nullptr) return std::string(kNotHelped);
  return dimension == Dimension::Kind ? assignment->kind : assignment->leader.name;
}

int Tally::at(Count count) const {
  return this->*kCountFields[static_cast<std::size_t>(count)];
}

void Tally::add(const Standing& standing, Date on) {
  for (std::size_t i = 0; i < kCounts; ++i)
    this->*kCountFields[i] += is_counted(static_cast<Count>(i), standing, on);
}

std::optional<Decimal> Tally::solved_rate() const {
  return rate(solved, found);
}
std::optional<Decimal> Tally::pleased_rate() const {
  return rate(pleased, followed);
}

Statistics statistics(const Campaign& campaign, Date on) {
  Statistics result{.on = on, .parts = known_parts(campaign)};
  result.parts[static_cast<std::size_t>(Dimension::Month)] = months_until(campaign, on);
  for (const Problem& problem : campaign.problems) {
    const auto standing = standing_on(problem, on);
    if (!standing) continue;
    result.all.add(*standing, on);
    for (std::size_t i = 0; i < kDimensions; ++i) {
      const auto part = part_of(static_cast<Dimension>(i), campaign, problem, *standing);
      tally_of(result.parts[i], part).add(*standing, on);
    }
  }
  Parts& units = result.parts[static_cast<std::size_t>(Dimension::Unit)];
  std::stable_partition(units.begin(), units.end(),
                        [](const auto& part) { return part.first != kNoUnit; });
  return result;
}

std::vector<const Problem*> problems_behind(const Campaign& campaign, Date on,
                                            const Selection& selection) {
  std::vector<const Problem*> behind;
  for (const Problem& problem : campaign.problems) {
    const auto standing = standing_on(problem, on);
    if (!standing || !is_counted(selection.count, *standing, on)) continue;
    if (selection.dimension &&
        part_of(*selection.dimension, campaign, problem, *standing) != selection.part) {
      continue;
    }
    behind.push_back(&problem);
  }
  return behind;
}

model::Value::Record tally_record(const Tally& tally) {
  model::Value::Record record;
  for (std::size_t i = 0; i < kCounts; ++i)
    record.emplace_back(kCountNames[i], tally.*kCountFields[i]);
  record.emplace_back("化解率", rate_value(tally.solved_rate()));
  record.emplace_back("满意率", rate_value(tally.pleased_rate()));
  return record;
}

model::Value parts_value(const Parts& parts) {
  model::Value::List list;
  for (const auto& [name, tally] : parts) {
    model::Value::Record record = {{"名称", name}};
    for (auto& field : tally_record(tally))
      record.push_back(std::move(field));
    list.emplace_back(std::move(record));
  }
  return list;
}

model::Value statistics_value(const Statistics& statistics) {
  model::Value::Record record = {{"截至", statistics.on}, {"合计", tally_record(statistics.all)}};
  for (std::size_t i = 0; i < kDimensions; ++i) {
    record.emplace_back("按" + std::string(kDimensionNames[i]), parts_value(statistics.parts[i]));
  }
  return record;
}

}  // namespace huice::campaign
