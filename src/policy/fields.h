// The fields of one record of a policy file, read strictly: what is wrong is collected.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "base/result.h"
#include "model/value.h"

namespace huice::policy {

/// Makes one finding of a policy file.
Error finding(std::string id, std::string message, const SourceSpan& where, std::string hint = {});

/// `，是否想写“…”？` when some name is near to `wrong`, else `？`-less nothing.
std::string did_you_mean(std::string_view wrong, const std::vector<std::string>& names);

class Fields {
 public:
  /// `what` names the record in messages: `政策`, `条件`. A value that is no record is a finding,
  /// and every field is then absent.
  Fields(const model::Value& value, std::string what, Findings& findings);

  /// Every other key is `policy.unknown-key`.
  void allow_only(std::initializer_list<std::string_view> keys);

  const model::Value* find(std::string_view key) const;
  /// As find(); absence is `policy.missing-key`.
  const model::Value* require(std::string_view key);
  bool has(std::string_view key) const { return find(key) != nullptr; }

  /// Empty when absent.
  std::string text(std::string_view key);
  std::string required_text(std::string_view key);
  std::optional<Date> day(std::string_view key);
  std::optional<Date> required_day(std::string_view key);
  std::optional<Decimal> number(std::string_view key);
  /// A whole number from `least` to `most`; anything else is `policy.number`.
  std::optional<int> whole_number(std::string_view key, int least, int most);
  bool flag(std::string_view key);
  /// A list of texts, or one text.
  std::vector<std::string> texts(std::string_view key);
  /// The items of a list; nothing when absent.
  std::vector<model::Value> items(std::string_view key);
  /// A text that must be one of `words`; the index of the word.
  std::optional<std::size_t> word(std::string_view key, const std::vector<std::string>& words);

  const SourceSpan& where() const { return where_; }
  void report(std::string id, std::string message, const SourceSpan& where, std::string hint = {});

 private:
  void wrong_kind(std::string_view key, const model::Value& value, std::string_view wanted);

  const model::Value& value_;
  std::string what_;
  SourceSpan where_;
  Findings& findings_;
};

}  // namespace huice::policy
