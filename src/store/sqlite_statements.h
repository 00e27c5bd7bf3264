// Statements of a connection to SQLite, each prepared once and carried out as often as asked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <sqlite3.h>

#include "base/recent.h"
#include "base/result.h"
#include "store/database.h"

namespace huice::store {

/// Poco's statements are prepared anew each time, which takes longer than carrying them out.
/// The connection must outlive it.
class SqliteStatements {
 public:
  explicit SqliteStatements(sqlite3* connection) : connection_(connection), prepared_(kKept) {}

  /// Carries out one statement, whose rows it gives; each `?` stands for the next of `values`.
  /// Errors: those of statement_error.
  Result<std::vector<Row>> ask(std::string_view sql, const std::vector<Cell>& values);
  /// How many rows the last statement changed that could change any.
  std::int64_t changed() const { return sqlite3_changes64(connection_); }
  /// Whether no transaction is open.
  bool is_idle() const { return sqlite3_get_autocommit(connection_) != 0; }

 private:
  static constexpr std::size_t kKept = 64;  ///< the house has fewer; lists differ by their filters

  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  using Prepared = std::unique_ptr<sqlite3_stmt, Finalize>;

  /// nullptr when SQLite refuses the text.
  sqlite3_stmt* prepared(std::string_view sql);
  Error refused() const;

  sqlite3* connection_;
  Recent<std::string, Prepared> prepared_;
};

}  // namespace huice::store
