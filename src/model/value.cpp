#include "model/value.h"

#include <algorithm>
#include <array>

namespace huice::model {

Value::Value() = default;
Value::Value(Content content) : content_(std::move(content)) {}
Value::Value(const char* text) : content_(std::string(text)) {}
Value::Value(std::string text) : content_(std::move(text)) {}
Value::Value(bool truth) : content_(truth) {}
Value::Value(int number) : content_(Decimal(number)) {}
Value::Value(Decimal number) : content_(number) {}
Value::Value(Date day) : content_(day) {}
Value::Value(List list) : content_(std::move(list)) {}
Value::Value(Record record) : content_(std::move(record)) {}
Value::Value(const Value& other) = default;
Value::Value(Value&& other) noexcept = default;
Value& Value::operator=(const Value& other) = default;
Value& Value::operator=(Value&& other) noexcept = default;
Value::~Value() = default;

bool operator==(const Value& a, const Value& b) {
  return a.content_ == b.content_;
}

const Value* Value::find(std::string_view name) const {
  const Record* fields = record();
  if (fields == nullptr) return nullptr;
  const auto field =
      std::ranges::find_if(*fields, [&](const Field& each) { return each.first == name; });
  return field == fields->end() ? nullptr : &field->second;
}

std::string_view Value::kind() const {
  static constexpr std::array<std::string_view, 7> kKinds = {"空",   "是否", "数字", "文本",
                                                             "日期", "列表", "记录"};
  return kKinds[content_.index()];
}

SourceSpan Value::where() const {
  return {.file = file_ ? *file_ : std::string(), .line = line_, .column = column_, .part = {}};
}

void Value::set_place(std::shared_ptr<const std::string> file, int line, int column) {
  file_ = std::move(file);
  line_ = line;
  column_ = column;
}

}  // namespace huice::model
