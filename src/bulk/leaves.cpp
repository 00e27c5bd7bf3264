#include "bulk/leaves.h"

#include <algorithm>
#include <numeric>

#include "policy/expressions.h"

namespace huice::bulk {
namespace {

using feel::Node;
using feel::NodeKind;
using feel::Operator;

const policy::Definition* definition_of(const policy::Policy& policy, std::string_view name) {
  const auto found = std::ranges::find(policy.definitions, name, &policy::Definition::name);
  return found == policy.definitions.end() ? nullptr : &*found;
}

void add_new(std::vector<std::string>& into, const std::string& name) {
  if (std::ranges::find(into, name) == into.end()) into.push_back(name);
}

/// What identifies a test: its text and the definitions it uses.
std::string key_of(const policy::Policy& policy, const feel::Expression& when) {
  std::string key = when.text();
  for (const std::string& name : when.names()) {
    const policy::Definition* definition = definition_of(policy, name);
    if (definition == nullptr) continue;
    // Definitions may use others; the policy's id keeps them apart.
    key += "\x1f" + policy.id;
    break;
  }
  return key;
}

struct Quotient {
  std::string numerator;
  std::string divisor;
  Decimal minus;  ///< taken off the quotient
};

/// `a / b` or `a / b - k`.
std::optional<Quotient> quotient(const Node& node) {
  if (node.kind != NodeKind::Arithmetic) return std::nullopt;
  const Node& left = *node.children[0];
  const Node& right = *node.children[1];
  if (node.op == Operator::Divide && left.kind == NodeKind::Name && right.kind == NodeKind::Name &&
      left.text != right.text) {
    return Quotient{left.text, right.text, {}};
  }
  if (node.op != Operator::Subtract || right.kind != NodeKind::Literal ||
      right.value.number() == nullptr) {
    return std::nullopt;
  }
  auto inner = quotient(left);
  if (!inner || !inner->minus.is_zero()) return std::nullopt;
  inner->minus = *right.value.number();
  return inner;
}

bool holds(Operator op, int order) {
  switch (op) {
    case Operator::Lt:
      return order < 0;
    case Operator::Le:
      return order <= 0;
    case Operator::Gt:
      return order > 0;
    case Operator::Ge:
      return order >= 0;
    case Operator::Eq:
      return order == 0;
    default:
      return order != 0;
  }
}

Verdict verdict_if(bool truth) {
  return truth ? Verdict::True : Verdict::False;
}

bool plane_bit(int plane, Verdict verdict) {
  if (plane == 0) return verdict == Verdict::True;
  if (plane == 1) return verdict != Verdict::False;
  return verdict == Verdict::Stuck;
}

/// Positions of dictionary codes: 0 unknown, then in the order of the texts, so that prefixes are
/// one step.
std::vector<std::uint32_t> positions_of(const Column& column) {
  std::vector<std::uint32_t> order(column.values.size());
  std::iota(order.begin(), order.end(), 0u);
  std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
    const auto* x = column.values[a].text();
    const auto* y = column.values[b].text();
    return x != nullptr && y != nullptr ? *x < *y : a < b;
  });
  std::vector<std::uint32_t> positions(column.values.size() + 1);
  for (std::uint32_t i = 0; i < order.size(); ++i)
    positions[order[i] + 1] = i + 1;
  return positions;
}

std::vector<std::uint32_t> positions_of(const DerivedColumn& derived) {
  std::vector<std::uint32_t> order(derived.beliefs.size());
  std::iota(order.begin(), order.end(), 0u);
  std::ranges::stable_sort(order, [&](std::uint32_t a, std::uint32_t b) {
    const auto less = feel::order(derived.beliefs[a].value, derived.beliefs[b].value);
    const auto& x = derived.beliefs[a];
    const auto& y = derived.beliefs[b];
    if (x.value.kind() != y.value.kind()) return x.value.kind() < y.value.kind();
    return less && *less < 0;
  });
  std::vector<std::uint32_t> positions(derived.beliefs.size());
  for (std::uint32_t i = 0; i < order.size(); ++i)
    positions[order[i]] = i;
  return positions;
}

}  // namespace

