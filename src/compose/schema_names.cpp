#include "compose/schema_names.h"

#include <algorithm>

#include "compose/registry.h"
#include "compose/syntax.h"
#include "compose/walk.h"
#include "text/suggest.h"

namespace huice::compose {
namespace {

class NameChecker {
 public:
  explicit NameChecker(const Schema& schema) {
    for (const Shape& field : schema.root.fields)
      known_.push_back(field.name);
  }

  void check(const FrontValue& front) {
    for (const Template& each : front.text)
      check(*each.tree());
    for (const FrontValue& item : front.items)
      check(item);
  }

  void check(const syntax::Tree& tree) {
    const auto assigned = assigned_names(tree.nodes);
    for_each_expression(tree.nodes, [&](const syntax::Expression& expression) {
      const auto* name = std::get_if<syntax::Name>(&expression.form);
      if (name == nullptr || assigned.contains(name->name) || is_function(name->name)) return;
      if (std::ranges::find(known_, name->name) != known_.end()) return;
      const auto near = text::closest(name->name, known_);
      findings.push_back(tree.error(
          expression.offset, "template.unknown-name", "数据规格里没有“" + name->name + "”",
          near ? "是不是想写“" + std::string(*near) + "”？" : "在数据规格的 字段 里补上它"));
    });
  }

  Findings findings;

 private:
  std::vector<std::string> known_;
};

}  // namespace

Findings check_names(const TemplateFile& file, const Schema& schema) {
  if (schema.root.open) return {};
  NameChecker checker(schema);
  checker.check(file.front);
  checker.check(*file.body.tree());
  return std::move(checker.findings);
}

}  // namespace huice::compose
