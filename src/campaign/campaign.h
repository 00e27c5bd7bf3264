// One campaign (专项行动): who helps whom, what problems came up, how the helpers are assessed.
//
// A campaign is a folder of five files that a clerk keeps:
//   campaign.yaml     name, year, office, goals, calendar, units and towns
//   assignments.yaml  包联: one enterprise, one leader, one team, one plan
//   ledger.yaml       the problems and their histories
//   scheme.yaml       the assessment scheme
//   entries.yaml      attested entries and figures that the scheme counts
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "campaign/ledger.h"
#include "campaign/scheme.h"
#include "model/value.h"

namespace huice::campaign {

struct Person {
  std::string name;
  std::string title;  ///< of a leader
  std::string phone;  ///< of a liaison
};

/// A unit of the county or a town or park.
struct Office {
  std::string name;
  OfficeKind kind = OfficeKind::Unit;
  SourceSpan where;
};

/// 专班: solves the problems of some categories, wherever they come up.
struct TaskForce {
  std::string name;
  std::string lead;                     ///< a unit
  std::vector<std::string> members;     ///< units
  std::vector<std::string> categories;  ///< of kCategories; each has at most one task force
};

/// Days that a tier has after the due day, or after the problem came to it, before it goes up,
/// unless the plan says otherwise.
inline constexpr int kUsualDaysOfTier = 10;

/// 帮扶类型.
struct SupportKind {
  std::string name;   ///< `扭亏稳产`
  std::string title;  ///< of its part of the schedule
  int count = 0;      ///< how many enterprises the campaign plan gives it
};

/// One helped enterprise and its team.
struct Assignment {
  int number = 0;  ///< 序号, from 1 without a gap
  std::string enterprise;
  std::string uscc;
  std::string kind;  ///< a SupportKind's name
  std::string town;
  Person leader;
  std::string lead;                      ///< 牵头责任单位
  std::vector<std::string> cooperating;  ///< 配合单位
  Person liaison;
  std::string difficulty;
  std::string goal;
  std::vector<std::string> measures;
  Date deadline;
  SourceSpan where;
};

/// Something that counts in the assessment, and who vouches for it.
struct Entry {
  std::string id;
  std::string target;  ///< a unit or town
  std::string kind;    ///< one of campaign.yaml's `entry_kinds`
  Date on;
  std::string uscc;  ///< the enterprise concerned; may be empty
  std::string text;
  std::string attested_by;
  SourceSpan where;
};

/// A number reported for a unit or town.
struct Figure {
  std::string target;
  std::string name;
  Decimal value;
  Date on;  ///< as of
  std::string attested_by;
  SourceSpan where;
};

/// Whose score it is: the target's own, the reviewers', the last word.
enum class Stage { Self, Review, Final };
std::string_view to_text(Stage stage);  ///< `自评`, `复核`, `终评`
std::optional<Stage> parse_stage(std::string_view text);

/// A score that somebody gave beside the one by rule. The last 终评 counts, else the last 复核,
/// else the rule; 自评 is only shown.
struct Review {
  std::string target;
  std::string item;  ///< id
  Stage stage = Stage::Self;
  Decimal score;
  Date on;
  std::string by;
  std::string reason;  ///< of 复核 and 终评
  SourceSpan where;
};

struct NamedText {
  std::string name;
  std::string text;
};

struct Campaign {
  std::string id;
  std::string name;
  int year = 0;
  std::string region;  ///< GB/T 2260 code
  std::string county;
  std::string city;
  std::string office;  ///< that runs it
  Date begins;
  Date ends;
  std::string mechanism;  ///< 一家企业、一名领导……
  std::vector<std::string> principles;
  std::vector<NamedText> goals;
  std::vector<NamedText> calendar;
  std::vector<std::string> entry_kinds;
  std::vector<Office> offices;
  std::vector<TaskForce> task_forces;
  int days_of_tier = kUsualDaysOfTier;  ///< before an overdue problem goes up
  std::vector<SupportKind> kinds;
  std::vector<Assignment> assignments;
  std::vector<Problem> problems;
  Scheme scheme;
  std::vector<Entry> entries;
  std::vector<Figure> figures;
  std::vector<Review> reviews;

  const Office* find_office(std::string_view office_name) const;
  const Assignment* find_assignment(std::string_view uscc) const;
  const Problem* find_problem(std::string_view problem_id) const;
  /// `云岭县2026年工业企业纾困增效专项行动`.
  std::string full_name() const;
};

/// The names of the five files, in the order of reading.
inline constexpr std::array<std::string_view, 5> kFileNames = {
    "campaign.yaml", "assignments.yaml", "ledger.yaml", "scheme.yaml", "entries.yaml"};

/// The five files as they were written, in the order of kFileNames.
using CampaignTexts = std::array<std::string, kFileNames.size()>;

/// The five files as they were read.
struct CampaignSource {
  model::Value campaign, assignments, ledger, scheme, entries;
};

/// Checks the five files against each other and makes the campaign.
///
/// Errors: InvalidInput with every finding under `also`, each with file, line and column:
///         `campaign.unknown-key`, `campaign.missing-key`, `campaign.wrong-type`,
///         `campaign.duplicate`, `campaign.unknown-name` (a unit, town, enterprise, kind, item),
///         `campaign.date`, `campaign.count`, `campaign.range`, `campaign.uscc`,
///         `campaign.too-large` (TooLarge),
///         `ledger.transition`, `ledger.event`, `scheme.weights`, `scheme.rule`, and those of feel.
Result<Campaign> make_campaign(const CampaignSource& source);

/// One event, as ledger.yaml writes it. Errors: InvalidInput with every finding.
Result<Event> make_event(const model::Value& value, const Campaign& campaign);

/// A problem without its history, as ledger.yaml writes it. Errors: InvalidInput with every
/// finding.
Result<Problem> make_problem(const model::Value& value, const Campaign& campaign);

/// One review, as entries.yaml writes it. Errors: InvalidInput with every finding.
Result<Review> make_review(const model::Value& value, const Campaign& campaign);

/// The review as make_review reads it.
model::Value review_value(const Review& review);

/// The event as make_event reads it.
model::Value event_value(const Event& event);

/// The problem as ledger.yaml writes it, with its history.
model::Value problem_value(const Problem& problem);

/// `folder/name`; just the name where `folder` is empty.
std::string path_of_file(const std::string& folder, std::string_view name);

/// The texts of the five files of `folder`. Errors: those of read_file, of all files at once.
Result<CampaignTexts> read_texts(const std::string& folder);

/// Reads the texts; `folder` stands before the names of the files in places, and may be empty.
/// Errors: those of notation::read_yaml, of all files at once.
Result<CampaignSource> parse_texts(const CampaignTexts& texts, const std::string& folder = {});

/// Reads the five files of `folder`. Errors: those of read_texts, then of parse_texts.
Result<CampaignSource> read_sources(const std::string& folder);

/// Reads the five files of `folder` and makes the campaign.
/// Errors: those of read_sources, then of make_campaign.
Result<Campaign> load_campaign(const std::string& folder);

}  // namespace huice::campaign
