// 一表受理: the application form filled from what is known.
#include "app/application.h"
#include "cli/command.h"
#include "cli/findings.h"

namespace huice::cli {
namespace {

int run_apply(const Arguments& arguments, const app::World& world, const Terminal& terminal) {
  const auto on = arguments.day("on");
  if (!on) return report(terminal.err, on.error()), kUsage;
  const auto policy = arguments.value("policy");
  const auto rules = arguments.value("rules");
  const auto out = arguments.value("out");
  if (!policy || !rules || !out) {
    terminal.err << "huice: error: 要写明 --policy、--rules 和 --out\n";
    return kUsage;
  }
  const Date day = on.value().value_or(world.today);
  app::ApplicationRequest request{
      .match = {.enterprises = arguments.files().front(),
                .policies = {},
                .ids = {*policy},
                .on = day,
                .known_on = day,
                .default_region = arguments.value("region").value_or(""),
                .fonts = {}},
      .uscc = arguments.value("uscc").value_or(""),
      .rules = *rules,
      .held = arguments.values("held"),
      .file = {.out = *out, .fonts = {}, .on = day}};
  if (const auto policies = arguments.value("policies")) request.match.policies = *policies;
  if (const auto fonts = arguments.value("fonts")) request.file.fonts = *fonts;
  const auto done = app::write_application(world, request);
  if (!done) return report(terminal.err, done.error());
  const auto& acceptance = done.value().acceptance;
  terminal.out << "匹配" << done.value().status << "，" << to_text(acceptance.outcome);
  for (const auto& name : acceptance.missing())
    terminal.out << (name == acceptance.missing().front() ? "，欠缺：" : "、") << name;
  if (acceptance.complete_by) {
    terminal.out << "，" << acceptance.complete_by->to_chinese() << "前补齐";
  }
  terminal.out << "\n" << *out << "\n";
  return kDone;
}

}  // namespace

std::vector<Command> application_commands() {
  Command command{
      .name = "apply",
      .usage = "企业文件 --policy 编号 --rules 清单 --out 文件.pdf|xlsx",
      .summary = "一表受理：按企业情况填好申请表，列出已有、欠缺的材料和容缺承诺",
      .example =
          "huice apply samples/enterprises.csv --uscc 91430590MA4LR4XJ7T --policy "
          "yl-equipment-renewal-2026 --rules samples/acceptance/list.yaml --held "
          "技改补助申报表 --held 设备购置合同和发票 --on 2026-11-22 --out out/apply.pdf",
      .options = {{"policy", "编号", "申请哪一项政策"},
                  {"rules", "文件", "容缺受理事项清单"},
                  {"held", "材料", "已有的材料，可写多次", "", true},
                  {"uscc", "代码", "文件里有多家企业时，是哪一家"},
                  {"out", "文件.pdf|xlsx", "写到哪里"},
                  {"on", "日期", "申请日期", "今天"},
                  {"region", "代码", "没写行政区划的企业按这里算"},
                  {"policies", "目录", "政策库", "policies"},
                  {"fonts", "文件", "字体配置", "templates/fonts.yaml"}},
      .fewest_files = 1,
      .most_files = 1,
      .run = run_apply};
  return {std::move(command)};
}

}  // namespace huice::cli
