#include "policy/catalogue_reader.h"

#include <algorithm>
#include <functional>
#include <set>

#include "policy/fields.h"
#include "policy/source_reader.h"

namespace huice::policy {
namespace {

using model::FactDefinition;
using model::FactType;

/// In the order of model::FactType.
const std::vector<std::string>& type_words() {
  static const std::vector<std::string> kWords = {"text",    "number", "money", "ratio",
                                                  "boolean", "day",    "code",  "list"};
  return kWords;
}

const std::vector<std::string> kChanges = {"改不了", "等得到", "做得到"};
const std::vector<std::string> kScopes = {"企业", "资金池"};
constexpr int kMaxEffort = 9;
constexpr int kMaxYearsBack = 20;

class CatalogueReader {
 public:
  CatalogueReader(std::string_view file_text, Findings& findings)
      : file_text_(file_text), findings_(findings) {}

  Catalogue read(const model::Value& root) {
    Fields fields(root, "事实目录", findings_);
    fields.allow_only({"facts", "derived", "parameters", "groups", "limits"});
    for (const model::Value& item : fields.items("facts"))
      take_fact(item);
    const auto derived = fields.items("derived");
    const auto parameters = fields.items("parameters");
    add_builtin(kToday, FactType::Day, "");
    add_builtin(kThisYear, FactType::Number, "年");
    for (const model::Value& item : parameters)
      take_parameter(item);
    declare_derived(derived);
    for (std::size_t i = 0; i < derived.size(); ++i)
      complete_derived(derived[i], i);
    refuse_cycles();
    check_parameters();
    check_picks();
    check_bounds();
    for (const model::Value& item : fields.items("groups"))
      take_group(item);
    for (const model::Value& item : fields.items("limits"))
      take_limit(item);
    return std::move(out_);
  }

 private:
  void take_fact(const model::Value& item) {
    FactDefinition fact = definition(item, true);
    if (fact.name.empty()) return;
    add_names(fact);
    out_.vocabulary.add(fact);
    out_.facts.facts.push_back(std::move(fact));
  }

  FactDefinition definition(const model::Value& item, bool with_fields) {
    Fields fields(item, "事实", findings_);
    fields.allow_only({"name", "aliases", "type", "unit", "period", "values", "fields",
                       "non_negative", "origin", "yearly", "pick", "bounds", "change", "falling",
                       "effort"});
    FactDefinition fact = common_parts(fields);
    fact.aliases = fields.texts("aliases");
    fact.period = fields.text("period");
    fact.non_negative = fields.flag("non_negative");
    fact.origin = fields.text("origin");
    if (const auto change = fields.word("change", kChanges)) {
      fact.change = static_cast<model::Change>(*change);
    }
    if (const auto falling = fields.word("falling", kChanges)) {
      fact.falling = static_cast<model::Change>(*falling);
    }
    fact.effort = fields.whole_number("effort", 1, kMaxEffort).value_or(1);
    if (!with_fields) return fact;
    fact.yearly = fields.flag("yearly");
    if (const model::Value* pick = fields.find("pick")) fact.pick = series_pick(*pick);
    if (const model::Value* bounds = fields.find("bounds")) take_bounds(*bounds, fact);
    if (fact.yearly) add_series_fields(fact);
    for (const model::Value& field : fields.items("fields"))
      fact.fields.push_back(definition(field, false));
    if ((fact.type == FactType::List) == fact.fields.empty()) {
      fields.report("policy.shape", "类型为 list 的事实须有 fields，其他类型不得有", fact.where);
    }
    return fact;
  }

  /// A year series is a list of {年度, 值}; its `type` is that of the values.
  static void add_series_fields(FactDefinition& fact) {
    FactDefinition year;
    year.name = std::string(model::kSeriesYear);
    year.type = FactType::Number;
    year.where = fact.where;
    FactDefinition value;
    value.name = std::string(model::kSeriesValue);
    value.type = fact.type;
    value.unit = fact.unit;
    value.non_negative = fact.non_negative;
    value.where = fact.where;
    fact.fields = {std::move(year), std::move(value)};
    fact.type = FactType::List;
    fact.unit.clear();
    fact.non_negative = false;
  }

  model::SeriesPick series_pick(const model::Value& item) {
    Fields fields(item, "年度序列的取数", findings_);
    fields.allow_only({"series", "years_ago", "back_to"});
    model::SeriesPick pick;
    pick.series = fields.required_text("series");
    pick.nearest = fields.whole_number("years_ago", 0, kMaxYearsBack).value_or(1);
    pick.farthest =
        fields.whole_number("back_to", pick.nearest, kMaxYearsBack).value_or(pick.nearest);
    return pick;
  }

