// The pass `check`: every branch is followed with all values that a name can have there.
#include <algorithm>
#include <map>
#include <set>

#include "compose/expand.h"
#include "compose/registry.h"
#include "compose/syntax.h"
#include "compose/walk.h"
#include "text/suggest.h"

namespace huice::compose {
namespace {

/// Values looked at of one name; a longer list is judged by nothing but its evaluation.
constexpr std::size_t kMaxCandidates = 2000;

/// What an expression can be. Open: it can also be something that only evaluation tells.
struct Candidates {
  std::vector<const model::Value*> values;
  bool open = false;
};

Candidates anything() {
  return {.values = {}, .open = true};
}

void add(Candidates& to, const Candidates& from) {
  to.values.insert(to.values.end(), from.values.begin(), from.values.end());
  to.open = to.open || from.open;
  if (to.values.size() > kMaxCandidates) to = anything();
}

bool keeps_items(std::string_view filter) {
  constexpr std::string_view kKeeping[] = {"sort",   "reverse", "list",       "unique",
                                           "select", "reject",  "selectattr", "rejectattr"};
  return std::ranges::find(kKeeping, filter) != std::end(kKeeping);
}

class Checker {
 public:
  Checker(const Content& content, const Partials& partials)
      : content_(content), partials_(partials), scopes_(1) {}

  Findings run(const Template& source) {
    learn(*source.tree());
    check(source.tree()->nodes);
    return std::move(findings_);
  }

 private:
  using Scope = std::map<std::string, Candidates, std::less<>>;

  /// Notes what a tree names and which names it asks about itself.
  void learn(const syntax::Tree& tree) {
    tree_ = &tree;
    assigned_.merge(assigned_names(tree.nodes));
    for_each_expression(tree.nodes, [&](const syntax::Expression& expression) {
      const auto* test = std::get_if<syntax::Test>(&expression.form);
      if (test != nullptr && (test->name == "defined" || test->name == "undefined")) {
        optional_.insert(dotted_path(*test->operand));
      }
      const auto* filter = std::get_if<syntax::Filter>(&expression.form);
      if (filter != nullptr && (filter->name == "default" || filter->name == "d")) {
        optional_.insert(dotted_path(*filter->operand));
      }
    });
  }

  /// The path itself, or what it lies in, is asked about somewhere.
  bool is_optional(const std::string& path) const {
    for (std::size_t end = path.find('.'); end != std::string::npos;
         end = path.find('.', end + 1)) {
      if (optional_.contains(path.substr(0, end))) return true;
    }
    return !path.empty() && optional_.contains(path);
  }

  void report(std::size_t offset, std::string id, std::string message, std::string hint) {
    if (findings_.size() >= kMaxFindings) return;
    findings_.push_back(tree_->error(offset, std::move(id), std::move(message), std::move(hint)));
  }

  static std::string suggestion(std::string_view wanted, const std::vector<std::string>& names) {
    const auto near = text::closest(wanted, names);
    return near ? "是不是想写“" + std::string(*near) + "”？" : std::string();
  }

  Candidates of(const syntax::Expression& expression) {
    if (const auto* name = std::get_if<syntax::Name>(&expression.form)) {
      return of_name(name->name, expression);
    }
    if (const auto* attribute = std::get_if<syntax::Attribute>(&expression.form)) {
      return field(of(*attribute->object), attribute->name, expression);
    }
    if (const auto* subscript = std::get_if<syntax::Subscript>(&expression.form)) {
      return of_subscript(*subscript, expression);
    }
    if (const auto* filter = std::get_if<syntax::Filter>(&expression.form)) {
      return of_filter(*filter);
    }
    for (const syntax::Expression* part : parts_of(expression))
      of(*part);
    return anything();
  }

  Candidates of_name(const std::string& name, const syntax::Expression& expression) {
    for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope) {
      const auto found = scope->find(name);
      if (found != scope->end()) return found->second;
    }
    if (const model::Value* value = content_.data.find(name)) {
      return {.values = {value}, .open = false};
    }
    if (!assigned_.contains(name) && !is_function(name) && !is_optional(name)) {
      std::vector<std::string> names(assigned_.begin(), assigned_.end());
      if (const auto* record = content_.data.record()) {
        for (const auto& each : *record)
          names.push_back(each.first);
      }
      std::string hint = suggestion(name, names);
      if (hint.empty()) hint = "在数据里补上“" + name + "”，或者用 |default(\"……\") 给出默认值";
      report(expression.offset, "template.unknown-name", "数据里没有“" + name + "”",
             std::move(hint));
    }
    return anything();
  }

  Candidates field(const Candidates& owner, const std::string& name,
                   const syntax::Expression& expression) {
    Candidates found;
    found.open = owner.open;
    std::vector<std::string> names;
    for (const model::Value* value : owner.values) {
      if (const model::Value* each = value->find(name)) {
        found.values.push_back(each);
      } else if (value->is_null()) {
        found.open = true;  // left empty; a condition may well ask before
      } else if (const auto* record = value->record()) {
        for (const auto& other : *record)
          names.push_back(other.first);
      }
    }
    const bool known = !found.values.empty() || found.open || owner.values.empty();
    if (known || is_method(name) || is_optional(dotted_path(expression))) {
      if (found.values.empty()) found.open = true;
      return found;
    }
    const SourceSpan where = owner.values.front()->where();
    std::string message = "这里的数据没有“" + name + "”";
    if (where.line > 0) {
      message += "（" + where.file + ":" + std::to_string(where.line) + ":" +
                 std::to_string(where.column) + "）";
    }
    report(expression.offset, "template.unknown-field", std::move(message),
           suggestion(name, names));
    return anything();
  }

