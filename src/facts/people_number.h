// Numbers as people type them into cells.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/decimal.h"

namespace huice::facts {

/// A unit of money, of people, of time, as headings and cells name it.
struct UnitWord {
  std::string_view word;
  int power;  ///< of ten: 4 for 万元
};

/// The amount of money that `word` names (`万元`, `千元`, `亿`); nullptr when it names none.
const UnitWord* money_unit(std::string_view word);

enum class NumberFault {
  None,
  NotANumber,
  Approximate,  ///< 约300, 300左右, 200-300
  Grouping,     ///< 1,2345
};

struct PeopleNumber {
  Decimal value;
  /// Ten to this power makes the number one of 元; set when the text names a unit of money.
  std::optional<int> money_power;
  bool percent = false;  ///< the text ends in %; the value is already divided by 100
  NumberFault fault = NumberFault::None;
};

/// Reads `1,234.5`, `１２３`, `-3`, `12.5万元`, `3.2%`, `78人`, `2017年`, `三百`. Blanks do not
/// count. `unit` is the fact's own, which may follow the number.
PeopleNumber parse_people_number(std::string_view utf8, std::string_view unit);

}  // namespace huice::facts