  void take_bounds(const model::Value& item, FactDefinition& fact) {
    Fields fields(item, "上下限", findings_);
    fields.allow_only({"low", "high"});
    fact.low_from = fields.required_text("low");
    fact.high_from = fields.required_text("high");
  }

  /// Names that facts mention exist; a bound that rests on its own fact would go in circles.
  void check_bounds() {
    for (const FactDefinition& fact : out_.facts.facts) {
      for (const std::string& name : {fact.low_from, fact.high_from}) {
        if (name.empty() || (out_.vocabulary.find(name) != nullptr && name != fact.name)) continue;
        findings_.push_back(
            finding("policy.unknown-fact",
                    "没有名为“" + name + "”的事实" + did_you_mean(name, out_.vocabulary.names()),
                    fact.where));
      }
    }
  }

  void check_picks() {
    for (const FactDefinition& fact : out_.facts.facts) {
      if (!fact.pick) continue;
      const FactDefinition* series = out_.vocabulary.find(fact.pick->series);
      if (series != nullptr && series->yearly) continue;
      findings_.push_back(finding("policy.unknown-fact",
                                  "没有名为“" + fact.pick->series + "”的年度序列" +
                                      did_you_mean(fact.pick->series, out_.vocabulary.names()),
                                  fact.where));
    }
  }

  void take_group(const model::Value& item) {
    Fields fields(item, "择一组", findings_);
    fields.allow_only({"name", "rule", "source"});
    ExclusiveGroup group{.name = fields.required_text("name"),
                         .rule = fields.text("rule"),
                         .source = read_source(fields, findings_),
                         .where = fields.where()};
    out_.groups.push_back(std::move(group));
  }

  void take_limit(const model::Value& item) {
    Fields fields(item, "合计限额", findings_);
    fields.allow_only({"name", "scope", "period", "amount", "source"});
    SharedLimit limit;
    limit.name = fields.required_text("name");
    limit.period = fields.text("period");
    limit.where = fields.where();
    fields.require("scope");
    if (const auto scope = fields.word("scope", kScopes)) {
      limit.scope = static_cast<SharedLimit::Scope>(*scope);
    }
    if (const model::Value* amount = fields.require("amount")) {
      limit.amount = read_expression(*amount, file_text_, out_.vocabulary, findings_);
    }
    limit.source = read_source(fields, findings_);
    out_.limits.push_back(std::move(limit));
  }

  FactDefinition common_parts(Fields& fields) {
    FactDefinition fact;
    fact.name = fields.required_text("name");
    fact.unit = fields.text("unit");
    fact.values = fields.texts("values");
    fact.where = fields.where();
    fields.require("type");
    if (const auto type = fields.word("type", type_words())) {
      fact.type = static_cast<FactType>(*type);
    }
    return fact;
  }

  void add_builtin(std::string_view name, FactType type, std::string unit) {
    FactDefinition fact;
    fact.name = std::string(name);
    fact.type = type;
    fact.unit = std::move(unit);
    names_.insert(fact.name);
    out_.vocabulary.add(fact);
  }

  /// A header must lead to one fact only.
  void add_names(const FactDefinition& fact) {
    std::vector<std::string> all = fact.aliases;
    all.push_back(fact.name);
    for (const std::string& name : all) {
      if (names_.insert(name).second) continue;
      findings_.push_back(finding("policy.duplicate-name",
                                  "名称或别名“" + name + "”在目录中出现两次", fact.where,
                                  "每个表头只能对应一个事实"));
    }
  }

  void take_parameter(const model::Value& item) {
    Fields fields(item, "参数", findings_);
    fields.allow_only({"name", "type", "unit", "note", "series", "previous_year_of"});
    Parameter parameter;
    parameter.definition = common_parts(fields);
    parameter.note = fields.text("note");
    parameter.previous_year_of = fields.text("previous_year_of");
    for (const model::Value& entry : fields.items("series"))
      take_series(entry, parameter);
    std::ranges::stable_sort(parameter.series, {}, &ParameterValue::from);
    add_names(parameter.definition);
    out_.vocabulary.add(parameter.definition);
    out_.parameters.push_back(std::move(parameter));
  }

  void take_series(const model::Value& entry, Parameter& parameter) {
    Fields fields(entry, "参数取值", findings_);
    fields.allow_only({"from", "to", "value", "known_from", "regions", "source"});
    const auto from = fields.required_day("from");
    const auto to = fields.required_day("to");
    fields.require("value");
    const auto value = fields.number("value");
    Source source = read_source(fields, findings_);
    if (!from || !to || !value) return;
    if (*to < *from) fields.report("policy.date-order", "止日早于起日", fields.where());
    parameter.series.push_back(
        {*from, *to, *value, fields.day("known_from"), fields.texts("regions"), std::move(source)});
  }

