// Tests: what follows `is`.
#include <algorithm>

#include "base/utf8.h"
#include "compose/invocation.h"

namespace huice::compose {
namespace {

Operand answer(bool truth) {
  return Operand(model::Value(truth));
}

Operand defined(const Invocation& call) {
  return answer(!call.input.is_missing());
}
Operand undefined(const Invocation& call) {
  return answer(call.input.is_missing());
}
Operand null(const Invocation& call) {
  return answer(call.value() != nullptr && call.value()->is_null());
}
Operand boolean(const Invocation& call) {
  return answer(call.value() != nullptr && call.value()->truth() != nullptr);
}
Operand yes(const Invocation& call) {
  const bool* truth = call.value() == nullptr ? nullptr : call.value()->truth();
  return answer(truth != nullptr && *truth);
}
Operand no(const Invocation& call) {
  const bool* truth = call.value() == nullptr ? nullptr : call.value()->truth();
  return answer(truth != nullptr && !*truth);
}
Operand number(const Invocation& call) {
  return answer(call.value() != nullptr && call.value()->number() != nullptr);
}
Operand integer(const Invocation& call) {
  const Decimal* written = call.value() == nullptr ? nullptr : call.value()->number();
  return answer(written != nullptr && written->scale() == 0);
}
Operand floating(const Invocation& call) {
  const Decimal* written = call.value() == nullptr ? nullptr : call.value()->number();
  return answer(written != nullptr && written->scale() > 0);
}
Operand text(const Invocation& call) {
  return answer(call.value() != nullptr && call.value()->text() != nullptr);
}
Operand day(const Invocation& call) {
  return answer(call.value() != nullptr && call.value()->day() != nullptr);
}
Operand mapping(const Invocation& call) {
  return answer(call.value() != nullptr && call.value()->record() != nullptr);
}
Operand sequence(const Invocation& call) {
  const model::Value* value = call.value();
  return answer(value != nullptr && (value->list() != nullptr || value->record() != nullptr ||
                                     value->text() != nullptr));
}
Operand callable(const Invocation& call) {
  return answer(call.value() == nullptr);
}

/// The remainder of two whole numbers; nullopt after reporting.
std::optional<Decimal> remainder(const Invocation& call, const Decimal& divisor) {
  const Decimal* dividend = call.value() == nullptr ? nullptr : call.value()->number();
  if (dividend == nullptr) {
    call.wrong_input("数字");
    return std::nullopt;
  }
  const auto quotient = floor_divide(*dividend, divisor);
  const auto product = quotient ? multiply(*quotient, divisor) : std::nullopt;
  const auto rest = product ? subtract(*dividend, *product) : std::nullopt;
  if (!rest) call.fail("除数不能是 0");
  return rest;
}

Operand even(const Invocation& call) {
  const auto rest = remainder(call, 2);
  return rest ? answer(rest->is_zero()) : Operand();
}
Operand odd(const Invocation& call) {
  const auto rest = remainder(call, 2);
  return rest ? answer(*rest == Decimal(1)) : Operand();
}
Operand divisible(const Invocation& call) {
  const model::Value* divisor = call.argument(0);
  if (divisor == nullptr || divisor->number() == nullptr) return call.fail("除数应当是数字");
  const auto rest = remainder(call, *divisor->number());
  return rest ? answer(rest->is_zero()) : Operand();
}

Operand equal(const Invocation& call) {
  const model::Value* other = call.argument(0);
  return answer(call.value() != nullptr && other != nullptr && *call.value() == *other);
}
Operand unequal(const Invocation& call) {
  return answer(!is_true(*equal(call).value()));
}

std::optional<int> order(const Invocation& call) {
  const model::Value* other = call.argument(0);
  if (call.value() == nullptr || other == nullptr) return std::nullopt;
  const auto result = compare(*call.value(), *other);
  if (!result) {
    call.fail(std::string(call.value()->kind()) + "和" + std::string(other->kind()) +
              "不能比较大小" + call.runtime.place_note(call.input));
  }
  return result;
}
Operand less(const Invocation& call) {
  const auto result = order(call);
  return result ? answer(*result < 0) : Operand();
}
Operand less_or_equal(const Invocation& call) {
  const auto result = order(call);
  return result ? answer(*result <= 0) : Operand();
}
Operand greater(const Invocation& call) {
  const auto result = order(call);
  return result ? answer(*result > 0) : Operand();
}
Operand greater_or_equal(const Invocation& call) {
  const auto result = order(call);
  return result ? answer(*result >= 0) : Operand();
}

Operand within(const Invocation& call) {
  const model::Value* container = call.argument(0);
  if (call.value() == nullptr || container == nullptr) return Operand();
  const auto held = contains(*container, *call.value());
  return held ? answer(*held) : call.fail(std::string(container->kind()) + "里不能查找");
}

Operand lower(const Invocation& call) {
  const std::string* letters = call.value() == nullptr ? nullptr : call.value()->text();
  if (letters == nullptr) return call.wrong_input("文本");
  const auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  return answer(std::ranges::any_of(*letters, is_lower) &&
                std::ranges::none_of(*letters, is_upper));
}
Operand upper(const Invocation& call) {
  const std::string* letters = call.value() == nullptr ? nullptr : call.value()->text();
  if (letters == nullptr) return call.wrong_input("文本");
  const auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  return answer(std::ranges::any_of(*letters, is_upper) &&
                std::ranges::none_of(*letters, is_lower));
}

/// A test that compares with one argument, under each of its names.
void add_comparison(std::vector<Callable>& tests, Action action,
                    std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names)
    tests.push_back({.name = name, .action = action, .parameters = {"other"}, .required = 1});
}

std::vector<Callable> all_tests() {
  std::vector<Callable> tests = {
      {.name = "defined", .action = defined, .takes_missing = true},
      {.name = "undefined", .action = undefined, .takes_missing = true},
      {.name = "none", .action = null},
      {.name = "boolean", .action = boolean},
      {.name = "true", .action = yes},
      {.name = "false", .action = no},
      {.name = "number", .action = number},
      {.name = "integer", .action = integer},
      {.name = "float", .action = floating},
      {.name = "string", .action = text},
      {.name = "日期", .action = day},
      {.name = "mapping", .action = mapping},
      {.name = "sequence", .action = sequence},
      {.name = "iterable", .action = sequence},
      {.name = "callable", .action = callable},
      {.name = "even", .action = even},
      {.name = "odd", .action = odd},
      {.name = "lower", .action = lower},
      {.name = "upper", .action = upper},
  };
  add_comparison(tests, divisible, {"divisibleby"});
  add_comparison(tests, equal, {"eq", "equalto"});
  add_comparison(tests, unequal, {"ne"});
  add_comparison(tests, less, {"lt", "lessthan"});
  add_comparison(tests, less_or_equal, {"le"});
  add_comparison(tests, greater, {"gt", "greaterthan"});
  add_comparison(tests, greater_or_equal, {"ge"});
  add_comparison(tests, within, {"in"});
  return tests;
}

}  // namespace

std::span<const Callable> tests() {
  static const std::vector<Callable> kTests = all_tests();
  return kTests;
}

}  // namespace huice::compose
