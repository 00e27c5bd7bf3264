// The form of decision tables in policy files; see decision_table.h.
#include "feel/decision_table.h"

namespace huice::feel {
namespace {

/// Reads one table and collects what is wrong with it.
class TableReader {
 public:
  TableReader(const model::Value& table, const Names& known) : table_(table), known_(known) {}

  Result<DecisionTable> read() {
    if (table_.record() == nullptr) {
      return wrong(table_, "决策表应为含 inputs、outputs、rules 的记录");
    }
    for (const auto& [name, value] : *table_.record()) {
      if (name != "hit" && name != "inputs" && name != "outputs" && name != "rules") {
        findings_.push_back(wrong(value, "决策表没有“" + name + "”这一项"));
      }
    }
    read_hit();
    each("inputs", [&](const model::Value& value) { read_input(value); });
    each("outputs", [&](const model::Value& value) { read_output(value); });
    each("rules", [&](const model::Value& value) { read_rule(value); });
    if (!findings_.empty()) return as_error(std::move(findings_));
    auto made = DecisionTable::make(std::move(parts_));
    if (!made && made.error().where.line == 0) {
      Error error = made.error();
      error.where = table_.where();
      return error;
    }
    return made;
  }

 private:
  static Error wrong(const model::Value& value, std::string message) {
    return {.code = ErrorCode::InvalidInput,
            .id = "feel.table",
            .message = std::move(message),
            .where = value.where(),
            .hint =
                "形如 {hit: U, inputs: [从业人数], outputs: [企业规模], rules: [['>= 300', "
                "'\"中型\"']]}"};
  }

  template <class Read>
  void each(std::string_view name, Read read) {
    const model::Value* list = table_.find(name);
    if (list == nullptr || list->list() == nullptr) {
      findings_.push_back(
          wrong(list == nullptr ? table_ : *list, "决策表的 " + std::string(name) + " 应为列表"));
      return;
    }
    for (const model::Value& item : *list->list())
      read(item);
  }

  void read_hit() {
    const model::Value* hit = table_.find("hit");
    if (hit == nullptr) return;
    const auto policy = hit->text() == nullptr ? std::nullopt : parse_hit_policy(*hit->text());
    if (!policy) {
      findings_.push_back(wrong(*hit, "hit 应为 U A P F R O C C+ C< C> C# 之一"));
      return;
    }
    parts_.hit = policy->first;
    parts_.aggregation = policy->second;
  }

  /// A cell: text is FEEL, anything else a constant.
  std::optional<Expression> cell(const model::Value& value, bool tests) {
    const bool any = value.is_null() || (tests && value.text() != nullptr && *value.text() == "-");
    if (value.text() == nullptr && !(any && tests)) return Expression::literal(from_model(value));
    const std::string text = any ? "-" : *value.text();
    auto parsed = tests ? Expression::parse_unary_tests(text, known_, value.where())
                        : Expression::parse(text, known_, value.where());
    if (parsed) return std::move(parsed).value();
    for (Error& finding : as_findings(std::move(parsed).error()))
      findings_.push_back(std::move(finding));
    return std::nullopt;
  }

  std::optional<Expression> part(const model::Value& record, std::string_view name, bool tests) {
    const model::Value* value = record.find(name);
    return value == nullptr ? std::nullopt : cell(*value, tests);
  }

  static std::string text_of(const model::Value& record, std::string_view name) {
    const model::Value* value = record.find(name);
    return value != nullptr && value->text() != nullptr ? *value->text() : std::string();
  }

  void read_input(const model::Value& value) {
    const bool record = value.record() != nullptr;
    const model::Value* written = record ? value.find("expression") : &value;
    if (written == nullptr || written->text() == nullptr) {
      findings_.push_back(wrong(value, "输入应为表达式"));
      return;
    }
    auto expression = cell(*written, false);
    if (!expression) return;
    TableInput input{*std::move(expression), std::nullopt, text_of(value, "label")};
    if (input.label.empty()) input.label = *written->text();
    if (record) input.values = part(value, "values", true);
    parts_.inputs.push_back(std::move(input));
  }

  void read_output(const model::Value& value) {
    const bool record = value.record() != nullptr;
    const model::Value* name = record ? value.find("name") : &value;
    if (name == nullptr || name->text() == nullptr) {
      findings_.push_back(wrong(value, "输出应有名称"));
      return;
    }
    TableOutput output{*name->text(), std::nullopt, std::nullopt, text_of(value, "label")};
    if (record) {
      output.values = part(value, "values", true);
      output.fallback = part(value, "default", false);
    }
    parts_.outputs.push_back(std::move(output));
  }

  void read_rule(const model::Value& value) {
    TableRule rule;
    rule.where = value.where();
    if (const auto* cells = value.list()) {
      for (std::size_t i = 0; i < cells->size(); ++i) {
        read_cell((*cells)[i], i < parts_.inputs.size(), rule);
      }
    } else if (value.record() != nullptr) {
      read_cells(value, "when", true, rule);
      read_cells(value, "then", false, rule);
      rule.note = text_of(value, "note");
    } else {
      findings_.push_back(wrong(value, "规则应为列表，或含 when、then 的记录"));
      return;
    }
    parts_.rules.push_back(std::move(rule));
  }

  void read_cells(const model::Value& value, std::string_view name, bool tests, TableRule& rule) {
    const model::Value* cells = value.find(name);
    if (cells == nullptr || cells->list() == nullptr) {
      findings_.push_back(wrong(value, "规则的 " + std::string(name) + " 应为列表"));
      return;
    }
    for (const model::Value& item : *cells->list())
      read_cell(item, tests, rule);
  }

  void read_cell(const model::Value& value, bool tests, TableRule& rule) {
    if (auto read = cell(value, tests)) {
      (tests ? rule.tests : rule.results).push_back(*std::move(read));
    }
  }

  const model::Value& table_;
  const Names& known_;
  DecisionTable::Parts parts_;
  Findings findings_;
};

}  // namespace

Result<DecisionTable> DecisionTable::from_model(const model::Value& table, const Names& known) {
  return TableReader(table, known).read();
}

}  // namespace huice::feel
