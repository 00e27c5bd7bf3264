#include "campaign/inspections.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "campaign/record_reader.h"
#include "campaign/workdays.h"

namespace huice::campaign {
namespace {

constexpr int kMostDaysOfMonth = 31;

std::string enterprise_key(const Inspection& inspection) {
  return inspection.uscc.empty() ? inspection.enterprise : inspection.uscc;
}

bool is_quiet(const InspectionRules& rules, Date day) {
  const int number = static_cast<int>(day.day());
  return number >= rules.quiet_from && number <= rules.quiet_to;
}

/// The first working day of the month that is not quiet, from `planned` on where that is not quiet
/// itself. Public holidays are not known here; the units see to them.
Date inspection_day(const InspectionRules& rules, Date planned) {
  Date day = planned;
  while (is_quiet(rules, day))
    day = day.plus_days(1);
  Date working = day;
  while (is_weekend(working))
    working = working.plus_days(1);
  return working.month() == planned.month() && !is_quiet(rules, working) ? working : day;
}

/// How many inspections each unit has planned.
using Load = std::map<std::string, int>;

/// The unit with the most inspections of the visit leads; of equals the one with most in the year,
/// then the one whose plan came first.
void propose_lead(Visit& visit, const Load& load) {
  std::vector<std::pair<std::string, int>> units;
  const auto count = [&](const Inspection* inspection) {
    const auto found =
        std::ranges::find(units, inspection->unit, &decltype(units)::value_type::first);
    if (found == units.end()) {
      units.emplace_back(inspection->unit, 1);
    } else {
      ++found->second;
    }
  };
  std::ranges::for_each(visit.inspections, count);
  std::ranges::for_each(visit.joined, count);
  const auto rank = [&](const auto& unit) { return std::pair(unit.second, load.at(unit.first)); };
  const auto best = std::ranges::max_element(units, {}, rank);  // the first of equals
  visit.lead = best->first;
  if (units.size() == 1) {
    visit.why = "同一单位的几项合并进行";
    return;
  }
  const auto equals = std::ranges::count(units, best->second, &decltype(units)::value_type::second);
  visit.why = equals == 1 ? "本次检查事项最多（" + std::to_string(best->second) + "项）"
                          : "本次事项并列，全年计划检查最多（" +
                                std::to_string(load.at(best->first)) + "项）";
}

/// Sorts out what repeats a matter at an enterprise beyond the allowed times; the earliest stay.
std::vector<const Inspection*> without_repeats(const InspectionRules& rules,
                                               std::vector<const Inspection*> plan,
                                               std::vector<Repeat>& repeats) {
  std::ranges::stable_sort(plan, {}, [](const Inspection* each) { return each->on; });
  std::map<std::pair<std::string, std::string>, std::vector<const Inspection*>> kept;
  std::vector<const Inspection*> rest;
  for (const Inspection* inspection : plan) {
    auto& same = kept[{enterprise_key(*inspection), inspection->matter}];
    if (static_cast<int>(same.size()) < rules.times_a_year) {
      same.push_back(inspection);
      rest.push_back(inspection);
    } else {
      repeats.push_back({inspection, same.back()});
    }
  }
  return rest;
}

std::vector<Visit> visits_of(const InspectionRules& rules,
                             const std::vector<const Inspection*>& plan) {
  std::map<std::pair<unsigned, std::string>, Visit> months;
  for (const Inspection* inspection : plan) {
    months[{inspection->on.month(), enterprise_key(*inspection)}].inspections.push_back(inspection);
  }
  std::vector<Visit> visits;
  for (auto& [month, visit] : months) {
    const auto quiet = [&](const Inspection* each) { return is_quiet(rules, each->on); };
    // A day that somebody has planned and that may be stays; else the first that may be.
    const auto open = std::ranges::find_if_not(visit.inspections, quiet);
    const Inspection* leading = open == visit.inspections.end() ? visit.inspections.front() : *open;
    visit.on = inspection_day(rules, leading->on);
    visit.moved = std::ranges::any_of(visit.inspections, quiet);
    visits.push_back(std::move(visit));
  }
  return visits;
}

/// Units whose inspection repeats another unit's take part in that one.
void join(std::vector<Visit>& visits, const std::vector<Repeat>& repeats) {
  for (const Repeat& repeat : repeats) {
    if (repeat.dropped->unit == repeat.kept->unit) continue;
    const auto host = std::ranges::find_if(visits, [&](const Visit& visit) {
      return std::ranges::find(visit.inspections, repeat.kept) != visit.inspections.end();
    });
    if (host != visits.end()) host->joined.push_back(repeat.dropped);
  }
}

}  // namespace

Result<InspectionRules> read_inspection_rules(const model::Value& source) {
  Findings findings;
  RecordReader reader(source, "检查规则", findings);
  InspectionRules rules;
  rules.county = reader.text("county");
  rules.year = reader.integer("year");
  rules.source = reader.text("source");
  rules.quiet_from = reader.integer("quiet_from");
  rules.quiet_to = reader.integer("quiet_to");
  rules.times_a_year = reader.integer("times_a_year");
  rules.exceptions = reader.texts("exceptions");
  rules.coordinator = reader.text("coordinator");
  reader.finish();
  if (rules.quiet_from < 1 || rules.quiet_to < rules.quiet_from ||
      rules.quiet_to >= kMostDaysOfMonth - 3) {
    reader.add("campaign.range", "宁静日应从1日以后起、27日以前止，每月留出检查日",
               reader.where("quiet_to"));
  }
  if (rules.times_a_year < 1) {
    reader.add("campaign.range", "times_a_year 应至少是 1", reader.where("times_a_year"));
  }
  if (!findings.empty()) return as_error(std::move(findings));
  return rules;
}

Findings check_inspections(const InspectionRules& rules, const std::vector<Inspection>& plan) {
  Findings findings;
  for (const Inspection& each : plan) {
    const std::string what = each.unit + "对" + each.enterprise + "的“" + each.matter + "”：";
    if (each.on.year() != rules.year) {
      findings.push_back(
          finding("inspection.year",
                  what + "日期 " + each.on.to_iso() + " 不在" + std::to_string(rules.year) + "年",
                  each.where));
    }
    if (each.exception.empty()) continue;
    if (std::ranges::find(rules.exceptions, each.exception) == rules.exceptions.end()) {
      findings.push_back(finding("inspection.exception",
                                 what + "没有“" + each.exception + "”这种例外", each.where,
                                 name_hint(each.exception, rules.exceptions)));
    } else if (each.ground.empty()) {
      findings.push_back(finding("inspection.ground", what + "例外没有写法律依据", each.where,
                                 "写明法律、法规的名称和条款；没有的，不能作为例外"));
    }
  }
  return findings;
}

std::size_t InspectionCalendar::joint() const {
  return static_cast<std::size_t>(std::ranges::count_if(visits, &Visit::is_joint));
}
std::size_t InspectionCalendar::moved() const {
  return static_cast<std::size_t>(std::ranges::count_if(visits, &Visit::moved));
}

InspectionCalendar inspection_calendar(const InspectionRules& rules,
                                       const std::vector<Inspection>& plan) {
  InspectionCalendar calendar{.planned = plan.size()};
  std::vector<const Inspection*> ordinary;
  Load load;
  for (const Inspection& inspection : plan) {
    ++load[inspection.unit];
    (inspection.exception.empty() ? ordinary : calendar.exempt).push_back(&inspection);
  }
  const auto rest = without_repeats(rules, std::move(ordinary), calendar.repeats);
  calendar.visits = visits_of(rules, rest);
  join(calendar.visits, calendar.repeats);
  for (Visit& visit : calendar.visits) {
    if (visit.is_joint()) propose_lead(visit, load);
  }
  std::ranges::sort(calendar.visits, {}, [](const Visit& visit) {
    return std::tuple(visit.on, visit.inspections.front()->enterprise);
  });
  std::ranges::stable_sort(calendar.exempt, {}, [](const Inspection* each) { return each->on; });
  return calendar;
}

}  // namespace huice::campaign
