// What people hand us in YAML, JSON and sheets, as one tree of plain values with places.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "base/result.h"

namespace huice::model {

/// Null, a boolean, an exact number, a text, a day, a list or a record, and where it was written.
///
/// A record keeps the order in which its fields were written; names are unique (the readers
/// refuse doubles). Equality ignores places.
class Value {
 public:
  using List = std::vector<Value>;
  using Field = std::pair<std::string, Value>;
  using Record = std::vector<Field>;
  using Content = std::variant<std::monostate, bool, Decimal, std::string, Date, List, Record>;

  Value();
  Value(Content content);   // NOLINT: by design
  Value(const char* text);  // NOLINT: by design
  Value(std::string text);  // NOLINT: by design
  Value(bool truth);        // NOLINT: by design
  Value(int number);        // NOLINT: by design
  Value(Decimal number);    // NOLINT: by design
  Value(Date day);          // NOLINT: by design
  Value(List list);         // NOLINT: by design
  Value(Record record);     // NOLINT: by design
  // Not here, lest every source that holds a value compile the variant anew.
  Value(const Value& other);
  Value(Value&& other) noexcept;
  Value& operator=(const Value& other);
  Value& operator=(Value&& other) noexcept;
  ~Value();

  const Content& content() const { return content_; }
  Content& content() { return content_; }

  bool is_null() const { return std::holds_alternative<std::monostate>(content_); }
  const bool* truth() const { return std::get_if<bool>(&content_); }
  const Decimal* number() const { return std::get_if<Decimal>(&content_); }
  const std::string* text() const { return std::get_if<std::string>(&content_); }
  const Date* day() const { return std::get_if<Date>(&content_); }
  const List* list() const { return std::get_if<List>(&content_); }
  const Record* record() const { return std::get_if<Record>(&content_); }

  /// The field of a record; nullptr when absent or when this is no record.
  const Value* find(std::string_view name) const;

  /// The kind in Chinese, for messages: `文本`, `数字`, `是否`, `日期`, `列表`, `记录`, `空`.
  std::string_view kind() const;

  /// Where the value was written; nothing is known of computed values.
  SourceSpan where() const;
  void set_place(std::shared_ptr<const std::string> file, int line, int column);

  friend bool operator==(const Value& a, const Value& b);

 private:
  Content content_;
  std::shared_ptr<const std::string> file_;
  int line_ = 0;
  int column_ = 0;
};

}  // namespace huice::model
