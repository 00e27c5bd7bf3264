// Which rules match, and what the hit policy makes of them. Source: DMN 1.5, 8.2.10.
#include "feel/table_evaluator.h"

#include <algorithm>

namespace huice::feel {
namespace {

/// One evaluation of one table.
class TableRun {
 public:
  TableRun(const DecisionTable& table, Evaluator& evaluator, const Scope& scope)
      : table_(table), evaluator_(evaluator), scope_(scope) {}

  TableOutcome run() {
    if (!read_inputs()) return std::move(outcome_);
    for (std::size_t i = 0; i < table_.rules().size(); ++i) {
      const Value matched = rule_matches(table_.rules()[i]);
      outcome_.undecided = outcome_.undecided || matched.is_null();
      if (!matched.is_true()) continue;
      outcome_.matched.push_back(i);
      if (table_.hit() == HitPolicy::First) break;
    }
    outcome_.value = outcome_.matched.empty() ? fallback() : hit_value();
    return std::move(outcome_);
  }

 private:
  bool read_inputs() {
    for (const TableInput& input : table_.inputs()) {
      inputs_.push_back(evaluator_.evaluate(input.expression.root(), scope_));
      if (!input.values || allowed(*input.values, inputs_.back())) continue;
      evaluator_.null("feel.table.input", "“" + input.expression.text() + "”的值" +
                                              to_chinese(inputs_.back()) +
                                              "不在决策表允许的值之内");
      return false;
    }
    return true;
  }

  /// An input must be among its allowed values; each item, when it is a list.
  bool allowed(const Expression& values, const Value& input) {
    if (input.is_null()) return true;
    if (evaluator_.test(values.root(), input, scope_).is_true()) return true;
    const auto* items = input.list();
    return items != nullptr && std::ranges::all_of(*items, [&](const Value& item) {
             return evaluator_.test(values.root(), item, scope_).is_true();
           });
  }

  Value rule_matches(const TableRule& rule) {
    bool unknown = false;
    for (std::size_t i = 0; i < rule.tests.size(); ++i) {
      const Value passed = evaluator_.test(rule.tests[i].root(), inputs_[i], scope_);
      if (passed.is_false()) return false;
      unknown = unknown || !passed.is_true();
    }
    return unknown ? Value() : Value(true);
  }

  Value output(const TableRule& rule, std::size_t column) {
    return evaluator_.evaluate(rule.results[column].root(), scope_);
  }

  /// The outputs of one rule: a value, or a context of them.
  Value result(const TableRule& rule) {
    const auto& columns = table_.outputs();
    if (columns.size() == 1) return output(rule, 0);
    Context row;
    for (std::size_t i = 0; i < columns.size(); ++i)
      row.put(columns[i].name, output(rule, i));
    return row;
  }

  Value::List results() {
    Value::List all;
    for (const std::size_t rule : outcome_.matched)
      all.push_back(result(table_.rules()[rule]));
    return all;
  }

  Value fallback() {
    const auto& columns = table_.outputs();
    const bool any = std::ranges::any_of(
        columns, [](const TableOutput& column) { return column.fallback.has_value(); });
    if (!any) {
      if (table_.aggregation() == Aggregation::Count) return 0;
      const bool lists =
          table_.hit() == HitPolicy::RuleOrder || table_.hit() == HitPolicy::OutputOrder ||
          (table_.hit() == HitPolicy::Collect && table_.aggregation() == Aggregation::None);
      return lists ? Value(Value::List{}) : Value();
    }
    const auto of = [&](const TableOutput& column) {
      return column.fallback ? evaluator_.evaluate(column.fallback->root(), scope_) : Value();
    };
    if (columns.size() == 1) return of(columns.front());
    Context row;
    for (const TableOutput& column : columns)
      row.put(column.name, of(column));
    return row;
  }

