// The values of FEEL, with its equality, its order and its texts.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "feel/temporal.h"
#include "model/value.h"

namespace huice::feel {

class Context;
struct Function;
struct Range;

/// What a value is. `Date`, `Time` and the durations are distinct types that never compare equal.
enum class Kind {
  Null,
  Boolean,
  Number,
  Text,
  Date,
  Time,
  DateTime,
  MonthsDuration,
  DaysDuration,
  List,
  Context,
  Range,
  Function
};

/// The FEEL name of the kind: `days and time duration`.
std::string_view type_name(Kind kind);
/// The kind in Chinese, for messages: `数字`, `是否`, `时长`.
std::string_view kind_in_chinese(Kind kind);

/// A value of FEEL. Copies are cheap: lists, contexts, ranges and functions are shared.
class Value {
 public:
  using List = std::vector<Value>;

  Value();
  Value(bool truth);                                // NOLINT: by design
  Value(int number);                                // NOLINT: by design
  Value(std::int64_t number);                       // NOLINT: by design
  Value(Decimal number);                            // NOLINT: by design
  Value(std::string text);                          // NOLINT: by design
  Value(const char* text);                          // NOLINT: by design
  Value(std::string_view text);                     // NOLINT: by design
  Value(huice::Date date);                          // NOLINT: by design
  Value(CivilDate date);                            // NOLINT: by design
  Value(ClockTime time);                            // NOLINT: by design
  Value(Moment moment);                             // NOLINT: by design
  Value(MonthsDuration span);                       // NOLINT: by design
  Value(SecondsDuration span);                      // NOLINT: by design
  Value(List items);                                // NOLINT: by design
  Value(Context context);                           // NOLINT: by design
  Value(std::shared_ptr<const Context> context);    // NOLINT: by design
  Value(Range range);                               // NOLINT: by design
  Value(std::shared_ptr<const Function> function);  // NOLINT: by design
  // Not here, lest every source that holds a value compile the variant anew.
  Value(const Value& other);
  Value(Value&& other) noexcept;
  Value& operator=(const Value& other);
  Value& operator=(Value&& other) noexcept;
  ~Value();

  /// A number, or null when there is none: what Decimal's arithmetic gives.
  template <class T>
  static Value of(std::optional<T> maybe) {
    return maybe ? Value(std::move(*maybe)) : Value();
  }

  Kind kind() const { return static_cast<Kind>(content_.index()); }
  bool is_null() const { return kind() == Kind::Null; }
  bool is_true() const { return truth() != nullptr && *truth(); }
  bool is_false() const { return truth() != nullptr && !*truth(); }

  /// Each is nullptr when the value is of another kind.
  const bool* truth() const { return std::get_if<bool>(&content_); }
  const Decimal* number() const { return std::get_if<Decimal>(&content_); }
  const std::string* text() const { return std::get_if<std::string>(&content_); }
  const CivilDate* date() const { return std::get_if<CivilDate>(&content_); }
  const ClockTime* time() const { return std::get_if<ClockTime>(&content_); }
  const Moment* moment() const { return std::get_if<Moment>(&content_); }
  const MonthsDuration* months() const { return std::get_if<MonthsDuration>(&content_); }
  const SecondsDuration* seconds() const { return std::get_if<SecondsDuration>(&content_); }
  const List* list() const;
  const Context* context() const;
  const Range* range() const;
  const Function* function() const;
  std::shared_ptr<const Context> shared_context() const;

  /// Sameness for containers and tests: kinds and contents agree; 1.0 is 1. Functions are the
  /// same only when they are one object. FEEL's own `=` is equal() below.
  friend bool operator==(const Value& a, const Value& b);

 private:
  std::variant<std::monostate, bool, Decimal, std::string, CivilDate, ClockTime, Moment,
               MonthsDuration, SecondsDuration, std::shared_ptr<const List>,
               std::shared_ptr<const Context>, std::shared_ptr<const Range>,
               std::shared_ptr<const Function>>
      content_;
};

/// Named values in the order in which they were put; a name is there once. Used for the contexts
/// of FEEL and for the facts an expression is evaluated against.
class Context {
 public:
  using Entry = std::pair<std::string, Value>;

  Context() = default;
  Context(std::initializer_list<Entry> entries);

  /// Replaces the value in place when the name is there.
  void put(std::string name, Value value);
  void remove(std::string_view name);
  /// nullptr when there is no such name.
  const Value* find(std::string_view name) const;
  const std::vector<Entry>& entries() const { return entries_; }
  bool empty() const { return entries_.empty(); }
  std::size_t size() const { return entries_.size(); }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>()(s); }
  };
  void index();

  std::vector<Entry> entries_;
  std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> index_;  // when large
};

/// `[1..10)`. `>= 5` as a value has no high end; that differs from a high end that is null, with
/// which nothing can be compared.
struct Range {
  Value low;
  Value high;
  bool low_closed = true;
  bool high_closed = true;
  bool has_low = true;
  bool has_high = true;
};

/// FEEL's `=`: nullopt (null) when the kinds cannot be compared. null equals only null.
std::optional<bool> equal(const Value& a, const Value& b);

/// FEEL's order: below 0, 0 or above 0; nullopt when there is none (null, other kinds, lists).
std::optional<int> order(const Value& a, const Value& b);

/// Whether `value` lies in `range`; nullopt when it cannot be compared with the ends.
std::optional<bool> contains(const Range& range, const Value& value);

/// The value as facts and files hold it. Records become contexts.
Value from_model(const model::Value& value);

/// The value for files and messages. Times, durations and ranges become their text; a date beyond
/// the years 1 to 9999 too. Functions become null.
model::Value to_model(const Value& value);

/// As FEEL writes it: `"文本"`, `12.5`, `date("2026-05-07")`, `[1, 2]`, `{a: 1}`. Parsing the text
/// gives the value back, functions excepted.
std::string to_text(const Value& value);

/// As a Chinese reader expects it: `是`, `2026年5月7日`, `3个月`, `甲、乙`; null is `空`.
std::string to_chinese(const Value& value);

/// What FEEL's string() gives: text bare at top level, the rest as to_text without quotes.
std::string to_string(const Value& value);

}  // namespace huice::feel
