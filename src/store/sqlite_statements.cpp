#include "store/sqlite_statements.h"

#include <utility>
#include <variant>

#include "store/statement_error.h"

namespace huice::store {
namespace {

/// A statement while it is carried out. Left where it stopped, it would hold the snapshot it reads.
class Run {
 public:
  explicit Run(sqlite3_stmt* statement) : statement_(statement) {}
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;
  ~Run() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
  }

  /// The text of `cell` is not copied. False when SQLite refuses.
  bool bind(int place, const Cell& cell) {
    if (const auto* number = std::get_if<std::int64_t>(&cell)) {
      return sqlite3_bind_int64(statement_, place, *number) == SQLITE_OK;
    }
    if (const auto* text = std::get_if<std::string>(&cell)) {
      return sqlite3_bind_text64(statement_, place, text->data(), text->size(), SQLITE_STATIC,
                                 SQLITE_UTF8) == SQLITE_OK;
    }
    return sqlite3_bind_null(statement_, place) == SQLITE_OK;
  }

  int step() { return sqlite3_step(statement_); }

  Row row() const {
    Row row;
    const int columns = sqlite3_column_count(statement_);
    row.reserve(static_cast<std::size_t>(columns));
    for (int column = 0; column < columns; ++column)
      row.push_back(cell(column));
    return row;
  }

 private:
  Cell cell(int column) const {
    switch (sqlite3_column_type(statement_, column)) {
      case SQLITE_NULL:
        return {};
      case SQLITE_INTEGER:
        return std::int64_t{sqlite3_column_int64(statement_, column)};
      default: {
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
        return std::string(text,
                           static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
      }
    }
  }

  sqlite3_stmt* statement_;
};

}  // namespace

Error SqliteStatements::refused() const {
  const int code = sqlite3_extended_errcode(connection_);
  const int family = code & 0xFF;
  Refusal refusal = Refusal::Other;
  if (family == SQLITE_BUSY || family == SQLITE_LOCKED) refusal = Refusal::Busy;
  if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY)
    refusal = Refusal::Taken;
  return statement_error(refusal, sqlite3_errmsg(connection_));
}

sqlite3_stmt* SqliteStatements::prepared(std::string_view sql) {
  std::string text(sql);
  if (const Prepared* had = prepared_.find(text)) return had->get();
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(connection_, text.c_str(), static_cast<int>(text.size() + 1),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) return nullptr;
  return prepared_.add(std::move(text), Prepared(statement)).get();
}

Result<std::vector<Row>> SqliteStatements::ask(std::string_view sql,
                                               const std::vector<Cell>& values) {
  sqlite3_stmt* const statement = prepared(sql);
  if (statement == nullptr) return refused();
  if (sqlite3_bind_parameter_count(statement) != static_cast<int>(values.size())) {
    return statement_error(Refusal::Other, "参数的个数与语句不符");
  }
  Run run(statement);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!run.bind(static_cast<int>(i + 1), values[i])) return refused();
  }
  std::vector<Row> rows;
  for (int code = run.step(); code != SQLITE_DONE; code = run.step()) {
    if (code != SQLITE_ROW) return refused();
    rows.push_back(run.row());
  }
  return rows;
}

}  // namespace huice::store
