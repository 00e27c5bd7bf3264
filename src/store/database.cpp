#include "store/database.h"

#include <array>
#include <charconv>
#include <filesystem>
#include <mutex>
#include <optional>
#include <span>
#include <utility>

#include <Poco/Data/PostgreSQL/Connector.h>
#include <Poco/Data/PostgreSQL/SessionHandle.h>
#include <Poco/Data/PostgreSQL/Utility.h>
#include <Poco/Data/RecordSet.h>
#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/SQLite/Utility.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <Poco/Nullable.h>
#include <libpq-fe.h>
#include <poll.h>

#include "store/address.h"
#include "store/sqlite_statements.h"
#include "store/statement_error.h"

namespace huice::store {
namespace {

namespace data = Poco::Data;

void register_connectors() {
  static std::once_flag once;
  std::call_once(once, [] {
    data::SQLite::Connector::registerConnector();
    data::PostgreSQL::Connector::registerConnector();
  });
}

/// Of PostgreSQL, whose writers wait for each other as long as it takes.
Error refused(const Poco::Exception& thrown) {
  const std::string said = thrown.displayText();
  // Poco tells the SQLSTATE in its text alone; 23505 is unique_violation.
  const bool taken = said.find(" State: 23505") != std::string::npos;
  return statement_error(taken ? Refusal::Taken : Refusal::Other, said);
}

/// PostgreSQL counts its parameters.
std::string with_numbered_parameters(std::string_view sql) {
  std::string out;
  int count = 0;
  for (const char c : sql) {
    if (c == '?') {
      out += '$' + std::to_string(++count);
    } else {
      out += c;
    }
  }
  return out;
}

void bind(data::Statement& statement, const Cell& cell) {
  using data::Keywords::bind;
  if (const auto* number = std::get_if<std::int64_t>(&cell)) {
    statement, bind(static_cast<Poco::Int64>(*number));
  } else if (const auto* text = std::get_if<std::string>(&cell)) {
    statement, bind(*text);
  } else {
    statement, bind(Poco::Nullable<std::string>());
  }
}

Cell cell_from(const Poco::Dynamic::Var& value) {
  if (value.isEmpty()) return {};
  if (value.isInteger() || value.isBoolean()) return std::int64_t{value.convert<Poco::Int64>()};
  return value.convert<std::string>();
}

/// As Poco's connectors want it.
Result<std::string> connection_text(const std::string& address, Engine engine) {
  if (engine == Engine::Sqlite) return address;
  HUICE_TRY(const auto server, parse_server(address));
  std::string text = "dbname=" + server.name;
  for (const auto& [key, value] : {std::pair{" host=", server.host},
                                   {" port=", server.port},
                                   {" user=", server.user},
                                   {" password=", server.password}}) {
    if (!value.empty()) text += key + value;
  }
  return text;
}

Error unreachable(const std::string& address, Engine engine) {
  return {.code = ErrorCode::Io,
          .id = "store.unreachable",
          .message = "连不上数据库 " + shown(address),
          .hint = engine == Engine::Sqlite ? "核对文件是否为本程序的数据库、所在目录能否写入"
                                           : "核对服务器是否开着、地址、用户名和密码"};
}

}  // namespace

struct Database::Connection {
  Engine engine;
  data::Session session;
  std::optional<SqliteStatements> sqlite;  ///< after the session: ends before it

  Connection(Engine its_engine, data::Session its_session)
      : engine(its_engine), session(std::move(its_session)) {
    if (engine == Engine::Sqlite) sqlite.emplace(data::SQLite::Utility::dbHandle(session));
  }

