// Arithmetic on numbers, texts, days, times and durations. Source: DMN 1.5, tables 56 to 60.
#include "feel/evaluator.h"
#include "feel/numeric.h"
#include "feel/types.h"

namespace huice::feel {
namespace {

constexpr int kSecondsInDay = 86'400;

Value number_result(Evaluator& evaluator, const std::optional<Decimal>& result) {
  return result ? Value(*result) : evaluator.null("feel.overflow", "计算结果超出数字范围");
}

Value numbers(Evaluator& evaluator, Operator op, const Decimal& a, const Decimal& b) {
  switch (op) {
    case Operator::Add:
      return number_result(evaluator, add(a, b));
    case Operator::Subtract:
      return number_result(evaluator, subtract(a, b));
    case Operator::Multiply:
      return number_result(evaluator, multiply(a, b));
    case Operator::Divide:
      if (b.is_zero()) return evaluator.null("feel.division-by-zero", "除数为零");
      return number_result(evaluator, divide(a, b));
    default:
      return evaluator.spend(kStepsOfSeries) ? number_result(evaluator, raise(a, b)) : Value();
  }
}

Value moved(const CivilDate& date, std::int64_t days) {
  return Value::of(CivilDate::from_days(date.days() + days));
}

/// The moment on the same clock; a named zone finds its offset anew.
Value moved(Evaluator& evaluator, const Moment& moment, const Decimal& seconds) {
  const auto& zone = moment.time.zone;
  const auto local = add(local_seconds(moment), seconds);
  auto result = local ? moment_from_local(*local, zone) : std::nullopt;
  if (!result) return {};
  const Zones* zones = evaluator.environment().zones;
  if (zone && !zone->name.empty() && zones != nullptr) {
    // Elapsed time counts in UTC; the clock may have been put forward or back in between.
    const auto utc = add(utc_seconds(moment), seconds);
    const auto at = local->rounded(0, Rounding::Floor).to_int64();
    auto offset = at ? zones->offset_at(zone->name, *at) : std::nullopt;
    if (!utc || !offset) return {};
    auto shifted = zone;
    shifted->offset = offset;
    result = moment_from_local(*add(*utc, *offset), shifted);
  }
  return Value::of(std::move(result));
}

Value moved(const ClockTime& time, const Decimal& seconds) {
  Moment moment{{}, time};
  const auto local = add(local_seconds(moment), seconds);
  auto result = local ? moment_from_local(*local, time.zone) : std::nullopt;
  return result ? Value(std::move(result->time)) : Value();
}

/// A day, a time or both plus (or minus) a duration; nullopt when the kinds are others.
std::optional<Value> shifted(Evaluator& evaluator, const Value& base, const Value& span,
                             bool back) {
  if (const auto* months = span.months()) {
    const std::int64_t count = back ? -months->months : months->months;
    if (const auto* date = base.date()) return Value::of(date->plus_months(count));
    if (const auto* moment = base.moment()) {
      const auto date = moment->date.plus_months(count);
      return date ? Value(Moment{*date, moment->time}) : Value();
    }
    return std::nullopt;
  }
  const auto* duration = span.seconds();
  if (duration == nullptr) return std::nullopt;
  const Decimal seconds = back ? -duration->seconds : duration->seconds;
  if (const auto* date = base.date()) {
    // Days count from midnight, so -PT1H is already the day before.
    const auto days = floor_divide(seconds, kSecondsInDay);
    const auto count = days ? days->to_int64() : std::nullopt;
    return count && *count < 1'000'000'000'000 && *count > -1'000'000'000'000 ? moved(*date, *count)
                                                                              : Value();
  }
  if (const auto* moment = base.moment()) return moved(evaluator, *moment, seconds);
  if (const auto* time = base.time()) return moved(*time, seconds);
  return std::nullopt;
}

std::optional<Value> spans(Operator op, const Value& a, const Value& b) {
  const bool minus = op == Operator::Subtract;
  if (!minus && op != Operator::Add) return std::nullopt;
  if (a.months() != nullptr && b.months() != nullptr) {
    const auto sum = add(Decimal(a.months()->months),
                         minus ? -Decimal(b.months()->months) : Decimal(b.months()->months));
    const auto months = sum ? sum->to_int64() : std::nullopt;
    return months ? Value(MonthsDuration{*months}) : Value();
  }
  if (a.seconds() != nullptr && b.seconds() != nullptr) {
    const auto sum = minus ? subtract(a.seconds()->seconds, b.seconds()->seconds)
                           : add(a.seconds()->seconds, b.seconds()->seconds);
    return sum ? Value(SecondsDuration{*sum}) : Value();
  }
  return std::nullopt;
}

Moment midnight_utc(const CivilDate& date) {
  Moment moment{date, {}};
  moment.time.zone = ZoneOffset{0, {}};
  return moment;
}

/// From one moment to the other, if both have a zone or neither has.
std::optional<Value> difference(const Value& a, const Value& b) {
  if (a.time() != nullptr && b.time() != nullptr) {
    if (a.time()->zone.has_value() != b.time()->zone.has_value()) return Value();
    const Moment left{{}, *a.time()};
    const Moment right{{}, *b.time()};
    return Value(SecondsDuration{*subtract(utc_seconds(left), utc_seconds(right))});
  }
  if (a.date() != nullptr && b.date() != nullptr) {
    const std::int64_t days = a.date()->days() - b.date()->days();
    return Value(SecondsDuration{*multiply(Decimal(days), kSecondsInDay)});
  }
  const auto as_moment = [](const Value& value) -> std::optional<Moment> {
    if (value.moment() != nullptr) return *value.moment();
    if (value.date() != nullptr) return midnight_utc(*value.date());
    return std::nullopt;
  };
  const auto left = as_moment(a);
  const auto right = as_moment(b);
  if (!left || !right) return std::nullopt;
  if (left->time.zone.has_value() != right->time.zone.has_value()) return Value();
  return Value(SecondsDuration{*subtract(utc_seconds(*left), utc_seconds(*right))});
}

/// A duration times or by a number, or by a duration of its kind.
std::optional<Value> scaled(Evaluator& evaluator, Operator op, const Value& a, const Value& b) {
  const bool times = op == Operator::Multiply;
  if (!times && op != Operator::Divide) return std::nullopt;
  if (times && a.number() != nullptr) return scaled(evaluator, op, b, Decimal(*a.number()));
  const auto amount = [](const Value& value) -> std::optional<Decimal> {
    if (value.months() != nullptr) return Decimal(value.months()->months);
    if (value.seconds() != nullptr) return value.seconds()->seconds;
    return std::nullopt;
  };
  const auto size = amount(a);
  if (!size) return std::nullopt;
  if (!times && a.kind() == b.kind()) return numbers(evaluator, op, *size, *amount(b));
  if (b.number() == nullptr) return std::nullopt;
  const Value result = numbers(evaluator, op, *size, *b.number());
  if (result.number() == nullptr) return result;
  if (a.seconds() != nullptr) {
    return Value(SecondsDuration{result.number()->rounded(9, Rounding::Down).normalized()});
  }
  const auto months = result.number()->rounded(0, Rounding::Down).to_int64();
  return months ? Value(MonthsDuration{*months}) : Value();
}

std::optional<Value> temporal(Evaluator& evaluator, Operator op, const Value& a, const Value& b) {
  if (op == Operator::Add) {
    if (auto result = shifted(evaluator, a, b, false)) return result;
    if (auto result = shifted(evaluator, b, a, false)) return result;
  }
  if (op == Operator::Subtract) {
    if (auto result = shifted(evaluator, a, b, true)) return result;
    if (auto result = difference(a, b)) return result;
  }
  if (auto result = spans(op, a, b)) return result;
  return scaled(evaluator, op, a, b);
}

}  // namespace

Value calculate(Evaluator& evaluator, Operator op, const Value& left, const Value& right) {
  if (left.is_null() || right.is_null()) return {};
  if (left.number() != nullptr && right.number() != nullptr) {
    return numbers(evaluator, op, *left.number(), *right.number());
  }
  if (op == Operator::Add && left.text() != nullptr && right.text() != nullptr) {
    if (left.text()->size() + right.text()->size() > kMaxTextBytes) {
      return evaluator.null("feel.limit", "文本长度超过上限");
    }
    constexpr std::size_t kBytesAStep = 64;  // they are copied
    if (!evaluator.spend((left.text()->size() + right.text()->size()) / kBytesAStep)) return {};
    return *left.text() + *right.text();
  }
  if (auto result = temporal(evaluator, op, left, right)) return *result;
  return evaluator.null("feel.type", std::string(kind_in_chinese(left.kind())) + "与" +
                                         std::string(kind_in_chinese(right.kind())) +
                                         "之间没有运算“" + std::string(symbol(op)) + "”");
}

Value Evaluator::arithmetic(const Node& node, const Scope& scope) {
  const Value left = evaluate(*node.children[0], scope);
  const Value right = evaluate(*node.children[1], scope);
  return calculate(*this, node.op, left, right);
}

Value Evaluator::negate(const Node& node, const Scope& scope) {
  const Value value = evaluate(*node.children[0], scope);
  if (value.number() != nullptr) return -*value.number();
  if (value.months() != nullptr) return MonthsDuration{-value.months()->months};
  if (value.seconds() != nullptr) return SecondsDuration{-value.seconds()->seconds};
  if (value.is_null()) return {};
  return null("feel.type", std::string(kind_in_chinese(value.kind())) + "不能取负");
}

Value Evaluator::at_literal(const Node& node) {
  const std::string& text = node.text;
  if (const auto date = parse_civil_date(text)) return *date;
  if (auto moment = parse_moment(text, environment_.zones)) return *std::move(moment);
  if (auto time = parse_clock_time(text, environment_.zones)) return *std::move(time);
  if (const auto months = parse_months_duration(text)) return *months;
  if (const auto seconds = parse_seconds_duration(text)) return *seconds;
  return null("feel.temporal", "“" + text + "”不是日期、时刻或时长");
}

}  // namespace huice::feel
