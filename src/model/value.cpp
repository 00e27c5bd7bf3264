#include "model/value.h"

#include <algorithm>
#include <array>

namespace huice::model {

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