Names names_behind(const policy::Library& library, const policy::Policy& policy,
                   const feel::Expression& expression) {
  Names behind;
  std::vector<std::string> waiting = expression.names();
  std::vector<std::string> seen;
  behind.uses.push_back(&expression.root());
  while (!waiting.empty()) {
    const std::string name = waiting.back();
    waiting.pop_back();
    if (std::ranges::find(seen, name) != seen.end()) continue;
    seen.push_back(name);
    const policy::Definition* definition = definition_of(policy, name);
    if (definition == nullptr) {
      add_new(behind.names, name);
      continue;
    }
    if (!definition->list.empty()) add_new(behind.names, definition->list);
    if (!definition->value) continue;
    behind.uses.push_back(&definition->value->root());
    const model::FactDefinition* list = library.definition(definition->list);
    for (const std::string& inner : definition->value->names()) {
      const bool field =
          list != nullptr && std::ranges::find(list->fields, inner, &model::FactDefinition::name) !=
                                 list->fields.end();
      if (!field) waiting.push_back(inner);
    }
  }
  return behind;
}

std::uint32_t Leaves::add(std::string key, Leaf leaf, LeafOrigin origin) {
  const auto number = static_cast<std::uint32_t>(leaves_.size());
  leaves_.push_back(std::move(leaf));
  origins_.push_back(std::move(origin));
  index_.emplace(std::move(key), number);
  return number;
}

std::uint32_t Leaves::constant(Verdict verdict) {
  std::string key = "\x1e" + std::to_string(static_cast<int>(verdict));
  if (const auto found = index_.find(key); found != index_.end()) return found->second;
  Leaf leaf;
  leaf.verdict = verdict;
  leaf.can_be_stuck = verdict == Verdict::Stuck;
  return add(std::move(key), std::move(leaf));
}

std::uint32_t Leaves::region(const policy::Policy& policy) {
  const auto& areas = policy.regions;
  if (std::ranges::find(areas, "000000") != areas.end()) return constant(Verdict::True);
  std::string key = "\x1d";
  for (const std::string& area : areas)
    key += area + ",";
  if (const auto found = index_.find(key); found != index_.end()) return found->second;
  const std::string& home = oracle_.options().default_region;
  const auto inside = [&](const std::string& code) {
    return verdict_if(std::ranges::any_of(
        areas, [&](const std::string& area) { return policy::lies_in(code, area); }));
  };
  const Verdict unknown = home.empty() ? Verdict::Missing : inside(home);
  const Column* column = columns_.find(kRegionFact);
  if (column == nullptr) return constant(unknown);
  const int source = code_source(std::string(kRegionFact));
  Verdicts steps(column->values.size() + 1);
  steps[0] = {Cut{}, unknown};
  for (std::size_t code = 1; code <= column->values.size(); ++code) {
    const auto position = sources_[static_cast<std::size_t>(source)].positions[code];
    const std::string& text = *column->values[code - 1].text();
    steps[position] = {Cut{position, {}, false}, text.empty() ? Verdict::Missing : inside(text)};
  }
  return add(std::move(key), stepped(source, std::move(steps)), {&policy, std::nullopt});
}

std::uint32_t Leaves::test(const policy::Policy& policy, const feel::Expression& when) {
  std::string key = key_of(policy, when);
  if (const auto found = index_.find(key); found != index_.end()) return found->second;
  return add(std::move(key), make(policy, when), {&policy, when});
}

/// The cheapest form that holds the condition; each asks the scalar engine for its verdicts.
Leaf Leaves::make(const policy::Policy& policy, const feel::Expression& when) {
  if (columns_.rows() == 0) return {};  // nobody, of whom any answer is true
  Names behind = names_behind(oracle_.library(), policy, when);
  behind.names = oracle_.inputs(behind.names);
  std::erase_if(behind.names, [&](const std::string& name) {
    const bool derived = oracle_.library().find_derived(name) != nullptr;
    return oracle_.is_constant(name) || (!derived && columns_.find(name) == nullptr);
  });
  if (behind.names.empty()) {
    Leaf leaf;
    leaf.verdict = oracle_.verdict(policy, when, {});
    leaf.can_be_stuck = leaf.verdict == Verdict::Stuck;
    return leaf;
  }
  if (auto leaf = on_ratio(policy, when)) return *std::move(leaf);
  if (behind.names.size() == 1) {
    const std::string& name = behind.names.front();
    const Column* column = columns_.find(name);
    const bool number =
        column != nullptr && column->is_number && oracle_.library().find_derived(name) == nullptr;
    if (number) {
      if (auto leaf = on_number(policy, when, *column, behind.uses)) return *std::move(leaf);
    } else {
      return on_codes(policy, when, name);
    }
  }
  return stored(tabulate(columns_.rows(), derived_.views(behind.names, behind.uses),
                         [&](const Assumptions& assumptions) {
                           return static_cast<std::uint32_t>(
                               oracle_.verdict(policy, when, assumptions));
                         }));
}

