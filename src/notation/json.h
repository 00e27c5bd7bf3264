// JSON (RFC 8259), read into values and written from them.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "model/value.h"

namespace huice::notation {

/// Reads one JSON text. Numbers stay exact; days stay text. `file` names the text in errors.
///
/// Errors, with line and column: InvalidInput `json.syntax`, `json.duplicate-key`,
///         `json.number-range` from 1.8e308 on; TooLarge `json.too-deep` beyond 64 levels.
Result<model::Value> read_json(std::string_view utf8, std::string_view file);

/// Writes compact JSON, or indented by two blanks. Numbers are written exactly; days as ISO text.
std::string write_json(const model::Value& value, bool indented = false);

/// A text as a JSON string with its quotation marks; what is no UTF-8 is replaced.
std::string quoted(const std::string& text);

}  // namespace huice::notation