  void declare_derived(const std::vector<model::Value>& items) {
    for (const model::Value& item : items) {
      Fields fields(item, "推定事实", findings_);
      fields.allow_only(
          {"name", "aliases", "type", "unit", "values", "formula", "table", "source", "tests"});
      DerivedFact derived;
      derived.definition = common_parts(fields);
      derived.definition.aliases = fields.texts("aliases");
      derived.source = read_source(fields, findings_);
      for (const model::Value& test : fields.items("tests"))
        take_test(test, derived);
      derived.definition.origin = "按" + derived.source.number + "推定";
      add_names(derived.definition);
      out_.vocabulary.add(derived.definition);
      out_.facts.facts.push_back(derived.definition);
      out_.derived.push_back(std::move(derived));
    }
  }

  void take_test(const model::Value& item, DerivedFact& derived) {
    Fields fields(item, "测试", findings_);
    fields.allow_only({"name", "given", "on", "expect"});
    InlineTest test;
    test.name = fields.required_text("name");
    test.where = fields.where();
    const auto on = fields.required_day("on");
    const model::Value* given = fields.require("given");
    const model::Value* expect = fields.require("expect");
    if (!on || given == nullptr || expect == nullptr) return;
    test.on = *on;
    test.given = *given;
    test.expect = *expect;
    derived.tests.push_back(std::move(test));
  }

  void complete_derived(const model::Value& item, std::size_t index) {
    DerivedFact& derived = out_.derived[index];
    const model::Value* formula = item.find("formula");
    const model::Value* table = item.find("table");
    if ((formula == nullptr) == (table == nullptr)) {
      findings_.push_back(
          finding("policy.shape", "推定事实须写 formula 或 table 之一", derived.definition.where));
    } else if (formula != nullptr) {
      derived.formula = read_expression(*formula, file_text_, out_.vocabulary, findings_);
      if (derived.formula) derived.inputs = derived.formula->names();
    } else {
      take_table(*table, derived);
    }
  }

  void take_table(const model::Value& table, DerivedFact& derived) {
    auto read = feel::DecisionTable::from_model(table, out_.vocabulary.feel_names());
    if (!read) {
      for (Error& error : as_findings(std::move(read).error()))
        findings_.push_back(std::move(error));
      return;
    }
    derived.table = std::move(read).value();
    derived.inputs = derived.table->names();
    for (const auto& input : derived.table->inputs())
      check_expression(input.expression, out_.vocabulary, findings_);
    for (const auto& rule : derived.table->rules()) {
      for (const auto& cell : rule.tests)
        check_expression(cell, out_.vocabulary, findings_);
      for (const auto& cell : rule.results)
        check_expression(cell, out_.vocabulary, findings_);
    }
  }

  /// A derived fact must not rest on itself.
  void refuse_cycles() {
    enum class Mark { New, Open, Done };
    std::map<std::string, Mark, std::less<>> marks;
    std::map<std::string, const DerivedFact*, std::less<>> by_name;
    for (const DerivedFact& derived : out_.derived)
      by_name[derived.definition.name] = &derived;
    const std::function<bool(const DerivedFact&)> sound = [&](const DerivedFact& derived) {
      Mark& mark = marks[derived.definition.name];
      if (mark != Mark::New) return mark == Mark::Done;
      mark = Mark::Open;
      const bool good = std::ranges::all_of(derived.inputs, [&](const std::string& input) {
        const auto found = by_name.find(input);
        return found == by_name.end() || sound(*found->second);
      });
      marks[derived.definition.name] = Mark::Done;
      return good;
    };
    for (const DerivedFact& derived : out_.derived) {
      if (sound(derived)) continue;
      findings_.push_back(finding("policy.cycle",
                                  "推定事实“" + derived.definition.name + "”绕回到自身",
                                  derived.definition.where));
    }
  }

  void check_parameters() {
    for (const Parameter& parameter : out_.parameters) {
      const std::string& of = parameter.previous_year_of;
      const bool exists = std::ranges::any_of(out_.parameters, [&](const Parameter& other) {
        return other.definition.name == of && other.previous_year_of.empty();
      });
      if (of.empty() ? !parameter.series.empty() : exists) continue;
      findings_.push_back(finding("policy.shape", "参数须有 series，或指向另一有 series 的参数",
                                  parameter.definition.where));
    }
  }

  std::string_view file_text_;
  Findings& findings_;
  Catalogue out_;
  std::set<std::string> names_;
};

}  // namespace

Catalogue read_catalogue(const model::Value& root, std::string_view file_text, Findings& findings) {
  return CatalogueReader(file_text, findings).read(root);
}

}  // namespace huice::policy
