// The ledger in figures: how many problems, whose, of what kind, and which ones stand behind each
// figure.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "campaign/campaign.h"
#include "model/value.h"

namespace huice::campaign {

/// What is counted of the problems registered by the end of a day.
enum class Count {
  Found,      ///< all of them
  Solved,     ///< is_solved
  Closed,     ///< 已销号, among the solved
  InHand,     ///< neither solved nor suspended
  Suspended,  ///< 挂账
  Overdue,    ///< is_overdue, among those in hand
  Late,       ///< finished after the due day, among the solved
  Followed,   ///< the enterprise has been asked
  Pleased     ///< of these: 满意 or 基本满意 when last asked
};
inline constexpr std::size_t kCounts = 9;

/// By what problems are told apart. Each problem has exactly one part of each, so that the parts of
/// a figure add up to the whole.
enum class Dimension { Category, Force, Level, Scope, Tier, Unit, Kind, Leader, Month };
inline constexpr std::size_t kDimensions = 9;

/// The part of Dimension::Unit that problems not assigned, or given back, belong to.
inline constexpr std::string_view kNoUnit = "尚无责任单位";
/// The part of Dimension::Force of categories that no task force has.
inline constexpr std::string_view kNoForce = "未设专班";
/// The part of Dimension::Kind and Leader of an enterprise that is not among the helped.
inline constexpr std::string_view kNotHelped = "未列入帮扶";

std::string_view to_text(Count count);          ///< `发现`, `化解`, `销号`, …
std::string_view to_text(Dimension dimension);  ///< `类别`, `办理层级`, …, `登记月份`
std::optional<Count> parse_count(std::string_view text);
std::optional<Dimension> parse_dimension(std::string_view text);

/// Whether a problem of this standing is counted.
bool is_counted(Count count, const Standing& standing, Date on);

/// The part that the problem belongs to: `融资`, `县财政局`, `2026年3月`.
std::string part_of(Dimension dimension, const Campaign& campaign, const Problem& problem,
                    const Standing& standing);

/// Counts over some problems.
struct Tally {
  int found = 0;
  int solved = 0;
  int closed = 0;
  int in_hand = 0;
  int suspended = 0;
  int overdue = 0;
  int late = 0;
  int followed = 0;
  int pleased = 0;

  int at(Count count) const;
  /// Counts one more problem.
  void add(const Standing& standing, Date on);
  /// 化解率: solved / found, to ten places, half up; nullopt when nothing was found.
  std::optional<Decimal> solved_rate() const;
  /// 满意率: pleased / followed, likewise.
  std::optional<Decimal> pleased_rate() const;
  friend bool operator==(const Tally&, const Tally&) = default;
};

using Parts = std::vector<std::pair<std::string, Tally>>;

/// The same counts, whole and by each dimension. Parts that can be listed beforehand (categories,
/// levels, tiers, 帮扶类型) are all there, in their order; the others come as the ledger names
/// them, months in theirs, kNoUnit last.
struct Statistics {
  Date on;
  Tally all;
  std::array<Parts, kDimensions> parts;

  const Parts& by(Dimension dimension) const { return parts[static_cast<std::size_t>(dimension)]; }
};

/// The ledger at the end of day `on`.
Statistics statistics(const Campaign& campaign, Date on);

/// Which problems stand behind a figure of the statistics.
struct Selection {
  Count count = Count::Found;
  std::optional<Dimension> dimension;  ///< nullopt: of all problems
  std::string part;                    ///< of the dimension
};

/// They, in the order of the ledger; as many as the statistics count.
std::vector<const Problem*> problems_behind(const Campaign& campaign, Date on,
                                            const Selection& selection);

/// One tally for templates and JSON: `发现`, `化解`, `销号`, `在办`, `挂账`, `逾期`, `超期办结`,
/// `回访`, `满意`, `化解率`, `满意率` (rates as numbers 0 to 1, or null).
model::Value::Record tally_record(const Tally& tally);
/// The same with `名称` before each.
model::Value parts_value(const Parts& parts);

/// Statistics for templates and JSON: `截至`, `合计`, and `按类别`, `按责任单位`, …: a list each.
model::Value statistics_value(const Statistics& statistics);

}  // namespace huice::campaign
