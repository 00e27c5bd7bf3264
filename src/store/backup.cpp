#include "store/backup.h"

#include <utility>

#include <Poco/Exception.h>
#include <Poco/Pipe.h>
#include <Poco/PipeStream.h>
#include <Poco/Process.h>
#include <Poco/StreamCopier.h>
#include <fcntl.h>
#include <unistd.h>

#include "store/address.h"
#include "store/migrations.h"

namespace huice::store {
namespace {

namespace fs = std::filesystem;

Error backup_error(std::string what, std::string hint) {
  return {.code = ErrorCode::Io,
          .id = "store.backup",
          .message = std::move(what),
          .hint = std::move(hint)};
}

Error exists(const std::string& what) {
  return {.code = ErrorCode::Conflict,
          .id = "store.exists",
          .message = what + " 已经存在",
          .hint = "换一个名字；确实不要了的，先自行移走"};
}

/// A file that goes away unless it is given its name.
class Unfinished {
 public:
  explicit Unfinished(fs::path target) : target_(std::move(target)), path_(target_) {
    path_ += ".part-" + std::to_string(::getpid());
  }
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;
  ~Unfinished() {
    std::error_code ignored;
    for (const char* companion : {"", "-wal", "-shm", "-journal"})
      fs::remove(path_.string() + companion, ignored);
  }

  const fs::path& path() const { return path_; }

  /// Flushed to the disk before it gets its name; a file that came meanwhile stays.
  Status finish() {
    const int file = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC);
    const bool flushed = file >= 0 && ::fsync(file) == 0;
    if (file >= 0) ::close(file);
    if (!flushed || ::link(path_.c_str(), target_.c_str()) != 0) {
      return backup_error("写不进 " + target_.string(), "检查目录是否可写、磁盘空间是否够用");
    }
    return Unit{};
  }

 private:
  fs::path target_;
  fs::path path_;
};

/// Runs one of PostgreSQL's programs; the connection goes by its environment, so that no list of
/// processes shows the password.
Status run_program(const std::string& program, const std::vector<std::string>& arguments,
                   const std::string& address) {
  HUICE_TRY(const auto server, parse_server(address));
  Poco::Process::Env environment;
  for (const auto& [key, value] : {std::pair{"PGDATABASE", server.name},
                                   {"PGHOST", server.host},
                                   {"PGPORT", server.port},
                                   {"PGUSER", server.user},
                                   {"PGPASSWORD", server.password}}) {
    if (!value.empty()) environment[key] = value;
  }
  try {
    Poco::Pipe complaints;
    const auto started =
        Poco::Process::launch(program, arguments, nullptr, nullptr, &complaints, environment);
    Poco::PipeInputStream stream(complaints);
    std::string said;
    Poco::StreamCopier::copyToString(stream, said);
    if (started.wait() == 0) return Unit{};
    return backup_error(program + " 没有做成：" + said, "按上述提示处理后再试");
  } catch (const Poco::Exception& thrown) {
    return backup_error("运行不了 " + program + "：" + thrown.displayText(),
                        "安装 Debian 的 postgresql-client");
  }
}

Status check_file(const fs::path& file) {
  HUICE_TRY(auto copy, Database::open(file.string()));
  HUICE_TRY([[maybe_unused]] const auto chain, check(copy));
  // Back to one file: a copy has no use for a log beside it.
  HUICE_TRY([[maybe_unused]] const auto single, copy.ask("PRAGMA journal_mode = DELETE"));
  return Unit{};
}

bool has_tables(Database& database) {
  const auto rows =
      database.ask("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'");
  return !rows || number_of(rows.value().front()[0]) != 0;
}

Status restore_server(const fs::path& file, const std::string& address) {
  HUICE_TRY(auto database, Database::open(address));
  HUICE_TRY(const auto server, parse_server(address));
  if (has_tables(database)) return exists("这个数据库里的表");
  HUICE_TRY([[maybe_unused]] const Unit restored,
            run_program("pg_restore",
                        {"--exit-on-error", "--single-transaction", "--no-owner", "--dbname",
                         server.name, file.string()},
                        address));
  HUICE_TRY([[maybe_unused]] const auto chain, check(database));
  return Unit{};
}

Status restore_file(const fs::path& file, const std::string& address) {
  if (fs::exists(address)) return exists(address);
  Unfinished copy(address);
  std::error_code failed;
  fs::copy_file(file, copy.path(), failed);
  if (failed) {
    return backup_error("写不进 " + address + "：" + failed.message(),
                        "检查目录是否可写、磁盘空间是否够用");
  }
  HUICE_TRY([[maybe_unused]] const Unit sound, check_file(copy.path()));
  return copy.finish();
}

}  // namespace

Result<AuditChain> check(Database& database) {
  if (database.engine() == Engine::Sqlite) {
    for (const char* pragma : {"PRAGMA integrity_check", "PRAGMA foreign_key_check"}) {
      HUICE_TRY(const auto rows, database.ask(pragma));
      if (rows.empty() || (rows.size() == 1 && text_of(rows[0][0]) == "ok")) continue;
      return Error{.code = ErrorCode::InvalidInput,
                   .id = "store.damaged",
                   .message = "数据库文件已损坏：" + text_of(rows[0][0]),
                   .hint = "停止写入，从最近的备份恢复"};
    }
  }
  HUICE_TRY([[maybe_unused]] const Unit same, check_schema(database));
  return check_audit(database);
}

Status backup(Database& database, const std::string& address, const fs::path& file) {
  if (fs::exists(file)) return exists(file.string());
  Unfinished copy(file);
  if (database.engine() == Engine::Postgresql) {
    HUICE_TRY([[maybe_unused]] const auto chain, check(database));
    HUICE_TRY(
        [[maybe_unused]] const Unit dumped,
        run_program("pg_dump", {"--format=custom", "--file=" + copy.path().string()}, address));
  } else {
    HUICE_TRY([[maybe_unused]] const auto copied,
              database.run("VACUUM INTO ?", {copy.path().string()}));
    HUICE_TRY([[maybe_unused]] const Unit sound, check_file(copy.path()));
  }
  return copy.finish();
}

Status restore(const fs::path& file, const std::string& address) {
  if (std::error_code ignored; !fs::exists(file, ignored)) {
    return Error{.code = ErrorCode::NotFound,
                 .id = "file.not-found",
                 .message = "没有文件 " + file.string(),
                 .hint = "核对备份文件的路径"};
  }
  return engine_of(address) == Engine::Postgresql ? restore_server(file, address)
                                                  : restore_file(file, address);
}

}  // namespace huice::store
