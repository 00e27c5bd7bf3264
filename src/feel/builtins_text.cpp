// Texts. Positions count code points from 1, or from -1 at the end.
#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "feel/arguments.h"
#include "feel/regex.h"

namespace huice::feel {
namespace {

Value text_of_value(Evaluator& evaluator, Arguments arguments) {
  if (arguments[0].is_null()) return wrong_argument(evaluator, "string");
  if (!evaluator.spend_on(arguments[0])) return {};
  return to_string(arguments[0]);
}

Value length(Evaluator& evaluator, Arguments arguments) {
  const auto* text = text_at(arguments, 0);
  if (text == nullptr) return wrong_argument(evaluator, "string length");
  return static_cast<std::int64_t>(code_point_count(*text));
}

Value substring(Evaluator& evaluator, Arguments arguments) {
  const auto* text = text_at(arguments, 0);
  const auto start = whole_at(arguments, 1);
  const bool limited = has(arguments, 2);
  const auto wanted = whole_at(arguments, 2);
  if (text == nullptr || !start || (limited && !wanted)) {
    return wrong_argument(evaluator, "substring");
  }
  const std::u32string points = decode_utf8(*text);
  const auto size = static_cast<std::int64_t>(points.size());
  if (*start == 0 || *start > size || *start < -size || (limited && *wanted < 1)) {
    return evaluator.null("feel.range", "截取的位置超出文本");
  }
  const std::int64_t first = *start > 0 ? *start - 1 : size + *start;
  const std::int64_t count = limited ? std::min(*wanted, size - first) : size - first;
  return encode_utf8(std::u32string_view(points).substr(static_cast<std::size_t>(first),
                                                        static_cast<std::size_t>(count)));
}

Value upper(Evaluator& evaluator, Arguments arguments) {
  const auto* text = text_at(arguments, 0);
  return text == nullptr ? wrong_argument(evaluator, "upper case") : Value(upper_case(*text));
}

Value lower(Evaluator& evaluator, Arguments arguments) {
  const auto* text = text_at(arguments, 0);
  return text == nullptr ? wrong_argument(evaluator, "lower case") : Value(lower_case(*text));
}

Value before(Evaluator& evaluator, Arguments arguments) {
  const auto* text = text_at(arguments, 0);
  const auto* match = text_at(arguments, 1);
  if (text == nullptr || match == nullptr) return wrong_argument(evaluator, "substring before");
  const auto at = text->find(*match);
  return at == std::string::npos ? Value("") : Value(text->substr(0, at));
}

Value after(Evaluator& evaluator, Arguments arguments) {
  const auto* text = text_at(arguments, 0);
  const auto* match = text_at(arguments, 1);
  if (text == nullptr || match == nullptr) return wrong_argument(evaluator, "substring after");
  const auto at = text->find(*match);
  return at == std::string::npos ? Value("") : Value(text->substr(at + match->size()));
}

Value has_part(Evaluator& evaluator, Arguments arguments) {
  const auto* text = text_at(arguments, 0);
  const auto* match = text_at(arguments, 1);
  if (text == nullptr || match == nullptr) return wrong_argument(evaluator, "contains");
  return text->find(*match) != std::string::npos;
}

Value has_start(Evaluator& evaluator, Arguments arguments) {
  const auto* text = text_at(arguments, 0);
  const auto* match = text_at(arguments, 1);
  if (text == nullptr || match == nullptr) return wrong_argument(evaluator, "starts with");
  return text->starts_with(*match);
}

Value has_end(Evaluator& evaluator, Arguments arguments) {
  const auto* text = text_at(arguments, 0);
  const auto* match = text_at(arguments, 1);
  if (text == nullptr || match == nullptr) return wrong_argument(evaluator, "ends with");
  return text->ends_with(*match);
}

/// The flags argument; nullopt when it is neither a text nor null.
std::optional<std::string> flags_at(Arguments arguments, std::size_t i) {
  if (!has(arguments, i)) return std::string();
  const auto* flags = text_at(arguments, i);
  return flags == nullptr ? std::nullopt : std::optional(*flags);
}

Value bad_pattern(Evaluator& evaluator, const std::string& pattern) {
  return evaluator.null("feel.pattern", "正则表达式“" + pattern + "”有误");
}

/// Steps for compiling an expression and for searching the text, where every place may match.
bool spend_on_search(Evaluator& evaluator, const std::string& text) {
  constexpr std::uint64_t kToCompile = 200;
  constexpr std::uint64_t kAByte = 32;
  return evaluator.spend(kToCompile + kAByte * text.size());
}

SpendSteps steps_of(Evaluator& evaluator) {
  return [&evaluator](std::uint64_t steps) { return evaluator.spend(steps); };
}

Value matches_pattern(Evaluator& evaluator, Arguments arguments) {
  const auto* text = text_at(arguments, 0);
  const auto* pattern = text_at(arguments, 1);
  const auto flags = flags_at(arguments, 2);
  if (text == nullptr || pattern == nullptr || !flags) return wrong_argument(evaluator, "matches");
  if (!spend_on_search(evaluator, *text)) return {};
  const auto regex = Regex::compile(*pattern, *flags);
  return regex ? maybe(regex->found_in(*text, steps_of(evaluator)))
               : bad_pattern(evaluator, *pattern);
}

Value replace(Evaluator& evaluator, Arguments arguments) {
  const auto* text = text_at(arguments, 0);
  const auto* pattern = text_at(arguments, 1);
  const auto* replacement = text_at(arguments, 2);
  const auto flags = flags_at(arguments, 3);
  if (text == nullptr || pattern == nullptr || replacement == nullptr || !flags) {
    return wrong_argument(evaluator, "replace");
  }
  if (!spend_on_search(evaluator, *text)) return {};
  const auto regex = Regex::compile(*pattern, *flags);
  if (!regex) return bad_pattern(evaluator, *pattern);
  return Value::of(regex->replaced(*text, *replacement, kMaxTextBytes, steps_of(evaluator)));
}

Value split(Evaluator& evaluator, Arguments arguments) {
  const auto* text = text_at(arguments, 0);
  const auto* pattern = text_at(arguments, 1);
  if (text == nullptr || pattern == nullptr) return wrong_argument(evaluator, "split");
  if (!spend_on_search(evaluator, *text)) return {};
  const auto regex = Regex::compile(*pattern, "");
  if (!regex) return bad_pattern(evaluator, *pattern);
  const auto parts = regex->split(*text, steps_of(evaluator));
  if (!parts) return {};
  return Value::List(parts->begin(), parts->end());
}

Value join(Evaluator& evaluator, Arguments arguments) {
  const auto items = list_at(arguments, 0);
  const auto* delimiter = text_at(arguments, 1);
  if (!items || (has(arguments, 1) && delimiter == nullptr)) {
    return wrong_argument(evaluator, "string join");
  }
  std::string joined;
  bool first = true;
  for (const Value& item : *items) {
    if (item.is_null()) continue;
    if (item.text() == nullptr) return wrong_argument(evaluator, "string join");
    if (!first && delimiter != nullptr) joined += *delimiter;
    joined += *item.text();
    first = false;
    if (joined.size() > kMaxTextBytes) return evaluator.null("feel.limit", "文本长度超过上限");
  }
  return joined;
}

constexpr std::array<Builtin, 14> kBuiltins = {{
    {"string", "from", text_of_value},
    {"string length", "string", length},
    {"substring", "string,start position,length?", substring},
    {"upper case", "string", upper},
    {"lower case", "string", lower},
    {"substring before", "string,match", before},
    {"substring after", "string,match", after},
    {"contains", "string,match", has_part},
    {"starts with", "string,match", has_start},
    {"ends with", "string,match", has_end},
    {"matches", "input,pattern,flags?", matches_pattern},
    {"replace", "input,pattern,replacement,flags?", replace},
    {"split", "string,delimiter", split},
    {"string join", "list,delimiter?", join},
}};

}  // namespace

std::span<const Builtin> text_builtins() {
  return kBuiltins;
}

}  // namespace huice::feel
