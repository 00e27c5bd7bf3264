#include "app/database.h"

#include <utility>

#include "store/backup.h"
#include "store/migrations.h"

namespace huice::app {
namespace {

Status log(const World& world, store::Database& database, std::string action, std::string subject) {
  return database.transact([&] {
    return store::append(database, {.at = world.now,
                                    .actor = "命令行",
                                    .origin = world.user,
                                    .action = std::move(action),
                                    .subject = std::move(subject)});
  });
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names)
    text += (text.empty() ? "" : "、") + name;
  return text;
}

Result<std::vector<std::string>> migrate_and_log(const World& world, store::Database& database,
                                                 const std::string& action) {
  HUICE_TRY(auto steps, store::migrate(database, world.now));
  if (!steps.empty()) {
    HUICE_TRY([[maybe_unused]] const Unit logged, log(world, database, action, joined(steps)));
  }
  return steps;
}

}  // namespace

Result<std::vector<std::string>> init_database(const World& world, const std::string& address) {
  HUICE_TRY(auto database, store::Database::open(address, true));
  HUICE_TRY(auto steps, migrate_and_log(world, database, "数据库.建立"));
  if (!steps.empty()) return steps;
  return Error{.code = ErrorCode::Conflict,
               .id = "store.exists",
               .message = "数据库已经建好",
               .hint = "直接使用；要升级的，运行 huice db migrate"};
}

Result<std::vector<std::string>> migrate_database(const World& world, const std::string& address) {
  HUICE_TRY(auto database, store::Database::open(address));
  return migrate_and_log(world, database, "数据库.升级");
}

Result<store::AuditChain> check_database(const std::string& address) {
  HUICE_TRY(auto database, store::Database::open(address));
  return store::check(database);
}

Status backup_database(const World& world, const std::string& address,
                       const std::filesystem::path& file) {
  HUICE_TRY(auto database, store::Database::open(address));
  HUICE_TRY([[maybe_unused]] const Unit copied, store::backup(database, address, file));
  return log(world, database, "数据库.备份", file.filename().string());
}

Status restore_database(const World& world, const std::filesystem::path& file,
                        const std::string& address) {
  HUICE_TRY([[maybe_unused]] const Unit restored, store::restore(file, address));
  HUICE_TRY(auto database, store::Database::open(address));
  return log(world, database, "数据库.恢复", file.filename().string());
}

}  // namespace huice::app
