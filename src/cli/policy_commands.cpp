// 政策: proof-read the policy library and read it back.
#include "app/decide.h"
#include "base/files.h"
#include "cli/command.h"
#include "cli/findings.h"
#include "notation/json.h"
#include "policy/calendar.h"
#include "policy/check.h"
#include "policy/decision_file.h"
#include "policy/explain.h"
#include "policy/library.h"

namespace huice::cli {
namespace {

std::filesystem::path library_folder(const Arguments& arguments, const app::World& world) {
  return arguments.value("policies").value_or((world.home / "policies").string());
}

int run_check(const Arguments& arguments, const app::World& world, const Terminal& terminal) {
  const std::filesystem::path folder = arguments.files().empty()
                                           ? world.home / "policies"
                                           : std::filesystem::path(arguments.files().front());
  const auto library = policy::load_library(folder);
  if (!library) return report(terminal.err, library.error());
  const auto decisions = policy::check_decisions(library.value(), folder / "decisions");
  if (!decisions) return report(terminal.err, decisions.error());
  for (const Error& each : decisions.value())
    terminal.err << finding_text(each);
  const auto checked = policy::check(library.value(), {.mutants = arguments.has("mutants")});
  terminal.out << policy::to_text(checked);
  return checked.passed() && decisions.value().empty() ? kDone : kRejected;
}

int run_show(const Arguments& arguments, const app::World& world, const Terminal& terminal) {
  const auto on = arguments.day("on");
  if (!on) return report(terminal.err, on.error()), kUsage;
  const auto known_on = arguments.day("known-on");
  if (!known_on) return report(terminal.err, known_on.error()), kUsage;
  const auto library = policy::load_library(library_folder(arguments, world));
  if (!library) return report(terminal.err, library.error());
  const auto found = library.value().get(arguments.files().front());
  if (!found) return report(terminal.err, found.error());
  if (const auto out = arguments.value("out")) {
    if (!out->ends_with(".ics")) {
      return report(terminal.err, Error{.code = ErrorCode::Unsupported,
                                        .id = "policy.output-format",
                                        .message = "输出文件名应以 .ics 结尾，实为“" + *out + "”",
                                        .where = {.file = *out}});
    }
    const auto& rule = *found.value();
    const auto day = on.value().value_or(world.today);
    const auto known = known_on.value().value_or(world.today);
    const auto written = write_file(
        *out, policy::to_icalendar(policy::events_of(rule, day, known), rule.title, known));
    if (!written) return report(terminal.err, written.error());
    terminal.out << *out << "\n";
    return kDone;
  }
  terminal.out << policy::show_text(library.value(), *found.value(),
                                    on.value().value_or(world.today),
                                    known_on.value().value_or(world.today));
  return kDone;
}

int run_decide(const Arguments& arguments, const app::World& world, const Terminal& terminal) {
  const auto on = arguments.day("on");
  if (!on) return report(terminal.err, on.error()), kUsage;
  const auto input = arguments.value("input");
  if (!input) {
    terminal.err << "huice: error: 缺少 --input\n  怎么办：--input 企业.json\n";
    return kUsage;
  }
  app::DecideRequest request{.decision = arguments.files().front(),
                             .input = *input,
                             .name = arguments.value("decision"),
                             .policies = {},
                             .on = on.value().value_or(world.today),
                             .known_on = world.today};
  if (const auto policies = arguments.value("policies")) request.policies = *policies;
  const auto decided = app::decide(world, request);
  if (!decided) return report(terminal.err, decided.error());
  for (const Error& note : decided.value().notes)
    terminal.err << finding_text(note, "note");
  if (arguments.has("json")) {
    terminal.out << notation::write_json(decided.value().value, true) << "\n";
  } else {
    terminal.out << decided.value().text;
  }
  return kDone;
}

int run_import(const Arguments& arguments, const app::World& world, const Terminal& terminal) {
  std::optional<std::filesystem::path> policies;
  if (const auto folder = arguments.value("policies")) policies = *folder;
  const auto imported =
      app::import_decision(world, arguments.files().front(), arguments.value("decision"), policies);
  if (!imported) return report(terminal.err, imported.error());
  for (const Error& note : imported.value().notes)
    terminal.err << finding_text(note, "warning");
  const auto out = arguments.value("out");
  if (!out) {
    terminal.out << imported.value().yaml;
    return kDone;
  }
  const auto written = write_file(*out, imported.value().yaml);
  if (!written) return report(terminal.err, written.error());
  terminal.out << *out << "：请补填出处，核对名称后运行 huice policy check\n";
  return kDone;
}

}  // namespace

std::vector<Command> policy_commands() {
  return {{.name = "decide",
           .usage = "决策文件",
           .summary = "按决策表（.dmn 或 .yaml）逐户判断，并说明理由",
           .example = "huice decide policies/decisions/struggling-kinds.yaml --input 企业.json",
           .options = {{"input", "文件", "企业或输入数据，.json"},
                       {"decision", "名称", ".dmn 中的一项决策", "全部"},
                       {"on", "日期", "按哪一天", "今天"},
                       {"policies", "目录", "政策库", "随程序安装的 policies"},
                       {"json", "", "以 JSON 输出"}},
           .fewest_files = 1,
           .most_files = 1,
           .run = run_decide},
          {.name = "policy import",
           .usage = "文件.dmn",
           .summary = "把 DMN 编辑器画的决策表转成政策库的决策文件",
           .example = "huice policy import 分类.dmn --out policies/decisions/kinds.yaml",
           .options = {{"decision", "名称", "有几张表时指明一张"},
                       {"out", "文件", "写到哪里", "标准输出"},
                       {"policies", "目录", "政策库，用来核对名称", "随程序安装的 policies"}},
           .fewest_files = 1,
           .most_files = 1,
           .run = run_import},
          {.name = "policy check",
           .usage = "[目录]",
           .summary = "校对政策库：写法、出处、内置用例、临界用例、小错能否察觉",
           .example = "huice policy check policies",
           .options = {{"mutants", "", "再试小错：改一个界限或日期，看用例能否察觉"}},
           .fewest_files = 0,
           .most_files = 1,
           .run = run_check},
          {.name = "policy show",
           .usage = "政策编号",
           .summary = "用中文读出一项政策",
           .example = "huice policy show cn-stability-refund-2026 --on 2026-07-01",
           .options = {{"policies", "目录", "政策库", "随程序安装的 policies"},
                       {"on", "日期", "按哪一天的规定", "今天"},
                       {"known-on", "日期", "按哪一天已知的规定", "今天"},
                       {"out", "文件", "把窗口和期限写成 .ics 日历"}},
           .fewest_files = 1,
           .most_files = 1,
           .run = run_show}};
}

}  // namespace huice::cli
