#include "compose/walk.h"

#include "compose/registry.h"

namespace huice::compose {
namespace {

using Parts = std::vector<const syntax::Expression*>;

void add(Parts& parts, const syntax::ExpressionPtr& part) {
  if (part) parts.push_back(part.get());
}

void add(Parts& parts, const syntax::Arguments& arguments) {
  for (const auto& each : arguments.positional)
    add(parts, each);
  for (const auto& each : arguments.named)
    add(parts, each.value);
}

struct PartsOf {
  Parts& parts;

  void operator()(const syntax::Literal&) const {}
  void operator()(const syntax::Name&) const {}
  void operator()(const syntax::Attribute& form) const { add(parts, form.object); }
  void operator()(const syntax::Subscript& form) const {
    add(parts, form.object);
    add(parts, form.index);
  }
  void operator()(const syntax::Slice& form) const {
    for (const auto* each : {&form.object, &form.from, &form.to, &form.step})
      add(parts, *each);
  }
  void operator()(const syntax::Call& form) const {
    add(parts, form.callee);
    add(parts, form.arguments);
  }
  void operator()(const syntax::Filter& form) const {
    add(parts, form.operand);
    add(parts, form.arguments);
  }
  void operator()(const syntax::Test& form) const {
    add(parts, form.operand);
    add(parts, form.arguments);
  }
  void operator()(const syntax::Not& form) const { add(parts, form.operand); }
  void operator()(const syntax::Signed& form) const { add(parts, form.operand); }
  void operator()(const syntax::Binary& form) const {
    add(parts, form.left);
    add(parts, form.right);
  }
  void operator()(const syntax::Logic& form) const {
    add(parts, form.left);
    add(parts, form.right);
  }
  void operator()(const syntax::Comparisons& form) const {
    add(parts, form.first);
    for (const auto& link : form.links)
      add(parts, link.right);
  }
  void operator()(const syntax::Conditional& form) const {
    for (const auto* each : {&form.condition, &form.then, &form.otherwise})
      add(parts, *each);
  }
  void operator()(const syntax::ListDisplay& form) const {
    for (const auto& each : form.items)
      add(parts, each);
  }
  void operator()(const syntax::RecordDisplay& form) const {
    for (const auto& each : form.entries) {
      add(parts, each.name);
      add(parts, each.value);
    }
  }
};

struct NodeWalk {
  const Visit& visit;

  void at(const syntax::ExpressionPtr& expression) const {
    if (expression) for_each_expression(*expression, visit);
  }
  void operator()(const syntax::Text&) const {}
  void operator()(const syntax::Print& node) const { at(node.value); }
  void operator()(const syntax::If& node) const {
    for (const auto& branch : node.branches) {
      at(branch.condition);
      for_each_expression(branch.body, visit);
    }
  }
  void operator()(const syntax::For& node) const {
    at(node.list);
    at(node.condition);
    for_each_expression(node.body, visit);
    for_each_expression(node.otherwise, visit);
  }
  void operator()(const syntax::Set& node) const { at(node.value); }
  void operator()(const syntax::SetBlock& node) const { for_each_expression(node.body, visit); }
  void operator()(const syntax::Include& node) const { at(node.name); }
  void operator()(const syntax::Import& node) const { at(node.file); }
  void operator()(const syntax::FilterBlock& node) const {
    at(node.value);
    for_each_expression(node.body, visit);
  }
  void operator()(const syntax::Macro& node) const {
    for (const auto& parameter : node.parameters)
      at(parameter.fallback);
    for_each_expression(node.body, visit);
  }
  void operator()(const syntax::With& node) const {
    for (const auto& binding : node.bindings)
      at(binding.value);
    for_each_expression(node.body, visit);
  }
};

using Names = std::set<std::string, std::less<>>;

void collect(const syntax::Nodes& nodes, Names& names);

struct Assigned {
  Names& names;

  void operator()(const syntax::Text&) const {}
  void operator()(const syntax::Print&) const {}
  void operator()(const syntax::Include&) const {}
  void operator()(const syntax::Import& node) const {
    if (!node.target.empty()) names.insert(node.target);
    for (const auto& each : node.names)
      names.insert(each.alias);
  }
  void operator()(const syntax::FilterBlock& node) const {
    names.emplace(syntax::kFilteredText);
    collect(node.body, names);
  }
  void operator()(const syntax::If& node) const {
    for (const auto& branch : node.branches)
      collect(branch.body, names);
  }
  void operator()(const syntax::For& node) const {
    names.insert(node.targets.begin(), node.targets.end());
    names.insert("loop");
    collect(node.body, names);
    collect(node.otherwise, names);
  }
  void operator()(const syntax::Set& node) const {
    names.insert(node.targets.begin(), node.targets.end());
  }
  void operator()(const syntax::SetBlock& node) const {
    names.insert(node.target);
    collect(node.body, names);
  }
  void operator()(const syntax::Macro& node) const {
    names.insert(node.name);
    for (const auto& parameter : node.parameters)
      names.insert(parameter.name);
    collect(node.body, names);
  }
  void operator()(const syntax::With& node) const {
    for (const auto& binding : node.bindings)
      names.insert(binding.name);
    collect(node.body, names);
  }
};

void collect(const syntax::Nodes& nodes, Names& names) {
  for (const syntax::Node& node : nodes)
    std::visit(Assigned{names}, node.content);
}

}  // namespace

Parts parts_of(const syntax::Expression& expression) {
  Parts parts;
  std::visit(PartsOf{parts}, expression.form);
  return parts;
}

void for_each_expression(const syntax::Expression& expression, const Visit& visit) {
  visit(expression);
  for (const syntax::Expression* part : parts_of(expression))
    for_each_expression(*part, visit);
}

void for_each_expression(const syntax::Nodes& nodes, const Visit& visit) {
  for (const syntax::Node& node : nodes)
    std::visit(NodeWalk{visit}, node.content);
}

Names assigned_names(const syntax::Nodes& nodes) {
  Names names;
  collect(nodes, names);
  return names;
}

std::string dotted_path(const syntax::Expression& expression) {
  if (const auto* name = std::get_if<syntax::Name>(&expression.form)) return name->name;
  const auto* attribute = std::get_if<syntax::Attribute>(&expression.form);
  if (attribute == nullptr) return {};
  const std::string owner = dotted_path(*attribute->object);
  return owner.empty() ? owner : owner + "." + attribute->name;
}

std::set<std::string> Template::names_used() const {
  const Names assigned = assigned_names(tree_->nodes);
  std::set<std::string> used;
  for_each_expression(tree_->nodes, [&](const syntax::Expression& expression) {
    const auto* name = std::get_if<syntax::Name>(&expression.form);
    if (name != nullptr && !assigned.contains(name->name) && !is_function(name->name)) {
      used.insert(name->name);
    }
  });
  return used;
}

}  // namespace huice::compose
