// 库: the database of the office, made, brought up to date, checked, copied, put back.
#include "app/database.h"
#include "cli/command.h"
#include "cli/findings.h"

namespace huice::cli {
namespace {

std::string address_of(const Arguments& arguments) {
  return arguments.value("database").value_or("data/huice.db");
}

int print_steps(const Result<std::vector<std::string>>& steps, const Terminal& terminal) {
  if (!steps) return report(terminal.err, steps.error());
  for (const auto& step : steps.value())
    terminal.out << "已执行：" << step << "\n";
  if (steps.value().empty()) terminal.out << "已是最新\n";
  return kDone;
}

int run_init(const Arguments& arguments, const app::World& world, const Terminal& terminal) {
  return print_steps(app::init_database(world, address_of(arguments)), terminal);
}

int run_migrate(const Arguments& arguments, const app::World& world, const Terminal& terminal) {
  return print_steps(app::migrate_database(world, address_of(arguments)), terminal);
}

int run_check(const Arguments& arguments, const app::World&, const Terminal& terminal) {
  const auto chain = app::check_database(address_of(arguments));
  if (!chain) return report(terminal.err, chain.error());
  terminal.out << "数据库完好；审计日志" << chain.value().entries << "条，前后相接\n末条摘要 "
               << chain.value().head << "\n";
  return kDone;
}

int run_backup(const Arguments& arguments, const app::World& world, const Terminal& terminal) {
  const auto done = app::backup_database(world, address_of(arguments), arguments.files().front());
  if (!done) return report(terminal.err, done.error());
  terminal.out << arguments.files().front() << "：已备份并核验\n";
  return kDone;
}

int run_restore(const Arguments& arguments, const app::World& world, const Terminal& terminal) {
  const auto done = app::restore_database(world, arguments.files().front(), address_of(arguments));
  if (!done) return report(terminal.err, done.error());
  terminal.out << "已恢复并核验\n";
  return kDone;
}

}  // namespace

std::vector<Command> database_commands() {
  const Option database{"database", "地址", "数据库文件，或 postgresql://…", "data/huice.db"};
  return {{.name = "db init",
           .usage = "",
           .summary = "建立数据库",
           .example = "huice db init --database data/huice.db",
           .options = {database},
           .fewest_files = 0,
           .most_files = 0,
           .run = run_init},
          {.name = "db migrate",
           .usage = "",
           .summary = "把旧版本的数据库升到本版本",
           .example = "huice db migrate --database data/huice.db",
           .options = {database},
           .fewest_files = 0,
           .most_files = 0,
           .run = run_migrate},
          {.name = "db check",
           .usage = "",
           .summary = "核验数据库：文件、引用、升级步骤、审计日志",
           .example = "huice db check --database data/huice.db",
           .options = {database},
           .fewest_files = 0,
           .most_files = 0,
           .run = run_check},
          {.name = "db backup",
           .usage = "文件",
           .summary = "使用中备份，备好即核验",
           .example = "huice db backup backup/2026-11-22.db --database data/huice.db",
           .options = {database},
           .fewest_files = 1,
           .most_files = 1,
           .run = run_backup},
          {.name = "db restore",
           .usage = "备份文件",
           .summary = "从备份恢复，先核验；不覆盖已有的数据库",
           .example = "huice db restore backup/2026-11-22.db --database data/huice.db",
           .options = {database},
           .fewest_files = 1,
           .most_files = 1,
           .run = run_restore}};
}

}  // namespace huice::cli
