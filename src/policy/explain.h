// Matches for readers: Chinese text, JSON-ready values, worksheets; and policies read back.
#pragma once

#include <span>
#include <string>

#include "model/table.h"
#include "model/value.h"
#include "policy/match.h"

namespace huice::policy {

/// One match, with every condition and its reasons, as indented Chinese lines.
std::string explain_text(const Match& match);

/// One line a match: status, title, amounts, what is missing.
std::string summary_text(const EnterpriseMatches& enterprise);

/// A match or an enterprise for JSON. Amounts are numbers in 元 with 分; unknown ends are null.
model::Value to_value(const Match& match);
model::Value to_value(const EnterpriseMatches& enterprise);
/// The same value as compact JSON, without building it.
std::string to_json(const EnterpriseMatches& enterprise);

/// Three worksheets: 企业汇总 (one row an enterprise), 匹配明细 (one row a match) and 待补事实
/// (one row an enterprise and missing fact, with the policies that wait for it).
/// `catalogue` tells where a missing fact usually comes from.
model::Workbook to_workbook(std::span<const EnterpriseMatches> enterprises,
                            const model::FactCatalogue& catalogue, const MatchOptions& options);

/// The policy read back in Chinese, as known on `known_on`; its parameters as of `on`.
std::string show_text(const Library& library, const Policy& policy, Date on, Date known_on);

}  // namespace huice::policy
