#include "feel/dmn_reader.h"

#include <algorithm>

#include "feel/lexer.h"

namespace huice::feel::dmn {
namespace {

constexpr int kMaxBoxedDepth = 60;

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

/// `feel:number` and `tns:tType` of older versions without their prefix.
std::string_view local_type(std::string_view written) {
  const auto colon = written.rfind(':');
  return colon == std::string_view::npos ? written : written.substr(colon + 1);
}

bool is_expression(const XmlElement& element) {
  static constexpr std::string_view kNames[] = {"literalExpression",
                                                "decisionTable",
                                                "context",
                                                "invocation",
                                                "functionDefinition",
                                                "relation",
                                                "list",
                                                "conditional",
                                                "filter",
                                                "for",
                                                "some",
                                                "every"};
  return std::ranges::find(kNames, element.name) != std::end(kNames);
}

std::optional<std::pair<HitPolicy, Aggregation>> hit_of(const XmlElement& element) {
  static constexpr std::pair<std::string_view, std::string_view> kPolicies[] = {
      {"", "U"},      {"UNIQUE", "U"},     {"ANY", "A"},          {"PRIORITY", "P"},
      {"FIRST", "F"}, {"RULE ORDER", "R"}, {"OUTPUT ORDER", "O"}, {"COLLECT", "C"}};
  static constexpr std::pair<std::string_view, std::string_view> kAggregations[] = {
      {"", ""}, {"SUM", "+"}, {"MIN", "<"}, {"MAX", ">"}, {"COUNT", "#"}};
  std::string symbol;
  for (const auto& [name, mark] : kPolicies) {
    if (name == element.attribute("hitPolicy")) symbol = mark;
  }
  for (const auto& [name, mark] : kAggregations) {
    if (symbol == "C" && name == element.attribute("aggregation")) symbol += mark;
  }
  return parse_hit_policy(symbol);
}

}  // namespace

TypeRef BoxedReader::type(std::string_view written) const {
  const std::string_view whole = trimmed(written);
  if (whole.empty() || local_type(whole) == "Any") return {};
  if (std::string qualified = content_.qualified(whole); !qualified.empty()) {
    return {TypeRef::Form::Named, std::move(qualified), {}, {}};
  }
  const std::string_view local = local_type(whole);
  // `list<number>` and the like are read as in expressions.
  if (local.find('<') != std::string_view::npos) {
    const auto parsed = Expression::parse("null instance of " + std::string(local), base_);
    if (parsed) return parsed.value().root().types.front();
  }
  if (local == "Null") return {};
  std::string qualified = content_.qualified(local);
  return {
      TypeRef::Form::Named, qualified.empty() ? std::string(local) : std::move(qualified), {}, {}};
}

void BoxedReader::add(Names& names, const std::string& name, const TypeRef& of) {
  if (const auto fields = content_.fields(of)) {
    names.add(name, *fields);
  } else {
    names.add(name);
  }
}

std::optional<Expression> BoxedReader::parse(const XmlElement* text, const Names& scope,
                                             bool tests) {
  if (text == nullptr) return std::nullopt;
  const SourceSpan at{
      .file = content_.file, .line = text->line, .column = text->column, .part = {}};
  auto parsed = tests ? Expression::parse_unary_tests(text->text, scope, at)
                      : Expression::parse(text->text, scope, at);
  if (parsed) return std::move(parsed).value();
  for (Error& finding : as_findings(std::move(parsed).error()))
    content_.findings.push_back(std::move(finding));
  return std::nullopt;
}

BoxedPtr BoxedReader::expression_in(const XmlElement& parent, const Names& scope) {
  const auto found = std::ranges::find_if(parent.children, is_expression);
  if (found == parent.children.end()) return nullptr;
  return boxed(*found, scope);
}

BoxedPtr BoxedReader::function(const XmlElement& element, const Names& scope) {
  auto result = std::make_shared<Boxed>();
  function_body(element, scope, *result);
  return result;
}

BoxedPtr BoxedReader::boxed(const XmlElement& element, const Names& scope) {
  auto result = std::make_shared<Boxed>();
  if (depth_ >= kMaxBoxedDepth) return result;
  ++depth_;
  result->type = type(element.attribute("typeRef"));
  const std::string& name = element.name;
  if (name == "literalExpression") literal(element, scope, *result);
  if (name == "decisionTable") table(element, scope, *result);
  if (name == "context") context(element, scope, *result);
  if (name == "invocation") invocation(element, scope, *result);
  if (name == "functionDefinition") function_body(element, scope, *result);
  if (name == "relation") relation(element, scope, *result);
  if (name == "list") list(element, scope, *result);
  if (name == "conditional") parts(element, scope, {"if", "then", "else"}, *result);
  if (name == "filter") parts(element, scope, {"in", "match"}, *result);
  if (name == "for" || name == "some" || name == "every") loop(element, scope, *result);
  --depth_;
  return result;
}

void BoxedReader::literal(const XmlElement& element, const Names& scope, Boxed& into) {
  into.expression = parse(element.child("text"), scope, false);
  if (into.expression) into.kind = BoxedKind::Literal;
}

void BoxedReader::table(const XmlElement& element, const Names& scope, Boxed& into) {
  DecisionTable::Parts made;
  const auto hit = hit_of(element);
  bool sound = hit.has_value();
  if (sound) std::tie(made.hit, made.aggregation) = *hit;
  const auto tests_in = [&](const XmlElement* values) {
    return values == nullptr ? std::nullopt : parse(values->child("text"), scope, true);
  };
  for (const XmlElement* input : element.all("input")) {
    const XmlElement* written = input->child("inputExpression");
    auto expression =
        written == nullptr ? std::nullopt : parse(written->child("text"), scope, false);
    sound = sound && expression;
    if (!expression) continue;
    auto values = tests_in(input->child("inputValues"));
    if (!values && written != nullptr) {  // the allowed values of the type hold for the input
      const TypeRef of = type(written->attribute("typeRef"));
      const ItemDefinition* item = content_.item(of.name);
      if (item != nullptr) values = item->allowed_tests;
    }
    made.inputs.push_back(
        {*std::move(expression), std::move(values), std::string(input->attribute("label"))});
  }
  for (const XmlElement* output : element.all("output")) {
    TableOutput column{std::string(output->attribute("name")), std::nullopt, std::nullopt,
                       std::string(output->attribute("label"))};
    column.values = tests_in(output->child("outputValues"));
    if (!column.values) {
      const ItemDefinition* item = content_.item(type(output->attribute("typeRef")).name);
      if (item != nullptr) column.values = item->allowed_tests;
    }
    if (const XmlElement* fallback = output->child("defaultOutputEntry")) {
      column.fallback = parse(fallback->child("text"), scope, false);
      sound = sound && column.fallback;
    }
    made.outputs.push_back(std::move(column));
  }
  for (const XmlElement* row : element.all("rule")) {
    TableRule rule;
    rule.where = {.file = content_.file, .line = row->line, .column = row->column, .part = {}};
    const auto read = [&](std::string_view name, bool tests, std::vector<Expression>& cells) {
      for (const XmlElement* cell : row->all(name)) {
        auto expression = parse(cell->child("text"), scope, tests);
        sound = sound && expression;
        if (expression) cells.push_back(*std::move(expression));
      }
    };
    read("inputEntry", true, rule.tests);
    read("outputEntry", false, rule.results);
    made.rules.push_back(std::move(rule));
  }
  if (!sound) return;
  auto finished = DecisionTable::make(std::move(made));
  if (!finished) {
    content_.findings.push_back(finished.error());
    return;
  }
  into.table = std::move(finished).value();
  into.kind = BoxedKind::Table;
}

void BoxedReader::context(const XmlElement& element, const Names& scope, Boxed& into) {
  into.kind = BoxedKind::Context;
  Names inner = scope;
  for (const XmlElement* entry : element.all("contextEntry")) {
    const XmlElement* variable = entry->child("variable");
    std::string name;
    TypeRef of;
    if (variable != nullptr) {
      name = variable->attribute("name");
      of = type(variable->attribute("typeRef"));
    }
    const auto found = std::ranges::find_if(entry->children, is_expression);
    if (found != entry->children.end() && found->name == "functionDefinition") add(inner, name, of);
    into.children.push_back(expression_in(*entry, inner));
    into.names.push_back(name);
    into.types.push_back(of);
    if (!name.empty()) add(inner, name, of);
  }
}

void BoxedReader::invocation(const XmlElement& element, const Names& scope, Boxed& into) {
  into.kind = BoxedKind::Invocation;
  into.children.push_back(expression_in(element, scope));
  for (const XmlElement* binding : element.all("binding")) {
    const XmlElement* parameter = binding->child("parameter");
    into.names.emplace_back(parameter == nullptr ? "" : parameter->attribute("name"));
    into.children.push_back(expression_in(*binding, scope));
  }
}

void BoxedReader::function_body(const XmlElement& element, const Names& scope, Boxed& into) {
  const auto kind = element.attribute("kind");
  if (!kind.empty() && kind != "FEEL") {
    content_.findings.push_back({.code = ErrorCode::Unsupported,
                                 .id = "dmn.external",
                                 .message = "不支持 " + std::string(kind) + " 外部函数",
                                 .where = {.file = content_.file,
                                           .line = element.line,
                                           .column = element.column,
                                           .part = {}},
                                 .hint = "改用 FEEL 表达式"});
    return;
  }
  Names inner = scope;
  for (const XmlElement* parameter : element.all("formalParameter")) {
    into.names.emplace_back(parameter->attribute("name"));
    into.types.push_back(type(parameter->attribute("typeRef")));
    add(inner, into.names.back(), into.types.back());
  }
  into.kind = BoxedKind::Function;
  into.children.push_back(expression_in(element, inner));
}

void BoxedReader::relation(const XmlElement& element, const Names& scope, Boxed& into) {
  into.kind = BoxedKind::Relation;
  for (const XmlElement* column : element.all("column"))
    into.names.emplace_back(column->attribute("name"));
  for (const XmlElement* row : element.all("row")) {
    std::size_t cells = 0;
    for (const XmlElement& cell : row->children) {
      if (!is_expression(cell) || cells == into.names.size()) continue;
      into.children.push_back(boxed(cell, scope));
      ++cells;
    }
    for (; cells < into.names.size(); ++cells)
      into.children.push_back(nullptr);
  }
}

void BoxedReader::list(const XmlElement& element, const Names& scope, Boxed& into) {
  into.kind = BoxedKind::List;
  for (const XmlElement& item : element.children) {
    if (is_expression(item)) into.children.push_back(boxed(item, scope));
  }
}

/// The named parts of a conditional or filter, in order.
void BoxedReader::parts(const XmlElement& element, const Names& scope,
                        std::vector<std::string_view> names, Boxed& into) {
  into.kind = names.size() == 3 ? BoxedKind::Conditional : BoxedKind::Filter;
  Names inner = scope;
  if (into.kind == BoxedKind::Filter) inner.add("item");
  for (const std::string_view name : names) {
    const XmlElement* part = element.child(name);
    into.children.push_back(
        part == nullptr ? nullptr : expression_in(*part, name == "match" ? inner : scope));
  }
}

void BoxedReader::loop(const XmlElement& element, const Names& scope, Boxed& into) {
  into.kind = element.name == "for" ? BoxedKind::For
                                    : (element.name == "some" ? BoxedKind::Some : BoxedKind::Every);
  into.names.emplace_back(element.attribute("iteratorVariable"));
  Names inner = scope;
  inner.add(into.names.front());
  inner.add("partial");
  const XmlElement* domain = element.child("in");
  const XmlElement* body = element.child(into.kind == BoxedKind::For ? "return" : "satisfies");
  into.children.push_back(domain == nullptr ? nullptr : expression_in(*domain, scope));
  into.children.push_back(body == nullptr ? nullptr : expression_in(*body, inner));
}

}  // namespace huice::feel::dmn
