// 企业宁静日: the year's inspections of all units put together.
#include "app/inspections.h"
#include "cli/command.h"
#include "cli/findings.h"

namespace huice::cli {
namespace {

constexpr std::size_t kMostPlans = 200;

int run_inspections(const Arguments& arguments, const app::World& world, const Terminal& terminal) {
  const auto on = arguments.day("on");
  if (!on) return report(terminal.err, on.error()), kUsage;
  const auto rules = arguments.value("rules");
  const auto out = arguments.value("out");
  if (!rules || !out) {
    terminal.err << "huice: error: 要写明 --rules 和 --out\n";
    return kUsage;
  }
  app::InspectionsRequest request;
  request.plans.assign(arguments.files().begin(), arguments.files().end());
  request.rules = *rules;
  request.file.out = *out;
  request.file.on = on.value().value_or(world.today);
  if (const auto fonts = arguments.value("fonts")) request.file.fonts = *fonts;
  const auto done = app::arrange_inspections(world, request);
  if (!done) return report(terminal.err, done.error());
  const auto& found = done.value();
  terminal.out << "计划" << found.planned << "项，重复" << found.repeats << "项，例外"
               << found.exempt << "项；入企" << found.visits << "次，其中联合检查" << found.joint
               << "次，避开宁静日" << found.moved << "次\n"
               << *out << "\n";
  return kDone;
}

}  // namespace

std::vector<Command> inspection_commands() {
  Command command{.name = "inspections",
                  .usage = "计划表… --rules 文件 --out 文件.xlsx|pdf",
                  .summary = "各单位的年度检查计划合成一份入企安排：去重、并成联合检查、避开宁静日",
                  .example =
                      "huice inspections samples/inspections/plans.csv --rules "
                      "samples/inspections/rules.yaml --out out/inspections.xlsx",
                  .options = {{"rules", "文件", "宁静日和次数的规则"},
                              {"out", "文件.xlsx|pdf", "写到哪里"},
                              {"on", "日期", "编制日期", "今天"},
                              {"fonts", "文件", "字体配置", "templates/fonts.yaml"}},
                  .fewest_files = 1,
                  .most_files = kMostPlans,
                  .run = run_inspections};
  return {std::move(command)};
}

}  // namespace huice::cli
