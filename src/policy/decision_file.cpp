#include "policy/decision_file.h"

#include <algorithm>

#include "base/files.h"
#include "facts/record_reader.h"
#include "notation/yaml.h"
#include "policy/chinese.h"
#include "policy/expressions.h"
#include "policy/fields.h"
#include "policy/situation.h"
#include "policy/source_reader.h"
#include "policy/wording.h"

namespace huice::policy {
namespace {

Vocabulary vocabulary_of(const Library& library) {
  Vocabulary vocabulary;
  for (const std::string& name : library.names().list()) {
    if (const model::FactDefinition* fact = library.definition(name)) {
      vocabulary.add(*fact);
      continue;
    }
    model::FactDefinition builtin;
    builtin.name = name;
    builtin.type = name == kToday ? model::FactType::Day : model::FactType::Number;
    vocabulary.add(builtin);
  }
  return vocabulary;
}

void check_cells(const feel::DecisionTable& table, const Vocabulary& vocabulary,
                 Findings& findings) {
  for (const feel::TableInput& input : table.inputs())
    check_expression(input.expression, vocabulary, findings);
  for (const feel::TableRule& rule : table.rules()) {
    for (const feel::Expression& cell : rule.tests)
      check_expression(cell, vocabulary, findings);
    for (const feel::Expression& cell : rule.results)
      check_expression(cell, vocabulary, findings);
  }
}

InlineTest read_test(const model::Value& item, Findings& findings) {
  Fields fields(item, "测试", findings);
  fields.allow_only({"name", "given", "on", "expect"});
  InlineTest test;
  test.name = fields.required_text("name");
  test.where = fields.where();
  test.on = fields.required_day("on").value_or(Date());
  if (const model::Value* given = fields.require("given")) test.given = *given;
  if (const model::Value* expect = fields.require("expect")) test.expect = *expect;
  return test;
}

std::optional<DecisionFile> read_root(const model::Value& root, const Library& library,
                                      Findings& findings) {
  Fields fields(root, "决策", findings);
  fields.allow_only({"decision", "title", "note", "source", "table", "tests"});
  const std::string id = fields.required_text("decision");
  const std::string title = fields.required_text("title");
  Source source = read_source(fields, findings);
  std::vector<InlineTest> tests;
  for (const model::Value& item : fields.items("tests"))
    tests.push_back(read_test(item, findings));
  const model::Value* written = fields.require("table");
  if (written == nullptr) return std::nullopt;
  const Vocabulary vocabulary = vocabulary_of(library);
  auto table = feel::DecisionTable::from_model(*written, vocabulary.feel_names());
  if (!table) {
    for (Error& each : as_findings(std::move(table).error()))
      findings.push_back(std::move(each));
    return std::nullopt;
  }
  check_cells(table.value(), vocabulary, findings);
  return DecisionFile{.id = id,
                      .title = title,
                      .note = fields.text("note"),
                      .source = std::move(source),
                      .table = std::move(table).value(),
                      .tests = std::move(tests),
                      .where = fields.where()};
}

class Decider {
 public:
  Decider(const Library& library, const DecisionFile& decision, Situation& situation)
      : library_(library), table_(decision.table), reasoner_(situation) {
    for (const feel::TableInput& input : table_.inputs())
      inputs_.push_back(reasoner_.of(input.expression));
  }

  std::vector<RuleOutcome> run() {
    using feel::HitPolicy;
    const HitPolicy hit = table_.hit();
    const bool one = hit == HitPolicy::First || hit == HitPolicy::Unique || hit == HitPolicy::Any ||
                     hit == HitPolicy::Priority;
    std::vector<RuleOutcome> outcomes;
    for (const feel::TableRule& rule : table_.rules()) {
      outcomes.push_back(outcome(rule, outcomes.size() + 1));
      if (one && outcomes.back().truth == Truth::True) break;
    }
    return outcomes;
  }

 private:
  RuleOutcome outcome(const feel::TableRule& rule, std::size_t number) {
    RuleOutcome outcome{.number = number, .results = {}, .reasons = {}, .missing = {}};
    outcome.note = rule.note;
    std::vector<Belief> cells;
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
      if (rule.tests[i].text() == "-") continue;
      cells.push_back(reasoner_.satisfies(rule.tests[i], inputs_[i]));
      reason(rule.tests[i], i, truth_of(cells.back()), outcome);
    }
    const Belief all = all_of(cells);
    outcome.truth = truth_of(all);
    if (outcome.truth == Truth::Unknown) outcome.missing = all.missing;
    for (std::size_t i = 0; i < table_.outputs().size(); ++i) {
      const Belief result = reasoner_.of(rule.results[i]);
      outcome.results.emplace_back(table_.outputs()[i].name,
                                   result.is_known() ? value_text(result.value, {}) : "未知");
    }
    return outcome;
  }

