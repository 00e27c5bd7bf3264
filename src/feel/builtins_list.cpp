// Lists. Positions count from 1, or from -1 at the end.
#include <algorithm>
#include <array>

#include "feel/arguments.h"
#include "feel/function.h"

namespace huice::feel {
namespace {

/// The index from 0 of a FEEL position; nullopt outside the list.
std::optional<std::size_t> index_at(Arguments arguments, std::size_t i, std::size_t size) {
  const auto position = whole_at(arguments, i);
  const auto count = static_cast<std::int64_t>(size);
  if (!position || *position == 0 || *position > count || *position < -count) return std::nullopt;
  return static_cast<std::size_t>(*position > 0 ? *position - 1 : count + *position);
}

Value out_of_list(Evaluator& evaluator) {
  return evaluator.null("feel.range", "序号超出列表");
}

Value list_contains(Evaluator& evaluator, Arguments arguments) {
  const auto items = list_at(arguments, 0);
  if (!items) return wrong_argument(evaluator, "list contains");
  if (!evaluator.spend_on(arguments[0])) return {};
  return std::ranges::any_of(
      *items, [&](const Value& item) { return equal(item, arguments[1]).value_or(false); });
}

Value sublist(Evaluator& evaluator, Arguments arguments) {
  const auto items = list_at(arguments, 0);
  if (!items || !whole_at(arguments, 1)) return wrong_argument(evaluator, "sublist");
  const auto first = index_at(arguments, 1, items->size());
  if (!first) return out_of_list(evaluator);
  std::size_t count = items->size() - *first;
  if (arguments.size() > 2 && has(arguments, 2)) {
    const auto wanted = whole_at(arguments, 2);
    if (!wanted || *wanted < 1 || *wanted > static_cast<std::int64_t>(count)) {
      return out_of_list(evaluator);
    }
    count = static_cast<std::size_t>(*wanted);
  }
  const auto begin = items->begin() + static_cast<std::ptrdiff_t>(*first);
  return Value::List(begin, begin + static_cast<std::ptrdiff_t>(count));
}

Value append(Evaluator& evaluator, Arguments arguments) {
  auto items = list_at(arguments, 0);
  if (!items) return wrong_argument(evaluator, "append");
  items->insert(items->end(), arguments.begin() + 1, arguments.end());
  return *std::move(items);
}

Value concatenate(Evaluator& evaluator, Arguments arguments) {
  Value::List all;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const auto items = list_at(arguments, i);
    if (!items) return wrong_argument(evaluator, "concatenate");
    if (all.size() + items->size() > kMaxListSize) {
      return evaluator.null("feel.limit", "列表长度超过上限");
    }
    all.insert(all.end(), items->begin(), items->end());
  }
  return all;
}

Value::List without_doubles(const Value::List& items) {
  Value::List distinct;
  for (const Value& item : items) {
    const bool there = std::ranges::any_of(
        distinct, [&](const Value& earlier) { return equal(earlier, item).value_or(false); });
    if (!there) distinct.push_back(item);
  }
  return distinct;
}

Value distinct_values(Evaluator& evaluator, Arguments arguments) {
  const auto items = list_at(arguments, 0);
  if (!items || !evaluator.spend_on(arguments[0]) ||
      !evaluator.spend(items->size() * items->size() / 8)) {
    return wrong_argument(evaluator, "distinct values");
  }
  return without_doubles(*items);
}

Value union_of(Evaluator& evaluator, Arguments arguments) {
  const Value all = concatenate(evaluator, arguments);
  if (all.list() == nullptr) return {};
  if (!evaluator.spend(all.list()->size() * all.list()->size() / 8)) return {};
  return without_doubles(*all.list());
}

Value insert_before(Evaluator& evaluator, Arguments arguments) {
  auto items = list_at(arguments, 0);
  if (!items) return wrong_argument(evaluator, "insert before");
  const auto index = index_at(arguments, 1, items->size());
  if (!index) return out_of_list(evaluator);
  items->insert(items->begin() + static_cast<std::ptrdiff_t>(*index), arguments[2]);
  return *std::move(items);
}

Value remove(Evaluator& evaluator, Arguments arguments) {
  auto items = list_at(arguments, 0);
  if (!items) return wrong_argument(evaluator, "remove");
  const auto index = index_at(arguments, 1, items->size());
  if (!index) return out_of_list(evaluator);
  items->erase(items->begin() + static_cast<std::ptrdiff_t>(*index));
  return *std::move(items);
}

Value list_replace(Evaluator& evaluator, Arguments arguments) {
  auto items = list_at(arguments, 0);
  if (!items) return wrong_argument(evaluator, "list replace");
  const Value& where = arguments[1];
  if (where.function() == nullptr) {
    const auto index = index_at(arguments, 1, items->size());
    if (!index) return out_of_list(evaluator);
    (*items)[*index] = arguments[2];
    return *std::move(items);
  }
  for (Value& item : *items) {
    const std::array<Value, 2> pair = {item, arguments[2]};
    const Value replaces = evaluator.call(where, pair);
    if (replaces.truth() == nullptr) return wrong_argument(evaluator, "list replace");
    if (replaces.is_true()) item = arguments[2];
  }
  return *std::move(items);
}

Value reverse(Evaluator& evaluator, Arguments arguments) {
  auto items = list_at(arguments, 0);
  if (!items) return wrong_argument(evaluator, "reverse");
  std::ranges::reverse(*items);
  return *std::move(items);
}

Value index_of(Evaluator& evaluator, Arguments arguments) {
  const auto items = list_at(arguments, 0);
  if (!items) return wrong_argument(evaluator, "index of");
  Value::List positions;
  for (std::size_t i = 0; i < items->size(); ++i) {
    if (equal((*items)[i], arguments[1]).value_or(false)) {
      positions.emplace_back(static_cast<std::int64_t>(i + 1));
    }
  }
  return positions;
}

void flatten_into(const Value::List& items, Value::List& flat) {
  for (const Value& item : items) {
    if (const auto* inner = item.list()) {
      flatten_into(*inner, flat);
    } else {
      flat.push_back(item);
    }
  }
}

Value flatten(Evaluator& evaluator, Arguments arguments) {
  const auto items = list_at(arguments, 0);
  if (!items) return wrong_argument(evaluator, "flatten");
  if (!evaluator.spend_on(arguments[0])) return {};
  Value::List flat;
  flatten_into(*items, flat);
  return flat;
}

/// Merge sort of our own: the order comes from an expression and may contradict itself, which
/// std::sort would not survive.
class MergeSort {
 public:
  MergeSort(Evaluator& evaluator, const Value* precedes)
      : evaluator_(evaluator), precedes_(precedes) {}

