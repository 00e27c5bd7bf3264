// Which columns of a sheet are which facts.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/date.h"
#include "facts/cell_value.h"
#include "model/profile.h"
#include "sheet/grid.h"

namespace huice::sheet {

/// The rows above this one may hold titles, notes and the heading; tables are no wider than this.
inline constexpr int kMaxHeadingRow = 40;
inline constexpr int kMaxTableColumns = 1'000;
/// A heading is at most this many rows high: group, subgroup, column.
inline constexpr int kMaxHeadingDepth = 3;

/// What a column tells of its fact: the value, where it comes from (`从业人数来源`), as of when
/// (`从业人数（截至）`).
enum class Telling { Value, Source, Observed };

/// A column and the fact it holds; `fact` is nullptr when the heading names none. `数据来源` and
/// `数据截至` tell of all facts of their row and name none.
struct HeadingColumn {
  int column = 1;
  std::string text;  ///< the heading as written, its levels joined by `/`
  const model::FactDefinition* fact = nullptr;
  Telling tells = Telling::Value;
  const model::FactDefinition* series = nullptr;  ///< of which `fact` is the figure of a year:
  int year = 0;                                   ///< `2023年营业收入` of 各年营业收入
  facts::ColumnUnit unit;
  bool unit_named = false;   ///< by the heading or by a `单位：万元` above the table
  std::string strange_unit;  ///< an amount in something else, such as 万美元; not to be read
};

struct Heading {
  int last_row = 0;
  std::vector<HeadingColumn> columns;
  std::optional<Date> observed;  ///< the 填报日期 above the table

  int matched() const;
  /// The first column with the value of a fact.
  const HeadingColumn* find(std::string_view fact) const;
};

/// Finds the heading that names the most of `facts`; with equal numbers the flattest, then the
/// first. A heading may stand in several rows, with cells merged either way.
/// nullopt when no row names any.
std::optional<Heading> find_heading(const Grid& grid, std::span<const model::FactDefinition> facts);

/// Headings and names that differ only in width, case, blanks or a star compare equal by this.
std::string heading_key(std::string_view text);

}  // namespace huice::sheet
