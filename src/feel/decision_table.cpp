#include "feel/decision_table.h"

#include <algorithm>
#include <array>

namespace huice::feel {
namespace {

Error table_error(std::string message, const SourceSpan& where, std::string hint) {
  return {.code = ErrorCode::InvalidInput,
          .id = "feel.table",
          .message = std::move(message),
          .where = where,
          .hint = std::move(hint)};
}

std::optional<Error> misfit(const DecisionTable::Parts& parts, const TableRule& rule,
                            std::size_t number) {
  const std::size_t wanted = parts.inputs.size() + parts.outputs.size();
  const std::size_t found = rule.tests.size() + rule.results.size();
  if (rule.tests.size() == parts.inputs.size() && rule.results.size() == parts.outputs.size()) {
    return std::nullopt;
  }
  return table_error("第 " + std::to_string(number) + " 条规则应有 " + std::to_string(wanted) +
                         " 格，实有 " + std::to_string(found) + " 格",
                     rule.where, "每个输入、每个输出各写一格，不限的写 -");
}

}  // namespace

std::optional<std::pair<HitPolicy, Aggregation>> parse_hit_policy(std::string_view symbol) {
  struct Named {
    std::string_view symbol;
    HitPolicy hit;
    Aggregation aggregation;
  };
  static constexpr std::array<Named, 11> kPolicies = {
      {{"U", HitPolicy::Unique, Aggregation::None},
       {"A", HitPolicy::Any, Aggregation::None},
       {"P", HitPolicy::Priority, Aggregation::None},
       {"F", HitPolicy::First, Aggregation::None},
       {"R", HitPolicy::RuleOrder, Aggregation::None},
       {"O", HitPolicy::OutputOrder, Aggregation::None},
       {"C", HitPolicy::Collect, Aggregation::None},
       {"C+", HitPolicy::Collect, Aggregation::Sum},
       {"C<", HitPolicy::Collect, Aggregation::Min},
       {"C>", HitPolicy::Collect, Aggregation::Max},
       {"C#", HitPolicy::Collect, Aggregation::Count}}};
  for (const Named& named : kPolicies) {
    if (named.symbol == symbol) return std::pair(named.hit, named.aggregation);
  }
  return std::nullopt;
}

Result<DecisionTable> DecisionTable::make(Parts parts) {
  const std::size_t columns = parts.inputs.size() + parts.outputs.size();
  if (parts.rules.size() > kMaxTableRules || columns > kMaxTableColumns) {
    return Error{.code = ErrorCode::TooLarge,
                 .id = "feel.too-large",
                 .message = "决策表超过 " + std::to_string(kMaxTableRules) + " 行或 " +
                            std::to_string(kMaxTableColumns) + " 列",
                 .where = {},
                 .hint = "把表拆成几个"};
  }
  if (parts.outputs.empty()) {
    return table_error("决策表没有输出", {}, "在 outputs 中写明结果的名称");
  }
  Findings findings;
  for (std::size_t i = 0; i < parts.rules.size(); ++i) {
    if (auto error = misfit(parts, parts.rules[i], i + 1)) findings.push_back(*std::move(error));
  }
  if (!findings.empty()) return as_error(std::move(findings));
  return DecisionTable(std::move(parts));
}

std::vector<std::string> DecisionTable::names() const {
  std::vector<std::string> all;
  const auto note = [&](const Expression& expression) {
    for (const std::string& name : expression.names()) {
      if (std::ranges::find(all, name) == all.end()) all.push_back(name);
    }
  };
  for (const TableInput& input : parts_.inputs)
    note(input.expression);
  for (const TableRule& rule : parts_.rules) {
    std::ranges::for_each(rule.tests, note);
    std::ranges::for_each(rule.results, note);
  }
  return all;
}

}  // namespace huice::feel