  void reason(const feel::Expression& cell, std::size_t i, Truth truth, RuleOutcome& outcome) {
    const feel::TableInput& input = table_.inputs()[i];
    const model::FactDefinition* fact = library_.definition(input.expression.text());
    const Quantity quantity = fact == nullptr ? Quantity{} : Quantity{fact->type, fact->unit};
    const bool known = inputs_[i].is_known() && !inputs_[i].value.is_null();
    const std::string word = truth == Truth::True    ? "符合"
                             : truth == Truth::False ? "不符合"
                                                     : "待定，要求";
    const ChineseReader chinese([&](std::string_view name) { return library_.definition(name); });
    const std::string wanted = chinese.tests(cell, quantity);
    const std::string actual = known ? value_text(inputs_[i].value, quantity) : std::string();
    std::string text = input.label + (known ? "为" + actual : "未知");
    if (actual != wanted) text += "，" + word + "“" + wanted + "”";
    outcome.reasons.push_back(std::move(text));
  }

  const Library& library_;
  const feel::DecisionTable& table_;
  Reasoner reasoner_;
  std::vector<Belief> inputs_;
};

std::string results_text(const RuleOutcome& outcome) {
  std::string text;
  for (const auto& [name, value] : outcome.results)
    text += (text.empty() ? "" : "；") + name + "：" + value;
  return text;
}

std::string in_quotes(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') out += '\'';
    out += c == '\n' ? ' ' : c;
  }
  return out + "'";
}

std::string hit_symbol(const feel::DecisionTable& table) {
  using feel::Aggregation;
  static constexpr const char* kHits[] = {"U", "A", "P", "F", "R", "O", "C"};
  static constexpr const char* kSums[] = {"", "+", "<", ">", "#"};
  return std::string(kHits[static_cast<std::size_t>(table.hit())]) +
         kSums[static_cast<std::size_t>(table.aggregation())];
}

std::string_view hit_text(feel::HitPolicy hit) {
  using feel::HitPolicy;
  switch (hit) {
    case HitPolicy::Unique:
      return "至多一条相符";
    case HitPolicy::Any:
      return "相符的各条结果相同";
    case HitPolicy::Priority:
      return "几条相符的，取最优先的结果";
    case HitPolicy::First:
      return "几条相符的，取第一条";
    case HitPolicy::RuleOrder:
    case HitPolicy::OutputOrder:
    case HitPolicy::Collect:
      break;
  }
  return "几条相符的，都算";
}

}  // namespace

Result<DecisionFile> read_decision(std::string_view utf8, std::string_view file,
                                   const Library& library) {
  HUICE_TRY(const model::Value root, notation::read_yaml(utf8, file));
  Findings findings;
  auto decision = read_root(root, library, findings);
  if (!findings.empty()) return as_error(std::move(findings));
  return std::move(*decision);
}

std::vector<RuleOutcome> decide(const Library& library, const DecisionFile& decision,
                                const model::Profile& profile, Date on, Date known_on) {
  Situation situation(library, profile, on, known_on);
  return Decider(library, decision, situation).run();
}

Findings check_decision(const Library& library, const DecisionFile& decision) {
  Findings findings;
  for (const InlineTest& test : decision.tests) {
    auto profile = facts::read_profile(test.given, library.catalogue(), "用例" + test.name);
    if (!profile) {
      for (Error& each : as_findings(std::move(profile).error()))
        findings.push_back(std::move(each));
      continue;
    }
    model::Value::List actual;
    for (const RuleOutcome& each : decide(library, decision, profile.value(), test.on, test.on)) {
      if (each.truth == Truth::True) actual.emplace_back(each.results.front().second);
    }
    if (model::Value(actual) == test.expect) continue;
    findings.push_back(finding("check.decision",
                               "决策“" + decision.id + "”的用例“" + test.name + "”应得" +
                                   feel::to_text(feel::from_model(test.expect)) + "，实得" +
                                   feel::to_text(feel::from_model(model::Value(actual))),
                               test.where));
  }
  return findings;
}

Result<std::vector<DecisionFile>> read_decisions(const Library& library,
                                                 const std::filesystem::path& folder) {
  namespace fs = std::filesystem;
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry->path().extension() == ".yaml") files.push_back(entry->path());
  }
  std::ranges::sort(files);
  std::vector<DecisionFile> decisions;
  for (const fs::path& file : files) {
    HUICE_TRY(const std::string text, read_file(file));
    HUICE_TRY(DecisionFile decision, read_decision(text, file.string(), library));
    decisions.push_back(std::move(decision));
  }
  return decisions;
}

Result<Findings> check_decisions(const Library& library, const std::filesystem::path& folder) {
  HUICE_TRY(const auto decisions, read_decisions(library, folder));
  Findings findings;
  for (const DecisionFile& decision : decisions) {
    for (Error& each : check_decision(library, decision))
      findings.push_back(std::move(each));
  }
  return findings;
}

