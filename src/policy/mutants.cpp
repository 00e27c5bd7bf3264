#include "policy/mutants.h"

#include <algorithm>
#include <functional>

#include "policy/expressions.h"
#include "policy/fields.h"
#include "policy/inline_cases.h"

namespace huice::policy {
namespace {

using feel::Node;
using feel::NodeKind;
using feel::Operator;

/// A change of some bytes of an expression's text.
struct Edit {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string with;
};

std::optional<std::string> other_comparison(Operator op) {
  switch (op) {
    case Operator::Le:
      return "<";
    case Operator::Lt:
      return "<=";
    case Operator::Ge:
      return ">";
    case Operator::Gt:
      return ">=";
    case Operator::Eq:
      return "!=";
    case Operator::Ne:
      return "=";
    default:
      return std::nullopt;
  }
}

/// Where `word` stands in the gap between two children.
std::optional<Edit> between(const std::string& text, const Node& left, const Node& right,
                            std::string_view word, std::string with) {
  const std::size_t at = text.find(word, left.end);
  if (at == std::string::npos || at + word.size() > right.begin) return std::nullopt;
  return Edit{at, at + word.size(), std::move(with)};
}

class MutantMaker {
 public:
  MutantMaker(const Library& library, const Policy& policy) : library_(library), policy_(policy) {
    for (const Definition& each : policy.definitions)
      names_.add(each.name);
  }

  std::vector<Mutant> make() {
    copy_ = policy_;
    condition(copy_.conditions);
    for (Definition& each : copy_.definitions) {
      if (each.value) definition(each);
    }
    for (Benefit& each : copy_.benefits) {
      part_ = each.name;
      for (auto* part : {&each.when, &each.amount, &each.baseline, &each.liability}) {
        if (*part) expression(**part, names_);
      }
    }
    part_.clear();
    for (Validity& each : copy_.validity)
      validity(each);
    for (Window& each : copy_.windows)
      window(each);
    return std::move(mutants_);
  }

 private:
  /// `copy_` as it is now, kept as a mutant.
  void keep(std::string change, const SourceSpan& where) {
    if (mutants_.size() < kMaxMutants) mutants_.push_back({part_, std::move(change), where, copy_});
  }

  void condition(Condition& node) {
    using Kind = Condition::Kind;
    part_ = node.name;
    const bool group = node.children.size() > 1 && node.kind != Kind::None;
    if (group && &node != &copy_.conditions) {
      const Kind before = node.kind;
      node.kind = before == Kind::Any ? Kind::All : Kind::Any;
      keep("“" + node.name + "”的" + (before == Kind::Any ? "任一改为全部" : "全部改为任一"),
           node.where);
      node.kind = before;
    }
    if (node.when) expression(*node.when, names_);
    for (Condition& child : node.children)
      condition(child);
  }

  void definition(Definition& each) {
    part_ = each.name;
    feel::Names names = names_;
    const model::FactDefinition* list = library_.definition(each.list);
    if (list != nullptr) {
      for (const model::FactDefinition& field : list->fields) {
        names.add(field.name);
        item_fields_.push_back(&field);
      }
    }
    expression(*each.value, names);
    item_fields_.clear();
  }

  void expression(feel::Expression& place, const feel::Names& names) {
    const feel::Expression before = place;
    std::vector<Edit> edits;
    walk(before.root(), [&](const Node& node) { collect(before.text(), node, edits); });
    for (const Edit& edit : edits) {
      std::string text = before.text();
      const std::string old = text.substr(edit.begin, edit.end - edit.begin);
      text.replace(edit.begin, edit.end - edit.begin, edit.with);
      auto parsed = feel::Expression::parse(text, names, before.where());
      if (!parsed) continue;
      place = std::move(parsed).value();
      keep("“" + before.text() + "”中 " + old + " 改为 " + edit.with, before.place(edit.begin));
    }
    place = before;
  }

  void collect(const std::string& text, const Node& node, std::vector<Edit>& edits) {
    const auto add = [&](std::optional<Edit> edit) {
      if (edit) edits.push_back(std::move(*edit));
    };
    if (node.kind == NodeKind::Compare) {
      const Node& left = *node.children[0];
      const Node& right = *node.children[1];
      if (auto other = other_comparison(node.op)) {
        add(between(text, left, right, feel::symbol(node.op), *other));
      }
      moved(text, right, unit_of(left), edits);
    }
    if (node.kind == NodeKind::And || node.kind == NodeKind::Or) {
      const bool both = node.kind == NodeKind::And;
      for (std::size_t i = 0; i + 1 < node.children.size(); ++i) {
        add(between(text, *node.children[i], *node.children[i + 1], both ? "and" : "or",
                    both ? "or" : "and"));
      }
    }
    if (node.kind == NodeKind::Arithmetic) {
      for (const auto& child : node.children)
        moved(text, *child, std::nullopt, edits);
    }
  }

