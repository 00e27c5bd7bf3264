// Filters that apply other filters and tests to each item: map, select, reject.
#include "compose/invocation.h"

namespace huice::compose {
namespace {

std::vector<Operand> further_arguments(const Invocation& call, std::size_t from) {
  std::vector<Operand> further;
  for (std::size_t i = from; i < call.arguments.size(); ++i) {
    if (call.arguments[i]) further.push_back(*call.arguments[i]);
  }
  return further;
}

constexpr std::size_t kMapAttribute = 1;
constexpr std::size_t kMapDefault = 2;

/// map(attribute="名称") or map("filter", arguments…). The named parameters come after the first
/// positional one, so that further positional arguments reach the filter.
Operand map_attribute(const Invocation& call, const std::vector<Operand>& items) {
  const auto path = call.text_argument(kMapAttribute, "");
  if (!path) return Operand();
  model::Value::List mapped;
  for (const Operand& each : items) {
    Operand found = call.runtime.attribute_path(each, *path, call.offset);
    if (found.is_missing() && call.given(kMapDefault)) found = *call.arguments[kMapDefault];
    const model::Value* value = call.runtime.value_of(found, call.offset);
    if (value == nullptr) return Operand();
    mapped.push_back(*value);
  }
  return Operand(model::Value(std::move(mapped)));
}

Operand map(const Invocation& call) {
  const auto items = call.runtime.items_of(call.input, call.offset);
  if (!items) return Operand();
  if (!call.given(0)) {
    if (call.given(kMapAttribute)) return map_attribute(call, *items);
    return call.fail("map 要写成 map(attribute=\"字段\") 或 map(\"过滤器\")");
  }
  const auto name = call.text_argument(0, "");
  const Callable* filter = name ? find_filter(*name) : nullptr;
  if (filter == nullptr) return call.fail("map 里没有叫“" + name.value_or("") + "”的过滤器");
  const std::vector<Operand> arguments = further_arguments(call, 1);
  model::Value::List mapped;
  for (const Operand& each : *items) {
    if (!call.runtime.spend(1, call.offset)) return Operand();
    const Operand result =
        call.runtime.used(invoke(call.runtime, *filter, each, arguments, call.offset));
    if (result.is_poison()) return Operand();
    mapped.push_back(*result.value());
  }
  return Operand(model::Value(std::move(mapped)));
}

enum class Keep { Passing, Failing };

/// What is tested of an item: itself, or one of its attributes.
struct Subject {
  bool attribute = false;
  std::string path;
};

std::optional<bool> passes(const Invocation& call, const Operand& subject, std::size_t test_at) {
  if (!call.given(test_at)) {
    const Operand ready = call.runtime.used(subject);
    return ready.is_poison() ? std::nullopt : std::optional(is_true(*ready.value()));
  }
  const auto name = call.text_argument(test_at, "");
  const Callable* test = name ? find_test(*name) : nullptr;
  if (test == nullptr) {
    call.fail(std::string(call.name) + " 里没有叫“" + name.value_or("") + "”的判断");
    return std::nullopt;
  }
  Operand input = test->takes_missing ? subject : call.runtime.used(subject);
  if (input.is_poison()) return std::nullopt;
  const Operand answer = invoke(call.runtime, *test, std::move(input),
                                further_arguments(call, test_at + 1), call.offset);
  if (answer.is_poison()) return std::nullopt;
  return is_true(*answer.value());
}

Operand pick(const Invocation& call, Keep keep, bool by_attribute) {
  const auto items = call.runtime.items_of(call.input, call.offset);
  const auto path = by_attribute ? call.text_argument(0, "") : std::string();
  if (!items || !path) return Operand();
  model::Value::List picked;
  for (const Operand& each : *items) {
    if (!call.runtime.spend(1, call.offset)) return Operand();
    const Operand subject =
        by_attribute ? call.runtime.attribute_path(each, *path, call.offset) : each;
    const auto passed = passes(call, subject, by_attribute ? 1 : 0);
    if (!passed) return Operand();
    if (*passed == (keep == Keep::Passing)) picked.push_back(*each.value());
  }
  return Operand(model::Value(std::move(picked)));
}

Operand select(const Invocation& call) {
  return pick(call, Keep::Passing, false);
}
Operand reject(const Invocation& call) {
  return pick(call, Keep::Failing, false);
}
Operand select_attribute(const Invocation& call) {
  return pick(call, Keep::Passing, true);
}
Operand reject_attribute(const Invocation& call) {
  return pick(call, Keep::Failing, true);
}

}  // namespace

std::span<const Callable> picking_filters() {
  static const std::vector<Callable> kFilters = {
      {.name = "map",
       .action = map,
       .parameters = {"", "attribute", "default"},
       .open_ended = true},
      {.name = "select", .action = select, .open_ended = true},
      {.name = "reject", .action = reject, .open_ended = true},
      {.name = "selectattr",
       .action = select_attribute,
       .parameters = {""},
       .required = 1,
       .open_ended = true},
      {.name = "rejectattr",
       .action = reject_attribute,
       .parameters = {""},
       .required = 1,
       .open_ended = true},
  };
  return kFilters;
}

}  // namespace huice::compose
