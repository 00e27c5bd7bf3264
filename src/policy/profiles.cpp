#include "policy/profiles.h"

#include <algorithm>

#include "base/money.h"
#include "policy/fields.h"

namespace huice::policy {
namespace {

using model::FactDefinition;
using model::FactType;
using model::Value;

/// What a fact of the type should look like.
std::string wanted(const FactDefinition& fact) {
  switch (fact.type) {
    case FactType::Money:
      return "金额（元），如 2850000 或 285万元";
    case FactType::Number:
      return "数字";
    case FactType::Ratio:
      return "比例，如 0.032 或 3.2%";
    case FactType::Boolean:
      return "是或否";
    case FactType::Day:
      return "日期，如 2016-01-23";
    case FactType::List:
      return "列表";
    case FactType::Text:
    case FactType::Code:
      return "文本";
  }
  return {};
}

std::optional<Value> as_number(const Value& value) {
  if (value.number() != nullptr) return value;
  if (value.text() == nullptr) return std::nullopt;
  const auto number = Decimal::parse(*value.text());
  return number ? std::optional<Value>(*number) : std::nullopt;
}

std::optional<Value> as_money(const Value& value) {
  if (value.number() != nullptr) return value;
  if (value.text() == nullptr) return std::nullopt;
  const auto money = parse_money(*value.text());
  return money ? std::optional<Value>(money.value().to_yuan().normalized()) : std::nullopt;
}

std::optional<Value> as_ratio(const Value& value) {
  if (value.text() == nullptr || !value.text()->ends_with('%')) return as_number(value);
  const auto percent = Decimal::parse(value.text()->substr(0, value.text()->size() - 1));
  const auto ratio = percent ? multiply(*percent, Decimal::scaled(1, -2)) : std::nullopt;
  return ratio ? std::optional<Value>(*ratio) : std::nullopt;
}

std::optional<Value> as_truth(const Value& value) {
  if (value.truth() != nullptr) return value;
  if (value.text() == nullptr) return std::nullopt;
  if (*value.text() == "是") return Value(true);
  if (*value.text() == "否") return Value(false);
  return std::nullopt;
}

std::optional<Value> as_day(const Value& value) {
  if (value.day() != nullptr) return value;
  if (value.text() == nullptr) return std::nullopt;
  const auto day = Date::parse(*value.text());
  return day ? std::optional<Value>(*day) : std::nullopt;
}

/// Codes are text; a code of digits that YAML read as a number is taken back.
std::optional<Value> as_text(const Value& value, FactType type) {
  if (value.text() != nullptr) return value;
  const bool code = type == FactType::Code && value.number() != nullptr;
  return code ? std::optional<Value>(value.number()->to_plain()) : std::nullopt;
}

std::optional<Value> converted(const Value& value, FactType type) {
  switch (type) {
    case FactType::Number:
      return as_number(value);
    case FactType::Money:
      return as_money(value);
    case FactType::Ratio:
      return as_ratio(value);
    case FactType::Boolean:
      return as_truth(value);
    case FactType::Day:
      return as_day(value);
    case FactType::Text:
    case FactType::Code:
      return as_text(value, type);
    case FactType::List:
      return std::nullopt;
  }
  return std::nullopt;
}

Status check_value(const Value& value, const FactDefinition& fact, const SourceSpan& where) {
  if (fact.non_negative && value.number() != nullptr && value.number()->is_negative()) {
    return finding("profile.negative",
                   "“" + fact.name + "”不能为负，实为" + value.number()->to_plain(), where);
  }
  if (fact.values.empty() || value.text() == nullptr) return Unit{};
  if (std::ranges::find(fact.values, *value.text()) != fact.values.end()) return Unit{};
  std::string list;
  for (const std::string& allowed : fact.values)
    list += (list.empty() ? "" : "、") + allowed;
  return finding("profile.value",
                 "“" + fact.name + "”没有“" + *value.text() + "”这个取值" +
                     did_you_mean(*value.text(), fact.values),
                 where, "可填：" + list);
}

Result<Value> read_list(const Value& value, const FactDefinition& fact) {
  if (value.list() == nullptr) {
    return finding("profile.type", "“" + fact.name + "”应是列表，实为" + std::string(value.kind()),
                   value.where());
  }
  Value::List items;
  Findings findings;
  model::FactCatalogue fields{fact.fields};
  for (const Value& item : *value.list()) {
    auto profile = read_profile(item, fields, fact.name);
    if (!profile) {
      for (Error& each : as_findings(std::move(profile).error()))
        findings.push_back(std::move(each));
      continue;
    }
    Value::Record record;
    for (const FactDefinition& field : fact.fields) {
      const auto found = profile.value().facts.find(field.name);
      if (found != profile.value().facts.end())
        record.emplace_back(field.name, found->second.value);
    }
    items.emplace_back(std::move(record));
  }
  if (!findings.empty()) return as_error(std::move(findings));
  return Value(std::move(items));
}

std::vector<std::string> names_of(const model::FactCatalogue& catalogue) {
  std::vector<std::string> names;
  for (const FactDefinition& fact : catalogue.facts) {
    names.push_back(fact.name);
    names.insert(names.end(), fact.aliases.begin(), fact.aliases.end());
  }
  return names;
}

}  // namespace

Result<Value> read_fact(const Value& value, const FactDefinition& fact) {
  if (fact.type == FactType::List) return read_list(value, fact);
  auto read = converted(value, fact.type);
  if (!read) {
    const std::string written =
        value.text() != nullptr ? "“" + *value.text() + "”" : std::string(value.kind());
    return finding("profile.type", "“" + fact.name + "”应是" + wanted(fact) + "，实为" + written,
                   value.where());
  }
  if (Status checked = check_value(*read, fact, value.where()); !checked) return checked.error();
  return std::move(*read);
}

Result<model::Profile> read_profile(const Value& record, const model::FactCatalogue& catalogue,
                                    std::string_view source) {
  if (record.record() == nullptr) {
    return finding("profile.shape", "企业应是记录（事实: 值），实为" + std::string(record.kind()),
                   record.where());
  }
  model::Profile profile;
  profile.where = record.where();
  Findings findings;
  for (const auto& [name, value] : *record.record()) {
    const FactDefinition* fact = catalogue.find(name);
    if (fact == nullptr) {
      findings.push_back(finding(
          "profile.unknown-fact",
          "没有名为“" + name + "”的事实" + did_you_mean(name, names_of(catalogue)), value.where()));
      continue;
    }
    if (value.is_null()) continue;
    auto read = read_fact(value, *fact);
    if (!read) {
      for (Error& each : as_findings(std::move(read).error()))
        findings.push_back(std::move(each));
      continue;
    }
    profile.facts[fact->name] = {std::move(read).value(), std::string(source), std::nullopt};
  }
  if (!findings.empty()) return as_error(std::move(findings));
  const auto text_of = [&](const char* name) {
    const auto found = profile.facts.find(name);
    const bool there = found != profile.facts.end() && found->second.value.text() != nullptr;
    return there ? *found->second.value.text() : std::string();
  };
  profile.uscc = text_of("统一社会信用代码");
  profile.name = text_of("企业名称");
  return profile;
}

}  // namespace huice::policy
