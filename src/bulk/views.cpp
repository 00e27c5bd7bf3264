#include "bulk/views.h"

#include <algorithm>
#include <unordered_map>

#include "bulk/int128.h"
#include "policy/expressions.h"

namespace huice::bulk {
namespace {

using feel::Node;
using feel::NodeKind;

const Date kEpoch;
/// Tables of at most so many combinations are held as arrays.
constexpr std::uint64_t kDenseCombinations = 1u << 22;
constexpr std::uint32_t kUnasked = UINT32_MAX;

bool mentions(const Node& node, std::string_view name) {
  bool found = false;
  policy::walk(node, [&](const Node& each) {
    found = found || (each.kind == NodeKind::Name && each.text == name);
  });
  return found;
}

bool is_constant(const Node& node, const Oracle& oracle) {
  bool constant = true;
  policy::walk(node, [&](const Node& each) {
    const bool fact =
        each.kind == NodeKind::Name && !each.value.function() && !oracle.is_constant(each.text);
    constant = constant && !fact;
  });
  return constant;
}

/// Finds what one name is compared with.
class CutFinder {
 public:
  CutFinder(const Column& column, const Oracle& oracle, std::vector<std::int64_t>& cuts)
      : column_(column), oracle_(oracle), cuts_(cuts) {}

  bool visit(const Node& node) {
    if (!mentions(node, column_.fact.name)) return true;
    switch (node.kind) {
      case NodeKind::Compare:
        return compared(*node.children[0], *node.children[1]);
      case NodeKind::Between:
        return is_subject(*node.children[0]) && constant(*node.children[1]) &&
               constant(*node.children[2]);
      case NodeKind::In:
        return is_subject(*node.children[0]) && tests(*node.children[1]);
      case NodeKind::And:
      case NodeKind::Or:
      case NodeKind::If:
      case NodeKind::Arithmetic:
      case NodeKind::Negate:
      case NodeKind::Call:
        return std::ranges::all_of(node.children,
                                   [&](const feel::NodePtr& child) { return visit(*child); });
      default:
        return false;
    }
  }

  /// Unary tests of the subject.
  bool tests(const Node& node) {
    switch (node.kind) {
      case NodeKind::AnyTest:
        return true;
      case NodeKind::Tests:
      case NodeKind::NotTests:
        return std::ranges::all_of(node.children,
                                   [&](const feel::NodePtr& child) { return tests(*child); });
      case NodeKind::CompareTest:
        return constant(*node.children[0]);
      case NodeKind::ValueTest:
        return node.text.empty() && value(*node.children[0]);
      default:
        return false;
    }
  }

 private:
  bool is_subject(const Node& node) const {
    return node.kind == NodeKind::Name && node.text == column_.fact.name;
  }

  bool compared(const Node& left, const Node& right) {
    if (is_subject(left) && !mentions(right, column_.fact.name)) return constant(right);
    if (is_subject(right) && !mentions(left, column_.fact.name)) return constant(left);
    return visit_deeper(left) && visit_deeper(right);
  }

  /// A bare name below a comparison is used for its value.
  bool visit_deeper(const Node& node) { return !is_subject(node) && visit(node); }

  bool value(const Node& node) {
    if (node.kind == NodeKind::Interval) {
      return constant(*node.children[0]) && constant(*node.children[1]);
    }
    return constant(node);
  }

  bool constant(const Node& node) {
    if (!is_constant(node, oracle_)) return false;
    const feel::Value value = oracle_.constant(node);
    if (column_.is_day()) {
      const auto model = feel::to_model(value);
      if (value.date() == nullptr || model.day() == nullptr) return false;
      const std::int64_t day = *model.day() - kEpoch;
      cuts_.insert(cuts_.end(), {day, day + 1});
      return true;
    }
    return value.number() != nullptr && number(*value.number());
  }

  bool number(const Decimal& number) {
    const auto scaled = multiply(number, Decimal::scaled(1, column_.scale));
    if (!scaled) return false;
    const auto low = scaled->rounded(0, Rounding::Ceiling).to_int64();
    const auto high = scaled->rounded(0, Rounding::Floor).to_int64();
    // Beyond what a column can hold nothing changes.
    if (!low || !high || *low > kMaxNumber || *low < -kMaxNumber) return true;
    cuts_.insert(cuts_.end(), {*low, *high + 1});
    return true;
  }

