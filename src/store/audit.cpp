#include "store/audit.h"

#include <utility>
#include <vector>

#include "store/digest.h"
#include "store/patterns.h"

namespace huice::store {
namespace {

constexpr std::size_t kFields = 7;    ///< of an entry, in the order of the table
constexpr std::int64_t kPage = 1000;  ///< entries read at a time
constexpr std::string_view kNoHash =
    "0000000000000000000000000000000000000000000000000000000000000000";

Cell cell_of(const std::optional<std::string>& text) {
  return text ? Cell(*text) : Cell();
}

/// Each field with its length before it, so that no two different entries read the same.
std::string hash_of(std::int64_t seq, const std::string& previous,
                    const std::vector<Cell>& fields) {
  std::string text = std::to_string(seq) + ' ' + previous;
  for (const Cell& field : fields) {
    const auto* value = std::get_if<std::string>(&field);
    text += value == nullptr ? " -" : ' ' + std::to_string(value->size()) + ':' + *value;
  }
  return sha256(text);
}

Error broken(std::int64_t seq, const std::string& what) {
  return {.code = ErrorCode::InvalidInput,
          .id = "store.audit-broken",
          .message = "审计日志第" + std::to_string(seq) + "条" + what,
          .hint = "有人绕过程序改过数据库：保留现场，与备份对照"};
}

}  // namespace

Status append(Database& database, const AuditEntry& entry) {
  if (database.engine() == Engine::Postgresql) {  // SQLite has one writer in any case
    HUICE_TRY([[maybe_unused]] const auto locked,
              database.run("LOCK TABLE audit IN EXCLUSIVE MODE"));
  }
  HUICE_TRY(const auto last, database.ask("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1"));
  const std::int64_t seq = last.empty() ? 1 : number_of(last.front()[0]) + 1;
  const std::string previous = last.empty() ? std::string(kNoHash) : text_of(last.front()[1]);
  std::vector<Cell> fields = {
      entry.at,      entry.actor,           entry.origin,        entry.action,
      entry.subject, cell_of(entry.before), cell_of(entry.after)};
  const std::string hash = hash_of(seq, previous, fields);
  fields.insert(fields.begin(), seq);
  fields.emplace_back(previous);
  fields.emplace_back(hash);
  HUICE_TRY(
      [[maybe_unused]] const auto added,
      database.run("INSERT INTO audit (seq, at, actor, origin, action, subject, before, after, "
                   "previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                   fields));
  return Unit{};
}

Result<AuditChain> check_audit(Database& database) {
  AuditChain chain{.head = std::string(kNoHash)};
  while (true) {
    HUICE_TRY(
        const auto rows,
        database.ask("SELECT seq, at, actor, origin, action, subject, before, after, previous, "
                     "hash FROM audit WHERE seq > ? ORDER BY seq LIMIT ?",
                     {chain.entries, kPage}));
    if (rows.empty()) break;
    for (const Row& row : rows) {
      const std::int64_t seq = chain.entries + 1;
      if (number_of(row[0]) != seq) return broken(seq, "缺失");
      const std::vector<Cell> fields(row.begin() + 1, row.begin() + 1 + kFields);
      if (text_of(row[8]) != chain.head) return broken(seq, "与前一条接不上");
      if (text_of(row[9]) != hash_of(seq, chain.head, fields)) return broken(seq, "被改动过");
      chain = {seq, text_of(row[9])};
    }
  }
  // Not of all entries: others may append meanwhile.
  HUICE_TRY(const auto checked,
            database.ask("SELECT count(*) FROM audit WHERE seq <= ?", {chain.entries}));
  if (number_of(checked.front()[0]) != chain.entries) return broken(0, "是多出来的");
  return chain;
}

Result<AuditPage> list_audit(Database& database, const AuditQuery& query) {
  std::string where = " FROM audit WHERE ";
  std::vector<Cell> values;
  if (query.county == "000000") {
    where += "subject LIKE ? ESCAPE '!'";
    values = {beginning_with(query.subject)};
  } else {  // subjects begin with the county, or with a campaign of it
    where +=
        "(subject LIKE ? ESCAPE '!' OR (subject LIKE ? ESCAPE '!' AND EXISTS (SELECT 1 FROM "
        "campaign WHERE region = ? AND substr(audit.subject || '/', 1, length(campaign.id) + 1) = "
        "campaign.id || '/')))";
    values = {beginning_with(query.county + "/" + query.subject), beginning_with(query.subject),
              query.county};
  }
  if (!query.actor.empty()) {
    where += " AND actor = ?";
    values.emplace_back(query.actor);
  }
  HUICE_TRY(const auto total, database.ask("SELECT count(*)" + where, values));
  values.emplace_back(query.limit);
  values.emplace_back(query.offset);
  HUICE_TRY(const auto rows,
            database.ask("SELECT seq, at, actor, origin, action, subject, before, after" + where +
                             " ORDER BY seq DESC LIMIT ? OFFSET ?",
                         values));
  const auto optional_text = [](const Cell& cell) {
    return std::holds_alternative<std::monostate>(cell) ? std::nullopt
                                                        : std::optional(text_of(cell));
  };
  AuditPage page{.total = number_of(total.front()[0])};
  for (const Row& row : rows) {
    page.items.push_back({number_of(row[0]),
                          {.at = text_of(row[1]),
                           .actor = text_of(row[2]),
                           .origin = text_of(row[3]),
                           .action = text_of(row[4]),
                           .subject = text_of(row[5]),
                           .before = optional_text(row[6]),
                           .after = optional_text(row[7])}});
  }
  return page;
}

}  // namespace huice::store
