// Decisions that sort enterprises and suggest what to do: one DMN decision table a file.
//
//   decision: struggling-kinds        # stable id
//   title: 困难企业分类施策
//   source: {number: …, checked_on: …, confidence: …}
//   note: 界限为本库约定，可按本地实际修改
//   table: {hit: R, inputs: [...], outputs: [类型, 措施], rules: [...]}
//   tests: [{name: …, given: {…}, on: 2026-06-30, expect: {类型: [低效型]}}]
//
// Inputs are FEEL over the facts of the catalogue, derived facts included.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "feel/decision_table.h"
#include "policy/belief.h"
#include "policy/library.h"

namespace huice::policy {

struct DecisionFile {
  std::string id;
  std::string title;
  std::string note;
  Source source;
  feel::DecisionTable table;
  std::vector<InlineTest> tests;  ///< `expect`: for the first output, the texts of rules that hold
  SourceSpan where;
};

/// Reads one file. Errors: those of YAML and of policy files (`policy.unknown-key`,
/// `policy.unknown-fact`, `policy.missing-source` …) and `feel.table`.
Result<DecisionFile> read_decision(std::string_view utf8, std::string_view file,
                                   const Library& library);

/// What became of one rule.
struct RuleOutcome {
  std::size_t number = 0;  ///< from 1
  Truth truth = Truth::Unknown;
  std::vector<std::pair<std::string, std::string>> results;  ///< output name and text
  std::vector<std::string> reasons;  ///< per cell: `产能利用率为45%，符合“低于60%”`
  std::vector<std::string> missing;  ///< facts that would decide it
  std::string note;
};

/// Every rule for one enterprise, in the order of the table; of a table that gives one result
/// (hit U A F P) the rules after the first that holds are left out.
std::vector<RuleOutcome> decide(const Library& library, const DecisionFile& decision,
                                const model::Profile& profile, Date on, Date known_on);

/// Runs the tests of the file: `check.decision`.
Findings check_decision(const Library& library, const DecisionFile& decision);

/// Reads every .yaml file of a folder, sorted by name; an absent folder has none. Errors: those of
/// the files.
Result<std::vector<DecisionFile>> read_decisions(const Library& library,
                                                 const std::filesystem::path& folder);

/// Runs the tests of all files of a folder. Errors: those of read_decisions.
Result<Findings> check_decisions(const Library& library, const std::filesystem::path& folder);

/// The outcomes in Chinese: rules that hold with their reasons, then those that facts may decide.
std::string decision_text(const DecisionFile& decision, const std::vector<RuleOutcome>& outcomes);
/// For JSON: {decision, title, results: [{rule, …outputs, reasons}], open: [{rule, missing}]}.
model::Value decision_value(const DecisionFile& decision, const std::vector<RuleOutcome>& outcomes);

/// The table itself in Chinese, for JSON: {id, title, note, source, hit, inputs, outputs, rules:
/// [{when: [a text an input; empty: any], then: [a text an output], note}]}.
model::Value decision_table_value(const Library& library, const DecisionFile& decision);

/// A table drawn in a DMN editor as the text of such a file; the source is left to be filled in.
std::string decision_yaml(std::string_view id, std::string_view title,
                          const feel::DecisionTable& table);

}  // namespace huice::policy
