// A workbook of the whole county's matches, put together from what each enterprise adds to it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/profile.h"
#include "model/table.h"
#include "policy/decision_file.h"
#include "policy/library.h"
#include "policy/match.h"

namespace huice::service {

/// The same worksheets as `huice match --out` writes: 企业汇总, 匹配明细, 待补事实, and 分类和建议
/// where a decision says something of somebody.
class MatchWorkbook {
 public:
  MatchWorkbook(const model::FactCatalogue& catalogue, const policy::MatchOptions& options);

  /// What one enterprise adds to each worksheet, as JSON to be kept until all are there.
  static std::string rows_of(const policy::Library& library,
                             std::span<const policy::DecisionFile> decisions,
                             const model::FactCatalogue& catalogue, const model::Profile& profile,
                             const policy::MatchOptions& options);

  /// Errors: those of JSON.
  Status add(std::string_view rows);

  model::Workbook finish() &&;

 private:
  model::Workbook book_;
};

}  // namespace huice::service
