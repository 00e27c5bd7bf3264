// The part of JSON Schema that the contract uses of bodies and parameters.
#include <algorithm>

#include <Poco/RegularExpression.h>

#include "base/date.h"
#include "base/utf8.h"
#include "service/contract.h"

namespace huice::service {
namespace {

Error wrong(const std::string& field, std::string what, std::string hint = {}) {
  return {.code = ErrorCode::InvalidInput,
          .id = "service.field",
          .message = (field.empty() ? "请求正文" : "“" + field + "”") + std::move(what),
          .where = {.part = field},
          .hint = std::move(hint)};
}

bool has_type(const model::Value& value, const std::string& type) {
  if (type == "object") return value.record() != nullptr;
  if (type == "array") return value.list() != nullptr;
  if (type == "string") return value.text() != nullptr;
  if (type == "boolean") return value.truth() != nullptr;
  if (type == "number") return value.number() != nullptr;
  if (type == "integer") return value.number() != nullptr && value.number()->is_integer();
  return type == "null" && value.is_null();
}

std::string in_chinese(const std::string& type) {
  if (type == "object") return "记录";
  if (type == "array") return "列表";
  if (type == "boolean") return "true 或 false";
  if (type == "integer") return "整数";
  return type == "number" ? "数字" : "文本";
}

std::optional<std::int64_t> limit_of(const model::Value& schema, std::string_view name) {
  const model::Value* limit = schema.find(name);
  if (limit == nullptr || limit->number() == nullptr) return std::nullopt;
  return limit->number()->to_int64();
}

const std::string* text_of(const model::Value& schema, std::string_view name) {
  const model::Value* found = schema.find(name);
  return found == nullptr ? nullptr : found->text();
}

void check_text(const std::string& text, const model::Value& schema, const std::string& field,
                Findings& findings) {
  const auto length = static_cast<std::int64_t>(code_point_count(text));
  const auto least = limit_of(schema, "minLength");
  const auto most = limit_of(schema, "maxLength");
  if (least && length < *least) {
    findings.push_back(wrong(field, *least == 1 ? "不能空着" : "太短",
                             "至少 " + std::to_string(*least) + " 个字"));
  }
  if (most && length > *most)
    findings.push_back(wrong(field, "太长", "至多 " + std::to_string(*most) + " 个字"));
  if (const auto* pattern = text_of(schema, "pattern")) {
    const Poco::RegularExpression expression(*pattern, Poco::RegularExpression::RE_DOLLAR_ENDONLY);
    if (!expression.match(text)) findings.push_back(wrong(field, "写法不对", "形如 " + *pattern));
  }
  if (const auto* format = text_of(schema, "format");
      format != nullptr && *format == "date" && !Date::parse(text)) {
    findings.push_back(wrong(field, "不是日期", "写成 2026-11-22"));
  }
}

void check_number(const Decimal& number, const model::Value& schema, const std::string& field,
                  Findings& findings) {
  const auto least = limit_of(schema, "minimum");
  const auto most = limit_of(schema, "maximum");
  if (least && number < Decimal(*least))
    findings.push_back(wrong(field, "太小", "至少 " + std::to_string(*least)));
  if (most && number > Decimal(*most))
    findings.push_back(wrong(field, "太大", "至多 " + std::to_string(*most)));
}

void check_choice(const model::Value& value, const model::Value& schema, const std::string& field,
                  Findings& findings) {
  const model::Value* choices = schema.find("enum");
  if (choices == nullptr || choices->list() == nullptr) return;
  if (std::ranges::find(*choices->list(), value) != choices->list()->end()) return;
  std::string names;
  for (const model::Value& choice : *choices->list())
    names += (names.empty() ? "" : "、") + (choice.text() == nullptr ? "" : *choice.text());
  findings.push_back(wrong(field, "只能取几个值之一", names));
}

}  // namespace

Findings Contract::check(const model::Value& value, const model::Value& unresolved,
                         const std::string& field) const {
  Findings findings;
  const model::Value& schema = resolve(unresolved);
  if (const auto* type = text_of(schema, "type"); type != nullptr && !has_type(value, *type)) {
    findings.push_back(
        wrong(field, "应是" + in_chinese(*type) + "，实为" + std::string(value.kind())));
    return findings;
  }
  check_choice(value, schema, field, findings);
  if (value.text() != nullptr) check_text(*value.text(), schema, field, findings);
  if (value.number() != nullptr) check_number(*value.number(), schema, field, findings);
  if (value.list() != nullptr) {
    const auto most = limit_of(schema, "maxItems");
    if (most && static_cast<std::int64_t>(value.list()->size()) > *most)
      findings.push_back(wrong(field, "项数太多", "至多 " + std::to_string(*most) + " 项"));
    const model::Value* items = schema.find("items");
    for (std::size_t i = 0; items != nullptr && i < value.list()->size(); ++i) {
      auto found = check((*value.list())[i], *items, field + "[" + std::to_string(i) + "]");
      std::ranges::move(found, std::back_inserter(findings));
    }
  }
  if (value.record() == nullptr) return findings;
  const model::Value* properties = schema.find("properties");
  const model::Value* further = schema.find("additionalProperties");
  const bool closed = further != nullptr && further->truth() != nullptr && !*further->truth();
  const std::string prefix = field.empty() ? "" : field + ".";
  for (const auto& [name, each] : *value.record()) {
    const model::Value* known = properties == nullptr ? nullptr : properties->find(name);
    if (known == nullptr && closed) {
      findings.push_back(wrong(prefix + name, "没有这个字段", "看看是不是写错了名称"));
    } else if (known != nullptr) {
      auto found = check(each, *known, prefix + name);
      std::ranges::move(found, std::back_inserter(findings));
    }
  }
  const model::Value* required = schema.find("required");
  for (const model::Value& name : required == nullptr || required->list() == nullptr
                                      ? model::Value::List()
                                      : *required->list()) {
    if (value.find(*name.text()) == nullptr)
      findings.push_back(wrong(prefix + *name.text(), "没有填"));
  }
  return findings;
}

}  // namespace huice::service
