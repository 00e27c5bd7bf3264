// Errors as people see them on a terminal, and as editors parse them.
#pragma once

#include <ostream>
#include <string>

#include "base/result.h"

namespace huice::cli {

/// Exit statuses of the command line.
inline constexpr int kDone = 0;
inline constexpr int kRejected = 1;
inline constexpr int kUsage = 2;
inline constexpr int kEnvironment = 3;

/// One finding:
///
///     policies/x.yaml:8:37: error: 金额应形如 300万元，实为“三百万”
///        8 |   limit: 三百万
///          |          ^
///       怎么办：写阿拉伯数字……
///       编号：money.format
///
/// Columns count code points from 1; the caret counts display cells, so a 汉字 takes two.
/// `severity` is `error`, `warning` or `note`.
std::string finding_text(const Error& finding, std::string_view severity = "error");

/// Prints the error and all it carries; returns the exit status that fits its code.
int report(std::ostream& out, const Error& error);

}  // namespace huice::cli