  /// A statement of PostgreSQL.
  data::Statement prepare(std::string_view sql, const std::vector<Cell>& values) {
    data::Statement statement(session);
    statement << with_numbered_parameters(sql);
    for (const Cell& value : values)
      bind(statement, value);
    return statement;
  }
};

Engine engine_of(std::string_view address) {
  return address.starts_with("postgresql://") || address.starts_with("postgres://")
             ? Engine::Postgresql
             : Engine::Sqlite;
}

Database::Database(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Result<Database> Database::open(const std::string& address, bool create) {
  register_connectors();
  const Engine engine = engine_of(address);
  std::error_code ignored;
  if (engine == Engine::Sqlite && !create && !std::filesystem::exists(address, ignored)) {
    return Error{.code = ErrorCode::NotFound,
                 .id = "store.no-database",
                 .message = "没有数据库文件 " + address,
                 .hint = "核对路径，或先运行 huice db init"};
  }
  HUICE_TRY(const auto connection, connection_text(address, engine));
  try {
    const std::string key =
        engine == Engine::Sqlite ? data::SQLite::Connector::KEY : data::PostgreSQL::Connector::KEY;
    Database database(
        std::make_unique<Connection>(engine, data::Session(key, connection, kBusySeconds)));
    const auto ready = database.set_up();
    if (!ready && ready.error().id == "store.statement") return unreachable(address, engine);
    if (!ready) return ready.error();
    return database;
  } catch (const Poco::Exception&) {  // whose text may hold the password
    return unreachable(address, engine);
  }
}

Status Database::set_up() {
  static constexpr std::array kSqlite = {"PRAGMA busy_timeout = 15000", "PRAGMA journal_mode = WAL",
                                         "PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON"};
  static constexpr std::array kPostgresql = {"SET client_min_messages = warning"};
  const auto settings = engine() == Engine::Sqlite ? std::span<const char* const>(kSqlite)
                                                   : std::span<const char* const>(kPostgresql);
  for (const char* setting : settings) {
    HUICE_TRY([[maybe_unused]] const auto answer, ask(setting));
  }
  return Unit{};
}

Engine Database::engine() const {
  return connection_->engine;
}

Result<std::vector<Row>> Database::ask(std::string_view sql, const std::vector<Cell>& values) {
  if (connection_->sqlite) return connection_->sqlite->ask(sql, values);
  try {
    data::Statement statement = connection_->prepare(sql, values);
    std::vector<Row> rows;
    if (statement.execute() == 0) return rows;
    data::RecordSet records(statement);
    for (std::size_t row = 0; row < records.rowCount(); ++row) {
      Row& cells = rows.emplace_back();
      for (std::size_t column = 0; column < records.columnCount(); ++column)
        cells.push_back(cell_from(records.value(column, row)));
    }
    return rows;
  } catch (const Poco::Exception& thrown) {
    return refused(thrown);
  }
}

Result<std::int64_t> Database::run(std::string_view sql, const std::vector<Cell>& values) {
  if (connection_->sqlite) {
    HUICE_TRY([[maybe_unused]] const auto none, connection_->sqlite->ask(sql, values));
    return connection_->sqlite->changed();
  }
  try {
    data::Statement statement = connection_->prepare(sql, values);
    return static_cast<std::int64_t>(statement.execute());
  } catch (const Poco::Exception& thrown) {
    return refused(thrown);
  }
}

Status Database::transact(const std::function<Status()>& steps) {
  HUICE_TRY([[maybe_unused]] const auto begun,
            run(engine() == Engine::Sqlite ? "BEGIN IMMEDIATE" : "BEGIN"));
  Status done = Unit{};
  try {
    done = steps();
  } catch (...) {  // the connection is lent again, and must not go on holding off others
    [[maybe_unused]] const auto undone = run("ROLLBACK");
    throw;
  }
  if (done) {
    auto committed = run("COMMIT");
    if (committed) return Unit{};
    done = std::move(committed).error();
  }
  [[maybe_unused]] const auto undone = run("ROLLBACK");  // the first error says more
  return done;
}

bool Database::is_sound() const {
  if (connection_->sqlite) return connection_->sqlite->is_idle();
  PGconn* const server = *data::PostgreSQL::Utility::handle(connection_->session);
  if (PQstatus(server) != CONNECTION_OK || PQtransactionStatus(server) != PQTRANS_IDLE)
    return false;
  // A server says nothing unasked but its farewell.
  pollfd line{.fd = PQsocket(server), .events = POLLIN, .revents = 0};
  return ::poll(&line, 1, 0) == 0;
}

std::string text_of(const Cell& cell) {
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return std::to_string(*number);
  const auto* text = std::get_if<std::string>(&cell);
  return text != nullptr ? *text : std::string();
}

std::int64_t number_of(const Cell& cell) {
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return *number;
  std::int64_t number = 0;
  const std::string text = text_of(cell);
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace huice::store