  /// False when some pair has no order.
  bool sort(Value::List& items) {
    Value::List spare(items.size());
    return sort(items, spare, 0, items.size());
  }

 private:
  bool sort(Value::List& items, Value::List& spare, std::size_t begin, std::size_t end) {
    if (end - begin < 2) return true;
    const std::size_t middle = begin + (end - begin) / 2;
    if (!sort(items, spare, begin, middle) || !sort(items, spare, middle, end)) return false;
    std::size_t left = begin;
    std::size_t right = middle;
    for (std::size_t at = begin; at < end; ++at) {
      bool take_right = left == middle;
      if (!take_right && right < end) {
        const auto before = precedes(items[right], items[left]);
        if (!before) return false;
        take_right = *before;
      }
      spare[at] = std::move(items[take_right ? right++ : left++]);
    }
    std::move(spare.begin() + static_cast<std::ptrdiff_t>(begin),
              spare.begin() + static_cast<std::ptrdiff_t>(end),
              items.begin() + static_cast<std::ptrdiff_t>(begin));
    return true;
  }

  std::optional<bool> precedes(const Value& a, const Value& b) {
    if (!evaluator_.spend(1)) return std::nullopt;
    if (precedes_ == nullptr) {
      const auto ordered = order(a, b);
      return ordered ? std::optional(*ordered < 0) : std::nullopt;
    }
    const std::array<Value, 2> pair = {a, b};
    const Value result = evaluator_.call(*precedes_, pair);
    return result.truth() == nullptr ? std::nullopt : std::optional(*result.truth());
  }

  Evaluator& evaluator_;
  const Value* precedes_;
};

Value sort(Evaluator& evaluator, Arguments arguments) {
  auto items = list_at(arguments, 0);
  const bool by_function = has(arguments, 1);
  if (!items || (by_function && arguments[1].function() == nullptr)) {
    return wrong_argument(evaluator, "sort");
  }
  MergeSort merge(evaluator, by_function ? &arguments[1] : nullptr);
  return merge.sort(*items) ? Value(*std::move(items)) : Value();
}

Value count(Evaluator& evaluator, Arguments arguments) {
  const auto items = list_at(arguments, 0);
  if (!items) return wrong_argument(evaluator, "count");
  return static_cast<std::int64_t>(items->size());
}

constexpr std::array<Builtin, 14> kBuiltins = {{
    {"list contains", "list,element", list_contains},
    {"count", "list", count},
    {"sublist", "list,start position,length?", sublist},
    {"append", "list,item?...", append},
    {"concatenate", "list...", concatenate},
    {"insert before", "list,position,newItem", insert_before},
    {"remove", "list,position", remove},
    {"reverse", "list", reverse},
    {"index of", "list,match", index_of},
    {"union", "list...", union_of},
    {"distinct values", "list", distinct_values},
    {"flatten", "list", flatten},
    {"list replace", "list,position,newItem|list,match,newItem", list_replace},
    {"sort", "list,precedes?", sort},
}};

}  // namespace

std::span<const Builtin> list_builtins() {
  return kBuiltins;
}

}  // namespace huice::feel
