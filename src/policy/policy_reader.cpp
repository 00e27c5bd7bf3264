#include "policy/policy_reader.h"

#include <algorithm>

#include "policy/fields.h"
#include "policy/library.h"
#include "policy/source_reader.h"
#include "policy/ties_reader.h"

namespace huice::policy {
namespace {

const std::vector<std::string> kKinds = {"税收优惠", "补贴", "奖励", "融资", "认定", "减费"};
const std::vector<std::string> kLevels = {"国家", "省", "市", "县"};
const std::vector<std::string> kForms = {"现金", "减免", "推迟", "融资", "资格"};
const std::vector<std::string> kNatures = {"确定", "上限", "估算"};

class PolicyReader {
 public:
  PolicyReader(std::string_view file_text, const Vocabulary& vocabulary, Findings& findings)
      : file_text_(file_text), shared_(vocabulary), findings_(findings) {}

  std::optional<Policy> read(const model::Value& root) {
    Fields fields(root, "政策", findings_);
    fields.allow_only({"policy",        "title",    "kind",      "level",      "regions",
                       "issuers",       "source",   "valid",     "known_from", "define",
                       "conditions",    "benefits", "windows",   "materials",  "contact",
                       "excludes",      "replaces", "relations", "groups",     "limits",
                       "prerequisites", "notes",    "test_base", "tests",      "unnoticeable"});
    head(fields);
    validity(fields);
    policy_.source = read_source(fields, findings_);
    for (const model::Value& item : parts(fields, "define"))
      definition(item);
    conditions(fields);
    for (const model::Value& item : parts(fields, "benefits"))
      benefit(item);
    ties(fields);
    tests(fields);
    if (policy_.id.empty() || policy_.validity.empty()) return std::nullopt;
    return std::move(policy_);
  }

 private:
  std::vector<model::Value> parts(Fields& fields, std::string_view key) {
    std::vector<model::Value> items = fields.items(key);
    if (items.size() > kMaxPolicyParts) {
      fields.report("policy.too-large", "“" + std::string(key) + "”超过2000项", fields.where());
      items.clear();
    }
    return items;
  }

  const Vocabulary& vocabulary() const { return own_ ? *own_ : shared_; }

  std::optional<feel::Expression> expression(const model::Value& value) {
    return read_expression(value, file_text_, vocabulary(), findings_);
  }

  std::optional<feel::Expression> expression(Fields& fields, std::string_view key) {
    const model::Value* value = fields.find(key);
    return value == nullptr ? std::nullopt : expression(*value);
  }

  void head(Fields& fields) {
    policy_.where = fields.where();
    policy_.id = fields.required_text("policy");
    policy_.title = fields.required_text("title");
    fields.require("kind");
    fields.require("level");
    if (const auto kind = fields.word("kind", kKinds)) policy_.kind = kKinds[*kind];
    if (const auto level = fields.word("level", kLevels)) policy_.level = kLevels[*level];
    policy_.issuers = fields.texts("issuers");
    policy_.materials = fields.texts("materials");
    policy_.contact = fields.text("contact");
    policy_.replaces = fields.texts("replaces");
    policy_.prerequisites = fields.texts("prerequisites");
    policy_.notes = fields.texts("notes");
    fields.require("regions");
    policy_.regions = fields.texts("regions");
    for (const std::string& region : policy_.regions)
      check_region(region, *fields.find("regions"));
    check_id(fields);
  }