std::string decision_text(const DecisionFile& decision, const std::vector<RuleOutcome>& outcomes) {
  std::string text = decision.title + "［" + decision.id + "］\n";
  bool any = false;
  for (const RuleOutcome& each : outcomes) {
    if (each.truth != Truth::True) continue;
    any = true;
    text += "  ● " + results_text(each) + "\n";
    for (const std::string& reason : each.reasons)
      text += "      " + reason + "\n";
    if (!each.note.empty()) text += "      说明：" + each.note + "\n";
  }
  if (!any) text += "  没有符合的规则\n";
  for (const RuleOutcome& each : outcomes) {
    if (each.truth != Truth::Unknown) continue;
    text += "  ○ 待定：" + each.results.front().second + "，缺：" + joined(each.missing) + "\n";
  }
  text += "依据：" + source_text(decision.source) + "\n";
  if (!decision.note.empty()) text += "说明：" + decision.note + "\n";
  return text;
}

model::Value decision_value(const DecisionFile& decision,
                            const std::vector<RuleOutcome>& outcomes) {
  using model::Value;
  const auto texts = [](const std::vector<std::string>& items) {
    return Value(Value::List(items.begin(), items.end()));
  };
  Value::List results;
  Value::List open;
  for (const RuleOutcome& each : outcomes) {
    if (each.truth == Truth::False) continue;
    Value::Record outputs;
    for (const auto& [name, value] : each.results)
      outputs.emplace_back(name, value);
    Value::Record record = {{"rule", Value(static_cast<int>(each.number))},
                            {"outputs", Value(std::move(outputs))},
                            {"reasons", texts(each.reasons)},
                            {"missing", texts(each.missing)}};
    (each.truth == Truth::True ? results : open).emplace_back(std::move(record));
  }
  return Value::Record{{"decision", decision.id},
                       {"title", decision.title},
                       {"results", Value(std::move(results))},
                       {"open", Value(std::move(open))}};
}

model::Value decision_table_value(const Library& library, const DecisionFile& decision) {
  using model::Value;
  const ChineseReader chinese([&](std::string_view name) { return library.definition(name); });
  const feel::DecisionTable& table = decision.table;
  Value::List inputs;
  for (const feel::TableInput& input : table.inputs())
    inputs.emplace_back(input.label.empty() ? input.expression.text() : input.label);
  Value::List outputs;
  for (const feel::TableOutput& output : table.outputs())
    outputs.emplace_back(output.name.empty() ? std::string("结果") : output.name);
  Value::List rules;
  for (const feel::TableRule& rule : table.rules()) {
    Value::List when;
    for (std::size_t i = 0; i < rule.tests.size(); ++i) {
      const model::FactDefinition* fact = library.definition(table.inputs()[i].expression.text());
      const Quantity quantity = fact == nullptr ? Quantity{} : Quantity{fact->type, fact->unit};
      const bool any = rule.tests[i].text() == "-";
      when.emplace_back(any ? std::string() : chinese.tests(rule.tests[i], quantity));
    }
    Value::List then;
    for (const feel::Expression& result : rule.results) {
      const feel::Value value = feel::evaluate(result, {}, {});
      then.emplace_back(value.is_null() ? result.text() : value_text(value, {}));
    }
    rules.emplace_back(Value::Record{
        {"when", Value(std::move(when))}, {"then", Value(std::move(then))}, {"note", rule.note}});
  }
  return Value::Record{{"id", decision.id},
                       {"title", decision.title},
                       {"note", decision.note},
                       {"source", source_text(decision.source)},
                       {"hit", std::string(hit_text(table.hit()))},
                       {"inputs", Value(std::move(inputs))},
                       {"outputs", Value(std::move(outputs))},
                       {"rules", Value(std::move(rules))}};
}

std::string decision_yaml(std::string_view id, std::string_view title,
                          const feel::DecisionTable& table) {
  std::string text = "decision: " + std::string(id) + "\ntitle: " + in_quotes(title) +
                     "\nsource:  # 请补填出处\n  number: 待填\n  checked_on: 1970-01-01\n"
                     "  confidence: memory\ntable:\n  hit: " +
                     in_quotes(hit_symbol(table)) + "\n  inputs:\n";
  for (const feel::TableInput& input : table.inputs()) {
    text += "    - {expression: " + in_quotes(input.expression.text()) +
            ", label: " + in_quotes(input.label.empty() ? input.expression.text() : input.label) +
            "}\n";
  }
  text += "  outputs:\n";
  for (const feel::TableOutput& output : table.outputs())
    text += "    - " + in_quotes(output.name.empty() ? "结果" : output.name) + "\n";
  text += "  rules:\n";
  for (const feel::TableRule& rule : table.rules()) {
    text += "    - {when: [";
    for (std::size_t i = 0; i < rule.tests.size(); ++i)
      text += (i == 0 ? "" : ", ") + in_quotes(rule.tests[i].text());
    text += "], then: [";
    for (std::size_t i = 0; i < rule.results.size(); ++i)
      text += (i == 0 ? "" : ", ") + in_quotes(rule.results[i].text());
    text += "]" + (rule.note.empty() ? "" : ", note: " + in_quotes(rule.note)) + "}\n";
  }
  return text;
}

}  // namespace huice::policy
