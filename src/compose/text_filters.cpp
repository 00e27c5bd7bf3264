// Filters that make texts.
#include <algorithm>

#include "base/utf8.h"
#include "compose/blanks.h"
#include "compose/invocation.h"
#include "text/dates.h"
#include "text/numerals.h"

namespace huice::compose {
namespace {

char to_upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

char to_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// `change` applied to the input as it prints; Markdown stays Markdown.
template <class Change>
Operand changed(const Invocation& call, Change change) {
  auto text = call.runtime.text_of(call.input, call.offset);
  if (!text) return Operand();
  return call.runtime.text_result(change(std::move(*text)), call.offset, call.input.is_markdown());
}

Operand upper(const Invocation& call) {
  return changed(call, [](std::string text) {
    std::ranges::transform(text, text.begin(), to_upper);
    return text;
  });
}

Operand lower(const Invocation& call) {
  return changed(call, [](std::string text) {
    std::ranges::transform(text, text.begin(), to_lower);
    return text;
  });
}

Operand capitalize(const Invocation& call) {
  return changed(call, [](std::string text) {
    std::ranges::transform(text, text.begin(), to_lower);
    if (!text.empty()) text.front() = to_upper(text.front());
    return text;
  });
}

/// `text` without the characters of `set` at both ends.
std::string trimmed_of(const std::string& text, const std::string& set) {
  const std::u32string characters = decode_utf8(text);
  const std::u32string unwanted = decode_utf8(set);
  const std::size_t begin = characters.find_first_not_of(unwanted);
  if (begin == std::u32string::npos) return {};
  const std::size_t end = characters.find_last_not_of(unwanted) + 1;
  return encode_utf8(std::u32string_view(characters).substr(begin, end - begin));
}

Operand trim(const Invocation& call) {
  const auto set = call.text_argument(0, "");
  if (!set) return Operand();
  return changed(call, [&](const std::string& text) {
    return set->empty() ? std::string(trimmed(text)) : trimmed_of(text, *set);
  });
}

/// As Python's str.replace; an empty `old` stands between all characters.
std::string replaced(const std::string& text, const std::string& old, const std::string& with,
                     std::size_t times) {
  std::string result;
  std::size_t at = 0;
  if (old.empty()) {
    while (times-- > 0) {
      result += with;
      const auto next = first_code_point(std::string_view(text).substr(at));
      if (!next) return result;
      result += text.substr(at, next->size);
      at += next->size;
    }
    return result + text.substr(at);
  }
  for (; times > 0; --times) {
    const std::size_t found = text.find(old, at);
    if (found == std::string::npos || result.size() > kMaxExpandedBytes) break;
    result += text.substr(at, found - at) + with;
    at = found + old.size();
  }
  return result + text.substr(at);
}

Operand replace(const Invocation& call) {
  const auto old = call.text_argument(0, "");
  const auto with = call.text_argument(1, "");
  const auto times = call.integer_argument(2, -1);
  if (!old || !with || !times) return Operand();
  const std::size_t limit = *times < 0 ? std::string::npos : static_cast<std::size_t>(*times);
  return changed(call, [&](const std::string& text) { return replaced(text, *old, *with, limit); });
}

Operand string(const Invocation& call) {
  return changed(call, [](std::string text) { return text; });
}

Operand safe(const Invocation& call) {
  auto text = call.runtime.text_of(call.input, call.offset);
  if (!text) return Operand();
  return call.runtime.text_result(std::move(*text), call.offset, true);
}

Operand escape(const Invocation& call) {
  auto text = call.runtime.markdown_of(call.input, call.offset);
  if (!text) return Operand();
  return call.runtime.text_result(std::move(*text), call.offset, true);
}

Operand indent(const Invocation& call) {
  const auto width = call.integer_argument(0, 4);
  if (!width || *width < 0 || *width > 100)
    return width ? call.fail("缩进应当是 0 到 100") : Operand();
  const bool first = call.truth_argument(1, false);
  const bool blank = call.truth_argument(2, false);
  return changed(call, [&](const std::string& text) {
    const std::string space(static_cast<std::size_t>(*width), ' ');
    std::string result = first ? space : "";
    for (std::size_t i = 0; i < text.size(); ++i) {
      result += text[i];
      const bool line_follows = text[i] == '\n' && i + 1 < text.size();
      if (line_follows && (blank || text[i + 1] != '\n')) result += space;
    }
    return result;
  });
}

/// Every line of the input as a paragraph of its own.
Operand paragraphs(const Invocation& call) {
  const auto text = call.runtime.text_of(call.input, call.offset);
  if (!text) return Operand();
  std::string result;
  std::string_view rest = *text;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = trimmed(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.empty()) continue;
    if (!result.empty()) result += "\n\n";
    const bool escapes = call.runtime.escaping() == Escaping::Markdown && !call.input.is_markdown();
    result += escapes ? escape_markdown(line) : std::string(line);
  }
  return call.runtime.text_result(std::move(result), call.offset, true);
}

std::string in_capitals(Date day) {
  return text::to_chinese_digits(day.year()) + "年" + text::to_chinese_numeral(day.month()) + "月" +
         text::to_chinese_numeral(day.day()) + "日";
}

/// 2026-05-07 -> 2026年5月7日; with `大写`: 二〇二六年五月七日.
Operand chinese_date(const Invocation& call) {
  const auto style = call.text_argument(0, "");
  if (!style) return Operand();
  const model::Value* value = call.value();
  std::optional<Date> day;
  if (value != nullptr && value->day() != nullptr) day = *value->day();
  if (value != nullptr && value->text() != nullptr) day = text::parse_people_date(*value->text());
  if (!day) {
    return call.fail("中文日期 读不出这一天" + call.runtime.place_note(call.input),
                     "日期写成 2026-05-07 或 2026年5月7日");
  }
  if (*style == "大写") return Operand(model::Value(in_capitals(*day)));
  if (*style == "数字") return Operand(model::Value(day->to_iso()));
  if (!style->empty()) return call.fail("中文日期 的参数只能是 \"大写\" 或 \"数字\"");
  return Operand(model::Value(day->to_chinese()));
}

std::optional<std::int64_t> whole_number(const Invocation& call) {
  const model::Value* value = call.value();
  const Decimal* number = value == nullptr ? nullptr : value->number();
  const auto whole = number == nullptr ? std::nullopt : number->to_int64();
  if (!whole) call.wrong_input("整数");
  return whole;
}

/// 1 -> 一、; the form may be given: `1|序号("（一）")`.
Operand ordinal(const Invocation& call) {
  const auto number = whole_number(call);
  const auto form = call.text_argument(0, "一、");
  if (!number || !form) return Operand();
  const auto sample = text::leading_ordinal(*form);
  if (!sample || sample->number != 1) {
    return call.fail("序号 的样式应当是 \"一、\" \"（一）\" \"1.\" \"（1）\" 或 \"第一条\" 之类");
  }
  return Operand(model::Value(text::to_ordinal(sample->kind, *number)));
}

Operand chinese_number(const Invocation& call) {
  const auto number = whole_number(call);
  return number ? Operand(model::Value(text::to_chinese_numeral(*number))) : Operand();
}

}  // namespace

std::span<const Callable> text_filters() {
  static const std::vector<Callable> kFilters = {
      {.name = "upper", .action = upper},
      {.name = "lower", .action = lower},
      {.name = "capitalize", .action = capitalize},
      {.name = "trim", .action = trim, .parameters = {"chars"}},
      {.name = "replace", .action = replace, .parameters = {"old", "new", "count"}, .required = 2},
      {.name = "string", .action = string},
      {.name = "safe", .action = safe},
      {.name = "e", .action = escape},
      {.name = "escape", .action = escape},
      {.name = "indent", .action = indent, .parameters = {"width", "first", "blank"}},
      {.name = "段落", .action = paragraphs},
      {.name = "中文日期", .action = chinese_date, .parameters = {"样式"}},
      {.name = "序号", .action = ordinal, .parameters = {"样式"}},
      {.name = "中文数字", .action = chinese_number},
  };
  return kFilters;
}

}  // namespace huice::compose
