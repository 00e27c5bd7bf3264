// What is known of many enterprises, a column a fact.
//
// Numbers are whole multiples of 10^-scale, days are days since 1970, everything else is a code
// into a dictionary of distinct values. A row that holds something a column cannot (a number of too
// many digits, a value of the wrong kind) is odd: it keeps its profile and goes to the scalar
// engine whole.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "model/profile.h"

namespace huice::bulk {

/// Stands for an unknown number.
inline constexpr std::int64_t kUnknown = INT64_MIN;
/// No known number is larger than this, so that sums and products of two have room.
inline constexpr std::int64_t kMaxNumber = 100'000'000'000'000'000;
/// Digits after the point that a column may have.
inline constexpr int kMaxScale = 8;

struct Column {
  model::FactDefinition fact;
  bool is_number = false;  ///< numbers and days; else codes
  int scale = 0;
  std::vector<std::int64_t> numbers;
  std::vector<std::uint32_t> codes;  ///< 0 is unknown, else the place in `values` plus one
  std::vector<model::Value> values;
  std::int64_t largest = 0;                ///< no number is larger in size
  std::optional<std::size_t> unknown_row;  ///< the first row without a number

  bool is_day() const { return fact.type == model::FactType::Day; }
  /// The value `number` stands for.
  model::Value value_of(std::int64_t number) const;
  /// Of a row; null when unknown.
  model::Value value_at(std::size_t row) const;
  /// Finds `largest` and `unknown_row`.
  void survey();
  /// Puts `value` into the first row of numbers; false when it does not fit. Other values are only
  /// looked at.
  bool restate(const model::Value& value);
};

class Columns {
 public:
  std::size_t rows() const { return rows_; }
  /// nullptr when no enterprise tells the fact.
  const Column* find(std::string_view fact) const;
  const std::map<std::size_t, model::Profile>& odd() const { return odd_; }
  /// The row as a profile, with the named facts only.
  model::Profile profile(std::size_t row, std::span<const std::string> facts) const;

  /// A single row of which nothing is known yet: what a library can be compiled against before any
  /// enterprise is there. Numbers have room for `kOpenScale` digits after the point.
  static Columns open_row(std::span<const model::FactDefinition> facts);
  /// Puts the numbers of a profile into the single row. False when the profile holds something
  /// that columns cannot, in any of its facts.
  bool restate(const model::Profile& profile, Date on);
  static constexpr int kOpenScale = 4;
  static constexpr std::int64_t kOpenLargest = 1'000'000'000'000'000;

 private:
  friend class ColumnsBuilder;
  std::size_t rows_ = 0;
  std::vector<Column> columns_;
  std::map<std::string, std::size_t, std::less<>> index_;
  std::map<std::size_t, model::Profile> odd_;
};

/// Fills columns row by row.
class ColumnsBuilder {
 public:
  /// Lists and facts of any type; each becomes a column.
  explicit ColumnsBuilder(std::span<const model::FactDefinition> facts);

  /// Opens the next row, all unknown.
  void begin_row() {
    if (rows_ == room_) make_room();
    ++rows_;
  }
  /// Sets column `at` (in the order of the constructor) of the open row. What does not fit makes
  /// the row odd; call set_odd() with the whole profile then. Returns whether it fitted.
  bool set(std::size_t at, const model::Value& value);
  /// Fast ways in for values known to fit: a number at the column's scale, a code of code_of().
  void set_number(std::size_t at, std::int64_t number) { columns_[at].numbers[rows_ - 1] = number; }
  void set_code(std::size_t at, std::uint32_t code) { columns_[at].codes[rows_ - 1] = code; }
  std::uint32_t code_of(std::size_t at, const model::Value& value);
  void set_odd(model::Profile profile);
  const Column& column(std::size_t at) const { return columns_[at]; }
  std::size_t rows() const { return rows_; }
  void reserve(std::size_t rows);
  /// Gives number column `at` at least `scale` digits after the point.
  void widen(std::size_t at, int scale);

  Columns finish();

 private:
  bool set_decimal(Column& column, std::size_t at, const Decimal& number);
  void make_room();

  std::size_t rows_ = 0;
  std::size_t room_ = 0;  ///< rows that the columns have, unknown from `rows_` on
  std::vector<Column> columns_;
  std::vector<std::unordered_map<std::string, std::uint32_t>> codes_;
  std::map<std::size_t, model::Profile> odd_;
};

/// A profile as the next row of a builder of `facts`, as of a day; facts that are not named are
/// dropped. Where a fact is not told but a year series tells it, that figure is taken.
void add_row(ColumnsBuilder& builder, const model::Profile& profile,
             std::span<const model::FactDefinition> facts, Date on);

/// Profiles as columns, row by row as above.
Columns columns_of(std::span<const model::Profile> profiles,
                   std::span<const model::FactDefinition> facts, Date on);

}  // namespace huice::bulk
