#include "app/application.h"

#include <algorithm>
#include <utility>

#include "app/application_sheet.h"
#include "app/typesetting.h"
#include "base/files.h"
#include "render/pdf/pdf_writer.h"

namespace huice::app {
namespace {

using campaign::Acceptance;
using model::Value;

Error not_found(std::string id, std::string message, std::string hint) {
  return {.code = ErrorCode::NotFound,
          .id = std::move(id),
          .message = std::move(message),
          .hint = std::move(hint)};
}

Result<const policy::EnterpriseMatches*> enterprise_of(const MatchReport& report,
                                                       const std::string& uscc) {
  if (uscc.empty() && report.enterprises.size() == 1) return &report.enterprises.front();
  const auto found = std::ranges::find(report.enterprises, uscc, &policy::EnterpriseMatches::uscc);
  if (uscc.empty() || found == report.enterprises.end()) {
    return not_found("application.enterprise",
                     uscc.empty() ? "文件里有" + std::to_string(report.enterprises.size()) +
                                        "家企业，不知道是哪一家申请"
                                  : "文件里没有代码为 " + uscc + " 的企业",
                     "用 --uscc 写申请企业的统一社会信用代码");
  }
  return &*found;
}

/// The conditions that are not groups, in their order.
void collect_leaves(const policy::Outcome& outcome, std::vector<const policy::Outcome*>& leaves) {
  if (outcome.children.empty()) {
    leaves.push_back(&outcome);
    return;
  }
  for (const policy::Outcome& child : outcome.children)
    collect_leaves(child, leaves);
}

std::string truth_text(policy::Truth truth) {
  if (truth == policy::Truth::True) return "符合";
  return truth == policy::Truth::False ? "不符合" : "待核实";
}

Error ineligible(const policy::Match& match) {
  std::vector<const policy::Outcome*> leaves;
  collect_leaves(match.conditions, leaves);
  std::string why;
  for (const policy::Outcome* leaf : leaves) {
    if (leaf->truth != policy::Truth::False) continue;
    why += (why.empty() ? "：" : "；") + leaf->name +
           (leaf->actual.empty() ? "" : "（" + leaf->actual + "）");
  }
  return {.code = ErrorCode::InvalidInput,
          .id = "application.ineligible",
          .message = match.title + " " + std::string(policy::label(match.status)) + why,
          .hint = "用 huice match --explain 看理由；申报期外的，等窗口开了再申请"};
}

Value facts_value(const policy::Match& match) {
  Value::List list;
  std::vector<std::string> seen;
  std::vector<const policy::Outcome*> leaves;
  collect_leaves(match.conditions, leaves);
  const auto add = [&](const policy::FactUse& fact) {
    if (std::ranges::find(seen, fact.name) != seen.end()) return;
    seen.push_back(fact.name);
    list.emplace_back(
        Value::Record{{"名称", fact.name}, {"内容", fact.text}, {"来源", fact.source}});
  };
  for (const policy::Outcome* leaf : leaves)
    std::ranges::for_each(leaf->facts, add);
  for (const policy::BenefitOutcome& benefit : match.benefits)
    std::ranges::for_each(benefit.facts, add);
  return list;
}

Value conditions_value(const policy::Match& match) {
  Value::List list;
  std::vector<const policy::Outcome*> leaves;
  collect_leaves(match.conditions, leaves);
  for (const policy::Outcome* leaf : leaves) {
    list.emplace_back(Value::Record{{"要求", leaf->name.empty() ? leaf->requirement : leaf->name},
                                    {"实际", leaf->actual},
                                    {"结论", truth_text(leaf->truth)},
                                    {"依据", leaf->clause}});
  }
  return list;
}

Value benefits_value(const policy::Match& match) {
  Value::List list;
  for (const policy::BenefitOutcome& benefit : match.benefits) {
    if (benefit.applies == policy::Truth::False) continue;
    list.emplace_back(
        Value::Record{{"名称", benefit.name},
                      {"内容", benefit.has_amount ? to_text(benefit.amount) : benefit.effect}});
  }
  return list;
}

Value papers_value(const Acceptance& acceptance) {
  Value::List list;
  for (const campaign::PaperState& state : acceptance.papers) {
    Value::Record record = {
        {"名称", state.paper.name}, {"主要", state.paper.main}, {"已有", state.held}};
    if (state.promised) record.emplace_back("补正期限", *state.promised);
    list.emplace_back(std::move(record));
  }
  return list;
}

Value form_value(const policy::EnterpriseMatches& enterprise, const policy::Match& match,
                 const campaign::AcceptanceRules& rules, const Acceptance& acceptance) {
  Value::Record record = {{"企业", enterprise.name},
                          {"统一社会信用代码", enterprise.uscc},
                          {"政策", match.title},
                          {"文号", match.source.number},
                          {"主管部门", match.contact},
                          {"窗口", rules.counter},
                          {"申请日期", match.on},
                          {"匹配结论", std::string(policy::label(match.status))},
                          {"受理意见", std::string(to_text(acceptance.outcome))},
                          {"容缺依据", rules.source},
                          {"情况", facts_value(match)},
                          {"条件", conditions_value(match)},
                          {"待遇", benefits_value(match)},
                          {"材料", papers_value(acceptance)}};
  if (acceptance.complete_by) record.emplace_back("补齐期限", *acceptance.complete_by);
  return record;
}

}  // namespace

Result<Application> draw_up_application(const policy::EnterpriseMatches& enterprise,
                                        const std::string& id,
                                        const campaign::AcceptanceRules& rules,
                                        const std::vector<std::string>& held, Date on) {
  const auto match = std::ranges::find(enterprise.matches, id, &policy::Match::policy);
  const campaign::PaperList* list = rules.find(id);
  if (match == enterprise.matches.end() || list == nullptr) {
    return not_found("application.policy", "容缺受理清单里没有政策“" + id + "”",
                     "把它的材料写进容缺受理清单");
  }
  if (match->status != policy::Status::Eligible && match->status != policy::Status::Incomplete &&
      match->status != policy::Status::Review) {
    return ineligible(*match);
  }
  HUICE_TRY([[maybe_unused]] const Unit same, check_papers(*list, match->materials));
  HUICE_TRY(auto acceptance, accept(*list, held, on));
  Value form = form_value(enterprise, *match, rules, acceptance);
  return Application{{std::move(acceptance), std::string(policy::label(match->status))},
                     std::move(form)};
}

Result<std::string> application_pdf(const World& world, const layout::FontSet& fonts,
                                    const Value& form, Date on) {
  HUICE_TRY(const auto template_file, find_template(world, "application-form"));
  HUICE_TRY(const auto document, compose_document(template_file, {form, {}}));
  PageStack stack(fonts);
  HUICE_TRY([[maybe_unused]] const Unit added, stack.add(document));
  return render::pdf::write(stack.pages(), {document.title, "惠策", on});
}

Result<std::string> application_xlsx(const Value& form, Date on) {
  return workbook_xlsx(application_workbook(form), on);
}

Result<ApplicationReport> write_application(const World& world, const ApplicationRequest& request) {
  HUICE_TRY(const auto source, read_values(request.rules));
  HUICE_TRY(const auto rules, campaign::read_acceptance_rules(source));
  HUICE_TRY(const auto report, match_enterprises(world, request.match));
  HUICE_TRY(const auto* const enterprise, enterprise_of(report, request.uscc));
  const std::string id = request.match.ids.empty() ? std::string() : request.match.ids.front();
  HUICE_TRY(auto application,
            draw_up_application(*enterprise, id, rules, request.held, request.match.on));
  const WorkbookFile& file = request.file;
  if (file.out.extension() != ".pdf") {
    HUICE_TRY([[maybe_unused]] const Unit written,
              write_workbook(world, application_workbook(application.form), file));
    return std::move(application.report);
  }
  HUICE_TRY(const auto fonts, open_fonts(world, file.fonts));
  HUICE_TRY(const auto bytes, application_pdf(world, fonts, application.form, file.on));
  HUICE_TRY([[maybe_unused]] const Unit written, write_file(file.out, bytes));
  return std::move(application.report);
}

}  // namespace huice::app