  const Column& column_;
  const Oracle& oracle_;
  std::vector<std::int64_t>& cuts_;
};

void sort_unique(std::vector<std::int64_t>& numbers) {
  std::ranges::sort(numbers);
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
}

/// Combinations of codes numbered in a mixed radix; numbers past 64 bits are hashed by text.
class Combinations {
 public:
  explicit Combinations(const std::vector<View>& views) : views_(views), codes_(views.size()) {
    for (const View& view : views) {
      fits_ = fits_ && total_ <= UINT64_MAX / 2 / view.size();
      if (fits_) total_ *= view.size();
    }
    if (fits_ && total_ <= kDenseCombinations) dense_.assign(total_, kUnasked);
  }

  /// The slot for the answer to the row's combination.
  std::uint32_t& slot(std::size_t row) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < views_.size(); ++i) {
      codes_[i] = views_[i].code(row);
      number = number * views_[i].size() + codes_[i];
    }
    if (!dense_.empty()) return dense_[number];
    if (fits_) return sparse_.try_emplace(number, kUnasked).first->second;
    return wide_.try_emplace(codes_, kUnasked).first->second;
  }
  const std::vector<std::uint32_t>& codes() const { return codes_; }

 private:
  const std::vector<View>& views_;
  std::vector<std::uint32_t> codes_;
  std::uint64_t total_ = 1;
  bool fits_ = true;
  std::vector<std::uint32_t> dense_;
  std::unordered_map<std::uint64_t, std::uint32_t> sparse_;
  std::map<std::vector<std::uint32_t>, std::uint32_t> wide_;
};

}  // namespace

View View::buckets(const Column& column, std::vector<std::int64_t> cuts) {
  View view;
  view.name_ = column.fact.name;
  view.column_ = &column;
  sort_unique(cuts);
  // One bucket at least: all known values.
  if (cuts.empty()) cuts.push_back(0);
  view.cuts_ = std::move(cuts);
  view.size_ = view.cuts_.size() + 2;
  return view;
}

View View::exact(const Column& column) {
  View view;
  view.name_ = column.fact.name;
  view.column_ = &column;
  view.size_ = column.values.size() + 1;
  if (!column.is_number) return view;
  view.distinct_ = column.numbers;
  sort_unique(view.distinct_);
  if (!view.distinct_.empty() && view.distinct_.front() == kUnknown) {
    view.distinct_.erase(view.distinct_.begin());
  }
  view.size_ = view.distinct_.size() + 1;
  return view;
}

View View::of(std::string name, const DerivedColumn& derived) {
  View view;
  view.name_ = std::move(name);
  view.derived_ = &derived;
  view.size_ = derived.beliefs.size();
  return view;
}

std::uint32_t View::code(std::size_t row) const {
  if (derived_ != nullptr) return derived_->codes[row];
  if (!column_->is_number) return column_->codes[row];
  const std::int64_t number = column_->numbers[row];
  if (number == kUnknown) return 0;
  const auto& marks = cuts_.empty() ? distinct_ : cuts_;
  const auto passed = std::upper_bound(marks.begin(), marks.end(), number) - marks.begin();
  return static_cast<std::uint32_t>(passed) + (cuts_.empty() ? 0u : 1u);
}

feel::Value View::value(std::uint32_t code) const {
  Assumptions assumptions;
  assume(code, assumptions);
  if (!assumptions.beliefs.empty()) {
    const policy::Belief& belief = assumptions.beliefs.front().second;
    return belief.is_known() ? belief.value : feel::Value();
  }
  if (assumptions.profile.facts.empty()) return {};
  return feel::from_model(assumptions.profile.facts.begin()->second.value);
}

void View::assume(std::uint32_t code, Assumptions& assumptions) const {
  if (derived_ != nullptr) {
    assumptions.beliefs.emplace_back(name_, derived_->beliefs[code]);
    return;
  }
  if (code == 0) return;
  model::Value value;
  if (!column_->is_number) {
    value = column_->values[code - 1];
  } else if (cuts_.empty()) {
    value = column_->value_of(distinct_[code - 1]);
  } else {
    value = column_->value_of(code == 1 ? cuts_.front() - 1 : cuts_[code - 2]);
  }
  assumptions.profile.facts[name_].value = std::move(value);
}

std::vector<std::uint32_t> tabulate(
    std::size_t rows, const std::vector<View>& views,
    const std::function<std::uint32_t(const Assumptions&)>& answer) {
  std::vector<std::uint32_t> answers(rows);
  Combinations combinations(views);
  for (std::size_t row = 0; row < rows; ++row) {
    std::uint32_t& slot = combinations.slot(row);
    if (slot == kUnasked) {
      Assumptions assumptions;
      for (std::size_t i = 0; i < views.size(); ++i)
        views[i].assume(combinations.codes()[i], assumptions);
      slot = answer(assumptions);
    }
    answers[row] = slot;
  }
  return answers;
}

