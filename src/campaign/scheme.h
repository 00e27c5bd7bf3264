// The assessment scheme (考核细则): what is measured, and how it becomes points.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/result.h"
#include "campaign/ledger.h"
#include "feel/expression.h"

namespace huice::campaign {

/// Who is assessed, and who may be made responsible.
enum class OfficeKind { Unit, Town };  ///< 县直责任部门; 乡镇（园区）

/// A quantity of one target that rules may name. It carries its evidence with it.
struct Measure {
  enum class Kind {
    Assignments,  ///< helped enterprises the unit leads or the town has; with `entry`: those that
                  ///< have an entry of this kind
    Problems,     ///< problems the target is responsible for, in one of `states`
    Degree,       ///< the sum of how far these problems are solved
    Entries,      ///< attested entries of kind `entry`
    Figure,       ///< the latest attested figure named `figure`
    Formula       ///< FEEL over the measures above it
  };
  std::string name;
  Kind kind = Kind::Figure;
  std::string unit;           ///< `家`, `次`; `%` prints a ratio as a percentage; may be empty
  std::string support;        ///< Assignments: only of this 帮扶类型; empty: of all
  std::string entry;          ///< Assignments, Entries
  std::string figure;         ///< Figure
  std::vector<State> states;  ///< Problems, Degree
  std::optional<feel::Expression> formula;  ///< Formula
  SourceSpan where;
};

/// One way of giving points.
struct Rule {
  enum class Kind {
    FullIf,   ///< `points` when the formula is true, else nothing
    Each,     ///< `points` for each one that the formula counts
    Deduct,   ///< `points` off for each one that the formula counts
    Points,   ///< the formula gives the points
    Ranking,  ///< the first by the formula gets `points`, each place after it `step` less, never
              ///< below 0; equal values share the better place and the next place is left out
  };
  enum class Order { LowFirst, HighFirst };
  Kind kind = Kind::FullIf;
  feel::Expression formula;
  Decimal points;
  Decimal step = 1;
  Order order = Order::HighFirst;
  std::optional<Decimal> cap;  ///< of this rule alone; of Deduct: at most so many points off
  SourceSpan where;
};

/// 一票否决: where the condition is true, the total is 0 whatever the items give.
struct Veto {
  std::string name;
  std::string text;  ///< as the notice prints it
  feel::Expression condition;
  SourceSpan where;
};

/// 考核项目. Its score is the sum of its rules, at least 0 and at most its weight.
struct Item {
  std::string id;
  std::string name;
  Decimal weight;
  std::string text;  ///< the rule as the notice prints it
  std::vector<Rule> rules;
  SourceSpan where;
};

/// Targets that are ranked among themselves.
struct Group {
  std::string id;
  std::string name;
  OfficeKind targets = OfficeKind::Unit;
  std::vector<Measure> measures;
  std::vector<Item> items;  ///< their weights add up to 100
  std::vector<Veto> vetoes;
  std::vector<std::string> ties;  ///< ids of the items that decide between equal totals, in order
  SourceSpan where;
};

struct Scheme {
  std::string title;
  std::string objects;              ///< 考核对象, as the notice says it
  std::vector<std::string> method;  ///< 考核办法: how the scores come about, who attests
  std::vector<std::string> notes;   ///< 计分口径: how unclear words are read
  std::vector<Group> groups;

  const Group* find(std::string_view id) const;
};

}  // namespace huice::campaign
