// What somebody wrote in one place, a cell of a sheet or a value of a record, before anyone asks
// what it means.
#pragma once

#include <string>
#include <variant>

#include "base/date.h"
#include "base/decimal.h"

namespace huice::facts {

/// A cell whose formula failed (`#DIV/0!`), or was saved without its result (empty text).
struct CellFault {
  std::string text;

  friend bool operator==(const CellFault&, const CellFault&) = default;
};

struct Cell {
  int column = 1;  ///< of a sheet, from 1
  std::variant<std::monostate, std::string, Decimal, bool, Date, CellFault> content;
  bool percent = false;   ///< a number shown as a percentage: 0.032 is seen as 3.2%
  bool computed = false;  ///< the saved result of a formula

  bool is_blank() const;
};

/// The text of a cell as a person would read it in the sheet.
std::string to_text(const Cell& cell);

}  // namespace huice::facts
