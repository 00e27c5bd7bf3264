#include "feel/value.h"

#include <algorithm>
#include <array>

#include "feel/function.h"

namespace huice::feel {
namespace {

constexpr std::size_t kIndexedFrom = 12;  // below it a linear search is the faster one

struct KindNames {
  std::string_view feel;
  std::string_view chinese;
};
constexpr std::array<KindNames, 13> kKindNames = {{{"null", "空"},
                                                   {"boolean", "是否"},
                                                   {"number", "数字"},
                                                   {"string", "文本"},
                                                   {"date", "日期"},
                                                   {"time", "时刻"},
                                                   {"date and time", "日期时刻"},
                                                   {"years and months duration", "年月时长"},
                                                   {"days and time duration", "日时时长"},
                                                   {"list", "列表"},
                                                   {"context", "记录"},
                                                   {"range", "区间"},
                                                   {"function", "函数"}}};

}  // namespace

std::string_view type_name(Kind kind) {
  return kKindNames[static_cast<std::size_t>(kind)].feel;
}

std::string_view kind_in_chinese(Kind kind) {
  return kKindNames[static_cast<std::size_t>(kind)].chinese;
}

Value::Value() = default;
Value::Value(bool truth) : content_(truth) {}
Value::Value(int number) : content_(Decimal(number)) {}
Value::Value(std::int64_t number) : content_(Decimal(number)) {}
Value::Value(Decimal number) : content_(number) {}
Value::Value(std::string text) : content_(std::move(text)) {}
Value::Value(const char* text) : content_(std::string(text)) {}
Value::Value(std::string_view text) : content_(std::string(text)) {}
Value::Value(huice::Date date) : content_(CivilDate(date)) {}
Value::Value(CivilDate date) : content_(date) {}
Value::Value(ClockTime time) : content_(std::move(time)) {}
Value::Value(Moment moment) : content_(std::move(moment)) {}
Value::Value(MonthsDuration span) : content_(span) {}
Value::Value(SecondsDuration span) : content_(span) {}
Value::Value(List items) : content_(std::make_shared<const List>(std::move(items))) {}
Value::Value(Context context) : content_(std::make_shared<const Context>(std::move(context))) {}
Value::Value(Range range) : content_(std::make_shared<const Range>(std::move(range))) {}
Value::Value(std::shared_ptr<const Context> context) {
  if (context) content_ = std::move(context);
}
Value::Value(std::shared_ptr<const Function> function) {
  if (function) content_ = std::move(function);
}
Value::Value(const Value& other) = default;
Value::Value(Value&& other) noexcept = default;
Value& Value::operator=(const Value& other) = default;
Value& Value::operator=(Value&& other) noexcept = default;
Value::~Value() = default;

const Value::List* Value::list() const {
  const auto* held = std::get_if<std::shared_ptr<const List>>(&content_);
  return held == nullptr ? nullptr : held->get();
}

const Context* Value::context() const {
  const auto* held = std::get_if<std::shared_ptr<const Context>>(&content_);
  return held == nullptr ? nullptr : held->get();
}

std::shared_ptr<const Context> Value::shared_context() const {
  const auto* held = std::get_if<std::shared_ptr<const Context>>(&content_);
  return held == nullptr ? nullptr : *held;
}

const Range* Value::range() const {
  const auto* held = std::get_if<std::shared_ptr<const Range>>(&content_);
  return held == nullptr ? nullptr : held->get();
}

const Function* Value::function() const {
  const auto* held = std::get_if<std::shared_ptr<const Function>>(&content_);
  return held == nullptr ? nullptr : held->get();
}

Context::Context(std::initializer_list<Entry> entries) {
  for (const Entry& entry : entries)
    put(entry.first, entry.second);
}

void Context::put(std::string name, Value value) {
  if (const Value* there = find(name)) {
    entries_[static_cast<std::size_t>(
                 std::ranges::find_if(entries_,
                                      [&](const Entry& each) { return &each.second == there; }) -
                 entries_.begin())]
        .second = std::move(value);
    return;
  }
  entries_.emplace_back(std::move(name), std::move(value));
  if (!index_.empty()) {
    index_.emplace(entries_.back().first, entries_.size() - 1);
  } else if (entries_.size() >= kIndexedFrom) {
    index();
  }
}

void Context::remove(std::string_view name) {
  std::erase_if(entries_, [&](const Entry& each) { return each.first == name; });
  index_.clear();
  if (entries_.size() >= kIndexedFrom) index();
}

void Context::index() {
  for (std::size_t i = 0; i < entries_.size(); ++i)
    index_.emplace(entries_[i].first, i);
}

const Value* Context::find(std::string_view name) const {
  if (!index_.empty()) {
    const auto found = index_.find(name);
    return found == index_.end() ? nullptr : &entries_[found->second].second;
  }
  for (const Entry& entry : entries_) {
    if (entry.first == name) return &entry.second;
  }
  return nullptr;
}

Value from_model(const model::Value& value) {
  struct Convert {
    Value operator()(std::monostate) const { return {}; }
    Value operator()(bool truth) const { return truth; }
    Value operator()(const Decimal& number) const { return number; }
    Value operator()(const std::string& text) const { return text; }
    Value operator()(const Date& day) const { return day; }
    Value operator()(const model::Value::List& items) const {
      Value::List list;
      list.reserve(items.size());
      for (const auto& item : items)
        list.push_back(from_model(item));
      return list;
    }
    Value operator()(const model::Value::Record& fields) const {
      Context context;
      for (const auto& [name, field] : fields)
        context.put(name, from_model(field));
      return context;
    }
  };
  return std::visit(Convert{}, value.content());
}

model::Value to_model(const Value& value) {
  switch (value.kind()) {
    case Kind::Null:
    case Kind::Function:
      return {};
    case Kind::Boolean:
      return *value.truth();
    case Kind::Number:
      return *value.number();
    case Kind::Date: {
      const auto date = value.date()->to_date();
      return date ? model::Value(*date) : model::Value(to_string(value));
    }
    case Kind::List: {
      model::Value::List items;
      for (const Value& item : *value.list())
        items.push_back(to_model(item));
      return items;
    }
    case Kind::Context: {
      model::Value::Record fields;
      for (const auto& [name, field] : value.context()->entries())
        fields.emplace_back(name, to_model(field));
      return fields;
    }
    default:
      return to_string(value);
  }
}

}  // namespace huice::feel
