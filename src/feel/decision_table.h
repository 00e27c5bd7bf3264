// Decision tables: rules as rows, tests and results as cells.
//
// In policy files a table is written so:
//
//   hit: U                       # U A P F R O C C+ C< C> C#; U when left out
//   inputs:                      # FEEL expressions, or records
//     - 从业人数
//     - {expression: 营业收入 / 10000, values: '>= 0', label: 营业收入（万元）}
//   outputs:                     # names, or records; values in order of priority (P, O)
//     - {name: 企业规模, values: '"大型", "中型", "小型", "微型"', default: '"微型"'}
//   rules:                       # a cell each: tests of the inputs, then results
//     - ['>= 1000', '>= 40000', '"大型"']
//     - {when: ['[300..1000)', '>= 2000'], then: ['"中型"'], note: 附件第二条}
//
// A cell written in YAML as a number, 是否 or date is that constant; as text it is FEEL, so a
// constant text needs its own quotes; left empty or `-` it always holds.
//
// Source: OMG DMN 1.5, chapter 8.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "feel/evaluate.h"
#include "feel/expression.h"
#include "feel/names.h"
#include "model/value.h"

namespace huice::feel {

enum class HitPolicy { Unique, Any, Priority, First, RuleOrder, OutputOrder, Collect };
enum class Aggregation { None, Sum, Min, Max, Count };

/// Rules, inputs and outputs of one table.
inline constexpr std::size_t kMaxTableRules = 10'000;
inline constexpr std::size_t kMaxTableColumns = 200;

struct TableInput {
  Expression expression;
  std::optional<Expression> values;  ///< unary tests that allowed values satisfy
  std::string label;
};

struct TableOutput {
  std::string name;                    ///< empty when there is one output without a name
  std::optional<Expression> values;    ///< unary tests: allowed values, highest priority first
  std::optional<Expression> fallback;  ///< the value when no rule matches
  std::string label;
};

struct TableRule {
  std::vector<Expression> tests;    ///< one for each input
  std::vector<Expression> results;  ///< one for each output
  std::string note;
  SourceSpan where;
};

/// A table. Immutable once made; the number of cells fits the columns.
class DecisionTable {
 public:
  struct Parts {
    HitPolicy hit = HitPolicy::Unique;
    Aggregation aggregation = Aggregation::None;
    std::vector<TableInput> inputs;
    std::vector<TableOutput> outputs;
    std::vector<TableRule> rules;
  };

  /// Errors: InvalidInput `feel.table` when rows and columns disagree; TooLarge `feel.too-large`.
  static Result<DecisionTable> make(Parts parts);

  /// Reads the form above. All findings of all cells are collected.
  /// Errors: `feel.table`, and those of Expression::parse with the place of the cell.
  static Result<DecisionTable> from_model(const model::Value& table, const Names& known);

  HitPolicy hit() const { return parts_.hit; }
  Aggregation aggregation() const { return parts_.aggregation; }
  const std::vector<TableInput>& inputs() const { return parts_.inputs; }
  const std::vector<TableOutput>& outputs() const { return parts_.outputs; }
  const std::vector<TableRule>& rules() const { return parts_.rules; }
  /// The names it takes from outside, each once.
  std::vector<std::string> names() const;

 private:
  explicit DecisionTable(Parts parts) : parts_(std::move(parts)) {}
  Parts parts_;
};

/// `C+` and the like to policy and aggregation; nullopt for anything else.
std::optional<std::pair<HitPolicy, Aggregation>> parse_hit_policy(std::string_view symbol);

/// What a table gives: the value, and which rules (from 0) matched.
struct TableOutcome {
  Value value;  ///< one output: its value; several: a context; O R C: a list
  std::vector<std::size_t> matched;
  /// The tests of some rule could not be decided, because an input is null.
  bool undecided = false;
};

/// Evaluates the table. No match and no default is null; so is a breach of U or A
/// (`feel.table.overlap` in the warnings).
TableOutcome evaluate(const DecisionTable& table, const Context& facts,
                      const Environment& environment, Warnings* warnings = nullptr);

}  // namespace huice::feel
