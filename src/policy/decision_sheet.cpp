#include "policy/decision_sheet.h"

#include "policy/sheet_parts.h"
#include "policy/wording.h"

namespace huice::policy {
namespace {

/// What follows from the first output, which says where the enterprise belongs.
std::string measures_of(const RuleOutcome& outcome) {
  std::vector<std::string> parts;
  for (std::size_t i = 1; i < outcome.results.size(); ++i)
    parts.push_back(outcome.results[i].first + "：" + outcome.results[i].second);
  return joined(parts, "\n");
}

}  // namespace

model::Sheet decision_heading(const MatchOptions& options) {
  model::Sheet out = sheet("分类和建议", "企业分类和帮扶建议", options,
                           {{"企业名称", 24},
                            {"统一社会信用代码", 19},
                            {"事项", 20},
                            {"归类", 10},
                            {"建议", 60},
                            {"理由", 50},
                            {"依据", 28}});
  out.notes = {"只列已能确定的；一家企业可以属于几类，资料不足的用 huice decide 看还缺什么。"};
  return out;
}

std::optional<model::Sheet> decision_sheet(const Library& library,
                                           std::span<const DecisionFile> decisions,
                                           std::span<const model::Profile> profiles,
                                           const MatchOptions& options) {
  model::Sheet out = decision_heading(options);
  for (const model::Profile& profile : profiles) {
    for (const DecisionFile& decision : decisions) {
      for (const RuleOutcome& each :
           decide(library, decision, profile, options.on, options.known_on)) {
        if (each.truth != Truth::True) continue;
        out.table.rows.push_back(
            {text_cell(profile.name), text_cell(profile.uscc), text_cell(decision.title),
             text_cell(each.results.front().second), text_cell(measures_of(each)),
             text_cell(joined(each.reasons, "；")), text_cell(source_text(decision.source))});
      }
    }
  }
  if (out.table.rows.size() == 1) return std::nullopt;
  return out;
}

}  // namespace huice::policy
