// 考核: what a campaign's office draws from its files.
#include "app/campaign_files.h"
#include "cli/command.h"
#include "cli/findings.h"

namespace huice::cli {
namespace {

using WriteFiles = Result<app::Written> (*)(const app::World&, const app::CampaignRequest&);

int run_write(WriteFiles write, const Arguments& arguments, const app::World& world,
              const Terminal& terminal) {
  const auto on = arguments.day("on");
  if (!on) return report(terminal.err, on.error()), kUsage;
  const auto out = arguments.value("out");
  if (!out) {
    terminal.err << "huice: error: 要写明 --out\n";
    return kUsage;
  }
  app::CampaignRequest request{.campaign = arguments.files().front(),
                               .out = *out,
                               .fonts = {},
                               .on = on.value().value_or(world.today)};
  if (const auto fonts = arguments.value("fonts")) request.fonts = *fonts;
  const auto written = write(world, request);
  if (!written) return report(terminal.err, written.error());
  for (const auto& file : written.value())
    terminal.out << file.string() << "\n";
  return kDone;
}

Command writing_command(std::string name, std::string summary, std::string out, WriteFiles write) {
  Command command{.name = name,
                  .usage = "专项行动目录 --out " + out,
                  .summary = std::move(summary),
                  .example = "huice " + name + " samples/campaign --out out/" + name + ".xlsx",
                  .options = {{"out", out, "写到哪里"},
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

}  // namespace

std::vector<Command> campaign_commands() {
  return {writing_command("schedule", "导出安排表", "文件.xlsx|pdf", &app::write_schedule),
          writing_command("ledger", "导出问题台账", "文件.xlsx|pdf", &app::write_ledger),
          writing_command("assess", "按考核细则计分，导出评分表和排名", "目录|文件.xlsx|pdf",
                          &app::write_assessment)};
}

}  // namespace huice::cli
