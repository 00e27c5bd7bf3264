#include "compose/operand.h"

#include <algorithm>
#include <optional>

#include "base/utf8.h"

namespace huice::compose {

Operand Operand::markdown(std::string text) {
  Operand operand(model::Value(std::move(text)));
  operand.markdown_ = true;
  return operand;
}

Operand Operand::markdown(std::string text, std::vector<SourceSpan> lines) {
  Operand operand = markdown(std::move(text));
  operand.lines_ = std::make_shared<const std::vector<SourceSpan>>(std::move(lines));
  return operand;
}

const model::Value* Operand::value() const {
  const auto* ref = std::get_if<ValueRef>(&content_);
  return ref == nullptr ? nullptr : ref->get();
}

ValueRef Operand::value_ref() const {
  const auto* ref = std::get_if<ValueRef>(&content_);
  return ref == nullptr ? nullptr : *ref;
}

namespace {

constexpr std::string_view kMarks = "\\`*_{}[]<>#|~&!";

/// Punctuation that means something only at the start of a line.
bool escape_at_start(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (at == 0) return c == '-' || c == '+' || c == '=' || c == ':';
  const auto digits = text.substr(0, at);
  return (c == '.' || c == ')') && at <= 9 &&
         std::ranges::all_of(digits, [](char d) { return d >= '0' && d <= '9'; });
}

}  // namespace

bool needs_no_escape(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0;
    return is_letter || (c >= '0' && c <= '9');
  });
}

std::string escape_markdown(std::string_view text) {
  if (needs_no_escape(text)) return std::string(text);
  std::string escaped;
  escaped.reserve(text.size() + 8);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool edge = i == 0 || i + 1 == text.size();
    if (c == '\n') {
      escaped += "<br>";
    } else if (c == '\r') {
      continue;
    } else if ((c == ' ' || c == '\t') && edge) {
      escaped += "&#32;";
    } else {
      if (kMarks.find(c) != std::string_view::npos || escape_at_start(text, i)) escaped += '\\';
      escaped += c;
    }
  }
  return escaped;
}

bool is_true(const model::Value& value) {
  if (value.is_null()) return false;
  if (const bool* truth = value.truth()) return *truth;
  if (const Decimal* number = value.number()) return !number->is_zero();
  if (const std::string* text = value.text()) return !text->empty();
  if (const auto* list = value.list()) return !list->empty();
  if (const auto* record = value.record()) return !record->empty();
  return true;
}

std::optional<std::string> printed(const model::Value& value) {
  if (const std::string* text = value.text()) return *text;
  if (const Decimal* number = value.number()) return number->to_string();
  if (const Date* day = value.day()) return day->to_chinese();
  if (const bool* truth = value.truth()) return *truth ? "是" : "否";
  return std::nullopt;
}

namespace {

template <class T>
int order(const T& a, const T& b) {
  return a < b ? -1 : (b < a ? 1 : 0);
}

}  // namespace

std::optional<int> compare(const model::Value& a, const model::Value& b) {
  if (a.number() != nullptr && b.number() != nullptr) return order(*a.number(), *b.number());
  if (a.text() != nullptr && b.text() != nullptr) return order(*a.text(), *b.text());
  if (a.day() != nullptr && b.day() != nullptr) return order(*a.day(), *b.day());
  if (a.truth() != nullptr && b.truth() != nullptr) return order(*a.truth(), *b.truth());
  return std::nullopt;
}

std::optional<bool> contains(const model::Value& container, const model::Value& wanted) {
  if (const auto* list = container.list()) return std::ranges::find(*list, wanted) != list->end();
  if (container.record() != nullptr) {
    return wanted.text() != nullptr && container.find(*wanted.text()) != nullptr;
  }
  if (container.text() != nullptr && wanted.text() != nullptr) {
    return container.text()->find(*wanted.text()) != std::string::npos;
  }
  return std::nullopt;
}

}  // namespace huice::compose
