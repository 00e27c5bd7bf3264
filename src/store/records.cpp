#include "store/records.h"

#include <utility>

#include "store/audit.h"
#include "store/digest.h"
#include "store/patterns.h"

namespace huice::store {
namespace {

constexpr std::string_view kColumns =
    "kind, county, id, unit, key, title, state, body, version, created_by, created_at, updated_by, "
    "updated_at";
constexpr std::size_t kMostLogged = std::size_t{64} << 10;

Cell cell_of(const std::optional<std::string>& text) {
  return text ? Cell(*text) : Cell();
}

Record record_from(const Row& row) {
  Record record{.kind = text_of(row[0]),
                .county = text_of(row[1]),
                .id = text_of(row[2]),
                .unit = text_of(row[3]),
                .key = {},
                .title = text_of(row[5]),
                .state = text_of(row[6]),
                .body = text_of(row[7]),
                .version = number_of(row[8]),
                .created_by = text_of(row[9]),
                .created_at = text_of(row[10]),
                .updated_by = text_of(row[11]),
                .updated_at = text_of(row[12])};
  if (!std::holds_alternative<std::monostate>(row[4])) record.key = text_of(row[4]);
  return record;
}

Result<std::optional<Record>> one_record(Database& database, std::string_view column,
                                         const std::vector<Cell>& values) {
  HUICE_TRY(const auto rows, database.ask("SELECT " + std::string(kColumns) +
                                              " FROM record WHERE kind = ? AND county = ? AND " +
                                              std::string(column) + " = ?",
                                          values));
  if (rows.empty()) return std::optional<Record>();
  return std::optional(record_from(rows.front()));
}

Status check_key(Database& database, const Record& record) {
  if (!record.key) return Unit{};
  HUICE_TRY(const auto other, record_by_key(database, record.kind, record.county, *record.key));
  if (!other || other->id == record.id) return Unit{};
  return Error{.code = ErrorCode::Conflict,
               .id = "store.key-taken",
               .message = record.kind + " " + *record.key + " 已经有了：" + other->title,
               .hint = "打开已有的那一条来改"};
}

/// Long texts (a PDF) go on the log by their digest.
std::optional<std::string> logged(const std::string& body) {
  if (body.empty()) return std::nullopt;
  if (body.size() <= kMostLogged) return body;
  return R"({"sha256":")" + sha256(body) + R"("})";
}

Status log(Database& database, const Record& record, const Author& author,
           const std::string& action, const std::string& before) {
  return append(database, {.at = author.at,
                           .actor = author.login,
                           .origin = author.origin,
                           .action = action,
                           .subject = subject_of(record.county, record.kind, record.id),
                           .before = logged(before),
                           .after = logged(record.body)});
}

std::string order_of(const std::string& order) {
  const bool turned = order.starts_with('-');
  const std::string column = order.ends_with("updated_at") ? "updated_at" : "title";
  return " ORDER BY " + column + (turned ? " DESC" : "") + ", id";
}

}  // namespace

std::string subject_of(const std::string& county, const std::string& kind, const std::string& id) {
  return county + "/" + kind + "/" + id;
}

Result<Record> find_record(Database& database, const std::string& kind, const std::string& county,
                           const std::string& id) {
  HUICE_TRY(auto found, one_record(database, "id", {kind, county, id}));
  if (found) return std::move(*found);
  return Error{.code = ErrorCode::NotFound,
               .id = "store.no-record",
               .message = "没有这一条" + kind,
               .hint = "可能已被移走；刷新列表"};
}

Result<std::optional<Record>> record_by_key(Database& database, const std::string& kind,
                                            const std::string& county, const std::string& key) {
  return one_record(database, "key", {kind, county, key});
}

Result<RecordPage> list_records(Database& database, const RecordQuery& query) {
  std::string where = " FROM record WHERE kind = ? AND county = ?";
  std::vector<Cell> values = {query.kind, query.county};
  const auto also = [&](std::string_view condition, std::string value) {
    where += condition;
    values.emplace_back(std::move(value));
  };
  if (query.unit) also(" AND unit = ?", *query.unit);
  if (!query.state.empty()) also(" AND state = ?", query.state);
  if (!query.text.empty()) also(" AND title LIKE ? ESCAPE '!'", containing(query.text));
  HUICE_TRY(const auto total, database.ask("SELECT count(*)" + where, values));
  values.emplace_back(query.limit);
  values.emplace_back(query.offset);
  HUICE_TRY(const auto rows, database.ask("SELECT " + std::string(kColumns) + where +
                                              order_of(query.order) + " LIMIT ? OFFSET ?",
                                          values));
  RecordPage page{.total = number_of(total.front()[0])};
  for (const Row& row : rows)
    page.items.push_back(record_from(row));
  return page;
}

Result<Record> add_record(Database& database, Record record, const Author& author,
                          const std::string& action) {
  HUICE_TRY([[maybe_unused]] const Unit free, check_key(database, record));
  record.version = 1;
  record.created_by = record.updated_by = author.login;
  record.created_at = record.updated_at = author.at;
  HUICE_TRY([[maybe_unused]] const auto added,
            database.run("INSERT INTO record (" + std::string(kColumns) +
                             ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?)",
                         {record.kind, record.county, record.id, record.unit, cell_of(record.key),
                          record.title, record.state, record.body, record.created_by,
                          record.created_at, record.updated_by, record.updated_at}));
  HUICE_TRY([[maybe_unused]] const Unit logged, log(database, record, author, action, {}));
  return record;
}

Result<Record> change_record(Database& database, Record record, const Author& author,
                             const std::string& action) {
  HUICE_TRY(const auto before, find_record(database, record.kind, record.county, record.id));
  HUICE_TRY([[maybe_unused]] const Unit free, check_key(database, record));
  HUICE_TRY(const auto changed,
            database.run(
                "UPDATE record SET unit = ?, key = ?, title = ?, state = ?, body = ?, "
                "version = version + 1, updated_by = ?, updated_at = ? "
                "WHERE kind = ? AND county = ? AND id = ? AND version = ?",
                {record.unit, cell_of(record.key), record.title, record.state, record.body,
                 author.login, author.at, record.kind, record.county, record.id, record.version}));
  if (changed == 0) return stale();
  ++record.version;
  record.updated_by = author.login;
  record.updated_at = author.at;
  HUICE_TRY([[maybe_unused]] const Unit logged, log(database, record, author, action, before.body));
  return record;
}

Status remove_record(Database& database, const Record& record, const Author& author,
                     const std::string& action) {
  HUICE_TRY(const auto before, find_record(database, record.kind, record.county, record.id));
  HUICE_TRY(const auto removed,
            database.run("DELETE FROM record WHERE kind = ? AND county = ? AND id = ? AND "
                         "version = ?",
                         {record.kind, record.county, record.id, record.version}));
  if (removed == 0) return stale();
  Record gone = record;
  gone.body.clear();
  return log(database, gone, author, action, before.body);
}

}  // namespace huice::store
