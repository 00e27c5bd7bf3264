// 务: the service, and the accounts of those who use it.
#include <csignal>
#include <filesystem>
#include <iostream>

#include <pthread.h>

#include "app/database.h"
#include "base/guarded.h"
#include "cli/clock.h"
#include "cli/command.h"
#include "cli/findings.h"
#include "service/accounts.h"
#include "service/server.h"
#include "service/workers.h"

namespace huice::cli {
namespace {

constexpr int kDrainSeconds = 20;

Result<service::Configuration> configuration_from(const Arguments& arguments) {
  service::Configuration configuration;
  if (const auto file = arguments.value("config")) {
    HUICE_TRY(configuration, service::read_configuration(*file));
  }
  if (const auto folder = arguments.value("data")) {
    configuration.database = *folder + "/huice.db";
    configuration.library = std::filesystem::path(*folder) / "library";
  }
  if (const auto listen = arguments.value("listen")) configuration.listen = *listen;
  return configuration;
}

/// Makes an SQLite database that is not there yet.
Status prepare(const app::World& world, const service::Configuration& configuration) {
  const bool server = configuration.database.find("://") != std::string::npos;
  std::error_code error;
  if (server || std::filesystem::exists(configuration.database, error)) return Unit{};
  const auto folder = std::filesystem::path(configuration.database).parent_path();
  if (!folder.empty()) std::filesystem::create_directories(folder, error);
  HUICE_TRY([[maybe_unused]] const auto steps, app::init_database(world, configuration.database));
  return Unit{};
}

/// The signals that end the service or have it read its files again; blocked before any thread
/// begins, so that only `wait` gets them.
class Signals {
 public:
  Signals() {
    std::signal(SIGPIPE, SIG_IGN);
    sigemptyset(&set_);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP})
      sigaddset(&set_, signal);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
  }
  int wait() {
    int signal = 0;
    sigwait(&set_, &signal);
    return signal;
  }

 private:
  sigset_t set_{};
};

/// The link with which the first administrator makes himself, where there is nobody yet.
Status print_invitation(const service::Configuration& configuration, const std::string& place,
                        const Terminal& terminal) {
  HUICE_TRY(const auto accounts, service::accounts_at(configuration.database));
  if (!accounts.empty()) return Unit{};
  HUICE_TRY(const auto secret, service::invite(configuration.database, seconds()));
  terminal.out << "还没有用户。第一个管理员从这里建（一天内有效，只能用一次）：\n  " << place
               << "/setup#" << secret << "\n";
  return Unit{};
}

int run_serve(const Arguments& arguments, const app::World& world, const Terminal& terminal) {
  const auto configuration = configuration_from(arguments);
  if (!configuration) return report(terminal.err, configuration.error());
  const auto prepared = prepare(world, configuration.value());
  if (!prepared) return report(terminal.err, prepared.error());
  Signals signals;
  Guarded<std::ostream*> log(&terminal.err);
  const service::Outside outside{
      .world =
          [world] {
            return app::World{today(), world.home, now(), world.user};
          },
      .seconds = seconds,
      .log =
          [&log](const std::string& line) {
            log.with([&](std::ostream* out) { *out << line << std::endl; });
          }};
  auto site = service::Site::open(configuration.value(), outside);
  if (!site) return report(terminal.err, site.error());
  auto router = service::Router::make(*site.value());
  if (!router) return report(terminal.err, router.error());
  auto server = service::Server::start(*site.value(), std::move(router).value());
  if (!server) return report(terminal.err, server.error());
  service::Workers workers(*site.value());
  workers.start();
  const std::string& listen = configuration.value().listen;
  const std::string place = (configuration.value().certificate.empty() ? "http://" : "https://") +
                            listen.substr(0, listen.rfind(':')) + ":" +
                            std::to_string(server.value().port());
  terminal.out << "惠策在 " << place << " 上服务\n";
  const auto invited = print_invitation(configuration.value(), place, terminal);
  terminal.out.flush();
  if (!invited) return report(terminal.err, invited.error());
  while (signals.wait() == SIGHUP) {
    const auto reloaded = site.value()->reload();
    if (!reloaded) report(terminal.err, reloaded.error());
  }
  server.value().stop(kDrainSeconds);
  workers.stop();
  return kDone;
}

