// 政策: proof-read the policy library and read it back.
#include "cli/command.h"
#include "cli/findings.h"
#include "policy/check.h"
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
  const auto checked = policy::check(library.value());
  terminal.out << policy::to_text(checked);
  return checked.passed() ? kDone : kRejected;
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
  terminal.out << policy::show_text(library.value(), *found.value(),
                                    on.value().value_or(world.today),
                                    known_on.value().value_or(world.today));
  return kDone;
}

}  // namespace

std::vector<Command> policy_commands() {
  return {{.name = "policy check",
           .usage = "[目录]",
           .summary = "校对政策库：写法、内置用例、临界用例",
           .example = "huice policy check policies",
           .options = {},
           .fewest_files = 0,
           .most_files = 1,
           .run = run_check},
          {.name = "policy show",
           .usage = "政策编号",
           .summary = "用中文读出一项政策",
           .example = "huice policy show cn-stability-refund-2026 --on 2026-07-01",
           .options = {{"policies", "目录", "政策库", "随程序安装的 policies"},
                       {"on", "日期", "按哪一天的规定", "今天"},
                       {"known-on", "日期", "按哪一天已知的规定", "今天"}},
           .fewest_files = 1,
           .most_files = 1,
           .run = run_show}};
}

}  // namespace huice::cli