  Value hit_value() {
    switch (table_.hit()) {
      case HitPolicy::Unique:
        return outcome_.matched.size() == 1 ? results().front() : overlap("唯一命中");
      case HitPolicy::Any: {
        const Value::List all = results();
        const bool same =
            std::ranges::all_of(all, [&](const Value& each) { return each == all.front(); });
        return same ? all.front() : overlap("结果一致");
      }
      case HitPolicy::First:
        return results().front();
      case HitPolicy::Priority:
        return by_priority().front();
      case HitPolicy::OutputOrder:
        return by_priority();
      case HitPolicy::RuleOrder:
        return results();
      case HitPolicy::Collect:
        return collected();
    }
    return {};
  }

  Value overlap(std::string_view policy) {
    std::string rules;
    for (const std::size_t rule : outcome_.matched)
      rules += (rules.empty() ? "" : "、") + std::to_string(rule + 1);
    return evaluator_.null("feel.table.overlap",
                           "第 " + rules + " 条规则同时命中，违反“" + std::string(policy) + "”");
  }

  /// Where the value stands among the output's values; last when it is not there.
  std::size_t rank(const TableOutput& column, const Value& value) {
    if (!column.values) return 0;
    const auto& choices = column.values->root().children;
    for (std::size_t i = 0; i < choices.size(); ++i) {
      if (evaluator_.test(*choices[i], value, scope_).is_true()) return i;
    }
    return choices.size();
  }

  Value::List by_priority() {
    struct Ranked {
      std::vector<std::size_t> ranks;
      Value value;
    };
    std::vector<Ranked> ranked;
    for (const std::size_t rule : outcome_.matched) {
      Ranked row{{}, result(table_.rules()[rule])};
      const auto& columns = table_.outputs();
      for (const TableOutput& column : columns) {
        const Value* cell =
            columns.size() == 1 ? &row.value : row.value.context()->find(column.name);
        row.ranks.push_back(rank(column, cell == nullptr ? Value() : *cell));
      }
      ranked.push_back(std::move(row));
    }
    std::ranges::stable_sort(ranked, {}, &Ranked::ranks);
    Value::List values;
    for (Ranked& row : ranked)
      values.push_back(std::move(row.value));
    return values;
  }

  /// The aggregate of each output over the matching rules.
  Value collected() {
    const Value::List all = results();
    if (table_.aggregation() == Aggregation::None) return all;
    const auto& columns = table_.outputs();
    if (columns.size() == 1) return aggregated(all);
    Context row;
    for (const TableOutput& column : columns) {
      Value::List cells;
      for (const Value& each : all)
        cells.push_back(*each.context()->find(column.name));
      row.put(column.name, aggregated(cells));
    }
    return row;
  }

  Value aggregated(const Value::List& cells) {
    if (table_.aggregation() == Aggregation::Count) {
      return static_cast<std::int64_t>(cells.size());
    }
    Value total = cells.front();
    for (std::size_t i = 1; i < cells.size(); ++i) {
      if (table_.aggregation() == Aggregation::Sum) {
        total = calculate(evaluator_, Operator::Add, total, cells[i]);
        continue;
      }
      const auto ordered = order(cells[i], total);
      if (!ordered) return evaluator_.null("feel.type", "决策表的结果不能比较大小");
      const bool better = table_.aggregation() == Aggregation::Min ? *ordered < 0 : *ordered > 0;
      if (better) total = cells[i];
    }
    return total;
  }

  const DecisionTable& table_;
  Evaluator& evaluator_;
  const Scope& scope_;
  std::vector<Value> inputs_;
  TableOutcome outcome_;
};

}  // namespace

TableOutcome evaluate_table(const DecisionTable& table, Evaluator& evaluator, const Scope& scope) {
  return TableRun(table, evaluator, scope).run();
}

TableOutcome evaluate(const DecisionTable& table, const Context& facts,
                      const Environment& environment, Warnings* warnings) {
  Evaluator evaluator(environment, warnings);
  return evaluate_table(table, evaluator, {nullptr, &facts, nullptr, nullptr});
}

}  // namespace huice::feel
