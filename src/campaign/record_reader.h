// Reading the records of people's files strictly, with every finding kept.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "base/result.h"
#include "model/value.h"

namespace huice::campaign {

/// The longest lists: a county has some hundreds of problems and entries a year, some dozens of
/// units and towns, and a scheme of two pages.
inline constexpr std::size_t kMaxListItems = 10'000;
inline constexpr std::size_t kMaxAssignments = 2'000;
inline constexpr std::size_t kMaxOffices = 20'000;
inline constexpr std::size_t kMaxSchemeItems = 100;

/// A finding at a place. `id` is given whole.
Error finding(std::string id, std::string message, const SourceSpan& where, std::string hint = {});

/// The fields of one record. What a reader asks for is known; finish() reports the rest.
///
/// A field that is missing or of the wrong kind gives an empty value and a finding, so that reading
/// goes on. A list longer than its limit is reported (`campaign.too-large`) and left out.
class RecordReader {
 public:
  /// `what` names the record in messages: `第3个问题`. Reports a value that is no record.
  RecordReader(const model::Value& value, std::string what, Findings& findings);

  bool has(std::string_view key);
  SourceSpan where(std::string_view key) const;  ///< of the field, or of the record
  SourceSpan where() const { return value_.where(); }

  std::string text(std::string_view key);  ///< not empty
  std::string optional_text(std::string_view key);
  Decimal number(std::string_view key);
  std::optional<Decimal> optional_number(std::string_view key);
  int integer(std::string_view key);
  Date day(std::string_view key);  ///< also as ISO text, as JSON has it
  std::optional<Date> optional_day(std::string_view key);
  std::vector<std::string> texts(std::string_view key);           ///< at least one
  std::vector<std::string> optional_texts(std::string_view key);  ///< may be absent or empty
  /// Must be there.
  const model::Value::List& list(std::string_view key, std::size_t most = kMaxListItems);
  const model::Value::List& optional_list(std::string_view key, std::size_t most = kMaxListItems);
  /// nullptr, with a finding, when it is missing.
  const model::Value* field(std::string_view key);

  /// Reports each field that was not asked for, with the nearest name as the hint.
  void finish();

  const std::string& what() const { return what_; }
  void add(std::string id, const std::string& message, const SourceSpan& where,
           std::string hint = {});

 private:
  const model::Value* look(std::string_view key);
  void wrong_kind(std::string_view key, std::string_view wanted, const model::Value& found);

  const model::Value& value_;
  std::string what_;
  Findings& findings_;
  std::vector<std::string> known_;
};

/// `“甲”；是否想写“乙”` style hint: the nearest of `names`, or all of them when they are few.
std::string name_hint(std::string_view wrong, const std::vector<std::string>& names);

}  // namespace huice::campaign
