// Filters for lists and records.
#include <algorithm>
#include <numeric>

#include "base/utf8.h"
#include "compose/invocation.h"

namespace huice::compose {
namespace {

using Items = std::optional<std::vector<Operand>>;

Items items(const Invocation& call) {
  return call.runtime.items_of(call.input, call.offset);
}

Operand missing(const Invocation& call, const std::string& message) {
  return Operand(Missing{std::make_shared<const Error>(
      Error{.code = ErrorCode::InvalidInput,
            .id = "template.unknown-name",
            .message = message + call.runtime.place_note(call.input),
            .where = call.runtime.tree().place(call.offset),
            .hint = "先用 {% if %} 判断列表里有没有内容，或者用 |default(\"……\") 给出默认值",
            .excerpt = {}})});
}

Operand fallback(const Invocation& call) {
  const Operand replacement = call.given(0) ? *call.arguments[0] : Operand(model::Value(""));
  if (call.input.is_missing()) return replacement;
  const bool also_false = call.truth_argument(1, false);
  const model::Value* value = call.value();
  return also_false && value != nullptr && !is_true(*value) ? replacement : call.input;
}

Operand length(const Invocation& call) {
  const model::Value* value = call.value();
  std::size_t count = 0;
  if (value != nullptr && value->text() != nullptr) {
    count = code_point_count(*value->text());
  } else if (value != nullptr && value->list() != nullptr) {
    count = value->list()->size();
  } else if (value != nullptr && value->record() != nullptr) {
    count = value->record()->size();
  } else {
    return call.wrong_input("列表、记录和文本");
  }
  return Operand(model::Value(Decimal(static_cast<std::int64_t>(count))));
}

Operand first(const Invocation& call) {
  const Items all = items(call);
  if (!all) return Operand();
  return all->empty() ? missing(call, "列表是空的，没有第一项") : all->front();
}

Operand last(const Invocation& call) {
  const Items all = items(call);
  if (!all) return Operand();
  return all->empty() ? missing(call, "列表是空的，没有最后一项") : all->back();
}

/// The values by which items are compared: themselves, or an attribute of each.
Items keys_of(const Invocation& call, const std::vector<Operand>& all, std::size_t attribute) {
  if (!call.given(attribute)) return all;
  const auto path = call.text_argument(attribute, "");
  if (!path) return std::nullopt;
  std::vector<Operand> keys;
  for (const Operand& each : all) {
    keys.push_back(call.runtime.used(call.runtime.attribute_path(each, *path, call.offset)));
    if (keys.back().is_poison()) return std::nullopt;
  }
  return keys;
}

/// Texts compare without case, as Jinja does unless told otherwise.
model::Value folded(const model::Value& value, bool case_sensitive) {
  if (case_sensitive || value.text() == nullptr) return value;
  std::string text = *value.text();
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return model::Value(std::move(text));
}

/// Positions of `all` in the order of their keys; nullopt after reporting keys that do not compare.
std::optional<std::vector<std::size_t>> order_of(const Invocation& call,
                                                 const std::vector<Operand>& keys,
                                                 bool case_sensitive, bool reverse) {
  std::vector<model::Value> folded_keys;
  for (const Operand& key : keys) {
    const model::Value* value = call.runtime.value_of(key, call.offset);
    if (value == nullptr) return std::nullopt;
    folded_keys.push_back(folded(*value, case_sensitive));
    if (!compare(folded_keys.front(), folded_keys.back())) {
      call.fail(std::string(call.name) + " 不能比较" + std::string(folded_keys.front().kind()) +
                "和" + std::string(value->kind()) + call.runtime.place_note(key));
      return std::nullopt;
    }
  }
  std::vector<std::size_t> order(keys.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
    const int difference = compare(folded_keys[a], folded_keys[b]).value_or(0);
    return reverse ? difference > 0 : difference < 0;
  });
  return order;
}

model::Value::List values_of(const std::vector<Operand>& operands) {
  model::Value::List values;
  values.reserve(operands.size());
  for (const Operand& each : operands) {
    if (const model::Value* value = each.value()) values.push_back(*value);
  }
  return values;
}

Operand sort(const Invocation& call) {
  const Items all = items(call);
  const Items keys = all ? keys_of(call, *all, 2) : std::nullopt;
  if (!keys) return Operand();
  const auto order =
      order_of(call, *keys, call.truth_argument(1, false), call.truth_argument(0, false));
  if (!order) return Operand();
  model::Value::List sorted;
  for (const std::size_t at : *order)
    sorted.push_back(*(*all)[at].value());
  return Operand(model::Value(std::move(sorted)));
}

Operand extreme(const Invocation& call, bool greatest) {
  const Items all = items(call);
  const Items keys = all ? keys_of(call, *all, 1) : std::nullopt;
  if (!keys) return Operand();
  if (all->empty()) return missing(call, "列表是空的，没有最大最小");
  const auto order = order_of(call, *keys, call.truth_argument(0, false), greatest);
  return order ? (*all)[order->front()] : Operand();
}

Operand maximum(const Invocation& call) {
  return extreme(call, true);
}

Operand minimum(const Invocation& call) {
  return extreme(call, false);
}

Operand unique(const Invocation& call) {
  const Items all = items(call);
  const Items keys = all ? keys_of(call, *all, 1) : std::nullopt;
  if (!keys) return Operand();
  const bool case_sensitive = call.truth_argument(0, false);
  model::Value::List seen;
  model::Value::List kept;
  for (std::size_t i = 0; i < all->size(); ++i) {
    if (!call.runtime.spend(seen.size(), call.offset)) return Operand();
    model::Value key = folded(*(*keys)[i].value(), case_sensitive);
    if (std::ranges::find(seen, key) != seen.end()) continue;
    seen.push_back(std::move(key));
    kept.push_back(*(*all)[i].value());
  }
  return Operand(model::Value(std::move(kept)));
}

Operand sum(const Invocation& call) {
  const Items all = items(call);
  const Items keys = all ? keys_of(call, *all, 0) : std::nullopt;
  if (!keys) return Operand();
  std::optional<Decimal> total = 0;
  if (const model::Value* start = call.argument(1)) {
    if (start->number() == nullptr) return call.fail("sum 的起始值应当是数字");
    total = *start->number();
  }
  for (const Operand& key : *keys) {
    const model::Value* value = call.runtime.value_of(key, call.offset);
    if (value == nullptr) return Operand();
    if (value->number() == nullptr) {
      return call.fail("sum 只能把数字相加，实为" + std::string(value->kind()) +
                       call.runtime.place_note(key));
    }
    total = add(*total, *value->number());
    if (!total) return call.fail("合计超出范围");
  }
  return Operand(model::Value(*total));
}

Operand join(const Invocation& call) {
  const Items all = items(call);
  const Items keys = all ? keys_of(call, *all, 1) : std::nullopt;
  const auto separator = call.text_argument(0, "");
  if (!keys || !separator) return Operand();
  const bool markdown = call.given(0) && call.arguments[0]->is_markdown();
  std::string text;
  for (std::size_t i = 0; i < keys->size(); ++i) {
    const Operand& key = (*keys)[i];
    const auto part = markdown ? call.runtime.markdown_of(key, call.offset)
                               : call.runtime.text_of(key, call.offset);
    if (!part) return Operand();
    if (i > 0) text += *separator;
    text += *part;
    if (text.size() > kMaxExpandedBytes) break;
  }
  return call.runtime.text_result(std::move(text), call.offset, markdown);
}

Operand list(const Invocation& call) {
  const Items all = items(call);
  return all ? call.runtime.list_result(values_of(*all), call.offset) : Operand();
}

Operand reverse(const Invocation& call) {
  Items all = items(call);
  if (!all) return Operand();
  std::ranges::reverse(*all);
  model::Value::List values = values_of(*all);
  if (call.value()->text() == nullptr) return Operand(model::Value(std::move(values)));
  std::string text;
  for (const model::Value& each : values)
    text += *each.text();
  return Operand(model::Value(std::move(text)));
}

Operand batch(const Invocation& call) {
  const Items all = items(call);
  const auto size = call.integer_argument(0, 1);
  if (!all || !size) return Operand();
  if (*size < 1 || *size > kMaxIterations) return call.fail("batch 的每组个数至少是 1");
  const auto width = static_cast<std::size_t>(*size);
  model::Value::List groups;
  for (std::size_t at = 0; at < all->size(); at += width) {
    const auto begin = all->begin() + static_cast<std::ptrdiff_t>(at);
    const auto count = static_cast<std::ptrdiff_t>(std::min(width, all->size() - at));
    model::Value::List group = values_of({begin, begin + count});
    if (call.argument(1) != nullptr) group.resize(width, *call.argument(1));
    groups.emplace_back(std::move(group));
  }
  return Operand(model::Value(std::move(groups)));
}

model::Value pair_of(const model::Value::Field& field) {
  return model::Value(model::Value::List{model::Value(field.first), field.second});
}

Operand pairs(const Invocation& call) {
  const model::Value* value = call.value();
  const auto* record = value == nullptr ? nullptr : value->record();
  if (record == nullptr) return call.wrong_input("记录");
  model::Value::List list;
  for (const auto& field : *record)
    list.push_back(pair_of(field));
  return Operand(model::Value(std::move(list)));
}

Operand sorted_pairs(const Invocation& call) {
  const model::Value* value = call.value();
  const auto* record = value == nullptr ? nullptr : value->record();
  if (record == nullptr) return call.wrong_input("记录");
  const auto by = call.text_argument(1, "key");
  if (!by) return Operand();
  if (*by != "key" && *by != "value") return call.fail("dictsort 的 by 只有 key 和 value");
  std::vector<Operand> keys;
  for (const auto& field : *record)
    keys.emplace_back(*by == "key" ? model::Value(field.first) : field.second);
  const auto order =
      order_of(call, keys, call.truth_argument(0, false), call.truth_argument(2, false));
  if (!order) return Operand();
  model::Value::List list;
  for (const std::size_t at : *order)
    list.push_back(pair_of((*record)[at]));
  return Operand(model::Value(std::move(list)));
}

Operand groups(const Invocation& call) {
  const Items all = items(call);
  const Items keys = all ? keys_of(call, *all, 0) : std::nullopt;
  const auto order = keys ? order_of(call, *keys, false, false) : std::nullopt;
  if (!order) return Operand();
  model::Value::List result;
  std::optional<model::Value> current;
  model::Value::List members;
  const auto finish = [&] {
    if (!current) return;
    result.emplace_back(model::Value::Record{{"grouper", std::move(*current)},
                                             {"list", model::Value(std::move(members))}});
    members.clear();
  };
  std::optional<model::Value> last;
  for (const std::size_t at : *order) {
    const model::Value& key = *(*keys)[at].value();
    model::Value same = folded(key, false);
    if (!last || !(*last == same)) {
      finish();
      current = key;
      last = std::move(same);
    }
    members.push_back(*(*all)[at].value());
  }
  finish();
  return Operand(model::Value(std::move(result)));
}

}  // namespace

