// for, some, every and filters.
#include "feel/evaluator.h"

namespace huice::feel {

struct Evaluator::Walk {
  const Node& node;
  std::function<bool(const Scope&)> visit;
};

namespace {

std::size_t depth_of(const Node& node) {
  return node.children.size() - 1;
}

}  // namespace

/// Binds the names from `depth` on, one after the other, and visits every combination.
bool Evaluator::walk(Walk& walk, std::size_t depth, const Scope& scope) {
  if (depth == depth_of(walk.node)) return walk.visit(scope);
  Value::List items;
  if (!domain(*walk.node.children[depth], scope, items)) return false;
  Context bound;
  const Scope inner{&scope, &bound, nullptr, nullptr};
  for (Value& item : items) {
    if (!spend(1)) return false;
    bound.put(walk.node.names[depth], std::move(item));
    if (!this->walk(walk, depth + 1, inner)) return false;
  }
  return true;
}

bool Evaluator::domain(const Node& node, const Scope& scope, Value::List& items) {
  const Value value = evaluate(node, scope);
  if (const Range* range = value.range()) {
    if (!range->has_low || !range->has_high) return false;
    if (!stepped_domain(range->low, range->high, items)) return false;
    if (!range->low_closed) items.erase(items.begin());
    if (!range->high_closed && !items.empty()) items.pop_back();
    return true;
  }
  if (value.is_null()) return false;
  if (const auto* list = value.list()) {
    items = *list;
  } else {
    items = {value};
  }
  return true;
}

/// The whole numbers or days from `low` to `high`, up or down.
bool Evaluator::stepped_domain(const Value& low, const Value& high, Value::List& items) {
  std::optional<std::int64_t> from;
  std::optional<std::int64_t> to;
  const bool days = low.date() != nullptr && high.date() != nullptr;
  if (days) {
    from = low.date()->days();
    to = high.date()->days();
  } else if (low.number() != nullptr && high.number() != nullptr) {
    from = low.number()->to_int64();
    to = high.number()->to_int64();
  }
  constexpr std::int64_t kFarthest = std::int64_t{1} << 60;
  if (!from || !to || *from > kFarthest || *from < -kFarthest || *to > kFarthest ||
      *to < -kFarthest) {
    null("feel.type", "循环的起止应为整数或日期");
    return false;
  }
  const std::int64_t count = (*to >= *from ? *to - *from : *from - *to) + 1;
  if (count > static_cast<std::int64_t>(kMaxListSize)) {
    null("feel.limit", "循环次数超过上限");
    return false;
  }
  items.reserve(static_cast<std::size_t>(count));
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int64_t at = *to >= *from ? *from + i : *from - i;
    items.push_back(days ? Value::of(CivilDate::from_days(at)) : Value(at));
  }
  return true;
}

Value Evaluator::loop(const Node& node, const Scope& scope) {
  // The results so far are `partial`; kept apart so that they are copied only when asked for.
  Value::List results;
  bool uses_partial = false;
  for (const std::string& name : node.names)
    uses_partial = uses_partial || name == "partial";
  const bool offers_partial = !uses_partial && node.text == "partial";
  Walk each{node, [&](const Scope& inner) {
              if (results.size() >= kMaxListSize) {
                null("feel.limit", "列表长度超过上限");
                return false;
              }
              if (!offers_partial) {
                results.push_back(evaluate(*node.children.back(), inner));
                return !exhausted_;
              }
              Context partial{{"partial", Value(results)}};
              const Scope with{&inner, &partial, nullptr, nullptr};
              results.push_back(evaluate(*node.children.back(), with));
              return spend(results.size());
            }};
  if (!walk(each, 0, scope)) return {};
  return results;
}

Value Evaluator::quantified(const Node& node, const Scope& scope) {
  const bool some = node.kind == NodeKind::Some;
  bool unknown = false;
  bool decided = false;
  Walk each{node, [&](const Scope& inner) {
              const Value value = evaluate(*node.children.back(), inner);
              decided = some ? value.is_true() : value.is_false();
              unknown = unknown || value.truth() == nullptr;
              return !decided && !exhausted_;
            }};
  const bool complete = walk(each, 0, scope);
  if (decided) return some;
  if (!complete || unknown) return {};
  return !some;
}

Value Evaluator::filter(const Node& node, const Scope& scope) {
  const Value target = evaluate(*node.children[0], scope);
  const Node& condition = *node.children[1];
  if (condition.kind == NodeKind::Literal && condition.value.number() == nullptr &&
      condition.value.truth() == nullptr) {
    return condition.value.is_null() ? Value(Value::List{})
                                     : null("feel.type", "筛选条件应为是否或序号");
  }
  return filter_items(condition, target, scope);
}

namespace {

/// The item at a position from 1, or from -1 at the end; null outside. Positions are whole.
Value item_at(const Value::List& items, const Decimal& position) {
  const auto index = position.rounded(0, Rounding::Down).to_int64();
  const auto size = static_cast<std::int64_t>(items.size());
  if (!index || *index == 0 || *index > size || *index < -size) return {};
  return items[static_cast<std::size_t>(*index > 0 ? *index - 1 : size + *index)];
}

}  // namespace

/// Keeps the items for which the condition holds, with the fields of an item and `item` visible;
/// a number is a position.
Value Evaluator::filter_items(const Node& condition, const Value& target, const Scope& scope) {
  Value::List single;
  if (target.list() == nullptr && !target.is_null()) single.push_back(target);
  const Value::List& items = target.list() != nullptr ? *target.list() : single;
  if (items.empty()) {
    const Value position = evaluate(condition, scope);
    if (position.number() != nullptr) return {};
    return target.is_null() ? Value() : Value(Value::List{});
  }
  Value::List kept;
  for (const Value& item : items) {
    const Context bound{{"item", item}};
    const Scope outer{&scope, &bound, nullptr, nullptr};
    const Scope inner{&outer, item.context(), item.shared_context(), nullptr};
    const Value value = evaluate(condition, inner);
    if (value.number() != nullptr) return item_at(items, *value.number());
    if (value.is_true()) kept.push_back(item);
    if (exhausted_) return {};
  }
  return kept;
}

}  // namespace huice::feel
