// An enterprise as far as policies see it, and the catalogue of what may be said of one.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "base/result.h"
#include "model/value.h"

namespace huice::model {

/// One thing known of an enterprise. A fact that is not known is absent from the profile.
struct Fact {
  Value value;                                ///< null when only a range is known
  std::string source;                         ///< who says so: a file and cell, a register; Chinese
  std::optional<Date> observed;               ///< as of when; empty when the source does not say
  std::optional<Decimal> low = std::nullopt;  ///< of a range, inclusive; absent when unbounded
  std::optional<Decimal> high = std::nullopt;

  bool is_range() const { return value.is_null() && (low || high); }
};

/// What is known of one enterprise.
struct Profile {
  std::string uscc;  ///< 统一社会信用代码, GB 32100-2015; may be empty when unknown
  std::string name;  ///< 企业名称
  std::map<std::string, Fact, std::less<>> facts;  ///< by the catalogue's names
  SourceSpan where;                                ///< the row or file it was read from
};

enum class FactType { Text, Number, Money, Ratio, Boolean, Day, Code, List };

/// What an enterprise can do about a fact: 改不了, 等得到 (comes with time), 做得到.
enum class Change { Fixed, Waits, Doable };

/// A figure that a year series tells: of last year, or of several years added up.
struct SeriesPick {
  std::string series;  ///< a list fact with `yearly`
  int nearest = 0;     ///< years before the year asked about: 1 is last year
  int farthest = 0;    ///< the same, or earlier; the years between are added up
};

/// Fields of the items of a year series.
inline constexpr std::string_view kSeriesYear = "年度";
inline constexpr std::string_view kSeriesValue = "值";

/// One entry of policies/facts.yaml.
struct FactDefinition {
  std::string name;
  std::vector<std::string> aliases;  ///< other headers that clerks write
  FactType type = FactType::Text;
  std::string unit;                    ///< `元`, `人`, `月`; empty when it has none
  std::string period;                  ///< `年度`, `季度`, `时点`; empty when it has none
  std::vector<std::string> values;     ///< the only texts allowed, when not empty
  std::vector<FactDefinition> fields;  ///< of each item, for a list
  bool non_negative = false;
  bool yearly = false;  ///< a list of {年度, 值}; also written `{2024: …, 2025: …}`
  std::optional<SeriesPick> pick;  ///< where to look when the fact itself is not told
  std::string low_from;            ///< facts or derived facts between whose values it lies when
  std::string high_from;           ///< it is not told; empty when there are none
  Change change = Change::Doable;
  std::optional<Change> falling;  ///< of a number that goes down, a truth that ends; as `change`
  int effort = 1;                 ///< how hard a change is, 1 to 9, for the one who advises
  std::string origin;             ///< where it usually comes from; for the one who has to ask
  SourceSpan where;
};

/// The names that profiles, sheets and policies share.
struct FactCatalogue {
  std::vector<FactDefinition> facts;

  /// By name or alias; nullptr when unknown.
  const FactDefinition* find(std::string_view name) const;
};

}  // namespace huice::model