  /// The number a node is, one unit up and down; without a unit, by one in its last place.
  static void moved(const std::string& text, const Node& node, std::optional<Decimal> unit,
                    std::vector<Edit>& edits) {
    const Decimal* number = node.kind == NodeKind::Literal ? node.value.number() : nullptr;
    if (number == nullptr) return;
    if (!unit) {
      const std::string written = text.substr(node.begin, node.end - node.begin);
      const std::size_t point = written.find('.');
      const int places =
          point == std::string::npos ? 0 : static_cast<int>(written.size() - point - 1);
      unit = Decimal::scaled(1, -places);
    }
    for (const auto& other : {add(*number, *unit), subtract(*number, *unit)}) {
      if (other && !other->is_negative()) {
        edits.push_back({node.begin, node.end, other->to_plain()});
      }
    }
  }

  std::optional<Decimal> unit_of(const Node& node) const {
    if (node.kind != NodeKind::Name) return std::nullopt;
    const model::FactDefinition* fact = library_.definition(node.text);
    for (const model::FactDefinition* field : item_fields_) {
      if (field->name == node.text) fact = field;
    }
    if (fact == nullptr) return std::nullopt;
    if (fact->type == model::FactType::Money) return Decimal::scaled(1, -2);
    if (fact->type == model::FactType::Ratio) return Decimal::scaled(1, -4);
    return Decimal(1);
  }

  void shift(Date& day, const std::string& what, const SourceSpan& where,
             Recurrence every = Recurrence::Once) {
    const Date before = day;
    for (const int step : {-1, 1}) {
      day = before.plus_days(step);
      // A recurring window keeps its days in one year, of a monthly one in one month.
      if (every != Recurrence::Once && day.year() != before.year()) continue;
      if (every == Recurrence::Monthly && day.month() != before.month()) continue;
      if (every == Recurrence::Quarterly && day.month() > 3) continue;
      keep(what + before.to_iso() + "改为" + day.to_iso(), where);
    }
    day = before;
  }

  void validity(Validity& each) {
    shift(each.from, "生效日", policy_.where);
    if (each.to) shift(*each.to, "失效日", policy_.where);
  }

  void window(Window& each) {
    shift(each.opens, "窗口开始日", each.where, each.every);
    shift(each.closes, "窗口截止日", each.where, each.every);
  }

  const Library& library_;
  const Policy& policy_;
  feel::Names names_ = library_.names();
  Policy copy_;
  std::string part_;
  std::vector<const model::FactDefinition*> item_fields_;
  std::vector<Mutant> mutants_;
};

/// What the policy says of changes that no case can notice.
class Explanations {
 public:
  explicit Explanations(const Policy& policy) : policy_(policy) {
    for (const Unnoticeable& each : policy.unnoticeable)
      used_.emplace_back(each.changes.size(), false);
  }

  bool explain(const Mutant& mutant) {
    bool explained = false;
    for (std::size_t i = 0; i < used_.size(); ++i) {
      const Unnoticeable& said = policy_.unnoticeable[i];
      for (std::size_t j = 0; j < said.changes.size(); ++j) {
        if (said.part != mutant.part || !mutant.change.ends_with(said.changes[j])) continue;
        used_[i][j] = true;
        explained = true;
      }
    }
    return explained;
  }

  /// Those that explained nothing.
  void add_idle(Findings& findings) const {
    for (std::size_t i = 0; i < used_.size(); ++i) {
      const Unnoticeable& said = policy_.unnoticeable[i];
      for (std::size_t j = 0; j < said.changes.size(); ++j) {
        if (used_[i][j]) continue;
        findings.push_back(finding("check.unnoticeable",
                                   "“" + policy_.id + "”说“" + said.part + "”中“" +
                                       said.changes[j] +
                                       "”无从察觉，但没有这样的改动，或用例已能察觉",
                                   said.where, "删去这一条，或按变异清单改写"));
      }
    }
  }

 private:
  const Policy& policy_;
  std::vector<std::vector<bool>> used_;
};

}  // namespace

std::vector<Mutant> make_mutants(const Library& library, const Policy& policy) {
  return MutantMaker(library, policy).make();
}

MutantReport run_mutants(const Library& library, const Policy& policy) {
  MutantReport report;
  Explanations explanations(policy);
  const std::vector<Mutant> mutants = make_mutants(library, policy);
  report.made = static_cast<int>(mutants.size());
  for (const Mutant& mutant : mutants) {
    const bool noticed = std::ranges::any_of(policy.tests, [&](const InlineTest& test) {
      return !run_inline_case(library, mutant.policy, test).empty();
    });
    if (noticed) continue;
    if (explanations.explain(mutant)) {
      ++report.explained;
      continue;
    }
    report.survivors.push_back(finding("check.mutant",
                                       "“" + policy.id + "”的用例察觉不出：" + mutant.change,
                                       mutant.where, "补一个恰在界上或界外一步的用例"));
  }
  explanations.add_idle(report.survivors);
  return report;
}

}  // namespace huice::policy
