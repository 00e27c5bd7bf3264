// Identifiers that Chinese registers give out, and what makes them well formed.
#pragma once

#include <string_view>

namespace huice::model {

/// Whether `code` is a well-formed 统一社会信用代码: 18 digits and capitals (no I, O, S, V, Z)
/// whose last one checks the others. Source: GB 32100-2015, clause 5 (ISO 7064-like, modulus 31).
bool is_uscc(std::string_view code);

}  // namespace huice::model