bool find_cuts(const Node& node, const Column& column, const Oracle& oracle,
               std::vector<std::int64_t>& cuts) {
  return CutFinder(column, oracle, cuts).visit(node);
}

DerivedColumns::DerivedColumns(const Columns& columns, const Oracle& oracle)
    : columns_(columns), oracle_(oracle) {}
DerivedColumns::~DerivedColumns() = default;

View DerivedColumns::view_of(const Column& column, const std::vector<const Node*>& uses) const {
  std::vector<std::int64_t> cuts;
  const bool compared_only = column.is_number && std::ranges::all_of(uses, [&](const Node* use) {
                               return find_cuts(*use, column, oracle_, cuts);
                             });
  return compared_only ? View::buckets(column, std::move(cuts)) : View::exact(column);
}

std::vector<View> DerivedColumns::views(const std::vector<std::string>& names,
                                        const std::vector<const Node*>& uses) {
  const std::vector<std::string> inputs = oracle_.inputs(names);
  // Where inputs were followed down, derived facts count as stated only.
  const bool followed = std::ranges::any_of(inputs, [&](const std::string& name) {
    const auto* fact = oracle_.library().definition(name);
    return fact != nullptr && !fact->low_from.empty();
  });
  std::vector<View> views;
  for (const std::string& name : inputs) {
    const Column* column = columns_.find(name);
    const auto* derived = oracle_.library().find_derived(name);
    if (derived != nullptr && !followed) {
      views.push_back(View::of(name, get(*derived)));
    } else if (column != nullptr) {
      views.push_back(followed ? View::exact(*column) : view_of(*column, uses));
    }
  }
  return views;
}

/// A cell tests the input of its column, which most often is a bare fact.
std::vector<View> DerivedColumns::table_views(const feel::DecisionTable& table) {
  std::vector<View> views;
  for (const std::string& name : oracle_.inputs(table.names())) {
    const Column* column = columns_.find(name);
    if (column == nullptr || !column->is_number || oracle_.library().find_derived(name)) {
      auto one = this->views({name}, {});
      std::ranges::move(one, std::back_inserter(views));
      continue;
    }
    std::vector<std::int64_t> cuts;
    CutFinder finder(*column, oracle_, cuts);
    bool compared_only = true;
    for (std::size_t i = 0; i < table.inputs().size(); ++i) {
      const Node& input = table.inputs()[i].expression.root();
      const bool bare = input.kind == NodeKind::Name && input.text == name;
      compared_only = compared_only && (bare || !mentions(input, name));
      for (const feel::TableRule& rule : table.rules()) {
        const Node& cell = rule.tests[i].root();
        compared_only = compared_only && (bare ? finder.tests(cell) : !mentions(cell, name));
      }
    }
    for (const feel::TableRule& rule : table.rules()) {
      for (const feel::Expression& result : rule.results)
        compared_only = compared_only && !mentions(result.root(), name);
    }
    views.push_back(compared_only ? View::buckets(*column, cuts) : View::exact(*column));
  }
  return views;
}

const DerivedColumn& DerivedColumns::get(const policy::DerivedFact& derived) {
  const std::string& name = derived.definition.name;
  if (const auto made = derived_.find(name); made != derived_.end()) return *made->second;
  std::vector<View> views = derived.formula
                                ? this->views(derived.formula->names(), {&derived.formula->root()})
                                : table_views(*derived.table);
  // What the enterprise states itself stands in where the rule cannot tell.
  if (const Column* stated = columns_.find(name)) views.push_back(View::exact(*stated));
  auto column = std::make_unique<DerivedColumn>();
  std::map<std::string, std::uint32_t> codes;
  const auto ask = [&](const Assumptions& assumptions) {
    policy::Belief belief = oracle_.belief(name, assumptions);
    const auto next = static_cast<std::uint32_t>(column->beliefs.size());
    const auto [found, fresh] = codes.emplace(belief_key(belief), next);
    if (fresh) column->beliefs.push_back(std::move(belief));
    return found->second;
  };
  if (derived.table) {
    column->codes = tabulate_table(columns_.rows(), views, *derived.table, oracle_, ask);
  }
  if (column->codes.empty()) column->codes = tabulate(columns_.rows(), views, ask);
  return *derived_.emplace(name, std::move(column)).first->second;
}

}  // namespace huice::bulk
