#include "policy/limits.h"

#include <algorithm>
#include <set>

#include "policy/expressions.h"

namespace huice::policy {
namespace {

using feel::Node;
using feel::NodeKind;

class LimitFinder {
 public:
  explicit LimitFinder(const Library& library) : library_(library) {}

  std::map<std::string, FactLimits> find(const Policy& policy) {
    visit(policy.conditions);
    for (const Definition& definition : policy.definitions) {
      if (definition.list.empty()) visit(definition.value->root());
    }
    for (auto& [name, limits] : limits_)
      tidy(limits);
    return std::move(limits_);
  }

 private:
  void visit(const Condition& condition) {
    if (condition.when) visit(condition.when->root());
    for (const Condition& child : condition.children)
      visit(child);
  }

  void visit(const Node& node) {
    if (node.kind == NodeKind::Compare) return comparison(node);
    if (node.kind == NodeKind::In && node.children[0]->kind == NodeKind::Name) {
      subject(node.children[0]->text);
      return tests(node.children[0]->text, *node.children[1]);
    }
    if (node.kind == NodeKind::Name) return entangled(node.text);
    for (const auto& child : node.children)
      visit(*child);
  }

  void comparison(const Node& node) {
    const Node& left = *node.children[0];
    const Node& right = *node.children[1];
    const bool plain = left.kind == NodeKind::Name && right.kind == NodeKind::Literal;
    if (plain) {
      subject(left.text);
      return constant(left.text, right.value);
    }
    visit(left);
    visit(right);
  }

  void tests(const std::string& name, const Node& tests) {
    walk(tests, [&](const Node& each) {
      if (each.kind == NodeKind::Literal) constant(name, each.value);
      if (each.kind == NodeKind::Name && each.text != "?") entangled(each.text);
    });
  }

  /// A base fact is noted; a derived one is followed down.
  void subject(const std::string& name) {
    const DerivedFact* derived = library_.find_derived(name);
    if (derived != nullptr) return follow(*derived);
    const model::FactDefinition* fact = library_.definition(name);
    const bool usable = fact != nullptr && fact->type != model::FactType::List &&
                        library_.find_parameter(name) == nullptr;
    if (usable) limits_[name];
  }

  /// A bare truth stands for itself; any other use lets the status change anywhere.
  void entangled(const std::string& name) {
    subject(name);
    const auto found = limits_.find(name);
    if (found == limits_.end()) return;
    const model::FactDefinition* fact = library_.definition(name);
    if (fact->type != model::FactType::Boolean) found->second.only_constants = false;
  }

  void constant(const std::string& name, const feel::Value& value) {
    const auto found = limits_.find(name);
    if (found != limits_.end()) found->second.constants.push_back(feel::to_model(value));
  }

  void follow(const DerivedFact& derived) {
    if (!followed_.insert(derived.definition.name).second) return;
    if (derived.formula) return visit(derived.formula->root());
    const auto& inputs = derived.table->inputs();
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      const Node& input = inputs[i].expression.root();
      if (input.kind != NodeKind::Name) {
        visit(input);
        continue;
      }
      subject(input.text);
      for (const feel::TableRule& rule : derived.table->rules())
        tests(input.text, rule.tests[i].root());
    }
  }

  static void tidy(FactLimits& limits) {
    std::vector<model::Value> distinct;
    for (const model::Value& value : limits.constants) {
      if (std::ranges::find(distinct, value) == distinct.end()) distinct.push_back(value);
    }
    std::ranges::stable_sort(distinct, [](const model::Value& a, const model::Value& b) {
      return a.number() != nullptr && b.number() != nullptr && *a.number() < *b.number();
    });
    limits.constants = std::move(distinct);
  }

  const Library& library_;
  std::map<std::string, FactLimits> limits_;
  std::set<std::string> followed_;
};

}  // namespace

std::map<std::string, FactLimits> find_limits(const Library& library, const Policy& policy) {
  return LimitFinder(library).find(policy);
}

}  // namespace huice::policy