std::span<const Callable> list_filters() {
  static const std::vector<Callable> kFilters = {
      {.name = "default",
       .action = fallback,
       .parameters = {"default_value", "boolean"},
       .takes_missing = true},
      {.name = "d",
       .action = fallback,
       .parameters = {"default_value", "boolean"},
       .takes_missing = true},
      {.name = "length", .action = length},
      {.name = "count", .action = length},
      {.name = "first", .action = first},
      {.name = "last", .action = last},
      {.name = "join", .action = join, .parameters = {"d", "attribute"}},
      {.name = "list", .action = list},
      {.name = "reverse", .action = reverse},
      {.name = "sort", .action = sort, .parameters = {"reverse", "case_sensitive", "attribute"}},
      {.name = "unique", .action = unique, .parameters = {"case_sensitive", "attribute"}},
      {.name = "max", .action = maximum, .parameters = {"case_sensitive", "attribute"}},
      {.name = "min", .action = minimum, .parameters = {"case_sensitive", "attribute"}},
      {.name = "sum", .action = sum, .parameters = {"attribute", "start"}},
      {.name = "batch", .action = batch, .parameters = {"linecount", "fill_with"}, .required = 1},
      {.name = "items", .action = pairs},
      {.name = "dictsort",
       .action = sorted_pairs,
       .parameters = {"case_sensitive", "by", "reverse"}},
      {.name = "groupby", .action = groups, .parameters = {"attribute"}, .required = 1},
  };
  return kFilters;
}

}  // namespace huice::compose
