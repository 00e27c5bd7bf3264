// Matches as worksheets.
#include <algorithm>
#include <map>

#include "policy/amounts.h"
#include "policy/explain.h"
#include "policy/sheet_parts.h"
#include "policy/wording.h"

namespace huice::policy {
namespace {

using model::Align;
using model::Cell;

/// Amounts that add up: what is certain, and the upper ends of ceilings and estimates.
struct Totals {
  Money exact;
  Money bounded;
  std::size_t unknown = 0;
};

void add(Totals& totals, const BenefitOutcome& benefit) {
  if (!counts_as_gain(benefit)) return;
  const Amount& amount = benefit.amount;
  if (benefit.nature == Nature::Exact && amount.is_exact()) {
    totals.exact = totals.exact + *amount.low;
  } else if (amount.high) {
    totals.bounded = totals.bounded + *amount.high;
  } else {
    ++totals.unknown;
  }
}

std::size_t count(const EnterpriseMatches& enterprise, Status status) {
  return static_cast<std::size_t>(std::ranges::count(enterprise.matches, status, &Match::status));
}

std::vector<std::string> missing_of(const EnterpriseMatches& enterprise) {
  std::vector<std::string> all;
  for (const Match& match : enterprise.matches) {
    for (const std::string& name : match.missing) {
      if (std::ranges::find(all, name) == all.end()) all.push_back(name);
    }
  }
  return all;
}

model::Sheet summary_sheet(std::span<const EnterpriseMatches> enterprises,
                           const MatchOptions& options) {
  model::Sheet out = sheet("企业汇总", "惠企政策匹配企业汇总表", options,
                           {{"序号", 5},
                            {"企业名称", 24},
                            {"统一社会信用代码", 19},
                            {"可享", 6},
                            {"待补", 6},
                            {"需核验", 6},
                            {"窗口外", 6},
                            {"不可享", 6},
                            {"确定金额", 14},
                            {"上限及估算金额", 14},
                            {"金额未知项", 9},
                            {"可享政策", 40},
                            {"待补事实", 30}});
  std::size_t number = 0;
  for (const EnterpriseMatches& enterprise : enterprises) {
    Totals totals;
    std::vector<std::string> titles;
    for (const Match& match : enterprise.matches) {
      if (match.status != Status::Eligible) continue;
      titles.push_back(match.title);
      for (const BenefitOutcome& benefit : match.benefits)
        add(totals, benefit);
    }
    out.table.rows.push_back(
        {count_cell(++number), text_cell(enterprise.name), text_cell(enterprise.uscc),
         count_cell(count(enterprise, Status::Eligible)),
         count_cell(count(enterprise, Status::Incomplete)),
         count_cell(count(enterprise, Status::Review)),
         count_cell(count(enterprise, Status::NotOpen)),
         count_cell(count(enterprise, Status::Ineligible)), money_cell(totals.exact),
         money_cell(totals.bounded), count_cell(totals.unknown), text_cell(joined(titles, "；")),
         text_cell(joined(missing_of(enterprise)))});
  }
  out.notes = {
      "金额按可享政策逐项相加；互斥的政策未作取舍，加计扣除额不是税款，均以匹配明细为准。"};
  return out;
}

std::string reasons(const Match& match) {
  std::vector<std::string> parts;
  if (match.status == Status::Eligible) return {};
  for (const Outcome* each : obstacles(match.conditions)) {
    const std::string detail =
        each->shortfall.empty() ? each->actual : each->actual + "，" + each->shortfall;
    parts.push_back(each->name + (detail.empty() ? "" : "（" + detail + "）"));
  }
  return joined(parts, "；");
}

std::string benefits_text(const Match& match) {
  std::vector<std::string> parts;
  for (const BenefitOutcome& benefit : match.benefits) {
    if (benefit.applies != Truth::False) parts.push_back(benefit.name + benefit_text(benefit));
  }
  return joined(parts, "；");
}

model::Sheet match_sheet(std::span<const EnterpriseMatches> enterprises,
                         const MatchOptions& options) {
  model::Sheet out = sheet("匹配明细", "惠企政策匹配明细表", options,
                           {{"企业名称", 24},
                            {"统一社会信用代码", 19},
                            {"政策", 28},
                            {"类别", 8},
                            {"层级", 6},
                            {"结论", 11},
                            {"金额下限", 14},
                            {"金额上限", 14},
                            {"待遇", 34},
                            {"原因", 40},
                            {"待补事实", 24},
                            {"申报窗口", 28},
                            {"依据", 28},
                            {"提醒", 30}});
  for (const EnterpriseMatches& enterprise : enterprises) {
    for (const Match& match : enterprise.matches) {
      std::optional<Money> low;
      std::optional<Money> high;
      if (!match.benefits.empty() && match.benefits.front().has_amount) {
        low = match.benefits.front().amount.low;
        high = match.benefits.front().amount.high;
      }
      out.table.rows.push_back(
          {text_cell(enterprise.name), text_cell(enterprise.uscc), text_cell(match.title),
           text_cell(match.kind), text_cell(match.level),
           text_cell(std::string(label(match.status))), money_cell(low), money_cell(high),
           text_cell(benefits_text(match)), text_cell(reasons(match)),
           text_cell(joined(match.missing)), text_cell(window_text(match.window)),
           text_cell(source_text(match.source)), text_cell(joined(match.warnings, "；"))});
    }
  }
  out.notes = {"金额上下限为该政策第一项待遇，四舍五入到分；空白为未知。"};
  return out;
}

model::Sheet missing_sheet(std::span<const EnterpriseMatches> enterprises,
                           const model::FactCatalogue& catalogue, const MatchOptions& options) {
  model::Sheet out = sheet("待补事实", "惠企政策匹配待补事实表", options,
                           {{"企业名称", 24},
                            {"统一社会信用代码", 19},
                            {"待补事实", 20},
                            {"单位", 6},
                            {"时期", 8},
                            {"通常来源", 30},
                            {"等待它的政策", 44}});
  for (const EnterpriseMatches& enterprise : enterprises) {
    for (const std::string& name : missing_of(enterprise)) {
      std::vector<std::string> waiting;
      for (const Match& match : enterprise.matches) {
        if (std::ranges::find(match.missing, name) != match.missing.end()) {
          waiting.push_back(match.title);
        }
      }
      const model::FactDefinition* fact = catalogue.find(name);
      const model::FactDefinition none;
      const model::FactDefinition& known = fact == nullptr ? none : *fact;
      out.table.rows.push_back({text_cell(enterprise.name), text_cell(enterprise.uscc),
                                text_cell(name), text_cell(known.unit), text_cell(known.period),
                                text_cell(known.origin), text_cell(joined(waiting, "；"))});
    }
  }
  out.notes = {"只列仍能左右结论的事实；补齐后重新匹配。"};
  return out;
}

}  // namespace

model::Workbook to_workbook(std::span<const EnterpriseMatches> enterprises,
                            const model::FactCatalogue& catalogue, const MatchOptions& options) {
  model::Workbook book;
  book.title = "惠企政策匹配结果";
  book.sheets.push_back(summary_sheet(enterprises, options));
  book.sheets.push_back(match_sheet(enterprises, options));
  book.sheets.push_back(missing_sheet(enterprises, catalogue, options));
  return book;
}

}  // namespace huice::policy
