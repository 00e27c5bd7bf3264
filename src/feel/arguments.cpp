#include "feel/arguments.h"

namespace huice::feel {

const Value& single(const Value& value) {
  const auto* items = value.list();
  return items != nullptr && items->size() == 1 ? items->front() : value;
}

std::optional<std::int64_t> whole_at(Arguments arguments, std::size_t i) {
  const Decimal* number = number_at(arguments, i);
  if (number == nullptr) return std::nullopt;
  return number->rounded(0, Rounding::Down).to_int64();
}

std::optional<Value::List> list_at(Arguments arguments, std::size_t i) {
  if (!has(arguments, i)) return std::nullopt;
  if (const auto* items = arguments[i].list()) return *items;
  return Value::List{arguments[i]};
}

std::optional<Value::List> items_of(Arguments arguments) {
  if (arguments.size() == 1) return list_at(arguments, 0);
  return Value::List(arguments.begin(), arguments.end());
}

Value wrong_argument(Evaluator& evaluator, std::string_view function) {
  return evaluator.null("feel.type", "函数“" + std::string(function) + "”的参数为空或类型不符");
}

}  // namespace huice::feel
