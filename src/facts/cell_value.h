// What a cell says of a fact.
#pragma once

#include <optional>
#include <string>

#include "base/decimal.h"
#include "base/result.h"
#include "facts/cell.h"
#include "model/profile.h"

namespace huice::facts {

/// The unit of a column, where its heading or the sheet names one.
struct ColumnUnit {
  int power = 0;         ///< money: ten to this power makes the number one of 元
  bool percent = false;  ///< ratios: numbers are hundredths
};

/// The value or the range, or why there is none; a note says that the value needs a second look, or
/// that a word like 暂无 was taken as unknown. All may be absent: the cell says nothing.
/// The errors carry no place.
struct Reading {
  std::optional<model::Value> value;
  std::optional<Decimal> low;  ///< of a range, inclusive; absent where it is open
  std::optional<Decimal> high;
  std::optional<Error> refusal;
  std::optional<Error> note;

  bool is_range() const { return low || high; }
  /// What it tells, as a fact of that origin; requires a value or a range.
  model::Fact to_fact(std::string source, std::optional<Date> observed) const;
};

/// Reads a cell as `fact` wants it: amounts as 元, ratios as 0.032, 是 √ 有 as true, days in any
/// form people use, codes in capitals without blanks, texts as the catalogue spells them. A number
/// of which only a range is known is `200..300`, `200..` or `..5%`, a unit at its end counting for
/// both ends.
///
/// A blank is unknown, never zero. Refusals: InvalidInput `sheet.cell.number`, `.approximate`,
/// `.negative`, `.ratio`, `.day`, `.yes-no`, `.value` (not among the allowed), `.formula`,
/// `.digits-lost`, `.industry`, `.list`, `.range`. Notes: `sheet.cell.unknown`, `sheet.cell.uscc`.
Reading read_cell(const Cell& cell, const model::FactDefinition& fact, const ColumnUnit& unit);

}  // namespace huice::facts
