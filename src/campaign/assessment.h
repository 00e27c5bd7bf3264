// Scores with their reasons, by the campaign's own scheme.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "base/result.h"
#include "campaign/campaign.h"
#include "model/table.h"
#include "model/value.h"

namespace huice::campaign {

/// A measure of one target on the day, and what shows it.
struct Measured {
  std::string name;
  std::string unit;
  std::optional<Decimal> value;       ///< nullopt: a figure it needs was not reported
  std::vector<std::string> evidence;  ///< `WT-2026-003 已销号（2026-06-12）`, `RZ-014 …`
  std::vector<std::string> lacking;   ///< helped enterprises that a count with `entry` leaves out
  std::string missing;                ///< why there is no value
};

struct ItemScore {
  std::string id;
  std::string name;
  Decimal weight;
  std::optional<Decimal> score;  ///< nullopt: cannot be given yet; `reason` says what is missing
  std::optional<Decimal> ruled;  ///< what the rules gave, before anybody reviewed it
  std::vector<Review> reviews;   ///< in the order of their days
  std::string reason;            ///< one Chinese sentence with the working
  std::vector<Measured> measures;
};

struct TargetScore {
  std::string target;
  std::vector<ItemScore> items;     ///< in the order of the scheme
  Decimal total;                    ///< of the scores that are known; 0 with a veto
  std::vector<std::string> vetoes;  ///< `发生较大安全事故：事故数1起`
  bool complete = true;             ///< every item has a score
  int rank = 0;                     ///< from 1; equal ranks share the better place
};

struct GroupScore {
  std::string id;
  std::string name;
  std::string tie_rule;              ///< how equal totals are ranked, one Chinese sentence
  std::vector<Item> items;           ///< of the scheme
  std::vector<std::string> ties;     ///< ids of the items that decide, in order
  std::vector<TargetScore> targets;  ///< by rank, then in the order of campaign.yaml
};

struct Assessment {
  std::string title;  ///< `云岭县2026年工业企业纾困增效专项行动考核`
  std::string county;
  std::string office;
  int year = 0;
  Date on;
  std::vector<std::string> notes;
  std::vector<GroupScore> groups;

  const TargetScore* find(std::string_view target) const;
};

/// Scores every unit and town as of the end of day `on`: later events and entries are left out.
/// Scores are exact; nothing is rounded.
/// Errors: InvalidInput `campaign.date` if `on` lies before the campaign begins, `scheme.rule` if a
///         rule gives something that is not a number (or a truth, for 达标计分), with its place.
Result<Assessment> assess(const Campaign& campaign, Date on);

/// An index whose lines lead to the sheets, a ranking sheet for each group, then one sheet for each
/// target with its working. Totals and
/// ranks are formulas with the values of the assessment cached.
model::Workbook assessment_workbook(const Assessment& assessment);

/// The rankings alone, or the sheet of one target alone: without formulas that name other sheets.
model::Workbook ranking_workbook(const Assessment& assessment);
model::Workbook target_workbook(const Assessment& assessment, const GroupScore& group,
                                const TargetScore& target);

/// What one target's assessment sheet shows, for a template. See samples of the shape in
/// tests/unit/campaign/assessment_values_test.cpp.
model::Value assessment_value(const Assessment& assessment, const GroupScore& group,
                              const TargetScore& target);

/// The ranking of all groups, for a template.
model::Value ranking_value(const Assessment& assessment);

}  // namespace huice::campaign
