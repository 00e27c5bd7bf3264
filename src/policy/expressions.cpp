#include "policy/expressions.h"

#include <algorithm>

#include "base/utf8.h"
#include "policy/fields.h"
#include "text/suggest.h"

namespace huice::policy {
namespace {

using feel::Node;
using feel::NodeKind;
using model::FactDefinition;
using model::FactType;

bool is_number_type(FactType type) {
  return type == FactType::Number || type == FactType::Money || type == FactType::Ratio;
}

bool is_text_type(FactType type) {
  return type == FactType::Text || type == FactType::Code;
}

/// The constant a node is, a negated number included.
std::optional<feel::Value> constant(const Node& node) {
  if (node.kind == NodeKind::Literal) return node.value;
  if (node.kind != NodeKind::Negate) return std::nullopt;
  const auto inner = constant(*node.children.front());
  if (!inner || inner->number() == nullptr) return std::nullopt;
  return feel::Value(-*inner->number());
}

class ComparisonCheck {
 public:
  ComparisonCheck(const feel::Expression& expression, const Vocabulary& vocabulary,
                  Findings& findings)
      : expression_(expression), vocabulary_(vocabulary), findings_(findings) {}

  void check(const Node& node) {
    if (node.kind == NodeKind::Compare) {
      pair(*node.children[0], *node.children[1]);
      pair(*node.children[1], *node.children[0]);
    }
    if (node.kind == NodeKind::In) {
      for (const auto& test : node.children[1]->children)
        walk(*test, [&](const Node& each) { pair(*node.children[0], each); });
    }
  }

 private:
  void pair(const Node& subject, const Node& other) {
    if (subject.kind != NodeKind::Name) return;
    const FactDefinition* fact = vocabulary_.find(subject.text);
    const auto value = constant(other);
    if (fact == nullptr || !value || value->is_null()) return;
    const SourceSpan where = expression_.place(other.begin);
    if (!fits(*fact, *value)) {
      mismatch(*fact, *value, where);
    } else if (fact->type == FactType::Ratio && *value->number() >= Decimal(2)) {
      findings_.push_back(finding("policy.ratio",
                                  "“" + fact->name + "”以小数存放（5.5%即0.055），不应与" +
                                      value->number()->to_plain() + "相比",
                                  where, "百分数请除以100"));
    } else if (is_text_type(fact->type)) {
      allowed(*fact, *value->text(), where);
    }
  }

  static bool fits(const FactDefinition& fact, const feel::Value& value) {
    if (is_number_type(fact.type)) return value.number() != nullptr;
    if (is_text_type(fact.type)) return value.text() != nullptr;
    if (fact.type == FactType::Boolean) return value.truth() != nullptr;
    return true;
  }

  void mismatch(const FactDefinition& fact, const feel::Value& value, const SourceSpan& where) {
    std::string kind = is_number_type(fact.type)        ? "数字"
                       : fact.type == FactType::Boolean ? "是否"
                                                        : "文本";
    std::string hint = fact.type == FactType::Boolean ? "写作 = true 或 = false"
                       : kind == "文本"               ? "文本常量请加双引号"
                                                      : "数字常量不加引号";
    findings_.push_back(finding("policy.type",
                                "“" + fact.name + "”是" + kind + "，不能与" +
                                    std::string(feel::kind_in_chinese(value.kind())) +
                                    feel::to_text(value) + "相比",
                                where, std::move(hint)));
  }

  void allowed(const FactDefinition& fact, const std::string& text, const SourceSpan& where) {
    if (fact.values.empty() || std::ranges::find(fact.values, text) != fact.values.end()) return;
    findings_.push_back(finding(
        "policy.unknown-value",
        "“" + fact.name + "”没有“" + text + "”这个取值" + did_you_mean(text, fact.values), where));
  }