  void check_id(Fields& fields) {
    const bool plain = std::ranges::all_of(policy_.id, [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
    if (plain) return;
    fields.report("policy.id", "政策编号只用小写字母、数字和连字符，实为“" + policy_.id + "”",
                  fields.find("policy")->where());
  }

  void check_region(const std::string& region, const model::Value& list) {
    const bool digits =
        region.size() == 6 && region.find_first_not_of("0123456789") == std::string::npos;
    // A county under a whole province (4300xx) does not exist: zeros go from the right.
    const bool shaped = digits && (region.substr(0, 2) != "00" || region == "000000") &&
                        (region.substr(2, 2) != "00" || region.substr(4, 2) == "00");
    if (shaped) return;
    findings_.push_back(finding("policy.region",
                                "行政区划代码应是六位数字，省市级以00补足，实为“" + region + "”",
                                list.where(), "全国写 \"000000\"，省写 \"430000\""));
  }

  void validity(Fields& fields) {
    const auto known_from = fields.required_day("known_from");
    const model::Value* valid = fields.require("valid");
    if (valid == nullptr) return;
    std::vector<model::Value> statements = {*valid};
    if (valid->list() != nullptr) statements = *valid->list();
    for (const model::Value& statement : statements)
      one_validity(statement, known_from);
    std::ranges::stable_sort(policy_.validity, {}, &Validity::known_from);
  }

  void one_validity(const model::Value& value, std::optional<Date> known_from) {
    Fields fields(value, "有效期", findings_);
    fields.allow_only({"from", "to", "known_from", "because"});
    const auto from = fields.required_day("from");
    const auto to = fields.day("to");
    const auto known = fields.has("known_from") ? fields.day("known_from") : known_from;
    if (!from || !known) return;
    if (to && *to < *from) {
      fields.report("policy.date-order",
                    "失效日期" + to->to_iso() + "早于生效日期" + from->to_iso(), fields.where());
    }
    policy_.validity.push_back({*from, to, *known, fields.text("because")});
  }

  void definition(const model::Value& item) {
    Fields fields(item, "自定义名称", findings_);
    fields.allow_only({"name", "unit", "count", "where", "value"});
    Definition definition{.name = fields.required_text("name"),
                          .unit = fields.text("unit"),
                          .list = fields.text("count"),
                          .value = std::nullopt,
                          .where = fields.where()};
    if (vocabulary().find(definition.name) != nullptr) {
      fields.report("policy.duplicate-name", "名称“" + definition.name + "”已有定义",
                    fields.where());
    }
    if (definition.list.empty()) {
      if (fields.require("value") != nullptr) definition.value = expression(fields, "value");
    } else if (fields.require("where") != nullptr) {
      definition.value = item_condition(fields, definition.list);
    }
    model::FactDefinition fact;
    fact.name = definition.name;
    fact.unit = definition.unit;
    fact.type = model::FactType::Number;
    fact.non_negative = !definition.list.empty();
    if (!own_) own_ = shared_;
    own_->add(fact);
    policy_.definitions.push_back(std::move(definition));
  }

  std::optional<feel::Expression> item_condition(Fields& fields, const std::string& list) {
    const model::FactDefinition* fact = vocabulary().find(list);
    if (fact == nullptr || fact->type != model::FactType::List) {
      fields.report("policy.unknown-fact",
                    "没有名为“" + list + "”的列表事实" + did_you_mean(list, vocabulary().names()),
                    fields.find("count")->where());
      return std::nullopt;
    }
    Vocabulary inner = vocabulary();
    for (const model::FactDefinition& field : fact->fields)
      inner.add(field);
    return read_expression(*fields.find("where"), file_text_, inner, findings_);
  }

  void conditions(Fields& fields) {
    policy_.conditions.kind = Condition::Kind::All;
    policy_.conditions.where = fields.where();
    fields.require("conditions");
    for (const model::Value& item : parts(fields, "conditions"))
      policy_.conditions.children.push_back(condition(item, 1));
  }

  Condition condition(const model::Value& item, int depth) {
    Fields fields(item, "条件", findings_);
    fields.allow_only(
        {"name", "when", "any", "all", "none", "review", "unit", "clause", "note", "valid"});
    Condition condition;
    condition.name = fields.required_text("name");
    condition.clause = fields.text("clause");
    condition.unit = fields.text("unit");
    condition.note = fields.text("note");
    condition.review = fields.text("review");
    condition.span = read_span(fields, findings_);
    condition.where = fields.where();
    using Kind = Condition::Kind;
    static constexpr std::pair<std::string_view, Kind> kShapes[] = {{"when", Kind::Test},
                                                                    {"any", Kind::Any},
                                                                    {"all", Kind::All},
                                                                    {"none", Kind::None},
                                                                    {"review", Kind::Human}};
    int forms = 0;
    for (const auto& [key, kind] : kShapes) {
      if (!fields.has(key)) continue;
      ++forms;
      condition.kind = kind;
    }
    if (forms != 1 && item.record() != nullptr) {
      fields.report("policy.shape", "条件须且只须写 when、any、all、none、review 之一",
                    fields.where());
      return condition;
    }
    condition_body(fields, condition, depth);
    return condition;
  }

  void condition_body(Fields& fields, Condition& condition, int depth) {
    using Kind = Condition::Kind;
    if (condition.kind == Kind::Human) return;
    if (condition.kind == Kind::Test) {
      condition.when = expression(fields, "when");
      if (condition.when) check_truth(*condition.when);
      return;
    }
    if (depth >= kMaxConditionDepth) {
      fields.report("policy.too-large", "条件嵌套超过16层", fields.where());
      return;
    }
    const std::string_view key = condition.kind == Kind::Any   ? "any"
                                 : condition.kind == Kind::All ? "all"
                                                               : "none";
    for (const model::Value& child : parts(fields, key))
      condition.children.push_back(this->condition(child, depth + 1));
    if (condition.children.empty()) {
      fields.report("policy.shape", "“" + std::string(key) + "”下没有条件", fields.where());
    }
  }

  /// A condition whose answer can be no truth is a slip of the pen.
  void check_truth(const feel::Expression& when) {
    using feel::NodeKind;
    const feel::Node& root = when.root();
    const model::FactDefinition* fact =
        root.kind == NodeKind::Name ? vocabulary().find(root.text) : nullptr;
    const bool bad = root.kind == NodeKind::Arithmetic || root.kind == NodeKind::Negate ||
                     root.kind == NodeKind::List || root.kind == NodeKind::Context ||
                     (root.kind == NodeKind::Literal && root.value.truth() == nullptr) ||
                     (fact != nullptr && fact->type != model::FactType::Boolean);
    if (!bad) return;
    findings_.push_back(finding("policy.type", "条件应得出是或否，“" + when.text() + "”不是判断",
                                when.where(), "写出比较，如 从业人数 <= 300"));
  }

  /// The form a policy of this kind gives unless the benefit says otherwise.
  BenefitForm usual_form() const {
    if (policy_.kind == "税收优惠" || policy_.kind == "减费") return BenefitForm::Relief;
    if (policy_.kind == "融资") return BenefitForm::Finance;
    return policy_.kind == "认定" ? BenefitForm::Standing : BenefitForm::Cash;
  }

  void benefit(const model::Value& item) {
    Fields fields(item, "待遇", findings_);
    fields.allow_only({"name", "when", "amount", "baseline", "liability", "cap", "effect", "nature",
                       "form", "delivery", "clause", "note", "valid"});
    Benefit benefit;
    benefit.name = fields.required_text("name");
    benefit.when = expression(fields, "when");
    benefit.amount = expression(fields, "amount");
    benefit.baseline = expression(fields, "baseline");
    benefit.liability = expression(fields, "liability");
    benefit.cap = fields.number("cap");
    benefit.effect = fields.text("effect");
    benefit.delivery = fields.text("delivery");
    benefit.clause = fields.text("clause");
    benefit.note = fields.text("note");
    benefit.where = fields.where();
    benefit.span = read_span(fields, findings_);
    const auto form = fields.word("form", kForms);
    benefit.form = form ? static_cast<BenefitForm>(*form) : usual_form();
    fields.require("nature");
    if (const auto nature = fields.word("nature", kNatures)) {
      benefit.nature = static_cast<Nature>(*nature);
    }
    const bool liabilities = fields.has("baseline") && fields.has("liability");
    const int forms = (fields.has("amount") ? 1 : 0) + (liabilities ? 1 : 0);
    if (forms > 1 || (forms == 0 && benefit.effect.empty()) ||
        fields.has("baseline") != fields.has("liability")) {
      fields.report("policy.shape", "待遇须写 amount，或 baseline 与 liability 一对，或只写 effect",
                    fields.where());
    }
    policy_.benefits.push_back(std::move(benefit));
  }

  void ties(Fields& fields) {
    for (const model::Value& item : parts(fields, "windows")) {
      if (auto window = read_window(item, findings_)) policy_.windows.push_back(*window);
    }
    for (const model::Value& item : parts(fields, "excludes"))
      policy_.excludes.push_back(read_exclusion(item, findings_));
    for (const model::Value& item : parts(fields, "relations"))
      policy_.relations.push_back(read_relation(item, findings_));
    policy_.groups = fields.texts("groups");
    policy_.limits = fields.texts("limits");
  }

  void tests(Fields& fields) {
    const model::Value* base = fields.find("test_base");
    for (const model::Value& item : parts(fields, "tests"))
      test(item, base);
    for (const model::Value& item : parts(fields, "unnoticeable"))
      unnoticeable(item);
  }

  void unnoticeable(const model::Value& item) {
    Fields fields(item, "察觉不出的改动", findings_);
    fields.allow_only({"of", "changes", "reason"});
    fields.require("changes");
    policy_.unnoticeable.push_back({.part = fields.required_text("of"),
                                    .changes = fields.texts("changes"),
                                    .reason = fields.required_text("reason"),
                                    .where = fields.where()});
  }

  void test(const model::Value& item, const model::Value* base) {
    Fields fields(item, "测试", findings_);
    fields.allow_only({"name", "given", "on", "known_on", "expect"});
    InlineTest test;
    test.name = fields.required_text("name");
    test.where = fields.where();
    const auto on = fields.required_day("on");
    test.known_on = fields.day("known_on");
    const model::Value* expect = fields.require("expect");
    if (!on || expect == nullptr) return;
    test.on = *on;
    test.expect = *expect;
    test.given = merged(base, fields.find("given"));
    policy_.tests.push_back(std::move(test));
  }

  /// `over` field by field on top of `base`.
  static model::Value merged(const model::Value* base, const model::Value* over) {
    model::Value::Record record;
    if (base != nullptr && base->record() != nullptr) record = *base->record();
    if (over == nullptr || over->record() == nullptr) return {std::move(record)};
    for (const auto& [name, value] : *over->record()) {
      const auto old = std::ranges::find(record, name, &model::Value::Field::first);
      if (old == record.end()) {
        record.emplace_back(name, value);
      } else {
        old->second = value;
      }
    }
    return {std::move(record)};
  }

  std::string_view file_text_;
  const Vocabulary& shared_;
  std::optional<Vocabulary> own_;  ///< with the policy's own names, once it has any
  Findings& findings_;
  Policy policy_;
};

}  // namespace

std::optional<Policy> read_policy(const model::Value& root, std::string_view file_text,
                                  const Vocabulary& vocabulary, Findings& findings) {
  return PolicyReader(file_text, vocabulary, findings).read(root);
}

}  // namespace huice::policy
