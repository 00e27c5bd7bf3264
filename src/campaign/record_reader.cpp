#include "campaign/record_reader.h"

#include <algorithm>
#include <utility>

#include "text/suggest.h"

namespace huice::campaign {
namespace {

// More names than this are not listed in a hint.
constexpr std::size_t kMostListedNames = 12;

const model::Value::List kNoItems;

}  // namespace

Error finding(std::string id, std::string message, const SourceSpan& where, std::string hint) {
  return {.code = ErrorCode::InvalidInput,
          .id = std::move(id),
          .message = std::move(message),
          .where = where,
          .hint = std::move(hint)};
}

std::string name_hint(std::string_view wrong, const std::vector<std::string>& names) {
  if (const auto near = text::closest(wrong, names)) return "是否想写“" + std::string(*near) + "”";
  if (names.empty() || names.size() > kMostListedNames) return {};
  std::string hint = "可写：";
  for (const std::string& name : names)
    hint.append(&name == &names.front() ? "" : "、") += name;
  return hint;
}

RecordReader::RecordReader(const model::Value& value, std::string what, Findings& findings)
    : value_(value), what_(std::move(what)), findings_(findings) {
  if (value_.record() != nullptr) return;
  add("campaign.wrong-type", "应是记录（键: 值），实为" + std::string(value_.kind()), where());
}

void RecordReader::add(std::string id, const std::string& message, const SourceSpan& where,
                       std::string hint) {
  findings_.push_back(finding(std::move(id), what_ + "：" + message, where, std::move(hint)));
}

const model::Value* RecordReader::look(std::string_view key) {
  if (std::ranges::find(known_, key) == known_.end()) known_.emplace_back(key);
  return value_.find(key);
}

bool RecordReader::has(std::string_view key) {
  const model::Value* found = look(key);
  return found != nullptr && !found->is_null();
}

SourceSpan RecordReader::where(std::string_view key) const {
  const model::Value* found = value_.find(key);
  return found != nullptr ? found->where() : value_.where();
}

const model::Value* RecordReader::field(std::string_view key) {
  const model::Value* found = look(key);
  if (found != nullptr && !found->is_null()) return found;
  if (value_.record() != nullptr) {
    add("campaign.missing-key", "缺 " + std::string(key), where(key),
        "补写 " + std::string(key) + ": …");
  }
  return nullptr;
}

void RecordReader::wrong_kind(std::string_view key, std::string_view wanted,
                              const model::Value& found) {
  const bool quote = wanted == "文本" && (found.number() != nullptr || found.truth() != nullptr ||
                                          found.day() != nullptr);
  std::string hint = quote ? "加上英文双引号，使它成为文本" : "";
  if (wanted == "日期") hint = "写成 2026-05-07 的样子";
  add("campaign.wrong-type",
      std::string(key) + " 应是" + std::string(wanted) + "，实为" + std::string(found.kind()),
      found.where(), std::move(hint));
}

std::string RecordReader::text(std::string_view key) {
  const model::Value* found = field(key);
  if (found == nullptr) return {};
  if (const std::string* text = found->text(); text != nullptr && !text->empty()) return *text;
  wrong_kind(key, "文本", *found);
  return {};
}

std::string RecordReader::optional_text(std::string_view key) {
  return has(key) ? text(key) : std::string();
}

Decimal RecordReader::number(std::string_view key) {
  const model::Value* found = field(key);
  if (found == nullptr) return {};
  if (const Decimal* number = found->number()) return *number;
  wrong_kind(key, "数字", *found);
  return {};
}

std::optional<Decimal> RecordReader::optional_number(std::string_view key) {
  return has(key) ? std::optional(number(key)) : std::nullopt;
}

int RecordReader::integer(std::string_view key) {
  constexpr std::int64_t kMost = 1'000'000'000;
  const model::Value* found = field(key);
  if (found == nullptr) return 0;
  const auto whole = found->number() != nullptr ? found->number()->to_int64() : std::nullopt;
  if (whole && *whole >= -kMost && *whole <= kMost) return static_cast<int>(*whole);
  wrong_kind(key, "整数", *found);
  return 0;
}

Date RecordReader::day(std::string_view key) {
  const model::Value* found = field(key);
  if (found == nullptr) return {};
  if (const Date* day = found->day()) return *day;
  if (const auto* text = found->text()) {  // JSON has no days
    if (const auto parsed = Date::parse(*text)) return *parsed;
  }
  wrong_kind(key, "日期", *found);
  return {};
}

std::optional<Date> RecordReader::optional_day(std::string_view key) {
  return has(key) ? std::optional(day(key)) : std::nullopt;
}

std::vector<std::string> RecordReader::optional_texts(std::string_view key) {
  std::vector<std::string> texts;
  for (const model::Value& item : optional_list(key)) {
    if (item.text() != nullptr) {
      texts.push_back(*item.text());
    } else {
      wrong_kind(std::string(key) + " 的每一项", "文本", item);
    }
  }
  return texts;
}

std::vector<std::string> RecordReader::texts(std::string_view key) {
  return field(key) != nullptr ? optional_texts(key) : std::vector<std::string>();
}

const model::Value::List& RecordReader::optional_list(std::string_view key, std::size_t most) {
  const model::Value* found = look(key);
  if (found == nullptr || found->is_null()) return kNoItems;
  if (const auto* list = found->list()) {
    if (list->size() <= most) return *list;
    add("campaign.too-large",
        std::string(key) + " 有 " + std::to_string(list->size()) + " 项，至多 " +
            std::to_string(most) + " 项",
        found->where());
    findings_.back().code = ErrorCode::TooLarge;
    return kNoItems;
  }
  wrong_kind(key, "列表", *found);
  return kNoItems;
}

const model::Value::List& RecordReader::list(std::string_view key, std::size_t most) {
  return field(key) != nullptr ? optional_list(key, most) : kNoItems;
}

void RecordReader::finish() {
  if (value_.record() == nullptr) return;
  for (const auto& [key, value] : *value_.record()) {
    if (std::ranges::find(known_, key) != known_.end()) continue;
    add("campaign.unknown-key", "不认识 " + key, value.where(), name_hint(key, known_));
  }
}

}  // namespace huice::campaign