  const feel::Expression& expression_;
  const Vocabulary& vocabulary_;
  Findings& findings_;
};

/// The first place where `name` stands as a name.
SourceSpan place_of_name(const feel::Expression& expression, std::string_view name) {
  std::optional<std::size_t> at;
  walk(expression.root(), [&](const Node& node) {
    if (!at && node.kind == NodeKind::Name && node.text == name) at = node.begin;
  });
  return expression.place(at.value_or(0));
}

/// Line `line` of `text` holds `first` at or after code point `column`; its column there.
std::optional<int> column_of(std::string_view text, int line, std::string_view first) {
  const std::string_view whole = line_at(text, line);
  const std::size_t at = whole.find(first);
  if (at == std::string_view::npos) return std::nullopt;
  return static_cast<int>(code_point_count(whole.substr(0, at))) + 1;
}

}  // namespace

void Vocabulary::add(const FactDefinition& definition) {
  auto shared = std::make_shared<const FactDefinition>(definition);
  if (!definitions_.insert_or_assign(definition.name, std::move(shared)).second) return;
  names_.push_back(definition.name);
  if (definition.type != FactType::List) {
    feel_names_.add(definition.name);
    return;
  }
  feel::Names fields;
  for (const FactDefinition& field : definition.fields)
    fields.add(field.name);
  feel_names_.add(definition.name, fields);
}

const FactDefinition* Vocabulary::find(std::string_view name) const {
  const auto found = definitions_.find(name);
  return found == definitions_.end() ? nullptr : found->second.get();
}

SourceSpan text_place(const model::Value& scalar, std::string_view file_text) {
  SourceSpan where = scalar.where();
  if (scalar.text() == nullptr || where.line <= 0) return where;
  const std::u32string line = decode_utf8(line_at(file_text, where.line));
  const auto column = static_cast<std::size_t>(std::max(where.column, 1)) - 1;
  const char32_t mark = column < line.size() ? line[column] : U'\0';
  if (mark == U'"' || mark == U'\'') {
    ++where.column;
  } else if (mark == U'>' || mark == U'|') {
    const std::string_view text = *scalar.text();
    const std::string_view first = text.substr(0, text.find_first_of(" \n"));
    ++where.line;
    where.column = column_of(file_text, where.line, first).value_or(1);
  }
  return where;
}

std::optional<feel::Expression> read_expression(const model::Value& scalar,
                                                std::string_view file_text,
                                                const Vocabulary& vocabulary, Findings& findings) {
  if (scalar.number() != nullptr || scalar.truth() != nullptr) {
    return feel::Expression::literal(feel::from_model(scalar));
  }
  if (scalar.text() == nullptr) {
    findings.push_back(finding("policy.type", "此处应是表达式，实为" + std::string(scalar.kind()),
                               scalar.where()));
    return std::nullopt;
  }
  auto parsed = feel::Expression::parse(*scalar.text(), vocabulary.feel_names(),
                                        text_place(scalar, file_text));
  if (!parsed) {
    for (Error& error : as_findings(std::move(parsed).error()))
      findings.push_back(std::move(error));
    return std::nullopt;
  }
  check_expression(parsed.value(), vocabulary, findings);
  return std::move(parsed).value();
}

void check_expression(const feel::Expression& expression, const Vocabulary& vocabulary,
                      Findings& findings) {
  for (const std::string& name : expression.names()) {
    if (vocabulary.find(name) != nullptr) continue;
    findings.push_back(
        finding("policy.unknown-fact",
                "没有名为“" + name + "”的事实" + did_you_mean(name, vocabulary.names()),
                place_of_name(expression, name)));
  }
  ComparisonCheck comparisons(expression, vocabulary, findings);
  walk(expression.root(), [&](const Node& node) { comparisons.check(node); });
}

void walk(const Node& node, const std::function<void(const Node&)>& visit) {
  visit(node);
  for (const auto& child : node.children)
    walk(*child, visit);
}

}  // namespace huice::policy
