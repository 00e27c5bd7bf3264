// 企业宁静日: the year's inspection plans of all units, put together so that an enterprise is
// disturbed as seldom as possible.
//
// The same matter at the same enterprise is inspected no more often than the rules allow; several
// inspections of one enterprise in one month become one joint visit with a lead; what falls on
// quiet days moves to the days of inspection. Exceptions stay as planned, with their legal ground.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "model/table.h"
#include "model/value.h"

namespace huice::campaign {

/// More planned inspections than a county has.
inline constexpr std::size_t kMaxInspections = 100'000;

/// What the county's regulation says; see samples/inspections/rules.yaml.
struct InspectionRules {
  std::string county;
  int year = 0;
  std::string source;  ///< the regulation, with its number
  int quiet_from = 0;  ///< quiet days of each month, the last one too
  int quiet_to = 0;
  int times_a_year = 0;  ///< the same matter at the same enterprise
  std::vector<std::string> exceptions;
  std::string coordinator;  ///< who settles the lead in the end
};

/// Errors: InvalidInput `campaign.missing-key`, `campaign.wrong-type`, `campaign.unknown-key`,
/// `campaign.range`, all of them at once.
Result<InspectionRules> read_inspection_rules(const model::Value& source);

/// One line of a unit's plan.
struct Inspection {
  std::string unit;
  std::string division;  ///< 科室; may be empty
  std::string enterprise;
  std::string uscc;  ///< may be empty; then the name tells the enterprise
  std::string matter;
  Date on;
  std::string exception;  ///< one of the rules' exceptions, or empty
  std::string ground;     ///< the law that allows the exception
  SourceSpan where;
};

/// What is wrong with the plan: days of another year, unknown exceptions, exceptions without
/// ground. Ids: `inspection.year`, `inspection.exception`, `inspection.ground`.
Findings check_inspections(const InspectionRules& rules, const std::vector<Inspection>& plan);

/// One visit to an enterprise in a month.
struct Visit {
  Date on;             ///< proposed
  bool moved = false;  ///< it was planned for quiet days
  std::string lead;    ///< proposed 牵头部门; of a joint visit
  std::string why;     ///< it leads
  std::vector<const Inspection*> inspections;
  std::vector<const Inspection*> joined;  ///< repeats by other units, that take part here instead

  /// Several inspections, or several units.
  bool is_joint() const { return inspections.size() + joined.size() > 1; }
};

/// An inspection that is not to take place by itself.
struct Repeat {
  const Inspection* dropped = nullptr;
  const Inspection* kept = nullptr;
};

/// Points into the plan it was made from.
struct InspectionCalendar {
  std::vector<Visit> visits;  ///< by day, then by enterprise
  std::vector<Repeat> repeats;
  std::vector<const Inspection*> exempt;  ///< stay as they are
  std::size_t planned = 0;

  std::size_t joint() const;
  std::size_t moved() const;
};

/// Puts the plan together. Requires a plan that check_inspections finds nothing in.
InspectionCalendar inspection_calendar(const InspectionRules& rules,
                                       const std::vector<Inspection>& plan);

/// Sheets: 入企检查安排, 重复事项, 例外, with the figures that lead from one to another in the
/// notes.
model::Workbook inspections_workbook(const InspectionRules& rules,
                                     const InspectionCalendar& calendar, Date on);

}  // namespace huice::campaign
