#include "policy/fields.h"

#include <algorithm>

#include "text/suggest.h"

namespace huice::policy {

Error finding(std::string id, std::string message, const SourceSpan& where, std::string hint) {
  return {.code = ErrorCode::InvalidInput,
          .id = std::move(id),
          .message = std::move(message),
          .where = where,
          .hint = std::move(hint)};
}

std::string did_you_mean(std::string_view wrong, const std::vector<std::string>& names) {
  const auto near = text::closest(wrong, names);
  return near ? "，是否想写“" + std::string(*near) + "”？" : std::string();
}

Fields::Fields(const model::Value& value, std::string what, Findings& findings)
    : value_(value), what_(std::move(what)), where_(value.where()), findings_(findings) {
  if (value.record() == nullptr) {
    report("policy.shape", what_ + "应是记录（键: 值），实为" + std::string(value.kind()), where_);
  }
}

void Fields::report(std::string id, std::string message, const SourceSpan& where,
                    std::string hint) {
  findings_.push_back(finding(std::move(id), std::move(message), where, std::move(hint)));
}

void Fields::allow_only(std::initializer_list<std::string_view> keys) {
  if (value_.record() == nullptr) return;
  const std::vector<std::string> known(keys.begin(), keys.end());
  for (const auto& [key, value] : *value_.record()) {
    if (std::ranges::find(known, key) != known.end()) continue;
    report("policy.unknown-key", what_ + "没有名为“" + key + "”的项" + did_you_mean(key, known),
           value.where());
  }
}

const model::Value* Fields::find(std::string_view key) const {
  const model::Value* value = value_.find(key);
  return value == nullptr || value->is_null() ? nullptr : value;
}

const model::Value* Fields::require(std::string_view key) {
  const model::Value* value = find(key);
  if (value == nullptr && value_.record() != nullptr) {
    report("policy.missing-key", what_ + "缺少“" + std::string(key) + "”", where_);
  }
  return value;
}

void Fields::wrong_kind(std::string_view key, const model::Value& value, std::string_view wanted) {
  std::string hint = wanted == "文本" ? "数字、日期和 true/false 当文本用时请加引号" : "";
  report(
      "policy.type",
      "“" + std::string(key) + "”应是" + std::string(wanted) + "，实为" + std::string(value.kind()),
      value.where(), std::move(hint));
}

std::string Fields::text(std::string_view key) {
  const model::Value* value = find(key);
  if (value == nullptr) return {};
  if (value->text() != nullptr) return *value->text();
  wrong_kind(key, *value, "文本");
  return {};
}

std::string Fields::required_text(std::string_view key) {
  return require(key) == nullptr ? std::string() : text(key);
}

std::optional<Date> Fields::day(std::string_view key) {
  const model::Value* value = find(key);
  if (value == nullptr) return std::nullopt;
  if (value->day() != nullptr) return *value->day();
  if (value->text() != nullptr) {
    if (const auto day = Date::parse(*value->text())) return day;
  }
  const std::string written =
      value->text() != nullptr ? "“" + *value->text() + "”" : std::string(value->kind());
  report("policy.date", "“" + std::string(key) + "”应是存在的日期，实为" + written, value->where(),
         "写作 2026-05-07");
  return std::nullopt;
}

std::optional<Date> Fields::required_day(std::string_view key) {
  return require(key) == nullptr ? std::nullopt : day(key);
}

std::optional<Decimal> Fields::number(std::string_view key) {
  const model::Value* value = find(key);
  if (value == nullptr) return std::nullopt;
  if (value->number() != nullptr) return *value->number();
  wrong_kind(key, *value, "数字");
  return std::nullopt;
}

std::optional<int> Fields::whole_number(std::string_view key, int least, int most) {
  const auto written = number(key);
  if (!written) return std::nullopt;
  const auto whole = written->to_int64();
  if (whole && least <= *whole && *whole <= most) return static_cast<int>(*whole);
  report("policy.number",
         "“" + std::string(key) + "”应是" + std::to_string(least) + "至" + std::to_string(most) +
             "的整数，实为" + written->to_plain(),
         find(key)->where());
  return std::nullopt;
}

bool Fields::flag(std::string_view key) {
  const model::Value* value = find(key);
  if (value == nullptr) return false;
  if (value->truth() != nullptr) return *value->truth();
  wrong_kind(key, *value, "true 或 false");
  return false;
}

std::vector<std::string> Fields::texts(std::string_view key) {
  const model::Value* value = find(key);
  if (value == nullptr) return {};
  if (value->text() != nullptr) return {*value->text()};
  std::vector<std::string> texts;
  for (const model::Value& item : items(key)) {
    if (item.text() != nullptr) {
      texts.push_back(*item.text());
    } else {
      wrong_kind(key, item, "文本");
    }
  }
  return texts;
}

std::vector<model::Value> Fields::items(std::string_view key) {
  const model::Value* value = find(key);
  if (value == nullptr) return {};
  if (value->list() != nullptr) return *value->list();
  wrong_kind(key, *value, "列表");
  return {};
}

std::optional<std::size_t> Fields::word(std::string_view key,
                                        const std::vector<std::string>& words) {
  const std::string written = text(key);
  if (written.empty()) return std::nullopt;
  const auto found = std::ranges::find(words, written);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  std::string list;
  for (const std::string& word : words)
    list += (list.empty() ? "" : "、") + word;
  report("policy.unknown-value",
         "“" + std::string(key) + "”不能是“" + written + "”" + did_you_mean(written, words),
         find(key)->where(), "可写：" + list);
  return std::nullopt;
}

}  // namespace huice::policy
