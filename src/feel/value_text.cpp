// The three texts of a value: as FEEL writes it, as string() gives it, as a Chinese reader reads
// it.
#include <array>
#include <cstdio>

#include "base/utf8.h"
#include "feel/function.h"
#include "feel/lexer.h"
#include "feel/value.h"

namespace huice::feel {
namespace {

std::string string_literal(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        out += c;
    }
  }
  return out + '"';
}

std::string iso(const Value& value) {
  switch (value.kind()) {
    case Kind::Date:
      return value.date()->to_iso();
    case Kind::Time:
      return value.time()->to_iso();
    case Kind::DateTime:
      return value.moment()->to_iso();
    case Kind::MonthsDuration:
      return value.months()->to_iso();
    default:
      return value.seconds()->to_iso();
  }
}

using Write = std::string (*)(const Value&);

std::string joined(const Value::List& items, std::string_view separator, Write write) {
  std::string out;
  for (const Value& item : items) {
    if (!out.empty() || &item != &items.front()) out += separator;
    out += write(item);
  }
  return out;
}

std::string written(const Context& context, Write write) {
  std::string out = "{";
  for (const auto& [name, value] : context.entries()) {
    if (out.size() > 1) out += ", ";
    out += (is_plain_name(name) ? name : string_literal(name)) + ": " + write(value);
  }
  return out + "}";
}

std::string written(const Range& range, Write write) {
  if (!range.has_low) return (range.high_closed ? "<= " : "< ") + write(range.high);
  if (!range.has_high) return (range.low_closed ? ">= " : "> ") + write(range.low);
  return (range.low_closed ? "[" : "(") + write(range.low) + ".." + write(range.high) +
         (range.high_closed ? "]" : ")");
}

std::string written(const Function& function) {
  std::string out = "function(";
  for (const auto& name : function.parameters)
    out += (&name == &function.parameters.front() ? "" : ", ") + name;
  return out + ") …";
}

/// Inside lists and contexts string() quotes texts and leaves the rest bare.
std::string inner_string(const Value& value) {
  return value.text() != nullptr ? string_literal(*value.text()) : to_string(value);
}

std::string duration_in_chinese(const MonthsDuration& span) {
  const std::int64_t months = span.months < 0 ? -span.months : span.months;
  std::string out = span.months < 0 ? "负" : "";
  if (months >= 12) out += std::to_string(months / 12) + "年";
  if (months % 12 != 0 || months < 12) out += std::to_string(months % 12) + "个月";
  return out;
}

std::string duration_in_chinese(const SecondsDuration& span) {
  std::string out = span.seconds.is_negative() ? "负" : "";
  Decimal rest = span.seconds.abs();
  const std::array<std::pair<int, std::string_view>, 3> units = {
      {{86400, "天"}, {3600, "小时"}, {60, "分钟"}}};
  for (const auto& [size, unit] : units) {
    const Decimal count = floor_divide(rest, size).value_or(0);
    if (count.is_zero()) continue;
    out += count.to_plain() + std::string(unit);
    rest = *subtract(rest, *multiply(count, size));
  }
  if (!rest.is_zero() || span.seconds.is_zero()) out += rest.to_plain() + "秒";
  return out;
}

std::string date_in_chinese(const CivilDate& date) {
  return std::to_string(date.year) + "年" + std::to_string(date.month) + "月" +
         std::to_string(date.day) + "日";
}

std::string range_in_chinese(const Range& range) {
  const auto low = [&] { return (range.low_closed ? "不低于" : "高于") + to_chinese(range.low); };
  const auto high = [&] {
    return (range.high_closed ? "不高于" : "低于") + to_chinese(range.high);
  };
  if (!range.has_low) return high();
  if (!range.has_high) return low();
  return low() + "且" + high();
}

std::string context_in_chinese(const Context& context) {
  std::string out;
  for (const auto& [name, value] : context.entries()) {
    if (!out.empty()) out += "，";
    out += name + "：" + to_chinese(value);
  }
  return out;
}

}  // namespace

std::string to_text(const Value& value) {
  switch (value.kind()) {
    case Kind::Null:
      return "null";
    case Kind::Boolean:
      return *value.truth() ? "true" : "false";
    case Kind::Number:
      return value.number()->to_plain();
    case Kind::Text:
      return string_literal(*value.text());
    case Kind::List:
      return "[" + joined(*value.list(), ", ", to_text) + "]";
    case Kind::Context:
      return written(*value.context(), to_text);
    case Kind::Range: {
      const std::string text = written(*value.range(), to_text);
      return value.range()->has_low && value.range()->has_high ? text : "(" + text + ")";
    }
    case Kind::Function:
      return written(*value.function());
    default:
      return "@" + string_literal(iso(value));
  }
}

std::string to_string(const Value& value) {
  switch (value.kind()) {
    case Kind::Text:
      return *value.text();
    case Kind::List:
      return "[" + joined(*value.list(), ", ", inner_string) + "]";
    case Kind::Context:
      return written(*value.context(), inner_string);
    case Kind::Range:
      return written(*value.range(), inner_string);
    case Kind::Null:
    case Kind::Boolean:
    case Kind::Number:
    case Kind::Function:
      return to_text(value);
    default:
      return iso(value);
  }
}

std::string to_chinese(const Value& value) {
  switch (value.kind()) {
    case Kind::Null:
      return "空";
    case Kind::Boolean:
      return *value.truth() ? "是" : "否";
    case Kind::Date:
      return date_in_chinese(*value.date());
    case Kind::DateTime:
      return date_in_chinese(value.moment()->date) + " " + value.moment()->time.to_iso();
    case Kind::MonthsDuration:
      return duration_in_chinese(*value.months());
    case Kind::DaysDuration:
      return duration_in_chinese(*value.seconds());
    case Kind::List:
      return value.list()->empty() ? "无" : joined(*value.list(), "、", to_chinese);
    case Kind::Context:
      return context_in_chinese(*value.context());
    case Kind::Range:
      return range_in_chinese(*value.range());
    case Kind::Function:
      return "函数";
    default:
      return to_string(value);
  }
}

}  // namespace huice::feel
