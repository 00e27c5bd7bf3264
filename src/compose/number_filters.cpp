// Filters for numbers and money.
#include <algorithm>

#include "base/money.h"
#include "compose/blanks.h"
#include "compose/invocation.h"
#include "text/numerals.h"

namespace huice::compose {
namespace {

constexpr int kMaxPlaces = 20;

std::optional<Decimal> number_input(const Invocation& call) {
  const model::Value* value = call.value();
  if (value != nullptr && value->number() != nullptr) return *value->number();
  call.wrong_input("数字");
  return std::nullopt;
}

/// Digits after the point, when they are given.
std::optional<int> places_argument(const Invocation& call, std::size_t index, int fallback) {
  const auto places = call.integer_argument(index, fallback);
  if (!places || (*places >= -kMaxPlaces && *places <= kMaxPlaces)) return places;
  call.fail("小数位数应当在 0 到 20 之间");
  return std::nullopt;
}

Operand absolute(const Invocation& call) {
  const auto number = number_input(call);
  return number ? Operand(model::Value(number->abs())) : Operand();
}

std::optional<Decimal> readable_number(const Invocation& call) {
  const model::Value* value = call.value();
  if (value == nullptr) return std::nullopt;
  if (value->number() != nullptr) return *value->number();
  if (value->truth() != nullptr) return Decimal(*value->truth() ? 1 : 0);
  if (value->text() == nullptr) return std::nullopt;
  std::string_view text = trimmed(*value->text());
  if (text.starts_with('+')) text.remove_prefix(1);
  return Decimal::parse(text);
}

Operand fallback_number(const Invocation& call, int fallback) {
  return call.given(0) ? *call.arguments[0] : Operand(model::Value(fallback));
}

Operand integer(const Invocation& call) {
  const auto number = readable_number(call);
  if (!number) return fallback_number(call, 0);
  return Operand(model::Value(number->rounded(0, Rounding::Down)));
}

Operand floating(const Invocation& call) {
  const auto number = readable_number(call);
  if (!number) return fallback_number(call, 0);
  return Operand(model::Value(number->scale() == 0 ? number->rounded(1) : *number));
}

/// Jinja's round, but exact and 四舍五入. A number that had a fraction keeps one digit of it.
Operand round(const Invocation& call) {
  const auto number = number_input(call);
  const auto places = places_argument(call, 0, 0);
  const auto method = call.text_argument(1, "common");
  if (!number || !places || !method) return Operand();
  Rounding mode = Rounding::HalfUp;
  if (*method == "ceil") {
    mode = Rounding::Ceiling;
  } else if (*method == "floor") {
    mode = Rounding::Floor;
  } else if (*method != "common") {
    return call.fail("round 的方法只有 common、ceil 和 floor");
  }
  if (number->scale() <= *places && number->scale() == 0) return Operand(model::Value(*number));
  Decimal rounded = number->rounded(*places, mode).normalized();
  rounded = rounded.rounded(*places > 0 ? std::max(rounded.scale(), 1) : 0);
  return Operand(model::Value(rounded));
}

/// 12.5|小数(2) -> 12.50.
Operand fixed(const Invocation& call) {
  const auto number = number_input(call);
  const auto places = places_argument(call, 0, 2);
  if (!number || !places) return Operand();
  return Operand(model::Value(number->rounded(*places, Rounding::HalfUp).to_string()));
}

std::string grouped(std::string digits) {
  const std::size_t begin = digits.starts_with('-') ? 1 : 0;
  const std::size_t point = std::min(digits.find('.'), digits.size());
  for (std::size_t at = point; at > begin + 3; at -= 3)
    digits.insert(at - 3, ",");
  return digits;
}

/// The number as it is, or with fixed places after the point.
std::optional<std::string> digits_of(const Invocation& call, const Decimal& number,
                                     std::size_t places_index) {
  if (!call.given(places_index)) return number.to_string();
  const auto places = places_argument(call, places_index, 0);
  if (!places) return std::nullopt;
  return number.rounded(*places, Rounding::HalfUp).to_string();
}

Operand thousands(const Invocation& call) {
  const auto number = number_input(call);
  const auto digits = number ? digits_of(call, *number, 0) : std::nullopt;
  return digits ? Operand(model::Value(grouped(*digits))) : Operand();
}

Operand percentage(const Invocation& call) {
  const auto number = number_input(call);
  const auto hundredfold = number ? multiply(*number, 100) : std::nullopt;
  const auto digits = hundredfold ? digits_of(call, hundredfold->normalized(), 0) : std::nullopt;
  return digits ? Operand(model::Value(*digits + "%")) : Operand();
}

/// An amount in 元 as a number, or written with its unit.
std::optional<Money> money_input(const Invocation& call) {
  const model::Value* value = call.value();
  const Decimal* yuan = value == nullptr ? nullptr : value->number();
  const std::string* text = value == nullptr ? nullptr : value->text();
  if (yuan == nullptr && text == nullptr) {
    call.wrong_input("金额");
    return std::nullopt;
  }
  const auto money = yuan != nullptr ? money_from_yuan(*yuan) : parse_money(*text);
  if (money) return money.value();
  call.fail(money.error().message + call.runtime.place_note(call.input), money.error().hint);
  return std::nullopt;
}

Operand yuan(const Invocation& call) {
  const auto money = money_input(call);
  return money ? Operand(model::Value(to_text(*money))) : Operand();
}

/// 3000000 -> 300万元; with places: 1234567|万元(2) -> 123.46万元.
Operand ten_thousands(const Invocation& call) {
  const auto money = money_input(call);
  if (!money) return Operand();
  const Decimal amount = multiply(money->to_yuan(), Decimal::scaled(1, -4)).value_or(0);
  const auto digits = digits_of(call, amount.normalized(), 0);
  return digits ? Operand(model::Value(*digits + "万元")) : Operand();
}

Operand capital_money(const Invocation& call) {
  const auto money = money_input(call);
  return money ? Operand(model::Value(text::to_capital_money(*money))) : Operand();
}

}  // namespace

std::span<const Callable> number_filters() {
  static const std::vector<Callable> kFilters = {
      {.name = "abs", .action = absolute},
      {.name = "int", .action = integer, .parameters = {"default"}},
      {.name = "float", .action = floating, .parameters = {"default"}},
      {.name = "round", .action = round, .parameters = {"precision", "method"}},
      {.name = "小数", .action = fixed, .parameters = {"位数"}},
      {.name = "千分位", .action = thousands, .parameters = {"位数"}},
      {.name = "百分数", .action = percentage, .parameters = {"位数"}},
      {.name = "元", .action = yuan},
      {.name = "万元", .action = ten_thousands, .parameters = {"位数"}},
      {.name = "大写金额", .action = capital_money},
  };
  return kFilters;
}

}  // namespace huice::compose