Leaf Leaves::stepped(int source, Verdicts steps) {
  Leaf leaf;
  leaf.source = source;
  auto& cuts = sources_[static_cast<std::size_t>(source)].cuts;
  Verdict before = steps.front().second;
  leaf.can_be_stuck = before == Verdict::Stuck;
  Verdicts changes = {steps.front()};
  for (const auto& step : steps) {
    if (step.second == before) continue;
    before = step.second;
    leaf.can_be_stuck = leaf.can_be_stuck || before == Verdict::Stuck;
    cuts.push_back(step.first);
    changes.push_back(step);
  }
  leaf.steps = std::move(changes);
  return leaf;
}

Leaf Leaves::stored(const std::vector<std::uint32_t>& verdicts) {
  Leaf leaf;
  leaf.source = Leaf::kStored;
  const std::size_t words = (verdicts.size() + 63) / 64;
  for (int plane = 0; plane < 3; ++plane) {
    leaf.stored[plane].assign(words, 0);
    for (std::size_t row = 0; row < verdicts.size(); ++row) {
      const bool bit = plane_bit(plane, static_cast<Verdict>(verdicts[row]));
      leaf.stored[plane][row / 64] |= static_cast<Word>(bit) << (row % 64);
    }
  }
  leaf.can_be_stuck =
      std::ranges::find(verdicts, static_cast<std::uint32_t>(Verdict::Stuck)) != verdicts.end();
  return leaf;
}

std::optional<Leaf> Leaves::on_number(const policy::Policy& policy, const feel::Expression& when,
                                      const Column& column, const std::vector<const Node*>& uses) {
  std::vector<std::int64_t> cuts;
  for (const Node* use : uses) {
    if (!find_cuts(*use, column, oracle_, cuts)) return std::nullopt;
  }
  std::ranges::sort(cuts);
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  const auto ask = [&](std::optional<std::int64_t> number) {
    Assumptions assumptions;
    if (number) assumptions.profile.facts[column.fact.name].value = column.value_of(*number);
    return oracle_.verdict(policy, when, assumptions);
  };
  Verdicts steps = {{Cut{}, ask(std::nullopt)}};
  steps.emplace_back(Cut{kKnown, {}, false}, ask(cuts.empty() ? 0 : cuts.front() - 1));
  for (const std::int64_t cut : cuts)
    steps.emplace_back(Cut{cut, {}, false}, ask(cut));
  return stepped(number_source(column), std::move(steps));
}

Leaf Leaves::on_codes(const policy::Policy& policy, const feel::Expression& when,
                      const std::string& name) {
  const int source = code_source(name);
  const auto* rule = oracle_.library().find_derived(name);
  const View view =
      rule != nullptr ? View::of(name, derived_.get(*rule)) : View::exact(*columns_.find(name));
  Verdicts steps(view.size());
  for (std::uint32_t code = 0; code < view.size(); ++code) {
    Assumptions assumptions;
    view.assume(code, assumptions);
    const auto position = sources_[static_cast<std::size_t>(source)].positions[code];
    steps[position] = {Cut{position, {}, false}, oracle_.verdict(policy, when, assumptions)};
  }
  return stepped(source, std::move(steps));
}