  Candidates of_subscript(const syntax::Subscript& subscript,
                          const syntax::Expression& expression) {
    const Candidates owner = of(*subscript.object);
    of(*subscript.index);
    const auto* literal = std::get_if<syntax::Literal>(&subscript.index->form);
    if (literal != nullptr && literal->value.text() != nullptr) {
      return field(owner, *literal->value.text(), expression);
    }
    return items(owner);
  }

  Candidates of_filter(const syntax::Filter& filter) {
    Candidates input = of(*filter.operand);
    for (const auto& each : filter.arguments.positional)
      of(*each);
    for (const auto& each : filter.arguments.named)
      of(*each.value);
    if (keeps_items(filter.name)) return input;
    if (filter.name == "first" || filter.name == "last") return items(input);
    return anything();
  }

  static Candidates items(const Candidates& lists) {
    Candidates items;
    items.open = lists.open;
    for (const model::Value* value : lists.values) {
      const auto* list = value->list();
      if (list == nullptr || items.values.size() + list->size() > kMaxCandidates) {
        return anything();
      }
      for (const model::Value& each : *list)
        items.values.push_back(&each);
    }
    if (items.values.empty()) items.open = true;
    return items;
  }

  void bind(const std::string& name, const Candidates& candidates) {
    add(scopes_.back()[name], candidates);
  }

  void check(const syntax::Nodes& nodes) {
    for (const syntax::Node& node : nodes)
      std::visit([&](const auto& content) { check_node(content); }, node.content);
  }

  void check_node(const syntax::Text&) {}
  void check_node(const syntax::Print& node) { of(*node.value); }

  void check_node(const syntax::If& node) {
    for (const syntax::Branch& branch : node.branches) {
      if (branch.condition) of(*branch.condition);
      check(branch.body);
    }
  }

  void check_node(const syntax::For& node) {
    const Candidates items_there = items(of(*node.list));
    scopes_.emplace_back();
    bind("loop", anything());
    for (const std::string& target : node.targets)
      bind(target, node.targets.size() == 1 ? items_there : anything());
    if (node.condition) of(*node.condition);
    check(node.body);
    scopes_.pop_back();
    check(node.otherwise);
  }

  void check_node(const syntax::Set& node) {
    const Candidates value = of(*node.value);
    if (!node.field.empty()) return;
    for (const std::string& target : node.targets)
      bind(target, node.targets.size() == 1 ? value : anything());
  }

  void check_node(const syntax::SetBlock& node) {
    scopes_.emplace_back();
    check(node.body);
    scopes_.pop_back();
    bind(node.target, anything());
  }

  void check_node(const syntax::With& node) {
    Scope scope;
    for (const auto& binding : node.bindings)
      add(scope[binding.name], of(*binding.value));
    scopes_.push_back(std::move(scope));
    check(node.body);
    scopes_.pop_back();
  }

  void check_node(const syntax::Macro& node) {
    bind(node.name, anything());
    scopes_.emplace_back();
    for (const auto& parameter : node.parameters) {
      if (parameter.fallback) of(*parameter.fallback);
      bind(parameter.name, anything());
    }
    check(node.body);
    scopes_.pop_back();
  }

  void check_node(const syntax::Include& node) { check_file(*node.name); }

  void check_node(const syntax::Import& node) {
    check_file(*node.file);
    if (!node.target.empty()) bind(node.target, anything());
    for (const auto& each : node.names)
      bind(each.alias, anything());
  }

  void check_node(const syntax::FilterBlock& node) {
    scopes_.emplace_back();
    bind(std::string(syntax::kFilteredText), anything());
    of(*node.value);
    check(node.body);
    scopes_.pop_back();
  }

  /// A file that is named outright is checked too, once; what is wrong with the file itself is
  /// found when it is expanded.
  void check_file(const syntax::Expression& file) {
    of(file);
    const auto* literal = std::get_if<syntax::Literal>(&file.form);
    const std::string* name = literal == nullptr ? nullptr : literal->value.text();
    if (name == nullptr || !included_.insert(*name).second) return;
    if (included_.size() > static_cast<std::size_t>(kMaxIncludeDepth)) return;
    const auto text = partials_.read(*name);
    if (!text) return;
    const auto parsed = Template::parse(text.value(), *name);
    if (!parsed) return;
    kept_.push_back(parsed.value());
    const syntax::Tree* outer = tree_;
    learn(*parsed.value().tree());
    scopes_.emplace_back();
    check(parsed.value().tree()->nodes);
    scopes_.pop_back();
    tree_ = outer;
  }

  const Content& content_;
  const Partials& partials_;
  const syntax::Tree* tree_ = nullptr;
  std::vector<Scope> scopes_;
  std::set<std::string, std::less<>> assigned_;
  std::set<std::string, std::less<>> optional_;
  std::set<std::string, std::less<>> included_;
  std::vector<Template> kept_;  // trees that findings and candidates point into
  Findings findings_;
};

}  // namespace

Findings check(const Template& source, const Content& content, const Partials& partials) {
  Findings findings = Checker(content, partials).run(source);
  std::ranges::stable_sort(findings, {}, [](const Error& each) {
    return std::pair(each.where.line, each.where.column);
  });
  return findings;
}

}  // namespace huice::compose