std::string address_of(const Arguments& arguments) {
  return arguments.value("database").value_or("data/huice.db");
}

store::Author author_of(const app::World& world) {
  return {.at = world.now, .login = "命令行", .origin = world.user};
}

/// The first line of the standard input: arguments are seen by everybody on the machine.
std::string read_password() {
  std::string password;
  std::getline(std::cin, password);
  return password;
}

int finish(const Status& done, const std::string& said, const Terminal& terminal) {
  if (!done) return report(terminal.err, done.error());
  terminal.out << said << "\n";
  return kDone;
}

int run_add(const Arguments& arguments, const app::World& world, const Terminal& terminal) {
  const std::string& login = arguments.files().front();
  return finish(service::create_account(address_of(arguments), author_of(world),
                                        {.login = login,
                                         .name = arguments.value("name").value_or(login),
                                         .county = arguments.value("county").value_or(""),
                                         .unit = arguments.value("unit").value_or(""),
                                         .roles = arguments.values("role"),
                                         .password = read_password()}),
                "已建立 " + login, terminal);
}

int run_password(const Arguments& arguments, const app::World& world, const Terminal& terminal) {
  const std::string& login = arguments.files().front();
  return finish(
      service::reset_password(address_of(arguments), author_of(world), login, read_password()),
      "已重设 " + login + " 的密码并解锁", terminal);
}

int run_list(const Arguments& arguments, const app::World&, const Terminal& terminal) {
  const auto accounts = service::accounts_at(address_of(arguments));
  if (!accounts) return report(terminal.err, accounts.error());
  for (const auto& account : accounts.value()) {
    terminal.out << account.county << "  " << account.login << "  " << account.name << "  "
                 << (account.unit.empty() ? "全县" : account.unit);
    for (const auto& role : account.roles)
      terminal.out << "  " << role;
    terminal.out << (account.enabled ? "\n" : "  停用\n");
  }
  return kDone;
}

int run_invite(const Arguments& arguments, const app::World&, const Terminal& terminal) {
  const auto secret = service::invite(address_of(arguments), seconds());
  if (!secret) return report(terminal.err, secret.error());
  terminal.out << "一天内有效，只能用一次：/setup#" << secret.value() << "\n";
  return kDone;
}

}  // namespace

std::vector<Command> service_commands() {
  const Option database{"database", "地址", "数据库文件，或 postgresql://…", "data/huice.db"};
  return {{.name = "serve",
           .usage = "",
           .summary = "启动服务与网页",
           .example = "huice serve --data data --listen 127.0.0.1:8080",
           .options = {{"config", "文件", "配置文件，各键见 docs/service.md"},
                       {"data", "目录", "数据库与文件库所在目录", "data"},
                       {"listen", "地址:端口", "在哪里监听", "127.0.0.1:8080"}},
           .fewest_files = 0,
           .most_files = 0,
           .run = run_serve},
          {.name = "user add",
           .usage = "登录名",
           .summary = "建立用户；密码从标准输入读一行",
           .example = "huice user add zhangsan --county 430524 --role 经办 < password.txt",
           .options = {database,
                       {"name", "姓名", "显示的姓名", "登录名"},
                       {"county", "代码", "所在县区的六位代码；000000 为整个系统"},
                       {"unit", "单位", "所在单位；不写为全县"},
                       {"role", "角色", "查看、经办、审核、签发、考核、管理，可写多次", {}, true}},
           .fewest_files = 1,
           .most_files = 1,
           .run = run_add},
          {.name = "user password",
           .usage = "登录名",
           .summary = "重设密码并解锁；新密码从标准输入读一行",
           .example = "huice user password zhangsan < password.txt",
           .options = {database},
           .fewest_files = 1,
           .most_files = 1,
           .run = run_password},
          {.name = "user list",
           .usage = "",
           .summary = "列出用户",
           .example = "huice user list --database data/huice.db",
           .options = {database},
           .fewest_files = 0,
           .most_files = 0,
           .run = run_list},
          {.name = "user invite",
           .usage = "",
           .summary = "给出建第一个管理员的一次性链接",
           .example = "huice user invite --database data/huice.db",
           .options = {database},
           .fewest_files = 0,
           .most_files = 0,
           .run = run_invite}};
}

}  // namespace huice::cli