/// `a / b >= c`, also under the name of a derived fact. Where a part is unknown only the signs
/// count: an unknown part is anything from zero on, or anything at all, and stays so when divided.
std::optional<Leaf> Leaves::on_ratio(const policy::Policy& policy, const feel::Expression& when) {
  const Node& root = when.root();
  if (root.kind != NodeKind::Compare || !policy.definitions.empty()) return std::nullopt;
  const Node* left = root.children[0].get();
  std::optional<Quotient> found = quotient(*left);
  if (left->kind == NodeKind::Name) {
    const auto* rule = oracle_.library().find_derived(left->text);
    if (rule == nullptr || !rule->formula || columns_.find(left->text)) return std::nullopt;
    found = quotient(rule->formula->root());
  }
  if (!found) return std::nullopt;
  const Column* numerator = columns_.find(found->numerator);
  const Column* divisor = columns_.find(found->divisor);
  const auto plain = [&](const Column* column) {
    return column != nullptr && column->is_number && !column->is_day() &&
           column->fact.low_from.empty() &&
           oracle_.library().find_derived(column->fact.name) == nullptr;
  };
  if (!plain(numerator) || !plain(divisor)) return std::nullopt;
  std::vector<std::string> others;
  policy::walk(*root.children[1], [&](const Node& each) {
    if (each.kind == NodeKind::Name && !oracle_.is_constant(each.text)) others.push_back(each.text);
  });
  if (!others.empty()) return std::nullopt;
  const feel::Value limit = oracle_.constant(*root.children[1]);
  if (limit.number() == nullptr) return std::nullopt;
  const auto mark = huice::add(*limit.number(), found->minus);
  constexpr int kMaxDigits = 9;
  if (!mark || mark->normalized().scale() > kMaxDigits || mark->abs() > Decimal(1'000'000)) {
    return std::nullopt;
  }
  Verdicts steps;
  constexpr std::int64_t kSigns[] = {kUnknown, -1, 0, 1};
  for (std::int64_t position = 0; position < kRatioValues; ++position) {
    const std::int64_t a = kSigns[position / 4];
    const std::int64_t b = kSigns[position % 4];
    if (ratio_position(a, b) != position) continue;
    Assumptions assumptions;
    if (a != kUnknown) assumptions.profile.facts[found->numerator].value = Decimal(a);
    if (b != kUnknown) assumptions.profile.facts[found->divisor].value = Decimal(b);
    steps.emplace_back(Cut{position, {}, false}, oracle_.verdict(policy, when, assumptions));
  }
  steps.emplace_back(Cut{kRatioValues, {}, false}, verdict_if(holds(root.op, -1)));
  steps.emplace_back(Cut{kRatioValues + 1, *mark, false}, verdict_if(holds(root.op, 0)));
  steps.emplace_back(Cut{kRatioValues + 1, *mark, true}, verdict_if(holds(root.op, 1)));
  return stepped(ratio_source(*numerator, *divisor), std::move(steps));
}

int Leaves::number_source(const Column& column) {
  const auto [found, fresh] =
      source_index_.emplace(column.fact.name, static_cast<int>(sources_.size()));
  if (fresh) {
    Source source;
    source.number = &column;
    sources_.push_back(std::move(source));
  }
  return found->second;
}

int Leaves::ratio_source(const Column& numerator, const Column& divisor) {
  const auto [found, fresh] = source_index_.emplace(numerator.fact.name + "/" + divisor.fact.name,
                                                    static_cast<int>(sources_.size()));
  if (fresh) {
    Source source;
    source.kind = Source::Kind::Ratio;
    source.number = &numerator;
    source.divisor = &divisor;
    sources_.push_back(std::move(source));
  }
  return found->second;
}

int Leaves::code_source(const std::string& name) {
  if (const auto found = source_index_.find(name); found != source_index_.end()) {
    return found->second;
  }
  Source source;
  source.kind = Source::Kind::Code;
  source.name = name;
  if (const auto* rule = oracle_.library().find_derived(name)) {
    const DerivedColumn& derived = derived_.get(*rule);
    source.codes = &derived.codes;
    source.positions = positions_of(derived);
  } else {
    const Column& column = *columns_.find(name);
    source.codes = &column.codes;
    source.positions = positions_of(column);
  }
  sources_.push_back(std::move(source));
  const int number = static_cast<int>(sources_.size()) - 1;
  source_index_.emplace(name, number);
  return number;
}

void Leaves::seal() {
  for (Source& source : sources_)
    source.seal();
  for (Leaf& leaf : leaves_) {
    if (leaf.source < 0) continue;
    const Source& source = sources_[static_cast<std::size_t>(leaf.source)];
    Steps* planes[] = {&leaf.sure, &leaf.possible, &leaf.stuck};
    for (int plane = 0; plane < 3; ++plane) {
      bool now = plane_bit(plane, leaf.steps.front().second);
      planes[plane]->first = now;
      for (const auto& [cut, verdict] : leaf.steps) {
        if (plane_bit(plane, verdict) == now) continue;
        now = !now;
        planes[plane]->flips.push_back(source.index_of(cut));
      }
    }
    leaf.steps.clear();
  }
  layout_ = PlaneLayout(*this);
}

}  // namespace huice::bulk
