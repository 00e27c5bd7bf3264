// What a cell says of a fact.
#pragma once

#include <optional>
#include <string>

#include "base/decimal.h"
#include "base/result.h"
#include "model/profile.h"
#include "sheet/grid.h"

namespace huice::sheet {

/// The unit of a column, where its heading or the sheet names one.
struct ColumnUnit {
  int power = 0;         ///< money: ten to this power makes the number one of 元
  bool percent = false;  ///< ratios: numbers are hundredths
};

/// The value, or why there is none; a note says that the value needs a second look, or that a word
/// like 暂无 was taken as unknown. All three may be absent: the cell says nothing.
/// The errors carry no place.
struct Reading {
  std::optional<model::Value> value;
  std::optional<Error> refusal;
  std::optional<Error> note;
};

/// Reads a cell as `fact` wants it: amounts as 元, ratios as 0.032, 是 √ 有 as true, days in any
/// form people use, codes in capitals without blanks, texts as the catalogue spells them.
///
/// A blank is unknown, never zero. Refusals: InvalidInput `sheet.cell.number`, `.approximate`,
/// `.negative`, `.ratio`, `.day`, `.yes-no`, `.value` (not among the allowed), `.formula`,
/// `.digits-lost`, `.industry`, `.list`. Notes: `sheet.cell.unknown`, `sheet.cell.uscc`.
Reading read_cell(const GridCell& cell, const model::FactDefinition& fact, const ColumnUnit& unit);

}  // namespace huice::sheet
