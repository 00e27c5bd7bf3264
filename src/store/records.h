// What an office keeps and edits (enterprises, drafts, settings): texts with a version, so that two
// clerks never overwrite each other unseen, each change on the audit log.
//
// All that change something are to be called within a transaction.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/database.h"

namespace huice::store {

struct Record {
  std::string kind;  ///< `企业`, `文稿`, `设置`
  std::string county;
  std::string id;
  std::string unit;                ///< empty: of the whole county
  std::optional<std::string> key;  ///< once in a county; nullopt: none
  std::string title;
  std::string state;
  std::string body;  ///< JSON
  std::int64_t version = 1;
  std::string created_by;
  std::string created_at;
  std::string updated_by;
  std::string updated_at;
};

/// Who changes something, for the record and the audit log.
struct Author {
  std::string at;  ///< ISO 8601 in UTC
  std::string login;
  std::string origin;  ///< network address
};

struct RecordQuery {
  std::string kind;
  std::string county;
  std::optional<std::string> unit;  ///< only what is of this unit
  std::string text;                 ///< in the title; empty: any
  std::string state;                ///< empty: any
  std::string order = "title";      ///< `title` or `updated_at`; a `-` before it turns it round
  std::int64_t limit = 50;
  std::int64_t offset = 0;
};

struct RecordPage {
  std::int64_t total = 0;
  std::vector<Record> items;
};

/// Errors: NotFound `store.no-record`; those of Database.
Result<Record> find_record(Database& database, const std::string& kind, const std::string& county,
                           const std::string& id);
Result<std::optional<Record>> record_by_key(Database& database, const std::string& kind,
                                            const std::string& county, const std::string& key);
Result<RecordPage> list_records(Database& database, const RecordQuery& query);

/// Adds `record` as version 1; returns it as it stands. `action` is what the audit log calls it.
/// Errors: Conflict `store.key-taken`; those of Database.
Result<Record> add_record(Database& database, Record record, const Author& author,
                          const std::string& action);

/// Replaces the record of which `record.version` was read. Returns it as it stands.
/// Errors: Conflict `store.stale`, `store.key-taken`; NotFound `store.no-record`.
Result<Record> change_record(Database& database, Record record, const Author& author,
                             const std::string& action);

/// Removes the version that was read. Errors: as change_record.
Status remove_record(Database& database, const Record& record, const Author& author,
                     const std::string& action);

/// What the audit log calls something of a county: `430524/文稿/ab12`.
std::string subject_of(const std::string& county, const std::string& kind, const std::string& id);

}  // namespace huice::store
