// 拟稿: draw up documents.
#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "app/draft.h"
#include "app/draft_batch.h"
#include "base/utf8.h"
#include "cli/command.h"
#include "cli/export_watch.h"
#include "cli/findings.h"

namespace huice::cli {
namespace {

void print_substitutions(const Terminal& terminal,
                         const std::vector<layout::Substitution>& substitutions) {
  for (const auto& each : substitutions) {
    std::string character;
    append_utf8(character, each.character);
    terminal.err << "提示：" << each.role << "没有“" << character << "”字，" << each.count
                 << " 处改用 " << each.font << "\n";
  }
}

/// nullopt after reporting an unknown colour.
std::optional<render::pdf::PdfOptions> pdf_options(const Arguments& arguments,
                                                   const Terminal& terminal, Date on) {
  render::pdf::PdfOptions options{.title = {}, .author = {}, .created = on};
  if (const auto password = arguments.value("password")) options.password = *password;
  const std::string colour = arguments.value("colour").value_or("cmyk");
  if (colour != "cmyk" && colour != "rgb") {
    terminal.err << "huice: error: --colour 应为 cmyk 或 rgb，实为“" << colour << "”\n";
    return std::nullopt;
  }
  if (colour == "rgb") options.colour = render::pdf::Colour::Rgb;
  return options;
}

void print_count(const Terminal& terminal, int conforms, int violates, int advice) {
  terminal.out << "对照 GB/T 9704—2012：符合 " << conforms << " 项，不符合 " << violates
               << " 项，提示 " << advice << " 项\n";
}

/// What does not conform, each on a line after `before`.
void print_departures(const Terminal& terminal, const measure::Report& report,
                      const std::string& before) {
  using measure::Verdict;
  for (const measure::Check& check : report.checks) {
    if (check.verdict == Verdict::Conforms) continue;
    terminal.err << before << measure::to_chinese(check.verdict) << "：第 " << check.page << " 页，"
                 << check.clause << " " << check.what << "，实为 " << check.value << "，应为 "
                 << check.limit << "\n";
  }
}

void print_measures(const Terminal& terminal, const measure::Report& report) {
  using measure::Verdict;
  print_departures(terminal, report, "");
  print_count(terminal, report.count(Verdict::Conforms), report.count(Verdict::Violates),
              report.count(Verdict::Advice));
}

/// Measures what a batch has drawn; the exit status.
int measure_batch(const app::World& world, const app::BatchRequest& request,
                  const app::ExportReport& drawn, const std::string& file,
                  const Terminal& terminal) {
  using measure::Verdict;
  std::map<Verdict, int> counts;
  const auto measured = [&](const std::string& name, const measure::Report& report) {
    print_departures(terminal, report, name + "：");
    for (const measure::Check& check : report.checks)
      ++counts[check.verdict];
  };
  const auto done = app::measure_each(world, request, drawn, file, measured);
  if (!done) return report(terminal.err, done.error());
  print_count(terminal, counts[Verdict::Conforms], counts[Verdict::Violates],
              counts[Verdict::Advice]);
  return kDone;
}

/// One document for each item of a list.
int run_batch(const Arguments& arguments, const app::World& world, const Terminal& terminal,
              const render::pdf::PdfOptions& pdf) {
  const auto out = arguments.value("out");
  const bool merge = arguments.has("merge");
  if (!out || merge != out->ends_with(".pdf")) {
    terminal.err << "huice: error: --each 要写明 --out 目录或文件.zip；加 --merge 时写 "
                    "--out 文件.pdf\n";
    return kUsage;
  }
  app::BatchRequest request{.template_name = arguments.files().front(),
                            .each = *arguments.value("each"),
                            .data = {},
                            .campaign = {},
                            .fonts = {},
                            .out = *out,
                            .merge = merge,
                            .pdf = pdf};
  if (const auto data = arguments.value("data")) request.data = *data;
  if (const auto campaign = arguments.value("campaign")) request.campaign = *campaign;
  if (const auto fonts = arguments.value("fonts")) request.fonts = *fonts;
  auto watch = std::make_unique<ExportWatch>(terminal);
  const auto control = watch->control(arguments);
  if (!control) return report(terminal.err, control.error()), kUsage;
  const auto drawn = app::draft_each(world, request, control.value());
  if (!drawn) return report(terminal.err, drawn.error());
  const int status = watch->sum_up(drawn.value());
  watch.reset();  // Ctrl-C ends the measuring at once: it leaves nothing to go on from
  const auto file = arguments.value("report");
  const bool is_any = drawn.value().failures() < drawn.value().items.size();
  if (!file || drawn.value().cancelled || !is_any) return status;
  return std::max(status, measure_batch(world, request, drawn.value(), *file, terminal));
}

int run_check(const Arguments& arguments, const app::World& world, const Terminal& terminal) {
  const auto checked = app::check_template(world, arguments.files().front());
  if (!checked) return report(terminal.err, checked.error());
  terminal.out << "模板检查通过\n";
  return kDone;
}

int run_draft(const Arguments& arguments, const app::World& world, const Terminal& terminal) {
  const auto on = arguments.day("on");
  if (!on) return report(terminal.err, on.error()), kUsage;
  const auto pdf = pdf_options(arguments, terminal, on.value().value_or(world.today));
  if (!pdf) return kUsage;
  if (arguments.has("each")) return run_batch(arguments, world, terminal, *pdf);
  const auto data = arguments.value("data");
  const auto out = arguments.value("out");
  if (!data && arguments.has("check")) return run_check(arguments, world, terminal);
  if (!data || (!out && !arguments.has("check"))) {
    terminal.err << "huice: error: 要写明 --data 和 --out（只检查不排印时用 --check）\n";
    return kUsage;
  }
  app::DraftRequest request{.template_name = arguments.files().front(),
                            .data = *data,
                            .campaign = {},
                            .fonts = {},
                            .out = arguments.has("check") ? "" : *out,
                            .on = pdf->created,
                            .colour = pdf->colour,
                            .password = pdf->password};
  if (const auto campaign = arguments.value("campaign")) request.campaign = *campaign;
  if (const auto fonts = arguments.value("fonts")) request.fonts = *fonts;
  if (const auto report = arguments.value("report")) request.report = *report;
  const auto drafted = app::draft(world, request);
  if (!drafted) return report(terminal.err, drafted.error());
  if (request.out.empty()) {
    terminal.out << "模板与数据检查通过\n";
    return kDone;
  }
  print_substitutions(terminal, drafted.value().substitutions);
  terminal.out << request.out.string();
  if (drafted.value().pages > 0) terminal.out << "：" << drafted.value().pages << " 页";
  terminal.out << "\n";
  if (drafted.value().measures) print_measures(terminal, *drafted.value().measures);
  return kDone;
}

}  // namespace

std::vector<Command> draft_commands() {
  return {{.name = "draft",
           .usage = "模板 --data 数据.yaml --out 文件.pdf",
           .summary = "按模板和数据排印公文",
           .example = "huice draft notice --data samples/notice/notice.yaml "
                      "--campaign samples/campaign --out out/notice.pdf",
           .options =
               {{"data", "文件", "YAML 或 JSON 数据"},
                {"out", "文件", "写到哪里（.pdf；只要表格的 .xlsx）；有 --each 时写目录或 .zip"},
                {"each", "名单",
                 "名单（.yaml .json .jsonl）的每一项，或目录里的每个数据文件，各排一份"},
                {"merge", "", "与 --each 合用：合成一个 PDF，各份都有书签"},
                workers_option(),
                {"campaign", "目录", "专项行动的目录，供附件取安排表和考核细则"},
                {"fonts", "文件", "字体配置", "templates/fonts.yaml"},
                {"on", "日期", "文件属性里的日期", "今天"},
                {"colour", "cmyk|rgb", "红色按印刷四色（Y80 M80）还是屏幕三色", "cmyk"},
                {"password", "密码", "给 PDF 加打开密码（AES-256），这样的文件不再是 PDF/A"},
                {"report", "文件",
                 "逐条对照 GB/T 9704 量排好的 PDF，写成 JSON（docs/schemas/report.schema.json）；"
                 "有 --each 时各份列在一个文件里"},
                {"check", "", "只检查模板（和数据），不排印"}},
           .fewest_files = 1,
           .most_files = 1,
           .run = run_draft}};
}

}  // namespace huice::cli
