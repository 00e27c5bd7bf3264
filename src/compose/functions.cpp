// Functions, and the methods of records and texts.
#include <algorithm>

#include "compose/blanks.h"
#include "compose/invocation.h"
#include "compose/table_marker.h"
#include "text/suggest.h"

namespace huice::compose {
namespace {

Operand range(const Invocation& call) {
  const auto one = call.integer_argument(0, 0);
  const auto two = call.integer_argument(1, 0);
  const auto step = call.integer_argument(2, 1);
  if (!one || !two || !step) return Operand();
  if (*step == 0) return call.fail("range 的步长不能是 0");
  const std::int64_t begin = call.given(1) ? *one : 0;
  const std::int64_t end = call.given(1) ? *two : *one;
  const std::int64_t count = *step > 0 ? (end - begin + *step - 1) / *step
                                       : (begin - end - *step - 1) / -std::int64_t{*step};
  if (count > kMaxIterations) return call.runtime.exceed(call.offset, "range 超过 50 万项");
  model::Value::List numbers;
  for (std::int64_t i = 0; i < count; ++i)
    numbers.emplace_back(Decimal(begin + i * *step));
  return Operand(model::Value(std::move(numbers)));
}

/// `{{ table("安排表") }}`: a marker that the Markdown pass turns into the table.
Operand table(const Invocation& call) {
  const auto name = call.text_argument(0, "");
  if (!name) return Operand();
  const auto& tables = call.runtime.content().tables;
  const auto found = tables.find(*name);
  if (found == tables.end()) {
    std::vector<std::string> names;
    for (const auto& each : tables)
      names.push_back(each.first);
    const auto near = text::closest(*name, names);
    return call.runtime.fail(call.offset, "template.unknown-table", "没有叫“" + *name + "”的表",
                             near ? "是不是想写“" + std::string(*near) + "”？"
                                  : "先用 {% if has_table(\"" + *name + "\") %} 判断有没有这张表");
  }
  if (call.runtime.escaping() != Escaping::Markdown) {
    return call.fail("表只能放在正文里", "文件头的各项只能是文字");
  }
  const auto index = static_cast<std::size_t>(std::distance(tables.begin(), found));
  return Operand::markdown(table_marker(index));
}

Operand has_table(const Invocation& call) {
  const auto name = call.text_argument(0, "");
  if (!name) return Operand();
  return Operand(model::Value(call.runtime.content().tables.contains(*name)));
}

Operand unreachable_space(const Invocation& call) {
  return call.fail("namespace 要直接调用");
}

const model::Value::Record* record_of(const Invocation& call) {
  const auto* record = call.value() == nullptr ? nullptr : call.value()->record();
  if (record == nullptr) call.wrong_input("记录");
  return record;
}

const std::string* text_of(const Invocation& call) {
  const auto* text = call.value() == nullptr ? nullptr : call.value()->text();
  if (text == nullptr) call.wrong_input("文本");
  return text;
}

Operand keys(const Invocation& call) {
  const auto* record = record_of(call);
  if (record == nullptr) return Operand();
  model::Value::List names;
  for (const auto& field : *record)
    names.emplace_back(field.first);
  return Operand(model::Value(std::move(names)));
}

Operand values(const Invocation& call) {
  const auto* record = record_of(call);
  if (record == nullptr) return Operand();
  model::Value::List list;
  for (const auto& field : *record)
    list.push_back(field.second);
  return Operand(model::Value(std::move(list)));
}

Operand get(const Invocation& call) {
  const auto name = call.text_argument(0, "");
  if (record_of(call) == nullptr || !name) return Operand();
  if (const model::Value* field = call.value()->find(*name)) return Operand(*field);
  return call.given(1) ? *call.arguments[1] : Operand(model::Value());
}

Operand starts_with(const Invocation& call) {
  const auto* text = text_of(call);
  const auto part = call.text_argument(0, "");
  return text != nullptr && part ? Operand(model::Value(text->starts_with(*part))) : Operand();
}

Operand ends_with(const Invocation& call) {
  const auto* text = text_of(call);
  const auto part = call.text_argument(0, "");
  return text != nullptr && part ? Operand(model::Value(text->ends_with(*part))) : Operand();
}

model::Value::List split_at_blanks(std::string_view text) {
  model::Value::List parts;
  text = trimmed(text);
  while (!text.empty()) {
    std::size_t end = 0;
    while (end < text.size() &&
           without_leading_blanks(text.substr(end)).size() + end == text.size())
      ++end;
    parts.emplace_back(std::string(text.substr(0, end)));
    text = without_leading_blanks(text.substr(end));
  }
  return parts;
}

Operand split(const Invocation& call) {
  const auto* text = text_of(call);
  const auto separator = call.text_argument(0, "");
  if (text == nullptr || !separator) return Operand();
  if (!call.given(0)) return Operand(model::Value(split_at_blanks(*text)));
  if (separator->empty()) return call.fail("split 的分隔符不能是空的");
  model::Value::List parts;
  std::size_t at = 0;
  for (std::size_t found = text->find(*separator); found != std::string::npos;
       found = text->find(*separator, at)) {
    parts.emplace_back(text->substr(at, found - at));
    at = found + separator->size();
  }
  parts.emplace_back(text->substr(at));
  return call.runtime.list_result(std::move(parts), call.offset);
}

/// The filter of the same meaning, called with this call's arguments.
template <const char* Name>
Operand as_filter(const Invocation& call) {
  std::vector<Operand> arguments;
  for (const auto& argument : call.arguments)
    if (argument) arguments.push_back(*argument);
  return invoke(call.runtime, *find_filter(Name), call.input, std::move(arguments), call.offset);
}

constexpr char kItems[] = "items";
constexpr char kUpper[] = "upper";
constexpr char kLower[] = "lower";
constexpr char kTrim[] = "trim";
constexpr char kReplace[] = "replace";

}  // namespace

std::span<const Callable> functions() {
  static const std::vector<Callable> kFunctions = {
      {.name = "range", .action = range, .parameters = {"start", "stop", "step"}, .required = 1},
      {.name = "table", .action = table, .parameters = {"name"}, .required = 1},
      {.name = "表", .action = table, .parameters = {"name"}, .required = 1},
      {.name = "has_table", .action = has_table, .parameters = {"name"}, .required = 1},
      {.name = "有表", .action = has_table, .parameters = {"name"}, .required = 1},
      {.name = "namespace", .action = unreachable_space, .open_ended = true},
  };
  return kFunctions;
}

std::span<const Callable> methods() {
  static const std::vector<Callable> kMethods = {
      {.name = "items", .action = as_filter<kItems>},
      {.name = "keys", .action = keys},
      {.name = "values", .action = values},
      {.name = "get", .action = get, .parameters = {"key", "default"}, .required = 1},
      {.name = "startswith", .action = starts_with, .parameters = {"prefix"}, .required = 1},
      {.name = "endswith", .action = ends_with, .parameters = {"suffix"}, .required = 1},
      {.name = "split", .action = split, .parameters = {"sep"}},
      {.name = "strip", .action = as_filter<kTrim>, .parameters = {"chars"}},
      {.name = "upper", .action = as_filter<kUpper>},
      {.name = "lower", .action = as_filter<kLower>},
      {.name = "replace",
       .action = as_filter<kReplace>,
       .parameters = {"old", "new", "count"},
       .required = 2},
  };
  return kMethods;
}

}  // namespace huice::compose
