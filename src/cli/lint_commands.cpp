// 校: proof-read drafts.
#include <algorithm>

#include "app/lint.h"
#include "cli/command.h"
#include "cli/findings.h"
#include "notation/json.h"

namespace huice::cli {
namespace {

/// `draft.txt:3:7`, `draft.docx:第3段第7字`, `data.yaml:3:7:标题`.
std::string place_text(const lint::Finding& finding) {
  const SourceSpan& where = finding.where;
  std::string text = where.file;
  if (where.line > 0) {
    text += ":" + std::to_string(where.line) +
            (where.column > 0 ? ":" + std::to_string(where.column) : "");
  }
  if (where.part.empty()) return text;
  text += ":" + where.part;
  return where.line == 0 && where.column > 0 ? text + "第" + std::to_string(where.column) + "字"
                                             : text;
}

void print_finding(const Terminal& terminal, const lint::Finding& finding) {
  terminal.out << place_text(finding) << ": " << lint::strength_word(finding.rule->strength) << " ["
               << finding.rule->id << "] " << finding.message;
  if (!finding.proposal.empty()) terminal.out << "；改为：" << finding.proposal;
  terminal.out << "\n    原文：" << finding.excerpt << "　依据：" << finding.rule->source << "\n";
}

void print_summary(const Terminal& terminal, const app::LintReport& report, std::size_t must) {
  if (report.fixed > 0) terminal.out << "已改正 " << report.fixed << " 处\n";
  if (report.findings.empty()) {
    terminal.out << report.file << "：没有发现问题\n";
    return;
  }
  const auto fixable = std::ranges::count_if(
      report.findings, [](const lint::Finding& each) { return !each.edits.empty(); });
  terminal.out << report.file << "：必须改 " << must << " 处，建议改 "
               << report.findings.size() - must << " 处";
  if (fixable > 0) terminal.out << "；其中 " << fixable << " 处有确定的改法";
  terminal.out << "\n";
}

int run_lint(const Arguments& arguments, const app::World& world, const Terminal& terminal) {
  app::LintRequest request;
  request.file = arguments.files().front();
  if (const auto data = arguments.value("data")) request.data = *data;
  if (const auto campaign = arguments.value("campaign")) request.campaign = *campaign;
  if (const auto library = arguments.value("library")) request.library = *library;
  if (const auto words = arguments.value("words")) request.words = *words;
  for (const auto& rule : arguments.values("rule"))
    request.rules.insert(rule);
  request.fix = arguments.has("fix");
  const auto linted = app::lint_file(world, request);
  if (!linted) return report(terminal.err, linted.error());
  const auto& findings = linted.value().findings;
  const auto must = std::ranges::count_if(findings, [](const lint::Finding& each) {
    return each.rule->strength == lint::Strength::Must;
  });
  if (arguments.has("json")) {
    const auto value = lint::to_value(linted.value().file, linted.value().draft, findings);
    terminal.out << notation::write_json(value, true) << "\n";
  } else {
    for (const lint::Finding& each : findings)
      print_finding(terminal, each);
    print_summary(terminal, linted.value(), static_cast<std::size_t>(must));
  }
  return must > 0 ? kRejected : kDone;
}

}  // namespace

std::vector<Command> lint_commands() {
  return {{.name = "lint",
           .usage = "文稿或模板",
           .summary = "校对公文：文种、标题、文号、序数、附件、标点、数字、日期",
           .example = "huice lint 关于印发实施方案的通知.docx",
           .options = {{"data", "文件", "模板的数据", "模板旁的 .sample.yaml"},
                       {"campaign", "目录", "模板附件要用的专项行动目录"},
                       {"fix", "", "把有确定改法的改在文件里（.txt .md .docx）"},
                       {"rule", "编号", "只查这条规则，可写多次", "全部规则", true},
                       {"words", "文件", "本单位用词表（YAML，不用的词: 要用的词）"},
                       {"library", "目录", "文件库，核对所引文件是否还有效"},
                       {"json", "", "输出 JSON（docs/schemas/lint.schema.json）"}},
           .fewest_files = 1,
           .most_files = 1,
           .run = run_lint}};
}

}  // namespace huice::cli
