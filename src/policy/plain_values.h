// Amounts, days and texts as plain values for JSON, written alike everywhere.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/money.h"
#include "model/value.h"
#include "policy/match.h"

namespace huice::policy {

/// Null for an empty text.
inline model::Value optional_text(const std::string& text) {
  return text.empty() ? model::Value() : model::Value(text);
}

inline model::Value text_list(const std::vector<std::string>& items) {
  model::Value::List list;
  for (const std::string& item : items)
    list.emplace_back(item);
  return {std::move(list)};
}

inline model::Value optional_day(const std::optional<Date>& day) {
  return day ? model::Value(*day) : model::Value();
}

/// In 元 with 分; null when unknown.
inline model::Value yuan(const std::optional<Money>& money) {
  return money ? model::Value(money->to_yuan()) : model::Value();
}

inline model::Value amount_value(const Amount& amount) {
  return model::Value::Record{{"low", yuan(amount.low)},
                              {"high", yuan(amount.high)},
                              {"exact", amount.is_exact()},
                              {"text", to_text(amount)}};
}

}  // namespace huice::policy
