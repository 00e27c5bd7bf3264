// One database, SQLite or PostgreSQL, behind one interface of statements and rows.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"

namespace huice::store {

enum class Engine { Sqlite, Postgresql };

/// What a column of one row holds.
using Cell = std::variant<std::monostate, std::int64_t, std::string>;
using Row = std::vector<Cell>;

/// `postgresql://…` is PostgreSQL; anything else is the path of an SQLite file.
Engine engine_of(std::string_view address);

/// A connection. Not for two threads at once.
class Database {
 public:
  /// Connects; makes an SQLite file that is not there (`create`) and sets it up to survive a loss
  /// of power: write-ahead log, full sync, foreign keys checked.
  /// Errors: NotFound `store.no-database` without `create`, InvalidInput `store.address`, Io
  /// `store.unreachable`. None names the password of an address.
  static Result<Database> open(const std::string& address, bool create = false);
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  Engine engine() const;

  /// The rows of a question; each `?` stands for the next of `values`.
  /// Errors: Io `store.statement`; Conflict `store.busy` when another writer would not finish,
  /// `store.taken` when what is to be there once is there already.
  Result<std::vector<Row>> ask(std::string_view sql, const std::vector<Cell>& values = {});

  /// Carries out a statement; how many rows it changed. Errors: as ask.
  Result<std::int64_t> run(std::string_view sql, const std::vector<Cell>& values = {});

  /// Runs `steps` as one transaction: all of it lasts once this returns, or nothing of it. In
  /// SQLite it is the only writer from its begin. Must not be nested. Errors: those of `steps`, and
  /// as ask.
  Status transact(const std::function<Status()>& steps);

  /// Whether the next user may have this connection: it stands, and no transaction is open. Asks
  /// the server nothing.
  bool is_sound() const;

 private:
  struct Connection;
  explicit Database(std::unique_ptr<Connection> connection);
  Status set_up();
  std::unique_ptr<Connection> connection_;
};

/// The cell as a text; empty for null. As a number; 0 for null and for texts that are none: SQLite
/// gives what it has worked out, such as count(*), as text.
std::string text_of(const Cell& cell);
std::int64_t number_of(const Cell& cell);

}  // namespace huice::store
