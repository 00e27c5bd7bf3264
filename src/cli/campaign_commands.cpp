// 考核: what a campaign's office draws from its files.
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "app/assessment_files.h"
#include "app/campaign_files.h"
#include "app/returned_scores.h"
#include "cli/command.h"
#include "cli/export_watch.h"
#include "cli/findings.h"

namespace huice::cli {
namespace {

using WriteFiles = Result<app::Written> (*)(const app::World&, const app::CampaignRequest&);

/// nullopt after reporting what is wrong with the arguments.
std::optional<app::CampaignRequest> request_of(const Arguments& arguments, const app::World& world,
                                               const Terminal& terminal) {
  const auto on = arguments.day("on");
  if (!on) return report(terminal.err, on.error()), std::nullopt;
  const auto out = arguments.value("out");
  if (!out) {
    terminal.err << "huice: error: 要写明 --out\n";
    return std::nullopt;
  }
  app::CampaignRequest request{.campaign = arguments.files().front(),
                               .out = *out,
                               .fonts = {},
                               .on = on.value().value_or(world.today),
                               .database = arguments.value("database")};
  if (const auto fonts = arguments.value("fonts")) request.fonts = *fonts;
  return request;
}

int run_write(WriteFiles write, const Arguments& arguments, const app::World& world,
              const Terminal& terminal) {
  const auto request = request_of(arguments, world, terminal);
  if (!request) return kUsage;
  const auto written = write(world, *request);
  if (!written) return report(terminal.err, written.error());
  for (const auto& file : written.value())
    terminal.out << file.string() << "\n";
  return kDone;
}

Command writing_command(std::string name, std::string summary, std::string out, WriteFiles write) {
  Command command{
      .name = name,
      .usage = "专项行动目录 --out " + out,
      .summary = std::move(summary),
      .example = "huice " + name + " samples/campaign --out out/" + name + ".xlsx",
      .options = {{"out", out, "写到哪里"},
                  {"database", "地址", "在这个数据库里，专项行动写编号", "用文件，写目录"},
                  {"on", "日期", "截至哪一天", "今天"},
                  {"fonts", "文件", "字体配置", "templates/fonts.yaml"}},
      .fewest_files = 1,
      .most_files = 1,
      .run = {}};
  command.run = [write](const Arguments& arguments, const app::World& world,
                        const Terminal& terminal) {
    return run_write(write, arguments, world, terminal);
  };
  return command;
}

/// nullopt for something else than pdf or xlsx.
std::optional<app::Each> each_of(const Arguments& arguments) {
  const std::string each = arguments.value("each").value_or("");
  if (each == "pdf") return app::Each::Pdf;
  if (each == "xlsx") return app::Each::Xlsx;
  return each.empty() ? std::optional(app::Each::None) : std::nullopt;
}

int run_assess(const Arguments& arguments, const app::World& world, const Terminal& terminal) {
  const auto request = request_of(arguments, world, terminal);
  const auto each = each_of(arguments);
  if (!each) terminal.err << "huice: error: --each 应为 pdf 或 xlsx\n";
  if (!request || !each) return kUsage;
  const ExportWatch watch(terminal);
  const auto control = watch.control(arguments);
  if (!control) return report(terminal.err, control.error()), kUsage;
  const auto written = app::write_assessment(world, *request, *each, control.value());
  if (!written) return report(terminal.err, written.error());
  const int status =
      written.value().sheets.items.empty() ? kDone : watch.sum_up(written.value().sheets);
  if (written.value().sheets.cancelled) return status;
  for (const auto& file : written.value().files)
    terminal.out << file.string() << "\n";
  return status;
}

Command assess_command() {
  return {.name = "assess",
          .usage = "专项行动目录 --out 目录|文件.xlsx|pdf|zip",
          .summary = "按考核细则计分，导出评分表和排名",
          .example = "huice assess samples/campaign --out out/assessment.xlsx",
          .options = {{"out", "目录|文件.xlsx|pdf|zip", "写到哪里"},
                      {"each", "pdf|xlsx", "每个考核对象一个文件，写到目录或 .zip"},
                      workers_option(),
                      {"database", "地址", "在这个数据库里，专项行动写编号", "用文件，写目录"},
                      {"on", "日期", "截至哪一天", "今天"},
                      {"fonts", "文件", "字体配置", "templates/fonts.yaml"}},
          .fewest_files = 1,
          .most_files = 1,
          .run = run_assess};
}

int tell_scores(const app::Intake& intake, const std::string& stage, const Terminal& terminal) {
  std::map<app::Fate, int> counts;
  for (const app::ReturnedCell& cell : intake.cells) {
    if (!app::is_score(cell)) continue;
    ++counts[cell.fate];
    if (cell.fate != app::Fate::Taken) continue;
    const sheet::Change& change = cell.change;
    terminal.out << app::target_of(cell) << "　" << change.key << "："
                 << (change.have.empty() ? "待补" : change.have) << " → " << change.wrote << "\n";
  }
  terminal.out << "记入" << stage << " " << counts[app::Fate::Taken] << " 项；与现有一致的 "
               << counts[app::Fate::Agreed] << " 项\n";
  return kDone;
}

int run_review(const Arguments& arguments, const app::World& world, const Terminal& terminal) {
  const auto on = arguments.day("on");
  if (!on) return report(terminal.err, on.error()), kUsage;
  for (const char* option : {"returned", "sent", "stage", "by"}) {
    if (arguments.has(option)) continue;
    terminal.err << "huice: error: 要写明 --" << option << "\n";
    return kUsage;
  }
  auto book = app::read_returned(*arguments.value("sent"), *arguments.value("returned"));
  if (!book) return report(terminal.err, book.error());
  book.value().theirs = arguments.values("theirs");
  book.value().ours = arguments.values("ours");
  const auto taken = app::take_scores(
      world, {.name = arguments.files().front(), .database = arguments.value("database")},
      {.book = std::move(book).value(),
       .stage = *arguments.value("stage"),
       .by = *arguments.value("by"),
       .reason = arguments.value("reason").value_or(""),
       .on = on.value().value_or(world.today),
       .accept = true,
       .may = {}});
  if (!taken) return report(terminal.err, taken.error());
  if (!taken.value().is_sound()) return report(terminal.err, as_error(findings_of(taken.value())));
  return tell_scores(taken.value(), *arguments.value("stage"), terminal);
}

Command review_command() {
  return {.name = "assess review",
          .usage = "专项行动目录 --returned 交回.xlsx --sent 发出.xlsx --stage 复核 --by 谁",
          .summary = "交回的评分表里改了的得分记入自评、复核或终评",
          .example =
              "huice assess review 专项行动 --returned 交回.xlsx --sent 发出.xlsx "
              "--stage 复核 --by 考核组 --on 2026-12-28",
          .options = {{"returned", "文件.xlsx", "交回的评分表"},
                      {"sent", "文件.xlsx", "发出去的那份"},
                      {"stage", "自评|复核|终评", "记作哪一步的评分"},
                      {"by", "谁", "评分人"},
                      {"reason", "理由", "没有改写“计分说明”的项目用这个理由"},
                      {"theirs", "格", "这一格有冲突，以交回的为准，可写多次", "", true},
                      {"ours", "格", "这一格有冲突，以现有的为准，可写多次", "", true},
                      {"database", "地址", "在这个数据库里，专项行动写编号", "用文件，写目录"},
                      {"on", "日期", "评分日期；与这一天的得分对照", "今天"}},
          .fewest_files = 1,
          .most_files = 1,
          .run = run_review};
}

}  // namespace

std::vector<Command> campaign_commands() {
  return {writing_command("schedule", "导出安排表", "文件.xlsx|pdf", &app::write_schedule),
          writing_command("ledger", "导出问题台账", "文件.xlsx|pdf", &app::write_ledger),
          assess_command(), review_command()};
}

}  // namespace huice::cli
